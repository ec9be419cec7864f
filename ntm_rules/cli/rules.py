"""`ntm rules show` and `ntm measures`: the resolved set, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from rich.console import Console
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as RichText

from ntm_rules.cli.console import Screen
from ntm_rules.i18n import _, written_day
from ntm_rules.report.targets import TargetLine, TargetStatus, target_lines
from ntm_rules.rulebook.criteria_set import (
    Combination,
    CriteriaSet,
    Criterion,
    Indicator,
    Node,
    Requirement,
    nothing_named,
)
from ntm_rules.rulebook.describe import describe, describe_indicator
from ntm_rules.rulebook.models import Measure, NodeWritten, Overlay
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import open_rulebook
from ntm_rules.visible import json_text
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.amendments import indicator_amendments, whole_amendments
from ntm_rules.wording.asked import gate_words
from ntm_rules.wording.decisions import decision_words
from ntm_rules.wording.derived import bases
from ntm_rules.wording.sources import source_words
from ntm_rules.wording.standards import asked_words, meets_words, points_decide
from ntm_rules.wording.targets import everywhere, provenances, replaced_words, stated_words, target_words
from ntm_rules.wording.titles import numbered_title
from ntm_rules.wording.values import invented, number

NOT_TODAY = frozenset({TargetStatus.OVERTAKEN, TargetStatus.NOT_YET, TargetStatus.OVER, TargetStatus.NOT_KNOWN})
"""What becomes of a target that the one in force does not show."""

WIDEST = 10_000
"""Columns: what a table may take up that no screen has to show."""


class ResolvedLaw(NamedTuple):
    """The resolved set, and what it was resolved from: dated values not in force stand there alone."""

    rules: CriteriaSet
    written: Mapping[str, NodeWritten]
    overlays: Sequence[Overlay]
    reckoned: bool = True
    """Whether a time before the appraisal is told as the days that it comes to; a history tells it as the law has it."""


class RuleLine(NamedTuple):
    """One line of an indicator's rules: how deep it stands, and its words."""

    depth: int
    words: str


def run_show(asked: LawAsked, id_: str | None, *, as_json: bool) -> int:
    """Show the set, or one criterion, indicator or requirement of it; return the exit status."""
    rulebook = open_rulebook(asked)
    rules = rulebook.shown()
    if as_json:
        print_json(describe(rules) if id_ is None else _json_of(rules, id_))
        return 0
    console = Screen()
    law = ResolvedLaw(rules, rulebook.written(rules).nodes_by_id(), rulebook.overlays)
    if id_ is None and rules.standard is not None:
        console.print(f"{meets_words(rules)}: {asked_words(rules, rules.standard)}", style="bold")
    for said in whole_amendments(rules) if id_ is None else ():
        console.print(said)
    for heading, indicators in _chosen(rules, id_):
        if heading:
            console.print(f"\n{heading}", style="bold reverse")
        for indicator in indicators:
            for line in rule_lines(law, indicator):
                console.print(Padding(line.words, (0, 0, 0, 3 * line.depth)), style="bold" if not line.depth else "")
    for warning in invented(rules=rules.illustrative, data=False):
        console.print(warning, style="bold magenta")
    for notice in rules.notices:
        console.print(str(notice), style="bold yellow")
    return 0


def run_measures(law: LawAsked, *, as_json: bool) -> int:
    """List what a commune reports; return the exit status."""
    rules = open_rulebook(law).shown()
    if as_json:
        print_json({"format": describe(rules)["format"], "measures": describe(rules)["measures"]})
        return 0
    used: dict[str, list[str]] = {}
    for requirement in rules.requirements():
        for asked in requirement.asked:
            used.setdefault(asked, []).append(requirement.id)
    table = Table(padding=(0, 1), show_lines=True)
    for name in (_("Figure or statement, and its id"), _("Unit"), _("Kind"), _("Used by")):
        table.add_column(name, overflow="fold")
    for measure in rules.measures.values():
        table.add_row(
            RichText.assemble(str(measure.label), "\n", (measure.id, "dim")),
            str(measure.unit),
            "\n".join([_(measure.traits.words), *_grades(rules, measure)]),
            ", ".join(used.get(measure.id, [])),
        )
    whole(table).print(table)
    return 0


def _grades(rules: CriteriaSet, measure: Measure) -> list[str]:
    """Return the grades a measure may be answered with, the lowest first, each with its id."""
    if not measure.scale:
        return []
    grades = rules.scales[measure.scale].grades
    return [f"{grade.label!s} ({grade.id})" for grade in grades]


def whole(table: Table) -> Console:
    """Return a console for a table: as wide as the screen, or, into a file or another program, as the table needs."""
    console = Screen()
    if console.is_terminal:
        return console
    unlimited = console.options.update(width=WIDEST)
    return Screen(width=max(console.width, Measurement.get(console, unlimited, table).maximum))


def print_json(value: Any) -> None:
    """Print JSON for another program: no colours, no wrapping."""
    print(json_text(value))  # noqa: T201 - this is the command's output


def _json_of(rules: CriteriaSet, id_: str) -> dict[str, Any]:
    found = [indicator.id for _criterion, indicators in _chosen(rules, id_) for indicator in indicators]
    if len(found) == 1:
        return describe_indicator(rules, found[0])
    return {"indicators": [describe_indicator(rules, one) for one in found]}


def _chosen(rules: CriteriaSet, id_: str | None) -> Iterator[tuple[str, tuple[Indicator, ...]]]:
    """Yield what an id names, under its heading: everything, a criterion, or the indicator it is or belongs to.

    Raises:
        NtmError: nothing has this id.
    """
    conditions = _("Further conditions of recognition")
    if id_ is None:
        yield from ((_heading(rules, criterion), criterion.indicators) for criterion in rules.criteria)
        if rules.conditions:
            yield conditions, rules.conditions
    elif id_ in rules.criterion_by_id:
        yield _heading(rules, rules.criterion_by_id[id_]), rules.criterion_by_id[id_].indicators
    elif id_ in rules.whole_of:
        indicator = rules.whole_of[id_]
        yield "" if indicator.criterion else conditions, (indicator,)
    else:
        raise nothing_named(id_, rules.whole_of)


def _heading(rules: CriteriaSet, criterion: Criterion) -> str:
    if criterion.standard is None:
        return numbered_title(criterion)
    return f"{numbered_title(criterion)} ({asked_words(rules, criterion.standard, within=criterion.id)})"


def rule_lines(law: ResolvedLaw, indicator: Indicator, *, amended: bool = True) -> Iterator[RuleLine]:
    """Yield an indicator in lines: its words, where they stand, who leads, what it asks, and what was done to it."""
    yield RuleLine(0, f"{indicator.id}  {indicator.words}")
    leads = "; ".join(agency_name(law.rules, lead) for lead in indicator.leads())
    yield RuleLine(1, _("Source: {source}", source=source_words(law.rules, indicator)))
    yield RuleLine(1, _("Lead agency: {agency}", agency=leads))
    if indicator.points is not None:
        points = number(indicator.points)
        alone = _("Points: {points}, only to rank progress", points=points)
        yield RuleLine(1, _("Points: {points}", points=points) if points_decide(law.rules) else alone)
    if indicator.in_force:
        from_, to = (written_day(day) if day else "" for day in (indicator.in_force.from_, indicator.in_force.to))
        yield RuleLine(
            1,
            _("In force from {first} to {last}", first=from_, last=to)
            if to
            else _("In force from {first}", first=from_),
        )
    if amended:
        yield from (RuleLine(1, words) for words in indicator_amendments(law.rules, indicator))
    if indicator.note:
        yield RuleLine(1, _("Note: {text}", text=str(indicator.note)))
    if isinstance(indicator.condition, Combination):
        yield from _part_lines(law, indicator.condition, 1, indicator)
    else:
        yield from _requirement_lines(law, indicator.condition, 1, indicator)


def _part_lines(law: ResolvedLaw, node: Combination, depth: int, indicator: Indicator) -> Iterator[RuleLine]:
    words = {"all": _("all of:"), "any": _("any one of:"), "some": _("at least {k} of:", k=node.needed)}
    yield RuleLine(depth, words[node.op])
    for child in node.children:
        yield from _node_lines(law, child, depth + 1, indicator)


def _node_lines(law: ResolvedLaw, node: Node, depth: int, indicator: Indicator) -> Iterator[RuleLine]:
    if isinstance(node, Requirement):
        yield RuleLine(depth, f"{node.id}  {node.words!s}")
        yield from _requirement_lines(law, node, depth + 1, indicator)
        return
    words = str(node.words)
    inherited = words in (indicator.text, indicator.text_en)
    yield RuleLine(depth, node.id if inherited else f"{node.id}  {words}".rstrip())
    if node.note:
        yield RuleLine(depth + 1, _("Note: {text}", text=str(node.note)))
    yield from _part_lines(law, node, depth + 1, indicator)


def _requirement_lines(law: ResolvedLaw, node: Requirement, depth: int, indicator: Indicator) -> Iterator[RuleLine]:
    rules = law.rules
    label = str(rules.measures[node.measure].label)
    for gate in node.gates:
        yield RuleLine(depth, gate_words(rules, gate))
    yield RuleLine(depth, f"{label}: {stated_words(rules, node, node.target, reckoned=law.reckoned)}")
    if node.hamlets is not None:
        yield RuleLine(depth, _("Of each hamlet:"))
        yield from _node_lines(law, node.hamlets.each, depth + 1, indicator)
    for decision in dict.fromkeys(one.decision for one in node.target.awaited):
        awaited = decision_words(rules, decision)
        if awaited:
            yield RuleLine(depth, _("Awaited: {decision}", decision=awaited))
    origins = provenances(node.target)
    yield from (RuleLine(depth, words) for words in origins)
    yield from (RuleLine(depth, words) for words in bases(rules, node))
    if origins:
        yield from (RuleLine(depth + 1, words) for words in replaced_words(rules, node, reckoned=law.reckoned))
    yield from _targets_over_time(law, node, depth, indicator)
    if node.lead != indicator.lead or len(indicator.leads()) > 1:
        yield RuleLine(depth, _("Lead agency: {agency}", agency=agency_name(rules, node.lead)))
    if node.note and node.note != indicator.note:
        yield RuleLine(depth, _("Note: {text}", text=str(node.note)))


def _targets_over_time(law: ResolvedLaw, node: Requirement, depth: int, indicator: Indicator) -> Iterator[RuleLine]:
    """Yield every target the requirement has had or will have, where the one in force is not the only one."""
    if node.id not in law.written:  # asked for as it stands on the day alone
        return
    lines = target_lines(law.rules, node, indicator, law.written[node.id], law.overlays)
    if not any(line.status in NOT_TODAY for line in lines):
        return
    yield RuleLine(depth, _("Over time (on {day}):", day=written_day(law.rules.as_of)))
    for line in lines:
        yield RuleLine(depth + 1, _target_over_time(law.rules, node, line))


def _target_over_time(rules: CriteriaSet, node: Requirement, line: TargetLine) -> str:
    words = [target_words(rules, replace(node, target=line.target), everywhere(line.target))]
    if line.from_ and line.to:
        words.append(_("from {first} to {last}", first=written_day(line.from_), last=written_day(line.to)))
    elif line.from_:
        words.append(_("from {first}, until further notice", first=written_day(line.from_)))
    if line.promulgated:
        words.append(_("promulgated {day}", day=written_day(line.promulgated)))
    if line.overlay:
        words.append(_("overlay {overlay}", overlay=line.overlay.id))
    return f"{', '.join(words)}: {line.status.words}"
