"""Rows of many findings are those of each: every cell, in both languages, wherever the figures were read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_rules.dataset.figure_columns import columns_of_records
from ntm_rules.dataset.places import WIDTH, Where
from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.record_views import Records
from ntm_rules.dataset.records import CommuneYear, Dataset, Reported, State
from ntm_rules.errors import Severity
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.evaluation.cross_checks.over_evaluation import cross_check
from ntm_rules.exact import PERCENT, VALUE_SCALE
from ntm_rules.i18n import use_language
from ntm_rules.report.csv_files import write_csv, write_tables
from ntm_rules.report.finding_columns import COLUMNS, finding_table
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.cross_checks import CrossCheck
from ntm_rules.rulebook.loader import load_set
from ntm_rules.rulebook.models import Text
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.text_columns import Columns, TextColumn
from ntm_rules.wording.findings import FindingRow, finding_row
from tests.evaluation.cross_checks.given import COMMUNES, YEAR, check, counted, law, percent, plain, report
from tests.evaluation.cross_checks.many.generated import catalogues, several
from tests.examples import examples
from tests.strategies import crowds

FILE = "xã A, B.xlsx"


@pytest.fixture(autouse=True)
def _vietnamese() -> Iterator[None]:
    use_language("vi")
    yield
    use_language(None)


def read_from(records: Sequence[CommuneYear], where: Where | None, *, a_line_each: bool) -> Records:
    """Return records as columns that were read from a file: each on a line of its own, or each figure."""
    columns = columns_of_records(records)
    rows = range(len(columns.measures))
    for owner in range(len(columns)):
        for at in rows:
            columns.place[at, owner] = (owner * len(rows) + (0 if a_line_each else at % 3)) * WIDTH + at % 5
    columns.where[:] = -1 if where is None else 0
    return Records(replace(columns, wheres=[] if where is None else [where]))


def rows_of(table: Columns) -> Iterator[FindingRow]:
    cells = {name: one.to_list() if isinstance(one, TextColumn) else one.tolist() for name, one in table.items()}
    for row in zip(*(cells[name] for name in COLUMNS), strict=True):
        said = dict(zip(COLUMNS, row, strict=True))
        yield FindingRow(**{**said, "severity": Severity(said["severity"])})  # type: ignore[arg-type]


def rows_alike(rules: CriteriaSet, records: Sequence[CommuneYear], year: int, problems: Sequence[Problem] = ()) -> int:
    """Hold rows and lines of all findings against the row of each."""
    found = cross_check(evaluate(rules, records, years=[year]), Dataset(records, problems))
    for language in ("vi", "en"):
        use_language(language)
        each = [finding_row(rules, finding) for finding in found]
        assert list(rows_of(finding_table(found))) == each
    return len(found)


def worded(one: CrossCheck, names: Sequence[str]) -> CrossCheck:
    """Return a check whose sentences fill in these."""
    said = "; ".join(f"{name} {{{name}}}" for name in names)
    return one.model_copy(update={"finding": Text(vi=f"{said}.", en=said), "mend": Text(vi="Xem {n}", en="{{x}}")})


WHERES = [None, Where("a.csv", "", lines=True), Where(FILE, "Biểu 1", lines=False)]


@pytest.mark.long
@settings(max_examples=examples(300))
@given(checks=catalogues(), records=several(), data=st.data())
def test_of_generated_checks_and_reports(
    checks: tuple[CrossCheck, ...], records: list[CommuneYear], data: st.DataObject
) -> None:
    said = [worded(one, data.draw(st.lists(st.sampled_from(sorted(one.filled_in)), max_size=4))) for one in checks]
    problem = Problem("numerator-over-denominator", "x.xlsx", commune_code=COMMUNES[0].code, year=YEAR, measure="a")
    problem = replace(problem, parameters={"denominator": "5"}, value="9")
    where, a_line_each = data.draw(st.sampled_from(WHERES)), data.draw(st.booleans())
    held = data.draw(st.sampled_from([records, read_from(records, where, a_line_each=a_line_each)]))
    rows_alike(law(*said), held, YEAR, [problem])


@settings(max_examples=15)
@given(data=st.data())
def test_of_the_catalogue_of_lai_chau(filled: CriteriaSet, data: st.DataObject) -> None:
    records = data.draw(crowds(filled, 5)).records
    where, a_line_each = data.draw(st.sampled_from(WHERES)), data.draw(st.booleans())
    rows_alike(filled, read_from(records, where, a_line_each=a_line_each), YEAR)


@settings(max_examples=15)
@given(data=st.data())
def test_of_the_catalogue_of_another_province(data: st.DataObject) -> None:
    loaded = load_set(Path(__file__).parents[1] / "other_set" / "criteria" / "bien-xanh-2031-2035")
    rules = resolve(loaded, as_of=dt.date(2032, 12, 31))
    rows_alike(rules, read_from(data.draw(crowds(rules, 6)).records, WHERES[1], a_line_each=True), 2032)


@pytest.mark.parametrize("now", ["20.001", "20", "0.001", "0", "79.999", "20.0000001"])
@pytest.mark.parametrize("before", ["20.002", "20", "0.004", "0", "79.99"])
def test_amounts_that_look_alike_get_the_decimals_that_tell_them_apart(now: str, before: str) -> None:
    one = worded(check(changed={}), ["figures", "now", "before", "change"])
    records = [report({"a": percent(before), "b": percent(now)}, year=YEAR - 1)]
    records.append(report({"a": percent(now), "b": percent(before)}))
    assert rows_alike(law(one), records, YEAR) == (0 if now == before else 2)


def test_amounts_that_64_bits_do_not_hold() -> None:
    large = Reported(State.PRESENT, 10**18 - 1)
    share = Reported(State.PRESENT, 10**17 + 1, PERCENT * VALUE_SCALE)
    records = [report({"x": plain("3"), "a": share}, year=YEAR - 1), report({"x": large, "a": counted(1, 3)})]
    moved = worded(check("moved", changed={}), ["now", "before", "change"])
    sums = worded(check("sums", relation={"sum": ["x", "x"], "at_most": ["a.denominator"]}), ["left", "right"])
    assert rows_alike(law(moved, sums), records, YEAR) == 3


def test_a_file_of_columns_is_the_file_of_rows(tmp_path: Path) -> None:
    one = worded(check(without_evidence={}), ["commune", "figures"])
    names = ["=1+1", 'Xã "A", B', "- chưa rõ", "Bình Lư"]
    records = [CommuneYear(f"{at:05d}", name, YEAR, {"x": plain("1")}) for at, name in enumerate(names)]
    found = cross_check(evaluate(law(one), records, years=[YEAR]), Dataset(records))
    write_csv(tmp_path / "rows.csv", FindingRow._fields, [finding_row(law(one), finding) for finding in found])
    write_tables(tmp_path / "table.csv", [finding_table(found)], COLUMNS)
    assert (tmp_path / "table.csv").read_bytes() == (tmp_path / "rows.csv").read_bytes()
