"""`ntm rules book`: the rules as a site of plain pages in a folder."""

from __future__ import annotations

from pathlib import Path

from ntm_rules.cli.console import Screen
from ntm_rules.i18n import _, current_language
from ntm_rules.report.book.contents import contents_of
from ntm_rules.report.book.pages import BOOK, render_book
from ntm_rules.report.book.templating import WHOLE
from ntm_rules.report.pages.links import INDEX
from ntm_rules.report.pages.writing import write_pages
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import open_rulebook
from ntm_rules.wording.values import invented


def run_book(asked: LawAsked, out: Path) -> int:
    """Write the book of the law of a day into a folder; return the exit status."""
    rulebook = open_rulebook(asked)
    rules = rulebook.shown()
    contents = contents_of(rulebook.loaded, rules, rulebook.overlays)
    files = render_book(contents)
    law = {
        "set": rules.id,
        "version": rules.version,
        "as_of": rules.as_of.isoformat(),
        "known_on": rules.known_on.isoformat() if rules.known_on else None,
        "overlays": list(rules.overlays),
        "illustrative": rules.illustrative,
        "hash": contents.law_hash,
        "language": current_language(),
    }
    stale = write_pages(BOOK, out, files, law, rulebook.overlay_paths)
    console = Screen(long_lines=True)
    pages = sum(name.endswith(".html") for name in files)
    console.print(_("{n} pages written to {folder}", n=pages, folder=out))
    console.print(_("Open {index}; to print everything: {whole}", index=out / INDEX, whole=out / WHOLE))
    if stale:
        console.print(_("Pages of the earlier book removed: {names}", names=", ".join(stale)))
    for warning in invented(rules=rules.illustrative, data=False):
        console.print(warning, style="bold magenta")
    for notice in rules.notices:
        console.print(str(notice), style="bold yellow")
    return 0
