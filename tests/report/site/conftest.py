"""Pages made once: five communes with planted mistakes, in Vietnamese with invented targets and in English without."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import Dataset
from ntm_rules.i18n import use_language
from ntm_rules.report.site.contents import Contents
from ntm_rules.report.site.pages import render_site
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.reading import YearsRead
from ntm_rules.runs.rulebook import open_rulebook
from ntm_rules.runs.site import site_contents
from tests.conftest import ILLUSTRATIVE, SAMPLE
from tests.report.pages.html_pages import Element, read_pages

NAMES = ("03390-binh-lu", "03460-hua-bum", "03463-ta-tong", "03508-hong-thu", "03595-than-uyen")
"""All met; a question unanswered; nothing to count; mistakes in the form; one gap."""

DAY = dt.date(2026, 11, 29)
"""To which days overdue are counted."""
Files = dict[str, bytes]


@pytest.fixture(scope="session")
def forms() -> Dataset:
    """The forms of the communes chosen."""
    return read_dataset([SAMPLE / f"{name}.xlsx" for name in NAMES], open_rulebook(LawAsked()).questionnaire())


def contents_of(dataset: Dataset, overlays: Sequence[Path] = ()) -> Contents:
    """Judge a dataset's year 2026."""
    rulebook = open_rulebook(LawAsked(overlays=overlays))
    return replace(site_contents(YearsRead(rulebook, dataset, [2026])), day=DAY)


def rendered(contents: Contents, language: str) -> Files:
    """Return the files of the pages in a language."""
    try:
        use_language(language)
        return render_site(contents)
    finally:
        use_language(None)


@pytest.fixture(scope="session")
def contents(forms: Dataset) -> Contents:
    """The communes under the law with every target filled in."""
    return contents_of(forms, [ILLUSTRATIVE])


@pytest.fixture(scope="session")
def bare(forms: Dataset) -> Contents:
    """The communes under the law alone, their figures taken for real."""
    return contents_of(replace(forms, illustrative=False))


@pytest.fixture(scope="session")
def files(contents: Contents) -> Files:
    """The Vietnamese pages."""
    return rendered(contents, "vi")


@pytest.fixture(scope="session")
def english(bare: Contents) -> Files:
    """The English pages."""
    return rendered(bare, "en")


@pytest.fixture(scope="session")
def pages(files: Files) -> dict[str, Element]:
    """The Vietnamese pages, taken apart."""
    return read_pages(files)
