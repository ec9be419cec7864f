"""What a measure can be at all, as rules compare it."""

from __future__ import annotations

from decimal import Decimal

from ntm_rules.rulebook.models import Measure
from ntm_rules.rulebook.taken import AS_ITS_KIND, Taken

_SHARE = (Decimal(0), Decimal(100))


def bounds(measure: Measure, way: Taken = AS_ITS_KIND) -> tuple[Decimal | None, Decimal | None]:
    """Return the least and the most that a rule can find of figures taken in a way; None where there is no end.

    The range speaks of the level; what is held against another year's figure has no ends here.
    """
    if way.of(measure).compares_years:
        return None, None
    low, high = _SHARE if measure.traits.counted else (Decimal(0) if measure.traits.whole else None, None)
    given = measure.range
    if given and given.min is not None:
        low = given.min if low is None else max(low, given.min)
    if given and given.max is not None:
        high = given.max if high is None else min(high, given.max)
    return low, high
