"""openfisca-core: every indicator a Variable whose formula compares vectors, all communes in one simulation.

Kind to it: one period; formulas written out as Python; targets that differ by group laid out per
commune beforehand; growth computed beforehand; true-or-false variables only. Its numbers are 32-bit
floats. What it does not do: missing data, targets awaited, "not applicable", criteria, the commune.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit, period
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.inputs import Inputs
from benchmarks.peers.conditions import asked, expression, plain_values
from ntm_rules.rulebook.criteria_set import ClassedTarget, Comparator, CriteriaSet, KnownTarget, Requirement

WORDS = {"all": "&", "any": "|", "not": "~"}


class OpenFisca:
    """One simulation with every input set."""

    def __init__(self, inputs: Inputs) -> None:
        rules = inputs.rules
        commune = build_entity(key="commune", plural="communes", label="Commune", is_person=True)
        system = TaxBenefitSystem([commune])

        def add(name: str, value_type: type, formula: Callable[..., Any] | None = None) -> None:
            spec: dict[str, Any] = {"value_type": value_type, "entity": commune, "definition_period": DateUnit.YEAR}
            system.add_variable(type(name, (Variable,), spec | ({"formula": formula} if formula else {})))

        values: dict[str, NDArray[Any]] = {}
        for measure in asked(rules):
            traits = rules.measures[measure].traits
            value_type = float if traits.quantity else int if traits.graded else bool
            add(measure, value_type)
            values[measure] = plain_values(inputs, measure).astype(system.get_variable(measure).dtype)
        for requirement in rules.requirements():
            if _by_group(requirement):
                add(_bar_name(requirement), float)
                values[_bar_name(requirement)] = _bars(requirement, inputs)
        self.names = [f"indicator_{indicator.id.replace('.', '_')}" for indicator in rules.indicators()]
        for name, indicator in zip(self.names, rules.indicators(), strict=True):
            text = expression(indicator.condition, lambda r: _leaf(r, rules), WORDS, _value)
            add(name, bool, _formula(text))
        self.period = period("2026")
        self.simulation = SimulationBuilder().build_default_simulation(system, len(inputs))
        for name, value in values.items():
            self.simulation.set_input(name, self.period, value)

    def forget(self) -> None:
        """Drop the results of the last run, which the simulation keeps."""
        for name in self.names:
            self.simulation.delete_arrays(name)

    def run(self) -> list[NDArray[np.bool_]]:
        """Calculate all indicators."""
        return [self.simulation.calculate(name, self.period) for name in self.names]


def _leaf(requirement: Requirement, rules: CriteriaSet) -> str:
    value = _value(requirement.measure)
    if rules.measures[requirement.measure].traits.choices:
        return value
    sign = "<=" if requirement.comparator is Comparator.AT_MOST else ">="
    target = requirement.target
    bar = str(target.everywhere) if isinstance(target, KnownTarget) else _value(_bar_name(requirement))
    return f"{value} {sign} {bar}"


def _value(name: str) -> str:
    return f"commune('{name}', period)"


def _bar_name(requirement: Requirement) -> str:
    return f"target_{requirement.id.replace('.', '_')}"


def _by_group(requirement: Requirement) -> bool:
    return isinstance(requirement.target, ClassedTarget)


def _bars(requirement: Requirement, inputs: Inputs) -> NDArray[np.float32]:
    assert isinstance(requirement.target, ClassedTarget)
    by_group = [float(requirement.target.by_group[group]) for group in inputs.rules.groups]
    return np.array([*by_group, 0], np.float32)[inputs.group]


def _formula(text: str) -> Callable[..., Any]:
    written: dict[str, Any] = {}
    exec(f"def formula(commune, period):\n    return {text}\n", written)
    formula: Callable[..., Any] = written["formula"]
    return formula
