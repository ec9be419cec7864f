"""Where everything of a form stands: which sheet and row each question has, and the cells its formulas read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from xlsxwriter.utility import xl_rowcol_to_cell

from ntm_rules.dataset.rows.form_facts import CALCULATION_SHEET
from ntm_rules.forms.commune.formulas import QuestionCells, takes_percent
from ntm_rules.forms.commune.questions import FormSection, Heading, Line, Question
from ntm_rules.forms.commune.standards import standard_rows
from ntm_rules.i18n import N_, _
from ntm_rules.rulebook.criteria_set import Combination, CriteriaSet, Indicator, Node, Requirement
from ntm_rules.rulebook.standards import Standard

COLUMNS: tuple[tuple[str, float], ...] = (
    ("ordinal", 7),
    ("label", 46),
    ("unit", 9),
    ("value", 15),
    ("numerator", 11),
    ("denominator", 11),
    ("previous", 13),
    ("computed", 9),
    ("target", 14),
    ("result", 21),
    ("note", 18),
    ("opinion", 11),
    ("remark", 18),
    ("measure", 5),
)
"""The columns of a sheet of questions, by their roles, and their widths."""
COLUMN = {role: at for at, (role, _width) in enumerate(COLUMNS)}
TITLE_AT, LAW_AT, OWNER_AT, NATURE_AT, HEADER_AT = range(5)
"""Rows above the questions, from 0."""
FIRST = 5

CODE_CELL, NAME_CELL, YEAR_CELL = (OWNER_AT, 1), (OWNER_AT, 3), (OWNER_AT, 7)
"""Where the commune's code and name and the year stand on a sheet of questions."""

GUIDE, SUMMARY, QUESTIONS, EVIDENCE = N_("Guide"), N_("Summary"), N_("Figures"), N_("Evidence")
HAMLETS = N_("Hamlets")
"""Names of the sheets."""


@dataclass(frozen=True, slots=True)
class QuestionSheet:
    """One sheet of questions."""

    name: str
    sections: tuple[FormSection, ...]
    rows: tuple[tuple[int, FormSection | Line], ...]
    """Row, from 0, and what stands in it; a section stands for its own heading."""

    @property
    def last(self) -> int:
        """The last row."""
        return self.rows[-1][0] if self.rows else FIRST


@dataclass(slots=True)
class FormPlaces:
    """Every place of a form."""

    sheet: QuestionSheet
    cells: dict[str, QuestionCells] = field(default_factory=dict)
    """Measure -> its entry cells, named with their sheet."""
    row_of: dict[str, int] = field(default_factory=dict)
    """Measure -> its row on the sheet of questions, from 0."""
    calculated: dict[tuple[str, str], str] = field(default_factory=dict)
    """What is calculated, and of which id, -> the cell of the calculation sheet.

    `percent`, `entry`, `before` and `answer` of a measure, and `figure`, its verdict where several requirements hold it
    against a target; `node` of a requirement or combination, `indicator`,
    `criterion`, and `commune` where the set has a standard of its own: their verdicts."""
    standards: dict[tuple[str, str], Standard] = field(default_factory=dict)
    """What of a standard of its own is calculated -> the part of it."""
    order: list[tuple[str, str]] = field(default_factory=list)
    """The rows of the calculation sheet, and below the same the other way round."""
    rows: dict[tuple[str, str], int] = field(default_factory=dict)

    def heading_row(self, kind: str, id_: str) -> int:
        """Return the row, from 0, that heads a `criterion` or an `indicator`."""
        for row, line in self.sheet.rows:
            if kind == "criterion" and isinstance(line, FormSection) and line.criterion and line.criterion.id == id_:
                return row
            is_indicator = isinstance(line, Heading) and isinstance(line.node, Indicator) and line.node.id == id_
            if kind == "indicator" and is_indicator:
                return row
        raise KeyError(id_)

    def questions(self) -> Iterator[Question]:
        """Yield every question in order."""
        for section in self.sheet.sections:
            yield from section.questions()


def place(sections: Sequence[FormSection], rules: CriteriaSet) -> FormPlaces:
    """Return where the questions of a form stand, and where their worth and the verdicts are calculated.

    All stand on one sheet: papers come office by office, not criterion by criterion.
    """
    places = FormPlaces(_sheet(_(QUESTIONS), tuple(sections)))
    for row, line in places.sheet.rows:
        if isinstance(line, Question):
            _place_question(places, row, line, last_year=line.measure.id in rules.beside_last_year)
    for node in nodes(rules):
        _calculate(places, "node", node.id)
    for question in places.questions():
        if question.further:
            _calculate(places, "figure", question.measure.id)
    for criterion in rules.criteria:
        for indicator in criterion.indicators:
            _calculate(places, "indicator", indicator.id)
        _by_standard(places, rules, ("criterion", criterion.id), criterion.standard)
        _calculate(places, "criterion", criterion.id)
    for indicator in rules.conditions:
        _calculate(places, "indicator", indicator.id)
    if rules.standard is not None:
        _by_standard(places, rules, ("commune", rules.id), rules.standard)
        _calculate(places, "commune", rules.id)
    return places


def _by_standard(places: FormPlaces, rules: CriteriaSet, of: tuple[str, str], standard: Standard | None) -> None:
    for (what, id_), part in standard_rows(rules, of, standard) if standard is not None else ():
        _calculate(places, what, id_)
        places.standards[what, id_] = part


def nodes(rules: CriteriaSet) -> Iterator[Node]:
    """Yield requirements and combinations, parts before the wholes they make up."""
    for indicator in rules.every_indicator():
        yield from _parts_first(indicator.condition)


def _parts_first(node: Node) -> Iterator[Node]:
    if isinstance(node, Combination):
        for child in node.children:
            yield from _parts_first(child)
    yield node


def _sheet(name: str, sections: tuple[FormSection, ...]) -> QuestionSheet:
    rows: list[tuple[int, FormSection | Line]] = []
    row = FIRST
    for section in sections:
        for line in (section, *section.lines):
            rows.append((row, line))
            row += 1
    return QuestionSheet(name, sections, tuple(rows))


def _place_question(places: FormPlaces, row: int, question: Question, *, last_year: bool) -> None:
    measure, sheet = question.measure, places.sheet.name
    places.row_of[measure.id] = row

    def at(role: str) -> str:
        return f"'{sheet}'!{xl_rowcol_to_cell(row, COLUMN[role], row_abs=True, col_abs=True)}"

    percent = _calculate(places, "percent", measure.id) if takes_percent(measure) else ""
    share = measure.traits.counted
    places.cells[measure.id] = QuestionCells(
        at("value"),
        at("numerator") if share else "",
        at("denominator") if share else "",
        at("previous") if last_year else "",
        percent,
    )
    _calculate(places, "entry", measure.id)
    if last_year:
        _calculate(places, "before", measure.id)
    if not measure.traits.by_size:
        _calculate(places, "answer", measure.id)


RESULT = 1
"""Column of the calculation sheet, from 0, in which every result stands."""
BARS = (2, 3, 4)
"""Columns, from 0, of a requirement's target, and the two whole numbers it is compared by."""


def _calculate(places: FormPlaces, what: str, id_: str) -> str:
    """Give something its row on the calculation sheet; return the cell of its result."""
    row = len(places.order)
    places.order.append((what, id_))
    places.rows[what, id_] = row
    places.calculated[what, id_] = calculation_cell(row, RESULT)
    return places.calculated[what, id_]


def calculation_cell(row: int, column: int) -> str:
    """Return the reference of a cell of the calculation sheet."""
    return f"{CALCULATION_SHEET}!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"


def bar_cells(places: FormPlaces, requirement: Requirement) -> tuple[str, str, str]:
    """Return the cells of a requirement's target and of the numbers it is compared by."""
    row = places.rows["node", requirement.id]
    target, times, part = (calculation_cell(row, column) for column in BARS)
    return target, times, part
