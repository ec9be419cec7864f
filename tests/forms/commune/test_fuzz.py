"""Forms mutated at random: reading never fails, and never gives another verdict than the same values typed cleanly."""

from __future__ import annotations

import io
import random
from collections.abc import Mapping
from typing import Any

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ntm_rules.dataset.places import Log
from ntm_rules.dataset.records import CommuneYear
from ntm_rules.dataset.rows.headers import Vocabulary
from ntm_rules.dataset.workbooks.workbook_files import read_workbook
from ntm_rules.evaluation.reference import Facts, Result, evaluate_commune
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.forms.commune.making import FormMaker
from ntm_rules.forms.commune.returning import take_back
from ntm_rules.rulebook.criteria_set import CriteriaSet
from tests.examples import examples
from tests.forms.commune.conftest import Officer, questions_of

CLEAN: dict[str, list[dict[str, Any]]] = {
    "plan_approved": [{}, {"value": "Có"}, {"value": "Không"}],
    "roads_share": [
        {},
        {"numerator": 79.999, "denominator": 100},
        {"numerator": 80, "denominator": 100},
        {"value": 80},
    ],
    "landfill_exists": [{}, {"value": "Có"}, {"value": "Không"}],
    "landfill_share": [{}, {"numerator": 505, "denominator": 1000}, {"numerator": 506, "denominator": 1000}],
    "safe": [{}, {"value": "Đạt"}, {"value": "Không đạt"}, {"value": "Chưa có kết luận"}],
    "clinics": [{}, {"value": 2}, {"value": 3}],
    "party_grade": [{}, {"value": "Trung bình"}, {"value": "Khá"}],
    "income": [{}, {"value": 42.8, "previous": 40}, {"value": 42.79, "previous": 40}],
}
"""What officers type, at and beside the targets of the small set."""

JUNK = st.one_of(
    st.text(max_size=12), st.integers(-(10**12), 10**12), st.floats(allow_nan=False, allow_infinity=False), st.booleans(),
    st.dates(), st.sampled_from(["Có", "Đạt", "=1/0", "#REF!", "Mã số liệu", "Giá trị", "ntm:form", "1.234", "\u00a0"]),
)  # fmt: skip


def dressed(typed: Any, dice: random.Random) -> Any:
    """The same value as other hands write it: spaces, capitals, decomposed letters, numbers as Vietnamese text."""
    if isinstance(typed, str):
        import unicodedata

        return dice.choice([typed, f" {typed} ", typed.upper(), unicodedata.normalize("NFD", typed), f"{typed}\u200b"])
    if isinstance(typed, float) and dice.random() < 0.5:
        return f"{typed:.15g}".replace(".", ",")
    return dice.choice([typed, str(typed)]) if isinstance(typed, int) else typed


def verdicts(rules: CriteriaSet, form: bytes, vocabulary: Vocabulary) -> tuple[Mapping[str, Verdict], Log]:
    """The verdict of every requirement by what a form reports; it must be readable whatever it holds."""
    log = Log()
    values: dict[int, dict[str, Any]] = {}
    for filing in read_workbook(form, "a.xlsx", vocabulary, log):
        if filing.code == "03400":
            values.setdefault(filing.year, {}).update(filing.values)
    facts = Facts(
        CommuneYear("03400", "Xã Một", 2026, values.get(2026, {})),
        CommuneYear("03400", "Xã Một", 2025, values.get(2025, {})),
        "nhom-1",
    )
    found: dict[str, Verdict] = {}

    def take(result: Result) -> None:
        if result.level == "requirement":
            found[result.id] = result.verdict
        for child in result.children:
            take(child)

    take(evaluate_commune(rules, facts))
    return found, log


def filled_in(blank: bytes, cells: Mapping[str, Mapping[str, Any]]) -> Officer:
    officer = Officer(blank)
    for measure, typed in cells.items():
        officer.put(measure, **typed)
    return officer


@settings(max_examples=examples(25), suppress_health_check=list(HealthCheck))
@given(
    chosen=st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in CLEAN.items()}), seed=st.integers()
)
def test_values_dressed_otherwise_in_a_form_turned_round_give_the_same_verdicts(
    small_maker: FormMaker, small_blank: bytes, chosen: dict[str, dict[str, Any]], seed: int
) -> None:
    dice, vocabulary = random.Random(seed), Vocabulary(questions_of(small_maker.loaded))
    expected, log = verdicts(small_maker.rules, filled_in(small_blank, chosen).data(), vocabulary)
    assert [problem.code for problem in log.problems if problem.severity == "error"] == []
    other = {name: {role: dressed(cell, dice) for role, cell in typed.items()} for name, typed in chosen.items()}
    officer = filled_in(small_blank, other)
    for sheet in officer.sheets():
        if dice.random() < 0.5:
            sheet.title = f"Trang {dice.randrange(10**6)}"
    dice.shuffle(officer.book._sheets)  # type: ignore[attr-defined]
    questions = officer.cell("plan_approved", "value").parent
    for merged in list(questions.merged_cells.ranges):
        questions.unmerge_cells(str(merged))
    for _ in range(dice.randrange(3)):
        questions.insert_rows(dice.randrange(1, 20))
    if dice.random() < 0.5:
        questions.insert_cols(dice.randrange(4, 10))
    found, _log = verdicts(small_maker.rules, officer.data(), vocabulary)
    assert found == expected


@settings(max_examples=examples(25), suppress_health_check=list(HealthCheck))
@given(
    chosen=st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in CLEAN.items()}),
    junk=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 30), st.integers(1, 15), JUNK), min_size=1, max_size=6),
)
def test_junk_anywhere_changes_no_verdict_unseen(
    small_maker: FormMaker, small_blank: bytes, chosen: dict[str, dict[str, Any]], junk: list[tuple[int, int, int, Any]]
) -> None:
    """Junk may take an answer away or be an answer itself; cells that it does not touch are judged as before."""
    vocabulary = Vocabulary(questions_of(small_maker.loaded))
    officer = filled_in(small_blank, chosen)
    expected, _log = verdicts(small_maker.rules, officer.data(), vocabulary)
    rows = {officer.cell(name, "value").row: name for name in CLEAN}
    questions = officer.cell("plan_approved", "value").parent
    touched = set()
    for sheet, row, column, cell in junk:
        where = officer.sheets()[sheet]
        if type(where.cell(row, column)).__name__ == "MergedCell":
            continue
        try:
            where.cell(row, column).value = cell
        except openpyxl.utils.exceptions.IllegalCharacterError:
            continue
        if where is questions:
            touched.add(rows.get(row, "head" if row < 6 else ""))
    found, log = verdicts(small_maker.rules, officer.data(), vocabulary)
    measure_of = {r.id: set(r.asked) for r in small_maker.rules.requirements()}
    for requirement, verdict in found.items():
        untouched = not (measure_of.get(requirement, set(CLEAN)) & touched) and "head" not in touched
        if untouched and verdict is not expected[requirement]:
            assert log.problems, (requirement, verdict, expected[requirement])
            assert verdict not in (Verdict.MET, Verdict.NOT_MET) or not measure_of.get(requirement)
    take_back(officer.data(), "a.xlsx", vocabulary)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(damage=st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 255)), min_size=1, max_size=20))
def test_damaged_bytes_never_raise(small_maker: FormMaker, small_blank: bytes, damage: list[tuple[int, int]]) -> None:
    form = bytearray(small_blank)
    for at, value in damage:
        form[at % len(form)] = value
    vocabulary = Vocabulary(questions_of(small_maker.loaded))
    read_workbook(bytes(form), "a.xlsx", vocabulary, Log())
    take_back(bytes(form), "a.xlsx", vocabulary)


@settings(max_examples=examples(25), suppress_health_check=list(HealthCheck))
@given(cells=st.lists(st.tuples(st.integers(1, 30), st.integers(1, 6), JUNK), min_size=1, max_size=8))
def test_whatever_the_hidden_sheet_says_reading_never_raises(
    small_maker: FormMaker, small_blank: bytes, cells: list[tuple[int, int, Any]]
) -> None:
    officer = Officer(small_blank).put("plan_approved", value="Có")
    for row, column, cell in cells:
        try:
            officer.book["ntm"].cell(row, column).value = cell
        except (openpyxl.utils.exceptions.IllegalCharacterError, ValueError):
            continue
    stream = io.BytesIO()
    officer.book.save(stream)
    vocabulary = Vocabulary(questions_of(small_maker.loaded))
    log = Log()
    filings = read_workbook(stream.getvalue(), "a.xlsx", vocabulary, log)
    assert filings or log.problems
    take_back(stream.getvalue(), "a.xlsx", vocabulary)
