"""Steps of a dossier: read, decided by the table and written down in one transaction; there is no other way."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from ntm_rules.appraisal.council import COMMUNE, Concluded
from ntm_rules.appraisal.judging import Judged
from ntm_rules.appraisal.states import State
from ntm_rules.appraisal.steps import CHANGED, Asked, Condition, DossierCase, StepName, StepRefused, carried_out
from ntm_rules.i18n import Message
from ntm_rules.web.appraising import void
from ntm_rules.web.concluding import conclusions_of, voted_session
from ntm_rules.web.events import note
from ntm_rules.web.findings import appraised, hands_in
from ntm_rules.web.laws import Opened
from ntm_rules.web.models import Dossier, Figure, Person, Taken
from ntm_rules.web.models.dossiers import locked_dossier
from ntm_rules.web.reading import reported_in


def case_of(law: Opened, dossier: Dossier, figures: Mapping[str, Figure], judged: Judged) -> DossierCase:
    """Return a dossier as the table of steps sees it."""
    holds = {Condition.SOMETHING_REPORTED} if judged.says_something else set()
    if dossier.stands is State.UNDER_APPRAISAL and appraised(law, dossier, figures).done:
        holds.add(Condition.ALL_CONFIRMED)
    holds |= set(_after_the_agencies(dossier))
    hands = frozenset[int]() if dossier.stands is State.OPEN else hands_in(dossier)  # submitting asks for nobody else
    return DossierCase(
        dossier.commune,
        dossier.stands,
        dossier.version,
        hands,
        frozenset(holds),
        dossier.round.is_closed,
    )


def _after_the_agencies(dossier: Dossier) -> Iterator[Condition]:
    """Yield what holds of comments, of the council and of the decision that the next step rests on."""
    if dossier.stands is State.IN_COMMENT and dossier.comments.exists():
        yield Condition.COMMENTS_RECORDED
    if dossier.stands is State.BEFORE_COUNCIL:
        if voted_session(dossier) is not None:
            yield Condition.COUNCIL_VOTED
        if COMMUNE in conclusions_of(dossier):
            yield Condition.CONCLUSION_RECORDED
    if dossier.stands is State.CONCLUDED:
        found = conclusions_of(dossier).get(COMMUNE)
        if found is not None and found.concluded is Concluded.MEETS:
            yield Condition.CONCLUDED_TO_MEET
    awaited = {State.CONCLUDED: StepName.RECOGNISE, State.RECOGNISED: StepName.REVOKE}.get(dossier.stands)
    if awaited is not None and dossier.decisions.filter(kind=awaited.value).exists():
        yield Condition.DECISION_RECORDED


def take(law: Opened, dossier: int, person: Person, asked: Asked, also: frozenset[Condition] = frozenset()) -> Taken:
    """Take a step; `also`: what holds of the dossier through the act that the step is a part of.

    Raises:
        StepRefused: it may not be taken now, or not by this person.
    """
    with transaction.atomic():
        locked = locked_dossier(dossier)
        figures, _entries, judged = reported_in(law, locked)
        case = case_of(law, locked, figures, judged)
        case = replace(case, holds=case.holds | also)
        step = carried_out(person.actor, case, asked, law.procedure)
        submitted = {"submitted_by": person if step.name is StepName.SUBMIT else locked.submitted_by}
        changed = Dossier.objects.filter(pk=locked.pk, version=asked.seen).update(
            state=step.end.value, version=asked.seen + 1, **submitted
        )
        if not changed:
            raise StepRefused(Message(CHANGED))
        if step.voids:
            void(locked, law, person)
        taken = Taken(
            dossier=locked, by=person, at=timezone.now(), step=step.name.value, start=step.start.value,
            end=step.end.value, version=asked.seen + 1, reason=asked.reason, note=asked.note.strip(),
        )  # fmt: skip
        taken.save(force_insert=True)
        note(
            "step",
            person,
            locked,
            step=step.name.value,
            start=step.start.value,
            end=step.end.value,
            reason=asked.reason,
            note=asked.note.strip(),
            figures=len(figures),
            figures_sha256=content_hash(figures),
        )
        return taken


def content_hash(figures: Mapping[str, Figure]) -> str:
    """Return the hash of all figures as they stand, by which a dossier is known again."""
    held = {measure: figure.entry.cells() for measure, figure in sorted(figures.items())}
    return hashlib.sha256(json.dumps(held, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
