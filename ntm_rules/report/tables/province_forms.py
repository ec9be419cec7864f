"""Biểu 05 and Biểu 06 of the province, as the reporting forms have them.

Three periods: up to 31 December of the year before, the year itself, and the plan for its last six months, whose cells
are left for people. A cell whose count is not known is None, never 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.tables.table import Cell, Column, Kind, RowRole, Table
from ntm_rules.rulebook.register import Commune
from ntm_rules.standing.communes import groups_of
from ntm_rules.standing.periods import Periods
from ntm_rules.standing.province_forms import (
    DECIDED,
    PeriodCounts,
    by_group,
    in_band,
    meeting,
    recognised,
    register,
    reported,
)
from ntm_rules.wording.communes import group_title, unit_words
from ntm_rules.wording.standards import meeting_words
from ntm_rules.wording.standing import headline

BLANK = PeriodCounts(None, None)


def _period_columns(year: int, key: str = "", over: str = "") -> list[Column]:
    titles = {
        "before": _("Result by 31 Dec. {year}", year=year - 1),
        "now": _("Done in {year}", year=year),
        "plan": _("Plan, last 6 months of {year}", year=year),
    }
    return [Column(key + period, title, Kind.NUMBER, over=over) for period, title in titles.items()]


def form_05(periods: Periods) -> Table:
    """Return the denominators, then how many communes meet each criterion; None where nobody could be judged."""
    rules = periods.now.rules
    groups = [_("All communes"), *(group_title(rules, group) for group in groups_of(rules))]
    columns = [
        Column("id", _("No."), Kind.MARK),
        Column("text", _("Content")),
        Column("unit", _("Unit of measure"), Kind.MARK),
        *(column for n, group in enumerate(groups) for column in _period_columns(periods.year, f"{n}.", group)),
    ]
    lines = [
        ("", _("Communes in the register"), register(periods)),
        ("", _("of them with a report"), by_group(periods, reported)),
        *((c.id, str(c.words), by_group(periods, meeting(c.id))) for c in rules.criteria),
    ]
    unit = unit_words(rules)
    rows = [(id_, text, unit, *(n for one in counts for n in (*one, None))) for id_, text, counts in lines]
    return Table.of(columns, rows, [RowRole.PLAIN if id_ else RowRole.HEADING for id_, _text, _counts in lines])


def form_05_notes(periods: Periods) -> list[str]:
    """Return the footnotes of Biểu 05: which criteria are blank and why, and in how many communes others are undecided."""
    side = periods.counted[1]
    evaluation, total = side.evaluation, len(side.records)
    blank, partly = [], []
    for criterion in evaluation.rules.criteria:
        at = evaluation.row_of["criterion", criterion.id]
        verdicts = [evaluation.verdict(at, record) for record in side.records]
        open_ = sum(verdict not in DECIDED for verdict in verdicts)
        if by_group(periods, meeting(criterion.id))[0].now is None:
            failed = verdicts.count(Verdict.NOT_MET)
            blank.append(_("criterion {id} (not met for what can be judged: {n} communes)", id=criterion.id, n=failed))
        elif open_:
            partly.append(_("criterion {id}: {n}", id=criterion.id, n=open_))
    notes = []
    if blank:
        notes.append(
            _(
                "Blank, not 0: no commune could be judged as meeting it, for want of a target in force or of data: {criteria}",
                criteria="; ".join(blank),
            )
        )
    if partly:
        notes.append(
            _(
                "Not yet judged, so not among those that meet it (of {total} communes with a report): {criteria}",
                total=total,
                criteria="; ".join(partly),
            )
        )
    return notes


def form_06(periods: Periods) -> Table:
    """Return the rows of the form in its order; what no data here can say is left to fill."""
    columns = [Column("number", _("No."), Kind.MARK), Column("text", _("Content")), *_period_columns(periods.year)]
    rows = [_heading("I", _("Results of new-rural development in communes")), *_register_rows(periods)]
    for n, band in enumerate(sorted(periods.now.rules.bands, key=lambda band: -band.at_least), 2):
        note = _every_criterion(periods) if n == 2 else ""
        rows += _split(periods, str(n), str(band.title), by_group(periods, in_band(band)), note)
        if n == 2:
            rows += _recognition_rows(periods)
    rows += [
        _heading("II", _("Communes and villages leaving special difficulty")),
        _left("-", _("Communes that left special difficulty (if any)")),
        _left("-", _("Villages that left special difficulty (if any)")),
        _row("III", _("The province's own new-rural tasks (if any)"), BLANK),
    ]
    return Table.of([*columns, Column("note", _("Note"))], rows, [_role(str(row[0])) for row in rows])


def form_06_notes(periods: Periods) -> list[str]:
    """Return the footnotes of Biểu 06: what the law of today lets be judged, and which rows are blank for it."""
    side = periods.counted[1]
    notes = headline(periods.now.rules, side.ceiling)
    if not side.ceiling.complete:
        notes.append(
            _(
                "A band that no commune can reach today is blank, not 0. Bands count criteria met so far; a commune may turn out"
                " higher once what waits can be judged."
            )
        )
    return notes


HEADINGS = ("I", "II")


def _role(number: str) -> RowRole:
    if number in HEADINGS:
        return RowRole.HEADING
    return RowRole.STRONG if number.isdigit() else RowRole.PLAIN


def _row(number: str, text: str, counts: PeriodCounts, note: str = "") -> Sequence[Cell]:
    return (number, text, *counts, None, note)


def _heading(number: str, text: str) -> Sequence[Cell]:
    return _row(number, text, BLANK)


def _left(number: str, text: str) -> Sequence[Cell]:
    return _row(number, text, BLANK, _("To be filled in: not in the data"))


def _split(
    periods: Periods, number: str, title: str, counts: Sequence[PeriodCounts], note: str = ""
) -> list[Sequence[Cell]]:
    """Return a count and, below it, the same by group."""
    rules = periods.now.rules
    below = zip(groups_of(rules), counts[1:], strict=True)
    return [_row(number, title, counts[0], note), *(_row("-", group_title(rules, g), one) for g, one in below)]


def _register_rows(periods: Periods) -> list[Sequence[Cell]]:
    rules, (total, *of_groups) = periods.now.rules, register(periods)
    groups = enumerate(zip(groups_of(rules), of_groups, strict=True), 1)
    return [
        _row("1", _("Communes in all ({unit})", unit=unit_words(rules)), total),
        *(_row(f"1.{i}", group_title(rules, group), counts) for i, (group, counts) in groups),
        _row("", _("of them with a report"), by_group(periods, reported)[0], _without_report(periods)),
    ]


def _without_report(periods: Periods) -> str:
    """Return who has no usable report, with counts: who handed in nothing usable, and who handed in nothing."""
    told = []
    if unusable := periods.unusable:
        told.append(_("Handed in, nothing usable yet ({n}): {names}", n=len(unusable), names=_names(unusable)))
    if silent := periods.silent:
        told.append(_("Without a report ({n}): {names}", n=len(silent), names=_names(silent)))
    return "; ".join(told)


def _names(communes: Iterable[Commune]) -> str:
    return ", ".join(commune.name for commune in communes)


def _recognition_rows(periods: Periods) -> list[Sequence[Cell]]:
    side = periods.counted[1]
    unsaid = sum(side.communes[at].decision.recognised is None for at in side.records)
    note = _("As communes report it; {n} of {total} say nothing", n=unsaid, total=len(side.records))
    title = _("Communes with a decision recognising them as meeting the standard")
    completing = _left("2.2", _("Communes completing their file for recognition"))
    return [
        *_split(periods, "2.1", title, by_group(periods, recognised), note),
        completing,
        *(_row("-", group_title(periods.now.rules, group), BLANK) for group in groups_of(periods.now.rules)),
        _left("2.3", _("Communes with a decision recognising them as modern new-rural")),
    ]


def _every_criterion(periods: Periods) -> str:
    """Say how many meet every criterion that applies: apart from a band, and from recognition."""
    side = periods.counted[1]
    met = sum(side.communes[at].meets_all for at in side.records)
    words = _("{what}: {n} of {total}", what=meeting_words(side.evaluation.rules), n=met, total=len(side.records))
    if side.ceiling.complete:
        return words
    highest = side.ceiling.highest[1]
    return _(
        "{words}; the most that can be met today is {highest}/{total}",
        words=words,
        highest=highest,
        total=side.ceiling.total,
    )
