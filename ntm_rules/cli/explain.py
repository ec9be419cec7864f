"""`ntm explain`, and `--explain` of `ntm assess`: why one commune has the verdict it has."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text as RichText

from ntm_rules.cli.console import Screen
from ntm_rules.cli.screen_parts import DONE, STYLES, WITH_PROBLEMS, say_years, show_nothing
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.one_commune import REFERENCE, explained, report_among
from ntm_rules.runs.reading import NothingEvaluated
from ntm_rules.runs.rulebook import open_rulebook
from ntm_rules.visible import json_text

if TYPE_CHECKING:
    from ntm_rules.report.explanation.subject import Explanation

KIND_STYLES = {"title": "bold", "heading": "bold", "warning": "bold magenta"}


def run_explain(
    law: LawAsked,
    data: Sequence[Path],
    *,
    commune: str | None,
    indicator: str,
    year: int | None,
    engine: str = REFERENCE,
    as_json: bool = False,
) -> int:
    """Explain one indicator of one commune; return the exit status."""
    rulebook = open_rulebook(law)
    report = report_among(rulebook, data, commune, year)
    if isinstance(report, NothingEvaluated):
        return show_nothing(Screen(errors=True), report)
    say_years(Screen(errors=True), rulebook, report.dataset, [report.record.year])
    explanation = explained(report, indicator, engine)
    if as_json:
        from ntm_rules.report.explanation.as_json import explanation_json

        sys.stdout.write(json_text(explanation_json(explanation)) + "\n")
    else:
        show_explanation(Screen(), explanation)
    return WITH_PROBLEMS if explanation.touching() else DONE


def show_explanation(console: Console, explanation: Explanation) -> None:
    """Print an explanation; to a file or a pipe one paragraph a line, for pasting."""
    first = True
    from ntm_rules.report.explanation.prose import paragraphs

    for paragraph in paragraphs(explanation):
        if paragraph.kind in ("title", "heading") and not first:
            console.print()
        first = False
        words = RichText(paragraph.words, style=KIND_STYLES.get(paragraph.kind, ""))
        if paragraph.verdict is not None and console.is_terminal:
            words = RichText.assemble((f"[{paragraph.verdict.letter}] ", STYLES[paragraph.verdict]), words)
        console.print(words, soft_wrap=not console.is_terminal)
