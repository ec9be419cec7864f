"""How complete the data are, what is wrong with them, and what in them asks for a second look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ntm_rules.dataset.problems import Problem
from ntm_rules.errors import Severity
from ntm_rules.evaluation.cross_checks import Finding
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.html.values import Cell, Head, Item, Row, Table, counted, named
from ntm_rules.report.site.layout import Layout
from ntm_rules.rulebook.criteria_set import Indicator
from ntm_rules.standing.communes import CommuneStanding
from ntm_rules.standing.completeness import Completeness, of_commune, over_all
from ntm_rules.standing.handing_in import Handed
from ntm_rules.wording.findings import counts_words, finding_words, mend_words
from ntm_rules.wording.standing import counts_apart_words, handed_words


@dataclass(frozen=True, slots=True)
class Data:
    """What the page of the data shows."""

    counts_apart: str
    communes: Table
    indicators: Table
    problems: Table | None
    findings_in_all: str
    findings: Table | None


def data(layout: Layout) -> Data:
    """Return what the page of the data shows."""
    contents = layout.contents
    problems, findings = contents.dataset.problems, contents.findings if layout.rules.cross_checks else ()
    return Data(
        counts_apart_words(),
        _communes(layout),
        _indicators(layout),
        _problems(layout, problems) if problems else None,
        counts_words(one.severity for one in findings),
        _findings(layout, findings) if findings else None,
    )


def _numbers(*more: str) -> list[Head]:
    return [Head(words, "number") for words in (_("Reported of asked"), _("Not reported"), _("Cannot be used"), *more)]


def _cells(one: Completeness, address: str) -> Iterator[Cell]:
    yield Cell(f"{one.given}/{one.asked}", "number", one.given / one.asked if one.asked else 1, address)
    yield counted(one.missing, address=address)
    yield counted(one.unusable, address=address)


def _communes(layout: Layout) -> Table:
    """Return the figures of each commune, which lead to what it owes."""
    contents = layout.contents

    def row(one: CommuneStanding) -> Row:
        owes = layout.of_commune(one.report.code, "con-no")
        without = one.indicators.no_data
        cells = _cells(of_commune(layout.rules, one.report), owes)
        last = Cell(f"{without}/{one.indicators.applicable}", "number", without, owes)
        return Row([named(layout.commune(one.record)), *cells, last], Item(one.report.name))

    def without(name: str, words: str, address: str | None = None) -> Row:
        return Row([named(name, address), Cell(words, sort=-1, columns=4)], Item(name))

    unread = [one.commune for one in contents.unread if one.record is None]
    return Table(
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


def _indicators(layout: Layout) -> Table:
    """Return the figures of each indicator, which lead to its page."""
    contents = layout.contents

    def row(one: Indicator) -> Row:
        page, n = layout.of_indicator(one.id), contents.counts(contents.row(one.id))[Verdict.NO_DATA]
        cells = _cells(over_all(one.requirements(), contents.usable_records), page)
        last = Cell(f"{n}/{len(contents.reported)}", "number", n, page)
        return Row([named(one.id, page), Cell(one.words, "text", address=page), *cells, last])

    return Table(
        _("By indicator"),
        [Head(_("No.")), Head(_("Indicator")), *_numbers(_("Communes without data"))],
        [row(one) for one in contents.indicators],
        look="sortable",
        unseen=_("Figures reported of those asked, by indicator"),
    )


def _problems(layout: Layout, problems: Sequence[Problem]) -> Table:
    file, place, mend, severity = _("File"), _("Place"), _("How to mend it"), _("Severity")

    def row(one: Problem) -> Row:
        cells = [
            named(layout.link("commune", one.commune_code, one.commune) if one.commune else "–"),
            Cell(one.file, "code", label=file),
            Cell(one.place(), label=place),
            Cell(one.message(), "text"),
            Cell(one.mend(), "text", label=mend),
            Cell(_("error") if one.severity is Severity.ERROR else _("warning"), label=severity),
        ]
        return Row(cells, Item(one.commune or one.file))

    counts = [sum(one.severity is which for one in problems) for which in (Severity.ERROR, Severity.WARNING)]
    heads = (_("Commune"), file, place, _("What is wrong"), mend, severity)
    return Table(
        _("Problems of the data"),
        [Head(words) for words in heads],
        [row(one) for one in problems],
        look="sortable stack",
        caption=_("Errors: {errors}; warnings: {warnings}", errors=counts[0], warnings=counts[1]),
        filtered=True,
    )


def _findings(layout: Layout, findings: Sequence[Finding]) -> Table:
    severity, check, mend = _("Severity"), _("Check"), _("What to do")

    def row(one: Finding) -> Row:
        cells = [
            named(one.name, layout.of_commune(one.code, "kiem-tra-cheo")),
            Cell(one.severity.words, sort=one.severity.rank, label=severity),
            Cell(one.check.id, label=check),
            Cell(finding_words(layout.rules, one), "text"),
            Cell(mend_words(layout.rules, one), "text", label=mend),
        ]
        return Row(cells, Item(one.name, one.severity.words))

    return Table(
        _("Cross-checks"),
        [Head(words) for words in (_("Commune"), severity, check, _("What was found"), mend)],
        [row(one) for one in findings],
        look="sortable stack",
        unseen=_("What in the figures asks for a second look"),
        filtered=True,
        groups=severity,
    )
