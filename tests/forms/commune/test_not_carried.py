"""What an officer put into a form beside its questions is not lost without a word when the form is given back."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.chart import BarChart
from openpyxl.comments import Comment

from ntm_rules.dataset.rows.headers import Vocabulary
from ntm_rules.forms.commune.making import FormMaker
from ntm_rules.forms.commune.not_carried import MOST, not_carried
from ntm_rules.forms.commune.returning import take_back
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.resolve import resolve
from tests.dataset.packages import zipped
from tests.forms.commune.conftest import Officer, Recalculate, questions_of
from tests.forms.commune.test_mistreated import (
    a_few,
    insert_a_column,
    insert_rows,
    main_sheet,
    rename_sheets,
    reorder_sheets,
)


@pytest.fixture(scope="module")
def vocabulary(loaded: LoadedSet) -> Vocabulary:
    return Vocabulary(questions_of(loaded))


Told = Callable[[bytes], list[tuple[str, str]]]


@pytest.fixture
def told(vocabulary: Vocabulary, maker: FormMaker) -> Told:
    """Where each thing stood that has no place, and what it says."""

    def telling(form: bytes) -> list[tuple[str, str]]:
        returned = take_back(form, "phieu.xlsx", vocabulary)
        fresh = maker.form(maker.rules.communes["03394"], returned.filled)
        lost = not_carried(form, returned.kept, returned.facts, vocabulary, fresh)
        assert all(mistake.severity == "warning" for mistake in lost)
        return [(str(mistake.place), mistake.value) for mistake in lost]

    return telling


def package_parts(form: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(form)) as package:
        return {name: package.read(name) for name in package.namelist()}


def filled(blank: bytes) -> Officer:
    officer = a_few(Officer(blank))
    officer.put("rural_roads_connected", note="ghi chú của xã").document(
        "rural_roads_connected", number="12/BC-UBND", title="Báo cáo"
    )
    return officer


def test_a_form_merely_filled_in_loses_nothing(blank: bytes, told: Told) -> None:
    assert told(blank) == []
    assert told(filled(blank).data()) == []


@pytest.mark.parametrize("mistreat", [rename_sheets, reorder_sheets, insert_rows, insert_a_column])
def test_the_forms_own_words_are_not_taken_for_the_officers(
    blank: bytes, told: Told, mistreat: Callable[[Officer], None]
) -> None:
    officer = filled(blank)
    mistreat(officer)
    assert told(officer.data()) == []


def test_nor_when_libreoffice_saved_it(blank: bytes, told: Told, recalculate: Recalculate) -> None:
    assert told(recalculate({"a": filled(blank).data()})["a"]) == []


def test_nor_when_it_was_made_for_another_law(blank: bytes, vocabulary: Vocabulary, loaded: LoadedSet) -> None:

    bare = FormMaker(loaded, resolve(loaded, as_of=dt.date(2026, 12, 31)), 2026)
    form = filled(blank).data()
    returned = take_back(form, "phieu.xlsx", vocabulary)
    fresh = bare.form(bare.rules.communes["03394"], returned.filled)
    assert not_carried(form, returned.kept, returned.facts, vocabulary, fresh) == []


def test_text_and_numbers_beside_below_and_above_the_table_are_told_by_cell(blank: bytes, told: Told) -> None:
    officer = filled(blank)
    sheet = main_sheet(officer)
    sheet["R8"], sheet["S9"], sheet["R10"] = "Ghi thêm ngoài bảng", 5, "Có"
    sheet["B300"], sheet["C2"] = "Người lập biểu: Nguyễn Văn A", "bản nháp"
    officer.book["Minh chứng"]["P7"] = "xem tủ 3"
    officer.book["Hướng dẫn"]["A40"] = "điện thoại 0912"
    assert told(officer.data()) == [
        ("trang tính «Hướng dẫn», ô A40", "điện thoại 0912"),
        ("trang tính «Số liệu», ô C2", "bản nháp"),
        ("trang tính «Số liệu», ô R8", "Ghi thêm ngoài bảng"),
        ("trang tính «Số liệu», ô S9", "5"),
        ("trang tính «Số liệu», ô R10", "Có"),
        ("trang tính «Số liệu», ô B300", "Người lập biểu: Nguyễn Văn A"),
        ("trang tính «Minh chứng», ô P7", "xem tủ 3"),
    ]


def test_a_sheet_of_ones_own_a_note_and_a_chart_are_told(blank: bytes, told: Told) -> None:
    officer = filled(blank)
    own = officer.book.create_sheet("Bảng kê")
    own.append(["Thôn", "Số hộ"])
    own.append(["Thôn 1", 55])
    officer.book.create_sheet("Trống")
    sheet = main_sheet(officer)
    sheet["D8"].comment = Comment("Đã có quyết định, chờ đóng dấu", "Nguyễn Văn A")
    sheet.add_chart(BarChart(), "T3")
    assert told(officer.data()) == [
        ("trang tính «Bảng kê»", ""),
        ("trang tính «Số liệu», ô D8", "Đã có quyết định, chờ đóng dấu"),
        ("trang tính «Số liệu»", ""),
    ]


def test_a_form_given_back_and_handed_in_again_says_nothing_of_its_own_marks(
    blank: bytes, vocabulary: Vocabulary, maker: FormMaker, told: Told
) -> None:
    officer = filled(blank).put("online_procedures_share", value="1.234")
    main_sheet(officer)["R8"] = "ngoài bảng"
    once = take_back(officer.data(), "phieu.xlsx", vocabulary)
    assert once.filled.mistakes
    again = maker.form(maker.rules.communes["03394"], once.filled)
    assert told(again) == []


def test_of_very_many_cells_the_first_are_told_and_how_many_more(blank: bytes, told: Told) -> None:
    officer = filled(blank)
    sheet = main_sheet(officer)
    for row in range(1, MOST + 31):
        sheet.cell(row, 20).value = row
    assert len(told(officer.data())) == MOST + 1


def test_a_simple_form_of_ones_own_loses_its_further_columns_only(vocabulary: Vocabulary, maker: FormMaker) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["PHIẾU CỦA XÃ"],
        ["Mã xã", "03394"],
        ["Năm", 2026],
        ["Mã số liệu", "Giá trị", "Ghi chú"],
        ["rural_roads_connected", "Có", "theo báo cáo", "", "ngoài bảng"],
    ):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    returned = take_back(stream.getvalue(), "phieu.xlsx", vocabulary)
    fresh = maker.form(maker.rules.communes["03394"], returned.filled)
    lost = not_carried(stream.getvalue(), returned.kept, returned.facts, vocabulary, fresh)
    assert [mistake.value for mistake in lost] == ["ngoài bảng"]


def test_what_the_forms_formulas_came_to_is_nobodys_even_when_it_is_stale(blank: bytes, told: Told) -> None:
    stale = re.compile(r'(<c r="[HJ][0-9]+"[^>]*?)(?: t="[a-z]+")?>(<f>[^<]*</f>)<v>[^<]*</v>')
    parts = package_parts(blank)
    sheets = {name: content for name, content in parts.items() if "worksheets/sheet" in name}
    changed = {name: stale.sub(r"\1>\2<v>12.345</v>", text.decode()).encode() for name, text in sheets.items()}
    assert changed != sheets
    assert told(zipped({**parts, **changed})) == []
    officer = filled(blank)
    officer.book["Tổng hợp"].cell(7, 3).value = "Đạt 99/100"
    assert told(officer.data()) == []


def test_what_is_typed_over_a_formula_or_a_target_is_told(blank: bytes, told: Told) -> None:
    officer = filled(blank)
    cell = officer.cell("rural_roads_connected", "result")
    heads = {str(head.value): head.column for head in main_sheet(officer)[5]}
    for head, typed in (("Kết quả tự tính", "Đạt"), ("Tính ra (%)", 90), ("Mức đạt chuẩn", "≥ 77%")):
        main_sheet(officer).cell(cell.row, heads[head]).value = typed
    places = [f"trang tính «Số liệu», ô {letter}{cell.row}" for letter in "HIJ"]
    assert told(officer.data()) == list(zip(places, ("90", "≥ 77%", "Đạt"), strict=True))


def test_a_number_below_the_table_is_told_though_the_form_has_that_number_too(blank: bytes, told: Told) -> None:
    officer = filled(blank)
    main_sheet(officer)["C300"] = 2026
    assert told(officer.data()) == [("trang tính «Số liệu», ô C300", "2026")]


def test_that_figures_are_invented_is_carried_over_in_the_forms_own_words(blank: bytes, told: Told) -> None:
    officer = filled(blank)
    for sheet in (main_sheet(officer), officer.book["Minh chứng"]):
        sheet["B4"], sheet["D4"] = "Tính chất số liệu", "Số liệu minh họa, không phải số liệu thật"
    assert told(officer.data()) == []
