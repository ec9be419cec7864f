"""What `ntm rules test --coverage` shows: a table by criterion, and what no test reaches, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from ntm_rules.evaluation.verdicts import Reason
from ntm_rules.exact import plain
from ntm_rules.i18n import _
from ntm_rules.rulebook.criteria_set import ClassedTarget, CriteriaSet, Node, Requirement
from ntm_rules.wording.targets import bar_words
from ntm_rules.wording.titles import numbered_title
from ntm_rules.wording.values import answer_words
from ntm_rules.workbench.testing.coverage import Coverage
from ntm_rules.workbench.testing.points import (
    ABOVE,
    ALTERNATIVE,
    AT,
    BELOW,
    BOUNDARY,
    EXISTENCE,
    KINDS,
    NONE,
    PART,
    REST,
    VERDICT,
    YES,
    PointToReach,
)

Nodes = Mapping[str, tuple[CriteriaSet, Node]]


def nodes_of(laws: Iterable[CriteriaSet]) -> Nodes:
    """Return every node of a set by id, with a law it is in."""
    return {node.id: (rules, node) for rules in laws for node in rules.nodes()}


def show_coverage(console: Console, coverage: Coverage, laws: Sequence[CriteriaSet]) -> None:
    """Print the table and what is missing."""
    titles = kind_titles()
    table = Table(title=_("What the tests reach"), title_justify="left", box=None, padding=(0, 1), header_style="bold")
    table.add_column(_("Criterion"), ratio=1)
    for kind in KINDS:
        table.add_column(titles[kind], justify="right", min_width=7)
    table.add_column(_("Together"), justify="right", min_width=7)
    for criterion, title in _criteria(coverage, laws):
        counts = [coverage.of(criterion=criterion, kind=kind) for kind in KINDS]
        together = coverage.of(criterion=criterion)
        table.add_row(title, *map(_of, counts), _of(together), style="" if together[0] == together[1] else "bold red")
    all_ = [coverage.of(kind=kind) for kind in KINDS]
    table.add_row(_("The whole set"), *map(_of, all_), _of(coverage.of()), style="bold")
    console.print(table)
    missing = coverage.missing
    if not missing:
        console.print(_("The tests reach everything: {n} points.", n=len(coverage.points)), style="bold green")
        return
    console.print(_("No test reaches ({n} of {total}):", n=len(missing), total=len(coverage.points)), style="bold red")
    nodes = nodes_of(laws)
    for point in missing:
        console.print(f"• {point_to_reach_words(nodes, point)}", soft_wrap=True)


def coverage_json(coverage: Coverage, laws: Sequence[CriteriaSet]) -> dict[str, Any]:
    """Return the same for programs."""
    nodes = nodes_of(laws)
    reached, of = coverage.of()
    return {
        "reached": reached,
        "of": of,
        "criteria": [
            {
                "criterion": criterion or None,
                **_counts(coverage.of(criterion=criterion)),
                "kinds": {kind: _counts(coverage.of(criterion=criterion, kind=kind)) for kind in KINDS},
            }
            for criterion, _title in _criteria(coverage, laws)
        ],
        "missing": [
            {
                "criterion": point.criterion or None,
                "id": point.node,
                "kind": point.kind,
                "which": point.which,
                "target": None if point.target is None else plain(point.target),
                "group": point.group,
                "words": point_to_reach_words(nodes, point),
            }
            for point in coverage.missing
        ],
    }


def kind_titles() -> dict[str, str]:
    """Return what each kind of point is called."""
    return {
        VERDICT: _("Verdicts and reasons"),
        BOUNDARY: _("Around targets"),
        EXISTENCE: _("“If any”"),
        ALTERNATIVE: _("Alternatives"),
        PART: _("Each part alone"),
    }


def point_to_reach_words(nodes: Nodes, point: PointToReach) -> str:
    """Return a point in words, by the id of its node."""
    if point.kind == EXISTENCE and point.which != Reason.EXCEPTED.value:
        said = {YES: _("Yes"), "no": _("No")}.get(point.which) or _("not answered")
        return _("{id}: “if any” answered: {answer}", id=point.node, answer=said)
    if point.kind == ALTERNATIVE:
        if point.which == NONE:
            return _("{id}: none of the alternatives met", id=point.node)
        return _("{id}: met by {part} alone", id=point.node, part=point.which)
    if point.kind == PART:
        return _("{id}: missed by {part} alone", id=point.node, part=point.which)
    if point.kind == BOUNDARY:
        return _boundary_words(nodes, point)
    reason = Reason(point.which)
    return _("{id}: {verdict} ({reason})", id=point.node, verdict=reason.verdict.label, reason=reason.words)


def _boundary_words(nodes: Nodes, point: PointToReach) -> str:
    rules, node = nodes[point.node]
    assert isinstance(node, Requirement)  # only a requirement has a target
    measure = rules.measures[node.measure]
    if point.target is None:
        target = _("a supposed target (write it under suppose)")
    elif measure.traits.quantity:
        target = bar_words(measure, node, point.target)
    else:
        target = answer_words(rules, measure, int(point.target))
    if point.group is not None:
        target = _("{target} of {group}", target=target, group=_class_words(rules, node, point.group))
    if point.which == AT:
        return _("{id}: exactly at {target}", id=point.node, target=target)
    if point.which == BELOW:
        return _("{id}: just below {target}", id=point.node, target=target)
    assert point.which == ABOVE
    return _("{id}: just above {target}", id=point.node, target=target)


def _class_words(rules: CriteriaSet, node: Requirement, class_: str) -> str:
    """Return what a class is called; as its id, where the target differs by something else under another law."""
    if isinstance(node.target, ClassedTarget):
        return str(node.target.title(None if class_ == REST else class_))
    return str(rules.groups[class_].title) if class_ in rules.groups else class_


def _criteria(coverage: Coverage, laws: Sequence[CriteriaSet]) -> Iterator[tuple[str, str]]:
    """Yield the criteria that have points, with their titles; "" for the further conditions."""
    titles = {c.id: numbered_title(c) for rules in laws for c in rules.criteria}
    for criterion in dict.fromkeys(point.criterion for point in coverage.points):
        yield criterion, titles.get(criterion) or _("Further conditions of recognition")


def _of(counts: tuple[int, int]) -> str:
    reached, of = counts
    return f"{reached}/{of}" if of else "–"


def _counts(counts: tuple[int, int]) -> dict[str, int]:
    return {"reached": counts[0], "of": counts[1]}
