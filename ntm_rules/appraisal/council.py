"""The council: who may vote, what votes come to, what it concludes; numbers without a source are counted, not judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ntm_rules.errors import NtmError
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import N_, Message, _
from ntm_rules.rulebook.procedures import Parameter, Procedure

QUORUM, VOTES = "council_quorum_share", "council_votes_share"


class Choice(StrEnum):
    """How a member votes on a commune."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"

    @property
    def words(self) -> str:
        """The choice in the reader's language."""
        return _(_CHOICES[self])


_CHOICES: Mapping[Choice, str] = {
    Choice.FOR: N_("In favour of recognition"),
    Choice.AGAINST: N_("Not in favour"),
    Choice.ABSTAIN: N_("No opinion"),
}


class Concluded(StrEnum):
    """What the council concludes of a criterion or of the commune."""

    MEETS = "meets"
    DOES_NOT = "does-not"
    OPEN = "open"
    """It cannot be concluded yet."""

    @property
    def words(self) -> str:
        """The conclusion in the reader's language."""
        return _(_CONCLUSIONS[self])


_CONCLUSIONS: Mapping[Concluded, str] = {
    Concluded.MEETS: N_("Meets"),
    Concluded.DOES_NOT: N_("Does not meet"),
    Concluded.OPEN: N_("Cannot be concluded yet"),
}


def said_by(verdict: Verdict) -> Concluded:
    """Return what a verdict of the agencies' layer amounts to; what it leaves open, the council departs from with a reason."""
    if verdict is Verdict.MET:
        return Concluded.MEETS
    return Concluded.DOES_NOT if verdict is Verdict.NOT_MET else Concluded.OPEN


def said_by_both(criteria: Verdict, conditions: Verdict | None) -> Concluded:
    """Return what the verdicts on the criteria and on the further conditions amount to for the commune."""
    both = {said_by(criteria), said_by(conditions) if conditions is not None else Concluded.MEETS}
    return next(one for one in (Concluded.DOES_NOT, Concluded.OPEN, Concluded.MEETS) if one in both)


@dataclass(frozen=True, slots=True)
class CouncilTally:
    """What a session of the council counts on one dossier."""

    members: int
    present: int
    in_favour: int = 0
    against: int = 0
    abstained: int = 0

    @property
    def cast(self) -> int:
        """How many have voted."""
        return self.in_favour + self.against + self.abstained


def tally(members: int, present: int, choices: Iterable[Choice]) -> CouncilTally:
    """Return the count of votes."""
    cast = list(choices)
    return CouncilTally(
        members, present, *(cast.count(choice) for choice in (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN))
    )


def quorum(tally: CouncilTally, procedure: Procedure) -> bool | None:
    """Tell whether enough members attend; None where the share is not fixed."""
    return _reaches(procedure.parameter(QUORUM), tally.present, tally.members)


def carried(tally: CouncilTally, procedure: Procedure) -> bool | None:
    """Tell whether enough votes are in favour; None where the share, or what it is of, is not fixed."""
    parameter = procedure.parameter(VOTES)
    base = {"members": tally.members, "present": tally.present, "votes": tally.cast}
    return _reaches(parameter, tally.in_favour, base.get((parameter and parameter.of) or "", 0))


def _reaches(parameter: Parameter | None, part: int, whole: int) -> bool | None:
    if parameter is None or parameter.value is None or not whole:
        return None
    return 100 * part >= Fraction(parameter.value) * whole


@dataclass(frozen=True, slots=True)
class Voter:
    """Somebody who wants to vote on a dossier, as the session sees him."""

    has_seat: bool
    is_present: bool
    has_voted: bool
    had_a_hand: bool
    """Entered figures of the dossier or submitted it."""


def vote_refusals(voter: Voter, *, closed: bool, before_council: bool) -> list[Message]:
    """Return everything that speaks against a vote."""
    wrong = []
    if closed:
        wrong.append(Message("The session is closed; nobody votes any more."))
    if not before_council:
        wrong.append(Message("The dossier is not before the council."))
    if not voter.has_seat:
        wrong.append(Message("Only members of the council of this round vote."))
    elif not voter.is_present:
        wrong.append(Message("You are not recorded as attending; the secretary records who attends."))
    if voter.has_voted:
        wrong.append(Message("You have voted on this commune already; a vote is cast once."))
    if voter.had_a_hand:
        wrong.append(Message("You entered figures of this dossier or submitted it: you do not vote on it."))
    return wrong


class ConclusionRefused(NtmError):
    """A conclusion that may not be recorded, with why."""


CONDITIONS, COMMUNE = "conditions", ""
"""What is concluded on beside the criteria: the further conditions together, and the commune."""


@dataclass(frozen=True, slots=True)
class Concluding:
    """What the council is to conclude on, and what stands before it."""

    names: Mapping[str, str]
    """Criteria, `CONDITIONS` and `COMMUNE` -> how each is called."""
    agencies: Mapping[str, Concluded]
    """What the agencies' appraisal amounts to on each."""
    counted: CouncilTally | None
    """Of the closed session that voted last; None where none did."""
    every_criterion: bool
    """The set asks for every criterion; else for what its standard says."""


def conclusion_refusals(
    on: Concluding, conclusions: Mapping[str, Concluded], reasons: Mapping[str, str], procedure: Procedure
) -> list[Message]:
    """Return everything that speaks against a conclusion on each criterion and on the commune."""
    wrong = []
    if on.counted is None:
        wrong.append(Message("No closed session of the council has voted on this dossier yet."))
    elif quorum(on.counted, procedure) is False:
        wrong.append(Message("Too few members attended the session for the council to conclude."))
    elif conclusions.get(COMMUNE) is Concluded.MEETS and carried(on.counted, procedure) is False:
        wrong.append(Message("Too few votes are in favour: the council cannot conclude that the commune meets."))
    missing = [name for id_, name in on.names.items() if id_ not in conclusions]
    if missing:
        wrong.append(Message("Conclude on each: {names}.", names=", ".join(missing)))
    owed = [
        name
        for id_, name in on.names.items()
        if id_ in conclusions and conclusions[id_] is not on.agencies[id_] and not reasons.get(id_, "").strip()
    ]
    if owed:
        said = Message(
            "Give the reason where the conclusion departs from the agencies' appraisal: {names}.", names=", ".join(owed)
        )
        wrong.append(said)
    held_to = [one for id_, one in conclusions.items() if id_ not in (COMMUNE, CONDITIONS) and on.every_criterion]
    held_to += [conclusions[CONDITIONS]] if CONDITIONS in conclusions else []
    if conclusions.get(COMMUNE) is Concluded.MEETS and any(one is not Concluded.MEETS for one in held_to):
        wrong.append(Message("The commune cannot meet the standard while a criterion or a further condition does not."))
    return wrong
