"""An explanation as prose that an officer can paste into a report, in the order of the law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from ntm_rules.evaluation.reference import Result, own_target
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _, current_language
from ntm_rules.report.explanation.branches import decided_by, not_taken
from ntm_rules.report.explanation.choices import choices
from ntm_rules.report.explanation.subject import ExplainedNode, Explanation
from ntm_rules.rulebook.criteria_set import AwaitedTarget, Combination, Node, Requirement, leaves
from ntm_rules.rulebook.models import Text
from ntm_rules.rulebook.typesetting import in_characters
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.amendments import indicator_amendments
from ntm_rules.wording.communes import full_name
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.decisions import decision_words
from ntm_rules.wording.requirements import requirement_sentences
from ntm_rules.wording.settling import settling_sentences
from ntm_rules.wording.sources import citation
from ntm_rules.wording.standards import asked_words, standard_lines
from ntm_rules.wording.values import invented


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its words, and what it is (`title`, `heading`, `body`, `verdict`, `warning`)."""

    kind: str
    words: str
    verdict: Verdict | None = None
    about: str = ""
    """The id of the requirement that it is about, where it is about one."""


def paragraphs(explanation: Explanation) -> Iterator[Paragraph]:
    """Yield the whole explanation; invented targets and figures are named first."""
    subject = explanation.subject
    for warning in invented(rules=explanation.rules.illustrative, data=explanation.illustrative_data):
        yield Paragraph("warning", warning)
    yield Paragraph("title", _title(explanation))
    yield Paragraph("body", _of_whom(explanation))
    if subject.criterion is not None:
        yield from _criterion(explanation)
    for asked in subject.asked:
        if subject.criterion is not None:
            yield Paragraph("title", _("Indicator {id}", id=asked.indicator.id))
        yield from _asked(explanation, asked)
    yield from _grounds(explanation)


def _title(explanation: Explanation) -> str:
    subject = explanation.subject
    if subject.criterion is not None:
        return _("WHY CRITERION {id} HAS ITS VERDICT", id=subject.id)
    (asked,) = subject.asked
    if asked.is_part:
        return _("WHY PART {id} OF {indicator} HAS ITS VERDICT", id=subject.id, indicator=asked.indicator.id)
    if not asked.indicator.criterion:
        return _("WHY CONDITION {id} HAS ITS VERDICT", id=subject.id)
    return _("WHY INDICATOR {id} HAS ITS VERDICT", id=subject.id)


def _of_whom(explanation: Explanation) -> str:
    rules, report = explanation.rules, explanation.facts.report
    unit = rules.communes[report.code]
    said = {"commune": full_name(unit), "code": unit.code, "year": report.year}
    if not rules.groups:
        return _("{commune} ({code}), {year}", **said) + "."
    if unit.group is None:
        return _("{commune} ({code}), {year}, {group}", **said, group=_("group unknown")) + "."
    group = str(rules.groups[unit.group].title)
    head = _("{commune} ({code}), {year}, {group}", **said, group=group)
    return f"{head} ({unit.group_source})." if unit.group_source else f"{head}."


def _criterion(explanation: Explanation) -> Iterator[Paragraph]:
    subject = explanation.subject
    criterion, result = subject.criterion, subject.result
    assert criterion is not None
    assert result is not None
    standard, said = criterion.standard, {"id": criterion.id, "title": str(criterion.words)}
    if standard is None:
        yield Paragraph("body", _("Criterion {id} ({title}) is met when all of its indicators are met.", **said))
    else:
        words = asked_words(explanation.rules, standard, within=criterion.id)
        yield Paragraph("body", _("Criterion {id} ({title}) is met by this: {words}.", words=words, **said))
        for line in standard_lines(explanation.rules, standard, result):
            yield Paragraph("body", f"{line.words}.")
    whole = Combination("all", tuple(asked.indicator.condition for asked in subject.asked), criterion.id)
    words = " ".join(_conclusion(_("Criterion {id}", id=criterion.id), whole, result))
    yield Paragraph("verdict", words, result.verdict)
    if subject.settling is not None:
        year, named = explanation.facts.report.year, _("criterion {id}", id=criterion.id)
        yield Paragraph("body", " ".join(settling_sentences(explanation.rules, subject.settling, named, year)))


def _asked(explanation: Explanation, asked: ExplainedNode) -> Iterator[Paragraph]:
    yield Paragraph("heading", _("1. What the rules say"))
    yield from (Paragraph("body", words) for words in _law(explanation, asked))
    yield from judgement(explanation, asked)


def judgement(explanation: Explanation, item: ExplainedNode) -> Iterator[Paragraph]:
    """Yield what was reported and how it compares, the verdict, and what would settle it: all but the law's words."""
    rules, facts = explanation.rules, explanation.facts
    yield Paragraph("heading", _("2. Figures and comparison"))
    for node, result in item.nodes():
        yield from _node(explanation, item, node, result)
    yield Paragraph("heading", _("3. Verdict"))
    subject = _("Part {id}", id=item.id) if item.is_part else item.id
    yield Paragraph("verdict", " ".join(_conclusion(subject, item.node, item.result)), item.result.verdict)
    for awaited in _awaited(explanation, item):
        yield Paragraph("body", awaited)
    yield from (Paragraph("body", words) for words in choices(explanation, item.result))
    if item.is_part:
        said = _("Indicator {id} as a whole: {verdict}.", id=item.indicator.id, verdict=item.whole.verdict.label)
        yield Paragraph("body", said)
    if item.settling is not None:
        yield Paragraph("heading", _("4. What would settle it"))
        for words in settling_sentences(rules, item.settling, item.id, facts.report.year):
            yield Paragraph("body", words)


def _law(explanation: Explanation, asked: ExplainedNode) -> Iterator[str]:
    rules, indicator = explanation.rules, asked.indicator
    text = str(indicator.words)
    criterion = rules.criterion_by_id.get(indicator.criterion)
    if criterion is None:
        yield _("Further condition of recognition {id}: “{text}”.", id=indicator.id, text=text)
    else:
        yield _(
            "Indicator {id} of criterion {criterion} ({title}): “{text}”.",
            id=indicator.id,
            criterion=criterion.id,
            title=str(criterion.words),
            text=text,
        )
    if current_language() == "en":
        yield _("Vietnamese text: {text}", text=indicator.text)
    transcribed = in_characters(indicator.printed)
    if transcribed != indicator.text:
        yield _("As transcribed: {text}", text=transcribed)
    yield _("Source: {source}", source=citation(rules, indicator.source)) + "."
    leads = "; ".join(agency_name(rules, lead) for lead in indicator.leads())
    yield _("Lead agency: {agency}", agency=leads) + "."
    if indicator.cooperating:
        helpers = "; ".join(agency_name(rules, agency) for agency in indicator.cooperating)
        yield _("Cooperating: {agency}", agency=helpers) + "."
    yield from indicator_amendments(rules, indicator)
    if isinstance(indicator.condition, Combination):
        yield _composition(indicator.id, indicator.condition)
    for note in (indicator.source.note, indicator.note):
        yield from _note(note)


def _note(note: Text | None) -> Iterator[str]:
    if note is not None:
        yield _("Note: {text}", text=str(note))


def _composition(id_: str, node: Combination) -> str:
    said = _taken_together(id_, node)
    return said if not node.of_set else _("{id} asks for set {set}.", id=id_, set=node.of_set) + " " + said


def _taken_together(id_: str, node: Combination) -> str:
    parts = ", ".join(child.id for child in node.children)
    if len(node.children) == 1:
        return _("{id} is met when this part is met: {parts}.", id=id_, parts=parts)
    if node.op == "all":
        return _("{id} is met when all {n} of these parts are met: {parts}.", id=id_, n=len(node.children), parts=parts)
    if node.op == "any":
        return _(
            "{id} is met when at least one of these {n} is met: {parts}.", id=id_, n=len(node.children), parts=parts
        )
    said = {"id": id_, "k": node.needed, "n": len(node.children), "parts": parts}
    return _("{id} is met when at least {k} of these {n} are met: {parts}.", **said)


def _node(explanation: Explanation, asked: ExplainedNode, node: Node, result: Result) -> Iterator[Paragraph]:
    if isinstance(node, Requirement):
        yield Paragraph(
            "body",
            " ".join(requirement_sentences(explanation.rules, explanation.facts, asked.indicator, node, result)),
            result.verdict,
            node.id,
        )
    elif node is not asked.node:
        yield Paragraph("body", _composition(node.id, node) + " " + " ".join(_conclusion(node.id, node, result)))
        yield from (Paragraph("body", words) for words in _note(node.note))
    elif asked.is_part:
        yield Paragraph("body", _composition(node.id, node))


def _conclusion(subject: str, node: Node, result: Result) -> Iterator[str]:
    """Yield the verdict, which parts decide it, and why the others do not."""
    yield _(
        "{subject}: {verdict}, since {reason}.",
        subject=subject,
        verdict=_loud(result.verdict),
        reason=result.reason.words,
    )
    if isinstance(node, Requirement):
        return
    deciding = decided_by(result.children, result.verdict)
    if deciding and len(result.children) > 1:
        yield _("What decides: {ids}.", ids=", ".join(deciding))
    rest = sorted(not_taken(result.op, result.children, result.verdict), key=lambda part: part.why)
    for why, parts in groupby(rest, key=lambda part: part.why):
        yield _("{ids}: {why}.", ids=", ".join(part.id for part in parts), why=why.words)


def _loud(verdict: Verdict) -> str:
    return str(verdict.label).upper()


def _awaited(explanation: Explanation, asked: ExplainedNode) -> Iterator[str]:
    """Yield which decisions are awaited for which parts, when that is what is missing."""
    if asked.result.verdict is not Verdict.NO_TARGET or isinstance(asked.node, Requirement):
        return  # of a requirement its own paragraph says so
    waiting: dict[str, list[str]] = {}
    for leaf in leaves(asked.node):
        own = own_target(explanation.rules, leaf, explanation.facts)
        if isinstance(own, AwaitedTarget) and own.decision:
            waiting.setdefault(own.decision, []).append(leaf.id)
    for decision, ids in waiting.items():
        words = decision_words(explanation.rules, decision)
        yield _("Awaited for {ids}: {decision}.", ids=", ".join(ids), decision=words)


MOST_FILES = 3
"""More input files are only counted in the text; the JSON names all."""


def _grounds(explanation: Explanation) -> Iterator[Paragraph]:
    rules = explanation.rules
    yield Paragraph("heading", _("Grounds"))
    for words in _law_used(explanation):
        yield Paragraph("body", words)
    year, files = explanation.facts.report.year, explanation.inputs
    if len(files) > MOST_FILES:
        yield Paragraph("body", _("Figures of {year}: {n} files; the JSON names each.", year=year, n=len(files)))
    elif files:
        named = "; ".join(f"{file.name} (SHA-256 {file.sha256[:12]}…)" for file in files)
        yield Paragraph("body", _("Figures of {year}: {files}.", year=year, files=named))
    yield Paragraph(
        "body",
        _("Judged by ntm-rules {version}, engine {engine}.", version=explanation.program, engine=explanation.engine),
    )
    yield from (Paragraph("warning", str(notice)) for notice in explanation.notices())
    yield from _problems(explanation)
    yield from _trace(explanation)
    for warning in invented(rules=rules.illustrative, data=explanation.illustrative_data):
        yield Paragraph("warning", warning)


def _law_used(explanation: Explanation) -> Iterator[str]:
    rules = explanation.rules
    yield _(
        "Rules: {title} ({id}, version {version}), in force on {day}; SHA-256 of the resolved rules {hash}.",
        title=str(rules.title),
        id=rules.id,
        version=rules.version,
        day=on_day(rules.as_of),
        hash=f"{explanation.rules_sha256[:12]}…",
    )
    if rules.overlays:
        yield _("Overlays in force: {overlays}.", overlays=", ".join(rules.overlays))
    if rules.known_on is not None:
        yield _("Only what had been promulgated by {day} was taken.", day=on_day(rules.known_on))


def _problems(explanation: Explanation) -> Iterator[Paragraph]:
    touching = explanation.touching()
    if touching:
        yield Paragraph("heading", _("Data problems that touch these figures"))
    for problem in touching:
        where = ", ".join(filter(None, (problem.file, str(problem.place()))))
        yield Paragraph("body", f"{where}: {problem.message()}. {problem.mend()}")
    others = explanation.others_of_commune()
    if others:
        words = _("Other problems of this commune's data, listed by ntm assess and ntm batch: {n}.", n=len(others))
        yield Paragraph("body", words)


def _trace(explanation: Explanation) -> Iterator[Paragraph]:
    if explanation.trace is None:
        return
    yield Paragraph("heading", _("Rules that fired, in order (engine {engine})", engine=explanation.engine))
    fired = explanation.fired()
    for n, firing in enumerate(fired, start=1):
        yield Paragraph("body", f"{n}. {firing.rule}: {firing.words}")
    if not fired:
        yield Paragraph("body", _("No rule fired for it: its verdict was asserted as a fact."))
