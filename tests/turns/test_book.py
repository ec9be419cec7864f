"""The book says every turn of the law as it stands: strict comparisons, so many of the parts, a no that meets."""

from __future__ import annotations

import datetime as dt

from ntm_rules.rulebook.loader import LoadedSet
from tests.report.book.conftest import make_book
from tests.report.pages.html_pages import read_page


def test_the_book_says_how_each_requirement_is_met(turns: LoadedSet) -> None:
    whole = read_page(make_book(turns, as_of=dt.date(2026, 12, 31))["tat-ca.html"])
    said = [asked.words for asked in whole.all("p", "asked")]
    assert sum(words.endswith("phải cao hơn mức đạt (>)") for words in said) == 3
    assert sum(words.endswith("phải thấp hơn mức đạt (<)") for words in said) == 3
    assert sum(words.endswith("phải trả lời là Không") for words in said) == 2
    assert "Ít nhất 2 phần phải đạt:" in [op.words for op in whole.all("p", "op")]
