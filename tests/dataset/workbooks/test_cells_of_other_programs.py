"""Small workbooks on which other systems went wrong: each cell is read in the one way there is, or told.

The files in `cases/` are invented, after public reports.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import Dataset, Reported, State
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.runs.rulebook import Rulebook
from tests.dataset.packages import MAIN, WHERE, package

CASES = Path(__file__).parents[1] / "cases"
CONTROL = "part-names/percent-normal.xlsx"
INVALID, PRESENT = State.INVALID, State.PRESENT


@pytest.fixture(scope="module")
def asked(loaded: LoadedSet) -> Questionnaire:
    return Rulebook(loaded=loaded, overlays=(), overlay_files={}).questionnaire()


def figures(dataset: Dataset, code: str = "03394") -> dict[str, Reported]:
    record = dataset.record(code, 2026)
    assert record is not None, [str(problem.message()) for problem in dataset.problems]
    return dict(record.values)


def told(dataset: Dataset) -> list[tuple[str, str]]:
    return [(problem.code, problem.cell) for problem in dataset.problems]


@pytest.mark.parametrize("name", ["styles1-renamed", "target-dot-slash", "target-percent"])
def test_parts_under_other_names_are_read_as_under_the_usual_ones(name: str, asked: Questionnaire) -> None:
    usual = read_dataset([CASES / CONTROL], asked)
    other = read_dataset([CASES / f"part-names/{name}.xlsx"], asked)
    assert not usual.problems
    assert not other.problems
    assert figures(usual)["online_procedures_share"].written == "92,5%"
    assert figures(other) == figures(usual)


@pytest.mark.parametrize(
    ("name", "problems", "read"),
    [
        ("part-names/workbook22", [], {"online_procedures_share": (PRESENT, "92,5")}),
        (
            "formula-zero/lower-is-better",
            [("formula-not-calculated", "C6")],
            {"household_waste_landfilled_share": (INVALID, ""), "household_waste_treated_share": (PRESENT, "90")},
        ),
        (
            "formula-zero/xlsxwriter-shares",
            [("measure-unknown", "A7"), ("formula-not-calculated", "C8")],
            {"online_procedures_share": (INVALID, ""), "planning_criterion_met": (PRESENT, "Có")},
        ),
        ("builtin-format-redefined/id14-means-decimals", [], {"online_procedures_share": (PRESENT, "95,5")}),
        (
            "builtin-format-redefined/id9-means-one-decimal-whole-percent",
            [],
            {"online_procedures_share": (PRESENT, "95")},
        ),
        (
            "superscript-and-struck-out/superscript-footnote",
            [("digits-raised", "D7"), ("digits-raised", "C8")],
            {"households_clean_water_share": (INVALID, "62³/1930"), "online_procedures_share": (INVALID, "9¹")},
        ),
        (
            "superscript-and-struck-out/unicode-superscript",
            [("digits-raised", "D7"), ("digits-raised", "C8")],
            {"households_clean_water_share": (INVALID, "62³/1930"), "online_procedures_share": (INVALID, "9¹")},
        ),
        ("values-the-reader-drops/inlineStr-number-with-v", [], {"online_procedures_share": (PRESENT, "92,5")}),
        ("values-the-reader-drops/inlineStr-with-v", [], {"planning_criterion_met": (PRESENT, "Có")}),
        ("values-the-reader-drops/n-v-before-f", [], {"online_procedures_share": (PRESENT, "92,5")}),
        ("values-the-reader-drops/number-cdata", [], {"online_procedures_share": (PRESENT, "92,5")}),
        ("values-the-reader-drops/number-hex-ref", [], {"online_procedures_share": (PRESENT, "92,5")}),
        (
            "unknown-error-values/n-bad-sst-index",
            [("cell-unreadable", "C7")],
            {"online_procedures_share": (INVALID, "999"), "planning_criterion_met": (PRESENT, "Có")},
        ),
        (
            "unknown-error-values/n-unknown-type",
            [("cell-unreadable", "C7")],
            {"online_procedures_share": (INVALID, "92.5"), "planning_criterion_met": (PRESENT, "Có")},
        ),
        ("unknown-error-values/note-_ERROR_", [("cell-error", "G8")], {"online_procedures_share": (PRESENT, "92,5")}),
        ("unknown-error-values/note-_NAME_", [("cell-error", "G8")], {"online_procedures_share": (PRESENT, "92,5")}),
        (
            "unknown-error-values/value-ERROR",
            [("cell-error", "C8")],
            {"online_procedures_share": (INVALID, "#ERROR!"), "households_clean_water_share": (PRESENT, "623/1930")},
        ),
        (
            "number-shown-scaled/scaled",
            [("number-shown-otherwise", "C6"), ("number-shown-otherwise", "C7")],
            {"construction_debt": (INVALID, "1.250"), "income_per_capita": (INVALID, "44,5triệu")},
        ),
        (
            "number-shown-scaled/fake-decimal",
            [("number-shown-otherwise", "C6"), ("number-shown-otherwise", "C7")],
            {"construction_debt": (INVALID, "1.250"), "income_per_capita": (INVALID, "44,5")},
        ),
        (
            "hidden-rows-columns/hidden-duplicate-row",
            [("hidden-rows", ""), ("given-twice-differently", "D9")],
            {"households_clean_water_share": (State.CONFLICTING, "623/1930; 500/1930")},
        ),
        ("hidden-rows-columns/filtered-rows", [("hidden-rows", "")], {"online_procedures_share": (PRESENT, "92,5")}),
        (
            "hidden-rows-columns/struck-out-figure",
            [("struck-out", "H2")],
            {"online_procedures_share": (INVALID, "92,5")},
        ),
    ],
)
def test_each_cell_is_read_in_the_one_way_there_is_or_told(
    name: str, problems: list[tuple[str, str]], read: dict[str, tuple[State, str]], asked: Questionnaire
) -> None:
    dataset = read_dataset([CASES / f"{name}.xlsx"], asked)
    assert sorted(told(dataset)) == sorted(problems)
    found = figures(dataset)
    assert {measure: (found[measure].state, found[measure].written) for measure in read} == read


def test_a_built_in_format_that_the_file_gives_another_meaning_shows_no_percentage(asked: Questionnaire) -> None:
    dataset = read_dataset([CASES / "builtin-format-redefined/id9-means-decimals.xlsx"], asked)
    assert figures(dataset)["online_procedures_share"].written == "0,8"
    assert ("percent-over-one", "C6") not in told(dataset)


def test_hidden_rows_are_named_once_a_sheet(asked: Questionnaire) -> None:
    (problem,) = read_dataset([CASES / "hidden-rows-columns/filtered-rows.xlsx"], asked).problems
    assert (problem.severity, problem.sheet) == ("warning", "Tổng hợp")
    assert problem.message().render("en") == "rows 3-4 are hidden or filtered out, and were read"


def test_a_document_s_number_that_became_a_date_or_percentage_is_no_document(asked: Questionnaire) -> None:
    dataset = read_dataset([CASES / "document-number-as-date/doc-number-as-date.xlsx"], asked)
    assert told(dataset) == [("document-as-date", f"F{row}") for row in (2, 3, 4, 5)]
    assert [problem.value for problem in dataset.problems] == ["01/05/2026", "12/05/2026", "60%", "12/05/2026"]
    found = figures(dataset)
    assert {(reported.state, reported.document) for reported in found.values()} == {(PRESENT, "")}


SHEET_ROWS = (
    ("Mã xã", "03394"),
    ("Năm", "2026"),
    ("Mã số liệu", "Giá trị"),
    ("online_procedures_share", "92,5"),
    ("planning_criterion_met", "Có"),
)


def bordered(to_row: int, columns: int) -> bytes:
    """A form under which borders are drawn to a row far down."""
    rows = [
        f'<row r="{n}">'
        + "".join(f'<c r="{"AB"[at]}{n}" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in enumerate(row))
        + "</row>"
        for n, row in enumerate(SHEET_ROWS, start=1)
    ]
    letters = "ABCDEFGH"[:columns]
    rows += [
        f'<row r="{n}">' + "".join(f'<c r="{letter}{n}" s="0"/>' for letter in letters) + "</row>"
        for n in range(len(SHEET_ROWS) + 1, to_row + 1)
    ]
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'.encode()


@pytest.mark.long
def test_borders_drawn_to_the_bottom_are_not_looked_at_one_by_one(
    tmp_path: Path, asked: Questionnaire, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ntm_rules.dataset.workbooks import workbook_sheets

    looked_at: list[int] = []
    cells_of, plain_cells = workbook_sheets.cells_of, workbook_sheets.plain_cells
    monkeypatch.setattr(workbook_sheets, "cells_of", lambda xml, c: looked_at.append(len(xml)) or cells_of(xml, c))
    monkeypatch.setattr(
        workbook_sheets, "plain_cells", lambda xml, c: looked_at.append(len(xml)) or plain_cells(xml, c)
    )
    sheet = bordered(60_000, 8)
    (tmp_path / "a.xlsx").write_bytes(package(sheet))
    workbook_sheets.Workbook(package(sheet)).grid(0, WHERE)  # here, where it can be watched
    dataset = read_dataset([tmp_path], asked)
    assert not dataset.problems
    assert {name: value.written for name, value in figures(dataset).items()} == {
        "online_procedures_share": "92,5",
        "planning_criterion_met": "Có",
    }
    assert len(sheet) > 10_000_000
    assert max(looked_at) < 2_000


def rewritten(case: str, part: str, old: str, new: str) -> bytes:
    """A case with a piece of one of its parts replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(CASES / case) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == part:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            after.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("old", "new", "calculated"),
    [
        (' fullCalcOnLoad="1"', "", True),
        (' fullCalcOnLoad="1"', ' fullCalcOnLoad="0"', True),
        ('<calcPr calcId="124519" fullCalcOnLoad="1"/>', "<calcPr/>", True),
        ('<calcPr calcId="124519" fullCalcOnLoad="1"/>', "", False),
        ("fullCalcOnLoad", "fullCalcOnLoad", False),
    ],
)
def test_a_stored_zero_is_a_result_where_a_program_that_calculates_has_saved_it(
    old: str, new: str, calculated: bool, tmp_path: Path, asked: Questionnaire
) -> None:
    data = rewritten("formula-zero/lower-is-better.xlsx", "xl/workbook.xml", old, new)
    (tmp_path / "a.xlsx").write_bytes(data)
    dataset = read_dataset([tmp_path], asked)
    landfilled = figures(dataset)["household_waste_landfilled_share"]
    assert (landfilled.state, landfilled.written) == ((PRESENT, "0") if calculated else (INVALID, ""))
    assert bool(told(dataset)) is not calculated


@pytest.mark.parametrize("application", ["LibreOffice/24.2.7.2$Linux_X86_64", "WPS Office", "ONLYOFFICE/8.1"])
def test_programs_that_calculate_are_believed(application: str, tmp_path: Path, asked: Questionnaire) -> None:
    case = "formula-zero/lower-is-better.xlsx"
    (tmp_path / "a.xlsx").write_bytes(rewritten(case, "docProps/app.xml", "Microsoft Excel", application))
    assert figures(read_dataset([tmp_path], asked))["household_waste_landfilled_share"].state is PRESENT
