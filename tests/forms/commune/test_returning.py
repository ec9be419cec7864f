"""A form given back: every answer as it was typed, every mistake in its cell and in the list, nothing lost."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font

from ntm_rules.dataset.cells.numbers import Cell, Percent
from ntm_rules.dataset.places import Log
from ntm_rules.dataset.rows.headers import Vocabulary
from ntm_rules.dataset.workbooks.workbook_files import read_workbook
from ntm_rules.forms.commune.filled import Answer, DocumentRow, Filled
from ntm_rules.forms.commune.making import FormMaker
from ntm_rules.forms.commune.returning import Returned, take_back
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.resolve import resolve
from tests.examples import examples
from tests.forms.commune.conftest import Officer, Read, questions_of
from tests.forms.commune.test_mistreated import rewritten, with_another_version


@pytest.fixture(scope="module")
def vocabulary(loaded: LoadedSet) -> Vocabulary:
    return Vocabulary(questions_of(loaded))


def back(form: bytes, vocabulary: Vocabulary) -> Returned:
    return take_back(form, "phieu.xlsx", vocabulary)


def mended(form: bytes, vocabulary: Vocabulary, maker: FormMaker) -> Officer:
    """The form that is given back, open in another program."""
    returned = back(form, vocabulary)
    assert returned.owner is not None
    return Officer(maker.form(maker.rules.communes[returned.owner.code], returned.filled))


# --- answers ----------------------------------------------------------------------------------------

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Co"]), min_size=1, max_size=30
).map(str.strip)
NUMBERS = st.integers(0, 10**6) | st.decimals(0, 10**6, places=3).map(float)
TYPED = st.one_of(
    st.just(""), NUMBERS, TEXTS, st.booleans(), st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)),
    st.decimals(0, 1, places=2).map(lambda number: Percent(float(number))),
    st.sampled_from(["1.234", "79,95", "80.5", "=1+1", "+84", "@x", "#N/A", "'x", "Cơ bản đạt", "Không áp dụng"]),
)  # fmt: skip


@st.composite
def entries(draw: st.DrawFn, kind: str) -> Answer:
    return Answer(
        draw(TYPED),
        draw(TYPED) if kind == "share" else "",
        draw(TYPED) if kind == "share" else "",
        draw(st.just("") | TEXTS),
    )


def meant(cell: Cell) -> Any:
    """What a cell says, however it is held: a number as a number, a day as a day."""
    if isinstance(cell, bool | Percent):
        return cell
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, str):
        return " ".join(cell.split())
    return float(cell) if not isinstance(cell, dt.date | tuple) else cell


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_was_typed_comes_back_as_it_was_typed(data: st.DataObject, small_maker: FormMaker) -> None:
    measures = small_maker.rules.measures
    answers = {name: data.draw(entries(measure.kind), label=name) for name, measure in measures.items()}
    form = small_maker.form(small_maker.rules.communes["03400"], Filled(answers=answers))
    returned = back(form, Vocabulary(questions_of(small_maker.loaded)))
    assert returned.owner is not None
    assert (returned.owner.code, returned.owner.year) == ("03400", 2026)
    for name, answer in answers.items():
        found = returned.filled.answers.get(name, Answer())
        for part in ("value", "numerator", "denominator", "note"):
            typed, kept = meant(getattr(answer, part)), meant(getattr(found, part))
            as_number = typed == kept or (isinstance(typed, str) and isinstance(kept, float))
            assert as_number, (name, part, typed, kept)
    again = small_maker.form(small_maker.rules.communes["03400"], returned.filled)
    second = back(again, Vocabulary(questions_of(small_maker.loaded)))
    for name, answer in returned.filled.answers.items():
        again_found = second.filled.answers[name]
        assert [meant(cell) for cell in (again_found.value, again_found.numerator, again_found.denominator)] == [
            meant(cell) for cell in (answer.value, answer.numerator, answer.denominator)
        ]


def test_a_number_written_as_text_comes_back_as_the_number_it_was_read_as(
    blank: bytes, vocabulary: Vocabulary, maker: FormMaker
) -> None:
    form = Officer(blank).put("online_procedures_share", value="82,5%").put("income_per_capita", value="44,5").data()
    officer = mended(form, vocabulary, maker)
    assert officer.cell("online_procedures_share", "value").value == 82.5
    assert officer.cell("income_per_capita", "value").value == 44.5


def test_what_the_lead_agency_wrote_comes_back_too(blank: bytes, vocabulary: Vocabulary, maker: FormMaker) -> None:
    officer = Officer(blank).put("planning_criterion_met", value="Có").put("income_per_capita", value="12 km")
    row = officer.cell("planning_criterion_met", "value").row
    sheet = officer.cell("planning_criterion_met", "value").parent
    heads = {str(cell.value): cell.column for cell in sheet[5]}
    own = {"Ý kiến cơ quan chủ trì": "Đồng ý", "Nhận xét của cơ quan chủ trì": "=đã xem hồ sơ"}
    for head, typed in own.items():
        sheet.cell(row, heads[head]).value = typed
        sheet.cell(row, heads[head]).data_type = "s"
    questions = mended(officer.data(), vocabulary, maker).cell("planning_criterion_met", "value").parent
    assert {head: questions.cell(row, heads[head]).value for head in own} == own
    assert questions.cell(row, heads["Ý kiến cơ quan chủ trì"]).protection.locked


def test_documents_come_back_with_their_figures(blank: bytes, vocabulary: Vocabulary, maker: FormMaker) -> None:
    form = Officer(blank).document("planning_criterion_met", number="45/BC", date="12/11/2026", issuer="Phòng Kinh tế")
    form.document("rural_roads_connected", number="như trên")
    officer = mended(form.data(), vocabulary, maker)
    for measure in ("planning_criterion_met", "rural_roads_connected"):
        cells = [officer.cell(measure, role, evidence=True).value for role in ("number", "date", "issuer")]
        assert cells == ["45/BC", "12/11/2026", "Phòng Kinh tế"], measure


def test_last_years_figures_are_carried_on(maker: FormMaker, vocabulary: Vocabulary) -> None:
    before = {"income_per_capita": Answer(41.5), "households_clean_water_share": Answer("", 600, 1930)}
    form = maker.form(maker.rules.communes["03394"], Filled(previous=before))
    previous = back(form, vocabulary).filled.previous
    assert float(previous["income_per_capita"].value) == 41.5  # type: ignore[arg-type]
    assert previous["households_clean_water_share"] == Answer("", 600, 1930)


# --- mistakes ---------------------------------------------------------------------------------------


def test_every_mistake_is_marked_in_its_cell_and_listed_with_its_mend(
    blank: bytes, vocabulary: Vocabulary, maker: FormMaker
) -> None:
    form = Officer(blank).put("households_clean_water_share", numerator="1.234", denominator=5000)
    form.put("government_grade", value="Tốt").document("planning_criterion_met", number="12/QĐ", date="31/02/2026")
    officer = mended(form.data(), vocabulary, maker)
    wrong = officer.cell("households_clean_water_share", "numerator")
    assert (wrong.value, wrong.fill.start_color.rgb) == ("1.234", "FFF8CBAD")
    assert wrong.comment is not None
    assert (
        wrong.comment.text == "đọc được «1.234», có thể là 1234 hoặc 1,234. Ghi lại là 1234: ở đây đếm bằng số nguyên."
    )
    right = officer.cell("households_clean_water_share", "denominator")
    assert (right.value, right.comment) == (5000, None)
    day = officer.cell("planning_criterion_met", "date", evidence=True)
    assert (day.value, day.comment.text) == (  # type: ignore[union-attr]
        "31/02/2026",
        "«31/02/2026» không phải là ngày. Ghi ngày trước, tháng sau, ví dụ 15/8/2026.",
    )
    sheet = officer.book["Lỗi cần sửa"]
    assert sheet["A2"].value == "Lỗi: 3; cần xem lại: 0"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert [row[1] for row in rows] == ["lỗi"] * 3
    places = {row[3]: row[5] for row in rows}
    assert places == {
        f"Số liệu, {wrong.coordinate}": "1.234",
        f"Số liệu, {officer.cell('government_grade', 'value').coordinate}": "Tốt",
        f"Minh chứng, {day.coordinate}": "31/02/2026",
    }
    assert all(row[6] and row[7] for row in rows)
    grade = next(row for row in rows if row[5] == "Tốt")
    assert "Hoàn thành xuất sắc nhiệm vụ" in str(grade[7])
    links = {cell.coordinate: cell.hyperlink.location for (cell,) in sheet["D5":"D7"] if cell.hyperlink}
    assert f"'Số liệu'!{wrong.coordinate}" in links.values()


def test_a_form_without_mistakes_has_no_list_of_them(blank: bytes, vocabulary: Vocabulary, maker: FormMaker) -> None:
    officer = mended(Officer(blank).put("planning_criterion_met", value="Có").data(), vocabulary, maker)
    assert "Lỗi cần sửa" not in officer.book.sheetnames


def test_what_has_no_place_in_the_form_is_listed_and_not_lost(
    blank: bytes, vocabulary: Vocabulary, maker: FormMaker
) -> None:
    officer = Officer(blank)
    sheet = officer.cell("planning_criterion_met", "value").parent
    sheet.cell(sheet.max_row + 1, 14).value = "tree_count"
    sheet.cell(sheet.max_row, 4).value = 1234
    evidence = officer.cell("planning_criterion_met", "number", evidence=True).parent
    evidence.cell(evidence.max_row, 2).value, evidence.cell(evidence.max_row, 4).value = "linh tinh", "77/BC"
    returned = mended(officer.data(), vocabulary, maker)
    listed = [[cell.value for cell in row] for row in returned.book["Lỗi cần sửa"].iter_rows(min_row=5)]
    assert any(row[5] == "1234" and "tree_count" in str(row[6]) for row in listed)
    kept = [[cell.value for cell in row] for row in returned.book["Minh chứng"].iter_rows(min_row=6)]
    assert any(row[1] == "linh tinh" and row[3] == "77/BC" for row in kept)


# --- forms of before, of another commune, of another set ---------------------------------------------


def test_a_form_of_an_older_version_comes_back_as_one_of_today(
    blank: bytes, loaded: LoadedSet, maker: FormMaker
) -> None:
    form = Officer(blank).put("planning_criterion_met", value="Có").put("recognition_decision", value="Đạt").data()
    later = with_another_version(loaded, recognition_decision=None)
    returned = take_back(form, "phieu.xlsx", Vocabulary(questions_of(later)))
    assert returned.filled.answers["planning_criterion_met"].value == "Có"
    said = [str(mistake.said) for mistake in returned.filled.mistakes]
    assert any("bản 2026.1" in words and "bản 2027.1" in words for words in said)
    assert any(mistake.value == "Đạt" for mistake in returned.filled.mistakes)
    officer = Officer(FormMaker(later, maker.rules, 2026).form(maker.rules.communes["03394"], returned.filled))
    facts = {row[0].value: row[1].value for row in officer.book["ntm"].iter_rows(max_row=10)}
    assert facts["version"] == maker.rules.version


def test_another_communes_form_comes_back_as_its_own(blank: bytes, vocabulary: Vocabulary, maker: FormMaker) -> None:
    officer = Officer(blank).put("planning_criterion_met", value="Có")
    for sheet in officer.sheets():
        if sheet["A3"].value == "Mã xã":
            sheet["B3"].value, sheet["D3"].value = "03405", "Tả Lèng"
    returned = mended(officer.data(), vocabulary, maker)
    assert returned.book["Số liệu"]["D3"].value == "Tả Lèng"
    assert returned.cell("planning_criterion_met", "value").value == "Có"
    facts = {row[0].value: row[1].value for row in returned.book["ntm"].iter_rows(max_row=10)}
    assert facts["commune"] == "03405"
    assert "làm cho 03394 Sin Suối Hồ" in str(returned.book["Lỗi cần sửa"]["G5"].value)


def test_the_simple_form_of_before_comes_back_as_one_of_today(vocabulary: Vocabulary, maker: FormMaker) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("Mã xã", "03394"),
        ("Xã", "Sin Suối Hồ"),
        ("Năm", 2026),
        (),
        ("Mã số liệu", "Giá trị", "Tử số", "Mẫu số", "Văn bản, minh chứng", "Ghi chú"),
        ("planning_criterion_met", "Có", None, None, "12/BC-UBND", "đã công bố"),
        ("households_clean_water_share", None, 623, 1930),
    ):
        sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    officer = mended(stream.getvalue(), vocabulary, maker)
    assert officer.cell("planning_criterion_met", "value").value == "Có"
    assert officer.cell("planning_criterion_met", "note").value == "đã công bố"
    assert officer.cell("planning_criterion_met", "number", evidence=True).value == "12/BC-UBND"
    assert officer.cell("households_clean_water_share", "denominator").value == 1930


def test_documents_are_the_ones_given(maker: FormMaker, vocabulary: Vocabulary) -> None:
    documents = [
        DocumentRow("planning_criterion_met", f"{n}/BC-UBND", "05/6/2026", "UBND xã", "Báo cáo") for n in range(3)
    ]
    form = maker.form(maker.rules.communes["03394"], Filled(documents=documents))
    found = back(form, vocabulary).filled.documents
    assert sorted(found, key=lambda one: str(one.number)) == documents


# --- what must not come back as if it were settled ----------------------------------------------------


def listed(officer: Officer) -> list[list[Any]]:
    """The rows of the list of mistakes."""
    return [[cell.value for cell in row] for row in officer.book["Lỗi cần sửa"].iter_rows(min_row=5)]


def names_itself(form: bytes, code: str | None = None, name: str | None = None, year: object = None) -> bytes:
    """The form with other words above its questions and its documents."""
    officer = Officer(form)
    for sheet in officer.sheets():
        if sheet["A3"].value == "Mã xã":
            for cell, typed in (("B3", code), ("D3", name), ("H3", year)):
                sheet[cell].value = sheet[cell].value if typed is None else typed
    return officer.data()


@pytest.mark.long
@pytest.mark.parametrize(
    ("words", "code", "now"),
    [
        ({"code": "03405", "name": "Tả Lèng"}, "form-of-another-commune", ("03405", 2026)),
        ({"code": "03405"}, "name-of-another", ("03394", 2026)),
        ({"code": "01234"}, "code-unknown", ("03394", 2026)),
        ({"year": 2027}, "form-of-another-year", ("03394", 2027)),
    ],
)
def test_answers_of_whom_is_in_doubt_count_only_once_somebody_has_confirmed_it(
    blank: bytes, read: Read, loaded: LoadedSet, words: dict[str, Any], code: str, now: tuple[str, int]
) -> None:
    form = names_itself(Officer(blank).put("planning_criterion_met", value="Có").data(), **words)
    refused = read(form)
    assert [problem.code for problem in refused.problems] == [code]
    assert not refused.records
    vocabulary = Vocabulary(questions_of(loaded))
    returned = back(form, vocabulary)
    assert returned.owner is not None
    assert (returned.owner.code, returned.owner.year) == now
    maker = FormMaker(loaded, resolve(loaded, as_of=dt.date(returned.owner.year, 12, 31)), returned.owner.year)
    given_back = maker.form(loaded.communes[returned.owner.code], returned.filled)
    unconfirmed = read(given_back)
    assert [(p.code, p.sheet) for p in unconfirmed.problems] == [("form-unconfirmed", "Lỗi cần sửa")]
    assert not unconfirmed.records
    again = back(given_back, vocabulary).filled
    assert again.doubted
    assert again.answers["planning_criterion_met"].value == "Có"
    officer = Officer(given_back)
    del officer.book["Lỗi cần sửa"]
    confirmed = read(officer.data())
    assert confirmed.problems == []
    assert confirmed.record(*now).values["planning_criterion_met"].value == 1  # type: ignore[union-attr]


def test_two_answers_that_disagree_come_back_as_none(blank: bytes, read: Read, loaded: LoadedSet) -> None:
    officer = (
        Officer(blank).put("planning_criterion_met", value="Có", note="đã duyệt").put("income_per_capita", value=44)
    )
    officer.put("online_procedures_share", numerator=90, denominator=100)
    copy = officer.book.copy_worksheet(officer.cell("planning_criterion_met", "value").parent)
    copy[officer.cell("planning_criterion_met", "value").coordinate] = "Không"
    copy[officer.cell("online_procedures_share", "value").coordinate] = 90
    vocabulary = Vocabulary(questions_of(loaded))
    returned = take_back(officer.data(), "phieu.xlsx", vocabulary, read(officer.data()).problems).filled
    assert returned.answers["planning_criterion_met"] == Answer(note="đã duyệt")
    assert returned.answers["income_per_capita"] == Answer(44.0)
    assert returned.answers["online_procedures_share"] == Answer("", 90.0, 100.0)
    maker = FormMaker(loaded, resolve(loaded, as_of=dt.date(2026, 12, 31)), 2026)
    given_back = maker.form(loaded.communes["03394"], returned)
    mended = Officer(given_back)
    assert mended.cell("planning_criterion_met", "value").comment is not None
    assert {"Có", "Không"} <= {row[5] for row in listed(mended) if row[4] == "Xã đạt tiêu chí Quy hoạch"}
    record = read(given_back).record("03394", 2026)
    assert record is not None
    assert "planning_criterion_met" not in record.values


@pytest.mark.long
def test_a_figure_that_means_something_else_now_comes_back_in_the_list_alone(loaded: LoadedSet, read: Read) -> None:
    thousands = loaded.measures["income_per_capita"].unit.model_copy(update={"vi": "nghìn đồng", "en": "thousand VND"})
    before = with_another_version(loaded, income_per_capita={"unit": thousands})
    then = FormMaker(before, resolve(before, as_of=dt.date(2026, 12, 31)), 2026)
    for previous in ({}, {"income_per_capita": Answer(41000)}):
        officer = Officer(then.form(loaded.communes["03394"], Filled(previous=previous)))
        officer.put("income_per_capita", value=445, previous=410)
        dataset = read(officer.data())
        assert {p.code for p in dataset.problems} == {"form-old", "form-measure-changed"}
        assert all("income_per_capita" not in record.values for record in dataset.records)
        assert all("income_per_capita" not in record.carried for record in dataset.records)
        returned = back(officer.data(), Vocabulary(questions_of(loaded))).filled
        assert "income_per_capita" not in returned.answers
        assert "income_per_capita" not in returned.previous
        assert any("445" in mistake.value for mistake in returned.mistakes)


def test_a_row_under_another_rows_label_is_listed_and_not_lost(
    blank: bytes, vocabulary: Vocabulary, maker: FormMaker
) -> None:
    officer = Officer(blank).put("income_per_capita", value=44.5, note="theo niên giám")
    cell = officer.cell("income_per_capita", "value")
    cell.parent.cell(cell.row, 2).value = "Xã đạt tiêu chí Quy hoạch"
    returned = mended(officer.data(), vocabulary, maker)
    assert any(row[5] == "44,5; theo niên giám" for row in listed(returned))


def test_what_is_no_number_for_any_program_comes_back_as_a_word(
    blank: bytes, vocabulary: Vocabulary, maker: FormMaker
) -> None:
    officer = Officer(blank).put("income_per_capita", value=44.5).put("online_procedures_share", value=(0.77, "0%"))

    def edit(name: str, text: str) -> str:
        return text.replace("<v>44.5</v>", "<v>NaN</v>").replace("<v>0.77</v>", "<v>1e999</v>")

    returned = mended(rewritten(officer.data(), edit), vocabulary, maker)
    wrong = [returned.cell(name, "value") for name in ("income_per_capita", "online_procedures_share")]
    assert [(cell.value, cell.comment is not None) for cell in wrong] == [("nan", True), ("inf%", True)]


def test_what_looks_otherwise_than_it_is_comes_back_so_that_it_is_refused_again(
    blank: bytes, vocabulary: Vocabulary, maker: FormMaker
) -> None:
    officer = Officer(blank).put("income_per_capita", value=(445, '0","0')).put("online_procedures_share", value=91)
    officer.put("households_clean_water_share", numerator=62, denominator=100)
    officer.cell("online_procedures_share", "value").font = Font(vertAlign="superscript")
    officer.cell("households_clean_water_share", "numerator").font = Font(strike=True)
    came_back = mended(officer.data(), vocabulary, maker)
    for form in (officer.data(), came_back.data()):
        log = Log()
        read_workbook(form, "phieu.xlsx", vocabulary, log)
        assert {problem.code for problem in log.problems} == {"number-shown-otherwise", "digits-raised", "struck-out"}
    assert came_back.cell("households_clean_water_share", "numerator").font.strike
    assert came_back.cell("income_per_capita", "value").number_format == '0","0'
    assert came_back.cell("online_procedures_share", "value").value == "⁹¹"


def test_invented_figures_come_back_saying_so_beside_invented_targets(
    filled: CriteriaSet, loaded: LoadedSet, read: Read
) -> None:
    maker = FormMaker(loaded, filled, 2026)
    form = maker.form(loaded.communes["03394"], Filled(illustrative="Số liệu minh họa"))
    returned = back(form, Vocabulary(questions_of(loaded))).filled
    again = maker.form(loaded.communes["03394"], returned)
    assert read(again).illustrative
    head = [str(cell.value) for row in Officer(again).book["Số liệu"]["A1:M4"] for cell in row if cell.value]
    assert any("MINH HỌA - KHÔNG PHẢI QUY ĐỊNH" in words for words in head)
    assert "Số liệu minh họa" in head


def test_what_could_not_be_read_is_said_not_to_have_come_back(
    blank: bytes, vocabulary: Vocabulary, maker: FormMaker
) -> None:
    officer = Officer(blank).put("planning_criterion_met", value="Có")
    for at in (1, 2):  # a column of their own, and the one of the answers a second time
        sheet = officer.cell("planning_criterion_met", "value").parent
        sheet.cell(5, sheet.max_column + at).value = "Giá trị"
    returned = mended(officer.data(), vocabulary, maker)
    words = returned.book["Lỗi cần sửa"]["A3"].value
    assert words == "Có phần trong phiếu đã nộp không đọc được: giữ lại phiếu đó và chép sang đây những gì còn thiếu."


def test_a_column_of_answers_that_is_gone_is_said(blank: bytes, read: Read) -> None:
    officer = Officer(blank).put("planning_criterion_met", value="Có")
    sheet = officer.cell("planning_criterion_met", "value").parent
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.delete_cols(officer.cell("planning_criterion_met", "value").column)
    (problem,) = read(officer.data()).problems
    assert (problem.code, problem.cell, problem.value) == ("form-column-missing", "A5", "Giá trị")
