"""What is asked first, to tell whether others are for the commune: why it is asked, and what follows from each answer."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from ntm_rules.exact import plain_fraction
from ntm_rules.forms.commune.context import OneForm
from ntm_rules.forms.commune.formulas import CellEntry, GateCells
from ntm_rules.forms.commune.questions import Question
from ntm_rules.i18n import N_, _
from ntm_rules.rulebook.criteria_set import CriteriaSet, Gate
from ntm_rules.rulebook.models import Measure
from ntm_rules.wording.asked import gate_words
from ntm_rules.wording.values import unit_of, with_unit

THERE_IS, THERE_IS_NONE, ANSWERED = N_("Yes, go on"), N_("None, not asked"), N_("Answered")
IS_EXCEPTED, NOT_EXCEPTED = N_("Yes, does not apply"), N_("No, go on")
WITHIN, OUTSIDE = N_("Concerned, go on"), N_("Not concerned, skip")


def gates_of(rules: CriteriaSet, measure: Measure) -> dict[Gate, list[str]]:
    """Return the gates that read a measure, each with the requirements behind it."""
    found: dict[Gate, list[str]] = {}
    for requirement in rules.requirements():
        for gate in requirement.gates:
            if gate.measure == measure.id:
                found.setdefault(gate, []).append(requirement.id)
    return found


def why_asked(rules: CriteriaSet, measure: Measure) -> str:
    """Return why it is asked, where others have their target; of gates that differ, with whom each is for."""
    gates = gates_of(rules, measure)
    if len(gates) == 1:
        return _why(measure, next(iter(gates)))
    return "\n".join(f"{', '.join(ids)}: {_why(measure, gate)}" for gate, ids in gates.items())


def _why(measure: Measure, gate: Gate) -> str:
    if gate.is_question:
        return _("if any") if gate.bar else _("except where it is so")
    return _("only where {sign} {value}", sign=gate.comparator.sign, value=with_unit(gate.bar, unit_of(measure)))


def exceptions_behind(rules: CriteriaSet, measure: Measure) -> list[str]:
    """Return for the note of a question that is asked first what it excepts, or lets through by a number."""
    gates = gates_of(rules, measure)
    return [f"{', '.join(ids)}: {gate_words(rules, gate)}" for gate, ids in gates.items() if not gate.asks_for_any]


def exceptions_before(rules: CriteriaSet, question: Question) -> list[str]:
    """Return for the note of a figure what is to be answered before it, "if any" aside."""
    gates = dict.fromkeys(gate for one in question.requirements for gate in one.gates if not gate.asks_for_any)
    return [_("{condition}: answer that first.", condition=gate_words(rules, gate)) for gate in gates]


def what_follows(question: Question, context: OneForm) -> tuple[tuple[str, bool, str], str]:
    """Return the formula that tells one answer from the other, whether it holds of what stands in the form and the words
    for where it does, and the words for where it does not."""
    gates, measure = gates_of(context.rules, question.measure), question.measure
    first = next(iter(gates))
    if len(gates) > 1 and not first.is_question:
        return ("FALSE", False, ""), _(ANSWERED)
    calculated, said = context.places.calculated, context.worth["answer", measure.id]
    cells = calculated["answer", measure.id] if first.is_question else context.places.cells[measure.id]
    shut = GateCells(first, calculated["entry", measure.id], cells).shut
    usable = context.worth["entry", measure.id] == CellEntry.USABLE
    value = Fraction(int(said)) if first.is_question else plain_fraction(int(said))
    holds = usable and not first.opens(value)
    if len(gates) > 1:
        opened, excepted = (", ".join(gates[Gate(measure.id, bar=Decimal(bar))]) for bar in (1, 0))
        yes, no = _("Yes: fill in {ids}", ids=opened), _("No: fill in {ids}", ids=excepted)
        return ((shut, holds, no), yes) if first.bar else ((shut, holds, yes), no)
    if first.asks_for_any:
        return (shut, holds, _(THERE_IS_NONE)), _(THERE_IS)
    if first.is_question:
        return (shut, holds, _(IS_EXCEPTED)), _(NOT_EXCEPTED)
    return (shut, holds, _(OUTSIDE)), _(WITHIN)
