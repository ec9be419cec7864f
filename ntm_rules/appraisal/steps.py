"""The steps a dossier may take: one table, and one function that carries a step out or says why it may not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import NamedTuple

from ntm_rules.appraisal.notes import note_faults
from ntm_rules.appraisal.roles import Actor, Role
from ntm_rules.appraisal.states import State
from ntm_rules.errors import NtmError
from ntm_rules.i18n import N_, Message, _
from ntm_rules.rulebook.procedures import Procedure


class StepName(StrEnum):
    """What may be done to a dossier."""

    SUBMIT = "submit"
    TAKE_BACK = "take-back"
    ACCEPT = "accept"
    RETURN = "return"
    APPRAISE = "appraise"
    PUBLISH = "publish"
    CALL = "call"
    CONCLUDE = "conclude"
    RECOGNISE = "recognise"
    REFUSE = "refuse"
    REVOKE = "revoke"
    LAW_CHANGED = "law-changed"
    """Never by itself: with the round's law pinned anew."""

    @property
    def words(self) -> str:
        """The step in the reader's language, as a button says it."""
        return _(_WORDS[self])


_WORDS: Mapping[StepName, str] = {
    StepName.SUBMIT: N_("Submit the dossier"),
    StepName.TAKE_BACK: N_("Take the dossier back"),
    StepName.ACCEPT: N_("Accept the dossier"),
    StepName.RETURN: N_("Return the dossier"),
    StepName.APPRAISE: N_("Close the appraisal"),
    StepName.PUBLISH: N_("Publish for comment"),
    StepName.CALL: N_("Call the council"),
    StepName.CONCLUDE: N_("Record the council's conclusion"),
    StepName.RECOGNISE: N_("Record the recognition"),
    StepName.REFUSE: N_("Record the refusal"),
    StepName.REVOKE: N_("Record the revocation"),
    StepName.LAW_CHANGED: N_("Back to the agencies: the law has changed"),
}


class StepDemand(Enum):
    """What must be said with a step."""

    NOTHING = 0
    NOTE = 1
    """In words."""
    REASON = 2
    """One of the reasons that the procedure enumerates, and a note."""


class Condition(StrEnum):
    """What must hold before a step."""

    SOMETHING_REPORTED = "something-reported"
    BY_ANOTHER = "by-another"
    """Whoever takes it had no hand in the commune's own figures."""
    ALL_CONFIRMED = "all-confirmed"
    """Every agency has confirmed its findings."""
    COMMENTS_RECORDED = "comments-recorded"
    COUNCIL_VOTED = "council-voted"
    CONCLUSION_RECORDED = "conclusion-recorded"
    CONCLUDED_TO_MEET = "concluded-to-meet"
    DECISION_RECORDED = "decision-recorded"
    """Number, day and file of the decision are there."""
    LAW_PINNED_ANEW = "law-pinned-anew"
    """The round follows another version of the law, which touches the dossier; told by who pins it alone."""


OWN_DOSSIER = N_("You entered figures of this dossier or submitted it: another person must decide on it.")
REFUSALS: Mapping[Condition, str] = {
    Condition.SOMETHING_REPORTED: N_(
        "Nothing that can be used has been entered yet: fill in at least one figure before submitting."
    ),
    Condition.BY_ANOTHER: OWN_DOSSIER,
    Condition.ALL_CONFIRMED: N_("Not every agency has confirmed its findings yet."),
    Condition.COMMENTS_RECORDED: N_("The residents' comments are not recorded yet."),
    Condition.CONCLUSION_RECORDED: N_(
        "The council's conclusion on each criterion and on the commune is not recorded yet."
    ),
    Condition.CONCLUDED_TO_MEET: N_("The council has not concluded that the commune meets the standard."),
    Condition.COUNCIL_VOTED: N_("The council has not voted on this dossier yet."),
    Condition.LAW_PINNED_ANEW: N_("The law of the round has not changed."),
    Condition.DECISION_RECORDED: N_("Enter number, day and file of the decision first."),
}


class Step(NamedTuple):
    """One row of the table: a way from state to state."""

    name: StepName
    start: State
    end: State
    roles: frozenset[Role]
    conditions: tuple[Condition, ...] = ()
    owed: StepDemand = StepDemand.NOTHING
    freezes: bool = False
    """The commune's figures can't be changed afterwards."""
    voids: bool = False
    """Confirmations of what is reopened no longer count."""
    after_closing: bool = False
    """It may be taken though the round is closed."""


_HEAD, _OFFICE = frozenset({Role.COMMUNE_HEAD}), frozenset({Role.COORDINATOR})
_SECRETARY, _RECORDER = frozenset({Role.SECRETARY}), frozenset({Role.RECORDER})
_OTHER = (Condition.BY_ANOTHER,)

STEPS: tuple[Step, ...] = (
    Step(
        StepName.SUBMIT, State.OPEN, State.SUBMITTED, _HEAD, (Condition.SOMETHING_REPORTED,), freezes=True
    ),
    Step(StepName.TAKE_BACK, State.SUBMITTED, State.OPEN, _HEAD),
    Step(StepName.ACCEPT, State.SUBMITTED, State.UNDER_APPRAISAL, _OFFICE, _OTHER, freezes=True),
    Step(StepName.RETURN, State.SUBMITTED, State.OPEN, _OFFICE, _OTHER, StepDemand.REASON),
    Step(StepName.RETURN, State.UNDER_APPRAISAL, State.OPEN, _OFFICE, _OTHER, StepDemand.REASON, voids=True),
    Step(
        StepName.APPRAISE, State.UNDER_APPRAISAL, State.APPRAISED, _OFFICE, (*_OTHER, Condition.ALL_CONFIRMED),
        freezes=True,
    ),
    Step(StepName.PUBLISH, State.APPRAISED, State.IN_COMMENT, _OFFICE, _OTHER, freezes=True),
    Step(
        StepName.CALL, State.IN_COMMENT, State.BEFORE_COUNCIL, _OFFICE, (*_OTHER, Condition.COMMENTS_RECORDED), freezes=True
    ),
    Step(
        StepName.CONCLUDE, State.BEFORE_COUNCIL, State.CONCLUDED, _SECRETARY,
        (*_OTHER, Condition.COUNCIL_VOTED, Condition.CONCLUSION_RECORDED), freezes=True,
    ),
    Step(
        StepName.RECOGNISE, State.CONCLUDED, State.RECOGNISED, _RECORDER,
        (*_OTHER, Condition.CONCLUDED_TO_MEET, Condition.DECISION_RECORDED), freezes=True, after_closing=True,
    ),
    Step(
        StepName.REFUSE, State.CONCLUDED, State.REFUSED, _RECORDER, _OTHER, StepDemand.NOTE, freezes=True, after_closing=True
    ),
    Step(
        StepName.REVOKE, State.RECOGNISED, State.REVOKED, _RECORDER, (*_OTHER, Condition.DECISION_RECORDED), StepDemand.NOTE,
        freezes=True, after_closing=True,
    ),
    *(
        Step(
            StepName.LAW_CHANGED, start, State.UNDER_APPRAISAL, _OFFICE, (Condition.LAW_PINNED_ANEW,), StepDemand.NOTE,
            freezes=True,
        )
        for start in (State.APPRAISED, State.IN_COMMENT, State.BEFORE_COUNCIL, State.CONCLUDED)
    ),
)  # fmt: skip
"""Every way a dossier may go; there is no other."""


@dataclass(frozen=True, slots=True)
class DossierCase:
    """A dossier as it stands when somebody wants to take a step."""

    commune: str
    state: State
    version: int
    """Rises by one with every step."""
    hands: Collection[int] = frozenset()
    """Who had a hand in the commune's own figures."""
    holds: frozenset[Condition] = frozenset()
    """What holds of it besides who acts."""
    closed: bool = False
    """Its round is closed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A step that somebody wants to take, with what is said to it."""

    name: StepName
    seen: int
    """The version of the dossier that the person looked at."""
    reason: str = ""
    note: str = ""


class StepRefused(NtmError):
    """A step that may not be taken, with why and what to do."""


class StepForbidden(StepRefused):
    """A step that is not this person's at all."""


CHANGED = N_("The dossier has changed since you opened this page; look at it again, then decide.")
ROUND_CLOSED = N_(
    "The round is closed: nothing of it changes any more but decisions of recognition, refusal, revocation."
)
NO_SUCH_STEP = N_("“{step}” cannot follow here: the dossier is “{state}”.")
NOT_YOURS = N_("“{step}” is not a step of yours.")
NOTE_OWED = N_("Say in words why: the commune reads it.")
REASON_OWED = N_("Choose one of the reasons.")
LONGEST_NOTE = 4000


def steps_from(state: State) -> Iterable[Step]:
    """Return the steps that lead on from a state."""
    return [step for step in STEPS if step.start is state]


def steps_of(actor: Actor, case: DossierCase) -> list[Step]:
    """Return the steps that are somebody's to take by themselves now, whether or not their conditions hold yet."""
    return [
        step
        for step in steps_from(case.state)
        if actor.of(step.roles, case.commune) and Condition.LAW_PINNED_ANEW not in step.conditions
    ]


def unmet(step: Step, actor: Actor, case: DossierCase) -> list[Message]:
    """Return what stands in the way of a step."""
    return [Message(REFUSALS[condition]) for condition in step.conditions if not _holds(condition, actor, case)]


def _holds(condition: Condition, actor: Actor, case: DossierCase) -> bool:
    if condition is Condition.BY_ANOTHER:
        return actor.person not in case.hands
    return condition in case.holds


def carried_out(actor: Actor, case: DossierCase, asked: Asked, procedure: Procedure) -> Step:
    """Return the step that is taken; the caller writes it down in the transaction in which the case was read.

    Raises:
        StepForbidden: it is not this person's to take.
        StepRefused: the dossier has changed since it was looked at, no such step leads on from where it stands, a
            condition does not hold, its round is closed, or a reason is owed: all at once.
    """
    step = next((one for one in steps_from(case.state) if one.name is asked.name), None)
    if not any(one.name is asked.name and actor.of(one.roles, case.commune) for one in STEPS):
        raise StepForbidden(Message(NOT_YOURS, step=Message(_WORDS[asked.name])))
    if asked.seen != case.version:
        raise StepRefused(Message(CHANGED))
    if step is None:
        raise StepRefused(Message(NO_SUCH_STEP, step=Message(_WORDS[asked.name]), state=case.state.words))
    wrong = unmet(step, actor, case)
    if case.closed and not step.after_closing:
        wrong.append(Message(ROUND_CLOSED))
    if step.owed is StepDemand.REASON and procedure.return_reasons and procedure.reason(asked.reason) is None:
        wrong.append(Message(REASON_OWED))
    wrong += note_faults(asked.note, LONGEST_NOTE, "" if step.owed is StepDemand.NOTHING else NOTE_OWED)
    if wrong:
        raise StepRefused(*wrong)
    return step
