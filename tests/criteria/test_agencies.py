"""Seventeen agencies lead; how many items each leads follows from the table."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from ntm_rules.rulebook.resolve import resolve
from tests.criteria.plan import ITEMS, SET, agency

IN_FORCE = resolve(SET, as_of=dt.date(2026, 12, 31))
ITEMS_LED = {
    "so-nong-nghiep-moi-truong": 16,
    "so-xay-dung": 4,
    "so-cong-thuong": 4,
    "so-khoa-hoc-cong-nghe": 3,
    "so-giao-duc-dao-tao": 3,
    "so-y-te": 3,
    "so-tai-chinh": 2,
    "so-noi-vu": 2,
    "cong-an-tinh": 2,
    "thong-ke-tinh": 1,
    "hoi-nong-dan-tinh": 1,
    "ban-quan-ly-khu-kinh-te-tinh": 1,
    "so-van-hoa-the-thao-du-lich": 1,
    "hoi-lien-hiep-phu-nu-tinh": 1,
    "van-phong-ubnd-tinh": 1,
    "so-tu-phap": 1,
    "bo-chi-huy-quan-su-tinh": 1,
}
"""Items per lead agency; an item shared by several counts for each of them."""


def test_seventeen_agencies_lead_and_each_leads_its_items() -> None:
    led = Counter(lead for indicator in IN_FORCE.indicators() for lead in indicator.leads())
    assert dict(led) == ITEMS_LED
    assert set(IN_FORCE.lead_agencies) == set(ITEMS_LED)
    assert len(IN_FORCE.lead_agencies) == 17


def test_the_roles_are_those_the_table_gives() -> None:
    roles = {a.id: a.role for a in SET.agencies.values()}
    assert {id_ for id_, role in roles.items() if role == "lead"} == set(ITEMS_LED)
    assert {id_ for id_, role in roles.items() if role == "cooperating"} == {
        agency(name) for row in ITEMS for name in row.cooperating.split("; ")
    }


def test_a_printed_spelling_is_kept_where_it_differs_from_the_name() -> None:
    printed = {a.name.vi: a.printed for a in SET.agencies.values() if a.printed}
    assert printed == {
        "Thống kê tỉnh": ("Thống Kê tỉnh",),
        "Hội Liên hiệp Phụ nữ tỉnh": ("Hội Liên hiệp phụ nữ tỉnh",),
    }
