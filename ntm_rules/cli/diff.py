"""`ntm rules diff A B`: what changed in words and what changes in outcome, between two laws."""

from __future__ import annotations

from ntm_rules.cli.console import Screen
from ntm_rules.cli.diff_screen import show_law_diff
from ntm_rules.cli.rules import print_json
from ntm_rules.cli.whatif_screen import show_what_if
from ntm_rules.i18n import LANGUAGES
from ntm_rules.report.comparison.changelog import changelog_entry
from ntm_rules.report.comparison.law_record import law_diff_record
from ntm_rules.report.comparison.record import what_if_record
from ntm_rules.runs.comparing import DiffAsked, compare_laws

SAME, DIFFERENT = 0, 1
FORMATS = ("text", "json", "markdown")


def run_diff(laws: DiffAsked, form: str, language: str | None) -> int:
    """Compare two laws; return the exit status: 0 no difference, 1 differences.

    A CHANGELOG entry comes in the `language` asked for, else in all of them.
    """
    diff, compared = compare_laws(laws)
    report = compared.report if compared else None
    if form == "json":
        print_json(law_diff_record(diff, what_if_record(report) if report else None))
    elif form == "markdown":
        print(changelog_entry(diff, report, (language,) if language else LANGUAGES), end="")  # noqa: T201 - this is the command's output
    else:
        console = Screen()
        show_law_diff(console, diff)
        if compared is not None:
            console.rule()
            show_what_if(console, compared.report, compared.read.dataset.problems, None)
    changes_data = report is not None and bool(report.communes)
    return SAME if diff.empty and not changes_data else DIFFERENT
