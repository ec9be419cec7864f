"""What is possible and hardly meant is told, and still written: growth, and communes moved to another group."""

from __future__ import annotations

from typing import Any

import pytest

from ntm_rules.forms.decision.filling import read_filled
from ntm_rules.forms.decision.mistakes import FillRefused
from ntm_rules.rulebook.loader import LoadedSet
from tests.forms.decision.conftest import HEAD, Fill, Sheets


@pytest.mark.parametrize(
    ("value", "doubts"),
    [
        (0.06, ["0,06 được hiểu là 0,06%; nếu là 6% thì ghi 6"]),
        ("0,06%", []),
        (6, []),
        (1, []),
        (0, []),
        (-3, ["mức -3% cho phép giảm; kiểm tra xem văn bản có ghi như vậy không"]),
    ],
)
def test_a_growth_that_is_a_fraction_or_a_fall_is_told(
    fill: Fill, loaded: LoadedSet, value: Any, doubts: list[str]
) -> None:
    filled = read_filled(fill({"3.1": value, "3.1/article": "Điều 1"}), "form.xlsx", loaded)
    assert [doubt.render("vi") for doubt in filled.doubts] == [
        f"trang tính «Mức đạt chuẩn», ô H11: {said}" for said in doubts
    ]
    assert len(filled.targets) == 1


def test_a_commune_moved_from_a_stated_group_is_told_with_both(small: LoadedSet, small_form: bytes) -> None:
    def doubts(group: str) -> list[str]:
        cells = {**HEAD, "group:03400": group, "source:03400": "Phụ lục II"}
        filled = read_filled(Sheets(small_form).fill(cells).data(), "form.xlsx", small)
        assert [g.group for g in filled.groups] == [{"Nhóm 1": "nhom-1", "Nhóm 2": "nhom-2"}[group]]
        return [doubt.render("vi") for doubt in filled.doubts]

    stated = small.communes["03400"]
    assert stated.group == "nhom-1"
    assert doubts("Nhóm 1") == []
    (said,) = doubts("Nhóm 2")
    assert said.endswith(f"xã Xã Một đã được xếp nhóm ({stated.group_source}), hàng này đổi nhóm: Nhóm 1 → Nhóm 2")


def test_an_empty_first_day_in_force_asks_for_that_day(fill: Fill, loaded: LoadedSet) -> None:
    data = fill({"3.1": 8, "3.1/article": "Điều 1"}, head={**HEAD, "from": None})
    with pytest.raises(FillRefused) as refused:
        read_filled(data, "form.xlsx", loaded)
    (said,) = (message.render("vi") for message in refused.value.messages)
    assert said.endswith(
        "«Có hiệu lực từ ngày» còn để trống. Ghi ngày bắt đầu có hiệu lực đúng như văn bản, ví dụ 1/9/2026."
    )
