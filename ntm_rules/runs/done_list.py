"""The list of what was issued: a workbook or CSV with the document's id, its number and its day; every mistake at once."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ntm_rules.dataset.cells.days import day_in, day_of_serial
from ntm_rules.dataset.cells.numbers import Cell, written
from ntm_rules.dataset.files.reader_process import answer_of
from ntm_rules.dataset.files.sources import WORKBOOKS
from ntm_rules.dataset.files.text_encodings import NotUnicode, decoded
from ntm_rules.dataset.places import Grid, Where, cell_name
from ntm_rules.dataset.problems import Problem, place_of
from ntm_rules.dataset.workbooks.workbook_files import sheets_of
from ntm_rules.dataset.workbooks.workbook_safety import FileRefused
from ntm_rules.errors import NtmError, nearest
from ntm_rules.i18n import Message
from ntm_rules.plan.loader import Plan
from ntm_rules.plan.owing import ReportOfIssue
from ntm_rules.rulebook.plans import Deliverable
from ntm_rules.runs.reading import must_exist
from ntm_rules.spelling import key

HEADS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "Mã văn bản", "Document's id", "deliverable"),
    "year": ("year", "Năm"),
    "agency": ("agency", "Cơ quan", "Agency", "Phải có"),
    "number": ("number", "Số, ký hiệu", "Number and sign"),
    "date": ("date", "Ngày ban hành", "Day of issue"),
}
"""Column -> what it may be called; the agency is asked only of what every lead agency owes."""
NEEDED = ("id", "number", "date")
_KNOWN = {key(name): column for column, names in HEADS.items() for name in names}


class _Row(NamedTuple):
    cells: Mapping[str, Cell]
    places: Mapping[str, Message]


def read_done(plan: Plan, path: Path) -> list[ReportOfIssue]:
    """Return what a list says was issued; rows without number and day say nothing.

    Raises:
        NtmError: the file cannot be read, has no such columns, or every mistake in it by its place.
    """
    must_exist([path])
    mistakes: list[Message] = []
    found: list[ReportOfIssue] = []
    tables = 0
    for grid in _grids(path):
        for row in _rows(grid):
            tables += 1
            found += _reports(plan, row, mistakes)
    if not tables:
        raise NtmError(
            Message(
                "{file}: no row of headings {heads} was found",
                file=path.name,
                heads=", ".join(h[1] for h in HEADS.values()),
            ),
            Message(
                "Write the list with ntm plan deliverables --out FILE.xlsx, fill in numbers and days, and give it back."
            ),
        )
    if mistakes:
        raise NtmError(*(Message("{file}, {place}", file=path.name, place=one) for one in mistakes))
    known = {(d.id, done.number) for d in plan.deliverables for done in d.done or ()}
    return list(dict.fromkeys(one for one in found if (one.deliverable, one.number) not in known))


def _grids(path: Path) -> list[Grid]:
    data = path.read_bytes()
    try:
        if path.suffix.lower() in WORKBOOKS:
            return answer_of(sheets_of, data, path.name, size=len(data))
    except FileRefused as refused:
        problem = Problem(refused.code, path.name, parameters=refused.parameters)
        raise NtmError(
            Message("{file}: {said}. {mend}", file=path.name, said=problem.message(), mend=problem.mend())
        ) from refused
    try:
        text = decoded(data)
    except NotUnicode as strange:
        problem = Problem("csv-encoding", path.name, parameters={"bad_line": strange.line})
        raise NtmError(
            Message("{file}: {said}. {mend}", file=path.name, said=problem.message(), mend=problem.mend())
        ) from strange
    delimiter = max(",;\t", key=text[:4000].count)
    rows = list(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))
    return [Grid(Where(path.name, "", lines=True), rows)]


def _rows(grid: Grid) -> Iterator[_Row]:
    """Yield the rows below the headings; nothing where there are none."""
    columns: dict[str, int] = {}
    for number, row in grid.rows:
        if not columns:
            named = {
                _KNOWN[key(cell)]: at for at, cell in enumerate(row) if isinstance(cell, str) and key(cell) in _KNOWN
            }
            columns = named if set(NEEDED) <= set(named) else {}
            continue
        cells = {name: row[at] if at < len(row) else "" for name, at in columns.items()}
        if any(cells[name] not in ("", None) for name in NEEDED):
            yield _Row(cells, {name: _place(grid, number, at) for name, at in columns.items()})


def _place(grid: Grid, row: int, column: int) -> Message:
    if grid.where.lines:
        return place_of(line=row + 1)
    return place_of(grid.where.sheet, cell_name(row, column))


def _reports(plan: Plan, row: _Row, mistakes: list[Message]) -> Iterator[ReportOfIssue]:
    """Yield what one row says; several documents stand behind each other with semicolons."""
    texts = {name: written(cell).strip() for name, cell in row.cells.items()}
    if not texts["number"] and not texts["date"]:
        return

    def wrong(column: str, message: Message) -> None:
        mistakes.append(Message("{place}: {said}", place=row.places[column], said=message))

    deliverable = _deliverable(plan, texts["id"])
    if deliverable is None:
        closest = nearest(texts["id"], [one.id for one in plan.deliverables])
        said = {"id": texts["id"], "nearest": closest or ""}
        wrong(
            "id",
            Message("“{id}” is no document of the plan; did you mean “{nearest}”?", **said)
            if closest
            else Message("“{id}” is no document of the plan", **said),
        )
        return
    year = _year(deliverable, texts.get("year", ""))
    if year is False:
        years = deliverable.every_year
        span = f"{years.from_}-{years.to}" if years else ""
        wrong("year" if "year" in row.places else "id", Message("say of which year it is, one of {years}", years=span))
        return
    agency = _agency(plan, texts.get("agency", "")) if deliverable.by_each else None
    if deliverable.by_each and agency is None:
        wrong("agency" if "agency" in row.places else "id", Message("say which agency's it is, by id or name"))
        return
    numbers = [part.strip() for part in texts["number"].split(";")]
    days = [texts["date"]] if len(numbers) == 1 else [part.strip() for part in texts["date"].split(";")]
    if not texts["number"] or len(numbers) != len(days):
        wrong("number", Message("a document needs its number and its day"))
        return
    for number, text in zip(numbers, days, strict=True):
        day = _day(row.cells["date"] if len(numbers) == 1 else text)
        if day is None:
            wrong("date", Message("“{value}” is no day; write 31/7/2026", value=text))
        else:
            yield ReportOfIssue(deliverable.id, number, day, year or None, agency)


def _deliverable(plan: Plan, id_: str) -> Deliverable | None:
    return next((one for one in plan.deliverables if one.id == id_.partition("/")[0]), None)


def _year(deliverable: Deliverable, text: str) -> int | bool | None:
    """Return which year's it is; None where it is owed once, False where a yearly one does not say."""
    if deliverable.every_year is None:
        return None
    digits = text.partition(".")[0].partition(",")[0]
    year = int(digits) if digits.isascii() and digits.isdigit() and len(digits) == 4 else 0
    return year if year in deliverable.every_year else False


def _agency(plan: Plan, text: str) -> str | None:
    agencies = plan.loaded.agencies
    names = {key(name): id_ for id_, one in agencies.items() for name in (one.name.vi, one.name.en)}
    return text if text in agencies else names.get(key(text))


def _day(cell: Cell) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    return day_in(written(cell).strip()) or day_of_serial(cell)


def with_done(plan: Plan, paths: Sequence[Path]) -> list[ReportOfIssue]:
    """Return what several lists say was issued."""
    return [report for path in paths for report in read_done(plan, path)]
