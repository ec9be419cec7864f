"""The statuses of a plan's goals in words and letters, how many there are of each, and the rule by which one is reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ntm_rules.i18n import N_, _
from ntm_rules.plan.loader import Plan
from ntm_rules.plan.models import Status, TrackState
from ntm_rules.wording.values import number

LABELS = {
    Status.MET: N_("Met"),
    Status.ON_COURSE: N_("On course"),
    Status.BEHIND: N_("Behind"),
    Status.FAR_BEHIND: N_("Far behind"),
    Status.BACKWARD: N_("Going backward"),
    Status.NOT_MET: N_("Not met"),
    Status.MISSED: N_("Missed: its year is over"),
    Status.TOO_EARLY: N_("Too early to say"),
    Status.NO_BASE: N_("No base to reckon from"),
    Status.NO_DATA: N_("No data yet"),
    Status.NO_TARGET: N_("Target not yet fixed"),
}
LETTERS = {
    Status.MET: N_("M"),
    Status.ON_COURSE: N_("OC"),
    Status.BEHIND: N_("BH"),
    Status.FAR_BEHIND: N_("FB"),
    Status.BACKWARD: N_("BW"),
    Status.NOT_MET: N_("X"),
    Status.MISSED: N_("MS"),
    Status.TOO_EARLY: N_("TE"),
    Status.NO_BASE: N_("NB"),
    Status.NO_DATA: N_("?"),
    Status.NO_TARGET: N_("T"),
}


def status_words(status: Status) -> str:
    """Return a status in words."""
    return _(LABELS[status])


def status_letter(status: Status) -> str:
    """Return the letters that tell a status without colour."""
    return _(LETTERS[status])


def status_counts_words(states: Iterable[TrackState]) -> str:
    """Return how many goals and readings of goals stand how."""
    counts = Counter(state.status for state in states)
    said = "; ".join(f"{status_words(status)}: {counts[status]}" for status in Status if counts[status])
    return _("{n} goals and readings of goals. {counts}.", n=sum(counts.values()), counts=said)


def rule_words(plan: Plan) -> list[tuple[str, str]]:
    """Return how a status is reached, for whoever reads one: each status with its case, in the order of the rule."""
    bands = plan.files.bands
    high, low = number(bands.on_course), number(bands.behind)
    said = [
        (Status.NO_TARGET, _("no number is in force")),
        (Status.NO_DATA, _("no figure can be used")),
        (
            Status.MET,
            _("the latest figure meets the number, whatever the trend; of what is kept up, in the latest year"),
        ),
        (Status.NOT_MET, _("the latest year, of what is asked each year, does not meet the number")),
        (Status.MISSED, _("the year of the goal is over and its figure does not meet the number")),
        (Status.NO_BASE, _("it is not known what the goal starts from: distance and needed pace alone are told")),
        (Status.TOO_EARLY, _("there is no figure later than the base")),
        (
            Status.ON_COURSE,
            _("at least {high} of the progress that a straight line asks for by now was made", high=high),
        ),
        (Status.BEHIND, _("less than that, at least {low}", low=low)),
        (Status.FAR_BEHIND, _("less than {low}", low=low)),
        (Status.BACKWARD, _("further from the number than at the base, or no longer meeting it")),
    ]
    lines = [(f"{status_letter(status)} {status_words(status)}", words) for status, words in said]
    return [*lines, (_("Bands"), str(bands.origin))]
