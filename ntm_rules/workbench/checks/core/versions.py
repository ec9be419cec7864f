"""The rules that later decisions write, as checks look at them: each where it stands, with what it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ntm_rules.rulebook.amending import amended
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import BOUNDS, FORMS, IndicatorWritten, Overlay
from ntm_rules.rulebook.precedence import in_order
from ntm_rules.rulebook.yaml_reader import Place

Origin = tuple[str, Place]
"""A file, and the place in it."""
_OF_WORDS = {"text", "reading", "text_en", "source", "needed", "answer", "standard", *BOUNDS, *FORMS}
"""What of a change makes the rule the decision's own: its words and its condition."""


@dataclass(frozen=True, slots=True)
class IndicatorVersion:
    """An indicator as a decision leaves it."""

    number: int
    """1 for the first decision, and so on."""
    owner: str
    """Id of its criterion; empty for a further condition."""
    indicator: IndicatorWritten
    origins: dict[str, Origin]
    """Id of it and of its parts -> where it stands."""


def versions(
    loaded: LoadedSet, overlays: Sequence[Overlay], own_origins: dict[str, Origin]
) -> Iterator[IndicatorVersion]:
    """Yield every indicator that a decision adds or touches, after each decision in their order of precedence.

    `own_origins`: where the set's own indicators and parts stand.
    """
    origins = dict(own_origins)
    laid: list[Overlay] = []
    for number, overlay in enumerate(in_order(one for one in overlays if one.amends), 1):
        laid.append(overlay)
        before = {indicator.id: indicator for indicator in loaded_after(loaded, laid[:-1]).every_indicator()}
        now = loaded_after(loaded, laid)
        origins |= {id_: (overlay.written_at(())[0], place) for id_, place in _places(overlay)}
        owners = {one.id: id_ for id_, rules in now.rules.items() for one in rules}
        for indicator in now.every_indicator():
            if before.get(indicator.id) is not indicator:
                own = {node.id: origins.get(node.id, origins.get(indicator.id, ("", ()))) for node in indicator.walk()}
                yield IndicatorVersion(number, owners.get(indicator.id, ""), indicator, own)


def loaded_after(loaded: LoadedSet, overlays: Sequence[Overlay]) -> LoadedSet:
    """Return a set as decisions leave it, whatever day they are in force on."""
    return amended(replace(loaded, amendments=()), list(overlays)).loaded


def _places(overlay: Overlay) -> Iterator[tuple[str, Place]]:
    """Yield the id of every rule that a decision writes, and where it stands in its file."""
    for i, added in enumerate(overlay.add):
        for place, node in added.placed(("add", i)):
            yield from ((one.id, where) for where, one in node.placed(place))
    for id_, by in overlay.replace.items():
        yield id_, ("replace", id_)
        yield from ((one.id, where) for where, one in by.placed(("replace", id_)) if one is not by)
    for id_, change in overlay.change.items():
        if {*change.fields} & _OF_WORDS:
            yield id_, ("change", id_)
