"""Figures as they stand, read and judged under the law of their round."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping

from django.db.models import Max, QuerySet

from ntm_rules.appraisal.entries import Entry, Read, read_entries
from ntm_rules.appraisal.hamlets import of_those_there
from ntm_rules.appraisal.judging import Judged
from ntm_rules.web.kept import ReportSoFar
from ntm_rules.web.laws import Opened, law_in_force
from ntm_rules.web.models import Dossier, Figure, Round

_MOST_KEPT = 400
"""Of one round: several layers of every commune of a province."""
_keeping = threading.Lock()


def figures_of(dossier: Dossier) -> dict[str, Figure]:
    """Return the latest version of every figure of a dossier."""
    return {figure.measure: figure for figure in latest(dossier.figures.all())}


def latest(figures: QuerySet[Figure]) -> QuerySet[Figure]:
    """Return the latest version of each of some figures: of hundreds of versions no other is read."""
    last = figures.order_by().values("dossier", "measure").annotate(last=Max("pk")).values("last")
    return Figure.objects.filter(pk__in=last).order_by("pk")


def reported_of(law: Opened, rows: QuerySet[Figure]) -> dict[int, ReportSoFar]:
    """Return dossier -> what it has reported so far, for each that has any of some figures; read only where it changed."""

    def made(dossiers: Collection[int]) -> dict[int, ReportSoFar]:
        communes = dict(Dossier.objects.filter(pk__in=dossiers).values_list("pk", "commune"))
        figures: dict[int, dict[str, Figure]] = {}
        for figure in latest(Figure.objects.filter(dossier__in=dossiers)):
            figures.setdefault(figure.dossier_id, {})[figure.measure] = figure
        return {dossier: _reported(law, communes[dossier], held) for dossier, held in figures.items()}

    return law.reported.of(rows, made)


def reported_by(one: Round, dossiers: Iterable[Dossier]) -> Iterator[tuple[Dossier, Opened, ReportSoFar]]:
    """Yield dossiers of a round with the law that each follows and what it has reported so far."""
    by_law: dict[int | None, list[Dossier]] = {}
    for dossier in dossiers:
        by_law.setdefault(dossier.pinned_id, []).append(dossier)
    found: dict[int, tuple[Dossier, Opened, ReportSoFar]] = {}
    for pin, those in by_law.items():
        law = law_in_force(one, pin)
        reported = reported_of(law, Figure.objects.filter(dossier__in=those))
        for dossier in those:
            held = reported.get(dossier.pk) or nothing_reported(law, dossier.commune)
            found[dossier.pk] = dossier, law, held
    yield from (found[dossier.pk] for dossier in dossiers)


def reported_in(law: Opened, dossier: Dossier) -> ReportSoFar:
    """Return what one dossier has reported so far."""
    return reported_of(law, dossier.figures.all()).get(dossier.pk) or nothing_reported(law, dossier.commune)


def nothing_reported(law: Opened, commune: str) -> ReportSoFar:
    """Return what a commune has reported that has not begun."""
    return _reported(law, commune, {})


def _reported(law: Opened, commune: str, figures: Mapping[str, Figure]) -> ReportSoFar:
    entries = entries_of(figures)
    return ReportSoFar(figures, entries, judged_of(law, commune, entries))


def entries_of(figures: Mapping[str, Figure]) -> dict[str, Entry]:
    """Return what is typed in them, as far as the hamlets they are of are there."""
    return of_those_there({measure: figure.entry for measure, figure in figures.items()})


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
    judged = Judged(law.rules, read_of(law, commune, entries), law.reaches)
    with _keeping:
        law.judged[asked] = judged
        while len(law.judged) > _MOST_KEPT:
            del law.judged[next(iter(law.judged))]
    return judged
