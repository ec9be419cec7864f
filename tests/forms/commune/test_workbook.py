"""A blank form, looked at with another program: what may be filled in, what is offered, what it says of itself."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from python_calamine import CalamineWorkbook

from ntm_rules.dataset.rows.form_facts import facts_in
from ntm_rules.forms.commune.filled import Answer, Filled
from ntm_rules.forms.commune.making import FormMaker
from ntm_rules.i18n import use_language
from ntm_rules.rulebook.describe import resolved_hash
from ntm_rules.rulebook.loader import load_set
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.spreadsheet.paper import A3, A4
from tests.forms.commune.conftest import Officer, Read
from tests.other_set.conftest import SET
from tests.turns.conftest import TURNS

SHEETS = ["Hướng dẫn", "Số liệu", "Minh chứng", "Tổng hợp", "ntm_tinh", "ntm"]


@pytest.fixture(scope="module")
def form(blank: bytes) -> Officer:
    return Officer(blank)


def test_sheets_stand_in_the_order_of_the_work_and_what_reckons_is_hidden(form: Officer) -> None:
    assert form.book.sheetnames == SHEETS
    states = {sheet.title: sheet.sheet_state for sheet in form.book.worksheets}
    assert {name for name, state in states.items() if state == "veryHidden"} == {"ntm_tinh", "ntm"}


def test_exactly_the_cells_to_fill_in_are_unlocked(form: Officer, maker: FormMaker) -> None:
    sheet = form.book["Số liệu"]
    assert sheet.protection.sheet
    unlocked = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    expected = set()
    for name in (*maker.rules.reported_measures, "recognition_decision"):
        measure = maker.rules.measures[name]
        roles = ["value", "note"]
        roles += ["numerator", "denominator"] if measure.kind == "share" else []
        roles += ["previous"] if measure.kind == "growth" else []
        expected |= {form.cell(name, role).coordinate for role in roles}
    assert unlocked == expected


def test_the_sheets_that_only_tell_are_locked_and_evidence_takes_documents(form: Officer) -> None:
    for name in ("Hướng dẫn", "Tổng hợp"):
        sheet = form.book[name]
        assert sheet.protection.sheet
        assert all(cell.protection.locked for row in sheet.iter_rows() for cell in row)
    evidence = form.cell("planning_criterion_met", "number", evidence=True).parent
    assert evidence.protection.sheet
    assert not form.cell("planning_criterion_met", "date", evidence=True).protection.locked


def test_the_lead_agencys_columns_are_locked(form: Officer) -> None:
    sheet = form.book["Số liệu"]
    heads = {cell.value: cell.column for cell in sheet[5]}
    for head in ("Ý kiến cơ quan chủ trì", "Nhận xét của cơ quan chủ trì"):
        column = [sheet.cell(row, heads[head]) for row in range(6, sheet.max_row + 1)]
        assert all(cell.protection.locked for cell in column)


def rule(form: Officer, measure: str, role: str = "value") -> DataValidation:
    cell = form.cell(measure, role)
    (found,) = [r for r in cell.parent.data_validations.dataValidation if cell.coordinate in r.sqref]
    return found


@pytest.mark.parametrize(
    ("measure", "offered"),
    [
        ("planning_criterion_met", '"Có,Không"'),
        ("solid_waste_system_exists", '"Có,Không"'),
        ("solid_waste_system_compliant", '"Có,Không,Không áp dụng"'),
        ("culture_standard_ruling", '"Đạt,Không đạt,Chưa có kết luận"'),
        (
            "government_grade",
            '"Không hoàn thành nhiệm vụ,Hoàn thành nhiệm vụ,Hoàn thành tốt nhiệm vụ,Hoàn thành xuất sắc nhiệm vụ"',
        ),
    ],
)
def test_answers_are_offered_and_not_applicable_only_where_the_law_says_if_any(
    form: Officer, measure: str, offered: str
) -> None:
    found = rule(form, measure)
    assert (found.type, found.formula1) == ("list", offered)
    assert found.error == "Chọn trong danh sách, hoặc để trống."


def test_numbers_are_held_to_what_can_be_and_say_so_in_vietnamese(form: Officer) -> None:
    households = rule(form, "households_clean_water_share", "numerator")
    assert (households.type, households.operator or "between", float(households.formula1)) == ("whole", "between", 0)
    assert households.error == "Ghi số nguyên, từ 0 đến 1.000.000.000.000."
    roads = rule(form, "commune_roads_to_standard_share", "denominator")
    assert roads.type == "decimal"
    assert roads.prompt == "Tổng chiều dài đường xã theo quy hoạch (km)"
    percent = rule(form, "online_procedures_share")
    assert (float(percent.formula1), float(percent.formula2)) == (0, 100)
    income = rule(form, "income_per_capita")
    assert (float(income.formula1), float(income.formula2)) == (1, 1000)


def test_the_law_the_evidence_and_the_agency_stand_in_a_note(form: Officer) -> None:
    note = form.book["Số liệu"].cell(form.cell("online_procedures_share", "value").row, 2).comment
    assert note is not None
    for words in (
        "Nguyên văn: tỷ lệ thủ tục hành chính được thực hiện theo dịch vụ công trực tuyến toàn trình đạt",
        "Nguồn: 5434/KH-UBND, Phụ lục III, dòng 9.2",
        "Cơ quan chủ trì: Văn phòng Ủy ban nhân dân tỉnh",
        "Minh chứng: ",
    ):
        assert words in note.text


def test_it_prints_across_with_the_heads_on_every_page_on_a3_only_where_a4_cannot_be_read(form: Officer) -> None:
    for name, paper in (("Số liệu", A3), ("Minh chứng", A3), ("Tổng hợp", A4)):
        sheet = form.book[name]
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (paper, "landscape"), name
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, name
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0), name
        assert sheet.print_title_rows == ("$6:$6" if name == "Tổng hợp" else "$5:$5"), name


def test_cells_have_names(form: Officer) -> None:
    names = form.book.defined_names
    assert names["ntm_code"].attr_text == "'Số liệu'!$B$3"
    cell = form.cell("households_clean_water_share", "denominator")
    assert names["denominator_households_clean_water_share"].attr_text == f"'Số liệu'!${cell.column_letter}${cell.row}"


def test_it_says_of_itself_which_set_law_commune_and_year_it_is_for(blank: bytes, maker: FormMaker) -> None:
    rows = list(enumerate(openpyxl.load_workbook(io.BytesIO(blank))["ntm"].iter_rows(values_only=True)))
    facts = facts_in([(number, ["" if cell is None else cell for cell in row]) for number, row in rows])  # type: ignore[misc]
    assert facts is not None
    assert (facts.format, facts.set, facts.version) == ("1", "lai-chau-2026-2030", maker.rules.version)
    assert (facts.commune, facts.year, facts.law) == ("03394", "2026", resolved_hash(maker.rules))
    assert set(facts.signatures) == {*maker.rules.reported_measures, "recognition_decision"}


def test_the_same_form_has_the_same_bytes(maker: FormMaker, blank: bytes) -> None:
    assert maker.form(maker.rules.communes["03394"]) == blank


def test_pandas_reads_it_too(blank: bytes) -> None:
    frame = pd.read_excel(io.BytesIO(blank), sheet_name="Số liệu", header=4, engine="openpyxl")
    assert frame["Mã số liệu"].dropna().nunique() == 81
    assert set(frame["Kết quả tự tính"].dropna()) == {"Chưa có số liệu"}


def test_a_blank_form_reports_nothing_and_says_so(blank: bytes, read: Read) -> None:
    dataset = read(blank)
    assert [problem.code for problem in dataset.problems] == ["form-not-filled"]
    assert [(record.code, record.year, dict(record.values)) for record in dataset.records] == [("03394", 2026, {})]


def test_last_years_figures_stand_beside_the_cells_and_are_carried(maker: FormMaker, read: Read) -> None:
    before = {"income_per_capita": Answer(41.5), "households_clean_water_share": Answer("", 600, 1930)}
    form = maker.form(maker.rules.communes["03394"], Filled(previous=before))
    officer = Officer(form)
    assert officer.cell("income_per_capita", "previous").value == 41.5
    assert officer.cell("income_per_capita", "previous").protection.locked
    assert officer.cell("households_clean_water_share", "previous").value == "600/1930"
    dataset = read(officer.put("income_per_capita", value=44.82).data())
    assert {record.year: set(record.values) for record in dataset.records} == {
        2025: {"income_per_capita"},
        2026: {"income_per_capita"},
    }
    carried = dataset.record("03394", 2026).carried  # type: ignore[union-attr]
    assert (carried["households_clean_water_share"].value, carried["households_clean_water_share"].base) == (600, 1930)


def test_a_form_for_any_commune_offers_them_all(maker: FormMaker) -> None:
    officer = Officer(maker.form(None))
    name = officer.book["Số liệu"]["D3"]
    assert not name.protection.locked
    (offered,) = [r for r in name.parent.data_validations.dataValidation if "D3" in r.sqref]
    source = offered.formula1.removeprefix("ntm!").replace("$", "")
    cells = [cell.value for (cell,) in officer.book["ntm"][source]]
    assert sorted(cells) == sorted(commune.name for commune in maker.rules.communes.within())


def test_what_is_filled_in_stands_with_its_results_before_any_program_reckons(maker: FormMaker) -> None:
    answers = {"planning_criterion_met": Answer("Có"), "online_procedures_share": Answer("", 116, 130)}
    form = maker.form(maker.rules.communes["03394"], Filled(answers=answers))
    sheet = openpyxl.load_workbook(io.BytesIO(form), data_only=True)["Số liệu"]
    results = {row[13].value: row[9].value for row in sheet.iter_rows(min_row=6) if row[13].value}
    assert results["planning_criterion_met"] == "Đạt"
    assert results["online_procedures_share"] == "Chưa đạt"
    assert results["food_safety_ensured"] == "Chưa có số liệu"


def test_illustrative_targets_are_said_on_every_sheet_of_figures(form: Officer) -> None:
    assert "KHÔNG PHẢI QUY ĐỊNH" in str(form.book["Số liệu"]["B4"].value)


def test_a_formula_typed_as_an_answer_stays_text(maker: FormMaker, tmp_path: Path) -> None:
    answers = {"planning_criterion_met": Answer("=HYPERLINK(1)", note="=cmd|' /C calc'!A0")}
    officer = Officer(maker.form(maker.rules.communes["03394"], Filled(answers=answers)))
    for role, typed in (("value", "=HYPERLINK(1)"), ("note", "=cmd|' /C calc'!A0")):
        cell = officer.cell("planning_criterion_met", role)
        assert (cell.data_type, cell.value) == ("s", typed)


def test_in_english_nothing_of_ours_is_vietnamese(maker: FormMaker, read: Read) -> None:
    use_language("en")
    form = maker.form(maker.rules.communes["03394"], Filled(answers={"planning_criterion_met": Answer("Yes")}))
    use_language(None)
    book = openpyxl.load_workbook(io.BytesIO(form))
    assert book.sheetnames == ["Guide", "Figures", "Evidence", "Summary", "ntm_tinh", "ntm"]
    assert [cell.value for cell in book["Figures"][5]][:5] == ["No.", "Label", "Unit", "Value", "Numerator"]
    dataset = read(form)
    assert dataset.problems == []
    assert set(dataset.record("03394", 2026).values) == {"planning_criterion_met"}  # type: ignore[union-attr]


def test_another_set_has_its_forms_too(read: Read) -> None:
    other = load_set(SET)
    maker = FormMaker(other, resolve(other, as_of=dt.date(2032, 12, 31)), 2032)
    commune = maker.rules.communes.within()[0]
    officer = Officer(maker.form(commune)).put("fishing_boats", value=2).put("has_coast", value="Có")
    dataset = read(officer.data(), of=other)
    assert dataset.problems == []
    assert set(dataset.record(commune.code, 2032).values) == {"fishing_boats", "has_coast"}  # type: ignore[union-attr]


@pytest.mark.parametrize(("answer", "target"), [("Có", 5), ("Không", 3), ("", "")])
def test_a_target_chosen_by_an_answer_is_stored_as_the_answer_has_it(answer: str, target: object) -> None:
    """A program that reckons only what is typed would take any number for one that reaches an empty target."""
    law = load_set(TURNS)
    maker = FormMaker(law, resolve(law, as_of=dt.date(2026, 12, 31)), 2026)
    filled = Filled(answers={"has_industrial_zone": Answer(answer)} if answer else {})
    form = maker.form(maker.rules.communes.within()[0], filled)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(form)).get_sheet_by_name("ntm_tinh").to_python()
    assert {row[0]: row[2] for row in rows}["node 1.6.c"] == target
