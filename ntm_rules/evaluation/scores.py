"""Counts over verdicts, each with its denominator, and the bands of the reporting forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.models import Band


@dataclass(frozen=True, slots=True)
class Tally(Mapping[Verdict, int]):
    """How many nodes have each verdict."""

    counts: tuple[int, ...]
    """By the integer of the verdict, as `numpy.bincount` gives them."""

    def __getitem__(self, verdict: Verdict) -> int:
        return self.counts[verdict]

    def __iter__(self) -> Iterator[Verdict]:
        return iter(Verdict)

    def __len__(self) -> int:
        return len(self.counts)

    @property
    def met(self) -> int:
        """Those met."""
        return self[Verdict.MET]

    @property
    def not_met(self) -> int:
        """Those not met."""
        return self[Verdict.NOT_MET]

    @property
    def no_data(self) -> int:
        """Those without data."""
        return self[Verdict.NO_DATA]

    @property
    def no_target(self) -> int:
        """Those without a target."""
        return self[Verdict.NO_TARGET]

    @property
    def not_applicable(self) -> int:
        """Those that do not apply."""
        return self[Verdict.NOT_APPLICABLE]

    @property
    def total(self) -> int:
        """All nodes counted."""
        return sum(self.counts)

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
    return Tally(tuple(counts[verdict] for verdict in Verdict))


@dataclass(frozen=True, slots=True)
class Points:
    """Points of the indicators met, of those that apply: for ranking progress, never for a verdict."""

    met: Decimal
    total: Decimal


def points_of(indicators: Iterable[tuple[Decimal | None, Verdict]]) -> Points:
    """Add up indicators' points: those MET, of all but those NOT_APPLICABLE; one without points adds nothing.

    >>> points_of([(Decimal("2.5"), Verdict.MET), (Decimal(4), Verdict.NO_DATA), (Decimal(3), Verdict.NOT_APPLICABLE)])
    Points(met=Decimal('2.5'), total=Decimal('6.5'))
    """
    counted = [(points, verdict) for points, verdict in indicators if points is not None]
    return Points(
        met=sum((points for points, verdict in counted if verdict is Verdict.MET), Decimal(0)),
        total=sum((points for points, verdict in counted if verdict is not Verdict.NOT_APPLICABLE), Decimal(0)),
    )


def band_of(criteria_met: int, bands: Sequence[Band]) -> Band | None:
    """Return the band that a number of criteria met falls into."""
    return next((band for band in bands if band.at_least <= criteria_met <= band.at_most), None)
