"""Gaps of all communes at once are those of each: every text, every order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings

from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.evaluation.gap_order import gap_rows
from ntm_rules.evaluation.gaps import units_of
from ntm_rules.exact import plain
from ntm_rules.rulebook.criteria_set import Comparator, KnownTarget, Requirement
from ntm_rules.rulebook.taken import Taken
from ntm_rules.text_columns import plain_decimal
from ntm_rules.wording.values import actual_code
from tests.examples import examples
from tests.strategies import PROVENANCE, YEAR, Case, cases, criteria_set, measure, one_requirement_set


def held_alike(evaluation: Evaluation) -> None:
    rows = [at for at, row in enumerate(evaluation.table) if isinstance(row.node, Requirement)]
    for row in rows:
        columns = evaluation.gap_columns[row]
        node = evaluation.table[row].node
        assert isinstance(node, Requirement)
        texts = [column.to_list() for column in (columns.actual, columns.shortfall, columns.quantity)]
        for record in range(len(evaluation.records)):
            held = evaluation.held(row, record)
            gap = held.gap
            actual = actual_code(evaluation.rules, held)
            said = (gap.shortfall, gap.quantity) if gap else (None, None)
            expected = [actual, *("" if one is None else plain(one) for one in said)]
            assert [column[record] for column in texts] == expected, held
            assert columns.closeness[record] == pytest.approx(float(gap.closeness) if gap else 0, rel=1e-12, abs=1e-12)
            assert columns.units[record] == (units_of(gap.closeness) if gap else 0)
    order, row_of = gap_rows(evaluation), evaluation.row_of
    told = list(zip(order.records.tolist(), order.rows.tolist(), strict=True))
    records = range(len(evaluation.records))
    assert told == [
        (n, row_of["requirement", held.requirement.id]) for n in records for held, _gap in evaluation.gaps(n)
    ]


@settings(max_examples=examples(300))
@given(case=cases())
def test_gaps_of_generated_rules_and_figures(case: Case) -> None:
    held_alike(evaluate(case.rules, case.records, years=[YEAR]))


LARGE = [0, 1, 29, 79_999, 80_000, 10**9, 10**12 - 1]


@pytest.mark.parametrize("kind", ["share", "growth", "amount", "count"])
@pytest.mark.parametrize("comparator", list(Comparator))
@pytest.mark.parametrize("target", ["0", "0.0001", "33.3333", "50", "99.99", "100"])
def test_figures_of_every_size(kind: str, comparator: Comparator, target: str) -> None:
    rules = one_requirement_set(measure("m", kind), comparator, KnownTarget(PROVENANCE, everywhere=Decimal(target)))
    records = []
    for at, (one, other) in enumerate((one, other) for one in LARGE for other in LARGE if other):
        code = f"{at:05d}"
        if kind == "share":
            value = Reported(State.PRESENT, min(one, other), other, counted=True)
        else:
            value = Reported(State.PRESENT, one * 10**5 + (at % 3) * 5)
        level = Reported(State.PRESENT, other * 10**5 + (at % 2) * 5)
        records += [CommuneYear(code, code, YEAR - 1, {"m": level}), CommuneYear(code, code, YEAR, {"m": value})]
    held_alike(evaluate(rules, records, years=[YEAR]))


@pytest.mark.parametrize(("comparator", "target"), [(Comparator.LESS_THAN, "0"), (Comparator.MORE_THAN, "100")])
def test_nothing_is_counted_where_rounding_asks_for_more_than_there_is(comparator: Comparator, target: str) -> None:
    """Rounded to whole percents less than 0 is reached below -0,5%: no number of households does."""
    share = measure("m", "share")
    rules = one_requirement_set(share, comparator, KnownTarget(PROVENANCE, everywhere=Decimal(target)))
    condition = replace(rules.requirement_by_id["1.1"], taken=Taken(rounded_to=0))
    (criterion,) = rules.criteria
    (only,) = criterion.indicators
    rules = criteria_set((replace(criterion, indicators=(replace(only, condition=condition),)),), {"m": share})
    reported = Reported(State.PRESENT, 0, 8, counted=True)
    evaluation = evaluate(rules, [CommuneYear("0", "0", YEAR, {"m": reported})], years=[YEAR])
    ((_held, gap),) = evaluation.gaps(0)
    assert gap.quantity is None
    held_alike(evaluation)


@pytest.mark.parametrize("units", [0, 1, -1, 10, 1234500, -99])
@pytest.mark.parametrize("decimals", [0, 1, 2, 7])
def test_a_decimal_is_written_as_decimals_are(units: int, decimals: int) -> None:
    assert plain_decimal(units, decimals) == plain(Decimal(units).scaleb(-decimals))
