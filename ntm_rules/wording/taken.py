"""How a requirement takes its figures, in words: of which years, as what, and how they are rounded."""

from __future__ import annotations

from ntm_rules.i18n import N_, _
from ntm_rules.rulebook.models import Measure
from ntm_rules.rulebook.taken import THIS_YEAR, YEAR_BEFORE, Over, Quantity, Taken


def taken_words(way: Taken, measure: Measure) -> str:
    """Return how figures of a measure are taken; empty where they are as their kind has them."""
    taken, own = way.of(measure), Taken().of(measure)
    said = []
    if (taken.quantity, taken.since) != (own.quantity, own.since):
        said.append(_quantity(taken))
    if taken.over is Over.MEAN:
        said.append(_("mean of {n} years", n=taken.count))
    elif taken.over is Over.EACH:
        said.append(_("in each of {n} years", n=taken.count))
    if taken.from_zero:
        said.append(_("from 0 to more is a rise"))
    if taken.rounded_to is not None:
        said.append(rounded_words(taken.rounded_to))
    return ", ".join(said)


def _quantity(taken: Taken) -> str:
    if taken.quantity is Quantity.LEVEL and taken.since == THIS_YEAR:
        return _("the level of the year")
    return _(_WORDS[taken.quantity], year=_year(taken.since))


_WORDS = {
    Quantity.LEVEL: N_("the figure of {year}"),
    Quantity.CHANGE: N_("change from {year}"),
    Quantity.GROWTH: N_("growth over {year}"),
    Quantity.RATIO: N_("times the figure of {year}"),
}


def _year(since: int) -> str:
    return _("the year before") if since == YEAR_BEFORE else _("the year {year}", year=since)


def rounded_words(decimals: int) -> str:
    """Return to how many decimals a figure is rounded."""
    return _("rounded to a whole number") if decimals == 0 else _("rounded to {n} decimal(s)", n=decimals)
