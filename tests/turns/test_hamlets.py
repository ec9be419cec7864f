"""Rules over each hamlet: the set of them, its files, its form, and what is said of every hamlet."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from pathlib import Path
from subprocess import CompletedProcess

import openpyxl
import pytest

from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation.engines import ENGINES, evaluate_with
from ntm_rules.exact import VALUE_SCALE
from ntm_rules.rulebook.loader import load_set
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.rulebook.rule_tests import find_files
from ntm_rules.workbench.testing.cases import read_cases
from ntm_rules.workbench.testing.runner import run
from tests.conftest import Ntm
from tests.turns.conftest import TURNS

HAMLETS = TURNS.with_name("thon-ban-2026-2030")
LONG = """\
commune_code,year,hamlet,measure,value,numerator,denominator
93010,2026,,hamlets_in_commune,5,,
93010,2026,Bản A,hamlet_has_roads,Có,,
93010,2026,Bản A,hamlet_paved_share,,"1,5",2
93010,2026,bản a,hamlet_halls,1,,
93010,2026,Bản B,hamlet_has_roads,Có,,
93010,2026,Bản B,hamlet_paved_share,60,,
93010,2026,Bản B,hamlet_halls,0,,
93010,2026,Bản C,hamlet_has_roads,Có,,
93010,2026,Bản C,hamlet_paved_share,"69,99",,
93010,2026,Bản D,hamlet_loudspeaker,Có,,
"""
WIDE = """\
commune_code,year,hamlet,hamlets_in_commune,hamlet_has_roads,hamlet_paved_share,hamlet_halls,hamlet_loudspeaker
93010,2026,,5,,,,
93010,2026,Bản A,,Có,75,1,
93010,2026,Bản B,,Có,60,0,
93010,2026,Bản C,,Có,"69,99",,
93010,2026,Bản D,,,,,Có
"""


def words(result: CompletedProcess[str]) -> str:
    assert result.returncode in (0, 3), result.stdout + result.stderr
    return " ".join(result.stdout.split())


def data(folder: Path, text: str) -> Path:
    path = folder / "so-lieu.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_checker_finds_nothing(ntm: Ntm) -> None:
    result = ntm("rules", "check", HAMLETS, "--as-of", "2026-12-31", "--strict")
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_says_what_was_worked_out_by_hand(engine: str) -> None:
    problem = ENGINES[engine].unusable()
    if problem is not None:
        pytest.skip(problem.render("en"))
    loaded = load_set(HAMLETS)
    outcomes = run(read_cases(loaded, find_files(loaded.folder, loaded.header)), engine)
    assert len(outcomes) >= 21
    assert [(o.case.test.name, o.differences) for o in outcomes if not o.passed] == []


@pytest.mark.parametrize("text", [LONG, WIDE], ids=["long", "wide"])
def test_an_explanation_names_every_hamlet(ntm: Ntm, tmp_path: Path, text: str) -> None:
    said = words(
        ntm("explain", data(tmp_path, text), "--criteria", HAMLETS, "--commune", "93010", "--indicator", "1.1")
    )
    assert "là 60% (3 / 5 thôn)" in said
    assert "Thôn, bản đạt (1): Bản A." in said
    assert "Thôn, bản chưa đạt (2): Bản B (Tỷ lệ đường thôn được cứng hóa: còn thiếu 10 điểm %)" in said
    assert "Bản C (Tỷ lệ đường thôn được cứng hóa: còn thiếu 0,01 điểm %)" in said
    assert "Số thôn, bản chưa có trong số liệu: 1." in said
    assert "1.1: CHƯA ĐẠT" in said


def test_what_is_missing_names_the_hamlets(ntm: Ntm, tmp_path: Path) -> None:
    said = words(ntm("assess", data(tmp_path, WIDE), "--criteria", HAMLETS, "--commune", "93010"))
    assert "Bản B" in said


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("93020,2026,Bản X,hamlets_in_commune,3,,", "figure-of-the-commune"),
        ("93020,2026,,hamlet_halls,3,,", "hamlet-missing"),
        ("93010,2026,BẢN A,hamlet_halls,2,,", "given-twice-differently"),
        ("93020,2026,Bản X,hamlet_halls,ba,,", "not-a-number"),
    ],
)
def test_a_mistake_is_told_where_it_stands(ntm: Ntm, tmp_path: Path, row: str, code: str) -> None:
    words(ntm("batch", data(tmp_path, LONG + row + "\n"), "--criteria", HAMLETS, "--out", tmp_path / "out"))
    with (tmp_path / "out" / "problems.csv").open(encoding="utf-8-sig", newline="") as stream:
        told = [(one["code"], one["line"]) for one in csv.DictReader(stream)]
    assert (code, str(LONG.count("\n") + 1)) in told


def filled_form(ntm: Ntm, folder: Path, halls: object) -> Path:
    form = folder / "phieu.xlsx"
    words(ntm("template", "--criteria", HAMLETS, "--out", form, "--year", "2026", "--commune", "93010"))
    book = openpyxl.load_workbook(form)
    sheet = book["Thôn, bản"]
    assert "phiếu này không tự tính" in sheet["A5"].value
    for row, cells in enumerate((("Bản A", "Có", None, 3, 4, 1, "Có"), ("Bản B", "Có", None, 1, 4, halls, "Không")), 8):
        for column, value in enumerate(cells, 4):
            sheet.cell(row, column).value = value
    questions = book["Số liệu"]
    for (cell,) in questions.iter_rows(min_col=14, max_col=14):
        if cell.value == "hamlets_in_commune":
            questions.cell(cell.row, 4).value = 2
    book.save(form)
    return form


def test_a_form_has_a_sheet_of_hamlets(ntm: Ntm, tmp_path: Path) -> None:
    form = filled_form(ntm, tmp_path, 0)
    said = words(ntm("explain", form, "--criteria", HAMLETS, "--indicator", "1.1"))
    assert "là 50% (1 / 2 thôn)" in said
    assert "Bản B (Tỷ lệ đường thôn được cứng hóa: còn thiếu 45 điểm %: 1,8 km)" in said


def test_a_form_given_back_keeps_every_hamlet_and_marks_the_mistake(ntm: Ntm, tmp_path: Path) -> None:
    form, back = filled_form(ntm, tmp_path, "ba"), tmp_path / "tra-lai.xlsx"
    said = words(ntm("assess", form, "--criteria", HAMLETS, "--return", back))
    assert "trang tính «Thôn, bản», ô I9" in said
    sheet = openpyxl.load_workbook(back)["Thôn, bản"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=8, max_row=9, min_col=4, max_col=10)]
    assert rows == [["Bản A", "Có", None, 3, 4, 1, "Có"], ["Bản B", "Có", None, 1, 4, "ba", "Không"]]
    assert sheet["I9"].comment is not None


@pytest.mark.parametrize("engine", ENGINES)
def test_engines_agree_whatever_the_hamlets_report(engine: str) -> None:
    """Every combination of three hamlets' states, one commune each."""
    if ENGINES[engine].unusable() is not None:
        pytest.skip(engine)
    rules = resolve(load_set(HAMLETS), as_of=dt.date(2026, 12, 31))
    yes, no = Reported(State.PRESENT, 1), Reported(State.PRESENT, 0)
    hall = Reported(State.PRESENT, VALUE_SCALE)
    kinds = [
        {},
        {"hamlet_loudspeaker": no, "hamlet_halls": Reported(State.PRESENT, 0)},
        {"hamlet_loudspeaker": yes, "hamlet_halls": hall, "hamlet_has_roads": no},
        {"hamlet_loudspeaker": yes, "hamlet_halls": hall, "hamlet_has_roads": yes},
    ]
    records = []
    for number in range(4**3):
        at = [number // 16, number // 4 % 4, number % 4]
        hamlets = {f"Bản {i}": CommuneYear("93010", f"Bản {i}", 2026, kinds[k]) for i, k in enumerate(at)}
        records.append(CommuneYear("93010", "Xã Một", 2026, {}, hamlets=hamlets))
    for record in records:
        one, other = (evaluate_with(name, rules, [record]) for name in (engine, "reference"))
        assert (one.verdicts == other.verdicts).all(), record.hamlets
        assert (one.reasons == other.reasons).all(), record.hamlets


def test_another_number_for_each_hamlet_is_another_effect(ntm: Ntm, tmp_path: Path) -> None:
    changed = tmp_path / "sua"
    shutil.copytree(HAMLETS, changed)
    rules = changed / "01-thon-ban" / "rules.yaml"
    rules.write_text(
        rules.read_text(encoding="utf-8").replace("    at_least: 70\n", "    at_least: 60\n"), encoding="utf-8"
    )
    result = ntm("rules", "diff", HAMLETS, changed)
    assert result.returncode == 1, result.stdout
    assert "đổi kết quả mà không đổi lời văn" in " ".join(result.stdout.split())
    assert "Đối với từng thôn, bản:" in words(ntm("rules", "show", "1.1", "--criteria", HAMLETS))
