"""The trace of a forward-chaining engine: which rule fired, from which facts, and what it concluded."""

from __future__ import annotations

from dataclasses import dataclass

from ntm_rules.evaluation.verdicts import BY_STANDARD, Verdict
from ntm_rules.i18n import N_, Message, Parts


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known of one node while a commune is judged: symbols only, never a figure."""

    level: str
    """requirement, indicator, criterion or commune; `recognition` for the further conditions together."""
    id: str
    verdict: Verdict
    up_to: str = ""
    """Where only the first parts of the node have been weighed: id of the last of them; else empty."""

    @property
    def words(self) -> Message:
        """The fact in words.

        >>> Fact("indicator", "8.1", Verdict.MET, up_to="8.1.b").words.render("en")
        'indicator 8.1 up to 8.1.b: Met'
        """
        node = Message(NODES[self.level], id=self.id)
        if self.up_to:
            return Message("{node} up to {part}: {verdict}", node=node, part=self.up_to, verdict=self.verdict.label)
        return Message("{node}: {verdict}", node=node, verdict=self.verdict.label)


NODES = {
    "requirement": N_("requirement {id}"),
    "indicator": N_("indicator {id}"),
    "criterion": N_("criterion {id}"),
    "commune": N_("the commune"),
    "recognition": N_("the further conditions"),
}
"""A node in words, by level."""


@dataclass(frozen=True, slots=True)
class Firing:
    """One rule that fired; a trace is the firings in the order in which the engine made them."""

    rule: str
    """Name of the rule in the engine, for example `all.NOT_MET.decides`."""
    because: tuple[Fact, ...]
    """The facts that matched: what the parts weighed so far came to (if any), then the part weighed now."""
    concluded: Fact

    @property
    def words(self) -> Message:
        """The firing in words.

        >>> so_far = Fact("indicator", "8.1", Verdict.MET, up_to="8.1.a")
        >>> part = Fact("requirement", "8.1.b", Verdict.NOT_MET)
        >>> whole = Fact("indicator", "8.1", Verdict.NOT_MET)
        >>> Firing("all.NOT_MET.decides", (so_far, part), whole).words.render("en")
        'indicator 8.1 up to 8.1.a: Met; requirement 8.1.b: Not met → indicator 8.1: Not met'
        """
        if len(self.because) == 1:
            return Message("{part} → {concluded}", part=self.because[0].words, concluded=self.concluded.words)
        if self.rule.startswith(BY_STANDARD):
            parts = Parts(*(fact.words for fact in self.because))
            return Message("{part} → {concluded}", part=parts, concluded=self.concluded.words)
        so_far, part = self.because
        return Message(
            "{so_far}; {part} → {concluded}", so_far=so_far.words, part=part.words, concluded=self.concluded.words
        )
