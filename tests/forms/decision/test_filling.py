"""A filled workbook becomes an overlay that says exactly what was typed, or nothing is written and every mistake is told."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ntm_rules.dataset.workbooks.workbook_files import sheets_of
from ntm_rules.errors import NtmError
from ntm_rules.forms.decision.filling import read_filled, read_sheets
from ntm_rules.forms.decision.mistakes import FillRefused
from ntm_rules.forms.decision.workbook import form
from ntm_rules.i18n import use_language
from ntm_rules.rulebook.criteria_set import AwaitedTarget, ClassedTarget, KnownTarget
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.pending import TargetPlace, pending_places
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.rulebook.yaml_reader import RulebookError
from ntm_rules.workbench.overlays.composing import Composed, compose, overlay_id, write_overlay
from ntm_rules.workbench.overlays.filled import FilledOverlay
from tests.examples import examples
from tests.forms.decision.conftest import HEAD, Fill, Sheets
from tests.rulebook.tiny import END_OF_2026, Tiny
from tests.rulebook.tiny import said as english

FILE = "form.xlsx"


def written(filled: FilledOverlay, loaded: LoadedSet, folder: Path) -> Composed:
    return write_overlay(folder / "overlay.yaml", compose(loaded, filled), loaded)


def refused(data: bytes, loaded: LoadedSet) -> list[str]:
    with pytest.raises(FillRefused) as error:
        read_filled(data, FILE, loaded)
    return english(error.value)


def targets(filled: FilledOverlay) -> dict[str, tuple[Any, str]]:
    return {t.place.requirement.id: (t.value, t.article) for t in filled.targets}


# --- what is typed is what becomes law ---------------------------------------------------------


def test_a_filled_form_becomes_an_overlay_that_says_the_same(fill: Fill, loaded: LoadedSet, tmp_path: Path) -> None:
    data = fill(
        {
            "3.1": 8.5,
            "3.1/article": "Điều 2, khoản 1",
            "6.1/nhom-1": "5",
            "6.1/nhom-2": "7,5",
            "6.1/nhom-3": "13",
            "6.1/article": "Phụ lục: dòng #6",
            "DK.3": "Bắt buộc",
            "DK.3/article": "Điều 4",
            "3.1/note": "đọc lại",
            "group:03595": "Xã nhóm 1",
            "source:03595": "Điều 5",
        }
    )
    filled = read_filled(data, FILE, loaded)
    done = written(filled, loaded, tmp_path)
    text = (tmp_path / "overlay.yaml").read_text(encoding="utf-8")
    assert text[text.index("id:") :] == (
        "id: 99-qd-ubnd-2026\n"
        "applies_to: lai-chau-2026-2030\n"
        "title:\n"
        "  vi: Mức đạt chuẩn theo 99/QĐ-UBND\n"
        "  en: Targets of 99/QĐ-UBND\n"
        "document:\n"
        '  number: "99/QĐ-UBND"\n'
        "  date: 2026-08-15\n"
        "  issuer: UBND tỉnh A\n"
        "  title:\n"
        "    vi: Ban hành Bộ tiêu chí\n"
        "    en: Ban hành Bộ tiêu chí\n"
        "promulgated: 2026-08-15\n"
        "effective: {from: 2026-09-01}\n"
        "\n"
        "set:\n"
        "  # ===== 3. Phát triển kinh tế nông thôn =====\n"
        "\n"
        "  # 3.1. Tốc độ tăng thu nhập bình quân đầu người\n"
        "  # - Thu nhập bình quân đầu người - tốc độ tăng so với năm trước (%): ≥ ít nhất\n"
        "  # - Cơ quan chủ trì: Thống kê tỉnh\n"
        "  # - Ghi chú: đọc lại\n"
        '  "3.1": {value: 8.5, article: "Điều 2, khoản 1"}\n'
        "\n"
        "  # ===== 6. Giảm nghèo và An sinh xã hội =====\n"
        "\n"
        "  # 6.1. Tỷ lệ nghèo đa chiều\n"
        "  # - Tỷ lệ nghèo đa chiều (%): ≤ nhiều nhất\n"
        "  # - Cơ quan chủ trì: Sở Nông nghiệp và Môi trường\n"
        '  "6.1": {value: {nhom-1: 5, nhom-2: 7.5, nhom-3: 13}, article: "Phụ lục: dòng #6"}\n'
        "\n"
        "  # ===== Điều kiện khác để xét công nhận =====\n"
        "\n"
        "  # DK.3. Xã đạt tiêu chuẩn “An toàn về an ninh, trật tự” theo quy định của Bộ Công an.\n"
        "  # - Xã đạt tiêu chuẩn “An toàn về an ninh, trật tự” theo quy định của Bộ Công an: phải đạt\n"
        "  # - Cơ quan chủ trì: Công an tỉnh\n"
        "  DK.3: {standard: in-force, article: Điều 4}\n"
        "\n"
        "groups:\n"
        "  # Than Uyên\n"
        '  "03595": {group: nhom-1, source: "Điều 5, 99/QĐ-UBND"}\n'
    )
    rules = resolve(loaded, as_of=END_OF_2026, overlays=[done.overlay])
    income, poverty, ruling = (rules.requirement_by_id[id_].target for id_ in ("3.1", "6.1", "DK.3"))
    assert isinstance(income, KnownTarget)
    assert (income.everywhere, income.provenance.article) == (Decimal("8.5"), "Điều 2, khoản 1")
    assert isinstance(poverty, ClassedTarget)
    assert poverty.by_group == {"nhom-1": 5, "nhom-2": Decimal("7.5"), "nhom-3": 13}
    assert isinstance(ruling, KnownTarget)
    assert (done.loosens, len(filled.pending)) == ((), 18)
    assert rules.communes["03595"].group == "nhom-1"
    assert [t for t in filled.pending if t.requirement.id in ("3.1", "6.1", "DK.3")] == []


def test_an_empty_form_says_that_there_is_nothing_to_fill(blank_form: bytes, fill: Fill, loaded: LoadedSet) -> None:
    for data in (blank_form, fill({})):
        with pytest.raises(NtmError) as error:
            read_filled(data, FILE, loaded)
        assert english(error.value) == [
            "form.xlsx: nothing is filled in, so there is nothing to write",
            "Fill in the yellow cells that the document fixes, then run again.",
        ]


numbers = st.decimals(0, 100, places=4) | st.decimals(0, 100, places=2) | st.integers(0, 100).map(Decimal)
"""Targets a share may have, which every quantity may have too."""


def typed(value: Decimal, how: str) -> Any:
    """Return a number as a cell holds it: as a number, as Vietnamese text, or as a text with a percent sign."""
    text = format(value.normalize(), "f").replace(".", ",")
    return float(value) if how == "number" else f" {text} %" if how == "percent" else text


@st.composite
def fillings(draw: st.DrawFn, places: tuple[TargetPlace, ...]) -> dict[str, Any]:
    """Draw what is decided: id -> a number, one per group, a grade or that a standard is in force."""
    decided: dict[str, Any] = {}
    for place in draw(st.lists(st.sampled_from(places), min_size=1, unique_by=lambda p: p.requirement.id)):
        if place.form == "number":
            groups = st.fixed_dictionaries({"nhom-1": numbers, "nhom-2": numbers})
            decided[place.requirement.id] = draw(numbers | groups)
        else:
            decided[place.requirement.id] = draw(st.sampled_from(["kha", "tot"])) if place.form == "grade" else None
    return decided


LABELS = {"kha": "Khá", "tot": "Tốt"}


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60))
def test_every_filling_resolves_to_exactly_the_numbers_typed(
    small: LoadedSet, small_form: bytes, tmp_path: Path, data: st.DataObject
) -> None:
    loaded, blanks = small, pending_places(small)
    decided = data.draw(fillings(blanks))
    how = data.draw(st.sampled_from(["number", "text", "percent"]))
    cells: dict[str, Any] = dict(HEAD)
    for id_, value in decided.items():
        form_of = "text" if id_ == "DK.1" and how == "percent" else how  # an amount of money has no percent sign
        cells[f"{id_}/article"] = f"Điều {id_}"
        if isinstance(value, dict):
            cells |= {f"{id_}/{group}": typed(number, form_of) for group, number in value.items()}
        else:
            cells[id_] = typed(value, form_of) if isinstance(value, Decimal) else LABELS.get(value, "Bắt buộc")
    filled = read_sheets(in_memory(small_form, cells, data), FILE, loaded)
    done = written(filled, loaded, tmp_path)
    rules = resolve(loaded, as_of=dt.date(2027, 12, 31), overlays=[done.overlay])
    left = {place.requirement.id for place in filled.pending}
    for place in blanks:
        id_ = place.requirement.id
        target = rules.requirement_by_id[id_].target
        if id_ not in decided:
            assert isinstance(target, AwaitedTarget)
            assert id_ in left
            continue
        value = decided[id_]
        if isinstance(target, ClassedTarget):
            assert target.by_group == value
        else:
            meant = {"kha": Decimal(1), "tot": Decimal(2), None: Decimal(1)}
            assert target.everywhere == (value if isinstance(value, Decimal) else meant[value])
        assert target.provenance.document == "99/QĐ-UBND"
        if value is not None:
            assert target.provenance.article == f"Điều {id_}"
    assert set(done.overlay.set) == set(decided)


def in_memory(blank: bytes, cells: dict[str, Any], data: st.DataObject) -> list[Any]:
    """Return a form's sheets with cells filled in and the rows of targets in any order, as the reader sees them."""
    grids = sheets_of(blank, FILE)
    places = {name: Sheets_at(name, blank) for name in cells}
    for grid in grids:
        rows = [(number, list(row)) for number, row in grid.rows]
        for name, value in cells.items():
            sheet, row, column = places[name]
            if sheet == grid.where.sheet:
                line = dict(rows)[row - 1]
                line += [""] * (column - len(line))
                line[column - 1] = value
        start = next((i for i, (_n, row) in enumerate(rows) if "ntm:id" in row), None)
        if start is not None:
            body = data.draw(st.permutations([row for _n, row in rows[start + 1 :]]))
            rows = rows[: start + 1] + [(start + 1 + i, row) for i, row in enumerate(body)]
        grid.rows = rows
    return grids


_places: dict[tuple[str, bytes], tuple[str, int, int]] = {}
_open: dict[bytes, Sheets] = {}


def Sheets_at(name: str, blank: bytes) -> tuple[str, int, int]:  # noqa: N802 - stands for Sheets(...).cell(...)
    if (name, blank) not in _places:
        sheets = _open.setdefault(blank, Sheets(blank))
        cell = sheets.cell(name)
        _places[name, blank] = (cell.parent.title, cell.row, cell.column)
    return _places[name, blank]


def test_what_does_not_fit_the_set_is_not_written(fill: Fill, loaded: LoadedSet, tmp_path: Path) -> None:
    text = compose(loaded, read_filled(fill({"3.1": 8, "3.1/article": "Điều 1"}), FILE, loaded))
    path = tmp_path / "overlay.yaml"
    path.write_text("mine", encoding="utf-8")
    for broken in (text.replace('"3.1":', '"3.99":'), text.replace("value: 8", "value:")):
        with pytest.raises(RulebookError):
            write_overlay(path, broken, loaded)
        assert [(p.name, p.read_text(encoding="utf-8")) for p in tmp_path.iterdir()] == [("overlay.yaml", "mine")]


# --- the workbook an officer works in ----------------------------------------------------------


def test_only_cells_to_fill_in_are_unlocked_and_headers_stay_in_sight(blank_form: bytes, loaded: LoadedSet) -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank_form))
    assert book.sheetnames == ["Hướng dẫn", "Văn bản", "Mức đạt chuẩn", "Nhóm xã", "ntm"]
    assert book["ntm"].sheet_state == "hidden"
    assert [row[1] for row in book["ntm"].values][:3] == ["1", "lai-chau-2026-2030", loaded.header.version]
    unlocked = {s.title: [c for row in s for c in row if not c.protection.locked] for s in book}
    assert all(cell.value is None for cells in unlocked.values() for cell in cells)
    assert {name: len(cells) for name, cells in unlocked.items()} == {
        "Hướng dẫn": 0,
        "Văn bản": 9,
        "Mức đạt chuẩn": 18 * 6
        + 3 * 3
        + 5 * 13,  # 1, 2.5 and DK.3 have no values by group; five rows are free for other ids
        "Nhóm xã": 36 * 2,
        "ntm": 0,
    }
    for name in book.sheetnames[:-1]:
        sheet = book[name]
        assert sheet.protection.sheet
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == (8 if name == "Mức đạt chuẩn" else 9), "A3 where A4 cannot be read"
    assert book["Mức đạt chuẩn"].freeze_panes == "C5"


def test_every_cell_for_a_number_has_a_rule_and_its_message_in_vietnamese(blank_form: bytes) -> None:
    sheets = Sheets(blank_form)
    sheet = sheets.sheet("ntm:id")
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    share, grade = rules[sheets.cell("6.1/nhom-1").coordinate], rules[sheets.cell("DK.3").coordinate]
    assert (share.type, share.formula1, share.formula2) == ("decimal", "0", "100")
    assert share.error == "Ghi một số từ 0 đến 100, không ghi dấu %: 85 nghĩa là 85%."
    assert (grade.type, grade.formula1) == ("list", '"Bắt buộc"')
    groups = sheets.sheet("ntm:code").data_validations.dataValidation
    assert {rule.formula1 for rule in groups} == {'"Xã nhóm 1,Xã nhóm 2,Xã nhóm 3"'}


def test_choices_too_long_or_with_commas_stand_in_the_hidden_sheet(tiny: Tiny) -> None:
    """A list inside a cell's rule is cut at 255 characters, and at every comma."""
    tiny.change("criteria-set.yaml", "{vi: Nhóm 1, en: Group 1}", '{vi: "=Nhóm 1, vùng cao", en: Group 1}')
    tiny.change("criteria-set.yaml", "{vi: Khá, en: Good}", f"{{vi: Khá {'x' * 300}, en: Good}}")
    loaded = tiny.load()
    sheets = Sheets(form(loaded, pending_places(loaded)))
    rules = {
        str(rule.sqref): rule.formula1
        for key in ("ntm:code", "ntm:id")
        for rule in sheets.sheet(key).data_validations.dataValidation
    }
    assert rules[sheets.cell("group:03402").coordinate] == "ntm!$E$1:$E$2"
    assert rules[sheets.cell("2.1").coordinate] == "ntm!$D$1:$D$3"
    assert [cell.value for cell in sheets.book["ntm"]["E"]][:2] == ["=Nhóm 1, vùng cao", "Nhóm 2"]
    data = sheets.fill({**HEAD, "group:03402": "=Nhóm 1, vùng cao", "source:03402": "Điều 1"})
    data.cell("group:03402").data_type = "s"
    assert [g.group for g in read_filled(data.data(), FILE, loaded).groups] == ["nhom-1"]


def test_the_form_is_the_same_every_time(blank_form: bytes, loaded: LoadedSet) -> None:
    assert form(loaded, pending_places(loaded)) == blank_form


def test_a_form_in_english_reads_the_same(tiny: Tiny) -> None:
    loaded = tiny.load()
    use_language("en")
    sheets = Sheets(form(loaded, pending_places(loaded)))
    assert sheets.book.sheetnames == ["Guide", "The document", "Targets to fill", "Groups of communes", "ntm"]
    cells = {"2.1": "Very good", "2.1/article": "Article 1", "1.1.c.ii": "Binding", "1.1.c.ii/article": "Article 2"}
    data = sheets.fill({**HEAD, **cells}).data()
    use_language("vi")
    assert targets(read_filled(data, FILE, loaded)) == {"1.1.c.ii": (None, "Article 2"), "2.1": ("tot", "Article 1")}


def test_saved_again_by_libreoffice_it_reads_the_same(
    fill: Fill, loaded: LoadedSet, tmp_path: Path, libreoffice: str
) -> None:
    data = fill(
        {
            "3.1": 8.5,
            "3.1/article": "Điều 2",
            "6.1/nhom-1": 5,
            "6.1/nhom-2": "7,5",
            "6.1/nhom-3": 13,
            "6.1/article": "Điều 3",
            "DK.3": "Bắt buộc",
            "DK.3/article": "Điều 4",
            "group:03595": "Xã nhóm 1",
            "source:03595": "Điều 5",
        },
        head={**HEAD, "date": dt.date(2026, 8, 15), "from": dt.date(2026, 9, 1)},
    )
    path = tmp_path / "in" / FILE
    path.parent.mkdir()
    path.write_bytes(data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [libreoffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    again = read_filled((tmp_path / "out" / FILE).read_bytes(), FILE, loaded)
    assert again == read_filled(data, FILE, loaded)


def test_rows_sorted_or_inserted_and_columns_moved_still_belong_to_their_ids(fill: Fill, loaded: LoadedSet) -> None:
    cells = {"3.1": 8, "3.1/article": "Điều 1", "8.3": 90, "8.3/article": "Điều 2"}
    sheets = Sheets(fill(cells))
    sheet = sheets.sheet("ntm:id")
    first = sheets.row(sheet, "ntm:id", "2.1.e")
    body = [[c.value for c in row] for row in sheet.iter_rows(min_row=first)]
    for row, values in enumerate([[None] * len(body[0]), *reversed(body)], start=first):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column).value = value
    sheet.insert_cols(2)
    assert targets(read_filled(sheets.data(), FILE, loaded)) == {"3.1": (8, "Điều 1"), "8.3": (90, "Điều 2")}


def test_a_stated_number_may_be_replaced_in_a_row_of_its_own_and_loosening_is_told(
    fill: Fill, loaded: LoadedSet, tmp_path: Path
) -> None:
    sheets = Sheets(fill({}))
    sheet = sheets.sheet("ntm:id")
    row = sheet.max_row + 1
    for key, value in (("ntm:id", "8.1.b"), ("ntm:everywhere", 70), ("ntm:article", "Điều 6")):
        sheet.cell(row, sheets.column(sheet, key)).value = value
    filled = read_filled(sheets.data(), FILE, loaded)
    done = written(filled, loaded, tmp_path)
    assert targets(filled) == {"8.1.b": (70, "Điều 6")}
    assert [notice.render("en") for notice in done.loosens] == [
        "Overlay 99-qd-ubnd-2026 loosens 8.1.b: from ≥ 80 to ≥ 70"
    ]


# --- mistakes ----------------------------------------------------------------------------------

TARGET = "sheet “Mức đạt chuẩn”, cell"


@pytest.mark.parametrize(
    ("cells", "mistakes"),
    [
        (
            {"3.1": 8},
            ["{3.1/article}: requirement 3.1 has a value without its article. Write the article, clause or annex"
             " of the document where the value stands."],
        ),
        (
            {"3.1/article": "Điều 1"},
            ["{3.1}: requirement 3.1 has an article and no value. Write the value, or clear the article."],
        ),
        (
            {"6.1": 5, "6.1/nhom-1": 5, "6.1/article": "Điều 1"},
            ["{6.1}: both a value for all communes and values by group. Keep the one that the document states."],
        ),
        (
            {"6.1/nhom-1": 5, "6.1/article": "Điều 1"},
            [
                "{6.1/nhom-2}: no value for group Xã nhóm 2. Write one for every group, or one for all communes.",
                "{6.1/nhom-3}: no value for group Xã nhóm 3. Write one for every group, or one for all communes.",
            ],
        ),
        (
            {"6.1": "1.234", "6.1/article": "Điều 1"},
            ["{6.1}: “1.234” can be read as 1234 or as 1,234. Write 1234 or 1,234."],
        ),
        (
            {"6.1": "80.5", "6.1/article": "Điều 1"},
            ["{6.1}: “80.5” has a decimal point; here decimals take a comma. Write 80,5."],
        ),
        (
            {"6.1": 805, "6.1/article": "Điều 1"},
            ["{6.1}: 805 is more than 100 percent. Check the figure against its document and write the right one."],
        ),
        (
            {"6.1": -1, "6.1/article": "Điều 1"},
            ["{6.1}: -1 is negative, which this figure cannot be. Check the figure against its document and write"
             " the right one."],
        ),
        (
            {"6.1": "8,12345", "6.1/article": "Điều 1"},
            ["{6.1}: 8,12345 has more than 4 decimals. Round it to at most 4 decimals."],
        ),
        (
            {"3.1": "tám", "3.1/article": "Điều 1"},
            ["{3.1}: “tám” is not a number. Write one number alone, such as 12,5; leave it empty when the document"
             " states none."],
        ),
        (
            {"DK.1": "0 %", "DK.1/article": "Điều 1"},
            ["{DK.1}: “0 %”: a percent sign does not belong to this figure. Write 0."],
        ),
        (
            {"DK.1": 10**8, "DK.1/article": "Điều 1"},
            ["{DK.1}: 100000000 is too large; less than 100000000 is expected. Check the figure and its unit."],
        ),
        (
            {"DK.3": "Đạt", "DK.3/article": "Điều 1"},
            ["{DK.3}: “Đạt” is not in the list. Choose “Bắt buộc” from the list, or leave the cell empty."],
        ),
        (
            {"DK.3/nhom-1": "Bắt buộc", "DK.3/article": "Điều 1"},
            ["{DK.3/nhom-1}: this requirement has no value per group. Clear the cell."],
        ),
        (
            {"3.1": 8, "3.1/article": "§iÒu 1"},
            ["{3.1/article}: “§iÒu 1” looks like TCVN3 (.VnTime) or VNI text. Type it again with a Unicode keyboard,"
             " or convert it with Unikey (Ctrl+Shift+F6), then save."],
        ),
        (
            {"3.1/id": 3.1, "3.1": 8, "3.1/article": "Điều 1"},
            ["{3.1/id}: the id is a number here, and 3.1 and 3.10 would be the same. Format the cell as text, then type"
             " 3.1 again."],
        ),
        (
            {"3.1/id": "3.11", "3.1": 8, "3.1/article": "Điều 1"},
            ["{3.1/id}: there is no requirement “3.11”. Did you mean “3.1”? Take the id from the form."],
        ),
        (
            {"3.1/id": "8.1", "3.1": 8, "3.1/article": "Điều 1"},
            ["{3.1/id}: 8.1 has several parts: 8.1.a, 8.1.b, 8.1.c. Write the id of the part."],
        ),
        (
            {"3.1": 8, "3.1/article": "-"},
            ["{3.1/article}: “-” is not an article. Format the cell as text and write it as printed, for example"
             " “Điều 1, khoản 3”."],
        ),
        (
            {"3.1": 8, "3.1/article": dt.date(2026, 3, 1)},
            ["{3.1/article}: a spreadsheet's day (01/03/2026) stands here, not an article. Format the cell as text and"
             " write it as printed, for example “Điều 1, khoản 3”."],
        ),
        (
            {"3.1/id": None, "3.1": 8, "3.1/article": "Điều 1"},
            ["{3.1/id}: a value stands here without the id of its requirement. Write the id as it stood in the form."],
        ),
        (
            {"3.1/id": "3.8", "3.1": 8, "3.1/article": "Điều 1"},
            ["{3.1/text}: the id is 3.8, but the text beside it is that of 3.1. Check that no column was sorted"
             " without the others."],
        ),
    ],
)  # fmt: skip
def test_a_mistake_in_a_target_names_its_cell_and_the_mend(
    fill: Fill, blank_form: bytes, loaded: LoadedSet, cells: dict[str, Any], mistakes: list[str]
) -> None:
    sheets = Sheets(blank_form)
    places = {name: sheets.cell(name).coordinate for name in (*cells, "6.1/nhom-2", "6.1/nhom-3", "3.1/text", *NAMED)}
    ordered = dict(sorted(cells.items(), key=lambda item: item[0].endswith("/id")))
    expected = [f"{TARGET} {places[m[1 : m.index('}')]]}{m[m.index('}') + 1 :]}" for m in mistakes]
    assert refused(fill(ordered), loaded) == expected


NAMED = ("3.1/article", "3.1", "6.1", "DK.1", "DK.3", "DK.3/nhom-1", "3.1/id")


@pytest.mark.parametrize(
    ("head", "mistakes"),
    [
        ({}, ["B5: “Number of the document” is empty", "B6: “Date of the document” is empty",
              "B7: “Issuing body” is empty", "B8: “Title as printed” is empty", "B11: “In force from” is empty"]),
        ({**HEAD, "date": "32/8/2026"}, ["B6: “32/8/2026” is not a day"]),
        ({**HEAD, "date": "8/15/2026"}, ["B6: “8/15/2026” is not a day"]),
        ({**HEAD, "date": True}, ["B6: “TRUE” is not a day"]),
        ({**HEAD, "to": "31/8/2026"}, ["B12: the last day in force lies before the first"]),
        ({**HEAD, "from": "1/1/2031"}, ["B11: the days in force lie outside the years 2026 to 2030 of the set"]),
        ({**HEAD, "from": "1/1/2024", "to": "31/12/2025"},
         ["B11: the days in force lie outside the years 2026 to 2030 of the set"]),
        ({**HEAD, "illustrative": "có lẽ"}, ["B13: “có lẽ” is not in the list"]),
    ],
)  # fmt: skip
def test_a_mistake_in_the_document_names_its_cell(
    fill: Fill, loaded: LoadedSet, head: dict[str, Any], mistakes: list[str]
) -> None:
    told = refused(fill({"3.1": 8, "3.1/article": "Điều 1"}, head=head), loaded)
    assert [line.removeprefix("sheet “Văn bản”, cell ").partition(". ")[0] for line in told] == mistakes


def test_all_mistakes_of_all_sheets_are_told_at_once(fill: Fill, loaded: LoadedSet) -> None:
    data = fill(
        {"3.1": 8, "6.1": "x", "6.1/article": "Điều 1", "group:03595": "Xã nhóm 9", "source:03598": "Điều 2"},
        head={**HEAD, "date": "x"},
    )
    told = refused(data, loaded)
    assert [line.partition(":")[0] for line in told] == [
        "sheet “Mức đạt chuẩn”, cell L11",
        "sheet “Mức đạt chuẩn”, cell H15",
        "sheet “Nhóm xã”, cell E6",
        "sheet “Nhóm xã”, cell F6",
        "sheet “Nhóm xã”, cell E7",
        "sheet “Văn bản”, cell B6",
    ]


def test_groups_need_a_known_commune_its_own_name_and_a_place(fill: Fill, loaded: LoadedSet) -> None:
    sheets = Sheets(fill({"group:03595": "nhom-1", "source:03595": "Điều 5"}))
    sheet = sheets.sheet("ntm:code")
    row = sheets.row(sheet, "ntm:code", "03595")
    sheet.cell(row, 1).value = 3595  # a spreadsheet took the code for a number
    (assigned,) = read_filled(sheets.data(), FILE, loaded).groups
    assert (assigned.commune.name, assigned.group, assigned.source) == ("Than Uyên", "nhom-1", "Điều 5")
    sheet.cell(row, 2).value = "Tân Uyên"
    assert refused(sheets.data(), loaded) == [
        "sheet “Nhóm xã”, cell B6: code 03595 is Than Uyên, but the name written is “Tân Uyên”."
        " Check that no column was sorted without the others."
    ]
    sheet.cell(row, 1).value = "03388"  # a ward
    (told,) = refused(sheets.data(), loaded)
    assert told.startswith("sheet “Nhóm xã”, cell A6: there is no commune of code “03388” here. ")
    sheet.cell(row, 1).value = None
    (told,) = refused(sheets.data(), loaded)
    assert told == (
        "sheet “Nhóm xã”, cell A6: row 6 has a group and no code of a commune. Write the code, or clear the row."
    )


def test_merged_cells_are_told_and_not_what_follows_from_them(fill: Fill, loaded: LoadedSet) -> None:
    sheets = Sheets(fill({"3.1": 8, "3.1/article": "Điều 1", "3.8": 20, "6.1/nhom-1": 5, "6.1/article": "Điều 1"}))
    sheet = sheets.sheet("ntm:id")
    sheet.merge_cells("L11:L12")
    sheet.merge_cells("I15:K15")
    told = refused(sheets.data(), loaded)
    assert [line.partition(" are merged")[0] for line in told] == [
        "sheet “Mức đạt chuẩn”, cell L11: cells L11:L12",
        "sheet “Mức đạt chuẩn”, cell I15: cells I15:K15",
    ]


def test_merged_cells_with_nothing_in_them_hide_nothing(fill: Fill, loaded: LoadedSet) -> None:
    sheets = Sheets(fill({"3.1": 8, "3.1/article": "Điều 1"}))
    sheets.sheet("ntm:id").merge_cells("I20:K20")
    assert targets(read_filled(sheets.data(), FILE, loaded)) == {"3.1": (8, "Điều 1")}


def test_a_row_that_stands_there_twice_is_told(fill: Fill, loaded: LoadedSet) -> None:
    sheets = Sheets(fill({"3.1": 8, "3.1/article": "Điều 1"}))
    sheet = sheets.sheet("ntm:id")
    source, copy = sheets.row(sheet, "ntm:id", "3.1"), sheet.max_row + 1
    for column in range(1, sheet.max_column + 1):
        sheet.cell(copy, column).value = sheet.cell(source, column).value
    assert refused(sheets.data(), loaded) == [
        f"sheet “Mức đạt chuẩn”, cell A{copy}: requirement 3.1 stands here a second time (first in row 11)."
        " Keep the right row."
    ]


def test_a_cell_formatted_as_a_percentage_holds_a_hundredth(fill: Fill, loaded: LoadedSet) -> None:
    sheets = Sheets(fill({"6.1": 0.075, "6.1/article": "Điều 1", "DK.1": 0.5, "DK.1/article": "Điều 2"}))
    sheets.cell("6.1").number_format = "0.0%"
    assert targets(read_filled(sheets.data(), FILE, loaded))["6.1"] == (Decimal("7.5"), "Điều 1")
    sheets.cell("DK.1").number_format = "0%"
    (told,) = refused(sheets.data(), loaded)
    assert "formatted as a percentage (50%), but this figure is not a percentage" in told


def test_text_is_composed(fill: Fill, loaded: LoadedSet) -> None:
    filled = read_filled(fill({"3.1": 8, "3.1/article": "Điều 1", "3.1/note": "a\nb"}), FILE, loaded)
    assert (filled.targets[0].article, filled.targets[0].note) == ("Điều 1", "a b")


@pytest.mark.parametrize(
    ("cells", "doubt"),
    [
        ({"6.2": 0.95}, "H16: 0,95 was read as 0,95%; for 95% write 95"),
        ({"6.2": 0}, "H16: every commune reaches 0; check that the document says so"),
        ({"6.1": 100}, "H15: every commune reaches 100; check that the document says so"),
        ({"3.1": 120}, "H11: a growth of 120 percent in a year is hardly meant; check it"),
        ({"DK.1": -5}, "H22: -5 lies outside what can be reported at all; check it and its unit"),
    ],
)
def test_what_is_hardly_meant_is_worth_a_second_look(
    fill: Fill, loaded: LoadedSet, cells: dict[str, Any], doubt: str
) -> None:
    (id_,) = cells
    head = {**HEAD, "issuer": "Thủ tướng Chính phủ"} if id_ == "DK.1" else HEAD
    filled = read_filled(fill({**cells, f"{id_}/article": "Điều 1"}, head=head), FILE, loaded)
    assert [d.render("en") for d in filled.doubts] == [f"{TARGET} {doubt}"]


def test_days_that_are_odd_are_worth_a_second_look(fill: Fill, loaded: LoadedSet) -> None:
    head = {**HEAD, "promulgated": "1/8/2026", "from": "1/1/2026"}
    filled = read_filled(fill({"3.1": 8, "3.1/article": "Điều 1"}, head=head), FILE, loaded)
    assert [d.render("en") for d in filled.doubts] == [
        "sheet “Văn bản”, cell B11: in force before it was promulgated; check that the document says so",
        "sheet “Văn bản”, cell B10: promulgated before the date of the document; check both",
    ]


def test_a_form_of_another_set_or_of_an_older_state_is_told(fill: Fill, loaded: LoadedSet, tiny: Tiny) -> None:
    other = Sheets(form(tiny.load(), pending_places(tiny.load()))).fill({**HEAD, "DK.1": 0, "DK.1/article": "1"}).data()
    told = refused(other, loaded)
    assert told[0] == (
        "form.xlsx: this form was made for the set tiny, not for lai-chau-2026-2030."
        " Name the right set with --criteria, or make a new form."
    )
    sheets = Sheets(fill({"3.1": 8, "3.1/article": "Điều 1"}))
    sheets.book["ntm"]["B4"] = "0" * 64
    (doubt,) = read_filled(sheets.data(), FILE, loaded).doubts
    assert doubt.render("en").startswith("The set has changed since this form was made")
    del sheets.book["ntm"]
    (doubt,) = read_filled(sheets.data(), FILE, loaded).doubts
    assert doubt.render("en").startswith("The workbook does not say which set")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not an Excel workbook"),
        (b"PK\x03\x04 nothing", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "97-2003"),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(data: bytes, code: str, loaded: LoadedSet) -> None:
    (told,) = refused(data, loaded)
    assert told.startswith("form.xlsx: ")
    assert code in told


def test_a_zip_bomb_is_not_unpacked(loaded: LoadedSet, blank_form: bytes) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(blank_form)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bomb:
        for name in old.namelist():
            bomb.writestr(name, old.read(name))
        bomb.writestr("xl/media/big.bin", b"\0" * (64 << 20))
    (told,) = refused(stream.getvalue(), loaded)
    assert "unpacks to far more than figures need" in told


def test_a_workbook_that_is_no_form_is_refused(loaded: LoadedSet) -> None:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    assert refused(stream.getvalue(), loaded) == [
        "form.xlsx: the sheets or the grey row of keys that the form had are missing."
        " Make a new form with ntm rules overlay new -o FILE.xlsx and copy the entries into it."
    ]


# --- trials ------------------------------------------------------------------------------------


def test_a_trial_with_invented_figures_says_so_and_needs_no_document(
    fill: Fill, loaded: LoadedSet, tmp_path: Path
) -> None:
    cells = {"3.1": 8, "group:03595": "Xã nhóm 1"}
    filled = read_filled(fill(cells, head={"illustrative": "Có", "from": "1/1/2026"}), FILE, loaded)
    overlay = written(filled, loaded, tmp_path).overlay
    assert (overlay.id, overlay.illustrative, overlay.document) == ("minh-hoa", True, None)
    assert overlay.groups["03595"].source == "Mức đạt chuẩn giả định (minh họa - không phải quy định)"
    first = (tmp_path / "overlay.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# MINH HỌA - KHÔNG PHẢI QUY ĐỊNH / ILLUSTRATIVE - NOT LAW"
    assert resolve(loaded, as_of=END_OF_2026, overlays=[overlay]).illustrative


@pytest.mark.parametrize(
    ("number", "id_"),
    [("99/QĐ-UBND", "99-qd-ubnd-2026"), ("83/2026/QĐ-UBND", "83-2026-qd-ubnd"), ("Số 5 /NQ-HĐND", "so-5-nq-hdnd-2026")],
)
def test_the_overlay_is_called_after_its_document(fill: Fill, loaded: LoadedSet, number: str, id_: str) -> None:
    data = fill({"3.1": 8, "3.1/article": "Điều 1"}, head={**HEAD, "number": number})
    assert overlay_id(read_filled(data, FILE, loaded).document) == id_
