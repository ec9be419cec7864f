"""The sentences of the reports on a plan: each number of them comes from the same computation as the tables."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_rules.exact import nearest_to
from ntm_rules.i18n import _
from ntm_rules.plan.agency_year import AgencyYear
from ntm_rules.plan.loader import Plan, Track
from ntm_rules.plan.models import TrackState
from ntm_rules.plan.owing import Owed, Stage
from ntm_rules.wording import plan as words
from ntm_rules.wording.deliverables import (
    blocked_words,
    deliverable_due_words,
    deliverable_owner_words,
    deliverable_words,
    stage_said,
)
from ntm_rules.wording.phrases import opening
from ntm_rules.wording.plan_statuses import status_words
from ntm_rules.wording.values import number


def goal_sentence(plan: Plan, track: Track, state: TrackState) -> str:
    """Return how one goal stands in full sentences."""
    judgement = state.judgement
    bar, latest = judgement.bar, judgement.latest
    goal = opening(str(track.text)).rstrip(".")
    asked = words.goal_target_words(plan, track, bar)
    said = [_("{goal}: {asked} by the end of {year}.", goal=goal, asked=asked, year=track.target.year)]
    if latest is None:
        said.append(_("There is no figure that can be used."))
    else:
        said.append(_("The latest figure is {latest}.", latest=words.goal_point_words(plan, track, latest, bar)))
    if judgement.base is not None and judgement.ratio is not None:
        base = words.goal_point_words(plan, track, judgement.base)
        ratio = words.ratio_words(judgement)
        said.append(_("From {base} on, {ratio} of the progress needed by now was made.", base=base, ratio=ratio))
    if away := words.goal_distance_words(plan, track, judgement):
        pace = words.goal_pace_words(plan, track, judgement.needed_pace)
        said.append(
            _("Still to go: {distance}, which takes {pace}.", distance=away, pace=pace)
            if pace
            else _("Still to go: {distance}.", distance=away)
        )
    said.append(_("Assessment: {status}.", status=status_words(state.status).lower()))
    if state.waiting is not None:
        said.append(_("Awaited: {what}", what=str(state.waiting).rstrip(".")) + ".")
    if state.base_moved:
        said.append(_("The figures before {year} are of another definition and are not compared.", year=_broken(state)))
    return " ".join(said)


def _broken(state: TrackState) -> int:
    latest = state.judgement.latest
    return max(b.year for b in state.breaks if latest is None or b.year <= latest.year)


def document_sentence(plan: Plan, one: Owed) -> str:
    """Return where one document stands in a full sentence."""
    said = {
        "document": deliverable_words(one).rstrip("."),
        "owner": deliverable_owner_words(plan, one),
        "due": deliverable_due_words(one),
        "stands": stage_said(one),
    }
    words_ = (
        _("{document} ({owner}): {stands}.", **said)
        if one.stage is Stage.DONE
        else _("{document} ({owner}, due {due}): {stands}.", **said)
    )
    blocked = blocked_words(one.blocks)
    return f"{words_} {opening(blocked)}." if blocked else words_


def indicators_sentence(year: AgencyYear, in_year: int) -> str:
    """Return how the indicators of an agency stand over the communes, and what would change if it finished."""
    own = year.standing
    if own is None:
        return _("It leads no indicator of the criteria, or no commune has been judged.")
    return _(
        "Of {applicable} judgements of {n} indicators over communes in {year}, {met} are met and {not_met} are not ({share}%). If "
        "all of these were met, {gaining} communes would gain {gained} criteria (place {place} of {agencies}).",
        applicable=own.applicable,
        n=own.indicators,
        year=in_year,
        met=own.met,
        not_met=own.not_met,
        share=number(nearest_to(own.share * 100, 1)),
        gaining=own.gaining,
        gained=own.criteria_gained,
        place=year.place,
        agencies=year.agencies,
    )


def documents_sentence(documents: Sequence[Owed]) -> str:
    """Return how many documents stand where."""
    counts = {stage: sum(one.stage is stage for one in documents) for stage in Stage}
    return _(
        "Of {n} documents that are owed, {done} are done, {overdue} are overdue, {soon} are due within 90 days.",
        n=len(documents),
        done=counts[Stage.DONE],
        overdue=counts[Stage.OVERDUE],
        soon=counts[Stage.DUE_SOON] + counts[Stage.DUE_LATER],
    )
