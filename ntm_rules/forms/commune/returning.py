"""A filled form given back: a fresh form with every answer kept as typed, and every mistake marked where it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ntm_rules.dataset.cells.numbers import Cell, Refused, read_number, written
from ntm_rules.dataset.files.reader_process import answer_of
from ntm_rules.dataset.kept import KeptRow
from ntm_rules.dataset.merging import same
from ntm_rules.dataset.places import Log, Owner, column_letters
from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.records import Reported
from ntm_rules.dataset.rows.form_context import changed_measures
from ntm_rules.dataset.rows.form_facts import FormFacts
from ntm_rules.dataset.rows.headers import Vocabulary
from ntm_rules.dataset.workbooks.workbook_files import read_workbook
from ntm_rules.errors import Severity
from ntm_rules.forms.commune.filled import NUMERATOR, PARTS, VALUE, Answer, DocumentRow, Filled, HamletRow
from ntm_rules.i18n import N_, Message, _
from ntm_rules.wording.findings import Mistake

EVIDENCE_PARTS = ("document_number", "document_date", "document_issuer", "document_title", "note")
_CELL = re.compile(r"([A-Z]+)([0-9]+)")


@dataclass(frozen=True, slots=True)
class Returned:
    """What stands in somebody's form, ready to be written into a fresh one."""

    owner: Owner | None
    """Whose form it is; None when that cannot be told."""
    filled: Filled
    kept: Sequence[KeptRow] = ()
    """The rows of the form that are in `filled`."""
    facts: FormFacts | None = None
    """What the form says of itself; None for a simple one of somebody's own."""


def take_back(data: bytes, file: str, vocabulary: Vocabulary, beside: Sequence[Problem] = ()) -> Returned:
    """Return everything typed into a form, with what is wrong with it.

    Args:
        data: the workbook.
        file: its name, as problems call it.
        vocabulary: the words of the criteria set.
        beside: problems of this file that its sheets alone do not show (`ntm_rules.forms.commune.beside`).
    """
    log = Log(kept=[])
    read_workbook(data, file, vocabulary, log)
    kept = log.kept or []
    problems = [*log.problems, *beside]
    taking = _Taking(kept, problems, log.facts, vocabulary)
    codes = {problem.code for problem in problems}
    filled = replace(
        taking.filled(),
        doubted=bool(codes & DOUBTS),
        incomplete=bool(codes & NOT_READ),
        illustrative=_(NATURE) if log.illustrative else "",
    )
    return Returned(_owner(log, vocabulary), filled, kept, log.facts)


def take_back_safely(data: bytes, file: str, vocabulary: Vocabulary, beside: Sequence[Problem] = ()) -> Returned:
    """Return what `take_back` does, from another process where the form could end this one.

    Raises:
        FileRefused: reading it ended the process, or took too long or too much memory.
    """
    return answer_of(take_back, data, file, vocabulary, beside, size=len(data))


NATURE = N_("Illustrative figures (số liệu minh họa)")
"""What a form given back says of its figures where the form handed in says that they are invented."""


def _owner(log: Log, vocabulary: Vocabulary) -> Owner | None:
    """Return whose form it is: as its sheets say for certain, else as it was made, else as a sheet says in doubt."""
    facts = log.facts
    owner = next((one for one in log.owners if one.year), None)
    if owner is None and facts is not None and facts.commune in vocabulary.questionnaire.communes:
        owner = Owner(facts.commune, vocabulary.questionnaire.communes[facts.commune].name, 0)
    owner = owner or next(iter(log.owners), None)
    if owner is not None and not owner.year and facts is not None and facts.year.isdecimal():
        owner = owner._replace(year=int(facts.year))
    return owner


class _Taking:
    """Sorts what was typed into answers, documents and what has no place in a form, and marks the mistakes."""

    def __init__(
        self, kept: Sequence[KeptRow], problems: Sequence[Problem], facts: FormFacts | None, vocabulary: Vocabulary
    ) -> None:
        self._problems, self._figures = problems, vocabulary.figures
        self._answers: dict[str, Answer] = {}
        self._previous: dict[str, Answer] = {}
        self._documents: list[DocumentRow] = []
        self._marks: dict[tuple[str, str], list[str]] = {}
        self._left_over: list[Mistake] = []
        self._undecided: set[str] = set()
        """Measures that the form answers twice and differently."""
        self._rows = {(row.sheet, row.row): row for row in kept}
        self._document_of: dict[tuple[str, int], int] = {}
        self._hamlets: list[HamletRow] = []
        self._hamlet_of: dict[tuple[str, int], int] = {}
        if facts is not None:
            for measure, texts in facts.previous.items():
                value, numerator, denominator, document = texts
                self._previous[measure] = Answer(_number(value), _number(numerator), _number(denominator), document)
        changed = changed_measures(facts, vocabulary) if facts is not None else frozenset()
        for measure in changed & self._previous.keys():
            del self._previous[measure]
        for row in kept:
            if row.hamlet:
                self._hamlet_of[row.sheet, row.row] = len(self._hamlets)
                typed = {
                    (measure, part): cell
                    for role, cell in row.cells.items()
                    for measure, _in, part in (role.rpartition("__"),)
                    if measure
                }
                self._hamlets.append(HamletRow(row.cells.get("hamlet", ""), typed))
            elif row.evidence:
                self._take_document(row)
            elif row.measure in changed:
                self._leave_over(row, row.cells)
                self._documents += _documents_beside(row)
            elif row.measure:
                self._take_answer(row)
            else:
                self._leave_over(row, row.cells)
        for measure in self._undecided:
            # Neither answer was taken; the one that happens to stand first must not come back as the right one.
            self._answers[measure] = replace(self._answers[measure], value="", numerator="", denominator="")

    def filled(self) -> Filled:
        """Return everything, with the mistakes marked and listed."""
        listed = [self._listed(problem) for problem in sorted(self._problems, key=lambda p: p.severity.rank)]
        return Filled(
            answers=self._answers,
            previous=self._previous,
            documents=self._documents,
            hamlets=self._hamlets,
            marks=self._marks,
            mistakes=[*listed, *self._left_over],
        )

    def _take_answer(self, row: KeptRow) -> None:
        cells = self._numbers(row)
        answer = Answer(
            cells.get("value", ""),
            cells.get("numerator", ""),
            cells.get("denominator", ""),
            *(written(cells.get(role, "")) for role in ("note", "opinion", "remark")),
        )
        known = self._answers.get(row.measure)
        if known is None:
            self._answers[row.measure] = answer
        elif known != answer:
            self._leave_over(row, cells)
            if not self._agree(row.measure, known, answer):
                self._undecided.add(row.measure)
                self._leave_over(row, {part: cell for part in PARTS if (cell := getattr(known, part)) != ""})
        if "previous" in cells:
            before = self._previous.get(row.measure, Answer())
            if before.numerator == "" and before.denominator == "":
                self._previous[row.measure] = replace(before, value=cells["previous"])
        self._documents += _documents_beside(row)

    def _agree(self, measure: str, one: Answer, other: Answer) -> bool:
        """Tell whether two answers to a question are one; a blank one disagrees with none."""
        cores = [
            self._figures[measure].read(answer.value, answer.numerator, answer.denominator)[0]
            for answer in (one, other)
        ]
        first, second = (Reported(core[0], core[1], core[2], core[3], "", core[4]) if core else None for core in cores)
        return first is None or second is None or same(first, second) is not None

    def _numbers(self, row: KeptRow) -> dict[str, Cell]:
        """Return the cells of a row, numbers written as text as the numbers they are read as, so that the form reckons."""
        cells, figure = dict(row.cells), self._figures[row.measure]
        if not figure.measure.traits.quantity:
            return cells
        parts = [cells.get(part, "") for part in PARTS]
        _core, faults = figure.read(parts[0], parts[1], parts[2])
        if not faults:
            cells |= {part: _number(cell) for part, cell in cells.items() if part in PARTS and isinstance(cell, str)}
        return cells

    def _take_document(self, row: KeptRow) -> None:
        cells = row.cells
        self._document_of[row.sheet, row.row] = len(self._documents)
        self._documents.append(
            DocumentRow(
                row.measure,
                cells.get("document_number", ""),
                cells.get("document_date", ""),
                written(cells.get("document_issuer", "")),
                written(cells.get("document_title", "")),
                written(cells.get("note", "")),
                "" if row.measure else row.label,
            )
        )

    def _leave_over(self, row: KeptRow, cells: Mapping[str, Cell]) -> None:
        typed = "; ".join(written(cell) for cell in cells.values())
        place = Message("sheet “{sheet}”, row {row}", sheet=row.sheet, row=row.row + 1)
        said = Message("What stands in this row has no place in the form (“{label}”)", label=row.label or row.measure)
        self._left_over.append(
            Mistake(Severity.WARNING, place, row.measure, typed, said, Message("Enter it where it belongs."))
        )

    def _listed(self, problem: Problem) -> Mistake:
        said, mend = problem.message(), problem.mend()
        measure, part, document = problem.measure, "", None
        row = self._row_of(problem)
        if row is not None:
            measure = row.measure or measure
            part = self._part(problem, row)
            words = f"{said}. {mend}"
            if row.hamlet:
                part = self._mark_hamlet(problem, row, words)
            elif row.evidence:
                part = part or "label"
                document = self._document_of[row.sheet, row.row]
                self._mark_document(document, part, words)
            elif measure and part:
                self._marks.setdefault((measure, part), []).append(words)
        return Mistake(problem.severity, problem.place(), measure, problem.value, said, mend, part, document)

    def _row_of(self, problem: Problem) -> KeptRow | None:
        match = _CELL.fullmatch(problem.cell)
        return self._rows.get((problem.sheet, int(match[2]) - 1)) if match else None

    def _part(self, problem: Problem, row: KeptRow) -> str:
        letters = _CELL.fullmatch(problem.cell)
        wanted = letters[1] if letters else ""
        parts = EVIDENCE_PARTS if row.evidence else (*PARTS, "previous")
        return next((part for part in parts if part in row.columns and column_letters(row.columns[part]) == wanted), "")

    def _mark_hamlet(self, problem: Problem, row: KeptRow, words: str) -> str:
        """Mark the cell of a row of hamlets that a problem names; the list of mistakes names it by its place."""
        letters = _CELL.fullmatch(problem.cell)
        at = self._hamlet_of[row.sheet, row.row]
        hamlet = self._hamlets[at]
        for role, column in row.columns.items():
            measure, _in, part = role.rpartition("__")
            if measure and letters and column_letters(column) == letters[1]:
                marks = {**hamlet.marks, (measure, part): (*hamlet.marks.get((measure, part), ()), words)}
                self._hamlets[at] = replace(hamlet, marks=marks)
        return ""

    def _mark_document(self, at: int, part: str, words: str) -> None:
        document = self._documents[at]
        marks = {**document.marks, part: (*document.marks.get(part, ()), words)}
        self._documents[at] = replace(document, marks=marks)


def _documents_beside(row: KeptRow) -> list[DocumentRow]:
    """Return the document that is named in the row of a figure."""
    return [DocumentRow(row.measure, number=row.cells["document"])] if "document" in row.cells else []


def _number(text: str) -> Cell:
    """Return a figure that a form carries as text as the number it is; other texts as they are."""
    try:
        digits, decimals = read_number(text, percentage=True) if text.strip() else (None, 0)
    except Refused:
        return text
    return "" if digits is None else Decimal(digits).scaleb(-decimals)


def with_doubts(filled: Filled, mistakes: Sequence[Mistake]) -> Filled:
    """Return the contents of a form with what the cross-checks found: listed, and noted beside the cells in doubt."""

    def typed_in(measure: str, part: str) -> str:
        answer = filled.answers.get(measure, Answer())
        return part or (NUMERATOR if answer.value == "" and answer.numerator != "" else VALUE)

    doubts: dict[tuple[str, str], list[str]] = {}
    listed = []
    for mistake in mistakes:
        words = f"{mistake.said} {mistake.mend}"
        for measure, part in mistake.doubted:
            said = doubts.setdefault((measure, typed_in(measure, part)), [])
            if words not in said:
                said.append(words)
        own = mistake.part == VALUE
        listed.append(mistake._replace(part=typed_in(mistake.measure, "")) if own else mistake)
    return replace(filled, mistakes=[*filled.mistakes, *listed], doubts=doubts)


DOUBTS = frozenset(
    {
        "form-of-another-commune", "form-of-another-year", "file-of-another-commune", "form-unconfirmed", "code-missing", "owner-missing", "code-malformed",
        "unit-not-the-one", "commune-not-chosen", "commune-not-of-the-list",
        "code-unknown", "code-of-predecessor", "name-of-another", "name-of-former", "name-of-predecessor",
        "name-of-several", "name-unknown", "name-old-encoding", "year-missing", "year-malformed", "year-outside", "year-before-commune",
    }
)  # fmt: skip
"""Problems after which it is for a person to say whose answers these are, and of which year."""
NOT_READ = frozenset(
    {
        "workbook-broken", "workbook-declares-entities", "sheet-too-large", "sheet-without-header",
        "table-without-year", "table-without-commune", "second-table",
        "said-twice", "form-column-missing", "column-unknown", "column-old-encoding", "column-twice", "column-unused",
        "column-of-figures-unknown", "column-of-figures-unused", "heading-not-understood", "figures-without-heading",
        "figures-beside-heading", "column-perhaps-a-part", "heading-of-another-year",
    }
)  # fmt: skip
"""Problems after which something typed into the form may not have been read."""
