"""What cross-checks found, in words, in tables and on screen: exact, in both languages, and never a verdict."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from collections import Counter
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.dataset.records import Place, Reported
from ntm_rules.errors import Severity
from ntm_rules.evaluation.cross_checks import ExactAmount, Finding
from ntm_rules.i18n import use_language
from ntm_rules.report.csv_files import write_csv
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.models import Text
from ntm_rules.wording.cross_checks import condition_words, figures_of, left_open
from ntm_rules.wording.findings import FindingRow, amount_words, finding_row, finding_words, places_of, severity_counts
from tests.conftest import ILLUSTRATIVE, SAMPLE, Ntm
from tests.evaluation.cross_checks.given import answer, check, counted, found, law, percent, report

Run = tuple[Path, subprocess.CompletedProcess[str]]
PERCENT, TREES = Text(vi="%", en="%"), Text(vi="cây", en="trees")


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


# --- amounts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (ExactAmount(Fraction(1234), TREES, 0), "1.234 cây"),
        (ExactAmount(Fraction(79996, 1000), PERCENT, 2), "79,99%"),
        (ExactAmount(Fraction(50001, 1000), PERCENT, 2, up=True), "50,01%"),
        (ExactAmount(Fraction(271566, 10000), PERCENT, 2, points=True), "27,15 điểm %"),
        (ExactAmount(Fraction(1, 3000), PERCENT, 2), "0,0003%"),
        (ExactAmount(Fraction(0), TREES, 0), "0 cây"),
    ],
)
def test_an_amount_is_cut_away_from_where_it_would_look_better_and_never_to_nothing(
    amount: ExactAmount, said: str
) -> None:
    assert amount_words(amount) == said


@given(st.fractions(0, 100), st.fractions(0, 100), st.booleans())
def test_two_amounts_that_differ_by_more_than_can_be_held_never_look_alike(
    one: Fraction, other: Fraction, up: bool
) -> None:
    if one != other and abs(one - other) < Fraction(1, 10**7):
        return
    both = [ExactAmount(value, PERCENT, 2, up=up) for value in (one, other)]
    assert (amount_words(both[0], both) == amount_words(both[1], both)) == (one == other)


# --- findings in words -------------------------------------------------------------------------


def said(finding_text: str, *records: object, **condition: object) -> FindingRow:
    one = check(**condition).model_copy(update={"finding": Text(vi=finding_text, en=finding_text)})
    finding = found(one, *records)[0]  # type: ignore[arg-type]
    return finding_row(law(one), finding)


def test_figures_are_named_by_their_number_in_the_law_and_what_they_count() -> None:
    record = report({"a": counted(3, 9), "b": counted(1, 2)})
    row = said(
        "{figures} | {left} > {right} ({difference})",
        record,
        relation={"sum": ["a.numerator"], "at_most": ["b.numerator"]},
    )
    assert row.message == "1.a n: 3 hộ; 1.b n: 1 hộ | 3 hộ > 1 hộ (2 hộ)"
    assert (row.check, row.severity, row.measures, row.file, row.places) == ("K", "warning", "a;b", "", "")


def test_numbers_given_for_one_thing_stand_with_where_they_stand_the_most_frequent_first() -> None:
    record = report({"a": counted(0, 9), "b": counted(0, 7), "c": counted(1, 9)})
    row = said("{values}", record, same={"of": ["b.denominator", "a.denominator", "c.denominator"]})
    assert row.message == "9 hộ (1.a, 1.c); 7 hộ (1.b)"


def test_answers_are_told_in_words() -> None:
    condition = {"when": [{"figure": "t", "answered": "no"}], "yet": [{"figure": "k", "answered": "hoan-thanh"}]}
    record = report({"t": answer(0), "k": answer(1)})
    assert said("{when} / {yet} / {commune} {year}", record, contradiction=condition).message == (
        "1.t t: Không / 1.k k: hoan-thanh / xã 0 2026"
    )


def test_many_figures_are_named_by_their_numbers_alone() -> None:
    values: dict[str, Reported] = {id_: percent("50") for id_ in "abc"}
    values |= {id_: answer(1) for id_ in ("t", "r", "k")}
    assert said("{n}: {figures}", report(values), without_evidence={}).message == "6: 1.a, 1.b, 1.c, 1.t, 1.r, 1.k"


def test_a_figure_that_fails_by_a_hair_is_not_shown_on_its_target() -> None:
    before, now = report({"b": percent("19")}, year=2025), report({"b": percent("20.00001")})
    text = "{before} {now} {target}"
    assert said(text, before, now, no_longer_met={}).message == "19% 20,01% ≤ 20%"
    assert said("{now} {before}", before, now, changed={}).message == "20,01% 19%"


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (counted(61_851, 100_000), counted(34_698, 100_000), "61,85% 34,69% 27,16 điểm %"),  # exactly 27,153
        (counted(800_001, 1_000_000), counted(8, 10), "80,0001% 80% 0,0001 điểm %"),
    ],
)
def test_a_difference_is_that_of_the_two_amounts_shown(before: Reported, now: Reported, words: str) -> None:
    records = (report({"a": before}, year=2025), report({"a": now}))
    assert said("{before} {now} {change}", *records, changed={}).message == words


def test_the_figure_is_written_as_the_amount_that_is_subtracted_from_it() -> None:
    records = (report({"a": counted(8, 10)}, year=2025), report({"a": counted(800_001, 1_000_000)}))
    assert said("{figures} {before}", *records, changed={}).message == "1.a a: 80,0001% 80%"


def test_a_long_list_can_be_cut_short_and_says_how_many_more() -> None:
    values: dict[str, Reported] = {id_: percent("50") for id_ in "abc"} | {id_: answer(1) for id_ in ("t", "r", "k")}
    one = check(without_evidence={}).model_copy(update={"finding": Text(vi="{n}: {figures}", en="")})
    (finding,) = found(one, report(values))
    assert finding_words(law(one), finding, 5) == "6: 1.a, 1.b, 1.c, 1.t, 1.r và 1 nội dung khác"
    assert (
        finding_words(law(one), finding, 6)
        == finding_words(law(one), finding)
        == finding_row(law(one), finding).message
    )


def finding_at(*places: Place) -> Finding:
    return Finding(check(without_evidence={}), "00001", "xã", 2026, (), places)


def test_places_of_one_sheet_stand_together_and_beyond_some_an_ellipsis() -> None:
    cells = [Place("a.xlsx", "2026", cell) for cell in ("D9", "E10", "E11")]
    finding = finding_at(*cells, Place("b.csv", line=4), Place("b.csv", line=7))
    row = finding_row(law(), finding)
    assert (row.file, row.places) == ("a.xlsx;b.csv", "trang tính «2026», các ô D9, E10, E11; các dòng 4, 7")
    assert places_of(finding, 9) == "a.xlsx, trang tính «2026», các ô D9, E10, E11; b.csv, các dòng 4, 7"
    assert places_of(finding, 2) == "a.xlsx, trang tính «2026», các ô D9, E10; …"
    assert places_of(finding_at(cells[0]), 2) == "a.xlsx, trang tính «2026», ô D9"
    assert places_of(finding_at(), 2) == ""


def test_words_of_a_report_that_look_like_a_formula_are_not_run(tmp_path: Path) -> None:
    hostile = '=HYPERLINK("x"; 1/BC)'
    row = said("{documents}", report({"r": answer(1, document=hostile)}), document_without={"lacks": "date"})
    assert row.message == hostile
    write_csv(tmp_path / "x.csv", FindingRow._fields, [row])
    assert rows(tmp_path / "x.csv")[0]["message"] == "'" + hostile


def test_words_of_a_report_that_look_like_something_to_fill_in_are_left_as_they_are() -> None:
    record = report({"r": answer(1, document="1/BC {figures}")})
    assert said("{documents}", record, document_without={"lacks": "date"}).message == "1/BC {figures}"


def test_every_severity_is_counted() -> None:
    note, error = Severity.NOTE, Severity.ERROR
    assert severity_counts([note, error, note]) == {error: 1, Severity.WARNING: 0, note: 2}


# --- the catalogue in words --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id_", "vi", "en"),
    [
        ("KC02", "Phải có: 3.8 Tổng số hộ nông dân ≤ 6.1 Tổng số hộ trên địa bàn", "Should hold: 3.8 All farming households ≤ 6.1 All households"),
        ("KC24", "Kém hơn năm trước quá 1 điểm %: các tỷ lệ", "Worse than the year before by more than 1 percentage points: shares"),
        ("KC34", "Văn bản đề ngày ngoài khoảng từ năm báo cáo đến năm sau năm báo cáo: các xếp loại",
         "A document dated outside the year assessed to the year after: grades"),
        ("KC41", "Đều giống hệt năm trước, khi có từ 6 số liệu: mọi số liệu", "All as in the year before, from 6 figures on: every figure"),
        ("KC50", "Đã phát hiện khi đọc số liệu: numerator-over-denominator",
         "Already found while the data were read: numerator-over-denominator"),
    ],
)  # fmt: skip
def test_what_a_check_looks_for_is_told_in_words(lai_chau: CriteriaSet, id_: str, vi: str, en: str) -> None:
    one = next(one for one in lai_chau.cross_checks if one.id == id_)
    assert condition_words(lai_chau, one) == vi
    use_language("en")
    assert condition_words(lai_chau, one) == en


def test_every_check_of_the_set_can_be_told_in_words_in_both_languages(lai_chau: CriteriaSet) -> None:
    for one in lai_chau.cross_checks:
        words = []
        for language in ("vi", "en"):
            use_language(language)
            words.append(condition_words(lai_chau, one))
            assert "{" not in left_open(one.finding)
        assert all(words)
        assert words[0] != words[1]
        assert set(figures_of(one)) <= set(lai_chau.measures)


# --- a batch run -------------------------------------------------------------------------------


def test_the_sample_s_findings_are_few_and_what_was_planted_is_among_them(sample_run: Run) -> None:
    out, run = sample_run
    found_rows = rows(out / "cross-checks.csv")
    assert list(found_rows[0]) == list(FindingRow._fields)
    assert Counter(row["check"] for row in found_rows) == {
        "KC20": 4, "KC23": 4, "KC24": 8, "KC31": 36, "KC43": 3, "KC50": 1, "KC51": 1,
    }  # fmt: skip
    by_check = {row["check"]: row for row in found_rows}
    assert by_check["KC50"]["message"] == (
        "2.1.e Tỷ lệ đường thôn, ngõ, xóm được cứng hóa: tử số 96,5 lớn hơn mẫu số 58,2."
    )
    assert (by_check["KC50"]["file"], by_check["KC50"]["places"]) == (
        "03613-nam-so.xlsx", "trang tính «Số liệu», ô E15",
    )  # fmt: skip
    order = [(row["commune_code"], row["check"]) for row in found_rows]
    assert order == sorted(order)
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["cross_checks"] == {
        "error": 2, "warning": 8, "info": 47,
    }  # fmt: skip
    assert "Kiểm tra chéo: 2 lỗi, 8 cảnh báo, 47 lưu ý." in run.stdout
    assert "không làm thay đổi kết quả nào" in " ".join(run.stdout.split())
    assert run.returncode == 3, "because of the data problems alone"


def test_the_sheet_holds_what_the_table_holds_and_says_that_no_verdict_changes(sample_run: Run) -> None:
    sheet = openpyxl.load_workbook(sample_run[0] / "ket-qua.xlsx")["Kiểm tra chéo"]
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[1][0].startswith("SỐ LIỆU MINH HỌA")
    assert "không làm thay đổi kết quả nào" in str(lines[2][0])
    header = next(i for i, line in enumerate(lines) if line[0] == "Mã kiểm tra")
    shown = [(line[0], line[2], line[6], line[7], line[9]) for line in lines[header + 1 :]]
    gravest_first = ("error", "warning", "info").index
    table = sorted(rows(sample_run[0] / "cross-checks.csv"), key=lambda row: gravest_first(row["severity"]))
    assert shown == [tuple(row[k] for k in ("check", "commune_code", "message", "mend", "places")) for row in table]


def test_findings_alone_leave_the_status_at_zero(ntm: Ntm, tmp_path: Path) -> None:
    done = ntm("batch", SAMPLE / "03424-ban-bo.xlsx", "--out", tmp_path / "out", "--lang", "en")
    assert done.returncode == 0
    assert (
        "Cross-checks: errors 0, warnings 2, notes 2. They ask for a second look and change no verdict." in done.stdout
    )
    table = rows(tmp_path / "out" / "cross-checks.csv")
    assert {row["check"] for row in table} == {"KC20", "KC31", "KC43"}
    assert table[0]["message"].startswith("8.1.b Share of household solid waste")
    assessed = ntm("assess", SAMPLE / "03424-ban-bo.xlsx")
    assert assessed.returncode == 0
    shown = " ".join(assessed.stdout.partition("Kiểm tra chéo")[2].split())
    assert re.findall(r"KC\d+(?= \()", shown) == ["KC20", "KC43", "KC31"], "the gravest first, the long list last"
    assert "2.1.a, 2.1.b, 2.2.a, 2.3, 3.3.b và 26 nội dung khác" in shown
    assert "34,69%; năm trước 61,85%: thay đổi 27,16 điểm %" in shown
    assert "ntm batch ghi đầy đủ vào cross-checks.csv" in shown


def test_verdicts_are_the_same_bytes_without_the_catalogue(ntm: Ntm, tmp_path: Path) -> None:
    import shutil

    from tests.conftest import ROOT

    bare = tmp_path / "bare"
    shutil.copytree(ROOT / "criteria" / "lai-chau-2026-2030", bare)
    header = bare / "criteria-set.yaml"
    header.write_text(header.read_text(encoding="utf-8").replace("cross_checks: cross-checks.yaml\n", ""), "utf-8")
    data = SAMPLE / "03549-phong-tho.xlsx"
    for name, law_ in (("with", ()), ("without", ("--criteria", bare))):
        done = ntm("batch", data, "--overlay", ILLUSTRATIVE, "--out", tmp_path / name, *law_)
        assert done.returncode == 0
        assert ("Kiểm tra chéo" in done.stdout) == (name == "with")
    for table in ("verdicts.csv", "gaps.csv", "summary.csv", "problems.csv"):
        assert (tmp_path / "with" / table).read_bytes() == (tmp_path / "without" / table).read_bytes()
    assert rows(tmp_path / "without" / "cross-checks.csv") == []
    assert "Kiểm tra chéo" not in openpyxl.load_workbook(tmp_path / "without" / "ket-qua.xlsx").sheetnames


def test_its_own_table_is_not_taken_for_figures(ntm: Ntm, sample_run: Run) -> None:
    done = ntm("assess", sample_run[0] / "cross-checks.csv", "--lang", "en")
    assert done.returncode == 2
    assert "these are results of this program, not reports; they were not read" in done.stdout
