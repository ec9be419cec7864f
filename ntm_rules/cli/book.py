"""`ntm rules book`: the rules as a site of plain pages in a folder."""

from __future__ import annotations

from pathlib import Path

from ntm_rules.cli.console import Screen
from ntm_rules.i18n import _
from ntm_rules.report.book.templating import WHOLE
from ntm_rules.report.pages.links import INDEX
from ntm_rules.report.wording import invented
from ntm_rules.runs.book import write_book
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import open_rulebook


def run_book(law: LawAsked, out: Path) -> int:
    """Write the book of the law of a day into a folder; return the exit status."""
    book = write_book(open_rulebook(law), out)
    console = Screen(long_lines=True)
    console.print(_("{n} pages written to {folder}", n=book.pages, folder=out))
    console.print(_("Open {index}; to print everything: {whole}", index=out / INDEX, whole=out / WHOLE))
    if book.stale:
        console.print(_("Pages of the earlier book removed: {names}", names=", ".join(book.stale)))
    for warning in invented(rules=book.rules.illustrative, data=False):
        console.print(warning, style="bold magenta")
    for notice in book.rules.notices:
        console.print(str(notice), style="bold yellow")
    return 0
