"""Every check has a code of its own, a page in both languages, a test, and its line in the table of all."""

from __future__ import annotations

import re

import pytest

from ntm_rules.i18n import Message
from ntm_rules.rulebook import problem_codes
from ntm_rules.workbench.checks.core.check import LEVELS, Check
from ntm_rules.workbench.checks.core.registry import all_checks, topics
from tests.conftest import ROOT
from tests.workbench.checks.clean import Checked, told
from tests.workbench.checks.test_told_by_readers import OF_A_SET, OF_AN_OVERLAY

PAGES, TESTS = ROOT / "docs" / "checks", ROOT / "tests" / "workbench" / "checks"
LEDGER = dict(line.split() for line in (TESTS / "codes.txt").read_text(encoding="utf-8").splitlines())
"""Every code ever given and its topic; lines are added, never changed or taken out."""
EVERY = pytest.mark.parametrize(("topic", "check"), topics().items(), ids=topics())


def test_no_code_is_given_twice_or_to_another_topic_than_it_once_had() -> None:
    given = [(check.code, topic) for topic, check in topics().items()]
    assert len({code for code, _topic in given}) == len(given)
    assert [(code, topic) for code, topic in given if LEDGER.get(code) != topic] == []
    assert all(re.fullmatch(r"NTM\d{3}", code) for code, _topic in given)


def test_every_code_of_a_reader_is_documented_as_a_check() -> None:
    readers = {value for name, value in vars(problem_codes).items() if name.isupper()}
    told_by_readers = {check.code for check in topics().values() if check.told_by_reader}
    assert readers == told_by_readers - {"NTM120", "NTM121"}


@EVERY
def test_a_check_has_its_page_in_both_languages(topic: str, check: Check) -> None:
    page = " ".join((PAGES / f"{check.code}.md").read_text(encoding="utf-8").split())
    for sentence in (check.title, check.why, check.mend):
        assert Message(sentence).render("en") in page
        assert Message(sentence).render("vi") in page
    for heading in (
        "**Tìm gì.**",
        "**What it finds.**",
        "Sai · Bad:",
        "Đúng · Good:",
        "**Khi nào bỏ qua.**",
        "**When to ignore it.**",
    ):
        assert heading in page


@EVERY
def test_a_check_has_its_test_of_a_set_where_it_finds(topic: str, check: Check) -> None:
    own = TESTS / f"test_{topic}.py"
    if check.told_by_reader and not own.exists():
        assert check.code in {case[0] for case in (*OF_A_SET, *OF_AN_OVERLAY)}
        return
    test = own.read_text(encoding="utf-8")
    assert f'CODE = "{check.code}"' in test
    assert "\ndef test_" in test


@EVERY
def test_a_check_finds_nothing_in_the_clean_set_nor_in_its_overlay(checked: Checked, topic: str, check: Check) -> None:
    report, overlay = checked.report(check.code), checked.overlay_report(check.code)
    assert (told(report), report.not_run) == ([], {}), topic
    assert (told(overlay), overlay.not_run) == ([], {}), topic


def test_the_table_of_all_checks_is_complete_and_in_order() -> None:
    table = (PAGES / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[(NTM\d{3})\]\((NTM\d{3})\.md\) \| .* · (\w+) \| .* · (.*) \|$", table, re.MULTILINE)
    assert rows == [(c.code, c.code, LEVELS[c.severity], c.title) for c in all_checks().values()]


def test_no_page_is_left_of_a_check_that_is_gone() -> None:
    assert {page.stem for page in PAGES.glob("NTM*.md")} == set(all_checks())
