"""What the tables for programs say of one requirement's figures."""

from __future__ import annotations

from decimal import Decimal

from ntm_rules.evaluation.held import Held
from ntm_rules.exact import plain
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.wording.targets import target_code
from ntm_rules.wording.values import actual_code, counted_unit, unit_of


def figure_codes(rules: CriteriaSet, held: Held) -> tuple[str, str, str, str, str, str, str]:
    """Return actual, comparator, target, unit, shortfall, quantity and its unit, for machines."""
    measure, gap = rules.measures[held.requirement.measure], held.gap
    quantity = gap.quantity if gap else None
    return (
        actual_code(rules, held),
        held.requirement.comparator.value,
        target_code(rules, held.requirement, held.target),
        unit_of(measure, held.requirement.taken),
        _plain(gap.shortfall if gap else None),
        _plain(quantity),
        counted_unit(measure) if quantity is not None else "",
    )


def _plain(value: Decimal | None) -> str:
    return "" if value is None else plain(value)
