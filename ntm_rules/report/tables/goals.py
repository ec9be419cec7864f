"""The goals of a plan with their status and every number that it used: one row a track."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.plan.loader import Plan, Track
from ntm_rules.plan.models import Status, TrackState
from ntm_rules.report.tables.table import Cell, Column, Kind, Table, Term, marks, texts
from ntm_rules.wording import plan as words
from ntm_rules.wording.plan_statuses import status_letter, status_words

LOOKS = {
    Status.MET: Verdict.MET,
    Status.ON_COURSE: Verdict.MET,
    Status.BEHIND: Verdict.NO_DATA,
    Status.FAR_BEHIND: Verdict.NOT_MET,
    Status.BACKWARD: Verdict.NOT_MET,
    Status.NOT_MET: Verdict.NOT_MET,
    Status.MISSED: Verdict.NOT_MET,
    Status.TOO_EARLY: Verdict.NOT_APPLICABLE,
    Status.NO_BASE: Verdict.NOT_APPLICABLE,
    Status.NO_DATA: Verdict.NO_DATA,
    Status.NO_TARGET: Verdict.NO_TARGET,
}
"""The verdict whose colours a status has; its letters and words tell it from others of the same."""


def status_cell(status: Status) -> Term:
    """Return a status as a cell."""
    return Term(status.value, status_words(status), LOOKS[status])


def letter_cell(status: Status) -> Term:
    """Return a status by its letters as a cell."""
    return Term(status.value, status_letter(status), LOOKS[status])


def goals(plan: Plan, states: Mapping[str, TrackState], tracks: Iterable[Track] | None = None) -> Table:
    """Return the tracks of a plan, or some of them, as they stand."""
    columns = [
        *texts(goal=_("Goal's id")),
        *marks(letter=_("Status")),
        *texts(text=_("Goal"), status=_("In words")),
        *texts(target=_("Asked for"), year=_("By"), base=_("From"), latest=_("Latest figure"), made_of=_("Made of")),
        *texts(distance=_("Still to go"), needed=_("Pace needed"), actual=_("Pace so far")),
        *texts(ratio=_("Of the straight line"), day=_("Reached on, at this pace")),
        *texts(lead=_("Lead agency"), origin=_("Figures from"), source=_("Source"), remarks=_("To be known")),
        Column("kind", _("Kind"), Kind.MARK),
    ]
    found = plan.tracks if tracks is None else tracks
    return Table.of(columns, [_row(plan, track, states[track.id]) for track in found])


def _row(plan: Plan, track: Track, state: TrackState) -> list[Cell]:
    judgement = state.judgement
    bar, latest = judgement.bar, judgement.latest
    of_latest = next((v for v in state.values if latest and v.year == latest.year), None)
    return [
        track.id,
        letter_cell(state.status),
        str(track.text),
        status_cell(state.status),
        words.goal_target_words(plan, track, bar),
        str(track.target.year),
        words.base_words(plan, track, state),
        words.goal_point_words(plan, track, latest, bar),
        words.made_of(of_latest) if of_latest else "",
        words.goal_distance_words(plan, track, judgement),
        words.goal_pace_words(plan, track, judgement.needed_pace),
        words.goal_pace_words(plan, track, judgement.actual_pace),
        words.ratio_words(judgement),
        words.goal_meeting_words(judgement),
        words.lead_words(plan, track),
        words.goal_origin_words(plan, track),
        words.goal_source(plan, track.reading.source if track.reading and track.reading.source else track.goal.source),
        " ".join(words.remarks(plan, track, state)),
        Term(track.goal.kind, _(words.KINDS[track.goal.kind])),
    ]


def values(plan: Plan, states: Mapping[str, TrackState]) -> Table:
    """Return every value that went into a status: a row a track and year."""
    columns = [
        *texts(goal=_("Goal's id"), year=_("Year"), value=_("Figure"), made_of=_("Made of"), origin=_("Figures from")),
    ]
    rows = [
        [
            track.id,
            str(value.year),
            ""
            if value.value is None
            else words.goal_value_words(plan, track, value.value, states[track.id].judgement.bar),
            words.made_of(value),
            words.goal_origin_words(plan, track),
        ]
        for track in plan.tracks
        for value in states[track.id].values
    ]
    return Table.of(columns, rows)
