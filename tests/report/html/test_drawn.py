"""Tables made once, as pages show them: what is sorted by what, what is one cell, what leads where."""

from __future__ import annotations

from decimal import Decimal

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.html.drawn import drawn
from ntm_rules.report.html.values import Cell, Head, HeldPart, badge_of
from ntm_rules.report.tables.table import BEFORE, Column, CountOf, Kind, RowRole, Table, numbers, texts

NAMES = [*texts(commune="Commune"), *numbers(given="Given", missing="Missing")]


def cells(table: Table, **how: object) -> list[list[Cell]]:
    """The cells of a table on a page, by row."""
    return [list(row.cells) for row in drawn(table, "Figures", ("commune",), **how).rows]  # type: ignore[arg-type]


def test_a_count_of_a_whole_is_sorted_by_the_count() -> None:
    table = Table.of(NAMES, [("A", CountOf(3, 5), 2), ("B", CountOf(Decimal("1.5"), 10), 0)])
    given = [row[1] for row in cells(table, look="sortable")]
    assert [(one.words, one.sort) for one in given] == [("3/5", 3), ("1,5/10", "1.5")]
    assert [row[1].sort for row in cells(table)] == [None, None]


def test_one_cell_over_several_columns_is_one_cell() -> None:
    ((name, over),) = cells(Table.of(NAMES, [("A", "no report", BEFORE)]), sorts={"given": [-1]})
    assert (name.head, name.columns) == (True, 1)
    assert (over.words, over.columns, over.look, over.sort) == ("no report", 2, "", -1)


def test_a_count_of_nothing_is_grey_and_others_have_the_look_of_what_they_count() -> None:
    table = Table.of(NAMES, [("A", 0, 0), ("B", 3, 2)])
    rows = cells(table, counts={"given": "v-met"}, of=36, asides={"given": ["", "1, 2"]})
    assert [(row[1].words, row[1].look, row[1].aside) for row in rows] == [
        ("0/36", "number none", ""),
        ("3/36", "number v-met", "1, 2"),
    ]


def test_a_letter_is_read_out_in_words_and_a_badge_stands_in_place_of_words() -> None:
    badge = badge_of(Verdict.NOT_MET)
    columns = [Column("letter", "1", Kind.LETTER), Column("badge", "Verdict", Kind.MARK)]
    ((letter, whole),) = cells(
        Table.of(columns, [(Verdict.NOT_MET, Verdict.NOT_MET)]),
        badges={"letter": [badge], "badge": [badge]},
        looks={"letter": "cell"},
        look="sortable",
    )
    assert (letter.words, letter.unseen, letter.look) == (badge.letter, badge.words, f"cell {badge.look}")
    assert letter.sort == Verdict.NOT_MET.value
    assert (whole.words, whole.badge) == ("", badge)


def test_what_was_reported_of_each_part_stands_in_the_cell_and_a_verdict_keeps_its_colours() -> None:
    badge = badge_of(Verdict.MET)
    part = HeldPart("8.1.b", badge, "80%", "8/10", "", "#8.1.b")
    columns = texts(verdict="Verdict", reported="Reported")
    ((verdict, reported),) = cells(
        Table.of(columns, [(Verdict.MET, "")]),
        looks={"verdict": "verdict", "reported": "text"},
        held={"reported": [[part]]},
    )
    assert (verdict.look, reported.look, reported.held) == (f"{badge.look} verdict", "text", [part])


def test_a_table_whose_columns_have_no_heads_has_no_head() -> None:
    table = Table.of(texts(counted="", n=""), [("Communes", 36), ("of them met", 3)], [RowRole.PLAIN, RowRole.PART])
    page = drawn(table, "")
    assert (list(page.heads), [row.look for row in page.rows]) == ([], ["", "of-above"])


def test_a_page_has_heads_and_words_of_its_own_where_they_lead_somewhere() -> None:
    head = Head("1", "cell", name="Quy hoạch", address="#c1")
    page = drawn(Table.of(NAMES, [("A", 1, 2)]), "", heads={"given": head}, linked={"missing": ["two"]})
    assert [one.words for one in page.heads] == ["Commune", "1", "Missing"]
    assert page.rows[0].cells[2].words == "two"
