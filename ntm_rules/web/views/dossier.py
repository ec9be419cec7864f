"""One dossier: how it stands, what is missing, its next steps, its cross-checks, its log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ntm_rules.appraisal.permissions import Subject, may
from ntm_rules.appraisal.states import WRITABLE, State
from ntm_rules.appraisal.steps import (
    LONGEST_NOTE,
    Asked,
    Step,
    StepDemand,
    StepForbidden,
    StepName,
    StepRefused,
    steps_of,
    unmet,
)
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.explanation.missing import missing
from ntm_rules.report.html.drawn import drawn as drawn_table
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.values import Badge, Cell, PageTable, badge_of, named, stacked
from ntm_rules.report.tables import table as made
from ntm_rules.report.tables.commune import lacked, missed
from ntm_rules.rulebook.criteria_set import Requirement
from ntm_rules.standing.one_commune import lacking_in
from ntm_rules.web.access import subject_of
from ntm_rules.web.deadlines import SUBMIT, day_of
from ntm_rules.web.drawing import LINKS, at_time, drawn, tell, to_dossier, to_round
from ntm_rules.web.models import Dossier, Person
from ntm_rules.web.models.dossiers import dossiers_with_round
from ntm_rules.web.stepping import case_of, take
from ntm_rules.web.views.after import decided_on, papers, verdict_of
from ntm_rules.web.views.asked import agencies_at, asked_of_commune
from ntm_rules.web.views.rereviews import reviewed_words
from ntm_rules.web.views.standings import (
    Stood,
    closed_words,
    next_of,
    progress_words,
    section_id,
    section_title,
    stood,
    where_entered,
)
from ntm_rules.web.views.work import due_words
from ntm_rules.wording.findings import finding_row


class StepShown(NamedTuple):
    """A step that this person may take, with what stands in its way."""

    name: str
    words: str
    address: str | None
    in_the_way: Sequence[str]
    reasons: Sequence[tuple[str, str]]
    """Id and words of each; none where none is owed."""
    note: bool
    """Something must be said."""
    beware: Sequence[str] = ()
    """What does not stand in the way, and is to be known before."""


class ReturnShown(NamedTuple):
    """Why a dossier was last returned."""

    reason: str
    note: str
    when: str
    who: str


def dossier(request: HttpRequest, dossier: int) -> HttpResponse:  # noqa: ARG001 - Access has fetched it
    """Show a dossier, the next thing to do on top."""
    one = stood(request.dossier)
    return _drawn(request, one)


def _drawn(
    request: HttpRequest, one: Stood, wrong: Sequence[str] = (), typed: Mapping[str, str] | None = None
) -> HttpResponse:
    person, this = request.user, one.dossier
    following = next_of(person, one)
    due, late = due_words(
        day_of(this.round, SUBMIT, this.commune) or this.round.submit_by,
        this.stands is State.OPEN and not this.round.is_closed,
    )
    fills_in = may(person.actor, "figure", "POST", _subject(this))
    links = [
        Link(words, LINKS.to(address, this.pk))
        for address, words, method in (
            ("form", _("Download the Excel form, filled in so far"), "GET"),
            ("hand-in", _("Take over a filled Excel form"), "GET"),
            ("checks", _("Cross-checks: {n}", n=len(one.judged.findings)), "GET"),
            ("layers", _("Layers side by side"), "GET"),
            ("comments", _("Residents' comments and further conditions"), "GET"),
            ("conclude", _("Conclusion of the council"), "GET"),
            ("record", _("Record a decision"), "GET"),
            ("papers", _("Papers to be signed"), "GET"),
            ("log", _("Log of the dossier"), "GET"),
        )
        if may(person.actor, address, method, _subject(this))
    ]
    if may(person.actor, "paper", "GET", _subject(this)):
        links += [Link(words, LINKS.to("paper", f"{this.pk}/{paper}")) for paper, words in papers()]
    asked = [] if this.round.is_closed else asked_of_commune(one)
    return drawn(
        request, "dossier.html", f"{one.name}, {this.round.year}",
        trail=to_round(this, person), warnings=one.warnings, following=following, due=due, late=late,
        state=this.stands.words, progress=progress_words(one.judged), verdict=verdict_of(one),
        decided=decided_on(one), returned=_returned(one), asked=asked, n_asked=len(asked), answer=LINKS.to("answer", this.pk), agencies=agencies_at(person, one),
        answers=bool(asked) and may(person.actor, "answer", "POST", _subject(this)), fills_in=fills_in, table=_criteria(one), gaps=_gaps(one), lacking=_lacking(one),
        more=links, steps=[_step(request.user, one, step) for step in steps_of(person.actor, case_of(one.law, this, one.figures, one.judged))
                           if may(person.actor, "step", "POST", _subject(this))],
        seen=this.version, closed=closed_words(this.round), reviews=reviewed_words(this), wrong=wrong, typed=typed or {"reason": "", "note": ""}, longest=LONGEST_NOTE,
        status=422 if wrong else 200,
    )  # fmt: skip


def _subject(this: Dossier) -> Subject:
    return subject_of(this)


def _step(person: Person, one: Stood, step: Step) -> StepShown:
    case = case_of(one.law, one.dossier, one.figures, one.judged)
    reasons = [(reason.id, str(reason.label)) for reason in one.law.procedure.return_reasons]
    return StepShown(
        step.name.value,
        step.name.words,
        LINKS.to("step", f"{one.dossier.pk}/{step.name.value}"),
        [str(words) for words in unmet(step, person.actor, case)],
        reasons if step.owed is StepDemand.REASON else [],
        step.owed is not StepDemand.NOTHING,
        _beware(one) if step.name is StepName.SUBMIT else (),
    )


def _beware(one: Stood) -> list[str]:
    """Return what is missing or in doubt in a dossier that is about to be submitted."""
    done, found = one.judged.completeness(), len(one.judged.findings)
    said = []
    if done.missing:
        said.append(_("{n} figures and answers are not entered; they are listed below.", n=done.missing))
    if done.unusable:
        said.append(_("{n} figures cannot be read as they stand.", n=done.unusable))
    if found:
        said.append(_("Cross-checks found {n} things to look at.", n=found))
    return said


def _returned(one: Stood) -> ReturnShown | None:
    """Return why it was returned, while it is open because of that."""
    last = one.dossier.takens.order_by("-pk").select_related("by").first()
    if last is None or last.step != StepName.RETURN.value or one.dossier.stands not in WRITABLE:
        return None
    reason = one.law.procedure.reason(last.reason)
    return ReturnShown(str(reason.label) if reason else "", last.note, at_time(last.at), str(last.by))


def _criteria(one: Stood) -> PageTable:
    rows = []
    results = {criterion.id: criterion for criterion in one.judged.result.children}
    for section in one.law.sections:
        id_ = section_id(section)
        asked = one.law.kept_in(section, one.judged.read.hamlets.values())
        given = sum(bool(one.entries.get(kept)) for kept in asked)
        verdict = results[id_].verdict if id_ in results else None
        if section.kind == "conditions" and one.judged.conditions is not None:
            verdict = one.judged.conditions.verdict
        rows.append(
            [
                named(section_title(section), LINKS.to("criterion", f"{one.dossier.pk}/{id_}")),
                Cell(f"{given}/{len(asked)}", "number", given),
                Cell("", badge=_badge(verdict)) if verdict is not None else Cell(""),
            ]
        )
    return stacked("criteria", _("Criteria"), [_("Criterion"), _("Entered"), _("Result so far")], rows)


def _badge(verdict: Verdict) -> Badge:
    return badge_of(verdict)


def _gaps(one: Stood) -> PageTable | None:
    """Return what is not met, and by how much."""
    judged = one.judged
    parts = [indicator for criterion in judged.result.children for indicator in criterion.children]
    parts += judged.conditions.children if judged.conditions else ()
    found = [some for part in parts for some in missing(one.law.rules, part, judged.facts, Verdict.NOT_MET)]
    return _listed(one, missed(found), _("Not met, and who to turn to"), [some.requirement for some in found])


def _lacking(one: Stood) -> PageTable | None:
    """Return what cannot be judged for want of a figure or of somebody's conclusion."""
    found = list(lacking_in(one.judged.result, one.judged.conditions))
    table = lacked(one.law.rules, one.judged.facts, found)
    return _listed(one, table, _("Requirements lacking figures"), [lack.requirement for lack in found])


def _listed(one: Stood, table: made.Table, caption: str, requirements: Sequence[Requirement]) -> PageTable | None:
    """Return requirements that lead to where they are entered; nothing where there are none."""
    if not table:
        return None
    entered = {"named": [where_entered(one, requirement.measure) for requirement in requirements]}
    shown = table.only("named", "words", "lead")
    return drawn_table(shown, "", ("named",), entered, caption, cards=("words", "lead"), look="stack gaps")


def step(request: HttpRequest, dossier: int, step: str) -> HttpResponse:
    """Take a step, or say what stands in its way."""
    one = stood(request.dossier)
    try:
        name = StepName(step)
    except ValueError:
        raise Http404 from None
    seen = request.POST.get("seen", "")
    typed = {"reason": request.POST.get("reason", "")[:60], "note": request.POST.get("note", "")[: LONGEST_NOTE + 1]}
    asked = Asked(name, int(seen) if seen.isdecimal() and len(seen) < 10 else -1, **typed)
    try:
        take(one.law, dossier, request.user, asked)
    except StepForbidden:
        raise Http404 from None
    except StepRefused as refused:
        return _drawn(
            request,
            stood(dossiers_with_round().get(pk=dossier)),
            str(refused).split("\n"),
            typed,
        )
    tell(request, _("Done: {step}.", step=name.words))
    return HttpResponseRedirect(reverse("dossier", kwargs={"dossier": dossier}))


def checks(request: HttpRequest, dossier: int) -> HttpResponse:  # noqa: ARG001 - Access has fetched it
    """Show what the cross-checks find; no verdict changes."""
    one = stood(request.dossier)
    rows = []
    for finding in one.judged.findings:
        said = finding_row(one.law.rules, finding)
        first = next(iter(finding.measures), "")
        rows.append(
            [
                named(f"{said.check}. {said.title}", where_entered(one, first)),
                Cell(said.severity.words),
                Cell(said.message),
                Cell(said.mend),
            ]
        )
    heads = [_("Check"), _("Severity"), _("What was found"), _("What to do")]
    return drawn(
        request, "checks.html", _("Cross-checks"), trail=to_dossier(request.dossier, request.user, one.name),
        warnings=one.warnings, table=stacked("checks", _("Cross-checks"), heads, rows) if rows else None,
    )  # fmt: skip
