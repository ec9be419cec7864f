"""NTM064: the comparison goes against what is better."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_1, Checked

CODE = "NTM064"


def test_the_comparison_goes_against_what_is_better_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "at_least: 80", "at_most: 80")
    assert checked.found(CODE) == [
        (RULES_1, line, "[1].all[2].at_most", "at_most on roads_share, of which higher is better")
    ]


PARTS = (
    "{}:\n  - {{id: 2.4.a, measure: roads_share, at_least: 6}}\n  - {{id: 2.4.b, measure: roads_share, at_most: 8.5}}\n"
)


def test_a_range_in_two_parts_is_a_range(checked: Checked) -> None:
    checked.add(PARTS.format("all"))
    assert checked.found(CODE) == []


def test_two_bounds_of_which_one_is_enough_are_no_range(checked: Checked) -> None:
    checked.add(PARTS.format("any"))
    assert [key for _file, _line, key, _said in checked.found(CODE)] == ["[4].any[2].at_most"]
