"""What a law asks of a requirement, and of which communes."""

from __future__ import annotations

from ntm_rules.i18n import _
from ntm_rules.rulebook.criteria_set import CriteriaSet, Gate, Requirement
from ntm_rules.wording.targets import everywhere, target_words
from ntm_rules.wording.values import unit_of, with_unit


def gate_words(rules: CriteriaSet, gate: Gate) -> str:
    """Return in words for which communes a requirement is."""
    measure = rules.measures[gate.measure]
    label = str(measure.label)
    if gate.is_question:
        return _("Only if: {question}", question=label) if gate.bar else _("Except where: {question}", question=label)
    return _(
        "Only where {figure} {sign} {value}",
        figure=label,
        sign=gate.comparator.sign,
        value=with_unit(gate.bar, unit_of(measure)),
    )


def asked_of(rules: CriteriaSet, requirement: Requirement | None, beside: Requirement | None = None) -> str:
    """Return what a law asks of one requirement, for all communes or by group.

    Where the other law has another figure or another "if any" (`beside` is its requirement), this law's is told too.
    """
    if requirement is None:
        return _("Not in the rules")
    said = [target_words(rules, requirement, everywhere(requirement.target))]
    if beside is not None and beside.measure != requirement.measure:
        said.append(_("of “{label}”", label=_label(rules, requirement.measure)))
    if beside is not None and beside.gates != requirement.gates:
        said += [_gate(rules, gate) for gate in requirement.gates] or [_("in every case (no “if any”)")]
    return "; ".join(said)


def _gate(rules: CriteriaSet, gate: Gate) -> str:
    if gate.asks_for_any:
        return _("if any: “{label}”", label=_label(rules, gate.measure))
    return gate_words(rules, gate)


def _label(rules: CriteriaSet, measure: str) -> str:
    return str(rules.measures[measure].label)
