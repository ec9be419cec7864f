"""NTM072: parts of `all` that contradict each other."""

from __future__ import annotations

import pytest

from tests.workbench.checks.clean import CONDITIONS, MEASURES, RULES_2, Checked

CODE = "NTM072"


def test_parts_of_all_that_contradict_each_other_is_found(checked: Checked) -> None:
    line = checked.add(
        "all:\n  - {id: 2.4.a, measure: clinics, at_least: {nhom-1: 1, nhom-2: 3}}\n  - {id: 2.4.b, measure: clinics, at_most: 2}"
    )
    assert checked.found(CODE) == [(RULES_2, line + 2, "[4].all[2]", "clinics cannot meet 2.4.a and 2.4.b at once")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    checked.add("all:\n  - {id: 2.4.a, measure: clinics, at_least: 2}\n  - {id: 2.4.b, measure: clinics, at_most: 2}")
    assert checked.found(CODE) == []


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (
            "measure: debt\nat_least: [{from: 2026-01-01, value: 8, promulgated: 2025-12-01, source: {document: decree}}]\nat_most: 6",
            "debt cannot be ≥ 8 (2.4.min) and ≤ 6 (2.4.max) at once, as the law is on 01/01/2026",
        ),
        (
            "measure: debt\nat_least: {of: 1.1.b.debt, times: 2}\nat_most: 6",
            "debt cannot be ≥ 8 (2.4.min) and ≤ 6 (2.4.max) at once, as the law is on 01/01/2026",
        ),
        (
            "day: opened\nno_earlier_than: 2027-07-01\nno_later_than: 2027-06-30",
            "opened cannot be ≥ 01/7/2027 (2.4.min) and ≤ 30/6/2027 (2.4.max) at once, as the law is on 01/01/2026",
        ),
        (
            "measure: clinics\nmore_than: 5\nless_than: 6",
            "clinics cannot be > 5 (2.4.min) and < 6 (2.4.max) at once, as the law is on 01/01/2026",
        ),
        (
            "all:\n  - {id: 2.4.a, all: [{id: 2.4.a.i, measure: clinics, at_least: {by: type, values: {xa: 9}, default: 1}}]}\n"
            "  - {id: 2.4.b, measure: clinics, at_most: 2}",
            "clinics cannot be ≥ 9 (2.4.a.i) and ≤ 2 (2.4.b) at once, as the law is on 01/01/2026",
        ),
    ],
)
def test_a_range_is_empty_on_a_day_for_whom_it_is_told_by_the_law_of_that_day(
    checked: Checked, condition: str, said: str
) -> None:
    opened = (
        "{id: opened, label: {vi: Ngày, en: Day}, kind: date, unit: {vi: ngày, en: day}, evidence: {vi: Sổ, en: Book}}"
    )
    checked.write(MEASURES, (checked.folder / MEASURES).read_text(encoding="utf-8") + f"- {opened}\n")
    checked.add(condition.replace("1.1.b.debt", "DK.1"))
    checked.change(
        CONDITIONS, "at_most: {pending: {decision: awaited, note: {vi: Chờ quy định, en: Awaited}}}", "at_most: 4"
    )
    assert [message for _file, _line, _key, message in checked.found(CODE)] == [said]


def test_parts_that_are_for_different_communes_do_not_contradict_each_other(checked: Checked) -> None:
    checked.add(
        "all:\n  - {id: 2.4.a, all: [{id: 2.4.a.i, applies_if: plan_approved, measure: debt, at_least: 9}]}\n"
        "  - {id: 2.4.b, applies_unless: plan_approved, measure: debt, at_most: 2}\n"
        "  - {id: 2.4.c, applies_if: plan_approved, measure: debt, at_least: 8}"
    )
    assert checked.found(CODE) == []


def test_what_a_decision_makes_contradict_is_found_where_it_says_so(checked: Checked) -> None:
    checked.add("measure: clinics\nat_least: {nhom-1: 3, nhom-2: 2}\nat_most: 6")
    assert checked.found_in_overlay(CODE, "groups:", "  2.4.max: 4\ngroups:") == []
    (found,) = checked.found_in_overlay(CODE, "groups:", "  2.4.max: 2\ngroups:")
    assert found[2:] == (
        "set.2.4.max",
        "clinics cannot be ≥ 3 (2.4.min) and ≤ 2 (2.4.max) at once, as the law is on 01/9/2026",
    )
