"""Figures as they stand, read and judged under the law of their round."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from django.db.models import Max, QuerySet

from ntm_rules.appraisal.entries import Entry, Read, read_entries
from ntm_rules.appraisal.judging import Judged
from ntm_rules.web.laws import Opened
from ntm_rules.web.models import Dossier, Figure

_MOST_KEPT = 400
"""Of one round: several layers of every commune of a province."""
_keeping = threading.Lock()


def figures_of(dossier: Dossier) -> dict[str, Figure]:
    """Return the latest version of every figure of a dossier."""
    return {figure.measure: figure for figure in latest(dossier.figures.all())}


def latest(figures: QuerySet[Figure]) -> QuerySet[Figure]:
    """Return the latest version of each of some figures: of hundreds of versions no other is read."""
    last = figures.order_by().values("dossier", "measure").annotate(last=Max("pk")).values("last")
    return (
        Figure.objects.filter(pk__in=last).prefetch_related("by").order_by("pk")
    )  # a few people, thousands of figures


def entries_of(figures: Mapping[str, Figure]) -> dict[str, Entry]:
    """Return what is typed in them."""
    return {measure: figure.entry for measure, figure in figures.items()}


def read_of(law: Opened, commune: str, entries: Mapping[str, Entry]) -> Read:
    """Return a commune's entries as the law of its round reads them."""
    return read_entries(law.vocabulary, commune, law.year, entries, law.before)


def judged_of(law: Opened, commune: str, entries: Mapping[str, Entry]) -> Judged:
    """Return what a commune's entries come to, kept for the next page: most figures are as they were a minute ago."""
    asked = commune, frozenset(entries.items())
    with _keeping:
        found = law.judged.pop(asked, None)
        if found is not None:
            law.judged[asked] = found  # the last to be thrown away
            return found
    judged = Judged(law.rules, read_of(law, commune, entries))
    with _keeping:
        law.judged[asked] = judged
        while len(law.judged) > _MOST_KEPT:
            del law.judged[next(iter(law.judged))]
    return judged
