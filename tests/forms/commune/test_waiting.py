"""The form's formula of whether figures could still change a standard says what the engine works out."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_rules.evaluation.deciding import figures_decide
from ntm_rules.evaluation.standards import leaf_by_leaf, weighing
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import target_units
from ntm_rules.forms.commune.waiting import LONGEST, Amounts, figures_formula, is_plain
from ntm_rules.rulebook.standards import WEIGHED, Named, Standard
from tests.evaluation.test_standards import trees
from tests.examples import examples

FIVE = st.tuples(*[st.sampled_from([*Verdict])] * 5)


def worked_out(formula: str, cells: dict[str, int]) -> int:
    """What a spreadsheet makes of a formula of sums, products, comparisons and columns of numbers."""
    text = re.sub(r"\{([^}]*)\}", lambda found: f"np.array([{found[1].replace(';', ',')}])", formula.removeprefix("="))
    text = re.sub(r"(?<![<>=])=(?!=)", "==", text)
    text = re.sub(r"\b[A-Z]\d+\b", lambda found: str(cells[found[0]]), text)
    text = re.sub(r"(\([^()]*(?:==|<=|>=|>)[^()]*\))", r"_(\1)", text)
    names: dict[str, Any] = {
        "np": np,
        "_": lambda held: np.asarray(held).astype(np.int64),
        "SUMPRODUCT": lambda held: int(np.sum(held)),
        "IF": lambda held, yes, no: yes if held else no,
    }
    return int(eval(text, names))


@settings(max_examples=examples(300), deadline=None)
@given(trees(2), FIVE)
def test_the_formula_says_what_every_way_says(standard: Standard, verdicts: tuple[Verdict, ...]) -> None:
    def verdict_of(one: Named) -> Verdict:
        return verdicts[int(one.id)]

    cells, amounts = {f"V{at}": int(verdict) for at, verdict in enumerate(verdicts)}, []
    for at, leaf in enumerate(standard.leaves()):
        found = weighing(leaf, verdict_of)
        owed = sum((one.weight for one in leaf.names() if verdict_of(one) is Verdict.NO_DATA), Decimal(0))
        cells |= {
            f"M{at}": target_units(found.met),
            f"P{at}": target_units(found.applies),
            f"O{at}": target_units(owed),
        }
        amounts.append(Amounts(f"M{at}", f"P{at}", f"O{at}"))
    named = {(one.level, one.id): f"V{one.id}" for one in standard.names()}
    formula = figures_formula(standard, frozenset(named), named, amounts)
    assert formula is not None
    undecided = leaf_by_leaf(standard, verdict_of) is Verdict.NO_DATA
    assert worked_out(formula, cells) == (undecided and figures_decide(standard, verdict_of))
    if undecided and is_plain(standard):
        assert figures_decide(standard, verdict_of)


def test_fifteen_of_nineteen_with_three_of_them_fit_into_a_formula() -> None:
    criteria = tuple(Named("criterion", str(at)) for at in range(1, 20))
    standard = Standard(
        "all", (Standard(WEIGHED, criteria, "criteria", Decimal(15)), Standard("all", criteria[:3], "criteria"))
    )
    named = {(one.level, one.id): "ntm_tinh!$B$1234" for one in criteria}
    amounts = [Amounts(*["ntm_tinh!$B$1234"] * 3)] * 2
    formula = figures_formula(standard, frozenset(named), named, amounts)
    assert formula is not None
    assert len(formula) < LONGEST


def test_points_that_all_weigh_differently_do_not() -> None:
    points = tuple(Named("indicator", str(at), Decimal(at)) for at in range(1, 20))
    standard = Standard(WEIGHED, points, "points", Decimal(80))
    named = {(one.level, one.id): "A1" for one in points}
    assert figures_formula(standard, frozenset(named), named, [Amounts("A1", "A1", "A1")]) is None
