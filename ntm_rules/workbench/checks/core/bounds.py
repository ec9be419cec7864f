"""What a measure can be at all, as rules compare it."""

from __future__ import annotations

from decimal import Decimal

from ntm_rules.rulebook.models import Measure

_SHARE = (Decimal(0), Decimal(100))


def bounds(measure: Measure) -> tuple[Decimal | None, Decimal | None]:
    """Return the least and the most that a rule can find; None where there is no end.

    A growth is compared in % while its range speaks of the level, so it has no ends here.
    """
    if measure.traits.needs_year_before:
        return None, None
    low, high = _SHARE if measure.traits.counted else (Decimal(0) if measure.traits.whole else None, None)
    given = measure.range
    if given and given.min is not None:
        low = given.min if low is None else max(low, given.min)
    if given and given.max is not None:
        high = given.max if high is None else min(high, given.max)
    return low, high
