"""The forms of `ntm template` for the invented communes, filled in; generated once and kept in the cache."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from pathlib import Path

import ntm_rules.forms
from benchmarks.inputs import FIRST_YEAR, OVERLAY, Inputs
from benchmarks.options import Options
from benchmarks.workbooks import FIRST_CODE, SHEETS, Country, cells_of, country, figures_of, in_processes
from ntm_rules import spreadsheet
from ntm_rules.dataset.cells.numbers import Cell
from ntm_rules.forms.commune.filled import Answer, DocumentRow, Filled
from ntm_rules.forms.commune.making import FormMaker
from ntm_rules.rulebook.loader import find_set
from ntm_rules.rulebook.register import Commune
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import open_rulebook
from tests.commune_workbooks import ILLUSTRATIVE, Value
from tests.commune_workbooks import Cell as Entered

ISSUER = "UBND xã (minh họa)"


def forms(options: Options) -> Country:
    """Return the country whose workbooks are forms, generating what the cache has not."""
    invented = country(options.cache, options.communes)
    folder = invented.criteria.with_name(f"forms-{_fingerprint()}")
    found = Country(invented.criteria, folder)
    done = folder.with_name(f"{folder.name}.complete")
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        print(f"Filling in {options.communes:,} forms (once; they stay in the cache) ...", flush=True)
        in_processes(_start, _write_some, found, options.communes)
        done.touch()
    return found


def _fingerprint() -> str:
    """Return what tells one form from another: everything that writes it, and the law whose words stand in it."""
    sources = [Path(__file__), OVERLAY, *sorted(Path(spreadsheet.__file__).parent.glob("*.py"))]
    sources += sorted(Path(ntm_rules.forms.__file__).parent.glob("*.py"))
    sources += sorted(find_set().rglob("*.yaml"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]


_worker: list[tuple[Path, FormMaker, Inputs]] = []


def _start(country: Country, communes: int) -> None:
    rulebook = open_rulebook(LawAsked(str(country.criteria), [OVERLAY]))
    maker = FormMaker(rulebook.loaded, rulebook.for_year(FIRST_YEAR), FIRST_YEAR)
    _worker.append((country.workbooks, maker, figures_of(communes)))


def _write_some(span: range) -> None:
    folder, maker, figures = _worker[0]
    for at in span:
        commune = maker.rules.communes[f"{FIRST_CODE + at}"]
        (folder / f"{commune.code}.xlsx").write_bytes(maker.form(commune, filled_in(figures, at, commune)))


def filled_in(figures: Inputs, at: int, commune: Commune) -> Filled:
    """Return a commune's answers, what it reported the year before, and a document for each answer."""
    before = dict(cells_of(figures, at * SHEETS, quantities_only=False))
    now = dict(cells_of(figures, at * SHEETS + 1, quantities_only=False))
    day = dt.date(FIRST_YEAR + 1, 3, 5)
    documents = [
        DocumentRow(measure, f"{number}/MH-UBND", day, ISSUER, f"Báo cáo số liệu (minh họa) của xã {commune.name}")
        for number, measure in enumerate(now, start=1)
    ]
    return Filled(
        answers={measure: _answer(entered) for measure, entered in now.items()},
        previous={measure: _answer(entered) for measure, entered in before.items()},
        documents=documents,
        illustrative=ILLUSTRATIVE,
    )


def _answer(entered: Entered) -> Answer:
    value, numerator, denominator = map(_typed, (entered.value, entered.numerator, entered.denominator))
    return Answer(value, numerator, denominator, entered.note)


def _typed(value: Value) -> Cell:
    """Return a figure as it is typed: an answer in words, nothing as the empty text."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    return "" if value is None else value
