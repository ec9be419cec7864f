"""What a later decision adds, repeals, replaces and changes, from a day: the rules of each day, and every slip told."""

from __future__ import annotations

import datetime as dt
from itertools import permutations
from typing import Any

import pytest

from ntm_rules.rulebook.amending import amended
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Combination,
    Comparator,
    CriteriaSet,
    KnownTarget,
    Requirement,
)
from ntm_rules.rulebook.loader import load_overlay
from ntm_rules.rulebook.models import CHANGEABLE, IndicatorWritten, NodeWritten, Overlay
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.wording.amendments import FIELDS, amendment_words
from tests.rulebook.tiny import END_OF_2026, Tiny

HEAD = """\
id: {id}
applies_to: tiny
title: {{vi: Sửa đổi, en: Amendment}}
document: {{number: {id}/QĐ, date: {day}, issuer: UBND tỉnh, title: {{vi: Quyết định, en: Decision}}}}
promulgated: {day}
effective: {{from: {day}}}
"""
IN_JULY = dt.date(2026, 7, 1)
NEW = """\
add:
  - after: "1.1"
    article: Điều 1
    indicator:
      id: "1.3"
      text: Có hố ủ rác
      text_en: A compost pit
      source: {document: one, article: Điều 1}
      lead: so-new
      cooperating: []
      years: {from: 2026, to: 2030}
      attested: pit_exists
measures:
  - {id: pit_exists, label: {vi: Có hố ủ, en: Has a pit}, kind: attestation, unit: {vi: Có / Không, en: Yes / No},
     evidence: {vi: Biên bản, en: Record}}
agencies:
  - {id: so-new, name: {vi: Sở Mới, en: New department}}
"""


def amending(tiny: Tiny, id_: str, text: str, day: str = "2026-07-01") -> Overlay:
    path = tiny.write(f"{id_}.yaml", HEAD.format(id=id_, day=day) + text)
    return load_overlay(path)


def law(tiny: Tiny, *overlays: Overlay, as_of: dt.date = END_OF_2026, known_on: dt.date | None = None) -> CriteriaSet:
    return tiny.resolve(*overlays, as_of=as_of, known_on=known_on)


def ids(rules: CriteriaSet) -> list[str]:
    return [indicator.id for indicator in rules.every_indicator()]


def told(tiny: Tiny, *texts: str, days: tuple[str, ...] = ("2026-07-01", "2026-08-01")) -> list[str]:
    overlays = [amending(tiny, id_, text, day) for id_, text, day in zip(("one", "two"), texts, days, strict=False)]
    return tiny.refused(overlays)


# --- what it may do ----------------------------------------------------------------------------


def test_an_indicator_is_added_in_its_place_from_its_day_with_what_it_needs(tiny: Tiny) -> None:
    one = amending(tiny, "one", NEW)
    before, after = law(tiny, one, as_of=IN_JULY - dt.timedelta(days=1)), law(tiny, one, as_of=IN_JULY)
    assert ids(before) == ["1.1", "1.2", "2.1", "2.2", "DK.1"]
    assert ids(after) == ["1.1", "1.3", "1.2", "2.1", "2.2", "DK.1"]
    assert "pit_exists" not in before.measures
    assert (after.requirement_by_id["1.3"].measure, after.agencies["so-new"].name.en) == (
        "pit_exists",
        "New department",
    )
    assert (after.documents["one"].number, after.overlays) == ("one/QĐ", ("one",))
    (done,) = after.indicator_by_id["1.3"].amended
    assert (done.kind, done.provenance.document, done.provenance.article) == ("added", "one/QĐ", "Điều 1")


@pytest.mark.parametrize(
    ("place", "order"),
    [
        ('before: "1.1"', ["1.3", "1.1", "1.2"]),
        ('after: "1.2"', ["1.1", "1.2", "1.3"]),
        ('criterion: "1"', ["1.1", "1.2", "1.3"]),
        ('criterion: "2"', ["1.1", "1.2", "2.1", "2.2", "1.3"]),
    ],
)
def test_where_an_indicator_goes_is_said_by_a_neighbour_or_its_criterion(
    tiny: Tiny, place: str, order: list[str]
) -> None:
    rules = law(tiny, amending(tiny, "one", NEW.replace('after: "1.1"', place)))
    assert ids(rules)[: len(order)] == order
    assert rules.indicator_by_id["1.3"].criterion == ("2" if place == 'criterion: "2"' else "1")


def test_a_further_condition_is_added(tiny: Tiny) -> None:
    text = NEW.replace('  - after: "1.1"\n    article: Điều 1\n    indicator:', "  - condition:").replace(
        '"1.3"', "DK.2"
    )
    assert [one.id for one in law(tiny, amending(tiny, "one", text)).conditions] == ["DK.1", "DK.2"]


@pytest.mark.parametrize(
    ("place", "order"),
    [
        ("into: 1.1.c", ["1.1.c.i", "1.1.c.ii", "1.1.c.x"]),
        ("after: 1.1.c.i", ["1.1.c.i", "1.1.c.x", "1.1.c.ii"]),
        ("before: 1.1.c.i", ["1.1.c.x", "1.1.c.i", "1.1.c.ii"]),
    ],
)
def test_a_part_is_added_among_others(tiny: Tiny, place: str, order: list[str]) -> None:
    rules = law(tiny, amending(tiny, "one", f"add:\n  - {place}\n    part: {{id: 1.1.c.x, attested: plan_approved}}\n"))
    assert [r.id for r in rules.indicator_by_id["1.1"].requirements()][2:] == order
    assert rules.requirement_by_id["1.1.c.x"].lead == "so-b"


def test_what_is_repealed_is_gone_from_its_day_and_that_is_said(tiny: Tiny) -> None:
    one = amending(tiny, "one", 'repeal:\n  "2.1": {article: Điều 2}\n  1.1.c.i: {}\n')
    assert "2.1" in ids(law(tiny, one, as_of=IN_JULY - dt.timedelta(days=1)))
    rules = law(tiny, one, as_of=IN_JULY)
    assert ids(rules) == ["1.1", "1.2", "2.2", "DK.1"]
    assert [r.id for r in rules.indicator_by_id["1.1"].requirements()] == ["1.1.a", "1.1.b", "1.1.c.ii"]
    assert {id_: by.provenance.article for id_, by in rules.repealed.items()} == {"2.1": "Điều 2", "1.1.c.i": ""}
    assert [n.render("en") for n in rules.notices][:2] == [
        "2.1 is repealed by one/QĐ from 01/7/2026",
        "1.1.c.i is repealed by one/QĐ from 01/7/2026",
    ]


def test_a_criterion_repealed_is_left_out_with_all_its_indicators(tiny: Tiny) -> None:
    rules = law(tiny, amending(tiny, "one", 'repeal:\n  "2": {article: Điều 2}\n'))
    assert [criterion.id for criterion in rules.criteria] == ["1"]
    assert {"2.1", "2.2", "2.3"} <= set(rules.repealed)


def test_what_replaces_a_part_keeps_its_agencies_and_words_unless_it_says_others(tiny: Tiny) -> None:
    one = amending(tiny, "one", "replace:\n  1.1.c: {article: Điều 3, measure: clinics, more_than: 4}\n")
    found = law(tiny, one).requirement_by_id["1.1.c"]
    assert (found.lead, found.measure, found.comparator) == ("so-b", "clinics", Comparator.MORE_THAN)
    assert (found.source.document, found.source.article) == ("one", "Điều 3")
    assert isinstance(found.target, KnownTarget)
    assert (found.target.everywhere, found.target.provenance.overlay) == (4, "one")
    assert {"1.1.c.i", "1.1.c.ii"} <= set(law(tiny, one).repealed)


def test_what_replaces_an_indicator_keeps_its_years_and_words(tiny: Tiny) -> None:
    text = 'replace:\n  "1.2":\n    all:\n      - {id: 1.2.a, attested: plan_approved}\n      - {id: 1.2.b, measure: clinics, at_least: 1}\n'
    indicator = law(tiny, amending(tiny, "one", text)).indicator_by_id["1.2"]
    assert (indicator.text, indicator.lead, indicator.years.from_) == ("Số trạm y tế ≥ 2", "so-b", 2026)
    assert [r.id for r in indicator.requirements()] == ["1.2.a", "1.2.b"]


def one_requirement(rules: CriteriaSet, id_: str) -> Requirement:
    return rules.requirement_by_id[id_]


@pytest.mark.parametrize(
    ("id_", "change", "expected"),
    [
        ("1.1.b", "more_than: 80", {"comparator": Comparator.MORE_THAN}),
        ("1.1.b", "lead: so-b", {"lead": "so-b"}),
        ("1.1.b", "cooperating: [so-b]", {"cooperating": ("so-b",)}),
        ("1.1.b", "text: đường nhựa", {"text": "đường nhựa", "printed": "đường nhựa"}),
        ("1.1.b", "text_en: Paved roads", {"text_en": "Paved roads"}),
        ("1.1.b", "measure: landfill_share", {"measure": "landfill_share", "comparator": Comparator.AT_LEAST}),
        ("1.1.a", "answer: no", {"answer": 0}),
        ("1.1.a", "ruling: safe", {"measure": "safe"}),
    ],
)
def test_a_change_says_one_thing_anew_and_leaves_the_rest(
    tiny: Tiny, id_: str, change: str, expected: dict[str, Any]
) -> None:
    was = one_requirement(law(tiny), id_)
    now = one_requirement(law(tiny, amending(tiny, "one", f"change:\n  {id_}: {{{change}, article: Điều 4}}\n")), id_)
    assert {key: getattr(now, key) for key in expected} == expected
    (done,) = now.amended
    assert (done.kind, done.provenance.article) == ("changed", "Điều 4")
    unchanged = {"lead", "text_en", "measure", "comparator", "cooperating"} - set(expected)
    if "text" in expected:
        unchanged -= {"text_en"}
    assert {key: getattr(now, key) for key in unchanged} == {key: getattr(was, key) for key in unchanged}


def test_a_gate_is_put_on_and_taken_away(tiny: Tiny) -> None:
    one = amending(tiny, "one", "change:\n  1.1.c.i: {applies_if: null}\n  1.1.b: {applies_if: landfill_exists}\n")
    rules = law(tiny, one)
    assert one_requirement(rules, "1.1.c.i").gates == ()
    assert [gate.measure for gate in one_requirement(rules, "1.1.b").gates] == ["landfill_exists"]


def test_a_new_text_leaves_nothing_of_the_old_reading(tiny: Tiny) -> None:
    one = amending(tiny, "one", 'change:\n  "1.2": {text: Số trạm y tế lớn hơn 2, text_en: More than 2 clinics}\n')
    assert law(tiny, one).indicator_by_id["1.2"].text == "Số trạm y tế lớn hơn 2"


def test_one_condition_becomes_a_range_and_a_range_one_condition(tiny: Tiny) -> None:
    one = amending(tiny, "one", 'change:\n  "1.2": {at_least: 2, at_most: 5}\n')
    two = amending(tiny, "two", 'change:\n  "1.2": {at_least: 4}\n', "2026-08-01")
    condition = law(tiny, one).indicator_by_id["1.2"].condition
    assert isinstance(condition, Combination)
    assert [part.id for part in condition.children] == ["1.2.min", "1.2.max"]
    assert isinstance(law(tiny, one, two).indicator_by_id["1.2"].condition, Requirement)


def test_a_number_waits_again_and_that_is_told(tiny: Tiny) -> None:
    one = amending(tiny, "one", "set:\n  1.1.b: {pending: {decision: awaited}, article: Điều 6}\n")
    rules = law(tiny, one)
    target = one_requirement(rules, "1.1.b").target
    assert isinstance(target, AwaitedTarget)
    assert (target.decision, target.provenance and target.provenance.article) == ("awaited", "Điều 6")
    assert "Overlay one takes the target of 1.1.b back: it waits on awaited" in [n.render("en") for n in rules.notices]


def test_days_of_an_indicator_count_beside_its_years(tiny: Tiny) -> None:
    tiny.change(
        "02/rules.yaml",
        "years: {from: 2026, to: 2030}\n  graded",
        "years: {from: 2026, to: 2030}\n  in_force: {from: 2026-07-01, to: 2028-03-31}\n  graded",
    )
    days = [dt.date(2026, 6, 30), dt.date(2026, 7, 1), dt.date(2028, 3, 31), dt.date(2028, 4, 1)]
    assert ["2.1" in ids(law(tiny, as_of=day)) for day in days] == [False, True, True, False]
    assert "Indicator 2.1 is not in force on 30/6/2026" in [n.render("en") for n in law(tiny, as_of=days[0]).notices]


def test_days_beyond_the_years_are_refused(tiny: Tiny) -> None:
    tiny.change("02/rules.yaml", "  graded", "  in_force: {from: 2025-07-01}\n  graded")
    assert any("`in_force` reaches beyond `years`" in line for line in tiny.problems())


# --- one after another -------------------------------------------------------------------------


def test_a_decision_is_laid_on_what_those_before_it_left(tiny: Tiny) -> None:
    one = amending(tiny, "one", NEW)
    two = amending(tiny, "two", 'change:\n  "1.3": {lead: so-b}\nset:\n  1.1.b: 90\n', "2026-08-01")
    three = amending(tiny, "three", 'repeal:\n  "1.3": {}\nchange:\n  1.1.b: {less_than: 95}\n', "2026-09-01")
    for order in permutations([one, two, three]):
        assert law(tiny, *order, as_of=dt.date(2026, 7, 31)).indicator_by_id["1.3"].lead == "so-new"
        august = law(tiny, *order, as_of=dt.date(2026, 8, 31))
        assert august.indicator_by_id["1.3"].lead == "so-b"
        assert [done.kind for done in august.indicator_by_id["1.3"].amended] == ["added", "changed"]
        found = one_requirement(law(tiny, *order), "1.1.b")
        assert (found.comparator, found.replaced) == (Comparator.LESS_THAN, ())
        assert "1.3" not in ids(law(tiny, *order))


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("replace:\n  1.1.b: {measure: roads_share, at_least: 85, article: Điều 2}\n", "1.1.b"),
        ("change:\n  1.1.b: {text: đường tốt, text_en: good roads, at_least: 85, article: Điều 2}\n", "1.1.b"),
        ('replace:\n  "1.1": {all: [{id: 1.1.b, measure: roads_share, at_least: 85}], article: Điều 2}\n', "1.1.b"),
        (
            "replace:\n  1.1.c: {any: [{id: 1.1.c.i, applies_if: landfill_exists, measure: landfill_share, at_most: 40}]}\n",
            "1.1.c.i",
        ),
    ],
)
def test_what_was_replaced_stands_where_it_stood(tiny: Tiny, text: str, id_: str) -> None:
    found = one_requirement(law(tiny, amending(tiny, "one", text)), id_)
    (before,) = found.replaced
    assert isinstance(before, KnownTarget)
    assert isinstance(found.target, KnownTarget)
    assert (before.provenance.document, before.provenance.article) == ("plan", "III 1.1")
    assert (found.target.provenance.document, found.target.provenance.overlay) == ("one/QĐ", "one")


def test_what_two_decisions_replaced_stands_in_the_set_and_in_the_first(tiny: Tiny) -> None:
    one = amending(tiny, "one", "replace:\n  1.1.b: {measure: roads_share, at_least: 85, article: Điều 2}\n")
    two = amending(tiny, "two", "change:\n  1.1.b: {text: đường, at_least: 90}\n", "2026-08-01")
    found = one_requirement(law(tiny, one, two), "1.1.b")
    line = [target.provenance for target in (*found.replaced, found.target) if isinstance(target, KnownTarget)]
    assert [stands.document for stands in line] == ["plan", "one/QĐ", "two/QĐ"]


def test_a_target_set_later_lies_over_a_comparison_changed_earlier_and_one_set_earlier_does_not(tiny: Tiny) -> None:
    change, early = "change:\n  1.1.b: {at_least: 85}\n", "set:\n  1.1.b: 95\n"
    for day, value in (("2026-06-01", 85), ("2026-08-01", 95)):
        rules = law(tiny, amending(tiny, "one", change), amending(tiny, "two", early, day))
        target = one_requirement(rules, "1.1.b").target
        assert isinstance(target, KnownTarget)
        assert target.everywhere == value


def test_what_was_not_known_is_left_out(tiny: Tiny) -> None:
    one = amending(tiny, "one", NEW)
    assert ids(law(tiny, one, known_on=IN_JULY - dt.timedelta(days=1))) == ids(law(tiny))


def test_a_repealed_id_may_be_added_again(tiny: Tiny) -> None:
    one = amending(tiny, "one", "repeal:\n  1.1.b: {}\n")
    two = amending(
        tiny, "two", "add:\n  - {after: 1.1.a, part: {id: 1.1.b, measure: clinics, at_least: 1}}\n", "2026-08-01"
    )
    rules = law(tiny, one, two)
    assert one_requirement(rules, "1.1.b").measure == "clinics"
    assert rules.repealed == {}


@pytest.mark.parametrize(
    ("before", "after", "loosened"),
    [
        ("at_least: 80", "more_than: 80", None),
        ("at_least: 80", "more_than: 75", "≥ 80 to > 75"),
        ("more_than: 80", "at_least: 80", "> 80 to ≥ 80"),
        ("more_than: 80", "at_least: 80.01", None),
    ],
)
def test_a_comparison_that_is_easier_to_meet_is_told(tiny: Tiny, before: str, after: str, loosened: str | None) -> None:
    tiny.change("01/rules.yaml", "at_least: 80", before)
    notices = [n.render("en") for n in law(tiny, amending(tiny, "one", f"change:\n  1.1.b: {{{after}}}\n")).notices]
    told = [notice for notice in notices if "loosens" in notice]
    assert told == ([f"Overlay one loosens 1.1.b: from {loosened}"] if loosened else [])


# --- what contradicts --------------------------------------------------------------------------

ONE_DAY = ("2026-07-01", "2026-07-01")


@pytest.mark.parametrize(
    ("first", "second", "about"),
    [
        ("repeal:\n  1.1.b: {}\n", "change:\n  1.1.b: {lead: so-b}\n", "1.1.b"),
        ("repeal:\n  1.1.b: {}\n", "set:\n  1.1.b: 90\n", "1.1.b"),
        ("repeal:\n  1.1.c: {}\n", "set:\n  1.1.c.i: 40\n", "1.1.c.i"),
        ("repeal:\n  1.1.b: {}\n", "replace:\n  1.1.b: {attested: plan_approved}\n", "1.1.b"),
        (
            "replace:\n  1.1.b: {measure: clinics, at_least: 1}\n",
            "replace:\n  1.1.b: {attested: plan_approved}\n",
            "1.1.b",
        ),
        ("change:\n  1.1.b: {lead: so-b}\n", "change:\n  1.1.b: {lead: ubnd-xa}\n", "1.1.b"),
        ("change:\n  1.1.b: {more_than: 80}\n", "set:\n  1.1.b: 90\n", "1.1.b"),
    ],
)
def test_two_of_one_day_that_do_different_things_to_one_rule_are_told_in_any_order(
    tiny: Tiny, first: str, second: str, about: str
) -> None:
    for texts in ((first, second), (second, first)):
        messages = told(tiny, *texts, days=ONE_DAY)
        assert any(f"fix {about} differently; neither is taken" in line for line in messages)
        assert all("one (one/QĐ)" in line and "two (two/QĐ)" in line for line in messages)


def test_two_of_one_day_that_agree_or_speak_of_different_things_are_laid_on(tiny: Tiny) -> None:
    one = amending(tiny, "one", 'repeal:\n  "2.1": {}\nchange:\n  1.1.b: {lead: so-b}\n')
    two = amending(tiny, "two", 'repeal:\n  "2.1": {}\nchange:\n  1.1.b: {text: đường}\n')
    found = one_requirement(law(tiny, one, two), "1.1.b")
    assert (found.lead, found.text) == ("so-b", "đường")


def test_a_later_decision_settles_what_two_of_one_day_contradict(tiny: Tiny) -> None:
    one = amending(tiny, "one", "change:\n  1.1.b: {lead: so-b}\n")
    two = amending(tiny, "two", "change:\n  1.1.b: {lead: ubnd-xa}\n")
    three = amending(tiny, "three", "change:\n  1.1.b: {lead: so-a}\n", "2026-08-01")
    assert one_requirement(law(tiny, one, two, three), "1.1.b").lead == "so-a"


@pytest.mark.parametrize(
    "text",
    ["change:\n  1.1.b: {lead: so-b}\n", "set:\n  1.1.b: 90\n", "replace:\n  1.1.b: {attested: plan_approved}\n"],
)
def test_what_an_earlier_decision_repealed_cannot_be_changed(tiny: Tiny, text: str) -> None:
    (line,) = told(tiny, "repeal:\n  1.1.b: {}\n", text)
    assert line.startswith("two.yaml, line 8, ")
    assert "1.1.b was repealed or replaced by “one (one/QĐ), " in line
    assert line.endswith("from 01/7/2026; `add` it again, or leave it out here")


# --- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("repeal:\n  1.1.d: {}\n", "one.yaml, line 8, repeal.1.1.d: “1.1.d” is not defined; did you mean “1.1.c”?"),
        ("change:\n  1.1.b: {lead: so-c}\n", "change.1.1.b.lead: “so-c” is not defined; did you mean “so-b”?"),
        ("change:\n  1.1.b: {measure: road_share}\n", "“road_share” is not defined; did you mean “roads_share”?"),
        ("change:\n  1.1.b: {at_least: 120}\n", "a share's target lies between 0 and 100"),
        (
            "change:\n  1.1.b: {years: {from: 2026, to: 2027}}\n",
            "`years` belongs to an indicator, and this is a part of one",
        ),
        ("change:\n  1.1.b: {attested: plan_approved}\n", "only `measure` and `graded` take at_least"),
        ("change:\n  1.1.c: {needed: 2}\n", "`some` goes with `needed`"),
        (
            "replace:\n  1.1.b: {measure: roads_shar, at_least: 3}\n",
            "replace.1.1.b.measure: “roads_shar” is not defined",
        ),
        ('replace:\n  "1.2": {id: "1.9", attested: plan_approved}\n', "what replaces 1.2 keeps its id; leave `id` out"),
        (
            "repeal:\n  1.1.b: {}\nset:\n  1.1.b: 90\n",
            "set.1.1.b: 1.1.b stands under `repeal` too; keep one of the two",
        ),
        ("change:\n  1.1.b: {at_least: 85}\nset:\n  1.1.b: 90\n", "set.1.1.b: 1.1.b stands under `change` too"),
        (
            "add:\n  - {into: 1.1.b, part: {id: 1.1.d, attested: plan_approved}}\n",
            "1.1.b is one condition without parts; `replace` it by",
        ),
        (
            "add:\n  - {after: 1.1, part: {id: 1.1.d, attested: plan_approved}}\n",
            "add[1]: “1.1” is no part of anything",
        ),
        (
            "add:\n  - {into: 1.1, part: {id: 1.1.b, attested: plan_approved}}\n",
            "“1.1.b” is there already; `replace` it",
        ),
        ('add:\n  - {into: 1.1, part: {id: "2.1", attested: plan_approved}}\n', "“2.1” is there already"),
        (NEW.replace('after: "1.1"', 'criterion: "7"'), "criterion: “7” is not defined"),
        (NEW.replace("lead: so-new", "lead: so-nw"), "indicator.lead: “so-nw” is not defined; did you mean “so-new”?"),
        ("set:\n  1.1.b: {pending: {decision: awaitd}}\n", "“awaitd” is not defined; did you mean “awaited”?"),
        ("repeal:\n  1.1.c.i: {}\n  1.1.c.ii: {}\n", "nothing would be left of 1.1.c; repeal that"),
        (
            "measures:\n  - {id: clinics, label: {vi: a, en: b}, kind: amount, unit: {vi: a, en: b}, sense: higher, evidence: {vi: a, en: b}}\n",
            "clinics is a count in the set; what is reported in another way is another measure",
        ),
        (
            "scales:\n  - {id: xep-loai, title: {vi: a, en: b}, grades: [{id: x, label: {vi: a, en: b}}, {id: y, label: {vi: a, en: b}}]}\n",
            "xep-loai is a scale of the set already",
        ),
    ],
)
def test_a_slip_is_told_where_it_stands(tiny: Tiny, text: str, expected: str) -> None:
    messages = told(tiny, text.replace("1.1,", '"1.1",'))
    assert len(messages) == 1, messages
    assert expected in messages[0]
    assert messages[0].startswith("one.yaml, line ")


def test_an_end_of_a_range_is_spoken_of_as_the_range(tiny: Tiny) -> None:
    one = 'change:\n  "1.2": {at_least: 2, at_most: 5}\n'
    (line,) = told(tiny, one, "change:\n  1.2.min: {lead: so-a}\n")
    assert "“1.2.min” is one end of a range; speak of 1.2" in line


@pytest.mark.parametrize(("gone", "left", "sign"), [("max", "min", ">"), ("min", "max", "≤")])
def test_one_end_of_a_range_is_repealed_and_the_other_stays_with_what_was_set_of_it(
    tiny: Tiny, gone: str, left: str, sign: str
) -> None:
    range_ = amending(tiny, "one", 'change:\n  "1.2": {more_than: 2, at_most: 9, rounded_to: 0}\n')
    set_ = amending(tiny, "two", f"set:\n  1.2.{left}: 7\n", "2026-08-01")
    repeal = amending(tiny, "three", f"repeal:\n  1.2.{gone}: {{article: Điều 4}}\n", "2026-09-01")
    later = amending(tiny, "four", f"set:\n  1.2.{left}: 8\n", "2026-10-01")
    for order in ((range_, set_, repeal, later), (later, repeal, set_, range_)):
        for day, value in ((dt.date(2026, 9, 30), 7), (dt.date(2026, 10, 1), 8)):
            rules = law(tiny, *order, as_of=day)
            (found,) = rules.indicator_by_id["1.2"].requirements()
            assert isinstance(found.target, KnownTarget)
            assert (found.id, found.comparator.sign, found.target.everywhere) == (f"1.2.{left}", sign, value)
            assert found.taken.rounded_to == 0
            assert rules.repealed[f"1.2.{gone}"].provenance.article == "Điều 4"
        assert len(law(tiny, *order, as_of=dt.date(2026, 8, 31)).indicator_by_id["1.2"].requirements()) == 2


def test_no_end_of_a_range_is_repealed_that_is_not_there_nor_the_last_one(tiny: Tiny) -> None:
    one = 'change:\n  "1.2": {at_least: 2, at_most: 5}\n'
    (line,) = told(tiny, one, "repeal:\n  1.2.min: {}\n  1.2.max: {}\n")
    assert "nothing would be left of 1.2; repeal that" in line
    (line,) = told(tiny, one, "repeal:\n  1.1.b.max: {}\n")
    assert "“1.1.b.max” is not defined" in line


def test_a_set_without_overlays_is_the_set_itself(tiny: Tiny) -> None:
    loaded = tiny.load()
    assert amended(loaded, []).loaded is loaded
    assert resolve(loaded, as_of=END_OF_2026).repealed == {}


def test_whatever_a_rule_may_say_can_be_changed_and_has_its_name() -> None:
    whole = {
        "id",
        "all",
        "any",
        "some",
        "set_met",
        "each_hamlet",
        "hamlets",
    }  # what takes others together, or another set, is replaced whole
    assert {*NodeWritten.model_fields, *IndicatorWritten.model_fields} - whole == set(CHANGEABLE)
    assert set(FIELDS) >= set(CHANGEABLE)


def test_a_target_of_a_figure_taken_in_another_way_is_none_of_the_lineage(tiny: Tiny) -> None:
    one = amending(tiny, "one", 'set:\n  "1.2": 5\n', "2026-06-01")
    two = amending(tiny, "two", 'change:\n  "1.2": {rounded_to: 0, at_least: 4}\n', "2026-07-01")
    found = law(tiny, one, two).requirement_by_id["1.2"]
    assert found.replaced == ()
    assert isinstance(found.target, KnownTarget)
    assert found.target.everywhere == 4


@pytest.mark.parametrize(
    ("id_", "change", "was"),
    [
        ('"1.2"', "at_least: 5", "Nhóm 1: ≥ 3, Nhóm 2: ≥ 2"),
        ('"2.1"', "at_least: tot", "≥ Khá"),
        ("DK.1", "at_most: 7", "chưa quy định"),
        ("1.1.c.i", "less_than: 50", "≤ 50,5"),
    ],
)
def test_what_a_target_was_before_is_said_in_words(tiny: Tiny, id_: str, change: str, was: str) -> None:
    rules = law(tiny, amending(tiny, "one", f"change:\n  {id_}: {{{change}, article: Điều 1}}\n"))
    (done,) = rules.requirement_by_id[id_.strip('"')].amended
    assert amendment_words(rules, done).endswith(f"mức đạt chuẩn (trước: {was}).")


def test_a_part_that_is_added_stands_in_the_decision_that_adds_it(tiny: Tiny) -> None:
    part = "{id: 1.1.d, text: có chợ, text_en: a market, all: [{id: 1.1.d.i, attested: plan_approved}]}"
    rules = law(tiny, amending(tiny, "one", f'add:\n  - {{into: "1.1", article: Điều 3, part: {part}}}\n'))
    source = rules.requirement_by_id["1.1.d.i"].source
    assert (source.document, source.article) == ("one", "Điều 3")
    assert rules.requirement_by_id["1.1.a"].source.document == "plan"


def test_a_decision_that_speaks_of_what_a_later_one_adds_is_told_which_comes_first(tiny: Tiny) -> None:
    one, two = amending(tiny, "one", NEW), amending(tiny, "two", 'change:\n  "1.3": {lead: so-b}\n', "2026-06-01")
    notices = [notice.render("en") for notice in law(tiny, one, two).notices]
    assert (
        "Overlay two speaks of 1.3, which one adds, and that is laid on after it (promulgated 01/7/2026, in force from 01/7/2026)"
    ) in notices
    assert any("give that one too" in line for line in tiny.refused([two]))


def test_a_time_before_the_appraisal_has_no_end_to_repeal(tiny: Tiny) -> None:
    measures = (tiny.folder / "measures.yaml").read_text(encoding="utf-8")
    day = "- {id: opened, label: {vi: Ngày, en: Day}, kind: date, unit: {vi: ngày, en: day}, evidence: {vi: Sổ, en: Book}}\n"
    tiny.write("measures.yaml", measures + day)
    (line,) = told(tiny, 'replace:\n  "1.2": {day: opened, within: {years: 2}}\n', "repeal:\n  1.2.min: {}\n")
    assert "1.2 is one time before the appraisal and has no end apart; `change` it, or repeal it" in line
