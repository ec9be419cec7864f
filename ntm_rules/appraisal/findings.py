"""What agencies find on a commune's figures: item by item a chain of acts, and what it comes to.

An item is one figure of one dossier. It belongs to the agency that leads the requirement which holds it to a target, so
that alternatives led by several agencies (one each) are each appraised by their own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from ntm_rules.appraisal.entries import Entry
from ntm_rules.appraisal.hamlets import kept_under, measure_of, of_those_there
from ntm_rules.appraisal.notes import WHY_OWED, note_faults
from ntm_rules.dataset.records import CommuneYear, State
from ntm_rules.evaluation.reference import opens
from ntm_rules.i18n import N_, Message, _
from ntm_rules.rulebook.criteria_set import CriteriaSet, Requirement, leaves


class Act(StrEnum):
    """What may be done to an item."""

    AGREE = "agree"
    OWN = "own"
    """The agency's own figure or answer stands in place of the commune's."""
    SET_ASIDE = "set-aside"
    """The commune's figure is not accepted and there is none in its place."""
    CONFIRM = "confirm"
    SEND_BACK = "send-back"
    ASK = "ask"
    """The commune is asked for more: the item is open to it again."""
    ANSWER = "answer"
    VOID = "void"
    """The dossier went back to the commune."""
    LAPSE = "lapse"
    """The law that it was found under has changed."""

    @property
    def words(self) -> str:
        """The act in the reader's language."""
        return _(_ACTS[self])


_ACTS: Mapping[Act, str] = {
    Act.AGREE: N_("Agrees with the figure"),
    Act.OWN: N_("Own figure or ruling"),
    Act.SET_ASIDE: N_("Figure not accepted, none in its place"),
    Act.CONFIRM: N_("Confirmed"),
    Act.SEND_BACK: N_("Sent back to the expert"),
    Act.ASK: N_("Commune asked for more"),
    Act.ANSWER: N_("Answered by the commune"),
    Act.VOID: N_("Void: the dossier went back to the commune"),
    Act.LAPSE: N_("Counts no more: the law has changed"),
}
PROPOSALS = frozenset({Act.AGREE, Act.OWN, Act.SET_ASIDE})
DIFFERING = frozenset({Act.OWN, Act.SET_ASIDE})
"""Proposals that owe a reason."""


class ItemState(StrEnum):
    """Where an item stands."""

    WAITING = "waiting"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    ASKED = "asked"

    @property
    def words(self) -> str:
        """The state in the reader's language."""
        return _(_STATES[self])


_STATES: Mapping[ItemState, str] = {
    ItemState.WAITING: N_("Awaits the expert"),
    ItemState.PROPOSED: N_("Proposed, awaits the head of the agency"),
    ItemState.CONFIRMED: N_("Confirmed by the agency"),
    ItemState.ASKED: N_("Commune asked for more"),
}


BLANK = Entry()


@dataclass(frozen=True, slots=True)
class Deed:
    """One act on one item, as it was written down."""

    number: int
    """Rises with every act."""
    measure: str
    act: Act
    person: int
    entry: Entry = BLANK
    """What stands in place of the commune's figure."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """What the acts on one figure come to."""

    measure: str
    state: ItemState = ItemState.WAITING
    proposal: Deed | None = None
    """The finding that stands, confirmed or not."""
    last: Deed | None = None
    """The last act; while it waits or is asked, why."""

    @property
    def seen(self) -> int:
        """What tells whether something was done since somebody looked."""
        return self.last.number if self.last else 0

    def entry(self, own: Entry) -> Entry:
        """Return what the finding that stands puts in place of the commune's entry."""
        if self.proposal is None or self.proposal.act is Act.AGREE:
            return own
        return self.proposal.entry if self.proposal.act is Act.OWN else Entry()


def after(item: Item, deed: Deed) -> Item:
    """Return an item after one more act."""
    if deed.act in PROPOSALS:
        return Item(item.measure, ItemState.PROPOSED, deed, deed)
    if deed.act is Act.CONFIRM:
        return replace(item, state=ItemState.CONFIRMED, last=deed)
    if deed.act is Act.ASK:
        return Item(item.measure, ItemState.ASKED, None, deed)
    return Item(item.measure, ItemState.WAITING, None, deed)


def items_of(deeds: Iterable[Deed]) -> dict[str, Item]:
    """Return what acts come to, in the order in which they were done; an item without any is not there."""
    found: dict[str, Item] = {}
    for deed in deeds:
        found[deed.measure] = after(found.get(deed.measure, Item(deed.measure)), deed)
    return found


_FOLLOWS: Mapping[Act, frozenset[ItemState]] = {
    **dict.fromkeys(PROPOSALS, frozenset({ItemState.WAITING, ItemState.PROPOSED})),
    Act.CONFIRM: frozenset({ItemState.PROPOSED}),
    Act.SEND_BACK: frozenset({ItemState.PROPOSED, ItemState.CONFIRMED}),
    Act.ASK: frozenset({ItemState.WAITING, ItemState.PROPOSED, ItemState.CONFIRMED}),
    Act.ANSWER: frozenset({ItemState.ASKED}),
    Act.VOID: frozenset(ItemState),
    Act.LAPSE: frozenset({ItemState.PROPOSED, ItemState.CONFIRMED}),
}
"""From where each act leads on."""


CHANGED = N_("Somebody has acted on it since you opened this page; look again, then decide.")
NOT_NOW = N_("“{act}” cannot follow here: it is “{state}”.")
OWN_PROPOSAL = N_("You proposed this finding yourself: another person must confirm it.")
OWN_FIGURES = N_("You entered figures of this dossier or submitted it: another person must appraise it.")
REASON_OWED = N_("Say why: a reason is owed where the finding differs from the commune's figure.")
VALUE_OWED = N_("Enter the agency's own figure or answer, or choose another finding.")
PROPOSER_HAS_A_HAND = N_(
    "Who proposed this finding has entered figures of this dossier since: send it back, so that another person appraises it."
)
LONGEST_REASON = 2000


def refusals(item: Item, deed: Deed, version: int, hands: Collection[int]) -> list[Message]:
    """Return everything that speaks against an act; `hands`: who had a hand in the commune's own figures."""
    wrong: list[Message] = []
    if version != item.seen:
        return [Message(CHANGED)]
    if item.state not in _FOLLOWS[deed.act]:
        return [Message(NOT_NOW, act=Message(_ACTS[deed.act]), state=Message(_STATES[item.state]))]
    if deed.act not in (Act.ANSWER, Act.VOID) and deed.person in hands:
        wrong.append(Message(OWN_FIGURES))
    if deed.act is Act.CONFIRM and item.proposal is not None and item.proposal.person == deed.person:
        wrong.append(Message(OWN_PROPOSAL))
    if deed.act is Act.CONFIRM and item.proposal is not None and item.proposal.person in hands:
        wrong.append(Message(PROPOSER_HAS_A_HAND))
    if deed.act is Act.OWN and not _says_a_figure(deed.entry):
        wrong.append(Message(VALUE_OWED))
    if deed.act in DIFFERING and not deed.reason.strip():
        wrong.append(Message(REASON_OWED))
    asks = deed.act in (Act.SEND_BACK, Act.ASK, Act.ANSWER)
    return wrong + note_faults(deed.reason, LONGEST_REASON, WHY_OWED if asks else "")


def _says_a_figure(entry: Entry) -> bool:
    return bool(entry.value or entry.numerator or entry.denominator)


def owners(rules: CriteriaSet, beside: Collection[str] = ()) -> dict[str, str]:
    """Return measure -> the agency whose item it is, in the order of the law; `beside`: measures that no agency appraises.

    Who leads the requirement that holds the measure to a target owns it; one that is only a condition of others is the
    first of theirs.
    """
    requirements = list(rules.requirements())
    held = {requirement.measure: requirement.lead for requirement in reversed(requirements)}
    found: dict[str, str] = {}
    for requirement in requirements:
        for measure in requirement.asked:
            if measure not in found and measure not in beside:
                found[measure] = held.get(measure, requirement.lead)
        for measure in requirement.hamlets.asked if requirement.hamlets is not None else ():
            found.setdefault(measure, requirement.lead)
    return found


def asked_of(rules: CriteriaSet, report: CommuneYear, hamlets: Mapping[str, int]) -> set[str]:
    """Return what the law asks of a commune, as it is kept: not what it says it has none of.

    Where hamlets are listed that a requirement counts, their figures are asked for; their total where it is given.
    `hamlets`: the number of each.
    """
    asked: set[str] = set()
    for requirement in rules.requirements():
        of_commune = _asked(requirement, report)
        if requirement.hamlets is not None and not _shut(requirement, report) and report.hamlets:
            if report.get(requirement.measure).state is State.MISSING:
                of_commune.discard(requirement.measure)
            for name, hamlet in report.hamlets.items():
                each = leaves(requirement.hamlets.each)
                asked |= {kept_under(measure, hamlets[name]) for leaf in each for measure in _asked(leaf, hamlet)}
        asked |= of_commune
    return asked


def _asked(requirement: Requirement, report: CommuneYear) -> set[str]:
    gates = {gate.measure for gate in requirement.gates}
    return gates if _shut(requirement, report) else gates | set(requirement.asked)


def _shut(requirement: Requirement, report: CommuneYear) -> bool:
    return any(opens(gate, report) is False for gate in requirement.gates)


def layer_of(
    own: Mapping[str, Entry], items: Mapping[str, Item], measures: Collection[str], *, proposed: bool
) -> dict[str, Entry]:
    """Return the figures of the agencies' layer: what they find on what is theirs, the commune's own for what is nobody's.

    What is not confirmed yet is left empty; `proposed`: as it would be were everything that stands proposed confirmed,
    and the commune's figures for the rest.
    """
    found = {kept: entry for kept, entry in own.items() if measure_of(kept) not in measures}
    for kept in dict.fromkeys((*own, *items)):
        item = items.get(kept, Item(kept))
        if measure_of(kept) in measures and (item.state is ItemState.CONFIRMED or proposed):
            found[kept] = item.entry(own.get(kept, Entry()))
    return of_those_there({kept: entry for kept, entry in found.items() if entry})
