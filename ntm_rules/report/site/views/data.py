"""How complete the data are, what is wrong with them, and what in them asks for a second look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ntm_rules.dataset.problems import Problem
from ntm_rules.errors import Severity
from ntm_rules.evaluation.cross_checks import Finding
from ntm_rules.i18n import _
from ntm_rules.report.html.drawn import drawn
from ntm_rules.report.html.values import FilterItem, PageTable
from ntm_rules.report.site.layout import Layout
from ntm_rules.report.tables.completeness import communes, indicators
from ntm_rules.report.tables.problems import findings_of
from ntm_rules.report.tables.problems import problems as table_of_problems
from ntm_rules.report.tables.table import CountOf, Table
from ntm_rules.wording.findings import severity_counts_words
from ntm_rules.wording.standing import counts_apart_words


@dataclass(frozen=True, slots=True)
class Data:
    """What the page of the data shows."""

    counts_apart: str
    communes: PageTable
    indicators: PageTable
    problems: PageTable | None
    findings_in_all: str
    findings: PageTable | None


def data(layout: Layout) -> Data:
    """Return what the page of the data shows."""
    contents = layout.contents
    problems, findings = contents.dataset.problems, contents.findings if layout.rules.cross_checks else ()
    return Data(
        counts_apart_words(),
        _communes(layout),
        _indicators(layout),
        _problems(layout, problems) if problems else None,
        severity_counts_words(one.severity for one in findings),
        _findings(layout, findings) if findings else None,
    )


def _communes(layout: Layout) -> PageTable:
    """Return the figures of each commune, which lead to what it owes."""
    contents = layout.contents
    judged = list(contents.overview.communes)
    unread = [one.commune for one in contents.unread if one.record is None]
    table = communes(contents.overview, unread, contents.silent)
    others = len(table) - len(judged)
    owed = [*(layout.of_commune(one.report.code, "con-no") for one in judged), *[None] * others]
    pages = [
        *(layout.commune(one.record).address for one in judged),
        *(layout.of_commune(one.code) for one in unread),
        *[None] * len(contents.silent),
    ]
    return drawn(
        table,
        _("By commune"),
        ("commune",),
        {"commune": pages, **dict.fromkeys(FIGURES, owed)},
        counts=COUNTS,
        sorts={"given": _shares(table)},
        items=[FilterItem(name) for name in map(str, table.column("commune"))],
        look="sortable",
        unseen=_("Figures reported of those asked, by commune"),
    )


FIGURES = ("given", "missing", "unusable", "no_data")
COUNTS = {"missing": "", "unusable": ""}
"""Columns that are grey where they are 0."""


def _shares(table: Table) -> list[object]:
    """Return by what the figures reported of those asked are sorted: nothing asked last, no report first."""
    return [
        (float(one.n) / float(one.whole) if one.whole else 1) if isinstance(one, CountOf) else -1
        for one in table.column("given")
    ]


def _indicators(layout: Layout) -> PageTable:
    """Return the figures of each indicator, which lead to its page."""
    contents = layout.contents
    table = indicators(contents.overview)
    pages = [layout.of_indicator(one.id) for one in contents.indicators]
    return drawn(
        table,
        _("By indicator"),
        ("id",),
        dict.fromkeys(("id", "words", *FIGURES), pages),
        looks={"words": "text"},
        counts=COUNTS,
        sorts={"given": _shares(table)},
        look="sortable",
        unseen=_("Figures reported of those asked, by indicator"),
    )


def _problems(layout: Layout, problems: Sequence[Problem]) -> PageTable:
    table = table_of_problems(problems).only("commune", "file", "place", "message", "mend", "severity")
    table = table.headed(commune=_("Commune")).with_cells(lambda name: name or "–", "commune")
    links = [layout.link("commune", one.commune_code, one.commune) if one.commune else None for one in problems]
    counts = [sum(one.severity is which for one in problems) for which in (Severity.ERROR, Severity.WARNING)]
    return drawn(
        table,
        _("Problems of the data"),
        ("commune",),
        {"commune": [link.address if link else None for link in links]},
        _("Errors: {errors}; warnings: {warnings}", errors=counts[0], warnings=counts[1]),
        looks={"file": "code", "message": "text", "mend": "text"},
        cards=("file", "place", "mend", "severity"),
        items=[FilterItem(one.commune or one.file) for one in problems],
        look="sortable stack",
    )


def _findings(layout: Layout, findings: Sequence[Finding]) -> PageTable:
    """Return findings, which stand the gravest first."""
    table = findings_of(layout.rules, findings).only("commune", "severity", "check", "message", "mend")
    return drawn(
        table,
        _("Cross-checks"),
        ("commune",),
        {"commune": [layout.of_commune(one.code, "kiem-tra-cheo") for one in findings]},
        looks={"message": "text", "mend": "text"},
        sorts={"severity": [one.severity.rank for one in findings]},
        cards=("severity", "check", "mend"),
        items=[FilterItem(one.name, one.severity.words) for one in findings],
        look="sortable stack",
        unseen=_("What in the figures asks for a second look"),
        groups=_("Severity"),
    )
