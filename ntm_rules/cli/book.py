"""`ntm rules book`: the rules as a site of plain pages in a folder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from ntm_rules.cli.console import Screen
from ntm_rules.cli.rulebook import Rulebook
from ntm_rules.i18n import N_, _, current_language
from ntm_rules.report.book.contents import contents_of
from ntm_rules.report.book.pages import render_book
from ntm_rules.report.book.templating import WHOLE
from ntm_rules.report.pages.links import INDEX
from ntm_rules.report.pages.writing import Kind, write_pages
from ntm_rules.report.wording import invented

BOOK = Kind(
    marker="ntm-book.json",
    key="book",
    foreign=N_("{folder} is not empty and holds no earlier book ({marker}); name a new or an empty folder"),
    in_the_way=N_(
        "{folder} holds files that are not of an earlier book and would be replaced: {names}; move them away"
    ),
    no_folder=N_("{folder} is a file; name a folder for the book"),
)


def run_book(rulebook: Rulebook, out: Path, *, as_of: dt.date | None) -> int:
    """Write the book of the law of a day into a folder; return the exit status."""
    rules = rulebook.for_year(as_of.year if as_of else rulebook.loaded.first_year, as_of)
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
