"""communes.csv: every unit once, by a code of five digits, with a day, and a group only with its source."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from ntm_rules.rulebook.register import Commune, Register, bare_name, name_key
from ntm_rules.rulebook.register_file import COLUMNS, read_register
from ntm_rules.rulebook.yaml_reader import RulebookError
from tests.rulebook.tiny import COMMUNES, FILES, HEADER, Tiny, said

HEADER_LINE = ",".join(COLUMNS)
TWICE = (
    "code 03402 stands on line 2 too, for days that overlap: {} there, {} here; "
    "a unit's last day (valid_to) lies before the first day of the next"
)
ONE = Commune(
    "03400",
    "Xã Một",
    "xa",
    dt.date(2025, 7, 1),
    ("03400", "03401"),
    ("Cũ", "Xưa"),
    "nhom-1",
    "danh sách 1",
    "nghị quyết",
)
TWO = Commune("03402", "Xã Hai", "xa", dt.date(2025, 7, 1), source="nghị quyết")
WARD = Commune("03404", "Phường Ba", "phuong", dt.date(2025, 7, 1), source="nghị quyết")  # fmt: skip


def refused(tmp_path: Path, text: str | bytes, groups: tuple[str, ...] | None = None) -> list[str]:
    path = tmp_path / COMMUNES
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(RulebookError) as error:
        read_register(path, "xa", groups=groups)
    return [line.removeprefix("communes.csv, ") for line in said(error.value)]


# --- reading -----------------------------------------------------------------------------------


def test_a_register_is_read_whole(tiny: Tiny) -> None:
    assert list(read_register(tiny.folder / COMMUNES, "xa")) == [ONE, TWO, WARD]


def test_units_stand_in_the_order_of_their_codes(tiny: Tiny) -> None:
    header, *rows = FILES[COMMUNES].splitlines()
    path = tiny.write(COMMUNES, "\n".join([header, *reversed(rows)]))
    assert [unit.code for unit in read_register(path, "xa")] == ["03400", "03402", "03404"]


def test_names_become_nfc_and_a_byte_order_mark_is_no_part_of_the_header(tiny: Tiny) -> None:
    apart = unicodedata.normalize("NFD", FILES[COMMUNES])
    path = tiny.write(COMMUNES, "\ufeff" + apart)
    assert next(iter(read_register(path, "xa"))).name == "Xã Một"


def test_further_columns_and_empty_lines_are_no_mistake(tiny: Tiny) -> None:
    path = tiny.write(COMMUNES, f"note,{HEADER_LINE}\n\nx,03402,Hai,xa,2025-07-01,,,,,s\n\n")
    assert [unit.code for unit in read_register(path, "xa")] == ["03402"]


MAPPED = f"{HEADER_LINE},map_row,map_column"


def test_a_register_may_say_where_a_unit_stands_on_the_tile_map(tmp_path: Path) -> None:
    (tmp_path / COMMUNES).write_text(f"{MAPPED}\n03402,Hai,xa,2025-07-01,,,,,s,4, 12\n03403,Ba,xa,2025-07-01,,,,,s,,\n")
    assert [unit.tile for unit in read_register(tmp_path / COMMUNES, "xa")] == [(4, 12), None]


@pytest.mark.parametrize(
    ("tiles", "expected"),
    [
        (["4,", "1,1"], ["line 2, map_column: “” is no place"]),
        (["x,0", "1,1"], ["line 2, map_row: “x” is no place", "line 2, map_column: “0” is no place"]),
        (["41,1", "1,1"], ["line 2, map_row: “41” is no place"]),
        (["٤,1", "1,1"], ["line 2, map_row: “٤” is no place"]),
        (["1,2", "01,02"], ["line 3, map_row: tile 1, 2 is that of commune 03402"]),
        (["1", "1,1"], ["line 2, map_column: “” is no place"]),
    ],
)
def test_a_place_on_the_map_is_a_tile_of_its_own(tmp_path: Path, tiles: list[str], expected: list[str]) -> None:
    rows = [f"0340{2 + i},Hai {i},xa,2025-07-01,,,,,s,{tile}" for i, tile in enumerate(tiles)]
    found = refused(tmp_path, "\n".join([MAPPED, *rows]))
    assert [line[: len(start)] for line, start in zip(found, expected, strict=True)] == expected


def test_a_map_has_rows_and_columns(tmp_path: Path) -> None:
    found = refused(tmp_path, f"{HEADER_LINE},map_row\n03402,Hai,xa,2025-07-01,,,,,s,4\n")
    assert found == ["line 1: columns are missing: map_column"]


# --- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            ["3402,Hai,xa,2025-07-01,,,,,s"],
            ["line 2, code: “3402” has lost the 0 in front of it; write 03402, and keep the column as text in Excel"],
        ),
        (
            ["03402,Hai,xa,2025-07-01,03403;3404,,,,s"],
            [
                "line 2, predecessor_codes: “3404” has lost the 0 in front of it; write 03404, "
                "and keep the column as text in Excel"
            ],
        ),
        (["340,Hai,xa,2025-07-01,,,,,s"], ["line 2, code: “340” is not a 5-digit code"]),
        (["034O2,Hai,xa,2025-07-01,,,,,s"], ["line 2, code: “034O2” is not a 5-digit code"]),
        (["٠٣٤٠٢,Hai,xa,2025-07-01,,,,,s"], ["line 2, code: “٠٣٤٠٢” is not a 5-digit code"]),
        (
            ["03402,Hai,xa,2025-07-01,,,,,s", "03402,Ba,xa,2025-07-01,,,,,s"],
            ["line 3, code: " + TWICE.format("from 01/7/2025", "from 01/7/2025")],
        ),
        (
            ["03402,Hai,xa,bad,,,,,s", "03402,Ba,xa,2025-07-01,,,,,s"],
            [
                "line 2, valid_from: “bad” is not a date (write 2025-07-01)",
                "line 3, code: " + TWICE.format("all days", "from 01/7/2025"),
            ],
        ),
        (["03402,Hai,xa,1/7/2025,,,,,s"], ["line 2, valid_from: “1/7/2025” is not a date (write 2025-07-01)"]),
        (["03402,Hai,xa,,,,,,s"], ["line 2, valid_from: “” is not a date (write 2025-07-01)"]),
        (["03402, ,xa,2025-07-01,,,,,s"], ["line 2, name: “name” is missing"]),
        (["03402,Hai,xa,2025-07-01"], [
            "line 2: columns are missing: predecessor_codes, predecessor_names, group, group_source, source"
        ]),
        (["03402,Hai,xa,2025-07-01,,,,,s, and more"], ["line 2: the line has 10 cells and the heading 9 columns; a cell with a comma in it stands in double quotes"]),
        (
            ["03402,Hai,xa,2025-07-01,,,nhom-1,,s"],
            ["line 2, group_source: commune 03402: a group needs its source"],
        ),
        (
            ["03402,Hai,xa,2025-07-01,,,nhom-9,danh sách,s"],
            ["line 2, group: commune 03402: unknown group nhom-9; write the id of one: nhom-1"],
        ),
        (
            ['"0340\n2",Hai,xa,2025-07-01,,,,,s', "x,Ba,xa,2025-07-01,,,,,s"],
            ["line 3, code: “0340\\x0a2” is not a 5-digit code", "line 4, code: “x” is not a 5-digit code"],
        ),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_used_is_named_by_line_and_column(
    tmp_path: Path, rows: list[str], expected: list[str]
) -> None:
    assert refused(tmp_path, "\n".join([HEADER_LINE, *rows]), groups=("nhom-1",)) == expected


def test_missing_columns_are_named(tmp_path: Path) -> None:
    assert refused(tmp_path, "code,name\n03402,Hai\n") == [
        "line 1: columns are missing: type, valid_from, predecessor_codes, predecessor_names, group, group_source, source"
    ]


@pytest.mark.parametrize(("separator", "said_"), [(";", "semicolons"), ("\t", "tabs")])
def test_another_separator_is_told_with_its_mend(tmp_path: Path, separator: str, said_: str) -> None:
    assert refused(tmp_path, FILES[COMMUNES].replace(",", separator)) == [
        f"line 1: the columns are separated by {said_}; save the file as CSV UTF-8 with a comma between two columns"
    ]


def test_an_empty_file_lacks_every_column(tmp_path: Path) -> None:
    assert refused(tmp_path, "") == [f"line 1: columns are missing: {', '.join(COLUMNS)}"]


def test_a_file_saved_as_unicode_text_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, FILES[COMMUNES].encode("utf-16")) == [
        "line 1: the file is not UTF-8 text; save it again as UTF-8"
    ]


def test_a_line_that_cannot_be_split_is_refused(tmp_path: Path) -> None:
    long = "x" * 200_000
    assert refused(tmp_path, f"{HEADER_LINE}\n03402,{long},xa,2025-07-01,,,,,s\n") == [
        "line 2: the line cannot be split into columns (quotation marks or line ends are broken; the system says: field larger than field limit (131072)); "
        "nothing after it was read"
    ]


def test_a_group_is_checked_against_those_of_the_set(tiny: Tiny) -> None:
    line = tiny.change(COMMUNES, "nhom-1", "nhom-3")
    assert tiny.problems() == [
        f"communes.csv, line {line}, group: commune 03400: unknown group nhom-3; write the id of one: nhom-1, nhom-2"
    ]


# --- types of units ----------------------------------------------------------------------------

COMMUNE = '{id: xa, title: {vi: xã, en: commune}, full_name: {vi: "Xã {name}", en: "{name} commune"}}'
TOWN = '{id: phuong, title: {vi: thị xã, en: town}, full_name: {vi: "Thị xã {name}", en: "the town of {name}"}}'
LAST = "cross_checks: cross-checks.yaml\n"


def types(tiny: Tiny, *written: str) -> None:
    tiny.change(HEADER, LAST, f"{LAST}commune_types: [{', '.join(written)}]\n")


def test_units_are_called_what_the_set_calls_their_type(tiny: Tiny) -> None:
    types(tiny, COMMUNE, TOWN)
    communes = tiny.load().communes
    assert (communes.unit_type, communes["03404"].unit_type) == communes.types
    assert str(communes["03404"].unit_type.full_name.en) == "the town of {name}"


def test_where_no_type_is_named_the_usual_three_are_known_and_any_other_is_told(tiny: Tiny) -> None:
    communes = tiny.load().communes
    assert [one.id for one in communes.types] == ["xa", "phuong", "dac-khu"]
    assert communes["03400"].unit_type == communes.types[0]
    tiny.change(COMMUNES, "phuong", "ap")
    assert tiny.problems() == [
        "communes.csv, line 4, type: commune 03404: type “ap” is none of those known: xa, phuong, dac-khu; "
        "`commune_types` in criteria-set.yaml names others"
    ]


@pytest.mark.parametrize("written", ["xã", "Xa", "XA", " XÃ ", unicodedata.normalize("NFD", "xã"), "Commune"])
def test_a_type_is_read_by_its_id_or_title_however_it_is_spelt(tiny: Tiny, written: str) -> None:
    tiny.change(COMMUNES, "Xã Hai,xa", f"Xã Hai,{written}")
    assert [unit.code for unit in tiny.load().communes.within()] == ["03400", "03402"]


def test_titles_of_the_sets_own_types_are_read_and_a_word_of_two_types_is_neither(tiny: Tiny) -> None:
    types(tiny, COMMUNE, TOWN, TOWN.replace("phuong", "thi-tran").replace("thị xã", "thị xa"))
    tiny.change(COMMUNES, "phuong", "Thị  xã")
    assert tiny.load().communes["03404"].type == "phuong"
    tiny.change(COMMUNES, "Thị  xã", "thi xa")
    assert [line.partition("type “")[2][:6] for line in tiny.problems()] == ["thi xa"]


def test_a_set_without_any_unit_of_the_type_it_applies_to_is_told(tiny: Tiny) -> None:
    tiny.change(HEADER, LAST, f"{LAST}commune_type: dac-khu\n")
    assert tiny.problems() == [
        "communes.csv, line 1, type: no unit is of type “dac-khu”, to which the set applies "
        "(`commune_type` in criteria-set.yaml); types here: xa, phuong"
    ]


def test_a_unit_of_a_type_that_the_set_does_not_name_is_refused(tiny: Tiny) -> None:
    types(tiny, COMMUNE)
    assert tiny.problems() == [
        "communes.csv, line 4, type: commune 03404: type “phuong” is none of those known: xa; "
        "`commune_types` in criteria-set.yaml names others"
    ]


def test_the_type_that_a_set_applies_to_is_one_that_it_names(tiny: Tiny) -> None:
    types(tiny, TOWN, COMMUNE)
    tiny.change(HEADER, LAST, f"{LAST}commune_type: xaa\n")
    assert [line.partition(": ")[2] for line in tiny.problems()] == ["“xaa” is not defined; did you mean “xa”?"]


def test_a_full_name_says_where_the_name_stands(tiny: Tiny) -> None:
    types(tiny, COMMUNE.replace("Xã {name}", "Xã"))
    (said_,) = tiny.problems()
    assert said_.endswith("`full_name` has {name} once, where the name of the unit stands")


def test_a_register_that_takes_the_place_of_another_keeps_its_types(tiny: Tiny) -> None:
    types(tiny, COMMUNE, TOWN)
    communes = tiny.load().communes
    changed = communes.replaced({"03404": replace(communes["03404"], group="nhom-1")})
    assert (changed["03404"].unit_type, changed.types) == (communes["03404"].unit_type, communes.types)


# --- asking ------------------------------------------------------------------------------------

REGISTER = Register([ONE, TWO, WARD], "xa")


def test_a_unit_is_found_by_code() -> None:
    assert REGISTER["03400"] == ONE
    assert REGISTER.get("03402") == TWO
    assert REGISTER.get("99999") is None
    assert ("03404" in REGISTER, "99999" in REGISTER, len(REGISTER)) == (True, False, 3)


def test_units_of_another_type_are_outside() -> None:
    assert REGISTER.within() == [ONE, TWO]
    assert REGISTER.outside() == [WARD]


@pytest.mark.parametrize("name", ["Xã Một", "một", "XÃ  MỘT", unicodedata.normalize("NFD", "Một")])
def test_a_name_is_found_whatever_its_case_prefix_and_encoding(name: str) -> None:
    assert REGISTER.named(name) == [ONE]


def test_diacritics_tell_names_apart() -> None:
    assert REGISTER.named("Mót") == []
    assert name_key("Tà Tổng") != name_key("Tả Tổng")
    assert bare_name("Thị trấn  Tam Đường") == "tam đường"


def test_units_are_replaced_in_a_new_register() -> None:
    moved = replace(TWO, group="nhom-1")
    replaced = REGISTER.replaced({"03402": moved})
    assert list(replaced) == [ONE, moved, WARD]
    assert REGISTER["03402"].group is None
