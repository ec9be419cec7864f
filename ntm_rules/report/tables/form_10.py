"""The rows of a commune's table by criterion and indicator, in the shape of "Biểu 10" of the reporting forms.

The form: TT, Nội dung, ĐVT, then result and verdict (Kết quả, Đánh giá) up to 31 December of the year before, of the
year itself, and planned for its last six months; Ghi chú. The columns of the plan are the officer's to fill.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ntm_rules.dataset.records import NOT_REPORTED, Reported, State
from ntm_rules.evaluation.held import Held, held
from ntm_rules.evaluation.reference import Facts, Result
from ntm_rules.evaluation.taking import level_of
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.tables.table import Cell, Column, Kind, RowRole, Table
from ntm_rules.rulebook.criteria_set import Combination, CriteriaSet, Indicator, Node, Requirement
from ntm_rules.wording.gaps import gap_words
from ntm_rules.wording.hamlets import with_hamlets
from ntm_rules.wording.papers import level_words, part_words, reason_on_paper
from ntm_rules.wording.targets import target_words
from ntm_rules.wording.values import counted_words, figure_words, unit_of


class Form10Row(NamedTuple):
    """One row: a criterion, an indicator or a part of one. Every text is ready to print."""

    level: str
    """`criterion`, `indicator`, `part` or `condition`."""
    id: str
    text: str
    unit: str
    result_before: str
    verdict_before: str
    """Empty where the set does not cover the year before, or has no such row in it."""
    result: str
    verdict: Verdict
    note: str


ROLES = {"criterion": RowRole.HEADING, "part": RowRole.PART}


class YearBefore(NamedTuple):
    """How the year before stands: its verdicts, where the set covers that year."""

    result: Result | None = None
    conditions: Result | None = None

    def verdict_of(self, level: str, id_: str) -> str:
        """Return the verdict of a node in words; empty where there is none."""
        for top in (self.result, self.conditions):
            found = top.find(level, id_) if top is not None else None
            if found is not None:
                return str(found.verdict.label)
        return ""


def form_10_rows(
    rules: CriteriaSet, facts: Facts, result: Result, conditions: Result | None, before: YearBefore
) -> Iterator[Form10Row]:
    """Yield the rows in the order of the law; the further conditions of recognition come last.

    A criterion that is itself its only indicator has one row.
    """
    for criterion, judged in zip(rules.criteria, result.children, strict=True):
        said = before.verdict_of("criterion", criterion.id)
        alone = criterion.indicators[0] if len(criterion.indicators) == 1 else None
        if alone is not None and alone.id == criterion.id and isinstance(alone.condition, Requirement):
            (whole,) = _indicator_rows(rules, facts, alone, judged.children[0], before)
            yield whole._replace(level="criterion", text=str(criterion.words))
            continue
        yield Form10Row("criterion", criterion.id, str(criterion.words), "", "", said, "", judged.verdict, "")
        for indicator, found in zip(criterion.indicators, judged.children, strict=True):
            yield from _indicator_rows(rules, facts, indicator, found, before)
    for condition, found in zip(rules.conditions, conditions.children if conditions else (), strict=True):
        yield from _node_rows(rules, facts, condition.condition, found, before, "condition", condition)


def form_10(rows: Iterable[Form10Row], year: int) -> Table:
    """Return the form itself; the columns of the plan are empty."""
    result, verdict = _("Result"), _("Judged")
    periods = {
        "before": _("Result by 31 Dec. {year}", year=year - 1),
        "now": _("Done in {year}", year=year),
        "plan": _("Plan, last 6 months of {year}", year=year),
    }
    columns = [
        Column("id", _("No."), Kind.MARK),
        Column("text", _("Content")),
        Column("unit", _("Unit of measure"), Kind.MARK),
        *(
            Column(f"{what}_{period}", head, Kind.MARK, over=over)
            for period, over in periods.items()
            for what, head in (("result", result), ("verdict", verdict))
        ),
        Column("note", _("Note")),
    ]
    cells: list[Sequence[Cell]] = []
    roles: list[RowRole] = []
    conditions_headed = False
    for row in rows:
        if row.level == "condition" and not conditions_headed:
            conditions_headed = True
            title = _("Further conditions of recognition, apart from the criteria")
            cells.append(("", title, *[None] * (len(columns) - 2)))
            roles.append(RowRole.HEADING)
        cells.append(
            (
                *(row.id, row.text, row.unit, row.result_before, row.verdict_before),
                *(row.result, row.verdict, None, None, row.note),
            )
        )
        roles.append(ROLES.get(row.level, RowRole.PLAIN))
    return Table.of(columns, cells, roles)


def _indicator_rows(
    rules: CriteriaSet, facts: Facts, indicator: Indicator, found: Result, before: YearBefore
) -> Iterator[Form10Row]:
    if isinstance(indicator.condition, Requirement):
        row = _requirement_row(rules, facts, indicator.condition, found.children[0], before, "indicator")
        yield row._replace(id=indicator.id, text=str(indicator.words))
        return
    said = before.verdict_of("indicator", indicator.id)
    note = _choice_words(indicator.condition)
    text = str(indicator.words)
    yield Form10Row("indicator", indicator.id, text, "", "", said, "", found.verdict, note)
    for node, part in zip(indicator.condition.children, found.children, strict=True):
        yield from _node_rows(rules, facts, node, part, before, "part", None)


def _node_rows(
    rules: CriteriaSet,
    facts: Facts,
    node: Node,
    found: Result,
    before: YearBefore,
    level: str,
    indicator: Indicator | None,
) -> Iterator[Form10Row]:
    if isinstance(node, Requirement):
        row = _requirement_row(rules, facts, node, found, before, level)
        yield row._replace(text=str(indicator.words)) if indicator else row
        return
    text = str(indicator.words) if indicator else _combination_words(rules, node)
    said = before.verdict_of("requirement", node.id)
    choice = _choice_words(node)
    note = choice if text != choice else ""
    yield Form10Row(level, node.id, text, "", "", said, "", found.verdict, note)
    for child, part in zip(node.children, found.children, strict=True):
        yield from _node_rows(rules, facts, child, part, before, "part", None)


def _combination_words(rules: CriteriaSet, node: Combination) -> str:
    """Return the text of a combination; how its parts are taken where it has none of its own."""
    text = str(node.words)
    repeats = any(text in (i.text, i.text_en) for i in rules.every_indicator())
    return _choice_words(node) if repeats or not text else text


def _choice_words(node: Combination) -> str:
    """Return how the parts of a combination are taken together."""
    if node.op == "any":
        return _("One of these {n} is enough", n=len(node.children))
    if node.op == "some":
        return _("{k} of these {n} are enough", k=node.needed, n=len(node.children))
    return _("All of these {n} are needed", n=len(node.children))


def _requirement_row(
    rules: CriteriaSet, facts: Facts, requirement: Requirement, found: Result, before: YearBefore, level: str
) -> Form10Row:
    measure = rules.measures[requirement.measure]
    one = held(rules, facts, requirement, found.verdict)
    return Form10Row(
        level=level,
        id=requirement.id,
        text=part_words(rules, requirement),
        unit=unit_of(measure, requirement.taken),
        result_before=_result_before(rules, facts, requirement, found.target),
        verdict_before=before.verdict_of("requirement", requirement.id),
        result=figure_words(rules, one),
        verdict=found.verdict,
        note=_note(rules, facts, one, found),
    )


def _result_before(rules: CriteriaSet, facts: Facts, requirement: Requirement, target: Decimal | None) -> str:
    """Return last year's figure; nothing of what is taken of several years, which would need those before that."""
    measure, last = rules.measures[requirement.measure], _last(facts, requirement)
    if not requirement.taken.of(measure).is_level or last.state is not State.PRESENT:
        return ""
    return figure_words(rules, Held(requirement, last, NOT_REPORTED, target, level_of(measure, last)))


def _last(facts: Facts, requirement: Requirement) -> Reported:
    """Return what was reported last year, as its own report or this year's form has it."""
    last = facts.before(requirement.measure)
    return last if last.state is State.PRESENT else facts.report.carried.get(requirement.measure, NOT_REPORTED)


def _start_words(rules: CriteriaSet, facts: Facts, requirement: Requirement) -> str:
    """Return the level from which a growth is counted ("năm 2025: 31,63 triệu đồng/người/năm"); empty for anything else."""
    measure = rules.measures[requirement.measure]
    if not requirement.taken.of(measure).is_yearly_growth:
        return ""
    level = level_words(measure, _last(facts, requirement))
    return _("{year}: {level}", year=facts.report.year - 1, level=level) if level else ""


def _note(rules: CriteriaSet, facts: Facts, one: Held, found: Result) -> str:
    requirement, now = one.requirement, one.reported
    measure = rules.measures[requirement.measure]
    parts = []
    if one.target is not None and not measure.traits.choices:
        parts.append(_("Target: {target}", target=target_words(rules, requirement, one.target)))
    elif one.target is None and requirement.target.values():
        parts.append(_("Target: {target}", target=target_words(rules, requirement, None)))
    parts += [words for words in (_start_words(rules, facts, requirement), counted_words(measure, now)) if words]
    if one.gap is not None:
        parts.append(with_hamlets(gap_words(rules, requirement, one.gap), rules, facts, requirement))
    elif found.verdict is not Verdict.MET:
        parts.append(with_hamlets(reason_on_paper(found.reason), rules, facts, requirement))
    if now.note:
        parts.append(_("The reporter notes: {note}", note=now.note))
    return "; ".join(parts)
