"""Invented communes and their workbooks in the sample's form, generated once and kept in the cache."""

from __future__ import annotations

import csv
import hashlib
import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from benchmarks import inputs as drawing
from benchmarks.inputs import FIRST_YEAR, OVERLAY, Figure, Inputs, draw, rule_set
from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.dataset.records import State
from ntm_rules.exact import PERCENT, VALUE_DECIMALS, VALUE_SCALE
from ntm_rules.rulebook.loader import find_set
from ntm_rules.rulebook.models import Measure
from ntm_rules.rulebook.register_file import COLUMNS
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import open_rulebook
from tests import commune_workbooks
from tests.commune_workbooks import Cell, write_commune_workbook

INVENTED = "minh họa - không có thật"
DOCUMENT = "Số 000/MH ngày 05/3/2027 (minh họa)"
FIRST_CODE = 50001
"""No unit in the country has a code this high."""
SHEETS = 2
"""The baseline year, quantities only, and the first year of the period."""
WHOLE = 10_000
"""Things of which a hundredth of a percent is one."""
CHUNK = 32


@dataclass(frozen=True, slots=True)
class Country:
    """A criteria set whose register holds the invented communes too, and a workbook of each of these."""

    criteria: Path
    workbooks: Path

    def questionnaire(self) -> Questionnaire:
        """Return what readers need."""
        return open_rulebook(LawAsked(str(self.criteria), [OVERLAY])).questionnaire()

    def files(self) -> list[Path]:
        """Return the workbooks."""
        return sorted(self.workbooks.glob("*.xlsx"))


def country(cache: Path, communes: int) -> Country:
    """Return the country of so many communes, generating what the cache has not."""
    folder = cache / f"{communes}-{_fingerprint()}"
    found = Country(folder / "criteria", folder / "workbooks")
    done = folder / "complete"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
    write_criteria(found.criteria, communes)
    if not done.exists():
        print(f"Generating {communes:,} workbooks (once; they stay in the cache) ...", flush=True)
        found.workbooks.mkdir(parents=True)
        in_processes(_start, _write_some, found, communes)
        done.touch()
    return found


def _fingerprint() -> str:
    """Return what tells one form and generator from another; the rules may change without changing the form."""
    sources = [Path(module) for module in (__file__, drawing.__file__, commune_workbooks.__file__)]
    sources += [find_set() / "criteria-set.yaml", find_set() / "measures.yaml"]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]


def write_criteria(folder: Path, communes: int) -> None:
    """Copy the criteria set and add the invented communes to its register."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(find_set(), folder)
    group_ids = figures_of(communes).group_ids()[::SHEETS]
    with (folder / "communes.csv").open("a", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        for at, group in enumerate(group_ids):
            commune = {
                "code": f"{FIRST_CODE + at}",
                "name": f"Minh Họa {at + 1}",
                "type": "xa",
                "valid_from": "2025-07-01",
                "group": group or "",
                "group_source": INVENTED if group else "",
                "source": INVENTED,
            }
            writer.writerow({column: commune.get(column, "") for column in COLUMNS})


def in_processes(
    start: Callable[[Country, int], None], write_some: Callable[[range], None], country: Country, communes: int
) -> None:
    """Have files written by as many processes as there are processors, each started by `start`."""
    spans = [range(at, min(at + CHUNK, communes)) for at in range(0, communes, CHUNK)]
    with ProcessPoolExecutor(
        max_workers=os.cpu_count(),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=start,
        initargs=(country, communes),
    ) as pool:
        for _ in pool.map(write_some, spans):
            pass


_worker: list[tuple[Path, Questionnaire, Inputs]] = []


def _start(country: Country, communes: int) -> None:
    _worker.append((country.workbooks, country.questionnaire(), figures_of(communes)))


def _write_some(span: range) -> None:
    folder, questionnaire, figures = _worker[0]
    for at in span:
        commune = questionnaire.communes[f"{FIRST_CODE + at}"]
        sheets = {
            FIRST_YEAR - 1: dict(cells_of(figures, at * SHEETS, quantities_only=True)),
            FIRST_YEAR: dict(cells_of(figures, at * SHEETS + 1, quantities_only=False)),
        }
        path = folder / f"{commune.code}.xlsx"
        write_commune_workbook(path, commune, sheets, questionnaire, illustrative=True)


def figures_of(communes: int) -> Inputs:
    """Return the figures of so many communes, each the year before the period and its first year."""
    return draw(rule_set(filled=True), communes, SHEETS)


def cells_of(figures: Inputs, at: int, *, quantities_only: bool) -> Iterator[tuple[str, Cell]]:
    """Yield measure and what is entered for it, of the commune and year at a place of the figures."""
    for name, figure in figures.figures.items():
        measure = figures.rules.measures[name]
        state = State(int(figure.state[at]))
        if quantities_only and not measure.traits.quantity:
            continue
        if state is State.AWAITED:
            yield name, Cell("Chưa có kết luận")
        elif state is State.PRESENT:
            yield name, _cell(measure, figure, at, figures)


def _cell(measure: Measure, figure: Figure, at: int, figures: Inputs) -> Cell:
    value, base = int(figure.value[at]), int(figure.base[at])
    if measure.traits.yes_or_no:
        return Cell(bool(value))
    if measure.traits.concluded:
        return Cell("Đạt" if value else "Không đạt", document=DOCUMENT)
    if measure.traits.graded:
        grade = figures.rules.scales[measure.scale or ""].grades[value]
        return Cell(grade.label.vi, document=DOCUMENT)
    if base == PERCENT * VALUE_SCALE and value <= VALUE_SCALE:  # typed, this would be asked whether 0.36 means 36%
        return Cell(None, value * WHOLE // base, WHOLE)
    if base and base != PERCENT * VALUE_SCALE:
        assert measure.counted is not None
        decimals = measure.counted.decimals
        return Cell(None, Decimal(value).scaleb(-decimals), Decimal(base).scaleb(-decimals))
    return Cell(Decimal(value).scaleb(-VALUE_DECIMALS).normalize())
