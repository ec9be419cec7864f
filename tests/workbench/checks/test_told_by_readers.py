"""What the readers of rules and overlays refuse: each mistake by its code, its place and its words."""

from __future__ import annotations

import pytest

from tests.rulebook.tiny import COMMUNES
from tests.workbench.checks.clean import (
    AGENCIES,
    CROSS_CHECKS,
    HEADER,
    MEASURES,
    OVERLAY_FILE,
    RULES_1,
    RULES_2,
    Checked,
)

OF_A_SET = [
    ("NTM001", AGENCIES, "{id: so-b,", "{id: so-b,,", 0, "", "not valid YAML"),
    ("NTM002", RULES_1, "lead: so-b\n      any", "leed: so-b\n      any", 0, "[1].all[3].leed",
     "unknown key; did you mean “lead”?"),
    ("NTM003", RULES_2, "  cooperating: [ubnd-xa]\n", "", -5, "[1]", "“cooperating” is missing"),
    ("NTM004", RULES_1, "at_least: 80", "at_least: '80%'", 0, "[1].all[2].at_least",
     "“80%” is not a number; write 80"),
    ("NTM005", RULES_1, "at_least: 80", "at_least: 80\n      at_least: 90", 1, "[1].all[2].at_least",
     "this key stands here twice (first on line 17)"),
    ("NTM006", COMMUNES, "nhom-1,danh sách 1", "nhom-1,", 0, "group_source", "commune 03400: a group needs its source"),
    ("NTM010", RULES_1, "measure: clinics", "measure: clinic", 0, "[2].measure",
     "“clinic” is not defined; did you mean “clinics”?"),
    ("NTM011", RULES_1, "lead: so-b\n      any", "lead: so-c\n      any", 0, "[1].all[3].lead",
     "“so-c” is not defined; did you mean “so-b”?"),
    ("NTM012", RULES_1, "{document: plan,", "{document: plann,", 0, "[1].source.document",
     "“plann” is not defined; did you mean “plan”?"),
    ("NTM013", RULES_2, "{decision: awaited}", "{decision: awaitet}", 0, "[3].at_least.pending.decision",
     "“awaitet” is not defined; did you mean “awaited”?"),
    ("NTM014", RULES_1, "nhom-2: 2}", "nhom-2: 2, nhom-9: 2}", 0, "[2].at_least",
     "“nhom-9” is not defined; did you mean “nhom-2”?"),
    ("NTM015", MEASURES, "scale: xep-loai", "scale: xep-loia", 0, "[9].scale",
     "“xep-loia” is not defined; did you mean “xep-loai”?"),
    ("NTM016", RULES_2, "at_least: kha", "at_least: rat-tot", 0, "[1].at_least",
     "“rat-tot” is not a grade of the scale: trung-binh, kha, tot"),
    ("NTM017", RULES_2, '- id: "2.2"', '- id: "2.1"', 0, "[2].id", "id 2.1 is already used in 02/rules.yaml, line 1"),
    ("NTM018", RULES_1, "attested: plan_approved", "attested: safe", 0, "[1].all[1].attested",
     "measure safe is a ruling; a attestation is needed here"),
    ("NTM019", RULES_1, "at_least: 80", "at_least: 101", 0, "[1].all[2].at_least",
     "a share's target lies between 0 and 100, and 101 does not; a percentage that may pass 100 is an `amount` in %"),
    ("NTM020", RULES_1, "{nhom-1: 3, nhom-2: 2}", "{nhom-1: 3}", 0, "[2].at_least", "no value for group nhom-2"),
    ("NTM027", HEADER, "meets: {vi:", "meets_when: {criteria: {at_least: 1, including: ['9']}}\nmeets: {vi:", 0,
     "meets_when.criteria.including[1]", "“9” is not defined"),
    ("NTM028", RULES_1, "attested: plan_approved", "set_met: {set: bo-khong-co}", 0, "[1].all[1].set_met.set",
     "no set “bo-khong-co” is at hand"),
    ("NTM024", CROSS_CHECKS, "at_most: [landfill_share.denominator]", "at_most: [roads_share.denominator]", 0,
     "[1].relation.at_most[1]",
     "roads_share.denominator is in km and landfill_share.numerator in tonnes; only like units can be compared"),
    ("NTM026", "plan/goals.yaml", 'share_meeting: "1"', 'share_meeting: "1.9"', 0, "[6].communes.share_meeting",
     "“1.9” is not defined; did you mean “1.2”?"),
]  # fmt: skip
"""Code, file, what stands there, what is written instead, how many lines on it is told of, key, words."""
OF_AN_OVERLAY = [
    ("NTM021", "DK.1: {value: 0,", "1.1.a: {value: 0,", 8, "set.1.1.a",
     "this requirement has no number; only `standard: in-force` fits"),
    ("NTM022", "applies_to: tiny", "applies_to: khac", 2, "applies_to", "no set khac that can be read is at hand"),
    ("NTM023", "DK.1: {value: 0,", "DK.7: {value: 0,", 8, "set.DK.7",
     "“DK.7” is not defined; did you mean “DK.1”? (where an earlier decision adds it, give that one too)"),
]  # fmt: skip
"""Code, what stands in the overlay, what is written instead, line, key, words."""


def _name(case: tuple[str, ...]) -> str:
    return case[0]


@pytest.mark.parametrize("case", OF_A_SET, ids=_name)
def test_a_mistake_in_a_set_is_told_with_its_line_and_its_words(
    checked: Checked, case: tuple[str, str, str, str, int, str, str]
) -> None:
    code, file, old, new, lines_on, key, words = case
    line = checked.change(file, old, new) + lines_on
    [(*place, said)] = checked.found(code)
    assert (place, said[: len(words)]) == ([file, line, key], words)


@pytest.mark.parametrize("case", OF_AN_OVERLAY, ids=_name)
def test_a_mistake_in_an_overlay_is_told_with_its_line_and_its_words(
    checked: Checked, case: tuple[str, str, str, int, str, str]
) -> None:
    code, old, new, line, key, words = case
    assert checked.found_in_overlay(code, old, new) == [(OVERLAY_FILE, line, key, words)]


def test_a_group_with_its_source_and_a_share_of_100_are_no_mistakes(checked: Checked) -> None:
    checked.change(COMMUNES, "03402,Xã Hai,xa,2025-07-01,,,,", "03402,Xã Hai,xa,2025-07-01,,,nhom-2,danh sách 2")
    checked.change(RULES_1, "at_least: 80", "at_least: 100")
    assert checked.found("NTM006") + checked.found("NTM019") == []


def test_tests_of_the_id_that_a_double_stands_for_are_not_called_wrong(checked: Checked) -> None:
    checked.change(RULES_2, '- id: "2.2"', '- id: "2.1"')
    codes = {finding.check.code for finding in checked.report().findings}
    assert "NTM017" in codes
    assert "NTM082" not in codes


def test_an_unknown_measure_in_a_test_is_told_beside_a_double_id(checked: Checked) -> None:
    checked.change(RULES_2, '- id: "2.2"', '- id: "2.1"')
    checked.change("01/tests.yaml", 'of: "1.1.a"', 'of: "1.1.a", given: {clinik: 3}')
    [(_file, _line, key, said)] = checked.found("NTM082")
    assert (key, said) == ("[1].given.clinik", "“clinik” is not defined; did you mean “clinics”?")
