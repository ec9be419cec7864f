"""NTM112: a number of a decision without its article."""

from __future__ import annotations

from tests.workbench.checks.clean import OVERLAY_FILE, Checked

CODE = "NTM112"


def test_a_number_of_a_decision_without_its_article_is_found(checked: Checked) -> None:
    found = checked.found_in_overlay(CODE, "DK.1: {value: 0, article: Điều 3}", "DK.1: 0")
    assert found == [(OVERLAY_FILE, 8, "set.DK.1", "no article says where DK.1 stands")]
