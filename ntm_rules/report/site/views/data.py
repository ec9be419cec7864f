"""How complete the data are, what is wrong with them, and what in them asks for a second look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ntm_rules.dataset.problems import Problem
from ntm_rules.errors import Severity
from ntm_rules.evaluation.cross_checks import Finding
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.html.drawn import drawn
from ntm_rules.report.html.values import Cell, FilterItem, Head, PageTable, Row, counted, named
from ntm_rules.report.site.layout import Layout
from ntm_rules.report.tables.problems import findings_of
from ntm_rules.report.tables.problems import problems as table_of_problems
from ntm_rules.rulebook.criteria_set import Indicator
from ntm_rules.standing.communes import CommuneStanding
from ntm_rules.standing.completeness import Completeness, of_commune, over_all
from ntm_rules.standing.handing_in import Handed
from ntm_rules.wording.findings import severity_counts_words
from ntm_rules.wording.standing import counts_apart_words, handed_words


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


def _numbers(*more: str) -> list[Head]:
    return [Head(words, "number") for words in (_("Reported of asked"), _("Not reported"), _("Cannot be used"), *more)]


def _cells(one: Completeness, address: str) -> Iterator[Cell]:
    yield Cell(f"{one.given}/{one.asked}", "number", one.given / one.asked if one.asked else 1, address)
    yield counted(one.missing, address=address)
    yield counted(one.unusable, address=address)


def _communes(layout: Layout) -> PageTable:
    """Return the figures of each commune, which lead to what it owes."""
    contents = layout.contents

    def row(one: CommuneStanding) -> Row:
        owes = layout.of_commune(one.report.code, "con-no")
        without = one.indicators.no_data
        cells = _cells(of_commune(layout.rules, one.report), owes)
        last = Cell(f"{without}/{one.indicators.applicable}", "number", without, owes)
        return Row([named(layout.commune(one.record)), *cells, last], FilterItem(one.report.name))

    def without(name: str, words: str, address: str | None = None) -> Row:
        return Row([named(name, address), Cell(words, sort=-1, columns=4)], FilterItem(name))

    unread = [one.commune for one in contents.unread if one.record is None]
    return PageTable(
        _("By commune"),
        [Head(_("Commune")), *_numbers(_("Indicators without data"))],
        [
            *(row(one) for one in contents.overview.communes),
            *(without(one.name, handed_words(Handed.NOTHING_USABLE), layout.of_commune(one.code)) for one in unread),
            *(without(one.name, _("no report")) for one in contents.silent),
        ],
        look="sortable",
        unseen=_("Figures reported of those asked, by commune"),
        filtered=True,
    )


def _indicators(layout: Layout) -> PageTable:
    """Return the figures of each indicator, which lead to its page."""
    contents = layout.contents

    def row(one: Indicator) -> Row:
        page, n = layout.of_indicator(one.id), contents.counts(contents.row(one.id))[Verdict.NO_DATA]
        cells = _cells(over_all(one.requirements(), contents.usable_records), page)
        last = Cell(f"{n}/{len(contents.reported)}", "number", n, page)
        return Row([named(one.id, page), Cell(one.words, "text", address=page), *cells, last])

    return PageTable(
        _("By indicator"),
        [Head(_("No.")), Head(_("Indicator")), *_numbers(_("Communes without data"))],
        [row(one) for one in contents.indicators],
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
