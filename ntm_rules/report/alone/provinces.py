"""cac-tinh.html: the provinces that one set serves, beside each other, on one page."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_rules.i18n import _
from ntm_rules.report.alone.page import alone_page
from ntm_rules.report.html.drawn import drawn
from ntm_rules.report.html.sections import Section
from ntm_rules.report.tables.provinces import provinces
from ntm_rules.standing.overview import Overview


def provinces_page(overviews: Sequence[Overview], warnings: Sequence[str], foot: Sequence[str]) -> bytes:
    """Return the page; `foot`: what it was made from."""
    words = _("Provinces beside each other")
    section = Section(words, table=drawn(provinces(overviews), words))
    said = _("Each province is judged by the decisions that hold for its own communes.")
    return alone_page(words, [said], [section], warnings=warnings, foot=foot)
