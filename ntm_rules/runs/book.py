"""The rules as a book of pages in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ntm_rules.i18n import N_, current_language
from ntm_rules.report.book.contents import contents_of
from ntm_rules.report.book.pages import render_book
from ntm_rules.report.pages.writing import Kind, write_pages
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.runs.rulebook import Rulebook

BOOK = Kind(
    marker="ntm-book.json",
    key="book",
    foreign=N_("{folder} is not empty and holds no earlier book ({marker}); name a new or an empty folder"),
    in_the_way=N_(
        "{folder} holds files that are not of an earlier book and would be replaced: {names}; move them away"
    ),
    no_folder=N_("{folder} is a file; name a folder for the book"),
)


class RulesBook(NamedTuple):
    """A book that was written."""

    rules: CriteriaSet
    pages: int
    stale: Sequence[str]
    """Pages of an earlier book that were removed."""


def write_book(rulebook: Rulebook, out: Path) -> RulesBook:
    """Write the book of the law into a folder.

    Raises:
        NtmError: a folder that holds something else.
    """
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
    return RulesBook(rules, sum(name.endswith(".html") for name in files), stale)
