"""What `ntm batch` shows on screen: a compact matrix, the counts, who has most to do, what was refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as RichText

from ntm_rules.cli.findings_screen import findings_line
from ntm_rules.cli.screen_parts import STYLES, legend, perhaps_another_set, show_problems
from ntm_rules.cli.screen_tables import on_screen
from ntm_rules.cli.standing_screen import show_agencies, show_handing_in, show_headline, show_nearest, show_years
from ntm_rules.dataset.records import Dataset
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.cross_checks.many.findings import Findings
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.report.tables.matrix import matrix, summing
from ntm_rules.report.tables.table import Column, Kind, Table, words_of
from ntm_rules.standing.decisions import YES
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.values import Handed
from ntm_rules.wording.communes import full_name
from ntm_rules.wording.standards import meets_words
from ntm_rules.wording.standing import not_counted_words
from ntm_rules.wording.values import invented, number

if TYPE_CHECKING:
    from ntm_rules.runs.blocks import FoundInParts

MOST_COMMUNES = 60
"""Beyond this many communes the matrix on screen shows the first ones and points to the workbook."""


def show_batch(
    console: Console,
    overviews: Sequence[Overview],
    findings: Sequence[Findings | FoundInParts],
    dataset: Dataset,
    out: Path,
    tables: str,
) -> None:
    """Show the results of a batch run; `tables`: what its large tables are written as."""
    evaluations = [overview.evaluation for overview in overviews]
    for overview in overviews:
        show_headline(console, overview)
        _matrix(console, overview)
        _counts(console, overview)
        show_nearest(console, overview)
        show_agencies(console, overview)
        show_years(console, overview)
        show_handing_in(console, overview)
        _outside(console, overview.evaluation)
    for notice in dict.fromkeys(notice for evaluation in evaluations for notice in evaluation.rules.notices):
        console.print(str(notice), style="bold yellow")
    illustrative = any(e.rules.illustrative for e in evaluations)
    for warning in invented(rules=illustrative, data=dataset.illustrative):
        console.print(warning, style="bold magenta")
    rules = evaluations[0].rules
    doubt = perhaps_another_set(dataset, rules.id, rules.title)
    show_problems(console, dataset.problems, doubt=doubt, in_file=True)
    if rules.cross_checks:
        console.print(findings_line(findings, tables), style="bold cyan")
    console.print(_("Results are in {folder}: open ket-qua.xlsx first.", folder=str(out)), style="bold")


def _matrix(console: Console, overview: Overview) -> None:
    table = matrix([overview]).first(MOST_COMMUNES)
    criteria = summing(table)
    shown = overview.communes[:MOST_COMMUNES]
    for key, head, counted in (
        ("criteria", _("Criteria"), [one.criteria for one in shown]),
        ("indicators", _("Indicators"), [one.indicators for one in shown]),
    ):
        cells = [
            f"{n.met}/{n.judgeable} ({n.applicable})" if one.usable else "–"
            for one, n in zip(shown, counted, strict=True)
        ]
        table = table.beside(Column(key, head, Kind.NUMBER), cells)
    table = table.headed(**{key: key.partition(".")[2] for key in criteria if key.startswith("criterion.")})
    title = _("Criteria of every commune, {year}", year=overview.year)
    names = table.only("commune")
    for keys in _blocks(table.only(*criteria, "criteria", "indicators"), console.width - _width(names, 0)):
        block = table.only("commune", *keys)
        console.print(on_screen(block, title, no_wrap=block.keys))
        title = _("Criteria of every commune, {year}: the columns that follow", year=overview.year)
    if len(overview.evaluation.records) > MOST_COMMUNES:
        more = len(overview.evaluation.records) - MOST_COMMUNES
        console.print(_("… and {n} more communes in the workbook", n=more), style="dim")
    console.print(legend())
    console.print(_("Counts: met / can be judged today (apply)"), style="dim")
    if words := not_counted_words(overview.handing_in.of(Handed.NOTHING_USABLE)):
        console.print(words, style="dim")
    console.print()


def _blocks(table: Table, width: int) -> Iterator[list[str]]:
    """Yield the columns as many at a time as the screen has room for: one that is cut off says nothing."""
    block: list[str] = []
    taken = 0
    for at, key in enumerate(table.keys):
        own = _width(table, at)
        if block and taken + own > width:
            yield block
            block, taken = [], 0
        block.append(key)
        taken += own
    yield block


def _width(table: Table, at: int) -> int:
    """Return how many characters a column takes on the screen, with the space on either side."""
    column = table.columns[at]
    words = (" " if column.kind is Kind.LETTER else words_of(cell) for cell in table.cells[at])
    return max(map(cell_len, (column.head, *words))) + 2


def _counts(console: Console, overview: Overview) -> None:
    evaluation = overview.evaluation
    rules, standings, usable = evaluation.rules, overview.communes, overview.usable
    total = int(usable.sum())
    for at, band in enumerate(rules.bands):
        said = {"band": str(band.title), "total": total}
        if overview.ceiling.highest[1] < band.at_least:
            console.print(_("{band}: no commune of {total} can be there today", **said))
        else:
            console.print(_("{band}: {n} of {total} communes", n=int((standings.bands == at).sum()), **said))
    meets = int((usable & (standings.meets == Verdict.MET)).sum())
    recognised = int((usable & (standings.decided == YES)).sum())
    console.print(_("{what}: {n} of {total} communes", what=meets_words(rules), n=meets, total=total))
    if rules.recognition:
        console.print(_("Recognised by a decision (as reported): {n} of {total} communes", n=recognised, total=total))
    cells = evaluation.tally(evaluation.level("indicator"), overview.usable)
    for verdict in LEGEND_ORDER:
        said = {"verdict": verdict.label, "n": number(Decimal(cells[verdict]))}
        if verdict is Verdict.NOT_APPLICABLE:
            line = _("{verdict}: {n} of all {total} commune-indicators", **said, total=number(Decimal(cells.total)))
        else:
            line = _(
                "{verdict}: {n} of {total} commune-indicators that apply",
                **said,
                total=number(Decimal(cells.applicable)),
            )
        if verdict is Verdict.NO_DATA:
            line += _no_data(overview)
        console.print(RichText.assemble((f"{verdict.letter} ", STYLES[verdict]), line))
    console.print()


def _no_data(overview: Overview) -> str:
    """Say how many commune-indicators without data are owed, and how many wait for a body or for a group."""
    owed, rulings, groups = (
        int(overview.communes.indicators.column(name)[overview.usable].sum()) for name in ("owed", "ruling", "group")
    )
    told = [
        _("figures owed by communes: {n}", n=owed),
        _("conclusions awaited from their bodies: {n}", n=rulings),
    ]
    if groups:
        told.append(_("communes' groups not named: {n}", n=groups))
    return f" ({'; '.join(told)})"


def _outside(console: Console, evaluation: Evaluation) -> None:
    outside = ", ".join(full_name(commune) for commune in evaluation.rules.communes.outside())
    if outside:
        console.print(_("Outside this set of criteria: {names}", names=outside), style="dim")
