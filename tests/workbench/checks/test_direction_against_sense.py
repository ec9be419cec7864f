"""NTM064: the comparison goes against what is better."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_1, Checked

CODE = "NTM064"


def test_the_comparison_goes_against_what_is_better_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "at_least: 80", "at_most: 80")
    assert checked.found(CODE) == [
        (RULES_1, line, "[1].all[2].at_most", "at_most on roads_share, of which higher is better")
    ]
