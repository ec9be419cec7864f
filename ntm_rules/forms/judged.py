"""What the engine says of what stands in a form, so that it shows its results before any spreadsheet has reckoned."""

from __future__ import annotations

from collections.abc import Mapping

from ntm_rules.dataset.figures import figure_for
from ntm_rules.dataset.records import CommuneYear, Reported
from ntm_rules.evaluation.reference import Facts, Result, evaluate_indicator
from ntm_rules.evaluation.verdicts import combine
from ntm_rules.forms.filled import Answer, Filled
from ntm_rules.forms.placing import Verdicts
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.register import Commune


def judged(rules: CriteriaSet, filled: Filled, commune: Commune | None, year: int) -> Verdicts:
    """Return the verdict's number of every requirement, combination, indicator and criterion."""
    code, name = (commune.code, commune.name) if commune else ("", "")
    facts = Facts(
        CommuneYear(code, name, year, reported(rules, filled.answers)),
        CommuneYear(code, name, year - 1, reported(rules, filled.previous)),
        commune.group if commune else None,
    )
    found: dict[tuple[str, str], int] = {}
    for criterion in rules.criteria:
        results = [evaluate_indicator(rules, indicator, facts) for indicator in criterion.indicators]
        for result in results:
            _take(result, rules, found)
        found["criterion", criterion.id] = int(combine("all", (result.verdict for result in results)))
    for indicator in rules.conditions:
        _take(evaluate_indicator(rules, indicator, facts), rules, found)
    return found


def reported(rules: CriteriaSet, answers: Mapping[str, Answer]) -> dict[str, Reported]:
    """Return what typed answers come to, as the readers take them; what they refuse is not there as a value."""
    found = {}
    for name, answer in answers.items():
        measure = rules.measures.get(name)
        if measure is None:
            continue
        figure = figure_for(measure, rules.scales.get(measure.scale or ""))
        core, _faults = figure.read(answer.value, answer.numerator, answer.denominator)
        if core is not None:
            found[name] = Reported(core[0], core[1], core[2], core[3], "", core[4])
    return found


def _take(result: Result, rules: CriteriaSet, found: dict[tuple[str, str], int]) -> None:
    found["indicator", result.id] = int(result.verdict)
    condition = rules.indicator_by_id[result.id].condition
    found["node", condition.id] = int(result.verdict)
    for child in result.children:
        _below(child, found)


def _below(result: Result, found: dict[tuple[str, str], int]) -> None:
    found["node", result.id] = int(result.verdict)
    for child in result.children:
        _below(child, found)
