"""What one commune reported for one year, with everything that is kept beside it, before it becomes a record or columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ntm_rules.dataset.places import Where
from ntm_rules.dataset.records import CommuneYear, Evidence, Reported


@dataclass(slots=True)
class Owned:
    """One commune's figures of one year; what they say is as in `Filing` and `CommuneYear`."""

    code: str
    name: str
    year: int
    values: Mapping[str, Reported]
    places: Mapping[str, int] = field(default_factory=dict)
    where: Where | None = None
    row: int = 0
    beside: bool = False
    form: bool = False
    base_only: bool = False
    evidence: Sequence[Evidence] = ()
    carried: Mapping[str, Reported] = field(default_factory=dict)
    elsewhere: Mapping[str, tuple[Where, int]] = field(default_factory=dict)
    hamlets: Mapping[str, CommuneYear] = field(default_factory=dict)
