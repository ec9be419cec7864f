"""What follows the vote: residents' comments recorded, and what the council concludes; each written down with its event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from ntm_rules.appraisal.comments import Comments
from ntm_rules.appraisal.council import (
    COMMUNE,
    CONDITIONS,
    Concluded,
    Concluding,
    ConclusionRefused,
    conclusion_refusals,
    said_by,
    said_by_both,
)
from ntm_rules.appraisal.states import State
from ntm_rules.appraisal.steps import StepName
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message, _
from ntm_rules.web.closing import refuse_closed
from ntm_rules.web.council import counted_in
from ntm_rules.web.events import note
from ntm_rules.web.findings import Appraised, refuse_own_hand
from ntm_rules.web.laws import Opened
from ntm_rules.web.models import Comment, Conclusion, Dossier, Person, Session
from ntm_rules.web.models.dossiers import locked_dossier
from ntm_rules.web.remarks import counted
from ntm_rules.wording.titles import numbered_title


def record_comments(dossier: int, person: Person, comments: Comments, remark: str) -> None:
    """Record residents' comments on a commune; the latest record counts.

    Raises:
        NtmError: everything that cannot be, the round is closed, or this person had a hand in the commune's figures.
    """
    wrong = comments.refusals()
    if wrong:
        raise NtmError(*wrong)
    with transaction.atomic():
        locked = locked_dossier(dossier)
        refuse_closed(locked.round)
        refuse_own_hand(locked, person)
        if locked.stands is not State.IN_COMMENT:
            raise NtmError(Message("The dossier is not published for comment; nothing was recorded."))
        Comment(
            dossier=locked, by=person, at=timezone.now(), households=comments.households, surveyed=comments.surveyed,
            satisfied=comments.satisfied, document=comments.document, note=remark.strip(),
        ).save(force_insert=True)  # fmt: skip
        note(
            "comments", person, locked, households=comments.households, surveyed=comments.surveyed, satisfied=comments.satisfied,
            document=comments.document, note=remark.strip(), online=asdict(counted(locked)),
        )  # fmt: skip


def voted_session(dossier: Dossier) -> Session | None:
    """Return the closed session that has voted last on a dossier since the council was called."""
    cast = dossier.votes.filter(session__minutes__closes=True, **_since_called(dossier))
    found = cast.order_by("-session").select_related("session__round").first()
    return found.session if found is not None else None


class ConclusionSaid(NamedTuple):
    """What the council concludes on one criterion or on the commune."""

    concluded: Concluded
    reason: str


def conclusions_of(dossier: Dossier) -> dict[str, ConclusionSaid]:
    """Return the latest conclusions on a dossier since the council was called."""
    return {
        row.criterion: ConclusionSaid(Concluded(row.concluded), row.reason)
        for row in dossier.conclusions.filter(**_since_called(dossier)).order_by("pk")
    }


def _since_called(dossier: Dossier) -> dict[str, dt.datetime]:
    """Return since when votes and conclusions count: a dossier that went back to the agencies is voted on anew."""
    called = dossier.takens.filter(step=StepName.CALL.value).order_by("-pk").values_list("at", flat=True).first()
    return {"at__gte": called} if called else {}


def concluding_on(law: Opened, standing: Appraised) -> Concluding:
    """Return what the council is to conclude on, and what the agencies' appraisal amounts to on each."""
    names = {one.id: numbered_title(one) for one in law.rules.criteria}
    judged = standing.confirmed
    agencies = {child.id: said_by(child.verdict) for child in judged.result.children}
    conditions = judged.conditions
    if conditions is not None:
        names[CONDITIONS] = _("Further conditions of recognition")
        agencies[CONDITIONS] = said_by(conditions.verdict)
    names[COMMUNE] = _("The commune")
    agencies[COMMUNE] = said_by_both(judged.result.verdict, conditions.verdict if conditions else None)
    session = voted_session(standing.dossier)
    counted = counted_in(session, standing.dossier) if session is not None else None
    return Concluding(names, agencies, counted, law.rules.standard is None)


def conclude(law: Opened, standing: Appraised, by: Person, conclusions: Mapping[str, ConclusionSaid]) -> None:
    """Record what the council concludes; what is the same as before is not written again.

    Raises:
        NtmError: everything that speaks against it; this person had a hand in the commune's figures.
    """
    on = concluding_on(law, standing)
    concluded = {id_: one.concluded for id_, one in conclusions.items()}
    reasons = {id_: one.reason for id_, one in conclusions.items()}
    with transaction.atomic():
        locked = locked_dossier(standing.dossier.pk)
        refuse_closed(locked.round)
        refuse_own_hand(locked, by)
        wrong = conclusion_refusals(on, concluded, reasons, law.procedure)
        if locked.stands is not State.BEFORE_COUNCIL:
            wrong = [Message("The dossier is not before the council.")]
        if wrong:
            raise ConclusionRefused(*wrong)
        session, before = voted_session(locked), conclusions_of(locked)
        changed = {id_: one for id_, one in conclusions.items() if id_ in on.names and before.get(id_) != one}
        for id_, one in changed.items():
            Conclusion(
                dossier=locked, by=by, at=timezone.now(), session=session, criterion=id_, concluded=one.concluded.value,
                reason=one.reason,
            ).save(force_insert=True)  # fmt: skip
        if changed:
            told = [
                {"criterion": id_, "concluded": one.concluded.value, "reason": one.reason}
                for id_, one in changed.items()
            ]
            note("conclusion", by, locked, session=session.pk if session else None, conclusions=told)
