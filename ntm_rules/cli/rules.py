"""`ntm rules show` and `ntm measures`: the resolved set, for people and for programs."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as RichText

from ntm_rules.cli.rulebook import Rulebook
from ntm_rules.errors import NtmError, nearest
from ntm_rules.i18n import Message, _, current_language
from ntm_rules.report.explanation import source_words
from ntm_rules.report.wording import (
    agency_name,
    decision_words,
    invented,
    kind_words,
    number,
    provenance_words,
    replaced_words,
    requirement_words,
    target_words,
)
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Combination,
    CriteriaSet,
    Criterion,
    Indicator,
    Node,
    Requirement,
)
from ntm_rules.rulebook.describe import describe, describe_indicator


class Line(NamedTuple):
    """One line of an indicator's rules: how deep it stands, and its words."""

    depth: int
    words: str


def run_show(rulebook: Rulebook, id_: str | None, *, as_json: bool, as_of: dt.date | None) -> int:
    """Show the set, or one criterion, indicator or requirement of it; return the exit status."""
    rules = rulebook.for_year(as_of.year if as_of else _this_year(rulebook), as_of)
    if as_json:
        print_json(describe(rules) if id_ is None else _json_of(rules, id_))
        return 0
    console = Console(markup=False, emoji=False)
    for criterion, indicators in _chosen(rules, id_):
        if criterion is not None:
            title = criterion.title_en if current_language() == "en" else criterion.title
            console.print(f"\n{criterion.id}. {title}", style="bold reverse")
        for indicator in indicators:
            for line in _lines(rules, indicator):
                console.print(Padding(line.words, (0, 0, 0, 3 * line.depth)), style="bold" if not line.depth else "")
    for warning in invented(rules=rules.illustrative, data=False):
        console.print(warning, style="bold magenta")
    for notice in rules.notices:
        console.print(str(notice), style="bold yellow")
    return 0


def run_measures(rulebook: Rulebook, *, as_json: bool) -> int:
    """List what a commune reports; return the exit status."""
    rules = rulebook.for_year(_this_year(rulebook), None)
    if as_json:
        print_json({"format": describe(rules)["format"], "measures": describe(rules)["measures"]})
        return 0
    language = current_language()
    used: dict[str, list[str]] = {}
    for requirement in rules.requirements():
        for asked in (requirement.applies_if, requirement.measure):
            if asked:
                used.setdefault(asked, []).append(requirement.id)
    table = Table(padding=(0, 1), show_lines=True)
    for name in (_("Figure or statement, and its id"), _("Unit"), _("Kind"), _("Used by")):
        table.add_column(name)
    for measure in rules.measures.values():
        table.add_row(
            RichText.assemble(measure.label.in_language(language), "\n", (measure.id, "dim")),
            measure.unit.in_language(language),
            kind_words(measure.kind),
            ", ".join(used.get(measure.id, [])),
        )
    Console().print(table)
    return 0


def print_json(value: Any) -> None:
    """Print JSON for another program: no colours, no wrapping."""
    print(json.dumps(value, ensure_ascii=False, indent=2))  # noqa: T201 - this is the command's output


def _this_year(rulebook: Rulebook) -> int:
    """Return the first year of the period: the law as the set opens, unless a day is asked for."""
    return rulebook.period.from_


def _json_of(rules: CriteriaSet, id_: str) -> dict[str, Any]:
    found = [indicator.id for _criterion, indicators in _chosen(rules, id_) for indicator in indicators]
    if len(found) == 1:
        return describe_indicator(rules, found[0])
    return {"indicators": [describe_indicator(rules, one) for one in found]}


def _chosen(rules: CriteriaSet, id_: str | None) -> Iterator[tuple[Criterion | None, tuple[Indicator, ...]]]:
    """Yield what an id names: everything, a criterion's indicators, or the indicator it is or belongs to.

    Raises:
        NtmError: nothing has this id.
    """
    if id_ is None:
        for criterion in rules.criteria:
            yield criterion, criterion.indicators
        if rules.conditions:
            yield None, rules.conditions
        return
    for criterion in rules.criteria:
        if criterion.id == id_:
            yield criterion, criterion.indicators
            return
    for indicator in rules.indicator_by_id.values():
        if id_ == indicator.id or any(id_ == requirement.id for requirement in indicator.requirements()):
            yield None, (indicator,)
            return
    closest = nearest(id_, [*rules.indicator_by_id, *rules.requirement_by_id])
    raise NtmError(
        Message("There is no indicator {id}", id=id_),
        *([Message("Did you mean “{nearest}”?", nearest=closest)] if closest else []),
    )


def _lines(rules: CriteriaSet, indicator: Indicator) -> Iterator[Line]:
    language = current_language()
    yield Line(0, f"{indicator.id}  {indicator.text_en if language == 'en' else indicator.text}")
    leads = "; ".join(agency_name(rules, lead) for lead in indicator.leads())
    yield Line(1, _("Source: {source}", source=source_words(rules, indicator)))
    yield Line(1, _("Lead agency: {agency}", agency=leads))
    if indicator.points is not None:
        yield Line(1, _("Points: {points}, only to rank progress", points=number(indicator.points)))
    if indicator.note:
        yield Line(1, _("Note: {text}", text=indicator.note.in_language(current_language())))
    if isinstance(indicator.condition, Combination):
        yield from _node_lines(rules, indicator.condition, 1, indicator)
    else:
        yield from _requirement_lines(rules, indicator.condition, 1, indicator)


def _node_lines(rules: CriteriaSet, node: Node, depth: int, indicator: Indicator) -> Iterator[Line]:
    if isinstance(node, Requirement):
        yield Line(depth, f"{node.id}  {requirement_words(node)}")
        yield from _requirement_lines(rules, node, depth + 1, indicator)
        return
    yield Line(depth, _("all of:") if node.op == "all" else _("any one of:"))
    for child in node.children:
        yield from _node_lines(rules, child, depth + 1, indicator)


def _requirement_lines(rules: CriteriaSet, node: Requirement, depth: int, indicator: Indicator) -> Iterator[Line]:
    measure = rules.measures[node.measure]
    label = measure.label.in_language(current_language())
    if node.applies_if:
        asked = rules.measures[node.applies_if].label.in_language(current_language())
        yield Line(depth, _("Only if: {question}", question=asked))
    if isinstance(node.target, AwaitedTarget):
        yield Line(depth, f"{label}: {target_words(rules, node, None)}")
        awaited = decision_words(rules, node.target.decision)
        if awaited:
            yield Line(depth, _("Awaited: {decision}", decision=awaited))
    else:
        yield Line(depth, f"{label}: {target_words(rules, node, node.target.everywhere)}")
        if node.target.provenance.overlay:
            yield Line(depth, provenance_words(node.target))
            yield from (Line(depth + 1, words) for words in replaced_words(rules, node))
    if node.lead != indicator.lead or len(indicator.leads()) > 1:
        yield Line(depth, _("Lead agency: {agency}", agency=agency_name(rules, node.lead)))
    if node.note:
        yield Line(depth, _("Note: {text}", text=node.note.in_language(current_language())))
