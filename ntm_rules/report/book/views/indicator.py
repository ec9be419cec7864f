"""An indicator: the text of the law beside the rule, what is reported for it, its tests and its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ntm_rules.i18n import N_, _
from ntm_rules.report.book.history import Event
from ntm_rules.report.book.layout import BookLayout
from ntm_rules.report.book.views.index import criterion_table
from ntm_rules.report.book.views.measures import MeasureFacts, measure_facts
from ntm_rules.report.book.views.tests import test_table
from ntm_rules.report.html import words
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.values import Badge, Cell, Head, PageTable, Row, named
from ntm_rules.report.targets import TargetLine, value_lines
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    ClassedTarget,
    Combination,
    Comparator,
    Criterion,
    Indicator,
    Node,
    Requirement,
    Stated,
    of_each_hamlet,
)
from ntm_rules.rulebook.models import Measure
from ntm_rules.wording.amendments import indicator_amendments
from ntm_rules.wording.asked import gate_words
from ntm_rules.wording.communes import class_title
from ntm_rules.wording.decisions import decision_due_words
from ntm_rules.wording.derived import bases
from ntm_rules.wording.phrases import opening
from ntm_rules.wording.standards import asked_words, points_decide
from ntm_rules.wording.taken import taken_words
from ntm_rules.wording.titles import criterion_title, indicator_number


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target that a requirement has had or will have."""

    line: TargetLine
    look: str
    awaited: bool
    by_class: PageTable | None
    """None where one target is for all communes."""
    value: str
    """The one target of all communes."""
    decision: Sequence[tuple[str, object]]
    """What it waits on, who owes that, and by when."""
    ground: object
    """Where it stands."""
    note: object


@dataclass(frozen=True, slots=True)
class RulePart:
    """A node of the rule: a requirement, or several parts taken together."""

    id: str
    anchor: str
    words: object
    """Empty where what it stands in says the same."""
    note: object
    op: str = ""
    """Of parts taken together: `all`, `any` or `some`."""
    op_words: str = ""
    """How many of them must be met."""
    parts: Sequence[RulePart] = ()
    whole: bool = False
    """It is the indicator itself."""
    questions: Sequence[Link] = ()
    """What must exist for it to apply ("if any")."""
    exceptions: Sequence[str] = ()
    """For whom else it is, or is not."""
    measure: Measure | None = None
    measure_link: Link | None = None
    comparison: str = ""
    targets: Sequence[TargetRow] | None = None
    """None where the answer asked for says it all."""
    no_target: bool = False
    """Nothing is in force, and no decision is named."""
    lead: Link | None = None
    """Where another agency leads this part."""
    source: Markup | None = None
    """Where it stands elsewhere than the indicator."""
    of_each_hamlet: RulePart | None = None
    """What each hamlet must meet, where its figure is how many do."""


@dataclass(frozen=True, slots=True)
class EventWords:
    """Something that happened, or is to happen, to an indicator."""

    event: Event
    document: Link | None
    overlay: Link | None
    decision: Link | None
    target: str


@dataclass(frozen=True, slots=True)
class BookIndicatorPage:
    """What the page of an indicator shows."""

    rule: Indicator
    title: str
    state: Badge
    printed: Markup
    reading: Markup | None
    source: Markup
    leads: Markup
    cooperating: Markup
    condition: RulePart
    measures: Sequence[MeasureFacts]
    tests: PageTable | None
    history: Sequence[EventWords]
    points_decide: bool
    """Whether its points are part of the standard, and not only rank progress."""
    amended: Sequence[str]
    """What decisions in force did to it."""


def trail(layout: BookLayout, one: Indicator) -> Link:
    """Return what an indicator belongs to."""
    criterion = next((it for it in layout.rules.criteria if it.id == one.criterion), None)
    if criterion is None:
        return layout.link("part", "dieu-kien", _("Further conditions"))
    return layout.link("criterion", criterion.id, criterion_title(criterion))


def indicator(layout: BookLayout, one: Indicator) -> BookIndicatorPage:
    """Return what the page of an indicator shows."""
    requirements = one.requirements()
    asked = dict.fromkeys(m for r in requirements for one in (r, *of_each_hamlet(r)) for m in one.asked)
    title = indicator_number(one)
    return BookIndicatorPage(
        rule=one,
        points_decide=points_decide(layout.rules),
        title=title,
        state=layout.state(requirements),
        printed=words.printed(one.printed),
        reading=words.reading(one.printed, one.text) if words.reads_otherwise(one) else None,
        source=layout.place(one.source, "indicator", one.id),
        leads=layout.agencies(one.leads()),
        cooperating=layout.agencies(one.cooperating),
        condition=_part(layout, one, one.condition, str(one.words)),
        measures=[measure_facts(layout, id_) for id_ in asked],
        tests=test_table(layout, layout.contents.tests_of(one)),
        history=[_event(layout, event) for event in layout.contents.history(one)],
        amended=list(indicator_amendments(layout.rules, one)),
    )


def _part(layout: BookLayout, one: Indicator, node: Node, above: str) -> RulePart:
    """Return a node; `above` are the words of what it stands in, which need not be said again."""
    said = node.words if str(node.words) != above else ""
    anchor = layout.anchors.of("node", node.id)
    if isinstance(node, Combination):
        parts = [_part(layout, one, child, str(node.words)) for child in node.children]
        return RulePart(node.id, anchor, said, node.note, node.op, _op_words(node), parts, node.id == one.id)
    measure = layout.rules.measures[node.measure]
    lines = layout.contents.targets(node, one)
    awaited = isinstance(node.target, AwaitedTarget)
    return RulePart(
        node.id,
        anchor,
        said,
        node.note if node.note != one.note else None,
        questions=[layout.measure(gate.measure) for gate in node.gates if gate.asks_for_any],
        exceptions=[gate_words(layout.rules, gate) for gate in node.gates if not gate.asks_for_any],
        measure=measure,
        measure_link=layout.measure(measure.id),
        comparison=_comparison(node, measure),
        targets=[_target(layout, node, line) for line in lines]
        if not measure.traits.choices or len(lines) > 1 or awaited
        else None,
        no_target=isinstance(node.target, AwaitedTarget) and not node.target.decision,
        lead=layout.agency(node.lead) if len(one.leads()) > 1 or node.lead != one.lead else None,
        source=layout.place(node.source) if node.source != one.source else None,
        of_each_hamlet=_part(layout, one, node.hamlets.each, str(node.words)) if node.hamlets is not None else None,
    )


COMPARISONS = {
    Comparator.AT_LEAST: N_("must be the target or more (≥)"),
    Comparator.AT_MOST: N_("must be the target or less (≤)"),
    Comparator.MORE_THAN: N_("must be more than the target (>)"),
    Comparator.LESS_THAN: N_("must be less than the target (<)"),
}
"""How a value is held against its target, in words."""


def _comparison(node: Requirement, measure: Measure) -> str:
    taken, words = taken_words(node.taken, measure), _held(node, measure)
    return f"{taken}: {words}" if taken else words


def _held(node: Requirement, measure: Measure) -> str:
    if measure.traits.quantity:
        return _(COMPARISONS[node.comparator])
    if measure.traits.dated:
        later = node.comparator.is_ceiling
        return _("must be this day or an earlier one") if later else _("must be this day or a later one")
    if measure.traits.graded:
        return _("must be this grade or a higher one of the scale")
    if measure.traits.concluded:
        return _("must be concluded as met by the competent body")
    return _("must be answered yes") if node.answer else _("must be answered no")


def _op_words(node: Combination) -> str:
    return {
        "all": _("Every part must be met:"),
        "any": _("Any one part is enough:"),
        "some": _("At least {k} of the parts must be met:", k=node.needed),
    }[node.op]


def _target(layout: BookLayout, node: Requirement, line: TargetLine) -> TargetRow:
    rules, target = layout.rules, line.target
    look = line.status.name.lower().replace("_", "-")
    if isinstance(target, AwaitedTarget):
        waited = rules.decisions.get(target.decision)
        facts: list[tuple[str, object]] = []
        if waited:
            facts = [
                (_("Waits on"), layout.decision(waited.id)),
                (_("Owed by"), layout.owner(waited)),
                (_("Due"), decision_due_words(waited)),
            ]
        facts += [("", words) for words in bases(rules, node, target)]
        return TargetRow(line, look, True, None, "", facts, "", target.note)
    values = value_lines(rules, node, target)
    classes = [
        Row(
            [
                named(layout.link("group", one.class_, one.title) if one.class_ and _by_group(target) else one.title),
                Cell(one.words),
            ]
        )
        for one in values
        if one.title
    ]
    facts = [(_("Waits on"), layout.decision(one.decision)) for one in target.awaited if one.decision]
    facts += [("", words) for words in bases(rules, node, target)]
    caption = _("By group of communes") if _by_group(target) else _("By class of communes")
    head = ""
    if isinstance(target, ClassedTarget):
        head = _("Group") if target.classing.is_group else opening(class_title(rules, target.classing.by))
    by_class = PageTable("", [Head(head), Head(_("Target"))], classes, "groups", caption) if classes else None
    return TargetRow(line, look, False, by_class, values[0].words, facts, _ground(layout, line), None)


def _by_group(target: Stated) -> bool:
    return isinstance(target, ClassedTarget) and target.classing.is_group


def _ground(layout: BookLayout, line: TargetLine) -> object:
    """Return where a target stands: the document of an overlay, or the set's own source."""
    if line.overlay:
        article = Markup(", {}").format(words.vietnamese(line.article)) if line.article else ""
        return Markup("{}{}").format(layout.overlay_name(line.overlay), article)
    return layout.place(line.source) if line.source else ""


def _event(layout: BookLayout, event: Event) -> EventWords:
    return EventWords(
        event,
        layout.document(event.document.id) if event.document else None,
        layout.overlay_name(event.overlay) if event.overlay else None,
        layout.decision(event.decision.id) if event.decision else None,
        _values(layout, event),
    )


def _values(layout: BookLayout, event: Event) -> str:
    if event.line is None or event.requirement is None or isinstance(event.line.target, AwaitedTarget):
        return ""
    values = value_lines(layout.rules, event.requirement, event.line.target)
    return "; ".join(f"{one.title}: {one.words}" if one.title else one.words for one in values)


@dataclass(frozen=True, slots=True)
class CriterionPage:
    """What the page of a criterion shows."""

    criterion: Criterion
    source: Markup
    standard: str
    """What a standard of its own asks; empty where every indicator must be met."""
    indicators: PageTable
    tests: PageTable | None


def criterion(layout: BookLayout, one: Criterion) -> CriterionPage:
    """Return what the page of a criterion shows."""
    return CriterionPage(
        one,
        layout.place(one.source, "criterion", one.id),
        asked_words(layout.rules, one.standard, within=one.id) if one.standard else "",
        criterion_table(layout, one),
        test_table(layout, layout.contents.criterion_tests(one)),
    )
