"""Checking goes on as far as the files can be read, and says what it could not look at."""

from __future__ import annotations

import datetime as dt

from ntm_rules.i18n import Message
from ntm_rules.rulebook.loader import find_set
from ntm_rules.workbench.checks.core.registry import all_checks
from ntm_rules.workbench.checks.core.running import check_overlay, check_set
from tests.conftest import ILLUSTRATIVE, ROOT
from tests.workbench.checks.clean import AGENCIES, HEADER, OVERLAY_FILE, RULES_1, RULES_2, Checked


def codes(checked: Checked) -> list[str]:
    return [finding.check.code for finding in checked.report().findings]


def test_a_broken_file_does_not_stop_the_checks_of_the_others(checked: Checked) -> None:
    checked.change(RULES_2, "text: Xếp loại", "text: [Xếp loại")
    checked.change(RULES_1, "at_least: 80", "at_most: 80")
    report = checked.report()
    assert [finding.check.code for finding in report.findings] == ["NTM055", "NTM064", "NTM001"]
    assert "NTM090" in report.not_run
    assert report.not_run["NTM090"] == Message("{files} cannot be read whole", files=RULES_2)


def test_one_mistaken_indicator_does_not_hide_the_others_of_its_file(checked: Checked) -> None:
    checked.change(RULES_2, "graded: party_grade", "gradet: party_grade")
    checked.change(RULES_2, "{from: 2027-01-01,", "{from: 2027-02-01,")
    assert set(codes(checked)) == {"NTM002", "NTM059"}


def test_names_are_not_called_unknown_when_the_file_that_defines_them_cannot_be_read(checked: Checked) -> None:
    checked.change(AGENCIES, "{id: so-b,", "{id: so-b, colour: red,")
    checked.change(RULES_1, "measure: clinics", "measure: clinik")
    assert set(codes(checked)) == {"NTM002", "NTM010"}


def test_without_a_header_the_form_of_every_other_file_is_still_checked(checked: Checked) -> None:
    checked.change(HEADER, "version:", "versoin:")
    checked.change(RULES_1, "at_least: 80", "at_leest: 80")
    report = checked.report()
    assert {(f.check.code, f.problem.file) for f in report.findings} == {
        ("NTM002", HEADER),
        ("NTM003", HEADER),
        ("NTM002", RULES_1),
    }
    assert set(report.not_run) == {c.code for c in all_checks().values() if c.of_set is not None}


def test_a_mistake_in_the_form_of_a_test_is_told_and_what_leans_on_tests_is_not_run(checked: Checked) -> None:
    checked.change("01/tests.yaml", "expect:", "expects:")
    report = checked.report()
    assert {(f.check.code, f.problem.file, f.problem.line) for f in report.findings} == {
        ("NTM002", "01/tests.yaml", 1),
        ("NTM003", "01/tests.yaml", 1),
    }
    assert "NTM080" in report.not_run


def test_a_broken_overlay_is_told_by_its_own_name_and_line(checked: Checked) -> None:
    report = checked.overlay_report(text="id: x\napplies_to: tiny\nset: {a: [}\n")
    [finding] = report.findings
    assert (finding.check.code, finding.problem.file, finding.problem.line) == ("NTM001", OVERLAY_FILE, 3)
    assert set(report.not_run) == {c.code for c in all_checks().values() if c.of_overlay is not None}


def test_an_overlay_whose_set_cannot_be_read_says_so(checked: Checked) -> None:
    checked.change(HEADER, "version:", "versoin:")
    [finding] = checked.overlay_report().findings
    assert (finding.check.code, finding.problem.line, finding.problem.key) == ("NTM022", 2, "applies_to")


def test_a_comment_above_other_comments_covers_the_line_below_them(checked: Checked) -> None:
    checked.change(
        RULES_1, "at_least: 80", "# ntm: ignore NTM064, NTM055 là mức trần\n      # ghi chú\n\n      at_most: 80"
    )
    report = checked.report()
    assert (report.findings, report.ignored) == ([], 2)


def test_findings_come_by_file_and_line(checked: Checked) -> None:
    checked.change(RULES_2, "at_least: kha", "at_least: rat-tot")
    checked.change(RULES_1, "measure: clinics", "measure: clinik")
    checked.change(RULES_1, "lead: so-b", "lead: so-z")
    places = [(f.problem.file, f.problem.line) for f in checked.report().findings]
    assert places == sorted(places)
    assert len(places) == 4  # and the measure that nothing uses any more


def test_what_stands_in_our_own_set_is_one_decision_overdue_and_two_things_set_aside_with_a_reason() -> None:
    before = check_set(find_set("lai-chau-2026-2030"), as_of=dt.date(2026, 7, 31))
    after = check_set(find_set("lai-chau-2026-2030"), as_of=dt.date(2026, 8, 1))
    assert (before.findings, before.not_run, before.ignored) == ([], {}, 2)
    assert [(f.check.code, f.problem.file) for f in after.findings] == [("NTM056", HEADER)]


def test_the_illustrative_overlay_is_only_noted_for_its_dates() -> None:
    report = check_overlay(ILLUSTRATIVE, [ROOT / "criteria" / "lai-chau-2026-2030"], as_of=dt.date(2026, 7, 1))
    assert ([f.check.code for f in report.findings], report.not_run) == (["NTM062"], {})


def test_an_overlay_of_an_indicator_that_is_never_in_force_is_told_and_nothing_breaks(checked: Checked) -> None:
    checked.change(RULES_2, "years: {from: 2027, to: 2030}", "years: {from: 2031, to: 2031}")
    report = checked.overlay_report()
    assert [(f.check.code, f.problem.key) for f in report.findings] == [("NTM111", "set.2.3")]


def test_an_overlay_of_a_set_that_judges_no_year_says_so(checked: Checked) -> None:
    checked.change(HEADER, "period: {from: 2026, to: 2030}", "period: {from: 2040, to: 2041}")
    report = checked.overlay_report()
    assert report.findings == []
    assert {why.render("en") for why in report.not_run.values()} == {"no indicator of tiny is in force in any year"}
