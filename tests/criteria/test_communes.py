"""The register: 36 communes and 2 wards, with the codes that meant another unit before July 2025."""

from __future__ import annotations

import csv
import datetime as dt

import pytest

from ntm_rules.rulebook.register import bare_name
from tests.criteria.plan import FOLDER, SET

REGISTER = SET.communes
OUTSIDE_THE_LIST = {"Than Uyên", "Tân Uyên", "Bình Lư", "Mường Than"}
"""Communes that Decision 113/QĐ-UBND does not name as in special difficulty."""
NOT_REARRANGED = {"03451": "Mù Cả", "03463": "Tà Tổng"}
REUSED = {
    "03388": ("Đoàn Kết", "Quyết Tiến"),
    "03390": ("Bình Lư", "Tam Đường"),
    "03394": ("Sin Suối Hồ", "Thèn Sin"),
    "03405": ("Tả Lèng", "Giang Ma"),
    "03408": ("Tân Phong", "Đông Phong"),
    "03433": ("Bum Tở", "Mường Tè"),
    "03434": ("Nậm Hàng", "Nậm Nhùn"),
    "03439": ("Thu Lũm", "Ka Lăng"),
    "03487": ("Lê Lợi", "Chăn Nưa"),
    "03503": ("Pa Tần", "Trung Chải"),
    "03508": ("Hồng Thu", "Ma Quai"),
    "03529": ("Tủa Sín Chải", "Làng Mô"),
    "03532": ("Pu Sam Cáp", "Noong Hẻo"),
    "03538": ("Nậm Mạ", "Căn Co"),
    "03562": ("Sì Lở Lầu", "Vàng Ma Chải"),
    "03618": ("Mường Than", "Phúc Than"),
    "03640": ("Khoen On", "Ta Gia"),
}
"""Code: what it means now, what it meant before 1 July 2025."""


def test_there_are_36_communes_and_2_wards() -> None:
    assert len(REGISTER) == 38
    assert len(REGISTER.within()) == 36
    assert {unit.name: unit.type for unit in REGISTER.outside()} == {"Đoàn Kết": "phuong", "Tân Phong": "phuong"}
    assert {unit.type for unit in REGISTER.within()} == {"xa"}


def test_names_are_bare_and_told_apart_with_their_diacritics() -> None:
    names = [unit.name for unit in REGISTER]
    assert len(set(names)) == 38
    assert all(bare_name(name) == name.casefold() for name in names)


def test_a_unit_formed_in_the_merger_exists_from_1_july_2025() -> None:
    for unit in REGISTER:
        formed = unit.code not in NOT_REARRANGED
        assert (unit.valid_from == dt.date(2025, 7, 1)) == formed
        assert "1670/NQ-UBTVQH15" in unit.source


@pytest.mark.parametrize("code", NOT_REARRANGED)
def test_a_commune_left_as_it_was_is_older_and_says_how_far_that_is_known(code: str) -> None:
    unit = REGISTER[code]
    assert unit.name == NOT_REARRANGED[code]
    assert unit.valid_from < dt.date(2025, 1, 1)
    assert "không thực hiện sắp xếp" in unit.source
    assert "chưa đối chiếu" in unit.source


def test_a_reused_code_keeps_the_name_it_had_before() -> None:
    reused = {
        unit.code: (unit.name, *unit.predecessor_names) for unit in REGISTER if unit.code in unit.predecessor_codes
    }
    assert reused == REUSED
    for code, (_, before) in REUSED.items():
        assert before in REGISTER[code].source


def test_one_old_name_is_another_communes_present_name() -> None:
    present = {unit.name: unit.code for unit in REGISTER}
    assert {code: present[old] for code, (_, old) in REUSED.items() if old in present} == {"03433": "03445"}
    assert "03445" in REGISTER["03433"].source


def test_the_32_communes_in_special_difficulty_are_provisionally_of_group_3() -> None:
    grouped = [unit for unit in REGISTER if unit.group is not None]
    assert len(grouped) == 32
    assert {unit.group for unit in grouped} == {"nhom-3"}
    assert {unit.name for unit in REGISTER.within() if unit.group is None} == OUTSIDE_THE_LIST
    for unit in grouped:
        assert "113/QĐ-UBND" in unit.group_source
        assert "51/2025/QĐ-TTg" in unit.group_source
        assert unit.group_source.startswith("Tạm xác định, chờ danh sách")


def test_a_ward_has_no_group() -> None:
    assert {unit.group for unit in REGISTER.outside()} == {None}


def test_the_file_is_in_the_order_of_the_codes() -> None:
    with (FOLDER / "communes.csv").open(encoding="utf-8", newline="") as stream:
        codes = [row["code"] for row in csv.DictReader(stream)]
    assert codes == sorted(codes)


def test_every_unit_has_its_tile_and_neighbours_of_the_land_are_neighbours_there() -> None:
    tiles = {unit.name: unit.tile for unit in REGISTER}
    assert None not in tiles.values()
    assert {name: tiles[name] for name in ("Thu Lũm", "Tả Tổng", "Tà Tổng", "Than Uyên") if name in tiles} == {
        "Thu Lũm": (1, 1),
        "Tà Tổng": (4, 1),
        "Than Uyên": (7, 9),
    }
    assert tiles["Đoàn Kết"] == (3, 6), "wards are on the map too"
