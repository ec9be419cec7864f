"""Forms however they were mistreated: what was typed is read as typed, or a message says where and why not."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from ntm_rules.dataset.cells.numbers import Percent
from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.records import Dataset, State
from ntm_rules.dataset.rows.form_facts import CALCULATION_SHEET, FACTS_SHEET
from ntm_rules.forms.commune.filled import Answer, DocumentRow, Filled
from ntm_rules.forms.commune.making import FormMaker
from ntm_rules.rulebook.loader import LoadedSet, load_set
from ntm_rules.rulebook.resolve import resolve
from tests.forms.commune.conftest import Officer, Read, Recalculate
from tests.other_set.conftest import SET


def a_few(officer: Officer) -> Officer:
    """A form filled in here and there."""
    return (
        officer.put("planning_criterion_met", value="Có")
        .put("commune_roads_to_standard_share", numerator=12.345, denominator=24.69)
        .put("income_per_capita", value=44.5, previous=41)
        .put("government_grade", value="Hoàn thành tốt nhiệm vụ")
        .put("online_procedures_share", value=(0.825, "0.0%"))
        .document("planning_criterion_met", number="12/QĐ-UBND", date="05/6/2026", issuer="UBND tỉnh")
    )


@pytest.fixture(scope="module")
def few(blank: bytes) -> bytes:
    return a_few(Officer(blank)).data()


def figures(dataset: Dataset, code: str = "03394") -> dict[tuple[int, str], tuple[int, int]]:
    return {
        (record.year, name): (reported.value, reported.base)
        for record in dataset.records
        if record.code == code
        for name, reported in record.values.items()
        if reported.state is State.PRESENT
    }


EXPECTED = {
    (2025, "income_per_capita"): (410_000_000, 0),
    (2026, "planning_criterion_met"): (1, 0),
    (2026, "commune_roads_to_standard_share"): (12_345, 24_690),
    (2026, "income_per_capita"): (445_000_000, 0),
    (2026, "government_grade"): (2, 0),
    (2026, "online_procedures_share"): (825_000_000, 1_000_000_000),
}


def test_a_form_is_read_as_it_was_filled_in(few: bytes, read: Read) -> None:
    dataset = read(few)
    assert dataset.problems == []
    assert figures(dataset) == EXPECTED
    (document,) = dataset.record("03394", 2026).evidence  # type: ignore[union-attr]
    assert (document.measure, document.number, document.date, document.issuer) == (
        "planning_criterion_met",
        "12/QĐ-UBND",
        dt.date(2026, 6, 5),
        "UBND tỉnh",
    )
    assert document.place is not None
    assert document.place.sheet == "Minh chứng"


Mistreat = Callable[[Officer], None]


def main_sheet(officer: Officer) -> Worksheet:
    return officer.cell("planning_criterion_met", "value").parent  # type: ignore[no-any-return]


def rename_sheets(officer: Officer) -> None:
    for number, sheet in enumerate(officer.sheets()):
        sheet.title = f"Sheet{number}"


def reorder_sheets(officer: Officer) -> None:
    officer.book._sheets.reverse()  # type: ignore[attr-defined]


def show_and_rename_the_hidden_sheet(officer: Officer) -> None:
    officer.book[FACTS_SHEET].title = "Sheet9"
    officer.book["Sheet9"].sheet_state = "hidden"


def insert_rows(officer: Officer) -> None:
    for merged in list(main_sheet(officer).merged_cells.ranges):
        main_sheet(officer).unmerge_cells(str(merged))
    main_sheet(officer).insert_rows(9, 3)
    main_sheet(officer).insert_rows(1)


def insert_a_column(officer: Officer) -> None:
    for merged in list(main_sheet(officer).merged_cells.ranges):
        main_sheet(officer).unmerge_cells(str(merged))
    main_sheet(officer).insert_cols(3)


def delete_other_sheets(officer: Officer) -> None:
    for name in ("Hướng dẫn", "Tổng hợp", CALCULATION_SHEET):
        del officer.book[name]


def delete_the_hidden_sheets(officer: Officer) -> None:
    for name in (FACTS_SHEET, CALCULATION_SHEET):
        del officer.book[name]


def delete_the_head(officer: Officer) -> None:
    for row in main_sheet(officer).iter_rows(min_row=1, max_row=4):
        for cell in row:
            cell.value = None


def unprotect_and_clear_formats(officer: Officer) -> None:
    for sheet in officer.sheets():
        sheet.protection.sheet = False
        sheet.data_validations.dataValidation.clear()


def scribble_below(officer: Officer) -> None:
    sheet = main_sheet(officer)
    sheet.cell(sheet.max_row + 3, 2).value = "Người lập biểu: Nguyễn Văn A"


def sort_rows(officer: Officer) -> None:
    """Turn the rows of questions round, headings and all."""
    sheet = main_sheet(officer)
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)]
    formats = [[cell.number_format for cell in row] for row in sheet.iter_rows(min_row=6)]
    for at, (values, looks) in enumerate(zip(reversed(rows), reversed(formats), strict=True), start=6):
        for column, (value, look) in enumerate(zip(values, looks, strict=True), start=1):
            sheet.cell(at, column).value = None if str(value).startswith("=") else value
            sheet.cell(at, column).number_format = look


@pytest.mark.parametrize(
    "mistreat",
    [
        rename_sheets,
        reorder_sheets,
        show_and_rename_the_hidden_sheet,
        insert_rows,
        insert_a_column,
        delete_other_sheets,
        delete_the_hidden_sheets,
        delete_the_head,
        unprotect_and_clear_formats,
        scribble_below,
        sort_rows,
    ],
    ids=lambda one: one.__name__,
)
def test_it_reads_the_same_when_it_was_mistreated(few: bytes, read: Read, mistreat: Mistreat) -> None:
    officer = Officer(few)
    mistreat(officer)
    dataset = read(officer.data())
    assert figures(dataset) == EXPECTED
    assert [problem.code for problem in dataset.problems if problem.severity == "error"] == []


def test_saved_again_by_libreoffice_it_reads_the_same(few: bytes, read: Read, recalculate: Recalculate) -> None:
    dataset = read(recalculate({"a": few})["a"])
    assert figures(dataset) == EXPECTED
    assert dataset.problems == []


def rewritten(form: bytes, edit: Callable[[str, str], str], drop: tuple[str, ...] = ()) -> bytes:
    """The form with the XML of its parts edited, as other programs write it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            if name not in drop:
                text = before.read(name).decode("utf-8")
                after.writestr(name, edit(name, text))
    return stream.getvalue()


def inlined(form: bytes) -> bytes:
    """Texts inside their cells instead of in a table of their own, as some exports have them."""
    with zipfile.ZipFile(io.BytesIO(form)) as package:
        name = next(name for name in package.namelist() if "sharedStrings" in name)
        shared = re.findall(r"<si>(.*?)</si>", package.read(name).decode(), re.S)

    def edit(name: str, text: str) -> str:
        if not name.startswith("xl/worksheets/sheet"):
            return text
        return re.sub(r't="s"([^>]*)><v>(\d+)</v>', lambda m: f't="inlineStr"{m[1]}><is>{shared[int(m[2])]}</is>', text)

    return rewritten(form, edit)


def without_references(form: bytes) -> bytes:
    """Rows and cells that do not say where they stand, of no style: allowed, and found in the wild."""

    def edit(name: str, text: str) -> str:
        if not name.startswith("xl/worksheets/sheet"):
            return text
        text = re.sub(r'<row r="(\d+)"[^>]*?(/?)>', r'<row r="\1"\2>', text)
        return text.replace("<sheetData>", "<sheetData >")

    return rewritten(form, edit)


def bare(form: bytes) -> bytes:
    """Without properties, comments, calculation chain and theme, as a web export writes it."""

    def edit(name: str, text: str) -> str:
        if name == "[Content_Types].xml":
            text = re.sub(r'<Override PartName="/(docProps|xl/theme|xl/calcChain|xl/comments)[^>]*/>', "", text)
        if name.endswith("workbook.xml.rels"):
            text = re.sub(r"<Relationship [^>]*(theme|calcChain)[^>]*/>", "", text)
        if name == "_rels/.rels":
            text = re.sub(r"<Relationship [^>]*docProps[^>]*/>", "", text)
        if name.startswith("xl/worksheets/sheet"):
            text = re.sub(r"<legacyDrawing[^>]*/>", "", text)
        return text

    return rewritten(form, edit, ("docProps/core.xml", "docProps/app.xml", "xl/theme/theme1.xml"))


@pytest.fixture(scope="module")
def few_of_ours(maker: FormMaker) -> bytes:
    """The same form, filled in by the program that writes forms."""
    answers = {
        "planning_criterion_met": Answer("Có"),
        "commune_roads_to_standard_share": Answer("", 12.345, 24.69),
        "income_per_capita": Answer(44.5),
        "government_grade": Answer("Hoàn thành tốt nhiệm vụ"),
        "online_procedures_share": Answer(Percent(0.825)),
    }
    documents = [DocumentRow("planning_criterion_met", "12/QĐ-UBND", "05/6/2026", "UBND tỉnh")]
    filled = Filled(answers, {"income_per_capita": Answer(41)}, documents)
    return maker.form(maker.rules.communes["03394"], filled)


@pytest.mark.parametrize("written", [inlined, without_references, bare], ids=lambda one: one.__name__)
def test_other_ways_of_writing_the_same_workbook_read_the_same(
    few_of_ours: bytes, read: Read, written: Callable[[bytes], bytes]
) -> None:
    dataset = read(written(few_of_ours))
    assert figures(dataset) == EXPECTED
    assert dataset.problems == []


# --- entries ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "code", "at"),
    [
        ({"numerator": "1.234", "denominator": 5000}, "number-two-readings", "numerator"),
        ({"numerator": 7, "denominator": 5}, "numerator-over-denominator", "numerator"),
        ({"numerator": 7}, "denominator-missing", "numerator"),
        ({"value": 120}, "above-100", "value"),
        ({"value": "không rõ"}, "not-a-number", "value"),
        ({"value": 50, "numerator": 1, "denominator": 4}, "percent-disagrees", "value"),
        ({"numerator": dt.date(2026, 2, 1), "denominator": 99999}, "date-not-number", "numerator"),
        ({"value": "#N/A"}, "cell-error", "value"),
    ],
)
def test_what_was_pasted_over_a_validation_is_told_by_its_cell(
    blank: bytes, read: Read, cells: dict[str, object], code: str, at: str
) -> None:
    officer = Officer(blank).put("households_clean_water_share", **cells)
    (problem,) = read(officer.data()).problems
    assert (problem.code, problem.sheet) == (code, "Số liệu")
    assert problem.cell == officer.cell("households_clean_water_share", at).coordinate
    assert problem.measure == "households_clean_water_share"


def test_all_mistakes_are_told_at_once(blank: bytes, read: Read) -> None:
    officer = (
        Officer(blank)
        .put("planning_criterion_met", value="Cơ bản đạt")
        .put("income_per_capita", value="44.5", previous="41.5")
        .put("households_clean_water_share", numerator="1.234", denominator="x")
        .document("planning_criterion_met", number="12/QĐ-UBND", date="31/02/2026")
    )
    assert sorted(problem.code for problem in read(officer.data()).problems) == [
        "answer-nearly-met",
        "evidence-day-unreadable",
        "not-a-number",
        "number-dot-decimal",
        "number-dot-decimal",
        "number-two-readings",
    ]


@pytest.mark.parametrize(
    ("there_is", "code"),
    [("Có", "not-applicable-though-there-is"), (None, "not-applicable-unasked"), ("Không", None)],
)
def test_not_applicable_is_an_answer_where_there_is_none_and_nowhere_else(
    blank: bytes, read: Read, there_is: str | None, code: str | None
) -> None:
    officer = Officer(blank).put("solid_waste_system_compliant", value="Không áp dụng")
    officer.put("solid_waste_system_exists", value=there_is)
    dataset = read(officer.data())
    assert [problem.code for problem in dataset.problems if problem.code != "form-not-filled"] == (
        [code] if code else []
    )
    reported = dataset.record("03394", 2026).get("solid_waste_system_compliant")  # type: ignore[union-attr]
    assert reported.state is (State.INVALID if code else State.MISSING)


@pytest.mark.parametrize(
    ("measure", "mend"),
    [
        ("compliant_establishments_share", "ghi tử số 0, mẫu số 0"),
        ("industrial_park_compliant", "Bộ tiêu chí không hỏi trước là có hay không: xã không có thì trả lời Không"),
        ("multidimensional_poverty_rate", "hỏi cơ quan chủ trì"),
    ],
)
def test_not_applicable_where_nothing_asks_whether_there_is_any_is_told_what_can_be_done_there(
    blank: bytes, read: Read, measure: str, mend: str
) -> None:
    problem = only(read(Officer(blank).put(measure, value="Không áp dụng").data()))
    assert problem.code == "answer-not-applicable"
    assert mend in str(problem.mend())
    assert "câu hỏi" not in str(problem.mend())


def test_a_figure_typed_over_what_the_form_works_out_is_told_where_nothing_else_is_filled_in(
    blank: bytes, read: Read
) -> None:
    officer = Officer(blank).put("online_procedures_share", computed=90)
    officer.put("compliant_establishments_share", numerator=9, denominator=10, computed=90)
    problem = only(read(officer.data()))
    assert (problem.code, problem.severity, problem.value) == ("figure-typed-over", "error", "90")
    assert problem.cell == officer.cell("online_procedures_share", "computed").coordinate
    assert str(problem.message()) == "«90» ghi ở cột «Tính ra (%)» là cột phiếu tự tính, nên không được đọc"


def test_signatures_below_the_table_are_no_figures_in_whatever_column_they_stand(few: bytes, read: Read) -> None:
    officer = Officer(few)
    sheet = main_sheet(officer)
    last = sheet.max_row
    for row, (label, value, numerator) in enumerate(
        (
            ("NGƯỜI LẬP BIỂU", "KẾ TOÁN", "CHỦ TỊCH"),
            ("(Ký, ghi rõ họ tên)", None, "(Ký, đóng dấu)"),
            ("Giàng A Páo", "Lò Thị Mai", None),
            (None, None, "Vàng A Sinh"),
        ),
        start=last + 3,
    ):
        for column, words in ((2, label), (4, value), (5, numerator)):
            sheet.cell(row, column).value = words
    assert not read(officer.data()).problems
    sheet.cell(last + 8, 2).value, sheet.cell(last + 8, 4).value = "Số hộ khác", 12
    assert [problem.code for problem in read(officer.data()).problems] == ["measure-unknown"]


def test_words_beside_a_name_that_is_none_are_told_where_figures_follow(few: bytes, read: Read) -> None:
    officer = Officer(few)
    cell = officer.cell("rural_roads_connected", "value")
    sheet = main_sheet(officer)
    for column in range(1, 15):
        sheet.cell(cell.row, column).value = {2: "Đường của xã", 4: "đã xong"}.get(column)
    problem = only(read(officer.data()))
    assert (problem.code, problem.value) == ("measure-unknown", "Đường của xã")


@pytest.mark.parametrize(("typed", "value"), [("Có", "Có"), (75, "75"), ("khoảng 75", "khoảng 75")])
def test_what_is_pasted_into_a_heading_of_the_form_is_told_by_its_own_cell(
    few: bytes, read: Read, typed: object, value: str
) -> None:
    officer = Officer(few)
    sheet = main_sheet(officer)
    heading = next(
        row for row in range(8, 40) if sheet.cell(row, 14).value is None and sheet.cell(row, 2).value is None
    )
    sheet.cell(heading, 4).value = typed
    problem = only(read(officer.data()))
    assert (problem.code, problem.cell, problem.value) == ("row-without-measure", f"D{heading}", value)
    assert "dán lệch một dòng" in str(problem.mend())


# --- evidence ---------------------------------------------------------------------------------------


def free_row(officer: Officer) -> int:
    sheet = officer.cell("planning_criterion_met", "number", evidence=True).parent
    return sheet.max_row


def test_a_document_without_its_figure_is_told_and_not_lost(blank: bytes, read: Read) -> None:
    officer = Officer(blank).put("planning_criterion_met", value="Có")
    sheet, row = officer.cell("planning_criterion_met", "number", evidence=True).parent, free_row(officer)
    sheet.cell(row, 4).value = "15/BC-UBND"
    dataset = read(officer.data())
    (problem,) = dataset.problems
    assert (problem.code, problem.sheet, problem.cell) == ("evidence-without-measure", "Minh chứng", f"B{row}")
    (document,) = dataset.record("03394", 2026).evidence  # type: ignore[union-attr]
    assert (document.measure, document.number) == ("", "15/BC-UBND")


def test_a_further_document_is_for_the_figure_chosen(blank: bytes, read: Read) -> None:
    officer = Officer(blank).put("planning_criterion_met", value="Có")
    sheet, row = officer.cell("planning_criterion_met", "number", evidence=True).parent, free_row(officer)
    sheet.cell(row, 2).value, sheet.cell(row, 4).value = "1 Xã đạt tiêu chí Quy hoạch", "15/BC-UBND"
    sheet.cell(row, 5).value = dt.date(2026, 6, 5)
    dataset = read(officer.data())
    assert dataset.problems == []
    (document,) = dataset.record("03394", 2026).evidence  # type: ignore[union-attr]
    assert (document.measure, document.date) == ("planning_criterion_met", dt.date(2026, 6, 5))


def test_the_same_document_again_is_said_in_two_words(blank: bytes, read: Read) -> None:
    officer = Officer(blank).put("planning_criterion_met", value="Có")
    officer.document("planning_criterion_met", number="45/BC-PKT", date="12/11/2026", issuer="Phòng Kinh tế")
    officer.document("rural_roads_connected", number="Như trên").document(
        "rural_roads_maintained_yearly", number="như trên"
    )
    dataset = read(officer.data())
    assert dataset.problems == []
    found = dataset.record("03394", 2026).evidence  # type: ignore[union-attr]
    assert [(one.measure, one.number, one.date, one.issuer) for one in found] == [
        (measure, "45/BC-PKT", dt.date(2026, 11, 12), "Phòng Kinh tế")
        for measure in ("planning_criterion_met", "rural_roads_connected", "rural_roads_maintained_yearly")
    ]


# --- another commune, year, version, set ------------------------------------------------------------


def only(dataset: Dataset) -> Problem:
    (problem,) = dataset.problems
    return problem


def test_another_communes_form_is_not_taken_for_its_own(few: bytes, read: Read) -> None:
    officer = Officer(few)
    for sheet in officer.sheets():
        if sheet["A3"].value == "Mã xã":
            sheet["B3"].value, sheet["D3"].value = "03405", "Tả Lèng"
    dataset = read(officer.data())
    problem = only(dataset)
    assert (problem.code, problem.commune_code, problem.cell) == ("form-of-another-commune", "03405", "B3")
    assert str(problem.message()) == (
        "phiếu làm cho 03394 Sin Suối Hồ, nhưng ghi là 03405 Tả Lèng; không lấy số liệu trong đó"
    )
    assert list(dataset.records) == []


def test_last_years_form_is_not_taken_for_this_years(few: bytes, read: Read) -> None:
    officer = Officer(few)
    for sheet in officer.sheets():
        if sheet["G3"].value == "Năm":
            sheet["H3"].value = 2027
    problem = only(read(officer.data()))
    assert (problem.code, problem.value) == ("form-of-another-year", "2027")


def test_the_same_form_twice_is_read_once(few: bytes, read: Read) -> None:
    dataset = read(few, few)
    assert [problem.code for problem in dataset.problems] == ["same-content"]
    assert figures(dataset) == EXPECTED
    assert len(dataset.record("03394", 2026).evidence) == 1  # type: ignore[union-attr]


def test_two_forms_of_one_commune_that_differ_are_a_conflict_and_neither_is_chosen(few: bytes, read: Read) -> None:
    other = Officer(few).put("commune_roads_to_standard_share", numerator=24.69).data()
    dataset = read(few, other)
    conflict = [problem for problem in dataset.problems if problem.severity == "error"]
    assert [problem.code for problem in conflict] == ["given-twice-differently"]
    assert ("commune_roads_to_standard_share") not in {name for _year, name in figures(dataset)}


def with_another_version(loaded: LoadedSet, **changes: object) -> LoadedSet:
    """The set as a later version has it: a figure changed, one gone, one new."""
    measures = dict(loaded.measures)
    for name, change in changes.items():
        if change is None:
            measures.pop(name)
        else:
            measures[name] = measures[name].model_copy(update=change)  # type: ignore[arg-type]
    return LoadedSet(
        folder=loaded.folder,
        header=loaded.header.model_copy(update={"version": "2027.1"}),
        agencies=loaded.agencies,
        measures=measures,
        rules=loaded.rules,
        conditions=loaded.conditions,
        communes=loaded.communes,
    )


def test_a_form_of_an_older_version_is_mapped(few: bytes, read: Read, loaded: LoadedSet) -> None:
    counted = loaded.measures["commune_roads_to_standard_share"].counted
    assert counted is not None
    metres = counted.model_copy(update={"unit": counted.unit.model_copy(update={"vi": "m", "en": "m"})})
    later = with_another_version(loaded, commune_roads_to_standard_share={"counted": metres}, recognition_decision=None)
    dataset = read(few, of=later)
    assert [problem.code for problem in dataset.problems] == ["form-old", "form-measure-changed"]
    assert str(dataset.problems[0].message()) == (
        "phiếu theo bản 2026.1 của bộ tiêu chí, nay là bản 2027.1: 1 số liệu nay có nghĩa khác nên không đọc, 1 số liệu"
        " không còn hỏi, 0 số liệu mới chưa có trong phiếu"
    )
    assert dataset.problems[1].measure == "commune_roads_to_standard_share"
    expected = {key: value for key, value in EXPECTED.items() if key[1] != "commune_roads_to_standard_share"}
    assert figures(dataset) == expected


def test_a_reworded_label_changes_nothing(few: bytes, read: Read, loaded: LoadedSet) -> None:
    label = loaded.measures["planning_criterion_met"].label.model_copy(update={"vi": "Đạt quy hoạch"})
    reworded = with_another_version(loaded, planning_criterion_met={"label": label})
    dataset = read(few, of=reworded)
    assert dataset.problems == []
    assert figures(dataset) == EXPECTED


def test_a_form_for_another_set_is_refused_whole(read: Read, few: bytes) -> None:
    other = load_set(SET)
    dataset = read(few, of=other)
    problem = only(dataset)
    assert (problem.code, problem.value) == ("form-of-another-set", "lai-chau-2026-2030")
    assert "ntm template" in str(problem.mend())
    assert list(dataset.records) == []


def test_a_form_of_another_release_is_refused_whole(few: bytes, read: Read) -> None:
    officer = Officer(few)
    officer.book[FACTS_SHEET]["B1"].value = "9"
    assert only(read(officer.data())).code == "form-format-unknown"


def test_rows_whose_labels_were_moved_without_their_ids_are_found(few: bytes, read: Read) -> None:
    """A sort or a paste of the visible columns alone; labels of shares go on to tell what is counted."""
    officer = Officer(few).put("households_clean_water_share", numerator=600, denominator=1930)
    one, other = (
        officer.cell(measure, "value").parent.cell(officer.cell(measure, "value").row, 2)
        for measure in ("commune_roads_to_standard_share", "households_clean_water_share")
    )
    one.value, other.value = other.value, one.value
    dataset = read(officer.data())
    assert [(p.code, p.measure) for p in dataset.problems] == [
        ("measure-label-disagrees", "commune_roads_to_standard_share"),
        ("measure-label-disagrees", "households_clean_water_share"),
    ]
    left = {key for key in EXPECTED if key[1] != "commune_roads_to_standard_share"}
    assert figures(dataset).keys() == left


def test_without_the_column_of_ids_every_label_still_says_what_it_is(few: bytes, read: Read) -> None:
    officer = Officer(few)
    sheet = main_sheet(officer)
    at = next(cell.column for cell in sheet[5] if cell.value == "Mã số liệu")
    for row in range(5, sheet.max_row + 1):
        sheet.cell(row, at).value = None
    assert figures(read(officer.data())) == EXPECTED


# --- a form for any commune, a sheet for each criterion ----------------------------------------------


def test_in_a_form_for_any_commune_the_choice_decides(maker: FormMaker, read: Read, recalculate: Recalculate) -> None:
    officer = Officer(maker.form(None)).put("planning_criterion_met", value="Có")
    officer.cell("planning_criterion_met", "value").parent["D3"].value = "Tả Lèng"
    dataset = read(recalculate({"a": officer.data()})["a"])
    assert dataset.problems == []
    assert figures(dataset, "03405") == {(2026, "planning_criterion_met"): (1, 0)}


@pytest.mark.parametrize("name", ["Tả Lèng", "Xã Tả Lèng", "xã  tả lèng"])
def test_a_choice_never_calculated_decides_for_the_documents_too(maker: FormMaker, read: Read, name: str) -> None:
    """Saved by a program that reckons nothing: the code, and what repeats the choice on the second sheet, are blank."""
    officer = Officer(maker.form(None)).put("planning_criterion_met", value="Có")
    officer.document("planning_criterion_met", number="12/QĐ-UBND", date="05/6/2026", issuer="UBND tỉnh")
    officer.cell("planning_criterion_met", "value").parent["D3"].value = name
    dataset = read(officer.data())
    assert dataset.problems == []
    assert figures(dataset, "03405") == {(2026, "planning_criterion_met"): (1, 0)}
    (document,) = dataset.record("03405", 2026).evidence  # type: ignore[union-attr]
    assert document.number == "12/QĐ-UBND"


@pytest.mark.parametrize("answered", [True, False])
def test_a_form_without_a_choice_says_once_where_to_choose_the_commune(
    maker: FormMaker, read: Read, answered: bool
) -> None:
    officer = Officer(maker.form(None))
    if answered:
        officer.put("planning_criterion_met", value="Có")
    (problem,) = read(officer.data()).problems
    assert (problem.code, problem.cell) == ("commune-not-chosen", "D3")
    assert problem.mend().render("en").startswith("Choose the commune from the list in this cell")


def test_a_choice_that_is_not_of_the_list_is_told_where_it_stands(maker: FormMaker, read: Read) -> None:
    officer = Officer(maker.form(None)).put("planning_criterion_met", value="Có")
    officer.cell("planning_criterion_met", "value").parent["D3"].value = "Tả Leng"
    (problem,) = read(officer.data()).problems
    assert (problem.code, problem.cell, problem.value) == ("commune-not-of-the-list", "D3", "Tả Leng")
    assert problem.mend().render("en") == "Did you mean 03405 Tả Lèng? Choose it from the list in this cell."


@pytest.mark.parametrize("said", ["Không có", "không", "KHÔNG CÓ "])
def test_nothing_to_count_said_in_words_is_told_how_it_is_entered(maker: FormMaker, read: Read, said: str) -> None:
    officer = Officer(maker.form(maker.rules.communes["03394"]))
    officer.put("compliant_establishments_share", value=said).put("solid_houses_share", value=said)
    establishments, houses = sorted(read(officer.data()).problems, key=lambda one: one.measure)
    assert (establishments.measure, houses.measure) == ("compliant_establishments_share", "solid_houses_share")
    assert establishments.mend().render("en") == (
        "If the commune has none of this at all, enter 0 as numerator and 0 as denominator; leave both empty while it is"
        " not known."
    )
    assert houses.mend().render("en").startswith("Write one number alone")


def test_a_form_of_the_small_set_takes_every_kind(small_maker: FormMaker, read: Read) -> None:
    officer = (
        Officer(small_maker.form(small_maker.rules.communes["03400"]))
        .put("plan_approved", value="Có")
        .put("roads_share", numerator=1.5, denominator=2)
        .put("landfill_exists", value="Không")
        .put("clinics", value=2)
        .put("party_grade", value="Khá")
        .put("income", value=44, previous=40)
        .put("safe", value="Chưa có kết luận")
        .put("debt", value="1.234,5")
    )
    dataset = read(officer.data(), of=small_maker.loaded)
    assert dataset.problems == []
    record = dataset.record("03400", 2026)
    assert record is not None
    assert {name: reported.state.name for name, reported in record.values.items()} == {
        "plan_approved": "PRESENT",
        "roads_share": "PRESENT",
        "landfill_exists": "PRESENT",
        "clinics": "PRESENT",
        "party_grade": "PRESENT",
        "income": "PRESENT",
        "safe": "AWAITED",
        "debt": "PRESENT",
    }


def test_the_law_of_another_day_asks_the_same(loaded: LoadedSet, few: bytes, read: Read) -> None:
    """Targets may change between the making of a form and its reading; the questions are the same."""
    assert resolve(loaded, as_of=dt.date(2027, 12, 31)).reported_measures
    assert read(few).problems == []
