"""A province is meant by its id or its name, accents and case aside; two that are called alike are told."""

from __future__ import annotations

import pytest

from ntm_rules.i18n import Message
from ntm_rules.rulebook.models import Province
from ntm_rules.rulebook.province_names import called_so
from ntm_rules.rulebook.register_file import _province_problems


def provinces(*names: str) -> list[Province]:
    return [
        Province.model_validate({"id": id_, "name": {"vi": vi, "en": en}})
        for id_, vi, en in (one.split("|") for one in names)
    ]


NATION = provinces(
    "song-dao|Tỉnh Sông Đào (giả định)|Song Dao Province (invented)",
    "ha-nam|Tỉnh Hà Nam|Ha Nam Province",
    "ha-nam-2|Tỉnh Hạ Nam|Ha Nam South",
    "cang|Thành phố Cảng|Cang City",
)


@pytest.mark.parametrize(
    ("said", "ids"),
    [
        ("song-dao", ("song-dao",)),
        ("Tỉnh Sông Đào (giả định)", ("song-dao",)),
        ("SÔNG ĐÀO", ("song-dao",)),
        ("tinh song dao", ("song-dao",)),
        ("Song Dao Province", ("song-dao",)),
        (" Cảng ", ("cang",)),
        ("thanh pho cang", ("cang",)),
        ("Tỉnh Hà Nam", ("ha-nam",)),
        ("ha nam", ("ha-nam", "ha-nam-2")),
        ("nơi khác", ()),
        ("tỉnh", ()),
    ],
)
def test_a_province_is_found_by_what_people_write(said: str, ids: tuple[str, ...]) -> None:
    assert called_so(NATION, said) == ids


def test_a_register_names_it_either_way_and_is_told_where_two_are_meant() -> None:
    def told(cell: str) -> list[Message]:
        return [message for _column, message in _province_problems({"code": "03400", "province": cell}, NATION)]

    assert not told("Sông Đào")
    assert [message.render("vi") for message in told("ha nam")] == [
        "xã 03400: nhiều tỉnh có tên “ha nam”; hãy ghi mã: ha-nam, ha-nam-2"
    ]
    assert "song-dao" in told("nơi khác")[0].render("vi")
