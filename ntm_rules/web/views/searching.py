"""Finding a commune, an agency or a requirement by words without diacritics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponse

from ntm_rules.appraisal.layers import Layer
from ntm_rules.appraisal.permissions import Subject, may
from ntm_rules.i18n import _
from ntm_rules.report.html.links import Link
from ntm_rules.report.pages.links import readable
from ntm_rules.report.site.pages import NAMED_BY_ID
from ntm_rules.spelling import plain_words
from ntm_rules.web.drawing import LINKS, drawn
from ntm_rules.web.findings import agencies_of
from ntm_rules.web.laws import law_in_force
from ntm_rules.web.models import Dossier, Person, Round
from ntm_rules.web.models.rounds import rounds_with_law
from ntm_rules.web.views.item_words import measure_words
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
        if len(seen) == 1:
            yield from _asked(one, seen)
        elif may(actor, "overview", "GET"):
            yield from _indicators(one)
        elif may(actor, "queue", "GET"):
            yield from _appraised(one)


def _indicators(one: Round) -> Iterator[tuple[Link, str]]:
    """Yield every indicator, on its page over all communes."""
    for indicator in law_in_force(one).rules.indicators():
        words = f"{indicator.id}. {indicator.words}"
        page = readable(f"{NAMED_BY_ID['indicator']}-{indicator.id}")
        where = LINKS.to("overview", f"{one.pk}/{Layer.SELF.value}/{page}.html")
        yield Link(f"{shortened(words, LONGEST_SHOWN)} · {one.title}", where), words


def _appraised(one: Round) -> Iterator[tuple[Link, str]]:
    """Yield every figure that an agency appraises, in the queue of that agency."""
    law = law_in_force(one)
    for measure, agency in law.owners.items():
        words = measure_words(law.rules, measure, {})
        shown = f"{shortened(words, LONGEST_SHOWN)} · {agency_name(law.rules, agency)} · {one.title}"
        yield Link(shown, LINKS.to("queue", f"{one.pk}/{agency}")), words


def _asked(one: Round, seen: Sequence[Dossier]) -> Iterator[tuple[Link, str]]:
    """Yield the questions of the form, in the dossier of somebody who sees one alone."""
    law = law_in_force(one)
    for section in law.sections:
        for question in section.questions():
            words = str(question.measure.label)
            where = LINKS.to("criterion", f"{seen[0].pk}/{section_id(section)}", f"so-{question.measure.id}")
            yield Link(shortened(words, LONGEST_SHOWN), where), words
