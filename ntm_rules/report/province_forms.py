"""The counts of the province's reporting forms "Biểu 05" and "Biểu 06": communes, by group and period.

Three periods: up to 31 December of the year before, the year itself, and the plan for its last six months, which is
not data anyone reports here: its cells are left for people. A cell whose count is not known is None, never 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.rulebook.models import Band
from ntm_rules.rulebook.register import Commune
from ntm_rules.standing.communes import CommuneStanding
from ntm_rules.standing.periods import Periods, Side
from ntm_rules.wording.communes import group_title, groups_of, unit_words
from ntm_rules.wording.standing import headline

Count = int | None
"""Communes; None where nothing is known."""


class Counts(NamedTuple):
    """One count in the periods that data can fill."""

    before: Count
    now: Count


class Form05Row(NamedTuple):
    """One row of Biểu 05: a criterion, or a line of denominators above them (`id` empty)."""

    id: str
    text: str
    total: Counts
    by_group: Sequence[Counts]
    """In the order of `groups_of`."""


class Form06Row(NamedTuple):
    """One row of Biểu 06."""

    number: str
    text: str
    counts: Counts
    note: str = ""
    heading: bool = False
    """A heading has no counts."""
    to_fill: bool = False
    """Nothing here reports it: left for people."""


def form_05(periods: Periods) -> Iterator[Form05Row]:
    """Yield the denominators, then how many communes meet each criterion; None where nobody could be judged."""
    rules = periods.now.rules
    groups = groups_of(rules)
    register = [commune.group for commune in rules.communes.within()]
    everyone = [_known(periods, n) for n in (len(register), *(register.count(group) for group in groups))]
    yield Form05Row("", _("Communes in the register"), everyone[0], everyone[1:])

    def row(id_: str, text: str, count: Callable[[Side, Sequence[int], str | None, bool], Count]) -> Form05Row:
        found: list[list[Count]] = []
        for side in periods.counted:
            if side is None:
                found.append([None] * (1 + len(groups)))
                continue
            whole = count(side, side.records, None, True)
            found.append([whole, *(count(side, side.of_group(group), group, False) for group in groups)])
        columns = [Counts(before, now) for before, now in zip(*found, strict=True)]
        return Form05Row(id_, text, columns[0], columns[1:])

    yield row("", _("of them with a report"), lambda _side, records, _group, _all: len(records))
    for criterion in rules.criteria:
        yield row(criterion.id, str(criterion.words), _meeting(criterion.id))


def _meeting(criterion: str) -> Callable[[Side, Sequence[int], str | None, bool], Count]:
    """Return what counts the communes that meet a criterion; None where the law or want of data let none be judged."""

    def count(side: Side, records: Sequence[int], group: str | None, everyone: bool) -> Count:
        evaluation = side.evaluation
        row = evaluation.row_of.get(("criterion", criterion))
        if row is None:
            return None
        groups = side.ceiling.groups if everyone else [one for one in side.ceiling.groups if one.group == group]
        verdicts = [evaluation.verdict(row, at) for at in records]
        met = verdicts.count(Verdict.MET)
        attainable = any(criterion in one.attainable for one in groups)
        decided = any(verdict in DECIDED for verdict in verdicts)
        return met if met or (attainable and decided) else None

    return count


DECIDED = frozenset({Verdict.MET, Verdict.NOT_MET, Verdict.NOT_APPLICABLE})


def form_05_notes(periods: Periods) -> list[str]:
    """Return the footnotes of Biểu 05: which criteria are blank and why, and in how many communes others are undecided."""
    side = periods.counted[1]
    evaluation, total = side.evaluation, len(side.records)
    blank, partly = [], []
    for row in form_05(periods):
        if not row.id:
            continue
        at = evaluation.row_of["criterion", row.id]
        verdicts = [evaluation.verdict(at, record) for record in side.records]
        open_ = sum(verdict not in DECIDED for verdict in verdicts)
        if row.total.now is None:
            failed = verdicts.count(Verdict.NOT_MET)
            blank.append(_("criterion {id} (not met for what can be judged: {n} communes)", id=row.id, n=failed))
        elif open_:
            partly.append(_("criterion {id}: {n}", id=row.id, n=open_))
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


def form_06(periods: Periods) -> list[Form06Row]:
    """Return the rows of the form in its order; what no data here can say is left to fill."""
    rows = [Form06Row("I", _("Results of new-rural development in communes"), Counts(None, None), heading=True)]
    rows += _register_rows(periods)
    bands = sorted(periods.now.rules.bands, key=lambda band: -band.at_least)
    for n, band in enumerate(bands, 2):
        title = str(band.title)
        note = _every_criterion(periods) if n == 2 else ""
        rows += _split(periods, str(n), title, _in_band(band.id), _reachable(band), note)
        if n == 2:
            rows += _recognition_rows(periods)
    rows += [
        Form06Row("II", _("Communes and villages leaving special difficulty"), Counts(None, None), heading=True),
        _left("-", _("Communes that left special difficulty (if any)")),
        _left("-", _("Villages that left special difficulty (if any)")),
        Form06Row("III", _("The province's own new-rural tasks (if any)"), Counts(None, None), "", to_fill=True),
    ]
    return rows


def _known(periods: Periods, n: int) -> Counts:
    """Return a number of the register; of the year before only where that year is judged."""
    return Counts(n if periods.knows_before else None, n)


def _in_band(band: str) -> Chosen:
    return lambda one: one.band_id == band


def _register_rows(periods: Periods) -> Iterator[Form06Row]:
    rules = periods.now.rules
    unit = unit_words(rules)
    register = [commune.group for commune in rules.communes.within()]
    total = len(register)
    yield Form06Row("1", _("Communes in all ({unit})", unit=unit), _known(periods, total))
    for i, group in enumerate(groups_of(rules), 1):
        yield Form06Row(f"1.{i}", group_title(rules, group), _known(periods, register.count(group)))
    before, now = periods.counted
    note = _without_report(periods)
    yield Form06Row(
        "", _("of them with a report"), Counts(len(before.records) if before else None, len(now.records)), note
    )


def _without_report(periods: Periods) -> str:
    """Return who has no usable report, with counts: who handed in nothing usable, and who handed in nothing."""
    told = []
    if unusable := periods.unusable:
        told.append(_("Handed in, nothing usable yet ({n}): {names}", n=len(unusable), names=_names(unusable)))
    if silent := periods.silent:
        told.append(_("Without a report ({n}): {names}", n=len(silent), names=_names(silent)))
    return "; ".join(told)


def _names(communes: Sequence[Commune]) -> str:
    return ", ".join(commune.name for commune in communes)


def _recognition_rows(periods: Periods) -> Iterator[Form06Row]:
    side = periods.counted[1]
    unsaid = sum(side.communes[at].decision.recognised is None for at in side.records)
    note = _("As communes report it; {n} of {total} say nothing", n=unsaid, total=len(side.records))
    title = _("Communes with a decision recognising them as meeting the standard")
    yield from _split(periods, "2.1", title, lambda one: one.decision.recognised is True, _somebody_says, note)
    yield from _left_by_group(periods, "2.2", _("Communes completing their file for recognition"))
    yield _left("2.3", _("Communes with a decision recognising them as modern new-rural"))


Chosen = Callable[[CommuneStanding], bool]
Known = Callable[[Side, Sequence[int], str | None, bool], bool]
"""Tells whether a count over some records is known at all."""


def _split(
    periods: Periods, number: str, title: str, chosen: Chosen, known: Known, note: str = ""
) -> Iterator[Form06Row]:
    """Yield a count and, below it, the same by group; None where it is not known."""
    rules = periods.now.rules
    groups = groups_of(rules)

    def count(side: Side, records: Sequence[int], group: str | None, everyone: bool) -> Count:
        n = sum(chosen(side.communes[at]) for at in records)
        return n if n or known(side, records, group, everyone) else None

    found: list[list[Count]] = []
    for side in periods.counted:
        if side is None:
            found.append([None] * (1 + len(groups)))
            continue
        of_groups = [count(side, side.of_group(group), group, False) for group in groups]
        found.append([count(side, side.records, None, True), *of_groups])
    counts = [Counts(before, now) for before, now in zip(*found, strict=True)]
    yield Form06Row(number, title, counts[0], note)
    for group, one in zip(groups, counts[1:], strict=True):
        yield Form06Row("-", group_title(rules, group), one)


def _somebody_says(side: Side, records: Sequence[int], _group: str | None, _everyone: bool) -> bool:
    return any(side.communes[at].decision.recognised is not None for at in records)


def _reachable(band: Band) -> Known:
    """Return what tells whether some commune could be in a band by the law of today, and reports are there to say."""

    def known(side: Side, records: Sequence[int], group: str | None, everyone: bool) -> bool:
        groups = side.ceiling.groups if everyone else [one for one in side.ceiling.groups if one.group == group]
        return bool(records) and any(one.highest >= band.at_least for one in groups)

    return known


def _every_criterion(periods: Periods) -> str:
    """Say how many meet every criterion that applies: apart from a band, and from recognition."""
    side = periods.counted[1]
    met = sum(side.communes[at].meets_all for at in side.records)
    words = _("Meeting every criterion that applies: {n} of {total}", n=met, total=len(side.records))
    if side.ceiling.complete:
        return words
    highest = side.ceiling.highest[1]
    return _(
        "{words}; the most that can be met today is {highest}/{total}",
        words=words,
        highest=highest,
        total=side.ceiling.total,
    )


def _left(number: str, text: str) -> Form06Row:
    return Form06Row(number, text, Counts(None, None), _("To be filled in: not in the data"), to_fill=True)


def _left_by_group(periods: Periods, number: str, text: str) -> Iterator[Form06Row]:
    yield _left(number, text)
    for group in groups_of(periods.now.rules):
        yield Form06Row("-", group_title(periods.now.rules, group), Counts(None, None), to_fill=True)
