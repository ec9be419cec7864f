"""Targets by class in the workbook: one class alone, what waits, what is not asked; and back, and again."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ntm_rules.dataset.workbooks.workbook_files import sheets_of
from ntm_rules.forms.decision import layout
from ntm_rules.forms.decision.filling import read_filled, read_sheets
from ntm_rules.forms.decision.held import held_ids
from ntm_rules.forms.decision.mistakes import FillRefused
from ntm_rules.forms.decision.workbook import form
from ntm_rules.rulebook.criteria_set import AwaitedTarget, Cell, ClassedTarget, KnownTarget, NotAsked
from ntm_rules.rulebook.loader import LoadedSet, load_set
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.pending import pending_places, places
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.workbench.overlays.carried import carried
from ntm_rules.workbench.overlays.composing import compose, write_overlay
from ntm_rules.workbench.overlays.drafting import draft
from tests.examples import examples
from tests.forms.decision.conftest import HEAD, Sheets
from tests.rulebook.tiny import said as english
from tests.turns.conftest import TURNS

FILE = "form.xlsx"
END = dt.date(2026, 12, 31)
Row = Mapping[str, Any]
"""Column (`value`, `otherwise`, `article`, `note`, `class`, `of`) -> what is typed."""
WAITS = "Chờ: Quyết định quy định mức cụ thể (giả định)"
AREA = {"bien-gioi": "Khu vực: Xã biên giới", "kho-khan": "Khu vực: Xã đặc biệt khó khăn", "dao": "Khu vực: Xã đảo",
        "default": "Khu vực: còn lại"}  # fmt: skip


@pytest.fixture(scope="module")
def turns() -> LoadedSet:
    """The set of the turns of the law, in which some targets differ by class."""
    return load_set(TURNS)


@pytest.fixture(scope="module")
def blank(turns: LoadedSet) -> bytes:
    """Its form, empty."""
    return form(turns, pending_places(turns), with_classes=tuple(places(turns).values()))


def at(sheets: Sheets, id_: str, words: str) -> dict[str, Any]:
    """The cells of the row of one class, or of the first free row."""
    sheet = sheets.sheet(layout.CLASS)
    column = {name: sheets.column(sheet, f"ntm:{name}") for name in ("of", "class", "value", "otherwise", "article", "note")}  # fmt: skip
    for row in sheet.iter_rows(min_row=5):
        if row[column["of"] - 1].value == id_ and row[column["class"] - 1].value == words:
            return {name: row[number - 1] for name, number in column.items()}
    raise AssertionError(f"no row of {id_} for {words}")


def free(sheets: Sheets, number: int) -> dict[str, Any]:
    """The cells of a free row, counted from 0."""
    sheet = sheets.sheet(layout.CLASS)
    heading = sheets.row(sheet, layout.LABEL, "Yêu cầu khác (ghi mã và chọn loại xã)")
    names = ("of", "class", "value", "otherwise", "article", "note")
    return {name: sheet.cell(heading + 1 + number, sheets.column(sheet, f"ntm:{name}")) for name in names}


def typed(blank: bytes, rows: Mapping[tuple[str, str], Row], new: tuple[Row, ...] = (), **head: Any) -> bytes:
    sheets = Sheets(blank).fill({**HEAD, **head})
    for (id_, words), row in rows.items():
        cells = at(sheets, id_, words)
        for name, value in row.items():
            cells[name].value = value
    for number, row in enumerate(new):
        cells = free(sheets, number)
        for name, value in row.items():
            cells[name].value = value
    return sheets.data()


def overlay_of(data: bytes, turns: LoadedSet, folder: Path) -> Overlay:
    return write_overlay(folder / "v.yaml", compose(turns, read_filled(data, FILE, turns)), turns).overlay


def again(overlay: Overlay, turns: LoadedSet) -> bytes:
    """The workbook made from an overlay."""
    known, blanks = places(turns), pending_places(turns)
    kept = carried(overlay, "", held_ids(turns, known, overlay))
    assert kept.entries == {}
    waiting = {place.requirement.id for place in blanks}
    fixed = [place for id_, place in known.items() if id_ in overlay.set and id_ not in waiting]
    return form(turns, blanks, fixed, made_from=(overlay, kept), with_classes=tuple(known.values()))


def said(cell: Cell | None) -> str:
    if isinstance(cell, KnownTarget):
        return f"{cell.everywhere} {cell.provenance.overlay or '-'}"
    return type(cell).__name__


def by_class(turns: LoadedSet, overlay: Overlay, id_: str) -> dict[str, str]:
    target = resolve(turns, as_of=END, overlays=[overlay]).requirement_by_id[id_].target
    assert isinstance(target, ClassedTarget)
    return {class_ or "default": said(cell) for class_, cell in target.each()}


def refused(data: bytes, turns: LoadedSet) -> list[str]:
    with pytest.raises(FillRefused) as error:
        read_filled(data, FILE, turns)
    return english(error.value)


# --- what is typed is what becomes law ---------------------------------------------------------


def test_every_class_stands_in_its_row_with_what_it_is_to_reach_now(blank: bytes) -> None:
    sheets = Sheets(blank)
    sheet = sheets.sheet(layout.CLASS)
    now = sheets.column(sheet, "ntm:told:now")
    rows = [(row[0].value, row[3].value, row[now - 1].value) for row in sheet.iter_rows(min_row=5) if row[0].value]
    assert rows[:6] == [
        ("1.6.a", AREA["bien-gioi"], "≥ 70% (1.6 Điều 3, 9/NQ-HĐND)"),
        ("1.6.a", AREA["kho-khan"], "chưa quy định (Quyết định quy định mức cụ thể (giả định))"),
        ("1.6.a", AREA["dao"], "không áp dụng (1.6 Điều 3, 9/NQ-HĐND)"),
        ("1.6.a", AREA["default"], "≥ 80% (1.6 Điều 3, 9/NQ-HĐND)"),
        ("1.6.b", "Nhóm xã: Vùng cao", "2026: ≥ 40 triệu đồng (Điều 3, 9/NQ-HĐND)\n2027-2030: ≥ 43 triệu đồng (Điều 3, 9/NQ-HĐND)"),
        ("1.6.b", "Nhóm xã: Vùng thấp", "2026: ≥ 45 triệu đồng (Điều 3, 9/NQ-HĐND)\n2027-2030: ≥ 48 triệu đồng (Điều 3, 9/NQ-HĐND)"),
    ]  # fmt: skip
    assert ("1.6.c", "Có khu công nghiệp: Có", "≤ 5 cầu (1.6 Điều 3, 9/NQ-HĐND)") in rows
    assert ("1.6.d", AREA["dao"], "≥ Hoàn thành tốt (1.6 Điều 3, 9/NQ-HĐND)") in rows, "one of the others"
    assert [row for row in rows if row[1].endswith("còn lại") and row[0] in ("1.6.b", "1.6.c")] == []


def test_one_class_alone_becomes_an_overlay_of_that_class_alone(blank: bytes, turns: LoadedSet, tmp_path: Path) -> None:
    data = typed(blank, {("1.6.a", AREA["bien-gioi"]): {"value": "75,5", "article": "Điều 2"}})
    filled = read_filled(data, FILE, turns)
    text = compose(turns, filled)
    assert text.splitlines()[-1] == "  1.6.a: {value: {bien-gioi: 75.5}, article: Điều 2}"
    overlay = write_overlay(tmp_path / "v.yaml", text, turns).overlay
    own = overlay.id
    assert by_class(turns, overlay, "1.6.a") == {
        "bien-gioi": f"75.5 {own}", "kho-khan": "AwaitedTarget", "dao": "NotAsked", "default": "80 -",
    }  # fmt: skip
    assert [place.requirement.id for place in filled.pending] == ["1.4.b", "1.6.a", "1.9"], "one class still waits"


def test_a_class_waits_one_is_not_asked_and_the_others_change(blank: bytes, turns: LoadedSet, tmp_path: Path) -> None:
    rows = {
        ("1.6.a", AREA["bien-gioi"]): {"otherwise": WAITS, "article": "Điều 2"},
        ("1.6.a", AREA["kho-khan"]): {"otherwise": "không áp dụng", "article": "Điều 2"},
        ("1.6.a", AREA["default"]): {"value": 85, "article": "Điều 3", "note": "xem lại"},
        ("1.6.d", AREA["dao"]): {"value": "Hoàn thành", "article": "Điều 4"},
        ("1.6.c", "Có khu công nghiệp: Có"): {"value": 4, "article": "Điều 5"},
    }
    data = typed(blank, rows)
    overlay = overlay_of(data, turns, tmp_path)
    own = overlay.id
    assert by_class(turns, overlay, "1.6.a") == {
        "bien-gioi": "AwaitedTarget", "kho-khan": "NotAsked", "dao": "NotAsked", "default": f"85 {own}",
    }  # fmt: skip
    assert by_class(turns, overlay, "1.6.d") == {"bien-gioi": "1 -", "dao": f"1 {own}", "default": "2 -"}
    assert by_class(turns, overlay, "1.6.c") == {"no": "3 -", "yes": f"4 {own}"}
    entry = overlay.set["1.6.a"].model_dump()
    assert entry["article"] == "Điều 2; Điều 3"
    assert overlay_of(again(overlay, turns), turns, tmp_path).model_dump() == overlay.model_dump()


def test_a_target_of_all_communes_may_be_given_by_class_where_none_is_left_out(
    blank: bytes, turns: LoadedSet, tmp_path: Path
) -> None:
    rest = "khu-vuc:default"  # an id does where a word is mistyped
    known = places(turns)
    id_ = next(one for one, place in known.items() if place.form == "number" and place.classing is None and not place.measure.traits.dated and not place.measure.traits.counted and place.pending is None)  # fmt: skip
    new: tuple[Row, ...] = (
        {"of": id_, "class": AREA["dao"], "value": 5, "article": "Điều 6"},
        {"of": id_, "class": rest, "value": "6,5", "article": "Điều 6"},
    )
    overlay = overlay_of(typed(blank, {}, new), turns, tmp_path)
    assert overlay.set[id_].model_dump(exclude_none=True)["value"] == {  # type: ignore[union-attr]
        "by": "khu-vuc", "values": {"dao": 5}, "default": pytest.approx(6.5),
    }  # fmt: skip
    assert by_class(turns, overlay, id_) == {"dao": f"5 {overlay.id}", "default": f"6.5 {overlay.id}"}
    assert overlay_of(again(overlay, turns), turns, tmp_path).model_dump() == overlay.model_dump()


def test_a_whole_target_comes_back_with_the_same_meaning(turns: LoadedSet, tmp_path: Path) -> None:
    """It says of the classes that it does not name what it says of the others: so does the form, class by class."""
    written = {
        "id": "mot", "applies_to": "cach-noi-2026-2030", "title": {"vi": "Một", "en": "One"}, "illustrative": True,
        "promulgated": dt.date(2026, 3, 1), "effective": {"from": dt.date(2026, 3, 1)},
        "set": {"1.6.a": {"by": "khu-vuc", "values": {"bien-gioi": 75}, "default": 85}},
    }  # fmt: skip
    overlay = Overlay.model_validate(written)
    back = overlay_of(again(overlay, turns), turns, tmp_path)
    meant = resolve(turns, as_of=END, overlays=[overlay]).requirement_by_id["1.6.a"].target
    found = resolve(turns, as_of=END, overlays=[back]).requirement_by_id["1.6.a"].target
    for class_ in ("bien-gioi", "kho-khan", "dao", None):
        assert said(found.of_class(class_)) == said(meant.of_class(class_))
    assert overlay_of(again(back, turns), turns, tmp_path).model_dump() == back.model_dump()


choices = st.sampled_from([None, WAITS, "không áp dụng"]) | st.integers(0, 100)


@given(
    decided=st.fixed_dictionaries(dict.fromkeys(AREA, choices)).filter(
        lambda one: any(v is not None for v in one.values())
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(40), deadline=None)
def test_every_filling_changes_the_classes_filled_in_and_no_other(
    blank: bytes, turns: LoadedSet, tmp_path: Path, decided: Mapping[str, Any]
) -> None:
    grids = in_memory(blank, decided)
    filled = read_sheets(grids, FILE, turns)
    overlay = write_overlay(tmp_path / "v.yaml", compose(turns, filled), turns).overlay
    before = resolve(turns, as_of=END).requirement_by_id["1.6.a"].target
    after = resolve(turns, as_of=END, overlays=[overlay]).requirement_by_id["1.6.a"].target
    assert isinstance(before, ClassedTarget)
    assert isinstance(after, ClassedTarget)
    named: dict[str | None, Any] = {None if class_ == "default" else class_: value for class_, value in decided.items()}
    for class_, value in named.items():
        cell = after.rest if class_ is None else after.of_class(class_)
        if value is None:
            assert cell == (before.rest if class_ is None else before.of_class(class_))
        elif value == WAITS:
            assert isinstance(cell, AwaitedTarget)
        elif value == "không áp dụng":
            assert isinstance(cell, NotAsked)
        else:
            assert isinstance(cell, KnownTarget)
            assert cell.everywhere == value
    waits = any(isinstance(cell, AwaitedTarget) for _class, cell in after.each())
    assert ("1.6.a" in {place.requirement.id for place in filled.pending}) is waits


def in_memory(blank: bytes, decided: Mapping[str, Any]) -> list[Any]:
    """Return the form's sheets as the reader sees them, with the classes of 1.6.a filled in."""
    sheets = Sheets_of(blank)
    grids = sheets_of(typed_head(blank), FILE)
    cells = {words: at(sheets, "1.6.a", words) for words in AREA.values()}
    for grid in grids:
        rows = {number: list(row) for number, row in grid.rows}
        if grid.where.sheet == "Mức theo loại xã":
            for class_, value in decided.items():
                if value is None:
                    continue
                own = cells[AREA[class_]]
                column = "value" if isinstance(value, int) else "otherwise"
                for name, what in ((column, value), ("article", "Điều 2")):
                    line = rows[own[name].row - 1]
                    line += [""] * (own[name].column - len(line))
                    line[own[name].column - 1] = float(what) if isinstance(what, int) else what
        grid.rows = list(rows.items())
    return grids


_opened: dict[bytes, Sheets] = {}
_headed: dict[bytes, bytes] = {}


def Sheets_of(blank: bytes) -> Sheets:  # noqa: N802 - stands for Sheets(blank)
    return _opened.setdefault(blank, Sheets(blank))


def typed_head(blank: bytes) -> bytes:
    if blank not in _headed:
        _headed[blank] = Sheets(blank).fill(HEAD).data()
    return _headed[blank]


# --- what is wrong is told by sheet and cell ----------------------------------------------------

BORDER = ("1.6.a", AREA["bien-gioi"])


@pytest.mark.parametrize(
    ("rows", "new", "told"),
    [
        ({BORDER: {"value": 75}}, (), ["H5: Area: Border commune has a target without its article. "]),
        ({BORDER: {"article": "Điều 2"}}, (), ["F5: Area: Border commune has an article and no target. "]),
        ({BORDER: {"value": 101, "article": "Điều 2"}}, (), ["F5: "]),
        ({BORDER: {"value": "80.5", "article": "Điều 2"}}, (), ["F5: "]),
        ({BORDER: {"value": 75, "otherwise": WAITS, "article": "Đ"}}, (), ["G5: both a target and what stands in place of one. "]),
        ({BORDER: {"otherwise": "Chờ", "article": "Đ"}}, (), ["G5: “Chờ” is not in the list. "]),
        ({BORDER: {"value": 75, "article": "Đ"}}, ({"of": "1.6.a", "class": AREA["bien-gioi"], "value": 7, "article": "Đ"},),
         ["D20: Area: Border commune stands here a second time (first in row 5). "]),
        ({BORDER: {"value": 75, "article": "Đ"}}, ({"of": "1.6.a", "class": "Nhóm xã: Vùng cao", "value": 7, "article": "Đ"},),
         ["D20: 1.6.a is told apart here by something else than in row 5. "]),
        ({}, ({"class": AREA["dao"], "value": 7, "article": "Đ"},), ["A20: a value stands here without the id of its requirement. "]),
        ({}, ({"of": "9.9", "class": AREA["dao"], "value": 7, "article": "Đ"},), ["A20: there is no requirement “9.9”. "]),
        ({}, ({"of": "1.6.a", "value": 7, "article": "Đ"},), ["D20: a target stands here without the class of communes that it is for. "]),
        ({}, ({"of": "1.6.a", "class": "Khu vực: Xã biên gioi", "value": 7, "article": "Đ"},),
         ["D20: there is no class “Khu vực: Xã biên gioi” of communes. Did you mean “Area: Border commune”?"]),
        ({}, ({"of": "1.9", "class": AREA["dao"], "value": 7, "article": "Đ"},), ["D20: no target for Area: Border commune / Area: Commune in special difficulty. "]),
        ({}, ({"of": "1.9", "class": AREA["default"], "value": 7, "article": "Đ"},), ["D20: only the others have a target here, and no class. "]),
        ({}, ({"of": "1.6.c", "class": "Có khu công nghiệp: còn lại", "value": 7, "article": "Đ"},),
         ["D20: every class has a target of its own already, so that there are no others. "]),
        ({}, ({"of": "1.5.b", "class": AREA["dao"], "value": 7, "article": "Đ"},), ["D20: this requirement has no value by class. "]),
    ],
)  # fmt: skip
def test_a_mistake_names_its_cell(
    blank: bytes, turns: LoadedSet, rows: Any, new: tuple[Row, ...], told: list[str]
) -> None:
    found = refused(typed(blank, rows, new), turns)
    assert len(found) == len(told), found
    for line, start in zip(found, told, strict=True):
        assert line.startswith(f"sheet “Mức theo loại xã”, cell {start}"), found


def test_what_the_sheet_of_targets_says_too_is_refused(blank: bytes, turns: LoadedSet) -> None:
    sheets = Sheets(typed(blank, {BORDER: {"value": 75, "article": "Điều 2"}}))
    sheets.fill({"1.6.a": 80, "1.6.a/article": "Điều 2"})
    assert [line for line in refused(sheets.data(), turns) if "is filled in on the sheet" in line]


def test_a_form_whose_sheet_of_classes_is_gone_says_so(blank: bytes, turns: LoadedSet) -> None:
    sheets = Sheets(blank).fill({**HEAD, "1.9": 5, "1.9/article": "Điều 2"})
    sheets.book.remove(sheets.sheet(layout.CLASS))
    filled = read_filled(sheets.data(), FILE, turns)
    assert [doubt.render("en") for doubt in filled.doubts if "Targets by class" in doubt.render("en")] == [
        "the sheet “Targets by class” of the form is missing; no target by class is read"
    ]


def test_values_by_group_of_a_target_by_another_class_say_by_what(
    blank: bytes, turns: LoadedSet, tmp_path: Path
) -> None:
    sheets = Sheets(blank).fill({**HEAD, "1.6.a/vung-cao": 60, "1.6.a/vung-thap": 80, "1.6.a/article": "Điều 2"})
    overlay = overlay_of(sheets.data(), turns, tmp_path)
    assert by_class(turns, overlay, "1.6.a") == {"vung-cao": f"60 {overlay.id}", "vung-thap": f"80 {overlay.id}"}


def test_the_yaml_draft_has_a_line_with_every_class_of_such_a_target(turns: LoadedSet) -> None:
    lines = draft(turns, pending_places(turns)).splitlines()
    assert "  #1.6.a: {value: {bien-gioi: , kho-khan: , dao: , default: }, article: }" in lines
    assert '  #"1.9": {value: {vung-cao: , vung-thap: }, article: }' in lines


def test_a_set_without_such_targets_has_no_such_sheet(blank_form: bytes) -> None:
    assert [sheet for sheet in Sheets(blank_form).book if sheet.title == "Mức theo loại xã"] == []


def test_saved_again_by_libreoffice_the_classes_read_the_same(
    blank: bytes, turns: LoadedSet, tmp_path: Path, libreoffice: str
) -> None:
    rows = {
        BORDER: {"value": "75,5", "article": "Điều 2"},
        ("1.6.a", AREA["dao"]): {"otherwise": WAITS, "article": "Điều 2"},
    }
    path = tmp_path / "in" / FILE
    path.parent.mkdir()
    path.write_bytes(typed(blank, rows))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [libreoffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    again_ = read_filled((tmp_path / "out" / FILE).read_bytes(), FILE, turns)
    assert again_ == read_filled(path.read_bytes(), FILE, turns)
