"""What cross-checks found, in words and as rows. Every place that shows them says that no verdict changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ntm_rules.dataset.records import Place
from ntm_rules.errors import Severity
from ntm_rules.evaluation.cross_checks import CheckedFigure, ExactAmount, Fact, Finding
from ntm_rules.evaluation.held import Held
from ntm_rules.exact import VALUE_DECIMALS, ceil_to, floor_to
from ntm_rules.i18n import Message, _
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.models import Text
from ntm_rules.wording.targets import target_words
from ntm_rules.wording.values import actual_words, answer_words, number, points_words, with_unit

MOST_NAMED = 5
"""Beyond this many figures a sentence names them by their numbers in the law alone."""
DIFFERENCES = {"change": ("now", "before"), "difference": ("left", "right")}
"""What a sentence fills in as a difference, and the two amounts beside it that a reader subtracts."""


class FindingRow(NamedTuple):
    """One finding, in the language of the run."""

    commune_code: str
    commune: str
    year: int
    check: str
    severity: Severity
    measures: str
    """Ids, separated by semicolons."""
    file: str
    places: str
    title: str
    message: str
    mend: str


def finding_row(rules: CriteriaSet, finding: Finding) -> FindingRow:
    """Return a finding as a row."""
    return FindingRow(
        commune_code=finding.code,
        commune=finding.name,
        year=finding.year,
        check=finding.check.id,
        severity=finding.severity,
        measures=";".join(finding.measures),
        file=files_of(finding.places),
        places=in_words(finding.places),
        title=str(finding.check.title),
        message=finding_words(rules, finding),
        mend=mend_words(rules, finding),
    )


class Mistake(NamedTuple):
    """One line of what is to be mended, or looked at again, in a form."""

    severity: Severity
    place: Message | str
    """Where it stood in the form handed in."""
    measure: str
    value: str
    said: Message | str
    mend: Message | str
    part: str = ""
    """The role of the cell, where it stands in one."""
    document: int | None = None
    """The place, among the documents of the form, of the one it is about."""
    figures: int = 1
    """How many figures it is about; `measure` is empty where they are too many to name."""
    doubted: Sequence[tuple[str, str]] = ()
    """Measure and part (`numerator`, `denominator`, or empty) of each figure that asks for a second look."""
    documents_at: Sequence[Place] = ()
    """Where the documents stand that it is about, and where the figures do that they are for; empty for anything else."""

    def within(self, file: str) -> Mistake | None:
        """Return it as one file is told it, whose commune may report in others too; None where it is about theirs."""
        if not self.documents_at:
            return self
        own = [place for place in self.documents_at if place.file == file]
        return self._replace(place=in_words(own), documents_at=own) if own else None


def gravest_first(mistakes: Iterable[Mistake]) -> list[Mistake]:
    """Return mistakes with the errors first, then the warnings; those of one severity as they stand."""
    return sorted(mistakes, key=lambda mistake: mistake.severity.rank)


def as_mistakes(rules: CriteriaSet, findings: Iterable[Finding]) -> list[Mistake]:
    """Return findings as lines of a form that is given back; those of reading are told as problems already."""
    return [_as_mistake(rules, finding) for finding in findings if finding.check.reading is None]


def _as_mistake(rules: CriteriaSet, finding: Finding) -> Mistake:
    many = len(finding.measures) > MOST_NAMED
    return Mistake(
        severity=finding.severity,
        place="" if many else in_words(finding.places),
        measure=finding.measures[0] if finding.measures and not many else "",
        value="",
        said=f"{finding.check.id}. {finding_words(rules, finding)}",
        mend=mend_words(rules, finding),
        part="value" if finding.check.without_evidence is None else "document_number",
        figures=len(finding.measures),
        doubted=[(figure.measure, figure.part) for figure in finding.figures]
        if finding.severity is not Severity.NOTE
        else (),
        documents_at=finding.places if "documents" in finding.facts else (),
    )


def severity_counts(severities: Iterable[Severity]) -> dict[Severity, int]:
    """Count findings by severity, the gravest first, each severity named."""
    found = Counter(severities)
    return {severity: found[severity] for severity in Severity}


def severity_counts_words(severities: Iterable[Severity]) -> str:
    """Return how many findings of each severity there are, and that they change no verdict."""
    counts = severity_counts(severities)
    return _(
        "Cross-checks: errors {errors}, warnings {warnings}, notes {notes}. They ask for a second look and change no"
        " verdict.",
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        notes=counts[Severity.NOTE],
    )


def finding_words(rules: CriteriaSet, finding: Finding, most: int | None = None) -> str:
    """Return what was found, with the figures themselves; of a long list only the first `most`, then how many more."""
    return _filled(rules, finding, finding.check.finding, most)


def mend_words(rules: CriteriaSet, finding: Finding) -> str:
    """Return what to do about a finding."""
    return _filled(rules, finding, finding.check.mend)


def places_of(finding: Finding, most: int) -> str:
    """Return where the figures of a finding were read, with the file; after `most` places an ellipsis."""
    parts = [", ".join(part for part in place if part) for place in _by_sheet(finding.places[:most])]
    return "; ".join(parts + (["…"] if len(finding.places) > most else []))


def files_of(places: Sequence[Place]) -> str:
    """Return the files of places, each once, separated by semicolons."""
    return ";".join(dict.fromkeys(place.file for place in places))


def in_words(places: Sequence[Place]) -> str:
    """Return places without their files."""
    return "; ".join(words for _file, words in _by_sheet(places) if words)


def _by_sheet(places: Sequence[Place]) -> list[tuple[str, str]]:
    """Return each file with its places in words, those of one sheet and those of one text file together."""
    found: dict[tuple[str, str, bool], list[Place]] = {}
    for place in places:
        found.setdefault((place.file, place.sheet, bool(place.line)), []).append(place)
    return [(file, _together(alike)) for (file, _sheet, _line), alike in found.items()]


def _together(places: Sequence[Place]) -> str:
    if len(places) == 1:
        return str(places[0].words())
    if places[0].line:
        return lines_words(place.line for place in places)
    return cells_words(places[0].sheet, (place.cell for place in places if place.cell))


def lines_words(lines: Iterable[int]) -> str:
    """Return several lines of one file in words."""
    return _("lines {lines}", lines=", ".join(map(str, sorted(lines))))


def cells_words(sheet: str, cells: Iterable[str]) -> str:
    """Return several cells of one sheet in words."""
    return _("sheet “{sheet}”, cells {cells}", sheet=sheet, cells=", ".join(cells))


def figure_name(rules: CriteriaSet, figure: CheckedFigure) -> str:
    """Return what a figure is called: its numbers in the law, and its label or that of what it counts."""
    measure = rules.measures[figure.measure]
    label = measure.label
    if figure.part and measure.counted is not None:
        label = measure.counted.numerator if figure.part == "numerator" else measure.counted.denominator
    ids = numbers_of(rules, figure.measure)
    return f"{ids} {label!s}" if ids else str(label)


def numbers_of(rules: CriteriaSet, measure: str) -> str:
    """Return the ids of the requirements that ask for a measure, separated by slashes; empty where none does."""
    return "/".join(rules.asking_for.get(measure, ()))


def amount_words(amount: ExactAmount, among: Sequence[ExactAmount] = ()) -> str:
    """Return an amount with its unit; with as many decimals as tell it from the others and from nothing."""
    return measured_words(amount, _shown(amount, among))


def _shown(amount: ExactAmount, among: Sequence[ExactAmount]) -> Decimal:
    decimals, rounded = amount.decimals, ceil_to if amount.up else floor_to
    others = {other.value for other in among if other.points == amount.points} | {amount.value, Fraction(0)}
    while decimals < VALUE_DECIMALS and len({rounded(value, decimals) for value in others}) < len(others):
        decimals += 1
    return rounded(amount.value, decimals)


def measured_words(amount: ExactAmount, value: Decimal) -> str:
    """Return a value as an amount is given: with its unit, or in percentage points."""
    if amount.points:
        return points_words(number(value))
    return with_unit(value, str(amount.unit))


def _filled(rules: CriteriaSet, finding: Finding, text: Text, most: int | None = None) -> str:
    return str(text).format_map(_FilledIn(rules, finding, most))


class _FilledIn(dict[str, object]):
    """What a sentence about a finding fills in, each put into words only when the sentence asks for it."""

    def __init__(self, rules: CriteriaSet, finding: Finding, most: int | None) -> None:
        super().__init__()
        self._rules, self._finding, self._most = rules, finding, most
        self._amounts = [
            fact for name, fact in finding.facts.items() if isinstance(fact, ExactAmount) and name not in DIFFERENCES
        ]

    def __missing__(self, name: str) -> object:
        rules, finding = self._rules, self._finding
        if name == "values" and finding.check.same is not None:
            return _by_value(rules, finding.figures)
        if name in finding.facts:
            fact = finding.facts[name]
            if isinstance(fact, ExactAmount) and name in DIFFERENCES:
                return _difference_words(fact, [finding.facts[beside] for beside in DIFFERENCES[name]], self._amounts)
            return _fact_words(rules, name, fact, self._amounts)
        if name == "figures":
            return figures_words(rules, finding.figures, self._amounts, self._most)
        return {"commune": finding.name, "year": finding.year, "n": len(finding.figures)}[name]


def _difference_words(difference: ExactAmount, between: Sequence[Fact], amounts: Sequence[ExactAmount]) -> str:
    """Return the difference of two amounts as they are shown, so that a reader who subtracts finds the same."""
    one, other = (_shown(fact, amounts) for fact in between if isinstance(fact, ExactAmount))
    return measured_words(difference, abs(one - other)) if one != other else amount_words(difference)


def _fact_words(rules: CriteriaSet, name: str, fact: Fact, amounts: Sequence[ExactAmount]) -> str:
    if isinstance(fact, ExactAmount):
        return amount_words(fact, amounts)
    if isinstance(fact, Held):
        if name == "target":
            return target_words(rules, fact.requirement, fact.target)
        return actual_words(rules, fact)
    if isinstance(fact, Message | str | int):
        return str(fact)
    return "; ".join(_with_value(rules, figure) for figure in ([fact] if isinstance(fact, CheckedFigure) else fact))


def figures_words(
    rules: CriteriaSet, figures: Sequence[CheckedFigure], amounts: Sequence[ExactAmount], most: int | None
) -> str:
    """Return figures by name, a few with their values; of a long list the first `most` by number, then how many more."""
    if len(figures) <= MOST_NAMED:
        return "; ".join(_with_value(rules, figure, amounts) for figure in figures)
    named = ", ".join(short_name(rules, figure) for figure in figures[:most])
    rest = len(figures) - len(figures[:most])
    return _("{ids} and {n} more", ids=named, n=rest) if rest else named


def _with_value(rules: CriteriaSet, figure: CheckedFigure, among: Sequence[ExactAmount] = ()) -> str:
    name = figure_name(rules, figure)
    if figure.amount is not None:
        return f"{name}: {amount_words(figure.amount, among)}"
    if figure.answer is not None:
        return f"{name}: {answer_words(rules, rules.measures[figure.measure], figure.answer)}"
    return name


def _by_value(rules: CriteriaSet, figures: Sequence[CheckedFigure]) -> str:
    """Return the numbers given for one thing, each with where it stands, the most frequent first."""
    given: dict[Fraction, list[CheckedFigure]] = {}
    for figure in figures:
        if figure.amount is not None:
            given.setdefault(figure.amount.value, []).append(figure)
    amounts = [figure.amount for figure in figures if figure.amount is not None]
    ordered = sorted(given.items(), key=lambda item: (-len(item[1]), item[0]))
    return "; ".join(
        f"{amount_words(amount, amounts)} ({', '.join(short_name(rules, figure) for figure in alike)})"
        for _value, alike in ordered
        if (amount := alike[0].amount) is not None
    )


def short_name(rules: CriteriaSet, figure: CheckedFigure) -> str:
    """Return a figure's numbers in the law; what it is called where it has none."""
    return numbers_of(rules, figure.measure) or figure_name(rules, figure)
