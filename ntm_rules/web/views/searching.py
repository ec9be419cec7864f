"""Finding a commune, an agency or a requirement by words without diacritics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponse

from ntm_rules.appraisal.permissions import Subject, may
from ntm_rules.i18n import _
from ntm_rules.report.html.links import Link
from ntm_rules.spelling import plain_words
from ntm_rules.web.drawing import LINKS, drawn
from ntm_rules.web.findings import agencies_of
from ntm_rules.web.laws import law_in_force
from ntm_rules.web.models import Dossier, Person, Round
from ntm_rules.web.models.rounds import rounds_with_law
from ntm_rules.web.views.standings import section_id
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.communes import full_name
from ntm_rules.wording.phrases import shortened

MOST_SHOWN = 50
LONGEST_ASKED, LONGEST_SHOWN = 100, 140


def search(request: HttpRequest) -> HttpResponse:
    """Show what holds all words asked for, among what this person may see."""
    asked = request.GET.get("q", "").strip()[:LONGEST_ASKED]
    wanted = plain_words(asked)
    found = [link for link, words in _everything(request.user) if _holds(words, wanted)] if wanted else []
    return drawn(
        request, "search.html", _("Search"), here="search", asked=asked, found=found[:MOST_SHOWN],
        more=max(0, len(found) - MOST_SHOWN), nothing=bool(asked) and not found,
    )  # fmt: skip


def _holds(words: str, wanted: Sequence[str]) -> bool:
    """Tell whether each word asked for begins one of some words, however they are spelt."""
    have = plain_words(words)
    return all(any(word.startswith(one) for word in have) for one in wanted)


def _everything(person: Person) -> Iterator[tuple[Link, str]]:
    """Yield what this person may see with the words by which it is found: dossiers, agencies, what is asked."""
    actor = person.actor
    for one in rounds_with_law():
        law = law_in_force(one)
        seen = [
            dossier
            for dossier in one.dossiers.all()
            if may(actor, "dossier", "GET", Subject(dossier.commune, dossier.stands))
        ]
        for dossier in seen:
            name = full_name(law.rules.communes[dossier.commune])
            yield Link(f"{name} · {one.title}", LINKS.to("dossier", dossier.pk)), f"{name} {dossier.commune}"
        for agency in agencies_of(law):
            if may(actor, "queue", "GET", Subject(agency=agency)):
                name = agency_name(law.rules, agency)
                yield Link(f"{name} · {one.title}", LINKS.to("queue", f"{one.pk}/{agency}")), name
        yield from _asked(one, seen)


def _asked(one: Round, seen: Sequence[Dossier]) -> Iterator[tuple[Link, str]]:
    """Yield the questions of the form, in the dossier of somebody who sees one alone."""
    if len(seen) != 1:
        return
    law = law_in_force(one)
    for section in law.sections:
        for question in section.questions():
            words = str(question.measure.label)
            where = LINKS.to("criterion", f"{seen[0].pk}/{section_id(section)}", f"so-{question.measure.id}")
            yield Link(shortened(words, LONGEST_SHOWN), where), words
