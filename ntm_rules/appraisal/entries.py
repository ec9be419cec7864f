"""What somebody has typed for a commune, figure by figure, read by the reader of forms: web and Excel are one thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ntm_rules.appraisal.hamlets import hamlets_in, kept_under, parted
from ntm_rules.dataset.cells.numbers import Cell
from ntm_rules.dataset.cells.texts import key
from ntm_rules.dataset.merging import records_of_table
from ntm_rules.dataset.places import Grid, Log, Where
from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.records import CommuneYear, Dataset
from ntm_rules.dataset.rows.headers import Vocabulary, heading
from ntm_rules.dataset.rows.tables import read_grid
from ntm_rules.dataset.rows.titles import HAMLET
from ntm_rules.errors import Severity
from ntm_rules.i18n import Message

PARTS = ("value", "numerator", "denominator", "previous")
"""The cells of one figure; the last holds that of the year before, for growth."""
WORDS = ("document", "note")
"""What is said beside it."""
CELLS = (*PARTS, *WORDS)
LONGEST = 2000
"""Characters of one cell; more is no figure, and no number of a document."""
_HEADS = ("measure", *CELLS)
_TYPED = Where("", "", lines=True)
"""The place of what stands in no file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is typed for one figure, cell by cell, as it stands."""

    value: str = ""
    numerator: str = ""
    denominator: str = ""
    previous: str = ""
    document: str = ""
    note: str = ""

    def __bool__(self) -> bool:
        return any(self.cells())

    def cells(self) -> tuple[str, ...]:
        """Return the cells in the order of `CELLS`."""
        return tuple(getattr(self, name) for name in CELLS)


def entry_of(cells: Mapping[str, str]) -> Entry:
    """Return what is typed, without space around it; what is not given is blank."""
    return Entry(**{name: cells.get(name, "").strip() for name in CELLS})


@dataclass(frozen=True, slots=True)
class EntryFault:
    """What the reader says of one figure."""

    measure: str
    problem: Problem

    @property
    def refused(self) -> bool:
        """Whether the figure cannot be used as it stands; else it is only worth a second look."""
        return self.problem.severity is Severity.ERROR

    def sentences(self) -> list[Message]:
        """Return what is wrong and what to do."""
        return [self.problem.message(), self.problem.mend()]


@dataclass(frozen=True, slots=True)
class Read:
    """One commune's entries as the engine takes them."""

    dataset: Dataset
    """The report of the year, and what is known of the year before."""
    record: CommuneYear
    faults: Sequence[EntryFault] = ()
    hamlets: Mapping[str, int] = field(default_factory=dict)
    """Name of each hamlet as the record has it -> its number (`ntm_rules.appraisal.hamlets`)."""

    def of(self, measure: str) -> list[EntryFault]:
        """Return what is said of one figure."""
        return [fault for fault in self.faults if fault.measure == measure]


def read_entries(
    vocabulary: Vocabulary,
    commune: str,
    year: int,
    entries: Mapping[str, Entry],
    before: Sequence[CommuneYear] = (),
) -> Read:
    """Read what is typed for a commune and year as the sheet of a form is read.

    `before`: reports of earlier years, beside which figures of the year before that are typed here only fill gaps.
    """
    log, of_hamlets = Log(), Log()
    own = {kept: entry for kept, entry in entries.items() if not parted(kept)[1]}
    filings = read_grid(Grid(_TYPED, _rows(commune, year, own)), vocabulary, log) or []
    lines = list(_of_hamlets(vocabulary, commune, year, entries))
    if lines:
        rows = [_HEAD_OF_HAMLETS, *(cells for _kept, cells in lines)]
        filings += read_grid(Grid(_TYPED, list(enumerate(rows))), vocabulary, of_hamlets) or []
    name = vocabulary.questionnaire.communes[commune].name
    records = list(records_of_table(filings, log.blocks, vocabulary.questionnaire, log))
    record = next((one for one in records if one.year == year), CommuneYear(commune, name, year))
    beside = next((one for one in records if one.year == year - 1), None)
    known = [one for one in before if one.code == commune and one.year < year]
    last = next((one for one in known if one.year == year - 1), None)
    if beside is not None and last is not None:
        known[known.index(last)] = replace(last, values={**beside.values, **last.values})
    elif beside is not None:
        known.append(beside)
    dataset = Dataset([*sorted(known, key=lambda one: one.year), record], (), (), log.illustrative)
    faults = [EntryFault(p.measure, p) for p in log.problems if p.measure in own]
    faults += [EntryFault(lines[p.line - 2][0], p) for p in of_hamlets.problems if p.line > 1]
    return Read(dataset, record, faults, _numbers(record, entries))


def _rows(commune: str, year: int, entries: Mapping[str, Entry]) -> list[tuple[int, Sequence[Cell]]]:
    """Return the sheet: whose figures, which columns, a row for each figure."""
    head: list[Sequence[Cell]] = [
        [heading("code", "vi"), commune],
        [heading("year", "vi"), year],
        [heading(role, "vi") for role in _HEADS],
    ]
    return list(enumerate([*head, *_lines(entries)]))


def _lines(entries: Mapping[str, Entry]) -> Iterator[Sequence[Cell]]:
    for measure, entry in entries.items():
        if entry:
            yield [measure, *entry.cells()]


def _of_hamlets(
    vocabulary: Vocabulary, commune: str, year: int, entries: Mapping[str, Entry]
) -> Iterator[tuple[str, Sequence[Cell]]]:
    """Yield what each row of the table of hamlets is kept under, and its cells; a hamlet without figures has a row, too."""
    measures = [name for name, measure in vocabulary.questionnaire.measures.items() if measure.of_hamlets]
    for number, name in hamlets_in(entries).items():
        given = {kept: entry for measure in measures if (entry := entries.get(kept := kept_under(measure, number)))}
        for kept, entry in (given or {kept_under(measures[0], number): Entry()}).items():
            cells = (entry.value, entry.numerator, entry.denominator, entry.document, entry.note)
            yield kept, (commune, year, name, parted(kept)[0], *cells)


_HEAD_OF_HAMLETS: Sequence[Cell] = (
    *(heading(role, "vi") for role in ("code", "year")), HAMLET[0],
    *(heading(role, "vi") for role in ("measure", "value", "numerator", "denominator", *WORDS)),
)  # fmt: skip


def _numbers(record: CommuneYear, entries: Mapping[str, Entry]) -> dict[str, int]:
    numbers = {key(name): number for number, name in hamlets_in(entries).items()}
    return {name: numbers[key(name)] for name in record.hamlets}


def same_entry(one: Entry, other: Entry) -> bool:
    """Tell whether two people typed the same, but for space and the case of letters."""
    return [key(cell) for cell in one.cells()] == [key(cell) for cell in other.cells()]
