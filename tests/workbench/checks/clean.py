"""A criteria set in which no check finds anything: the tiny one with its source's text, its tests and its numbers stated."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from ntm_rules.workbench.checks.core.check import RuleFinding
from ntm_rules.workbench.checks.core.running import CheckReport, check_overlay, check_set
from tests.rulebook.tiny import AGENCIES, CONDITIONS, CROSS_CHECKS, HEADER, MEASURES, OVERLAY, RULES_1, RULES_2, Tiny
from tests.rulebook.tiny import FILES as TINY

__all__ = ["AGENCIES", "CLEAN", "CONDITIONS", "CROSS_CHECKS", "HEADER", "MEASURES", "RULES_1", "RULES_2"]

PLAN, TESTS_1, TESTS_2, OVERLAY_FILE = "sources/plan.txt", "01/tests.yaml", "02/tests.yaml", "overlay.yaml"
AS_OF = dt.date(2026, 6, 30)
Found = tuple[str, int, str, str]
"""File, line, key, what is said in English."""


def _with(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def _fails(*ids: str) -> str:
    return "".join(f'- {{name: chưa đạt, of: "{id_}", expect: {{verdict: NOT_MET}}}}\n' for id_ in ids)


CLEAN = TINY | {
    HEADER: _with(
        TINY[HEADER],
        (
            "{id: plan, number: 1/KH, date: 2026-01-01,",
            "{id: plan, number: 1/KH, date: 2026-01-01, file: sources/plan.txt,",
        ),
        ("{id: decree, title", "{id: decree, number: 5/QĐ, date: 2025-12-01, title"),
        ("source: {document: plan, row:", "source: {document: plan, annex: III, row:"),
    ),
    RULES_1: _with(
        TINY[RULES_1],
        (
            "Có quy hoạch; đường đạt chuẩn; rác chôn lấp ít ⏎ hoặc",
            "Có quy hoạch; đường đạt chuẩn ≥ 80%; rác chôn lấp ⏎ ≤ 50,5% hoặc",
        ),
        ("      text: Có quy hoạch\n", "      text: Có quy hoạch\n      text_en: A plan\n"),
        ("text: đường đạt chuẩn\n", "text: đường đạt chuẩn ≥ 80%\n"),
    ),
    RULES_2: _with(
        TINY[RULES_2], ("{document: plan, row:", "{document: plan, annex: III, row:"), (", to: 2028-12-31", "")
    ),
    PLAN: (
        "KẾ HOẠCH\n\nPhụ lục III\nTT\tNội dung\tMức\n1\tHạ tầng\t\n"
        "1.1\tCó quy hoạch; đường đạt chuẩn ≥ 80%; rác chôn lấp\t\n\nTT\tNội dung\tMức\n\t≤ 50,5% hoặc an toàn\t\n"
        "1.2\tSố trạm y tế $\\geq 2$\tnhóm 1: 3 trạm, nhóm 2: 2 trạm\n2\tKinh tế\t\n"
        "2.1\tXếp loại khá trở lên\t\n2.2\tThu nhập tăng\t\n2.3\tTỷ lệ đường\t\n"
    ),
    TESTS_1: _fails("1.1.a", "1.1.b", "1.1.c.i", "1.1.c.ii", "1.2"),
    TESTS_2: _fails("2.1", "2.2", "2.3"),
    "conditions/tests.yaml": _fails("DK.1"),
}
SECOND = """\
- id: "2.4"
  text: Mục bốn
  text_en: Item four
  source: {document: decree, article: Điều 7}
  lead: so-a
  cooperating: []
  years: {from: 2026, to: 2030}
"""
"""The head of one more indicator of criterion 2, to be followed by its condition."""
CLEAN_OVERLAY = _with(
    OVERLAY,
    ("effective: {from: 2026-01-01,", "effective: {from: 2026-09-01,"),
    ("groups:", '  1.1.c.ii: {standard: in-force, article: Điều 2}\n  "2.3": {value: 70, article: Điều 4}\ngroups:'),
)


@dataclass(frozen=True)
class Checked(Tiny):
    """The clean set in a folder of its own, ready for one change, and what checks then find."""

    def report(self, *codes: str, as_of: dt.date = AS_OF) -> CheckReport:
        return check_set(self.folder, as_of=as_of, codes=codes or None)

    def found(self, code: str, as_of: dt.date = AS_OF) -> list[Found]:
        return told(self.report(code, as_of=as_of))

    def add(self, condition: str) -> int:
        """Add an indicator 2.4 with this condition; return the line on which the condition begins."""
        text = (self.folder / RULES_2).read_text(encoding="utf-8") + SECOND
        self.write(RULES_2, text + "".join(f"  {line}\n" for line in condition.splitlines()))
        return text.count("\n") + 1

    def overlay_report(self, *codes: str, text: str = CLEAN_OVERLAY) -> CheckReport:
        path = self.write(OVERLAY_FILE, text)
        return check_overlay(path, [self.folder], as_of=AS_OF, codes=codes or None)

    def found_in_overlay(self, code: str, old: str, new: str) -> list[Found]:
        """What is found once `old` of the clean overlay reads `new`."""
        assert old in CLEAN_OVERLAY
        return told(self.overlay_report(code, text=CLEAN_OVERLAY.replace(old, new)))


def told(report: CheckReport) -> list[Found]:
    return [_told(finding) for finding in report.findings]


def _told(finding: RuleFinding) -> Found:
    problem = finding.problem
    assert problem.message.render("vi") != "", problem
    return problem.file, problem.line, problem.key, problem.message.render("en")


def clean(folder: Path) -> Checked:
    """Write the clean set."""
    checked = Checked(folder)
    for name, text in CLEAN.items():
        checked.write(name, text)
    return checked
