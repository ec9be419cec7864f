"""Rules over each hamlet: the set of them, its files, its form, and what is said of every hamlet."""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from itertools import product
from pathlib import Path
from subprocess import CompletedProcess

import docx
import numpy as np
import openpyxl
import pytest

from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation.engines import ENGINES, evaluate_with
from ntm_rules.exact import VALUE_SCALE
from ntm_rules.report.book.history import history
from ntm_rules.report.book.people import waiting_on
from ntm_rules.report.hamlet_texts import hamlet_texts
from ntm_rules.report.tables.awaited import requirements
from ntm_rules.report.targets import counts
from ntm_rules.rulebook.loader import load_overlay, load_set
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.rulebook.rule_tests import find_files
from ntm_rules.standing.awaited import awaited_documents
from ntm_rules.standing.completeness import of_commune
from ntm_rules.standing.reach import group_ceiling
from ntm_rules.wording.hamlets import hamlets_in_the_way
from ntm_rules.workbench.comparing.history import history as told_over_time
from ntm_rules.workbench.testing.cases import read_cases
from ntm_rules.workbench.testing.runner import run
from tests.conftest import Ntm
from tests.report.book.conftest import make_book
from tests.report.pages.html_pages import read_page
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


def test_a_form_says_that_it_does_not_work_out_what_follows_from_hamlets(ntm: Ntm, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(filled_form(ntm, tmp_path, 1))
    guide = "\n".join(str(row[0].value) for row in book["Hướng dẫn"].iter_rows())
    assert "Phiếu không tự tính kết quả từ các thôn, bản (1.1, 1.2, 1.3)" in guide
    labels = [str(row[1].value) for row in book["Số liệu"].iter_rows()]
    asked = [label for label in labels if "đã ghi từng thôn, bản ở trang «Thôn, bản» thì để trống" in label]
    assert [label.splitlines()[0] for label in asked] == [
        *("Tỷ lệ thôn bản có đường đạt yêu cầu", "Tỷ lệ ấp có nhà văn hóa", "Số thôn có loa")
    ]
    assert not any("Số nhà văn hóa của thôn" in label for label in labels), "a hamlet's figure is not the commune's"


def test_a_form_given_back_keeps_every_hamlet_and_marks_the_mistake(ntm: Ntm, tmp_path: Path) -> None:
    form, back = filled_form(ntm, tmp_path, "ba"), tmp_path / "tra-lai.xlsx"
    said = words(ntm("assess", form, "--criteria", HAMLETS, "--return", back))
    assert "trang tính «Thôn, bản», ô I9" in said
    sheet = openpyxl.load_workbook(back)["Thôn, bản"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=8, max_row=9, min_col=4, max_col=10)]
    assert rows == [["Bản A", "Có", None, 3, 4, 1, "Có"], ["Bản B", "Có", None, 1, 4, "ba", "Không"]]
    assert sheet["I9"].comment is not None


YES, NO, HALL = Reported(State.PRESENT, 1), Reported(State.PRESENT, 0), Reported(State.PRESENT, VALUE_SCALE)


def every_three() -> Iterator[dict[str, CommuneYear]]:
    """Every combination of three hamlets' states."""
    kinds: list[dict[str, Reported]] = [
        {},
        {"hamlet_loudspeaker": NO, "hamlet_halls": Reported(State.PRESENT, 0), "hamlet_has_roads": YES},
        {"hamlet_loudspeaker": YES, "hamlet_halls": HALL, "hamlet_has_roads": NO},
        {"hamlet_loudspeaker": YES, "hamlet_halls": HALL, "hamlet_has_roads": YES},
    ]
    for way in product(kinds, repeat=3):
        yield {f"Bản {n}": CommuneYear("93010", f"Bản {n}", 2026, values) for n, values in enumerate(way)}


@pytest.mark.parametrize("engine", ENGINES)
def test_engines_agree_whatever_the_hamlets_report(engine: str) -> None:
    if ENGINES[engine].unusable() is not None:
        pytest.skip(engine)
    rules = resolve(load_set(HAMLETS), as_of=dt.date(2026, 12, 31))
    for hamlets in every_three():
        record = CommuneYear("93010", "Xã Một", 2026, {}, hamlets=hamlets)
        one, other = (evaluate_with(name, rules, [record]) for name in (engine, "reference"))
        assert (one.verdicts == other.verdicts).all(), record.hamlets
        assert (one.reasons == other.reasons).all(), record.hamlets


# --- what readers are told -----------------------------------------------------------------------------

TWO = (
    LONG
    + """\
93020,2026,,hamlets_in_commune,4,,
93020,2026,Bản X,hamlet_has_roads,Có,,
93020,2026,Bản X,hamlet_paved_share,60,,
93020,2026,Bản Y,hamlet_halls,1,,
"""
)
"""Two communes: the second one's roads may still do, if the two hamlets it does not list have them."""
GAPS = (
    "còn 2 thôn, bản chưa đạt: Bản B (Tỷ lệ đường thôn được cứng hóa: còn thiếu 10 điểm %); "
    "Bản C (Tỷ lệ đường thôn được cứng hóa: còn thiếu 0,01 điểm %); 1 thôn, bản thiếu số liệu để đánh giá: "
    "Bản D (Thôn có đường ô tô: chưa trả lời đối với thôn, bản này); 1 thôn, bản chưa có trong số liệu"
)


def test_what_settles_names_the_figure_of_the_hamlet_and_those_not_listed(ntm: Ntm, tmp_path: Path) -> None:
    path = data(tmp_path, TWO)
    said = words(ntm("explain", path, "--criteria", HAMLETS, "--commune", "93020", "--indicator", "1.1"))
    assert (
        "(1) “Thôn có đường ô tô” của Bản Y, năm 2026; (2) “Tỷ lệ đường thôn được cứng hóa” của Bản Y, năm 2026; "
        "(3) của từng thôn, bản chưa có trong số liệu: “Thôn có đường ô tô”, “Tỷ lệ đường thôn được cứng hóa” năm 2026."
    ) in said
    said = words(ntm("explain", path, "--criteria", HAMLETS, "--commune", "93020", "--indicator", "1.2"))
    assert "Nếu “Số nhà văn hóa của thôn” của Bản X, năm 2026 từ 1 nhà trở lên thì kết quả của 1.2 là: Đạt." in said


def test_a_number_that_is_not_reported_settles_nothing_but_is_asked_for_first(ntm: Ntm, tmp_path: Path) -> None:
    without = "".join(line for line in TWO.splitlines(keepends=True) if "93020,2026,," not in line)
    path = data(tmp_path, without)
    shown = ntm("explain", path, "--criteria", HAMLETS, "--commune", "93020", "--indicator", "1.1", "--format", "json")
    (asked,) = json.loads(shown.stdout)["indicators"]
    assert [(one["kind"], one["measure"], one.get("hamlet")) for one in asked["settling"]["items"]] == [
        ("figure", "hamlets_in_commune", None),
        ("figure", "hamlet_has_roads", "Bản Y"),
        ("figure", "hamlet_paved_share", "Bản Y"),
        ("hamlets_not_listed", "hamlets_paved", None),
    ]


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory, ntm: Ntm) -> Path:
    folder = tmp_path_factory.mktemp("batch")
    words(ntm("batch", data(folder, TWO), "--criteria", HAMLETS, "--out", folder / "out"))
    return folder / "out"


def test_a_table_holds_every_hamlet_with_its_own_gap(batch: Path) -> None:
    with (batch / "hamlets.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [one for one in csv.DictReader(stream) if one["counted_by"] == "1.1"]
    assert [(one["commune_code"], one["hamlet"], one["id"], one["verdict"], one["shortfall"]) for one in rows] == [
        ("93010", "Bản A", "1.1.thon", "MET", ""),
        ("93010", "Bản B", "1.1.thon", "NOT_MET", "10"),
        ("93010", "Bản C", "1.1.thon", "NOT_MET", "0.01"),
        ("93010", "Bản D", "1.1.thon", "NO_DATA", ""),
        ("93020", "Bản X", "1.1.thon", "NOT_MET", "10"),
        ("93020", "Bản Y", "1.1.thon", "NO_DATA", ""),
    ]


def test_the_workbook_of_results_names_the_hamlets_in_the_way(batch: Path) -> None:
    book = openpyxl.load_workbook(batch / "ket-qua.xlsx", read_only=True)
    told = [str(cell) for row in book["Khoảng cách"].iter_rows(values_only=True) for cell in row]
    assert f"còn thiếu 20 điểm %: 1 thôn; {GAPS}" in told
    assert any(
        "thiếu số liệu để đánh giá: Bản X (Số nhà văn hóa của thôn: chưa báo cáo số liệu)" in one for one in told
    )


def test_so_do_pages_letters_and_papers(ntm: Ntm, tmp_path: Path) -> None:
    path = data(tmp_path, TWO)
    words(ntm("report", "html", path, "--criteria", HAMLETS, "--out", tmp_path / "trang"))
    for page in ("don-vi-93010", "chi-tieu-1-1"):
        assert GAPS in unescape((tmp_path / "trang" / f"{page}.html").read_text(encoding="utf-8"))
    words(ntm("report", "letters", path, "--criteria", HAMLETS, "--all", "--out", tmp_path / "thu"))
    assert GAPS in cells_of(tmp_path / "thu" / "xa-93010.docx")
    assert f"Xã Một ({GAPS}) (còn thiếu 20 điểm %: 1 thôn)" in cells_of(tmp_path / "thu" / "co-quan-so-a.docx")
    words(ntm("report", "agency", path, "--criteria", HAMLETS, "--agency", "so-a", "--out", tmp_path / "so"))
    assert GAPS in cells_of(next((tmp_path / "so").glob("*.docx")))
    paper = tmp_path / "tu-danh-gia.docx"
    words(ntm("report", "self-assessment", path, "--criteria", HAMLETS, "--commune", "93010", "--out", paper))
    assert "tổng hợp từ các thôn, bản, tính theo trường hợp có lợi nhất, là 60%" in cells_of(paper)
    assert "xã báo cáo 60%" not in cells_of(paper)


def cells_of(path: Path) -> str:
    document = docx.Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_what_if_tells_which_hamlets_a_change_leaves_in_the_way(ntm: Ntm, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words(ntm("whatif", data(tmp_path, TWO), "--criteria", HAMLETS, "--set", "1.1=50", "--out", out))
    book = openpyxl.load_workbook(next(out.glob("*.xlsx")), read_only=True)
    told = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert any(GAPS in one for one in told)


def test_many_communes_are_told_what_one_is(ntm: Ntm) -> None:
    """Every combination of three hamlets' states, one commune each: the columns say what the reference says."""
    rules = resolve(load_set(HAMLETS), as_of=dt.date(2026, 12, 31))
    records = [
        CommuneYear(
            "93010", "Xã Một", 2026, {"hamlets_in_commune": Reported(State.PRESENT, 4 * VALUE_SCALE)}, hamlets=own
        )
        for own in every_three()
    ]
    evaluation = evaluate_with("columnar", rules, records)
    for requirement in rules.counting_hamlets:
        told = hamlet_texts(evaluation, requirement, np.arange(len(records)))
        assert told == [hamlets_in_the_way(rules, evaluation.facts(at), requirement) for at in range(len(records))]


def test_a_report_of_hamlets_alone_is_a_report(ntm: Ntm, tmp_path: Path) -> None:
    alone = "".join(line for line in LONG.splitlines(keepends=True) if "93010,2026,," not in line)
    said = words(ntm("batch", data(tmp_path, alone), "--criteria", HAMLETS, "--out", tmp_path / "out"))
    assert "Xã có phiếu dùng được: 1/3" in said
    nothing = LONG.splitlines()[0] + "\n93010,2026,Bản A,hamlet_halls,ba,,\n"
    said = words(ntm("batch", data(tmp_path, nothing), "--criteria", HAMLETS, "--out", tmp_path / "out"))
    assert "Xã có phiếu dùng được: 0/3" in said


def test_figures_of_hamlets_count_among_those_asked_for() -> None:
    rules = resolve(load_set(HAMLETS), as_of=dt.date(2026, 12, 31))
    halls = {f"Bản {n}": CommuneYear("93010", f"Bản {n}", 2026, {"hamlet_halls": HALL}) for n in (1, 2)}
    record = CommuneYear("93010", "Xã Một", 2026, {}, hamlets=halls)
    asked = of_commune(rules, record)
    assert (asked.asked, asked.given) == (1 + 2 * 4, 2)
    assert of_commune(rules, replace(record, hamlets={})).asked == 3


def test_a_decision_that_hamlets_wait_for_is_awaited() -> None:
    rules = resolve(load_set(HAMLETS), as_of=dt.date(2026, 12, 31))
    (document,) = awaited_documents(rules, dt.date(2026, 12, 31))
    assert (document.id, document.requirements) == ("quyet-dinh-sau", ("1.3",))
    ceiling = group_ceiling(rules, "nhom-1")
    assert "1.3" not in ceiling.indicators_whole
    assert ceiling.indicators_attainable == ("1.1", "1.2", "1.3")


# --- the effect of a change ----------------------------------------------------------------------------


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


# --- what the rules ask of each hamlet, wherever rules are told ---------------------------------


def test_the_book_shows_what_each_hamlet_must_meet_and_what_of_it_is_awaited() -> None:
    loaded = load_set(HAMLETS)
    pages = make_book(loaded, as_of=dt.date(2026, 12, 31))
    whole = read_page(pages["tat-ca.html"])
    asked = [one.words for one in whole.all("p", "asked")]
    assert any(one.startswith("Tỷ lệ đường thôn được cứng hóa (%) phải bằng hoặc cao hơn mức đạt") for one in asked)
    assert [one.words for one in whole.all("p", "op")].count("Đối với từng thôn, bản:") == 3
    rules = resolve(loaded, as_of=dt.date(2026, 12, 31))
    decision = rules.decisions["quyet-dinh-sau"]
    assert [one.indicator.id for one in waiting_on(rules, decision)] == ["1.3"]
    table = requirements((rules, one) for one in rules.requirements())
    assert [row[0] for row in table.rows] == ["1.3"]
    (due,) = [event for event in history(rules, rules.indicator_by_id["1.3"], []) if event.decision]
    assert due.decision == decision
    assert counts(rules, rules.requirements()).awaited == 1


def test_an_explanation_gives_the_gap_of_each_hamlet(ntm: Ntm, tmp_path: Path) -> None:
    path = data(tmp_path, LONG)
    asked = ("explain", path, "--criteria", HAMLETS, "--commune", "93010", "--indicator", "1.1", "--format", "json")
    told = json.loads(ntm(*asked).stdout)
    each = {one["name"]: one for one in told["indicators"][0]["node"]["hamlets"]["each"]}
    gaps = {name: [(gap["id"], gap["gap"]["shortfall"]) for gap in one["gaps"]] for name, one in each.items()}
    assert gaps == {"Bản A": [], "Bản B": [("1.1.thon", "10")], "Bản C": [("1.1.thon", "0.01")], "Bản D": []}


def test_a_history_names_what_a_decision_set_of_each_hamlet(tmp_path: Path) -> None:
    path = tmp_path / "sua.overlay.yaml"
    path.write_text(
        "id: sua\napplies_to: thon-ban-2026-2030\ntitle: {vi: Sửa, en: Amended}\n"
        "document: {number: 9/QĐ, date: 2027-05-01, issuer: UBND, title: {vi: Sửa, en: Amended}}\n"
        "promulgated: 2027-05-01\neffective: {from: 2028-07-01}\n"
        "set:\n  1.1.thon: {value: 75, article: Điều 1}\n",
        encoding="utf-8",
    )
    for id_ in ("1.1", "1.1.thon"):
        spans = told_over_time(load_set(HAMLETS), id_, [load_overlay(path)])
        assert [(span.from_, span.indicator is not None, [turn.id for turn in span.turns]) for span in spans] == [
            (dt.date(2026, 1, 1), True, []),
            (dt.date(2028, 7, 1), True, ["1.1.thon"]),
        ]
