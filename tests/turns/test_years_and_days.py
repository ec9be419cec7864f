"""Figures of several years and days, as the commands have them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import shutil
from pathlib import Path

import pytest

from ntm_rules.evaluation.engines import ENGINES, evaluate_with
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.loader import LoadedSet, load_overlay, load_set
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.reading import read
from ntm_rules.runs.rulebook import open_rulebook
from ntm_rules.workbench.comparing.history import history
from ntm_rules.workbench.testing.cases import read_cases
from ntm_rules.workbench.testing.runner import run
from tests.conftest import Ntm
from tests.turns.conftest import TURNS
from tests.turns.test_turns import said

FIGURES = """\
commune_code,year,measure,value,numerator,denominator
91010,2026,average_income,46,,
91010,2025,average_income,45,,
91010,2024,average_income,43,,
91010,2020,average_income,40,,
91010,2026,poor_households_share,,17,200
91010,2025,poor_households_share,,30,300
91010,2026,offences,5,,
91010,2025,offences,0,,
91010,2026,electricity_share,,1899,2000
91010,2026,tea_output,140,,
91010,2020,tea_output,100,,
91010,2026,party_grade,Hoàn thành,,
91010,2025,party_grade,Không hoàn thành,,
91010,2026,plan_approved_on,15/02/2026,,
91010,2026,recognised_on,2023-12-31,,
91010,2026,survey_on,46235,,
91020,2026,plan_approved_on,13/30/2025,,
91020,2026,survey_on,2026,,
"""
VERDICTS = {
    "2.1.a": Verdict.NOT_MET,
    "2.1.b": Verdict.NOT_MET,
    "2.2.a": Verdict.NOT_MET,
    "2.2.b": Verdict.NOT_MET,
    "2.3": Verdict.NOT_MET,
    "2.4": Verdict.MET,
    "2.5": Verdict.NOT_MET,
    "2.6.a": Verdict.NOT_MET,
    "3.1": Verdict.NOT_MET,
    "3.2.min": Verdict.MET,
    "3.2.max": Verdict.MET,
    "3.3.min": Verdict.MET,
    "3.3.max": Verdict.MET,
}


@pytest.fixture
def old_communes(tmp_path: Path) -> Path:
    """The set, its communes as old as its figures."""
    folder = tmp_path / "bo"
    shutil.copytree(TURNS, folder)
    register = folder / "communes.csv"
    register.write_text(register.read_text(encoding="utf-8").replace("2025-07-01", "2019-01-01"), encoding="utf-8")
    return folder


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    path = tmp_path / "so-lieu.csv"
    path.write_text(FIGURES, encoding="utf-8")
    return path


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_takes_the_years_that_the_law_names(old_communes: Path, figures: Path, engine: str) -> None:
    problem = ENGINES[engine].unusable()
    if problem is not None:
        pytest.skip(problem.render("en"))
    rulebook = open_rulebook(LawAsked(str(old_communes)))
    dataset = read(rulebook, [figures])
    evaluation = evaluate_with(engine, rulebook.for_year(2026), dataset.records, years=[2026])
    at = evaluation.records.codes.index("91010")
    rows = {id_: evaluation.row_of["requirement", id_] for id_ in VERDICTS}
    assert {id_: evaluation.verdict(row, at) for id_, row in rows.items()} == VERDICTS


def test_an_explanation_names_every_year_and_what_is_made_of_it(ntm: Ntm, old_communes: Path, figures: Path) -> None:
    def explained(indicator: str) -> str:
        return said(ntm("explain", figures, "--criteria", old_communes, "--commune", "91010", "--indicator", indicator))

    words = explained("2.1")
    assert "Năm 2024, “Thu nhập bình quân đầu người” là 43 triệu đồng" in words
    assert "Bình quân 3 năm: 44,66 triệu đồng." in words
    assert "còn thiếu 0,34 triệu đồng: 1 triệu đồng" in words or "còn thiếu 0,34 triệu đồng, tức 1 triệu đồng" in words
    assert "Tốc độ tăng so với năm 2020: 15%" in words
    words = explained("2.2")
    assert "Thay đổi so với năm trước: -1,5 điểm %." in words
    assert "vượt 0,5 điểm %, tức 1 hộ" in words
    assert "Làm tròn đến 1 chữ số thập phân: 95%." in explained("2.4")
    assert "tăng từ 0: phải giảm 5 vụ" in explained("2.3")
    assert "muộn 46 ngày (1 tháng 15 ngày)" in explained("3.1")


def test_a_day_that_cannot_be_read_is_told_by_its_cell(ntm: Ntm, old_communes: Path, figures: Path) -> None:
    result = ntm("assess", figures, "--criteria", old_communes, "--commune", "91020")
    words = " ".join(result.stdout.split())
    assert "«13/30/2025» không phải là ngày" in words
    assert "«2026» không phải là ngày" in words


def test_a_missing_year_is_owed_by_its_name(ntm: Ntm, old_communes: Path, tmp_path: Path) -> None:
    data = tmp_path / "so-lieu.csv"
    data.write_text("commune_code,year,measure,value\n91010,2026,average_income,46\n", encoding="utf-8")
    words = said(ntm("explain", data, "--criteria", old_communes, "--commune", "91010", "--indicator", "2.1"))
    assert "Năm 2020, xã chưa báo cáo “Thu nhập bình quân đầu người”" in words
    assert "“Thu nhập bình quân đầu người” năm 2025" in words
    assert "“Thu nhập bình quân đầu người” năm 2020 (số lớn hơn 0)" in words


def test_a_supposed_day_and_a_supposed_fall_are_taken(ntm: Ntm, old_communes: Path, figures: Path) -> None:
    words = said(ntm("whatif", figures, "--criteria", old_communes, "--set", "3.1=1/3/2026", "--set", "2.2.b=-1"))
    assert "3.1 Quy hoạch được phê duyệt" in words
    refused = ntm("whatif", figures, "--criteria", old_communes, "--set", "3.1=2026")
    assert refused.returncode == 2
    assert "2025-12-31" in refused.stdout + refused.stderr


def test_what_is_taken_otherwise_is_told_as_a_change_of_the_law(ntm: Ntm, tmp_path: Path) -> None:
    changed = tmp_path / "sua"
    shutil.copytree(TURNS, changed)
    rules = changed / "02-nhieu-nam" / "rules.yaml"
    text = rules.read_text(encoding="utf-8").replace("taken: {mean_of: 3}", "taken: {mean_of: 2}")
    rules.write_text(text.replace("  rounded_to: 1\n", ""), encoding="utf-8")
    days = changed / "03-ngay" / "rules.yaml"
    days.write_text(days.read_text(encoding="utf-8").replace("2025-12-31", "2026-06-30"), encoding="utf-8")
    result = ntm("rules", "diff", TURNS, changed)
    assert result.returncode == 1, result.stdout + result.stderr
    words = " ".join(result.stdout.split())
    assert "Cách lấy số liệu bình quân [-3-] năm bình quân {+2+} năm" in words
    for id_ in ("2.1.a", "2.4", "3.1"):
        assert id_ in words


def test_an_overlay_fixes_a_day(ntm: Ntm, old_communes: Path, figures: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "gia-dinh.overlay.yaml"
    overlay.write_text(
        "id: lui-ngay\napplies_to: cach-noi-2026-2030\ntitle: {vi: Lùi ngày (giả định), en: Later (invented)}\n"
        "illustrative: true\npromulgated: 2026-02-01\neffective: {from: 2026-02-01}\n"
        'set:\n  "3.1": {vung-cao: 2026-02-15, vung-thap: 2026-03-01}\n',
        encoding="utf-8",
    )
    words = said(
        ntm(
            "explain",
            figures,
            "--criteria",
            old_communes,
            "--overlay",
            overlay,
            "--commune",
            "91010",
            "--indicator",
            "3.1",
        )
    )
    assert "3.1: ĐẠT" in words
    assert "chậm nhất ngày 15/02/2026" in words


BY_AREA = (
    "{by: khu-vuc, values: {bien-gioi: 2026-02-15, kho-khan: not_applicable, dao: {pending: {decision: quyet-dinh-sau}}},"
    " default: 2026-02-14}"
)


@pytest.fixture
def by_area(tmp_path: Path) -> Path:
    """A decision whose day differs by a classification of the register."""
    overlay = tmp_path / "gia-dinh.overlay.yaml"
    overlay.write_text(
        "id: theo-vung\napplies_to: cach-noi-2026-2030\ntitle: {vi: Theo vùng (giả định), en: By area (invented)}\n"
        "illustrative: true\npromulgated: 2026-02-01\neffective: {from: 2026-02-01}\n"
        f'set:\n  "3.1": {BY_AREA}\n',
        encoding="utf-8",
    )
    return overlay


@pytest.mark.parametrize(
    ("area", "reason"),
    [("bien-gioi", "reached"), ("kho-khan", "class_exempt"), ("dao", "target_pending"), ("", "too_late")],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_days_differ_by_class_of_communes(
    old_communes: Path, figures: Path, by_area: Path, engine: str, area: str, reason: str
) -> None:
    problem = ENGINES[engine].unusable()
    if problem is not None:
        pytest.skip(problem.render("en"))
    register = old_communes / "communes.csv"
    rows = list(csv.DictReader(io.StringIO(register.read_text(encoding="utf-8"))))
    with register.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0]])
        writer.writeheader()
        writer.writerows({**row, "khu-vuc": area if row["code"] == "91010" else row["khu-vuc"]} for row in rows)
    rulebook = open_rulebook(LawAsked(str(old_communes), overlays=(by_area,)))
    dataset = read(rulebook, [figures])
    evaluation = evaluate_with(engine, rulebook.for_year(2026), dataset.records, years=[2026])
    at = evaluation.records.codes.index("91010")
    assert evaluation.reason(evaluation.row_of["requirement", "3.1"], at) == reason


def test_the_day_of_a_class_may_be_supposed(ntm: Ntm, old_communes: Path, figures: Path, by_area: Path) -> None:
    law = ["whatif", figures, "--criteria", old_communes, "--overlay", by_area]
    words = said(ntm(*law, "--set", "3.1=bien-gioi:14/2/2026;kho-khan:not_applicable"))
    assert "14/02/2026" in words
    refused = ntm(*law, "--set", "3.1=bien-gioi:70;default:1/3/2026")
    assert refused.returncode == 2
    assert "70" in refused.stdout + refused.stderr


CLASSED = """\
- id: "3.4"
  text: Có nhà văn hóa trước ngày 31/12/2025 ở xã biên giới, còn lại trước ngày 30/6/2025
  text_en: A house of culture by 31/12/2025 in border communes, elsewhere by 30/6/2025
  source: {document: nghi-quyet-9, article: Điều 5, row: "3.4"}
  lead: so-nong-lam
  cooperating: [ubnd-cac-xa]
  years: {from: 2026, to: 2030}
  day: survey_on
  no_later_than:
    by: khu-vuc
    values: {bien-gioi: 2025-12-31, kho-khan: {pending: {decision: quyet-dinh-sau}}, dao: not_applicable}
    default: 2025-06-30
"""


@pytest.mark.long
def test_tests_of_days_by_class_and_of_earlier_years_are_drafted_and_pass(
    ntm: Ntm, old_communes: Path, tmp_path: Path
) -> None:
    rules = old_communes / "03-ngay" / "rules.yaml"
    rules.write_text(rules.read_text(encoding="utf-8") + CLASSED, encoding="utf-8")
    told = ntm("rules", "test", old_communes, "--coverage")
    assert (told.returncode, "3.4: sát trên 30/6/2025 của còn lại" in told.stdout) == (0, True), told.stderr
    printed = ntm("rules", "test", old_communes, "--draft")
    assert printed.returncode == 0, printed.stderr
    path = tmp_path / "drafts.yaml"
    path.write_text(printed.stdout, encoding="utf-8")
    cases = read_cases(load_set(old_communes), [(path, path.name)])
    assert {"3.4", "2.1.b"} <= {case.test.of for case in cases}
    assert [(one.case.test.name, one.differences) for one in run(cases, "columnar") if not one.passed] == []


# --- a time before the appraisal, over the years -------------------------------------------------


def test_a_history_says_a_time_before_the_appraisal_once_and_no_day_that_is_only_reckoned(
    turns: LoadedSet, ntm: Ntm
) -> None:
    assert [(span.from_.year, span.to.year) for span in history(turns, "3.2")] == [(2026, 2030)]
    words = said(ntm("rules", "history", "3.2", "--criteria", TURNS))
    assert "trong vòng 3 năm trước khi xét" in words
    assert "không sau ngày xét" in words
    assert "/12/" not in words.removeprefix("Từ ngày 01/01/2026 đến ngày 31/12/2030")
    (span,) = json.loads(ntm("rules", "history", "3.2", "--criteria", TURNS, "--format", "json").stdout)["spans"]
    first, last = (part["target"] for part in span["indicator"]["condition"]["children"])
    assert [(one["value"], one["within"]) for one in (first, last)] == [(None, {"years": 3})] * 2


def test_a_history_turns_where_a_decision_states_another_time(turns: LoadedSet, ntm: Ntm, tmp_path: Path) -> None:
    path = tmp_path / "sua.overlay.yaml"
    path.write_text(
        "id: sua\napplies_to: cach-noi-2026-2030\ntitle: {vi: Sửa, en: Amended}\n"
        "document: {number: 9/QĐ, date: 2027-05-01, issuer: UBND, title: {vi: Sửa, en: Amended}}\n"
        "promulgated: 2027-05-01\neffective: {from: 2028-07-01}\n"
        'change:\n  "3.2": {within: {months: 30}, article: Điều 1}\n  "3.3": {within: {days: 90}, article: Điều 2}\n',
        encoding="utf-8",
    )
    for id_ in ("3.2", "3.3"):
        spans = history(turns, id_, [load_overlay(path)])
        assert [span.from_ for span in spans] == [dt.date(2026, 1, 1), dt.date(2028, 7, 1)]
        assert "changed" in [turn.amendment.kind for turn in spans[1].turns]
    words = said(ntm("rules", "history", "3.2", "--criteria", TURNS, "--overlay", path))
    assert "trong vòng 30 tháng trước khi xét" in words
