"""Tables read as columns say what the same tables say row by row: every figure, every problem, in the same order."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from decimal import Decimal
from itertools import permutations
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_rules.dataset.cells.cell_columns import CellColumn, NoColumn
from ntm_rules.dataset.cells.exact_columns import ExactReader, usual_units
from ntm_rules.dataset.cells.numbers import Cell
from ntm_rules.dataset.cells.numbers import usual_units as units_of_one
from ntm_rules.dataset.figure_columns import SPELT, NumberedTexts
from ntm_rules.dataset.merging import Merger
from ntm_rules.dataset.places import Grid, Log, Where
from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.dataset.records import CommuneYear, State
from ntm_rules.dataset.rows.arrow_tables import cells_of
from ntm_rules.dataset.rows.headers import Vocabulary
from ntm_rules.dataset.rows.row_batches import ArrowBatch, Rows, TextBatch
from ntm_rules.dataset.rows.tables import read_grid
from ntm_rules.rulebook.loader import load_set
from ntm_rules.runs.rulebook import Rulebook
from tests.examples import examples
from tests.turns.conftest import TURNS

WHERE = Where("bang.csv", "", lines=True)
OWNERS = [
    ("03394", "Sin Suối Hồ", "2026"), ("3394", "", "2026"), ("03405", "Tả Lèng", "2025"), ("", "Tả Lèng", "2026"),
    ("03394", "Tả Lèng", "2026"), ("99999", "", "2026"), ("03405", "", "1999"), ("", "", ""), ("", "Tổng số", ""),
    ("03390", "Bình Lư", "2026"),
]  # fmt: skip
CELLS = [
    "", "", "", "0", "1", "29", "100", "101", "3,5", "79,95", "0,62", "1,300", "2.000", "1.234,5", "0,300", "-3", "1e3",
    "50%", "29/100", "5 km", "12 hộ", "Có", "không", "x", "Đạt", "Không đạt", "chưa có kết luận", "Tốt", "N/A", "#REF!",
    "12345678901", "999999999999", "  7 ", "7\u200b", "Co\u0301", "=1+1", "'12", "79.95", "3.0", "1000", "48", "00012",
]  # fmt: skip
WORDS = ["", "12/BC-UBND", "345", "Số liệu minh họa", "ghi chu\u0301", "  ", "ghi chú"]


def by_rows(rows: Sequence[Sequence[Cell]], questionnaire: Questionnaire) -> tuple[list[CommuneYear], Log]:
    log = Log()
    filings = read_grid(Grid(WHERE, list(enumerate(rows))), Vocabulary(questionnaire), log)
    return merged(filings or [], log, questionnaire), log


def as_columns(
    rows: Sequence[Sequence[Cell]], questionnaire: Questionnaire, size: int
) -> tuple[list[CommuneYear], Log]:
    log = Log()
    numbered = list(enumerate(rows))
    batches = iter([TextBatch(numbered[at : at + size]) for at in range(0, len(rows), size)])
    filings = read_grid(Grid(WHERE, Rows(batches)), Vocabulary(questionnaire), log)
    return merged(filings or [], log, questionnaire), log


def merged(filings: Sequence[Any], log: Log, questionnaire: Questionnaire) -> list[CommuneYear]:
    growths = [name for name, measure in questionnaire.measures.items() if measure.kind == "growth"]
    merger = Merger(questionnaire.communes, tuple(questionnaire.measures), growths)
    merger.add_all(filings, log.blocks, log)
    return list(merger.records())


def same(rows: Sequence[Sequence[Cell]], questionnaire: Questionnaire, size: int) -> None:
    (records, log), (others, their_log) = by_rows(rows, questionnaire), as_columns(rows, questionnaire, size)
    assert others == records
    assert [list(one.values) for one in others] == [list(one.values) for one in records]
    assert [dict(one.places) for one in others] == [dict(one.places) for one in records]
    for one, other in zip(others, records, strict=True):
        assert [(n, dict(h.places)) for n, h in one.hamlets.items()] == [
            (n, dict(h.places)) for n, h in other.hamlets.items()
        ]
    assert their_log.problems == log.problems
    assert their_log.illustrative == log.illustrative
    assert dataclasses.astuple(their_log)[4:7] == dataclasses.astuple(log)[4:7]


cells = st.sampled_from(CELLS) | st.integers(0, 10**6).map(str)


@settings(max_examples=examples(150))
@given(data=st.data())
def test_a_wide_table(data: st.DataObject, questionnaire: Questionnaire) -> None:
    measures = data.draw(st.lists(st.sampled_from(sorted(questionnaire.measures)), min_size=1, max_size=5, unique=True))
    heads = ["Mã xã", "Xã", "Năm"]
    for name in measures:
        share = questionnaire.measures[name].kind == "share"
        heads += (
            data.draw(st.sampled_from([[name], [name + "__numerator", name + "__denominator"]])) if share else [name]
        )
    heads += data.draw(st.sampled_from([[], ["note"], ["note", "Cột lạ"], [measures[0] + "__source_document"]]))
    body = []
    for _ in range(data.draw(st.integers(1, 6))):
        row = [*data.draw(st.sampled_from(OWNERS))]
        row += [data.draw(st.sampled_from(WORDS) if "note" in head or "doc" in head else cells) for head in heads[3:]]
        body.append(row if data.draw(st.integers(0, 9)) else row[: data.draw(st.integers(0, len(row)))])
    same([heads, *body], questionnaire, data.draw(st.integers(1, 4)))


@settings(max_examples=examples(150))
@given(data=st.data())
def test_a_long_table(data: st.DataObject, questionnaire: Questionnaire) -> None:
    heads = ["commune_code", "commune", "year", "measure", "value", "numerator", "denominator", "note", "unit"]
    names = [*sorted(questionnaire.measures)[:6], "no_such_measure", ""]
    body = [
        [
            *data.draw(st.sampled_from(OWNERS)),
            data.draw(st.sampled_from(names)),
            *(data.draw(cells) for _ in range(3)),
            data.draw(st.sampled_from(WORDS)),
            data.draw(st.sampled_from(["", "", "%", "hộ", "tấn"])),
        ]
        for _ in range(data.draw(st.integers(1, 12)))
    ]
    same([heads, *body], questionnaire, data.draw(st.integers(1, 5)))


def test_a_second_table_below_ends_the_first(questionnaire: Questionnaire) -> None:
    heads = ["commune_code", "commune", "year", "club_count"]
    row = ["03394", "Sin Suối Hồ", "2026", "7"]
    for size in (1, 2, 10):
        same([heads, row, [*heads[:3], "balance"], ["03405", "Tả Lèng", "2026", "5"]], questionnaire, size)


@pytest.mark.parametrize("head", ["households_share__numerator", "club_count__numerator", "balance (tỷ ???)"])
def test_a_wide_table_none_of_whose_figures_can_be_read(head: str, questionnaire: Questionnaire) -> None:
    names = [name for name, measure in questionnaire.measures.items() if measure.kind == "share"]
    heads = ["commune_code", "commune", "year", head.replace("households_share", names[0])]
    same([heads, ["03394", "Sin Suối Hồ", "2026", "7"], ["03405", "Tả Lèng", "2026", ""]], questionnaire, 2)


TYPED: Sequence[Any] = [
    pa.array([79.95, 0.62, 100.0, 101.0, -0.0, None, float("nan"), 1 / 3, 2e9, 0.001, 1e-9, 12.5]),
    pa.array([1, 0, 100, 48, None, -5, 2**60, 7, 12, 3, 4, 5]),
    pa.array(["Có", "Không", None, "x", "79,95", "", "12", "Đạt", "7", "0", "00", "Co\u0301"]),
    pa.array([True, False, None] * 4),
    pa.array([Decimal("79.95"), None, Decimal("1.5")] * 4),
    pa.array(["Có", None, "Không"] * 4).dictionary_encode(),
]


@pytest.mark.parametrize("array", TYPED, ids=lambda array: str(array.type))
@pytest.mark.parametrize("other", TYPED[:2], ids=lambda array: f"of {array.type}")
def test_typed_columns_give_what_each_of_their_cells_gives(
    array: Any, other: Any, questionnaire: Questionnaire
) -> None:
    vocabulary = Vocabulary(questionnaire)
    for figure in vocabulary.figures.values():
        for columns in ((array, None, None), (None, array, other), (None, other, array), (other, array, other)):
            texts = NumberedTexts()
            spelling = vocabulary.spelling(figure.id)
            given = [NoColumn(12) if one is None else CellColumn(one, cells_of) for one in columns]
            exact = ExactReader(figure, spelling, texts, lambda cell: cell).read(*given)
            for row in range(12):
                core, faults = figure.read(*(column.cells[row] for column in given))
                assert exact.doubtful[row] == bool(faults)
                if not faults and core is None:
                    assert exact.state[row] == State.MISSING
                elif not faults and core is not None:
                    said = int(exact.state[row]), int(exact.value[row]), int(exact.base[row]), bool(exact.counted[row])
                    number = int(exact.written[row])
                    written = spelling.text(*said) if number == SPELT else texts.texts[number]
                    assert (*said, written) == core


@given(st.lists(st.floats(0, 1e12) | st.decimals(0, 99999, places=6).map(float) | st.integers(0, 10**12).map(float)))
def test_usual_units_of_many_are_those_of_each(values: list[float]) -> None:
    known, units = usual_units(np.array(values))
    for value, ok, unit in zip(values, known.tolist(), units.tolist(), strict=True):
        one = units_of_one(value)
        if one is not None:
            assert (ok, unit) == (True, one[0])
        elif ok:
            assert unit == value * 10**7


def test_batches_handed_out_one_by_one_and_the_rest_together_are_all_rows() -> None:
    table = pa.table({"a": list(range(10))})
    batches = [
        ArrowBatch(b.columns, [lambda array: array.to_pylist()], at * 4) for at, b in enumerate(table.to_batches(4))
    ]
    rows = Rows(iter(batches), (99, ["a"]))
    taken = [next(rows) for _ in range(6)]
    assert [number for number, _cells in taken] == [99, 0, 1, 2, 3, 4]
    assert [number for batch in rows.rest() for number in batch.numbers] == [5, 6, 7, 8, 9]


HAMLETS = ["", "", "Bản A", "Bản A", "bản a", "BẢN A", "Bản B", "Ba\u0309n B", "7", "  ", "Bản\u200bC", "=1"]
"""Names that are one hamlet's however they are spelt, that must be looked at, and none."""


@pytest.fixture(scope="module")
def of_hamlets() -> Questionnaire:
    return Rulebook(load_set(TURNS.with_name("thon-ban-2026-2030")), (), {}).questionnaire()


@settings(max_examples=examples(60))
@given(data=st.data())
def test_a_long_table_of_hamlets(data: st.DataObject, of_hamlets: Questionnaire) -> None:
    heads = ["commune_code", "year", "hamlet", "measure", "value", "numerator", "denominator", "note"]
    owners = [("93010", "2026"), ("93020", "2026"), ("93010", "2025"), ("99999", "2026")]
    few = st.sampled_from(["", "", "0", "1", "70", "3,5", "Có", "không", "x", "29/100"])
    body = [
        [
            *data.draw(st.sampled_from(owners)),
            data.draw(st.sampled_from(HAMLETS)),
            data.draw(st.sampled_from([*sorted(of_hamlets.measures), "no_such_measure"])),
            *(data.draw(few) for _ in range(3)),
            data.draw(st.sampled_from(["", "", "ghi chú", "Số liệu minh họa"])),
        ]
        for _ in range(data.draw(st.integers(1, 12)))
    ]
    same([heads, *body], of_hamlets, data.draw(st.integers(1, 5)))


def test_a_long_table_of_hamlets_in_whatever_order(of_hamlets: Questionnaire) -> None:
    heads = ["commune_code", "year", "hamlet", "measure", "value"]
    body = [
        ["93010", "2026", "Bản A", "hamlet_paved_share", "70"],
        ["93010", "2026", "bản a", "hamlet_paved_share", "0,5"],
        ["93010", "2026", "Bản A", "hamlet_paved_share", "80"],
        ["93010", "2026", "Bản B", "hamlet_halls", "x"],
    ]
    for order in permutations(body):
        same([heads, *order], of_hamlets, 3)
