"""What conditions look at: judged reports, the year before, documents, the requirements that read a figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ntm_rules.dataset.records import NOT_REPORTED, CommuneYear, Dataset, Reported, State
from ntm_rules.evaluation.cross_checks.finding import CheckedFigure, ExactAmount, Hit
from ntm_rules.evaluation.cross_checks.named_documents import Documents, documents_of
from ntm_rules.evaluation.cross_checks.reports import Reports
from ntm_rules.exact import PERCENT, VALUE_SCALE
from ntm_rules.rulebook.criteria_set import CriteriaSet, Requirement
from ntm_rules.rulebook.cross_checks import Selection, named
from ntm_rules.rulebook.models import Measure

Finder = Callable[[int], Iterator[Hit]]
"""A condition made ready: position of a report -> what it finds there."""
Ratio = tuple[int, int]
"""An exact value as numerator and denominator, the latter more than 0."""


@dataclass(frozen=True)
class Context:
    """Reports with the dataset they stand in."""

    reports: Reports
    dataset: Dataset

    @property
    def rules(self) -> CriteriaSet:
        """The law the reports were judged by."""
        return self.reports.rules

    @property
    def records(self) -> Sequence[CommuneYear]:
        """The reports looked at."""
        return self.reports.records

    @property
    def measures(self) -> Mapping[str, Measure]:
        """The set's measures by id."""
        return self.rules.measures

    def earlier(self, record: int) -> Mapping[str, Reported] | None:
        """Return the figures of the year before: as reported then, for the rest as the form carries them."""
        return self.reports.earlier(record)

    def documents(self, record: int) -> Documents:
        """Return the documents a report names."""
        return documents_of(self.records[record])

    def asking(self, measures: Iterable[Measure]) -> list[Requirement]:
        """Return the requirements that hold one of these measures against a target, in the order of the law's text."""
        ids = {measure.id for measure in measures}
        return [requirement for requirement in self.rules.requirements() if requirement.measure in ids]

    def selected(self, selection: Selection, fitting: frozenset[str] | None = None) -> list[Measure]:
        """Return the measures selected, in the order of the set; of `fitting` kinds only, where given."""
        return selected(self.rules, selection, fitting)


def selected(rules: CriteriaSet, selection: Selection, fitting: frozenset[str] | None = None) -> list[Measure]:
    """Return the measures of a set that are selected, as `Context.selected` does."""
    return [
        measure
        for id_, measure in rules.measures.items()
        if (selection.measures is None or id_ in selection.measures)
        and (selection.kinds is None or measure.kind in selection.kinds)
        and (fitting is None or measure.kind in fitting)
        and id_ not in selection.except_
    ]


def ratio_of(measure: Measure, part: str, reported: Reported) -> Ratio | None:
    """Return the exact value of a quantity, or of what a share counts; None where it is not there.

    A share in percent; a growth as the level reported. What a share counts is there only when it was reported so.
    """
    if reported.state is not State.PRESENT or not measure.traits.quantity:
        return None
    if part:
        if not reported.counted or measure.counted is None:
            return None
        return (reported.value if part == "numerator" else reported.base), 10**measure.counted.decimals
    if measure.traits.counted:
        return PERCENT * reported.value, reported.base
    return reported.value, VALUE_SCALE


def amount_of(measure: Measure, part: str, value: Fraction) -> ExactAmount:
    """Return a value of a measure, or of what it counts, with its unit."""
    if part and measure.counted is not None:
        return ExactAmount(value, measure.counted.unit, measure.counted.decimals)
    return ExactAmount(value, measure.reported_unit, measure.decimals, up=measure.sense == "lower")


def figure_of(measure: Measure, part: str, reported: Reported) -> CheckedFigure:
    """Return a figure with its value, where there is one."""
    if reported.state is State.PRESENT and not measure.traits.quantity:
        return CheckedFigure(measure.id, answer=reported.value)
    ratio = ratio_of(measure, part, reported)
    return CheckedFigure(measure.id, part, amount_of(measure, part, Fraction(*ratio)) if ratio else None)


def figure_named(context: Context, term: str, record: CommuneYear) -> CheckedFigure:
    """Return the figure that a term names in one report."""
    id_, part = named(term)
    return figure_of(context.measures[id_], part, record.get(id_))


def was(earlier: Mapping[str, Reported] | None, measure: str) -> Reported:
    """Return a figure of the year before."""
    return earlier.get(measure, NOT_REPORTED) if earlier else NOT_REPORTED
