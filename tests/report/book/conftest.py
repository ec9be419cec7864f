"""Books made once: the set alone in Vietnamese, and with invented targets in English."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from ntm_rules.i18n import use_language
from ntm_rules.report.book.contents import BookContents, contents_of
from ntm_rules.report.book.pages import render_book
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.loader import LoadedSet, load_overlay
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.resolve import resolve
from tests.conftest import ILLUSTRATIVE
from tests.report.pages.html_pages import Element, read_pages

Files = dict[str, bytes]


def make_book(
    loaded: LoadedSet,
    *overlays: Overlay,
    as_of: dt.date = dt.date(2026, 12, 31),
    known_on: dt.date | None = None,
    language: str = "vi",
) -> Files:
    """Return the files of a book."""
    rules = resolve(loaded, as_of=as_of, overlays=overlays, known_on=known_on)
    try:
        use_language(language)
        return render_book(contents_of(loaded, rules, overlays))
    finally:
        use_language(None)


@pytest.fixture(scope="session")
def contents(loaded: LoadedSet, lai_chau: CriteriaSet) -> BookContents:
    """What stands in the book of the set alone."""
    return contents_of(loaded, lai_chau, ())


@pytest.fixture(scope="session")
def overlays() -> Sequence[Overlay]:
    """The sample overlay, whose targets are invented."""
    return [load_overlay(ILLUSTRATIVE)]


@pytest.fixture(scope="session")
def plain(loaded: LoadedSet) -> Files:
    """The book of the set alone, in Vietnamese."""
    return make_book(loaded)


@pytest.fixture(scope="session")
def illustrative(loaded: LoadedSet, overlays: Sequence[Overlay]) -> Files:
    """The book with invented targets, in English."""
    return make_book(loaded, *overlays, language="en")


@pytest.fixture(scope="session")
def pages(plain: Files) -> dict[str, Element]:
    """The pages of the Vietnamese book, taken apart."""
    return read_pages(plain)


@pytest.fixture(scope="session")
def english(illustrative: Files) -> dict[str, Element]:
    """The pages of the English book, taken apart."""
    return read_pages(illustrative)
