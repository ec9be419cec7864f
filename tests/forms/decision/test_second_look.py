"""What is odd about a filled form as a whole is worth a second look, and changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from ntm_rules.forms.decision.filling import read_filled
from ntm_rules.rulebook.loader import LoadedSet
from tests.forms.decision.conftest import HEAD, Fill

ONE = {"3.1": 8, "3.1/article": "Điều 1"}
DATE, FROM = "sheet “Văn bản”, cell B6", "sheet “Văn bản”, cell B11"
TARGETS = "sheet “Mức đạt chuẩn”"


def doubts(data: bytes, loaded: LoadedSet) -> list[str]:
    return [doubt.render("en") for doubt in read_filled(data, "form.xlsx", loaded).doubts]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ({}, []),
        ({"date": "20/6/2026"},
         [f"{DATE}: dated before 5434/KH-UBND of 01/7/2026, on which this set rests; check the day"]),
        ({"from": "1/10/2027"}, [f"{FROM}: more than a year from the date of the document; check both"]),
        ({"from": "15/8/2027"}, []),
        ({"date": "8/10/2026"},
         [f"{FROM}: in force before it was promulgated; check that the document says so",
          f"{DATE}: read as 08/10/2026; with day and month exchanged, 10/8/2026, the days would be in order"]),
        ({"from": "9/1/2026"},
         [f"{FROM}: in force before it was promulgated; check that the document says so",
          f"{FROM}: read as 09/01/2026; with day and month exchanged, 01/9/2026, the days would be in order"]),
        ({"from": "20/7/2026"}, [f"{FROM}: in force before it was promulgated; check that the document says so"]),
        ({"number": "45"}, ["sheet “Văn bản”, cell B5: only “45” stands here; write it as printed"]),
        ({"issuer": "UBND", "date": "ngày 15 tháng 8 năm 2026"}, []),
    ],
)  # fmt: skip
def test_days_that_do_not_follow_one_another(
    fill: Fill, loaded: LoadedSet, head: dict[str, Any], said: list[str]
) -> None:
    assert doubts(fill(ONE, head={**HEAD, **head}), loaded) == said


def by_group(id_: str, *values: float) -> dict[str, Any]:
    return {f"{id_}/article": "Điều 1"} | {f"{id_}/nhom-{n}": value for n, value in enumerate(values, start=1)}


USUAL = by_group("6.2", 85, 80, 75) | by_group("6.3", 60, 50, 40) | by_group("6.1", 5, 8, 12)
ODD = (
    f"{TARGETS}: {{id}}: the order of the groups, from the easier to the harder target, differs from that of 3 other"
    " targets; check that no values were exchanged"
)


@pytest.mark.parametrize(
    ("cells", "odd"),
    [
        (USUAL, []),
        (USUAL | by_group("4.1", 25, 30, 35), ["4.1"]),
        (USUAL | by_group("4.1", 30, 35, 25), ["4.1"]),
        (USUAL | by_group("4.1", 30, 30, 30), []),
        (USUAL | by_group("4.1", 30, 30, 25), []),
        (by_group("6.2", 75, 80, 85) | by_group("6.1", 5, 8, 12), []),
        (by_group("6.2", 75, 80, 85), []),
        (by_group("6.2", 75, 80, 85) | by_group("6.3", 40, 50, 60), []),
        (
            by_group("6.2", 75, 80, 85)
            | by_group("6.3", 40, 50, 60)
            | by_group("4.1", 9, 8, 7)
            | by_group("2.4", 9, 8, 7),
            [],
        ),
    ],
)
def test_groups_in_another_order_than_in_most_targets(
    fill: Fill, loaded: LoadedSet, cells: dict[str, Any], odd: list[str]
) -> None:
    assert doubts(fill(cells), loaded) == [ODD.format(id=id_) for id_ in odd]


DEBT = {"DK.1": 0, "DK.1/article": "Điều 5"}
ELSEWHERE = (
    f"{TARGETS}: {{ids}}: awaited from “Regulation on conditions and procedure for recognising communes as meeting the"
    " new-rural standard, 2026-2030 (successor of Decision 18/2022/QĐ-TTg)” of Prime Minister, not from this document;"
    " check that it may fix them"
)


def test_targets_that_another_body_owes(fill: Fill, loaded: LoadedSet) -> None:
    both = DEBT | {"DK.3": "Bắt buộc", "DK.3/article": "Điều 6"}
    assert doubts(fill({**ONE, **both}), loaded) == [ELSEWHERE.format(ids="DK.1, DK.3")]
    assert doubts(fill(DEBT), loaded) == [ELSEWHERE.format(ids="DK.1")]
    assert doubts(fill(both, head={**HEAD, "issuer": "Thủ tướng Chính phủ"}), loaded) == []
    (told,) = doubts(fill({**ONE, **both}, head={**HEAD, "issuer": "THỦ TƯỚNG CHÍNH PHỦ"}), loaded)
    assert told.startswith(f"{TARGETS}: 3.1: awaited from “Lai Châu province's criteria")


def test_a_trial_is_nobodys_decision(fill: Fill, loaded: LoadedSet) -> None:
    assert doubts(fill({"DK.1": 0}, head={"illustrative": "Có", "from": "1/1/2026"}), loaded) == []
