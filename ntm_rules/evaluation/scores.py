"""Counts over verdicts, each with its denominator, and the bands of the reporting forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.models import Band


@dataclass(frozen=True, slots=True)
class Tally:
    """How many nodes have each verdict."""

    met: int
    not_met: int
    no_data: int
    no_target: int
    not_applicable: int

    @property
    def total(self) -> int:
        """All nodes counted."""
        return self.met + self.not_met + self.no_data + self.no_target + self.not_applicable

    @property
    def applicable(self) -> int:
        """The denominator of "met": all nodes but those that do not apply."""
        return self.total - self.not_applicable


def tally(verdicts: Iterable[Verdict]) -> Tally:
    """Count verdicts.

    >>> tally([Verdict.MET, Verdict.NO_DATA, Verdict.NOT_APPLICABLE]).applicable
    2
    """
    counts = Counter(verdicts)
    return Tally(
        met=counts[Verdict.MET],
        not_met=counts[Verdict.NOT_MET],
        no_data=counts[Verdict.NO_DATA],
        no_target=counts[Verdict.NO_TARGET],
        not_applicable=counts[Verdict.NOT_APPLICABLE],
    )


@dataclass(frozen=True, slots=True)
class Points:
    """Points of the indicators met, of those that apply: for ranking progress, never for a verdict."""

    met: Decimal
    total: Decimal


def points_of(scored: Iterable[tuple[Decimal | None, Verdict]]) -> Points:
    """Add up indicators' points: those MET, of all but those NOT_APPLICABLE; one without points adds nothing.

    >>> points_of([(Decimal("2.5"), Verdict.MET), (Decimal(4), Verdict.NO_DATA), (Decimal(3), Verdict.NOT_APPLICABLE)])
    Points(met=Decimal('2.5'), total=Decimal('6.5'))
    """
    counted = [(points, verdict) for points, verdict in scored if points is not None]
    return Points(
        met=sum((points for points, verdict in counted if verdict is Verdict.MET), Decimal(0)),
        total=sum((points for points, verdict in counted if verdict is not Verdict.NOT_APPLICABLE), Decimal(0)),
    )


def band_of(criteria_met: int, bands: Sequence[Band]) -> Band | None:
    """Return the band that a number of criteria met falls into."""
    return next((band for band in bands if band.at_least <= criteria_met <= band.at_most), None)
