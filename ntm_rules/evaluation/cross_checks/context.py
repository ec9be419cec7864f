"""What conditions look at: the reports of an evaluation, the year before, the rows of the law that read a figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from ntm_rules.dataset.records import NOT_REPORTED, CommuneYear, Dataset, Reported, State
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.evaluation.cross_checks.finding import Amount, Figure, Found, Held
from ntm_rules.evaluation.cross_checks.named_documents import Documents, documents_of
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import PERCENT, VALUE_SCALE
from ntm_rules.rulebook.criteria_set import Requirement
from ntm_rules.rulebook.cross_checks import Selection, named
from ntm_rules.rulebook.models import QUANTITIES, Measure, Text

Finder = Callable[[int], Iterator[Found]]
"""A condition made ready: position of a record in the evaluation -> what it finds there."""
Ratio = tuple[int, int]
"""An exact value as numerator and denominator, the latter more than 0."""
PERCENT_SIGN = Text(vi="%", en="%")


@dataclass(frozen=True)
class Context:
    """An evaluation with the dataset it was made of."""

    evaluation: Evaluation
    dataset: Dataset

    @property
    def measures(self) -> Mapping[str, Measure]:
        """The set's measures by id."""
        return self.evaluation.rules.measures

    @cached_property
    def earlier(self) -> list[Mapping[str, Reported] | None]:
        """For each record the figures of the year before: as reported then, else as the form carries them."""
        found: list[Mapping[str, Reported] | None] = []
        for record in self.evaluation.records:
            before = self.evaluation.previous.get((record.code, record.year))
            found.append(before.values if before else record.carried or None)
        return found

    @cached_property
    def documents(self) -> list[Documents]:
        """For each record the documents it names."""
        return [documents_of(record) for record in self.evaluation.records]

    @cached_property
    def requirements(self) -> list[tuple[int, Requirement]]:
        """Every requirement with its row of the evaluation, in the order of the law's text."""
        table = self.evaluation.table
        return [(row, node) for row in self.evaluation.order if isinstance(node := table[row].node, Requirement)]

    def having(self, measure: str, verdict: Verdict) -> list[bool]:
        """Tell for each record whether some requirement that holds a measure against a target has a verdict."""
        rows = [row for row, node in self.requirements if node.measure == measure]
        told: list[bool] = (self.evaluation.verdicts[rows] == verdict).any(axis=0).tolist()
        return told

    @cached_property
    def _earlier_evaluation(self) -> tuple[Evaluation, Mapping[tuple[str, int], int]]:
        """The figures of the years before under this year's law, and where each commune and year stands there."""
        records = {(r.code, r.year): r for r in self.dataset.records}
        asked: dict[tuple[str, int], CommuneYear] = {}
        for record, values in zip(self.evaluation.records, self.earlier, strict=True):
            key = (record.code, record.year - 1)
            if values is not None:
                asked[key] = records.get(key) or CommuneYear(record.code, record.name, record.year - 1, values)
        before = {(code, year - 1): records[code, year - 1] for code, year in asked if (code, year - 1) in records}
        judged = evaluate(self.evaluation.rules, list({**before, **asked}.values()))
        return judged, {(record.code, record.year): at for at, record in enumerate(judged.records)}

    @cached_property
    def judged_before(self) -> tuple[Evaluation, list[int | None]]:
        """The years before judged by this year's law, and where each record's year before stands in it, if anywhere."""
        evaluation, positions = self._earlier_evaluation
        found = [
            positions[record.code, record.year - 1] if values is not None else None
            for record, values in zip(self.evaluation.records, self.earlier, strict=True)
        ]
        return evaluation, found

    def selected(self, selection: Selection, fitting: frozenset[str] | None = None) -> list[Measure]:
        """Return the measures selected, in the order of the set; of `fitting` kinds only, where given."""
        return [
            measure
            for id_, measure in self.measures.items()
            if (selection.measures is None or id_ in selection.measures)
            and (selection.kinds is None or measure.kind in selection.kinds)
            and (fitting is None or measure.kind in fitting)
            and id_ not in selection.except_
        ]


def ratio_of(measure: Measure, part: str, reported: Reported) -> Ratio | None:
    """Return the exact value of a quantity, or of what a share counts; None where it is not there.

    A share in percent; a growth as the level reported. What a share counts is there only when it was reported so.
    """
    if reported.state is not State.PRESENT or measure.kind not in QUANTITIES:
        return None
    if part:
        if not reported.counted or measure.counted is None:
            return None
        return (reported.value if part == "numerator" else reported.base), 10**measure.counted.decimals
    if measure.kind == "share":
        return PERCENT * reported.value, reported.base
    return reported.value, VALUE_SCALE


def amount_of(measure: Measure, part: str, value: Fraction) -> Amount:
    """Return a value of a measure, or of what it counts, with its unit."""
    if part and measure.counted is not None:
        return Amount(value, measure.counted.unit, measure.counted.decimals)
    unit = PERCENT_SIGN if measure.kind == "share" else measure.unit
    return Amount(value, unit, measure.decimals, up=measure.sense == "lower")


def figure_of(measure: Measure, part: str, reported: Reported) -> Figure:
    """Return a figure with its value, where there is one."""
    if reported.state is State.PRESENT and measure.kind not in QUANTITIES:
        return Figure(measure.id, answer=reported.value)
    ratio = ratio_of(measure, part, reported)
    return Figure(measure.id, part, amount_of(measure, part, Fraction(*ratio)) if ratio else None)


def figure_named(context: Context, term: str, record: CommuneYear) -> Figure:
    """Return the figure that a term names in one report."""
    id_, part = named(term)
    return figure_of(context.measures[id_], part, record.get(id_))


def was(earlier: Mapping[str, Reported] | None, measure: str) -> Reported:
    """Return a figure of the year before."""
    return earlier.get(measure, NOT_REPORTED) if earlier else NOT_REPORTED


def held_of(evaluation: Evaluation, row: int, record: int) -> Held:
    """Return the figure of a requirement's row as it is held against its target."""
    node = evaluation.table[row].node
    assert isinstance(node, Requirement)
    return Held(node, *evaluation.reported(node, record), evaluation.target(node, record))
