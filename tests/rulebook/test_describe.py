"""`ntm rules show --format json` holds the whole law: another program reaches the same verdicts from it."""

from __future__ import annotations

import datetime as dt
import json
import random
from dataclasses import fields
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from pydantic import BaseModel

from ntm_rules.dataset.records import NOT_REPORTED, CommuneYear, Reported, State
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.exact import PERCENT, VALUE_SCALE, value_units
from ntm_rules.rulebook.criteria_set import Combination, CriteriaSet, Criterion, Indicator, KnownTarget, Requirement
from ntm_rules.rulebook.describe import FORMAT, describe, describe_indicator, resolved_hash
from ntm_rules.rulebook.kinds import QUANTITIES
from ntm_rules.rulebook.loader import load_set
from ntm_rules.rulebook.models import (
    Agency,
    Band,
    Decision,
    Document,
    Grade,
    Group,
    Measure,
    Scale,
    Source,
)
from ntm_rules.rulebook.register import Commune
from ntm_rules.rulebook.resolve import resolve
from tests.examples import examples
from tests.rulebook import another_program
from tests.rulebook.tiny import (
    AGENCIES,
    COMMUNES,
    CONDITIONS,
    END_OF_2026,
    HEADER,
    MEASURES,
    OVERLAY,
    RULES_1,
    RULES_2,
    Tiny,
)
from tests.strategies import Case, cases
from tests.turns.conftest import TURNS

IN_2027 = dt.date(2027, 12, 31)


def as_json(rules: CriteriaSet) -> dict[str, Any]:
    """The law as another program gets it: through text."""
    found: dict[str, Any] = json.loads(json.dumps(describe(rules), ensure_ascii=False))
    return found


# --- completeness ------------------------------------------------------------------------------


@pytest.fixture
def law(tiny: Tiny) -> dict[str, Any]:
    return as_json(tiny.resolve(tiny.overlay(), as_of=IN_2027))


def test_it_survives_the_round_trip_through_text(tiny: Tiny, lai_chau: CriteriaSet, filled: CriteriaSet) -> None:
    for rules in (tiny.resolve(), lai_chau, filled):
        assert as_json(rules) == describe(rules)


def names(shape: type) -> set[str]:
    if issubclass(shape, BaseModel):
        return {info.alias or name for name, info in shape.model_fields.items()}
    return {f.name for f in fields(shape)}


CLASSED = {"classifications", "classings"}
"""In the JSON of a set that has classifications, and there alone: no hash of another set changes by them."""


def test_what_else_communes_are_told_apart_by_is_in_the_json_where_a_set_has_it() -> None:
    found = describe(resolve(load_set(TURNS), as_of=dt.date(2026, 12, 31)))
    assert [one["id"] for one in found["classifications"]] == ["khu-vuc"]
    assert [one["classes"] for one in found["communes"]] == [{"khu-vuc": "bien-gioi"}, {}, {"khu-vuc": "kho-khan"}]
    assert [one["id"] for one in found["reference_figures"]] == ["thu-nhap-tinh", "thu-nhap-ca-nuoc"]


@pytest.mark.parametrize(
    ("shape", "place", "left_out"),
    [
        # which figure says recognition: no law, and no hash changes by it; a standard: `meets_when`, where there is one
        (CriteriaSet, (), {"recognition", "standard", "provinces", "reference_figures", "amended", *CLASSED}),
        (Criterion, ("criteria", 0), {"standard"}),
        (Indicator, ("criteria", 0, "indicators", 0), set()),
        # the other set that its parts are of, where they are of one
        (Combination, ("criteria", 0, "indicators", 0, "condition"), {"of_set"}),
        (
            Requirement,
            ("criteria", 0, "indicators", 0, "condition", "children", 0),
            {"taken", "hamlets"},
        ),  # only where said
        (Source, ("criteria", 0, "source"), set()),
        (Group, ("groups", 0), set()),
        (Band, ("bands", 0), set()),
        (Measure, ("measures", 0), {"per"}),
        (Scale, ("scales", 0), set()),
        (Grade, ("scales", 0, "grades", 0), set()),
        (Agency, ("agencies", 0), {"superior"}),  # for the head of a paper: no law, and no hash changes by it
        (
            Decision,
            ("decisions", 0),
            {"deliverable"},
        ),  # what it says of the decision is in the JSON as the decision's own
        (Document, ("documents", 0), {"file"}),  # a path inside the set's folder
        (
            Commune,
            ("communes", 0),
            {"tile", "unit_type", "classes", "province", "valid_to"},
        ),  # what its type is called is no law, and no hash changes by it; the last day only where one is said
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_whatever_a_resolved_set_holds_is_in_the_json(
    law: dict[str, Any], shape: type, place: tuple[str | int, ...], left_out: set[str]
) -> None:
    found: Any = law
    for step in place:
        found = found[step]
    assert names(shape) - left_out <= set(found)


def test_the_head_says_what_it_is_and_for_which_day(law: dict[str, Any]) -> None:
    assert {k: law[k] for k in ("format", "id", "version", "as_of", "overlays", "illustrative", "commune_type")} == {
        "format": FORMAT,
        "id": "tiny",
        "version": "1",
        "as_of": "2027-12-31",
        "overlays": ["decision-9"],
        "illustrative": False,
        "commune_type": "xa",
    }
    assert law["period"] == {"from": 2026, "to": 2030}


def requirement(law: dict[str, Any], id_: str) -> dict[str, Any]:
    def below(node: dict[str, Any]) -> list[dict[str, Any]]:
        return [leaf for child in node["children"] for leaf in below(child)] if "op" in node else [node]

    conditions = [i["condition"] for c in law["criteria"] for i in c["indicators"]]
    conditions += [i["condition"] for i in law["conditions"]]
    (found,) = [leaf for node in conditions for leaf in below(node) if leaf["id"] == id_]
    return found


PLAN = {
    "document": "plan",
    "place": "III 1.1",
    "overlay": None,
    "illustrative": False,
    "from": None,
    "to": None,
    "promulgated": None,
}


@pytest.mark.parametrize(
    ("id_", "comparator", "target"),
    [
        ("1.1.a", "is", {"state": "known", "value": "yes", "by_group": None, "source": PLAN}),
        ("1.1.b", "at_least", {"state": "known", "value": "80", "by_group": None, "source": PLAN}),
        ("1.1.c.i", "at_most", {"state": "known", "value": "50.5", "by_group": None, "source": PLAN}),
        (
            "1.1.c.ii",
            "is",
            {
                "state": "awaited",
                "reason": "standard_pending",
                "decision": "awaited",
                "owed_by": "so-a",
                "due": "2026-07-31",
                "note": None,
                "source": None,
            },
        ),
        (
            "1.2",
            "at_least",
            {
                "state": "known",
                "value": None,
                "by_group": {"nhom-1": "3", "nhom-2": "2"},
                "source": PLAN | {"place": "III 1.2"},
            },
        ),
        (
            "2.1",
            "at_least",
            {"state": "known", "value": "kha", "by_group": None, "source": PLAN | {"place": "2.1"}},
        ),
        (
            "DK.1",
            "at_most",
            {
                "state": "known",
                "value": "0",
                "by_group": None,
                "source": {
                    "document": "9/QĐ",
                    "place": "Điều 3",
                    "overlay": "decision-9",
                    "illustrative": False,
                    "from": "2026-01-01",
                    "to": "2027-12-31",
                    "promulgated": "2026-08-01",
                },
            },
        ),
    ],
)
def test_every_form_of_target_is_plain_and_exact(
    law: dict[str, Any], id_: str, comparator: str, target: dict[str, Any]
) -> None:
    found = requirement(law, id_)
    assert (found["comparator"], found["target"]) == (comparator, target)


def test_where_no_value_is_in_force_no_decision_is_named(tiny: Tiny) -> None:
    assert requirement(as_json(tiny.resolve(as_of=dt.date(2030, 1, 1))), "2.2")["target"] == {
        "state": "awaited",
        "reason": "no_value_in_force",
        "decision": None,
        "owed_by": None,
        "due": None,
        "note": None,
        "source": None,
    }


def test_a_ruling_in_force_has_to_be_met(tiny: Tiny) -> None:
    text = OVERLAY.replace("DK.1: {value: 0, article: Điều 3}", "1.1.c.ii: {standard: in-force}")
    target = requirement(as_json(tiny.resolve(tiny.overlay(text))), "1.1.c.ii")["target"]
    assert (target["state"], target["value"]) == ("known", "met")


def test_print_and_reading_stand_side_by_side(law: dict[str, Any]) -> None:
    found = law["criteria"][0]["indicators"][1]
    assert (found["text"], found["printed"]) == ("Số trạm y tế ≥ 2", r"Số trạm y tế $\geq 2$")
    assert requirement(law, "1.2")["printed"] == r"Số trạm y tế $\geq 2$"


def test_notices_are_in_it(tiny: Tiny) -> None:
    assert as_json(tiny.resolve())["notices"] == ["Indicator 2.3 is not in force in 2026"]


def test_one_indicator_comes_with_the_measures_it_reads(tiny: Tiny) -> None:
    rules = tiny.resolve()
    found = describe_indicator(rules, "1.1")
    assert {k: found[k] for k in ("format", "set", "as_of")} == {"format": FORMAT, "set": "tiny", "as_of": "2026-12-31"}
    assert found["indicator"] == describe(rules)["criteria"][0]["indicators"][0]
    assert [m["id"] for m in found["measures"]] == [
        *("plan_approved", "roads_share", "landfill_exists", "landfill_share", "safe")
    ]


def test_an_unknown_indicator_is_a_key_error(tiny: Tiny) -> None:
    with pytest.raises(KeyError):
        describe_indicator(tiny.resolve(), "9.9")


# --- the hash ----------------------------------------------------------------------------------


def test_equal_law_has_an_equal_hash(tiny: Tiny, tmp_path: Any) -> None:
    before = resolved_hash(tiny.resolve(tiny.overlay()))
    tiny.change(RULES_1, '- id: "1.1"', "# a comment\n\n- id: '1.1'")
    tiny.change(RULES_1, "at_least: 80", "at_least:   80")
    assert resolved_hash(tiny.resolve(tiny.overlay())) == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (RULES_1, "text: Có quy hoạch\n", "text: Có quy hoạch được duyệt\n"),
        (RULES_1, "⏎ hoặc", "hoặc"),
        (RULES_1, "text_en: A plan", "text_en: The plan"),
        (RULES_1, r"$\geq 2$", "≥ 2"),
        (RULES_1, "lead: so-b\n      any", "lead: so-b\n      text: một trong hai\n      any"),
        (RULES_1, "lead: so-b\n      any", "lead: so-b\n      note: {vi: a, en: b}\n      any"),
        (RULES_1, "at_least: 80", "at_least: 80.0001"),
        (RULES_1, "at_most: 50.5", "at_least: 50.5"),
        (RULES_1, "nhom-2: 2}", "nhom-2: 1}"),
        (RULES_1, "lead: so-a", "lead: so-b"),
        (RULES_1, "cooperating: [ubnd-xa]", "cooperating: []"),
        (RULES_1, "applies_if: landfill_exists\n          ", ""),
        (RULES_1, "      any:", "      all:"),
        (RULES_1, "          standard: {pending: {decision: awaited}}\n", ""),
        (RULES_1, 'row: "1.1"', 'row: "1.9"'),
        (RULES_1, "to: 2030", "to: 2029"),
        (RULES_2, "at_least: kha", "at_least: tot"),
        (RULES_2, "article: Điều 1", "article: Điều 5"),
        (RULES_2, "promulgated: 2025-12-01", "promulgated: 2025-12-02"),
        (CONDITIONS, "text: Không có nợ đọng", "text: Không nợ đọng"),
        (MEASURES, "zero_denominator: not_applicable", "zero_denominator: invalid"),
        (MEASURES, "unit: {vi: km, en: km}", "unit: {vi: m, en: m}"),
        (MEASURES, "range: {min: 0}", "range: {min: 1}"),
        (AGENCIES, "Sở A", "Sở Á"),
        (HEADER, "due: 2026-07-31", "due: 2026-08-31"),
        (HEADER, "en: Both criteria met", "en: All met"),
        (HEADER, 'version: "1"', 'version: "2"'),
        (HEADER, "at_most: 1}", "at_most: 2}"),
        (HEADER, "source: {document: decree}", "source: {document: plan}"),
        (COMMUNES, "nhom-1", "nhom-2"),
        (COMMUNES, "danh sách 1", "danh sách 2"),
        (COMMUNES, "03400;03401", "03400"),
    ],
)
def test_any_change_of_text_target_lead_or_source_changes_the_hash(tiny: Tiny, file: str, old: str, new: str) -> None:
    before = resolved_hash(tiny.resolve(tiny.overlay()))
    tiny.change(file, old, new)
    assert resolved_hash(tiny.resolve(tiny.overlay())) != before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value: 0", "value: 1"),
        ("article: Điều 3", "article: Điều 4"),
        ("number: 9/QĐ", "number: 10/QĐ"),
        ("id: decision-9", "id: decision-10"),
        ("source: danh sách 2", "source: danh sách 3"),
        ("group: nhom-2", "group: nhom-1"),
        ("to: 2027-12-31", "to: 2027-12-30"),
        ("promulgated: 2026-08-01", "promulgated: 2026-08-02"),
        ("promulgated", "illustrative: true\npromulgated"),
    ],
)
def test_any_change_of_an_overlay_changes_the_hash(tiny: Tiny, old: str, new: str) -> None:
    changed = OVERLAY.replace(old, new)
    assert changed != OVERLAY
    assert resolved_hash(tiny.resolve(tiny.overlay(changed))) != resolved_hash(tiny.resolve(tiny.overlay()))


def test_another_day_or_no_overlay_is_another_hash(tiny: Tiny) -> None:
    given_ = tiny.overlay()
    hashes = {
        resolved_hash(rules)
        for rules in (
            tiny.resolve(),
            tiny.resolve(given_),
            tiny.resolve(given_, as_of=END_OF_2026 - dt.timedelta(days=1)),
            tiny.resolve(given_, as_of=IN_2027),
        )
    }
    assert len(hashes) == 4


# --- another program ---------------------------------------------------------------------------


def reported_to(measure: Measure, reported: Reported, grades: list[str]) -> Fraction | str | None:
    """What a commune said, as docs/rules-json.md has other programs hold it."""
    if reported.state is State.NOTHING_TO_COUNT:
        return another_program.NOTHING_TO_COUNT
    if reported.state is not State.PRESENT:
        return None
    if measure.kind == "grade":
        return grades[reported.value]
    if measure.kind == "date":
        return dt.date.fromordinal(reported.value).isoformat()
    if measure.kind not in QUANTITIES:
        return {"attestation": ("no", "yes"), "ruling": ("not_met", "met")}[measure.kind][reported.value]
    if measure.kind == "share":
        return Fraction(100 * reported.value, reported.base)
    return Fraction(reported.value, VALUE_SCALE)


def assert_another_program_agrees(rules: CriteriaSet, records: list[CommuneYear]) -> set[str]:
    """Compare the verdict of every node for every record; return the verdicts met."""
    law, evaluation, seen = as_json(rules), evaluate(rules, records), set()
    reports = {
        (r.code, r.year): {
            m.id: said
            for m in rules.measures.values()
            if (said := reported_to(m, r.get(m.id), [g.id for s in rules.scales.values() for g in s.grades]))
            is not None
        }
        for r in records
    }
    totals = {one.measure for one in rules.counting_hamlets}
    for record in records:
        unusable = [m for m in totals if record.get(m).state in (State.INVALID, State.CONFLICTING)]
        reports[record.code, record.year] |= dict.fromkeys(
            unusable, another_program.UNUSABLE if record.hamlets else None
        )
    for at, record in enumerate(records):
        years = {year: report for (code, year), report in reports.items() if code == record.code}
        hamlets = {
            name: {
                m: said
                for m in rules.hamlet_measures
                if (said := reported_to(rules.measures[m], one.get(m), [])) is not None
            }
            for name, one in record.hamlets.items()
        }
        theirs = another_program.judge(law, record.code, record.year, years, hamlets)
        found = {(level, id_): verdict for level, id_, verdict in theirs}
        ours = {(r.level, r.id): evaluation.verdict(i, at).name for i, r in enumerate(evaluation.table)}
        assert found == ours
        seen |= set(ours.values())
    return seen


def invented(rules: CriteriaSet, measure: Measure, chance: random.Random) -> Reported:
    """A value of a measure, often at its target or a hair beside it, sometimes missing."""
    if chance.random() < 0.05:
        return Reported(chance.choice([State.MISSING, State.INVALID, State.CONFLICTING]))
    if measure.kind == "ruling" and chance.random() < 0.1:
        return Reported(State.AWAITED)
    if measure.kind == "grade":
        return Reported(State.PRESENT, chance.randrange(1, 4))
    if measure.kind not in QUANTITIES:
        return Reported(State.PRESENT, int(chance.random() < 0.9))
    if measure.zero_denominator == "not_applicable" and chance.random() < 0.2:
        return Reported(State.NOTHING_TO_COUNT)
    targets = [
        value
        for r in rules.requirements()
        if r.measure == measure.id and isinstance(r.target, KnownTarget)
        for value in r.target.values()
    ]
    near = chance.choice(targets or [Decimal(50)]) + chance.choice([0, 0, Decimal("0.0001"), -Decimal("0.0001"), 9, -9])
    if measure.kind == "share" and chance.random() < 0.5:
        base = chance.randrange(1, 400)
        return Reported(
            State.PRESENT, chance.choice([base * int(near) // 100, chance.randrange(base + 1)]), base, counted=True
        )
    if measure.kind == "share":
        return Reported(State.PRESENT, value_units(near), PERCENT * VALUE_SCALE)
    return Reported(
        State.PRESENT, value_units(100 + near if measure.kind == "growth" and chance.random() < 0.5 else near)
    )


@pytest.mark.parametrize("with_overlay", [False, True])
def test_another_program_judges_lai_chau_alike_from_the_json_alone(
    lai_chau: CriteriaSet, filled: CriteriaSet, with_overlay: bool
) -> None:
    rules, chance = (filled if with_overlay else lai_chau), random.Random(5434)
    records = [
        CommuneYear(code, code, year, {m.id: invented(rules, m, chance) for m in rules.measures.values()})
        for code in [*(c.code for c in rules.communes), "99999"]
        for year in (2026, 2027, 2028)
    ]
    growth = [m.id for m in rules.measures.values() if m.kind == "growth"]
    for year, level in ((2040, Reported(State.PRESENT, 0)), (2041, Reported(State.PRESENT, 9)), (2042, NOT_REPORTED)):
        records.append(CommuneYear("03390", "from nothing, to nothing", year, dict.fromkeys(growth, level)))
    seen = assert_another_program_agrees(rules, records)
    assert seen == {"MET", "NOT_MET", "NO_DATA", "NOT_APPLICABLE"} | (set() if with_overlay else {"NO_TARGET"})


@settings(max_examples=examples(60), deadline=None)
@given(cases())
def test_another_program_judges_any_set_alike_from_the_json_alone(case: Case) -> None:
    assert_another_program_agrees(case.rules, list(case.records))
