"""The questions of a criterion as they are shown: fields, what was typed, last year, target, verdict, documents."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from ntm_rules.appraisal.entries import Entry
from ntm_rules.dataset.cells.answers import offered
from ntm_rules.dataset.cells.numbers import written
from ntm_rules.evaluation.held import held
from ntm_rules.evaluation.reference import Result, own_target
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.forms.commune.filled import Answer
from ntm_rules.forms.commune.making import FormMaker
from ntm_rules.forms.commune.questions import FormSection, Heading, Question
from ntm_rules.i18n import _, current_language
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.templating import templates
from ntm_rules.report.html.values import Badge, badge_of
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    ClassedTarget,
    Indicator,
    KnownTarget,
    NotAsked,
    Requirement,
)
from ntm_rules.rulebook.models import Measure
from ntm_rules.web.drawing import LINKS, PACKAGE, at_time
from ntm_rules.web.models import Evidence, Figure, Person
from ntm_rules.web.saving import Outcome, Saved
from ntm_rules.web.views.asked import AskedShown
from ntm_rules.web.views.standings import Stood
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.gaps import gap_words
from ntm_rules.wording.hamlets import with_hamlets
from ntm_rules.wording.targets import cell_words, target_words


class Field(NamedTuple):
    """One cell to fill in."""

    part: str
    name: str
    label: str
    text: str
    choices: Sequence[tuple[str, str]] = ()
    """Value and words of each answer; none where it is typed freely."""
    numeric: bool = False


class FileShown(NamedTuple):
    """An evidence file."""

    link: Link
    told: str
    withdraw: str | None


class HeadingShown(NamedTuple):
    """What heads the questions below it."""

    id: str
    words: object
    live: str
    badge: Badge | None
    aside: str


class HeldShown(NamedTuple):
    """A requirement that holds the figure against a target."""

    id: str
    """Empty where it is the only one."""
    live: str
    badge: Badge | None
    gap: str
    target: str


class QuestionShown(NamedTuple):
    """A question with all that belongs to it."""

    measure: str
    anchor: str
    label: object
    unit: str
    aside: Sequence[str]
    """When it is asked, what is counted, what evidence is expected."""
    fields: Sequence[Field]
    words: Sequence[Field]
    """Document and note."""
    before: str
    """What was reported for the year before."""
    held: Sequence[HeldShown]
    """Every requirement that holds it against a target."""
    version: int
    saved: str
    said: Sequence[str]
    look: str
    """Class of its state."""
    conflict: str
    files: Sequence[FileShown]
    address: str | None
    """Where it is saved; None where it may only be looked at."""
    ask: AskedShown | None
    """What agencies ask for."""


class FigureTold(NamedTuple):
    """What is typed of one figure, and what became of it."""

    entry: Entry
    version: int
    saved: str
    said: Sequence[str]
    look: str
    """Class of its state."""
    conflict: str
    address: str | None
    """Where it is saved; None where it may only be looked at."""
    ask: AskedShown | None
    """What agencies ask for."""


class Asking:
    """Shows the questions of one dossier.

    `changeable`: what the figures are kept under that may be changed, `entries`: what was typed and not saved, `saved`: what
    became of it, `asks`: what agencies ask for.
    """

    def __init__(
        self,
        one: Stood,
        changeable: Collection[str],
        entries: Mapping[str, Entry],
        saved: Mapping[str, Saved],
        asks: Mapping[str, AskedShown] = MappingProxyType({}),
    ) -> None:
        self.one, self._opened, self._typed, self._saved, self._asks = one, changeable, entries, saved, asks
        self._rules = one.law.rules

    def lines(self, section: FormSection) -> list[tuple[str, HeadingShown | QuestionShown]]:
        """Return headings and questions in the order of the law, each with what it is."""
        return [
            ("heading", self._heading(line)) if isinstance(line, Heading) else ("question", self._question(line))
            for line in section.lines
        ]

    def badge_of_section(self, section: FormSection) -> Badge | None:
        """Return the verdict of a criterion, or of all further conditions."""
        if section.criterion is not None:
            return self.badge("criterion", section.criterion.id)
        conditions = self.one.judged.conditions
        return badge_of(conditions.verdict) if conditions is not None and section.kind == "conditions" else None

    def badge(self, level: str, id_: str) -> Badge | None:
        """Return the verdict of a node."""
        found = self.result(level, id_)
        return badge_of(found.verdict) if found is not None else None

    def result(self, level: str, id_: str) -> Result | None:
        """Return the result of a node of the criteria or of the further conditions."""
        judged = self.one.judged
        found = judged.result.find(level, id_)
        if found is None and judged.conditions is not None:
            found = judged.conditions.find(level, id_) or judged.conditions.find("requirement", id_)
        return found

    def gap(self, requirement: Requirement) -> str:
        """Return how far a requirement is from its target, and which hamlets are in the way; empty where it is not missed."""
        found = self.result("requirement", requirement.id)
        if found is None or found.verdict not in (Verdict.NOT_MET, Verdict.NO_DATA, Verdict.NO_TARGET):
            return ""
        words, facts = "", self.one.judged.facts
        if found.verdict is Verdict.NOT_MET:
            gap = held(self._rules, facts, requirement, found.verdict).gap
            words = gap_words(self._rules, requirement, gap) if gap is not None else ""
        return with_hamlets(words, self._rules, facts, requirement)

    def conflict_words(self, current: Figure | None) -> str:
        """Return what was saved meanwhile, by whom and when."""
        if current is None:
            return _("It was emptied meanwhile.")
        cells = " / ".join(cell for cell in current.entry.cells() if cell) or _("left empty")
        return _("{who} saved “{cells}” at {when}.", who=self._who(current), cells=cells, when=at_time(current.at))

    def _who(self, figure: Figure) -> str:
        """Return who saved a figure."""
        return self._people[figure.by_id] if figure.by_id in self._people else str(figure.by)

    @cached_property
    def _people(self) -> Mapping[int, str]:
        """The people who saved the figures: a few, looked up once."""
        found = {figure.by_id for figure in self.one.figures.values()}
        return {person.pk: str(person) for person in Person.objects.filter(pk__in=found)}

    def _heading(self, line: Heading) -> HeadingShown:
        node = line.node
        if isinstance(node, Indicator):
            lead = "; ".join(agency_name(self._rules, id_) for id_ in node.leads())
            return HeadingShown(
                node.id,
                node.words,
                f"indicator-{node.id}",
                self.badge("indicator", node.id),
                _("Lead agency: {names}", names=lead),
            )
        words = _("One of these is enough") if node.op == "any" else _("{n} of these are enough", n=node.needed)
        return HeadingShown("", words, f"node-{node.id}", None, "")

    def _question(self, question: Question) -> QuestionShown:
        measure = question.measure
        told = self.told(measure.id)
        entry = told.entry
        return QuestionShown(
            measure.id,
            f"so-{measure.id}",
            measure.label,
            "" if not measure.traits.quantity else str(measure.reported_unit),
            self._aside(question),
            self.fields(measure, measure.id, entry),
            [
                Field("document", f"{measure.id}:document", _("Document (number, day, issuer)"), entry.document),
                Field("note", f"{measure.id}:note", _("Note"), entry.note),
            ],
            _answer_words(self._before.get(measure.id)),
            [self._held(one, alone=not question.further) for one in question.requirements],
            told.version,
            told.saved,
            told.said,
            told.look,
            told.conflict,
            self.files.get(measure.id, ()),
            told.address,
            told.ask,
        )

    def told(self, key: str) -> FigureTold:
        """Return what is typed of a figure, of the commune or of a hamlet, and what became of it."""
        figure, done = self.one.figures.get(key), self._saved.get(key)
        entry = self._typed.get(key) or (figure.entry if figure else Entry())
        standing = self.one.judged.read.of(key) if done is None else list(done.faults)
        said = [str(words) for fault in standing for words in fault.sentences()]
        said += [str(words) for words in done.said] if done else []
        conflict = ""
        if done is not None and done.outcome is Outcome.CONFLICT:
            conflict = self.conflict_words(done.current)
        return FigureTold(
            entry,
            figure.version if figure else 0,
            _("Saved {when}, {who}", when=at_time(figure.at), who=self._who(figure)) if figure and done is None else "",
            said,
            _look(done, any(fault.refused for fault in standing), bool(said)),
            conflict,
            LINKS.to("figure", f"{self.one.dossier.pk}/{key}") if key in self._opened else None,
            self._asks.get(key),
        )

    def _held(self, requirement: Requirement, *, alone: bool) -> HeldShown:
        return HeldShown(
            "" if alone else requirement.id,
            f"requirement-{requirement.id}",
            self.badge("requirement", requirement.id),
            self.gap(requirement),
            self._target(requirement),
        )

    def _target(self, requirement: Requirement) -> str:
        """Return the target of the commune's class in words."""
        own = own_target(self._rules, requirement, self.one.judged.facts)
        if isinstance(requirement.target, ClassedTarget) and isinstance(own, AwaitedTarget | NotAsked):
            return cell_words(self._rules, requirement, own)
        return target_words(self._rules, requirement, own.everywhere if isinstance(own, KnownTarget) else None)

    def _aside(self, question: Question) -> list[str]:
        measure = question.measure
        said = []
        if question.only_if:
            said.append(_("Only if: {question}", question=str(self._rules.measures[question.only_if].label)))
        if measure.note:
            said.append(str(measure.note))
        said.append(_("Evidence: {evidence}", evidence=str(measure.evidence)))
        return said

    def fields(self, measure: Measure, name: str, entry: Entry) -> list[Field]:
        """Return the cells of a figure; `name`: what it is kept under."""
        traits = measure.traits
        if traits.dated:
            return [Field("value", f"{name}:value", _("Day, such as 31/12/2025"), entry.value)]
        if not traits.quantity:
            words = offered(measure, self._rules.scales.get(measure.scale or ""), current_language())
            choices = [("", _("(not answered)")), *((word, word) for word in words)]
            if entry.value and entry.value not in words:
                choices.append((entry.value, entry.value))
            return [Field("value", f"{name}:value", _("Answer"), entry.value, choices)]
        if (counted := measure.counted) is not None:
            above, below = (f"{words} ({counted.unit})" for words in (counted.numerator, counted.denominator))
            return [
                Field("numerator", f"{name}:numerator", above, entry.numerator, (), True),
                Field("denominator", f"{name}:denominator", below, entry.denominator, (), True),
                Field("value", f"{name}:value", _("or the percentage alone"), entry.value, (), True),
            ]
        fields = [Field("value", f"{name}:value", _("Figure ({unit})", unit=str(measure.unit)), entry.value, (), True)]
        if traits.needs_year_before:
            label = _("The year before, if not shown below")
            fields.append(Field("previous", f"{name}:previous", label, entry.previous, (), True))
        return fields

    @cached_property
    def _before(self) -> Mapping[str, Answer]:
        law = self.one.law
        last = next((r for r in law.before if (r.code, r.year) == (self.one.dossier.commune, law.year - 1)), None)
        return FormMaker(law.rulebook.loaded, law.rules, law.year).before(last)

    @cached_property
    def files(self) -> Mapping[str, Sequence[FileShown]]:
        """The evidence files of each measure."""
        found: dict[str, list[FileShown]] = {}
        dossier = self.one.dossier
        for row in evidence_of(dossier.evidences.select_related("by").all()):
            at = f"{dossier.pk}/{row.pk}"
            told = _("{size} kB, {who}, {when}", size=max(1, row.size // 1024), who=str(row.by), when=at_time(row.at))
            withdraw = LINKS.to("withdraw-evidence", at) if row.measure in self._opened else None
            found.setdefault(row.measure, []).append(
                FileShown(Link(row.name, LINKS.to("evidence", at)), told, withdraw)
            )
        return found


def evidence_of(rows: Sequence[Evidence]) -> Iterator[Evidence]:
    """Yield the evidence that stands: not what was withdrawn again."""
    rows = list(rows)
    gone = {row.withdraws_id for row in rows if row.withdraws_id}
    return (row for row in rows if row.withdraws_id is None and row.pk not in gone)


def _answer_words(answer: Answer | None) -> str:
    if answer is None:
        return ""
    if answer.numerator != "" or answer.denominator != "":
        return f"{written(answer.numerator)} / {written(answer.denominator)}"
    return written(answer.value)


def _look(done: Saved | None, refused: bool, said: bool) -> str:
    if refused or (done is not None and done.outcome is not Outcome.SAVED):
        return "refused"
    return "doubtful" if said else ""


def live(asking: Asking, section: FormSection) -> dict[str, str]:
    """Return every verdict of a section as it is drawn: what a saved figure may have moved."""
    pieces = templates(PACKAGE).get_template("pieces.html").module
    drawn: dict[str, str] = {}
    section_badge = asking.badge_of_section(section)
    if section_badge is not None:
        drawn["section"] = str(pieces.verdict(section_badge, ""))  # type: ignore[attr-defined]  # a macro
    for line in section.lines:
        if isinstance(line, Heading):
            badge = asking.badge("indicator", line.node.id) if isinstance(line.node, Indicator) else None
            if badge is not None:
                drawn[f"indicator-{line.node.id}"] = str(pieces.verdict(badge, ""))  # type: ignore[attr-defined]  # a macro
            continue
        for requirement in line.requirements:
            badge = asking.badge("requirement", requirement.id)
            if badge is not None:
                drawn[f"requirement-{requirement.id}"] = str(
                    pieces.verdict(badge, asking.gap(requirement))  # type: ignore[attr-defined]  # a macro
                )
    return drawn
