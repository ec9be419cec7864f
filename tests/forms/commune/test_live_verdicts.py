"""What a form reckons while it is filled in is what the engine says, verdict by verdict: by a real spreadsheet program."""

from __future__ import annotations

import datetime as dt
import io
import random
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from ntm_rules.dataset.cells.numbers import Percent
from ntm_rules.dataset.records import CommuneYear, State
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.exact import PERCENT
from ntm_rules.forms.commune.filled import Answer, Filled
from ntm_rules.forms.commune.formulas import CellEntry, bar
from ntm_rules.forms.commune.making import FormMaker
from ntm_rules.rulebook.criteria_set import CriteriaSet, KnownTarget, Node, leaves
from ntm_rules.rulebook.loader import load_set
from ntm_rules.rulebook.models import Measure
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.rulebook.rule_tests import find_files
from tests.forms.commune.conftest import Officer, Read, Recalculate
from tests.turns.conftest import TURNS

FORMS = 12
"""Forms filled in at random; every one has 81 questions."""


@given(st.decimals(0, 100, places=4), st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_target_in_lowest_terms_compares_as_the_target_does(target: Decimal, above: int, below: int) -> None:
    reduced = bar(target)
    exact = Fraction(PERCENT * above, below) >= Fraction(target)
    assert (above * reduced.times >= below * reduced.part) is exact


def targets(rules: CriteriaSet, measure: Measure) -> list[float]:
    return [
        float(value)
        for requirement in rules.requirement_by_id.values()
        if requirement.measure == measure.id and isinstance(requirement.target, KnownTarget)
        for value in requirement.target.values()
    ]


def share(measure: Measure, goals: list[float], dice: random.Random) -> dict[str, Any]:
    """A share as people report it: counts around the target, a percentage, both, halves, and slips."""
    assert measure.counted is not None
    decimals = measure.counted.decimals
    goal, mode = dice.choice(goals or [50.0]), dice.random()
    if mode < 0.12:
        return {}
    if mode < 0.35:
        typed = dice.choice(
            [goal, goal - 0.01, goal + 0.01, dice.randint(0, 10**4) / 100, 0, 100, 101, -1, 0.8, 1, 0.004, "12,5"]
        )
        percent = isinstance(typed, float) and dice.random() < 0.3
        return {"value": (typed / 100, "0.00%") if percent else typed}
    step = 10**-decimals
    below = round(dice.choice([0, 1, 3, 7, 100, dice.randint(1, 5000), dice.randint(1, 10**7) * step]), decimals)
    above = round(
        dice.choice([below, 0, below * goal / 100, below * goal / 100 + step, dice.random() * below]), decimals
    )
    cells: dict[str, Any] = {"numerator": above, "denominator": below}
    slip = dice.random()
    if slip < 0.06:
        cells.pop(dice.choice(["numerator", "denominator"]))
    elif slip < 0.1:
        cells["numerator"] = above + step / 2
    elif slip < 0.14:
        cells["numerator"] = below + step
    elif slip < 0.18:
        cells["numerator"] = dt.date(2026, 2, 1)
    elif slip < 0.35 and below:
        exact = 100 * above / below
        cells["value"] = dice.choice(
            [
                round(exact, 2),
                round(exact),
                round(exact + 0.02, 2),
                int(exact),
                exact,
                exact / 100,
                round(exact / 100, 2),
            ]
        )
    return cells


def growth(goals: list[float], dice: random.Random) -> dict[str, Any]:
    before = dice.choice([40, 33.33, 50.5, 0, None])
    goal = (before or 40) * (1 + dice.choice(goals or [7.0]) / 100)
    now = dice.choice([None, round(goal, 2), round(goal, 6), round(goal + 0.01, 2), round(goal - 0.01, 2), 1001, 0.5])
    return {"value": now, "previous": before}


WORDS = {
    "attestation": ["Có", "Có", "Có", "Không", None, "có ", "KHÔNG", True, False, "Không áp dụng", "x", 1, "yes"],
    "ruling": ["Đạt", "Đạt", "Không đạt", "Chưa đạt", "Chưa có kết luận", None, "Cơ bản đạt", "đạt", "*"],
}


def typed(rules: CriteriaSet, measure: Measure, dice: random.Random) -> dict[str, Any]:
    """What is typed into the cells of one question."""
    goals = targets(rules, measure)
    if measure.kind == "share":
        return share(measure, goals, dice)
    if measure.kind == "growth":
        return growth(goals, dice)
    if measure.kind in ("amount", "count"):
        around = [number for goal in goals for number in (goal - 0.1, goal, goal + 0.1, goal + 1)]
        values = [None, 0, 1.5, 2, 100_000.25, -1, 10**12, "5", *around]
        last = {"previous": dice.choice(values)} if measure.id in rules.beside_last_year else {}
        return {"value": dice.choice(values), **last}
    if measure.kind == "date":
        around = [dt.date.fromordinal(int(goal) + step) for goal in goals for step in (-1, 0, 1)]
        return {"value": dice.choice([None, dt.date(1995, 3, 1), 46023, 2026, 12.5, "31/12/2025", *around])}
    if measure.scale:
        grades = [grade.label.vi for grade in rules.scales[measure.scale].grades]
        return {"value": dice.choice([*grades, *grades, None, "*", "Rất tốt"])}
    return {"value": dice.choice(WORDS[measure.kind])}


def filled_at_random(maker: FormMaker, commune: str, dice: random.Random, *, chosen: bool) -> bytes:
    """One form, for its commune or with the commune chosen in it."""
    rules = maker.rules
    officer = Officer(maker.form(None if chosen else rules.communes[commune]))
    if chosen:
        sheet = next(sheet for sheet in officer.sheets() if sheet["A3"].value == "Mã xã")
        sheet["D3"].value = rules.communes[commune].name
    for name in rules.reported_measures:
        cells = typed(rules, rules.measures[name], dice)
        officer.put(name, **{role: cell for role, cell in cells.items() if cell is not None})
    return officer.data()


def of_rule_tests(maker: FormMaker) -> dict[str, bytes]:
    """A form for each test beside the rules: its figures, on both sides of every target and every condition."""
    forms = {}
    for path, _name in find_files(maker.loaded.folder, maker.loaded.header):
        for test in yaml.safe_load(path.read_text(encoding="utf-8")):
            officer = Officer(maker.form(maker.rules.communes.within()[0]))
            for measure, figure in test.get("given", {}).items():
                cells = figure if isinstance(figure, dict) else {"value": figure}
                officer.put(measure, **({"value": cells["written"]} if "state" in cells else cells))
            for measure, figure in test.get("before", {}).items():
                if measure in maker.rules.beside_last_year:
                    officer.put(measure, previous=figure)
            forms[f"{maker.rules.id}: {test['name']}"] = officer.data()
    return forms


def just_missed(maker: FormMaker) -> bytes:
    """A percentage that misses its target by next to nothing, one that only a computer writes, and pasted answers."""
    officer = Officer(maker.form(maker.rules.communes["03394"]))
    officer.put("household_waste_treated_share", value=(0.79999999999, "0%"))
    officer.put("online_procedures_share", value=(0.1 * 9 - 1e-17, "0%"))
    return (
        officer.put("planning_criterion_met", value="Có\u00a0").put("rural_roads_connected", value="\u00a0Không").data()
    )


TWO_READINGS: dict[str, tuple[CellEntry, dict[str, Any]]] = {
    "online_procedures_share": (CellEntry.UNCLEAR, {"value": 0.95}),
    "commune_roads_with_trees_share": (CellEntry.UNCLEAR, {"value": 1}),
    "village_roads_hardened_share": (CellEntry.USABLE, {"value": (0.005, "0.0%")}),
    "households_clean_water_share": (CellEntry.USABLE, {"value": 0.62, "numerator": 62, "denominator": 100}),
    "solid_houses_share": (CellEntry.UNFIT, {"value": 0.6, "numerator": 62, "denominator": 100}),
    "household_waste_treated_share": (CellEntry.UNCLEAR, {"numerator": 1.3, "denominator": 2500}),
    "household_waste_landfilled_share": (CellEntry.USABLE, {"value": 0.05, "numerator": 1.3, "denominator": 2500}),
    "agricultural_organic_waste_recycled_share": (
        CellEntry.UNFIT,
        {"value": 80, "numerator": 1976, "denominator": 2500},
    ),
    "commune_roads_to_standard_share": (CellEntry.USABLE, {"value": 79, "numerator": 1976, "denominator": 2500}),
    "actively_irrigated_drained_land_share": (CellEntry.USABLE, {"numerator": 12, "denominator": 12.345}),
    "multidimensional_poverty_rate": (CellEntry.USABLE, {"numerator": 5, "denominator": 1000}),
    "agriculture_environment_data_digitised_share": (CellEntry.TEXT, {"value": "0,62%"}),
    "compliant_establishments_share": (CellEntry.TEXT, {"value": "5/6"}),
    "trained_workers_with_certificate_share": (CellEntry.TEXT, {"numerator": "62 người", "denominator": 100}),
    "culture_standard_ruling": (CellEntry.USABLE, {"value": "Ðạt"}),
    "planning_criterion_met": (CellEntry.USABLE, {"value": "✓"}),
    "rural_roads_connected": (CellEntry.UNFIT, {"value": "x"}),
    "party_committee_grade": (CellEntry.USABLE, {"value": "HTTNV"}),
}
"""What may be meant in two ways, beside what confirms one; and what the form says it is worth."""


def of_two_readings(maker: FormMaker) -> bytes:
    officer = Officer(maker.form(maker.rules.communes["03394"]))
    for name, (_entry, cells) in TWO_READINGS.items():
        officer.put(name, **cells)
    return officer.data()


@pytest.mark.long
def test_what_may_be_meant_in_two_ways_is_unclear_in_the_form_until_confirmed(
    recalculated: dict[str, tuple[bytes, FormMaker, str]], read: Read
) -> None:
    form, maker, commune = recalculated["two readings"]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(form)).get_sheet_by_name("ntm_tinh").to_python()
    reckoned = {str(row[0]): row[1] for row in rows}
    assert {name: CellEntry(int(reckoned[f"entry {name}"])) for name in TWO_READINGS} == {
        name: entry for name, (entry, _cells) in TWO_READINGS.items()
    }
    record = read(form, of=maker.loaded).record(commune, maker.year)
    assert record is not None
    states = {CellEntry.USABLE: State.PRESENT, CellEntry.UNCLEAR: State.UNCLEAR}
    for name, (entry, _cells) in TWO_READINGS.items():
        state = record.get(name).state
        assert state is states.get(entry, state), name
        assert (state is State.PRESENT) is (entry in (CellEntry.USABLE, CellEntry.TEXT)), name


def compared(form: bytes, record: CommuneYear, evaluation: Evaluation) -> Iterator[tuple[str, str, int, int, bool]]:
    """Yield level, id, the engine's verdict, the form's, and whether some cell below holds text."""
    at = list(evaluation.records).index(record)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(form)).get_sheet_by_name("ntm_tinh").to_python()
    reckoned: Mapping[str, Any] = {str(row[0]): row[1] for row in rows}
    levels = {"requirement": "node", "indicator": "indicator", "criterion": "criterion"}
    if evaluation.rules.standard is not None:
        levels["commune"] = "commune"
    for row, node in enumerate(evaluation.table):
        if node.level in levels:
            text = any(
                reckoned[f"entry {measure}"] == CellEntry.TEXT
                for measure in measures_below(node.node or evaluation.rules)
            )
            said = reckoned[f"{levels[node.level]} {node.id}"]
            yield node.level, node.id, int(evaluation.verdict(row, at)), int(said), text


def measures_below(node: Any) -> list[str]:
    """The measures that a requirement, combination, indicator, criterion or the whole reads."""
    if hasattr(node, "criteria"):
        return [measure for criterion in node.criteria for measure in measures_below(criterion)]
    if hasattr(node, "indicators"):
        return [measure for indicator in node.indicators for measure in measures_below(indicator)]
    below: Node = getattr(node, "condition", node)
    return [measure for requirement in leaves(below) for measure in requirement.asked]


def as_answer(cells: Mapping[str, Any]) -> Answer:
    """The same cells as the writer of forms takes them."""

    def cell(role: str) -> Any:
        typed = cells.get(role)
        return "" if typed is None else Percent(typed[0]) if isinstance(typed, tuple) else typed

    return Answer(cell("value"), cell("numerator"), cell("denominator"))


def answered_at_random(maker: FormMaker, commune: str, dice: random.Random) -> bytes:
    """One form with its answers written by the writer of forms itself, results and all."""
    rules = maker.rules
    drawn = {name: typed(rules, rules.measures[name], dice) for name in rules.reported_measures}
    for name, cells in drawn.items():  # the cell of a day shows a bare number as one, and is marked where it is none
        if rules.measures[name].traits.dated and not isinstance(cells["value"], dt.date):
            cells["value"] = None
    answers = {name: as_answer(cells) for name, cells in drawn.items()}
    previous = {name: Answer(cells["previous"]) for name, cells in drawn.items() if cells.get("previous") is not None}
    return maker.form(rules.communes[commune], Filled(answers=answers, previous=previous))


MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def reckoned_cells(form: bytes) -> dict[str, dict[str, Any]]:
    """Every cell that holds a formula, by sheet, with its result: a number, a text, or nothing."""
    found: dict[str, dict[str, Any]] = {}
    with zipfile.ZipFile(io.BytesIO(form)) as package:
        relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
        parts = {relation.get("Id"): str(relation.get("Target")) for relation in relations}
        for sheet in ElementTree.fromstring(package.read("xl/workbook.xml")).iter(f"{MAIN}sheet"):
            part = parts[sheet.get(RELATION)].removeprefix("/xl/")
            cells = found[str(sheet.get("name"))] = {}
            for cell in ElementTree.fromstring(package.read(f"xl/{part}")).iter(f"{MAIN}c"):
                if cell.find(f"{MAIN}f") is not None:
                    result, kind = cell.findtext(f"{MAIN}v"), cell.get("t", "n")
                    assert kind in ("n", "b", "str"), (sheet.get("name"), cell.get("r"), kind, result)
                    cells[str(cell.get("r"))] = float(result) if kind != "str" and result else result
    return found


def with_results(maker: FormMaker, small_maker: FormMaker, every_turn: FormMaker) -> dict[str, bytes]:
    """Forms as the writer of forms writes them, results and all."""
    dice = random.Random(51)
    return {
        "blank": maker.form(maker.rules.communes["03394"]),
        "real": answered_at_random(maker, "03394", dice),
        "again": answered_at_random(maker, "03595", dice),
        "small": answered_at_random(small_maker, "03400", dice),
        "no-group": answered_at_random(small_maker, "03402", dice),
        "turns": answered_at_random(every_turn, every_turn.rules.communes.within()[0].code, dice),
    }


@pytest.mark.long
def test_results_written_into_a_form_are_what_a_spreadsheet_reckons(reckoned: Reckoned) -> None:
    """Some programs trust the results in a file and reckon only what is typed: a stale one would say "đạt" for nothing."""
    assert len(reckoned.written) == 6
    for name, form in reckoned.written.items():
        before, after = reckoned_cells(form), reckoned_cells(reckoned.saved[name])
        assert before.keys() == after.keys()
        for sheet, cells in before.items():
            assert cells or sheet not in ("Số liệu", "Tổng hợp", "ntm_tinh")
            differ = {
                at: (one, after[sheet].get(at)) for at, one in cells.items() if not same(one, after[sheet].get(at))
            }
            differ.pop("F2", None)  # what the program at hand calls a plain number
            assert differ == {}, (name, sheet)


def same(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == pytest.approx(other, abs=1e-9)
    return (one or "") == (other or "") or {one, other} == {0, None}


def test_a_form_does_not_claim_to_be_of_a_program_whose_results_are_trusted(blank: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(blank)) as package:
        assert b"<Application>ntm-rules</Application>" in package.read("docProps/app.xml")


class Reckoned(NamedTuple):
    """Forms before and after LibreOffice reckoned them, all in one run."""

    written: Mapping[str, bytes]
    """Name -> a form with the results of the writer of forms."""
    saved: Mapping[str, bytes]
    """Name -> any form, as LibreOffice saved it."""
    whose: Mapping[str, tuple[FormMaker, str]]
    """Name -> who made a form that was filled in at random, and for which commune."""


@pytest.fixture(scope="module")
def reckoned(maker: FormMaker, small_maker: FormMaker, recalculate: Recalculate, lai_chau: CriteriaSet) -> Reckoned:
    """Forms filled in at random: of the real set, with and without targets, and of a small one; and those with results."""
    dice = random.Random(5434)
    bare = FormMaker(maker.loaded, lai_chau, 2026)
    next_year = FormMaker(small_maker.loaded, resolve(small_maker.loaded, as_of=dt.date(2027, 12, 31)), 2027)
    turns = load_set(TURNS)
    every_turn = FormMaker(turns, resolve(turns, as_of=dt.date(2026, 12, 31)), 2026)
    makers = [maker, bare, small_maker, next_year, every_turn]
    forms, whose = {}, {}
    for number in range(FORMS):
        one = makers[number % len(makers)]
        communes = one.rules.communes.within()
        commune = communes[(number // len(makers)) % len(communes)].code
        name = f"{number:02d}"
        forms[name] = filled_at_random(one, commune, dice, chosen=number % 3 == 0)
        whose[name] = (one, commune)
    forms["close"], whose["close"] = just_missed(maker), (maker, "03394")
    forms["two readings"], whose["two readings"] = of_two_readings(maker), (maker, "03394")
    by_points = load_set(TURNS.with_name("diem-2026-2030"))
    scored = FormMaker(by_points, resolve(by_points, as_of=dt.date(2026, 12, 31)), 2026)
    of_others = load_set(TURNS.with_name("nang-cao-2026-2030"))
    asking = FormMaker(of_others, resolve(of_others, as_of=dt.date(2026, 12, 31)), 2026)
    of_the_nation = load_set(TURNS.with_name("quoc-gia-2026-2030"))
    counted = FormMaker(of_the_nation, resolve(of_the_nation, as_of=dt.date(2026, 12, 31)), 2026)
    for one in (every_turn, scored, asking, counted):
        for name, form in of_rule_tests(one).items():
            forms[name], whose[name] = form, (one, one.rules.communes.within()[0].code)
    written = with_results(maker, small_maker, every_turn)
    return Reckoned(written, recalculate({**forms, **written}), whose)


@pytest.fixture
def recalculated(reckoned: Reckoned) -> dict[str, tuple[bytes, FormMaker, str]]:
    """Forms filled in at random and reckoned by LibreOffice, with who made them and for which commune."""
    return {name: (reckoned.saved[name], *whose) for name, whose in reckoned.whose.items()}


@pytest.mark.long
def test_every_verdict_of_a_form_is_the_engines(
    recalculated: dict[str, tuple[bytes, FormMaker, str]], read: Read
) -> None:
    differ, seen = [], 0
    for name, (form, maker, commune) in recalculated.items():
        dataset = read(form, of=maker.loaded)
        record = dataset.record(commune, maker.year)
        assert record is not None, (name, [str(problem.message()) for problem in dataset.problems])
        evaluation = evaluate(maker.rules, dataset.records, years=[maker.year])
        for level, id_, engine, reckoned, text in compared(form, record, evaluation):
            seen += 1
            if engine != reckoned and not text:
                differ.append((name, level, id_, engine, reckoned))
    assert differ == []
    assert seen > 800


@pytest.mark.long
def test_a_text_where_a_number_belongs_is_never_met_in_the_form(
    recalculated: dict[str, tuple[bytes, FormMaker, str]], read: Read
) -> None:
    found = 0
    for form, maker, commune in recalculated.values():
        record = read(form, of=maker.loaded).record(commune, maker.year)
        assert record is not None
        evaluation = evaluate(maker.rules, [record])
        for level, id_, _engine, reckoned, text in compared(form, record, evaluation):
            if text and level == "requirement" and id_ in maker.rules.requirement_by_id:
                found += 1
                assert reckoned == 3, id_
    assert found > 2


@pytest.mark.long
def test_the_words_beside_the_cells_and_on_the_summary_are_those_verdicts(
    recalculated: dict[str, tuple[bytes, FormMaker, str]],
) -> None:
    words = ("Không áp dụng", "Đạt", "Chưa quy định mức đạt", "Chưa có số liệu", "Chưa đạt")
    for form, maker, _commune in recalculated.values():
        book = CalamineWorkbook.from_filelike(io.BytesIO(form))
        reckoned = {str(row[0]): row[1] for row in book.get_sheet_by_name("ntm_tinh").to_python()}
        shown = {str(row[0]): row[2] for row in book.get_sheet_by_name("Tổng hợp").to_python() if len(row) > 2}
        for indicator in maker.rules.indicators():
            assert shown[indicator.id] == words[int(reckoned[f"indicator {indicator.id}"])], indicator.id
        counts = [int(reckoned[f"indicator {i.id}"]) for i in maker.rules.indicators()]
        line = next(row for row in book.get_sheet_by_name("Tổng hợp").to_python() if row[1] == "Chỉ tiêu đạt")
        assert line[2] == f"{counts.count(1)}/{len(counts) - counts.count(0)}"
