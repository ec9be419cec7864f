"""What is in force on a day: dated values, pending ones, and overlays laid over them, each with its source."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_rules.errors import NtmError
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    ClassedTarget,
    Classing,
    CriteriaSet,
    Gate,
    KnownTarget,
    Provenance,
    Target,
)
from ntm_rules.rulebook.describe import resolved_hash
from ntm_rules.rulebook.loader import find_set, load_set
from ntm_rules.rulebook.models import Overlay, Text
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.rulebook.yaml_reader import RulebookError
from tests.examples import examples
from tests.rulebook.tiny import CONDITIONS, END_OF_2026, HEADER, OVERLAY, RULES_1, RULES_2, Tiny, said

DAY = dt.timedelta(days=1)


def target(rules: CriteriaSet, id_: str) -> Target:
    return rules.requirement_by_id[id_].target


def value(rules: CriteriaSet, id_: str, group: str | None = None) -> Decimal | None:
    found = target(rules, id_)
    return found.value_for(group)


def notices(rules: CriteriaSet) -> list[str]:
    assert all(notice.render("vi") not in ("", notice.render("en")) for notice in rules.notices)
    return [notice.render("en") for notice in rules.notices]


NOT_YET = "Indicator 2.3 is not in force in 2026"


def overlay(tiny: Tiny, entries: str, **changes: str) -> Overlay:
    """An overlay of these `set:` entries; other keys by name."""
    keys = {
        "id": "o",
        "applies_to": "tiny",
        "title": "{vi: a, en: b}",
        "illustrative": "true",
        "promulgated": "2026-08-01",
        "effective": "{from: 2026-01-01}",
    }
    text = "".join(f"{key}: {said}\n" for key, said in (keys | changes).items())
    return tiny.overlay(f"{text}set: {{{entries}}}\n")


# --- words, agencies, sources ------------------------------------------------------------------


def test_a_requirement_takes_from_its_row_what_it_does_not_say_itself(tiny: Tiny) -> None:
    rules = tiny.resolve()
    own, inherited = rules.requirement_by_id["1.1.b"], rules.requirement_by_id["1.1.c.i"]
    assert (own.text, own.text_en, own.lead) == ("đường đạt chuẩn", "Roads up to standard", "so-a")
    assert inherited.text == "Có quy hoạch; đường đạt chuẩn; rác chôn lấp ít hoặc an toàn"
    assert inherited.printed == "Có quy hoạch; đường đạt chuẩn; rác chôn lấp ít ⏎ hoặc an toàn"
    assert inherited.text_en == "A plan; roads up to standard; little landfill, or safe"
    assert (inherited.lead, inherited.cooperating) == ("so-b", ("ubnd-xa",))
    assert (inherited.source.annex, inherited.source.row) == ("III", "1.1")
    assert inherited.gates == (Gate("landfill_exists"),)


def test_a_decision_makes_the_answer_binding_that_the_rule_names(tiny: Tiny) -> None:
    tiny.change(RULES_1, "          ruling: safe\n", "          attested: plan_approved\n          answer: no\n")
    awaited = tiny.resolve().requirement_by_id["1.1.c.ii"]
    assert (awaited.answer, isinstance(awaited.target, AwaitedTarget)) == (0, True)
    found = target(tiny.resolve(overlay(tiny, "1.1.c.ii: {standard: in-force}")), "1.1.c.ii")
    assert isinstance(found, KnownTarget)
    assert found.everywhere == 0


@pytest.mark.parametrize(
    ("written", "opens"),
    [
        ("applies_if: {measure: clinics, at_least: 3}", [False, True, True]),
        ("applies_if: {measure: clinics, more_than: 3}", [False, False, True]),
        ("applies_if: {measure: clinics, at_most: 3}", [True, True, False]),
        ("applies_if: {measure: clinics, less_than: 3}", [True, False, False]),
        ("applies_unless: {measure: clinics, at_least: 3}", [True, False, False]),
        ("applies_unless: {measure: clinics, more_than: 3}", [True, True, False]),
        ("applies_unless: {measure: clinics, at_most: 3}", [False, False, True]),
        ("applies_unless: {measure: clinics, less_than: 3}", [False, True, True]),
    ],
)
def test_a_number_opens_a_rule_to_those_it_names_or_to_all_others(tiny: Tiny, written: str, opens: list[bool]) -> None:
    tiny.change(RULES_1, "      lead: so-b\n      any:", f"      lead: so-b\n      {written}\n      any:")
    inner, other = (tiny.resolve().requirement_by_id[id_] for id_ in ("1.1.c.i", "1.1.c.ii"))
    assert [other.gates[0].opens(Fraction(number)) for number in (2, 3, 4)] == opens
    assert inner.gates == (*other.gates, Gate("landfill_exists"))


def test_the_evident_reading_is_shown_and_the_print_kept_beside_it(tiny: Tiny) -> None:
    indicator = tiny.resolve().indicator_by_id["1.2"]
    assert (indicator.text, indicator.printed) == ("Số trạm y tế ≥ 2", r"Số trạm y tế $\geq 2$")


def test_a_page_break_of_the_print_is_no_part_of_the_text(tiny: Tiny) -> None:
    indicator = tiny.resolve().indicator_by_id["1.1"]
    assert indicator.text == "Có quy hoạch; đường đạt chuẩn; rác chôn lấp ít hoặc an toàn"
    assert "⏎" in indicator.printed


def test_a_combination_keeps_its_own_note(tiny: Tiny) -> None:
    tiny.change(RULES_1, "lead: so-b\n", "lead: so-b\n      note: {vi: Một là đủ, en: One is enough}\n")
    assert tiny.resolve().criteria[0].indicators[0].condition.children[2].note == Text(
        vi="Một là đủ", en="One is enough"
    )  # type: ignore[union-attr]


# --- targets as written ------------------------------------------------------------------------

PLAN = Provenance(document="plan", article="III 1.1")


@pytest.mark.parametrize(
    ("id_", "expected"),
    [
        ("1.1.a", KnownTarget(PLAN, everywhere=Decimal(1))),
        ("1.1.b", KnownTarget(PLAN, everywhere=Decimal(80))),
        ("1.1.c.i", KnownTarget(PLAN, everywhere=Decimal("50.5"))),
        ("1.1.c.ii", AwaitedTarget("awaited", "standard_pending")),
        (
            "1.2",
            ClassedTarget(
                Classing("group", ("nhom-1", "nhom-2")),
                {
                    "nhom-1": KnownTarget(Provenance(document="plan", article="III 1.2"), everywhere=Decimal(3)),
                    "nhom-2": KnownTarget(Provenance(document="plan", article="III 1.2"), everywhere=Decimal(2)),
                },
            ),
        ),
        ("2.1", KnownTarget(Provenance(document="plan", article="2.1"), everywhere=Decimal(1))),
        ("DK.1", AwaitedTarget("awaited", "target_pending", Text(vi="Chờ quy định", en="Awaited"))),
    ],
)
def test_every_target_says_where_it_came_from_or_what_it_waits_on(tiny: Tiny, id_: str, expected: Target) -> None:
    assert target(tiny.resolve(), id_) == expected


# --- dated values ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "group", "expected"),
    [
        (dt.date(2026, 1, 1), None, Decimal(7)),
        (dt.date(2026, 12, 31), None, Decimal(7)),
        (dt.date(2027, 1, 1), "nhom-1", Decimal(9)),
        (dt.date(2028, 12, 31), "nhom-2", Decimal(8)),
        (dt.date(2028, 12, 31), None, None),
    ],
)
def test_a_dated_value_holds_from_its_first_to_its_last_day(
    tiny: Tiny, as_of: dt.date, group: str | None, expected: Decimal | None
) -> None:
    assert value(tiny.resolve(as_of=as_of), "2.2", group) == expected


@pytest.mark.parametrize("as_of", [dt.date(2029, 1, 1), dt.date(2030, 12, 31)])
def test_after_the_last_value_none_is_in_force(tiny: Tiny, as_of: dt.date) -> None:
    assert target(tiny.resolve(as_of=as_of), "2.2") == AwaitedTarget(decision="", reason="no_value_in_force")


def test_before_the_first_value_none_is_in_force(tiny: Tiny) -> None:
    tiny.change(RULES_2, "from: 2026-01-01, to: 2026-12-31", "from: 2026-02-01, to: 2026-12-31")
    early = tiny.resolve(as_of=dt.date(2026, 1, 31))
    assert target(early, "2.2") == AwaitedTarget(decision="", reason="no_value_in_force")
    assert value(tiny.resolve(as_of=dt.date(2026, 2, 1)), "2.2") == 7


def test_a_dated_value_says_from_which_document_and_for_which_days(tiny: Tiny) -> None:
    tiny.change(RULES_2, "article: Điều 1}", 'annex: I, row: "2", article: Điều 1}')
    found = target(tiny.resolve(), "2.2")
    assert isinstance(found, KnownTarget)
    assert found.provenance == Provenance(
        document="decree",
        article="I 2 Điều 1",
        from_=dt.date(2026, 1, 1),
        to=dt.date(2026, 12, 31),
        promulgated=dt.date(2025, 12, 1),
    )


@pytest.mark.parametrize(
    ("known_on", "expected"),
    [(dt.date(2025, 11, 30), None), (dt.date(2025, 12, 1), Decimal(7)), (None, Decimal(7))],
)
def test_a_value_is_known_from_the_day_it_was_promulgated(
    tiny: Tiny, known_on: dt.date | None, expected: Decimal | None
) -> None:
    assert value(tiny.resolve(known_on=known_on), "2.2") == expected


LATER = """\
    - {from: 2026-06-01, to: 2026-12-31, value: 6, promulgated: 2026-05-01, source: {document: decree}}
"""


@pytest.mark.parametrize("first", [True, False])
def test_of_values_that_overlap_the_one_promulgated_later_holds(tiny: Tiny, first: bool) -> None:
    """Whatever the order in which they are written."""
    anchor = "  at_least:\n    - {from" if first else "    - {from: 2027"
    tiny.change(RULES_2, anchor, anchor.replace("    - ", f"{LATER}    - ", 1))
    assert value(tiny.resolve(), "2.2") == 6
    assert value(tiny.resolve(as_of=dt.date(2026, 5, 31)), "2.2") == 7
    assert value(tiny.resolve(known_on=dt.date(2026, 4, 30)), "2.2") == 7


# --- years -------------------------------------------------------------------------------------


def test_an_indicator_outside_its_years_is_left_out_and_named(tiny: Tiny) -> None:
    rules = tiny.resolve()
    assert "2.3" not in rules.indicator_by_id
    assert notices(rules) == [NOT_YET]


@pytest.mark.parametrize("as_of", [dt.date(2027, 1, 1), dt.date(2030, 12, 31)])
def test_an_indicator_is_there_in_its_first_and_its_last_year(tiny: Tiny, as_of: dt.date) -> None:
    rules = tiny.resolve(as_of=as_of)
    assert "2.3" in rules.indicator_by_id
    assert notices(rules) == []


def test_a_criterion_without_an_indicator_in_force_is_left_out(tiny: Tiny) -> None:
    tiny.change(RULES_2, "from: 2026, to: 2030", "from: 2027, to: 2030")
    tiny.change(RULES_2, "from: 2026, to: 2030", "from: 2027, to: 2030")
    rules = tiny.resolve()
    assert [criterion.id for criterion in rules.criteria] == ["1"]
    assert notices(rules) == [f"Indicator {id_} is not in force in 2026" for id_ in ("2.1", "2.2", "2.3")]


def test_a_year_in_which_nothing_is_in_force_cannot_be_resolved(tiny: Tiny) -> None:
    with pytest.raises(NtmError) as refused:
        tiny.resolve(as_of=dt.date(2025, 12, 31))
    assert said(refused.value) == ["The criteria set covers 2026 to 2030; it cannot judge 2025"]


# --- overlays ----------------------------------------------------------------------------------


def test_an_overlay_fills_what_was_pending_and_says_where_it_stands(tiny: Tiny) -> None:
    rules = tiny.resolve(tiny.overlay())
    assert target(rules, "DK.1") == KnownTarget(
        Provenance(
            document="9/QĐ",
            article="Điều 3",
            overlay="decision-9",
            illustrative=False,
            from_=dt.date(2026, 1, 1),
            to=dt.date(2027, 12, 31),
            promulgated=dt.date(2026, 8, 1),
        ),
        everywhere=Decimal(0),
    )
    assert (rules.overlays, rules.illustrative, notices(rules)) == (("decision-9",), False, [NOT_YET])


def test_an_overlay_touches_nothing_it_does_not_name(tiny: Tiny) -> None:
    plain, laid = tiny.resolve(), tiny.resolve(tiny.overlay())
    others = [r.id for r in plain.requirements() if r.id != "DK.1"]
    assert [laid.requirement_by_id[id_] for id_ in others] == [plain.requirement_by_id[id_] for id_ in others]


def test_an_overlay_replaces_a_number_a_dated_value_a_grade_and_a_value_by_group(tiny: Tiny) -> None:
    entries = '1.1.b: 90, "2.2": {nhom-1: 11, nhom-2: 10}, "2.1": tot, "1.2": 4'
    rules = tiny.resolve(overlay(tiny, entries))
    assert (value(rules, "1.1.b"), value(rules, "2.1"), value(rules, "1.2")) == (90, 2, 4)
    assert (value(rules, "2.2", "nhom-1"), value(rules, "2.2", "nhom-2"), value(rules, "2.2")) == (11, 10, None)


def test_an_overlay_puts_a_standard_in_force(tiny: Tiny) -> None:
    found = target(tiny.resolve(overlay(tiny, "1.1.c.ii: {standard: in-force}")), "1.1.c.ii")
    assert isinstance(found, KnownTarget)
    assert (found.everywhere, found.provenance.overlay) == (Decimal(1), "o")


def test_invented_targets_are_marked_one_by_one_and_on_the_whole(tiny: Tiny) -> None:
    rules = tiny.resolve(overlay(tiny, "1.1.b: 90"))
    found = target(rules, "1.1.b")
    assert isinstance(found, KnownTarget)
    assert (found.provenance.illustrative, found.provenance.document) == (True, "o")
    assert rules.illustrative


@pytest.mark.parametrize(
    ("as_of", "laid"),
    [
        (dt.date(2026, 2, 28), False),
        (dt.date(2026, 3, 1), True),
        (dt.date(2026, 9, 30), True),
        (dt.date(2026, 10, 1), False),
    ],
)
def test_an_overlay_holds_from_its_first_to_its_last_day(tiny: Tiny, as_of: dt.date, laid: bool) -> None:
    given_ = overlay(tiny, "1.1.b: 90", effective="{from: 2026-03-01, to: 2026-09-30}")
    rules = tiny.resolve(given_, as_of=as_of)
    assert value(rules, "1.1.b") == (90 if laid else 80)
    assert (rules.overlays, rules.illustrative) == ((("o",), True) if laid else ((), False))


@pytest.mark.parametrize(
    ("known_on", "laid"), [(dt.date(2026, 7, 31), False), (dt.date(2026, 8, 1), True), (None, True)]
)
def test_an_overlay_is_known_from_the_day_it_was_promulgated(tiny: Tiny, known_on: dt.date | None, laid: bool) -> None:
    rules = tiny.resolve(overlay(tiny, "1.1.b: 90"), known_on=known_on)
    assert (value(rules, "1.1.b"), rules.overlays) == ((90, ("o",)) if laid else (80, ()))


@pytest.mark.parametrize("swapped", [True, False])
def test_the_overlay_promulgated_later_lies_on_top(tiny: Tiny, swapped: bool) -> None:
    earlier = overlay(tiny, "1.1.b: 85", id="earlier", promulgated="2026-03-01")
    later = overlay(tiny, "1.1.b: 90", id="later", promulgated="2026-03-02")
    rules = tiny.resolve(*((later, earlier) if swapped else (earlier, later)))
    assert (value(rules, "1.1.b"), rules.overlays) == (90, ("earlier", "later"))


@pytest.mark.parametrize("swapped", [True, False])
def test_of_overlays_of_one_day_the_one_in_force_later_holds(tiny: Tiny, swapped: bool) -> None:
    one = overlay(tiny, "1.1.b: 85", id="one", effective="{from: 2026-02-01}")
    two = overlay(tiny, "1.1.b: 90", id="two", effective="{from: 2026-01-01}")
    assert value(tiny.resolve(*((two, one) if swapped else (one, two))), "1.1.b") == 85


@pytest.mark.parametrize("swapped", [True, False])
def test_overlays_of_one_day_that_contradict_are_refused_and_both_named(tiny: Tiny, swapped: bool) -> None:
    one, two = overlay(tiny, "1.1.b: 85", id="one"), overlay(tiny, "1.1.b: 90", id="two")
    with pytest.raises(RulebookError) as refused:
        tiny.resolve(*((two, one) if swapped else (one, two)))
    [problem] = refused.value.problems
    words = problem.message.render("en")
    assert (problem.code, problem.key, "“one, " in words, "“two, " in words) == ("NTM025", "set.1.1.b", True, True)


def test_overlays_of_one_day_that_say_the_same_are_no_contradiction(tiny: Tiny) -> None:
    one, two = overlay(tiny, "1.1.b: 85", id="one"), overlay(tiny, "1.1.b: 85.0", id="two")
    assert value(tiny.resolve(one, two), "1.1.b") == 85


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_no_order_of_overlays_resolves_otherwise(tiny: Tiny, order: tuple[int, ...]) -> None:
    """The first two contradict each other; the third, promulgated later, settles it."""
    laid = [
        overlay(tiny, "1.1.b: 85", id="a"),
        overlay(tiny, "1.1.b: 90", id="b"),
        overlay(tiny, "1.1.b: 95", id="c", promulgated="2026-08-02"),
        overlay(tiny, "1.1.c.i: 40", id="d", promulgated="2026-08-02"),
    ]
    rules = tiny.resolve(*(laid[n] for n in order))
    assert (value(rules, "1.1.b"), value(rules, "1.1.c.i"), rules.overlays) == (95, 40, ("a", "b", "c", "d"))


def test_two_overlays_of_one_day_that_group_a_commune_differently_are_refused(tiny: Tiny) -> None:
    one, two = tiny.overlay(), tiny.overlay(OVERLAY.replace("nhom-2", "nhom-1"))
    with pytest.raises(RulebookError) as refused:
        tiny.resolve(one, two)
    assert ("NTM025", "groups.03402") in [(p.code, p.key) for p in refused.value.problems]


@pytest.mark.parametrize(("promulgated", "holding"), [("2025-11-30", 7), ("2025-12-02", 9)])
def test_an_overlay_beats_a_dated_value_of_the_set_only_when_promulgated_later(
    tiny: Tiny, promulgated: str, holding: int
) -> None:
    rules = tiny.resolve(overlay(tiny, '"2.2": 9', promulgated=promulgated))
    assert value(rules, "2.2") == holding
    outranked = "Overlay o sets 2.2, but the set's own value was promulgated later and holds"
    assert (outranked in notices(rules)) is (holding == 7)


def test_an_overlay_gives_a_commune_its_group_with_the_source(tiny: Tiny) -> None:
    before, after = tiny.resolve().communes["03402"], tiny.resolve(tiny.overlay()).communes["03402"]
    assert (before.group, before.group_source) == (None, "")
    assert (after.group, after.group_source) == ("nhom-2", "danh sách 2")
    assert tiny.resolve(tiny.overlay()).communes["03400"] == tiny.resolve().communes["03400"]


def test_the_group_given_later_counts(tiny: Tiny) -> None:
    first = tiny.overlay()
    second = tiny.overlay(
        OVERLAY.replace("nhom-2", "nhom-1").replace("promulgated: 2026-08-01", "promulgated: 2026-08-02")
    )
    assert tiny.resolve(second, first).communes["03402"].group == "nhom-1"


def test_a_group_given_by_an_overlay_not_in_force_is_not_taken(tiny: Tiny) -> None:
    assert tiny.resolve(tiny.overlay(), as_of=dt.date(2028, 1, 1)).communes["03402"].group is None


# --- overlays that loosen ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entries", "notice"),
    [
        ("1.1.b: 79.9999", "Overlay o loosens 1.1.b: from ≥ 80 to ≥ 79.9999"),
        ("1.1.c.i: 50.6", "Overlay o loosens 1.1.c.i: from ≤ 50.5 to ≤ 50.6"),
        (
            '"1.2": {nhom-1: 9, nhom-2: 1}',
            "Overlay o loosens 1.2: from ≥ 3 (Group 1) / 2 (Group 2) to ≥ 9 (Group 1) / 1 (Group 2)",
        ),
        ('"1.2": 2', "Overlay o loosens 1.2: from ≥ 3 (Group 1) to ≥ 2 (Group 1)"),
        ('"1.2": {nhom-1: 1, nhom-2: 2}', "Overlay o loosens 1.2: from ≥ 3 (Group 1) to ≥ 1 (Group 1)"),
        ("1.1.b: {nhom-1: 85, nhom-2: 75}", "Overlay o loosens 1.1.b: from ≥ 80 to ≥ 85 (Group 1) / 75 (Group 2)"),
        ('"2.2": 6.5', "Overlay o loosens 2.2: from ≥ 7 to ≥ 6.5"),
        ('"2.1": trung-binh', "Overlay o loosens 2.1: from ≥ Good to ≥ Fair"),
    ],
)
def test_an_overlay_that_loosens_a_stated_number_is_reported(tiny: Tiny, entries: str, notice: str) -> None:
    assert notices(tiny.resolve(overlay(tiny, entries))) == [notice, NOT_YET]


@pytest.mark.parametrize(
    "entries",
    [
        "1.1.b: 80",
        "1.1.b: 80.0001",
        "1.1.c.i: 50.4",
        '"1.2": {nhom-1: 3, nhom-2: 2}',
        '"1.2": {nhom-1: 4, nhom-2: 3}',
        '"1.2": 3',
        '"2.1": tot',
        "DK.1: 1000",
        "1.1.c.ii: {standard: in-force}",
    ],
)
def test_tightening_and_filling_are_not_reported(tiny: Tiny, entries: str) -> None:
    assert notices(tiny.resolve(overlay(tiny, entries))) == [NOT_YET]


def test_loosening_what_an_earlier_overlay_stated_is_reported_too(tiny: Tiny) -> None:
    first = overlay(tiny, "DK.1: 10", id="first", promulgated="2026-03-01")
    second = overlay(tiny, "DK.1: 20", id="second", promulgated="2026-04-01")
    assert notices(tiny.resolve(second, first)) == [
        NOT_YET,
        "Overlay second loosens DK.1: from ≤ 10 to ≤ 20",
    ]


# --- overlays that do not fit ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "line", "expected"),
    [
        ("applies_to: tiny", "applies_to: other", 2, "applies_to: this overlay is for set other"),
        (
            "DK.1:",
            "DK.2:",
            8,
            "set.DK.2: “DK.2” is not defined; did you mean “DK.1”? (where an earlier decision adds it, give that one too)",
        ),
        (
            "DK.1:",
            "zzzzzz:",
            8,
            "set.zzzzzz: “zzzzzz” is not defined (where an earlier decision adds it, give that one too)",
        ),
        (
            "DK.1:",
            '"1.1":',
            8,
            "set.1.1: “1.1” has parts, and a target belongs to one of them: 1.1.a, 1.1.b, 1.1.c.i, 1.1.c.ii",
        ),
        (
            "DK.1:",
            '"1":',
            8,
            "set.1: “1” is a criterion, and a target belongs to a requirement of it, such as 1.1.a",
        ),
        (
            "DK.1: {value: 0, article: Điều 3}",
            "1.1.a: 5",
            8,
            "set.1.1.a: this requirement has no number; only `standard: in-force` fits",
        ),
        (
            "{value: 0, article: Điều 3}",
            "{standard: in-force}",
            8,
            "set.DK.1: a number is needed for measure debt",
        ),
        (
            "{value: 0, article: Điều 3}",
            "tot",
            8,
            "set.DK.1: a number is needed for measure debt, and tot is none; write one such as 80, 80.5",
        ),
        (
            "{value: 0, article: Điều 3}",
            "{nhom-1: 5}",
            8,
            "set.DK.1: no value for group nhom-2",
        ),
        (
            "DK.1: {value: 0",
            "1.1.b: {value: 101",
            8,
            "set.1.1.b: a share's target lies between 0 and 100, and 101 does not; a percentage that may pass 100 is an `amount` in %",
        ),
        (
            "DK.1: {value: 0, article: Điều 3}",
            '"2.1": xuat-sac',
            8,
            "set.2.1: “xuat-sac” is not a grade of the scale: trung-binh, kha, tot",
        ),
        ('"03402"', '"03999"', 10, "groups.03999: “03999” is no commune code of the set, and none is close to it"),
        ('"03402"', '"03403"', 10, "groups.03403: “03403” is no commune code of the set; did you mean 03402 (Xã Hai)?"),
        ("group: nhom-2", "group: nhom-9", 10, "groups.03402: “nhom-9” is not defined; did you mean “nhom-2”?"),
    ],
)
def test_an_overlay_that_does_not_fit_is_refused_by_file_line_and_key(
    tiny: Tiny, old: str, new: str, line: int, expected: str
) -> None:
    text = OVERLAY.replace(old, new, 1)
    assert text != OVERLAY
    assert tiny.refused([tiny.overlay(text)]) == [f"overlay.yaml, line {line}, {expected}"]


def test_every_misfit_of_every_overlay_is_said(tiny: Tiny) -> None:
    one = tiny.overlay(OVERLAY.replace("DK.1", "DK.9").replace("nhom-2", "nhom-9"))
    two = overlay(tiny, "1.1.a: 5", applies_to="other")
    assert tiny.refused([one, two]) == [
        "overlay.yaml, line 8, set.DK.9: “DK.9” is not defined; did you mean “DK.1”? (where an earlier decision adds it, give that one too)",
        "overlay.yaml, line 10, groups.03402: “nhom-9” is not defined; did you mean “nhom-2”?",
        "overlay.yaml, line 2, applies_to: this overlay is for set other",
        "overlay.yaml, line 7, set.1.1.a: this requirement has no number; only `standard: in-force` fits",
    ]


def test_an_overlay_is_checked_even_where_it_is_not_in_force(tiny: Tiny) -> None:
    misfit = overlay(tiny, "DK.9: 5", effective="{from: 2030-01-01}")
    assert tiny.refused([misfit]) == [
        "overlay.yaml, line 7, set.DK.9: “DK.9” is not defined; did you mean “DK.1”? (where an earlier decision adds it, give that one too)"
    ]


def test_an_overlay_may_set_a_requirement_whose_indicator_is_not_in_force_yet(tiny: Tiny) -> None:
    given_ = overlay(tiny, '"2.3": 70')
    assert "2.3" not in tiny.resolve(given_).requirement_by_id
    assert value(tiny.resolve(given_, as_of=dt.date(2027, 6, 1)), "2.3") == 70


def test_an_overlay_made_in_memory_is_named_by_its_id(tiny: Tiny) -> None:
    made = Overlay.model_validate(
        {
            "id": "made",
            "applies_to": "other",
            "title": {"vi": "a", "en": "b"},
            "illustrative": True,
            "promulgated": dt.date(2026, 1, 1),
            "effective": {"from": dt.date(2026, 1, 1)},
        }
    )
    assert tiny.refused([made]) == ["made, line 1, applies_to: this overlay is for set other"]


# --- the same law, however it is given ---------------------------------------------------------

LAI_CHAU = load_set(find_set("lai-chau-2026-2030"))
SHARES = ("2.1.d", "2.6.b", "8.1.b", "8.1.c", "9.2.b")
amounts = st.integers(0, 1000).map(lambda n: Decimal(n) / 10)


@st.composite
def stacks(draw: st.DrawFn) -> list[Overlay]:
    """Overlays of different days, with entries that overlap."""
    days = draw(st.lists(st.integers(0, 300), min_size=1, max_size=4, unique=True))
    return [
        Overlay.model_validate(
            {
                "id": f"o-{i}",
                "applies_to": LAI_CHAU.header.id,
                "title": {"vi": "a", "en": "b"},
                "illustrative": draw(st.booleans()),
                "document": {
                    "number": str(i),
                    "date": dt.date(2026, 1, 1),
                    "issuer": "x",
                    "title": {"vi": "a", "en": "b"},
                },
                "promulgated": dt.date(2026, 1, 1) + day * DAY,
                "effective": {"from": dt.date(2026, 1, 1) + draw(st.integers(0, 400)) * DAY},
                "set": draw(st.dictionaries(st.sampled_from(SHARES), amounts, max_size=3)),
                "groups": draw(
                    st.dictionaries(
                        st.sampled_from(["03390", "03618"]),
                        st.sampled_from(["nhom-1", "nhom-2"]).map(lambda g: {"group": g, "source": "x"}),
                    )
                ),
            }
        )
        for i, day in enumerate(days)
    ]


@settings(max_examples=examples(25), deadline=None)
@given(stacks(), st.data())
def test_the_order_in_which_overlays_are_given_changes_nothing(stack: list[Overlay], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(stack))
    assert resolved_hash(resolve(LAI_CHAU, as_of=END_OF_2026, overlays=stack)) == resolved_hash(
        resolve(LAI_CHAU, as_of=END_OF_2026, overlays=shuffled)
    )


def test_resolving_again_gives_the_same_set(tiny: Tiny) -> None:
    loaded, given_ = tiny.load(), tiny.overlay()
    once, again = (resolve(loaded, as_of=END_OF_2026, overlays=[given_]) for _ in range(2))
    assert resolved_hash(once) == resolved_hash(again)
    assert (once.criteria, once.conditions, once.notices) == (again.criteria, again.conditions, again.notices)


def test_a_note_of_a_pending_target_goes_with_it(tiny: Tiny) -> None:
    tiny.change(CONDITIONS, ", note: {vi: Chờ quy định, en: Awaited}", "")
    assert target(tiny.resolve(), "DK.1") == AwaitedTarget("awaited")


def test_a_loosened_grade_is_told_by_its_label_and_a_loosened_group_by_its_title(tiny: Tiny) -> None:
    grade, by_group = (
        tiny.resolve(overlay(tiny, entries)).notices[0].render("vi")
        for entries in ('"2.1": trung-binh', '"1.2": {nhom-1: 9, nhom-2: 1}')
    )
    assert grade == "Văn bản o nới lỏng 2.1: từ ≥ Khá thành ≥ Trung bình"
    assert by_group == "Văn bản o nới lỏng 1.2: từ ≥ 3 (Nhóm 1) / 2 (Nhóm 2) thành ≥ 9 (Nhóm 1) / 1 (Nhóm 2)"


@pytest.mark.parametrize(
    ("years", "year", "in_force", "message"),
    [
        ("{from: 2028, to: 2029}", 2026, (2028, 2029), "in 2026; the first year in which one is: 2028"),
        ("{from: 2028, to: 2029}", 2030, (2028, 2029), "in 2030; the years in which one is: 2028, 2029"),
    ],
)
def test_a_year_without_any_indicator_is_told_with_the_years_that_have_one(
    tiny: Tiny, years: str, year: int, in_force: tuple[int, ...], message: str
) -> None:
    for name in (RULES_1, RULES_2):
        text = (tiny.folder / name).read_text(encoding="utf-8")
        tiny.write(name, re.sub(r"years: {.*}", f"years: {years}", text))
    loaded = tiny.load()
    assert (loaded.years_in_force, loaded.first_year) == (in_force, in_force[0])
    with pytest.raises(NtmError) as error:
        resolve(loaded, as_of=dt.date(year, 12, 31))
    assert said(error.value) == [f"No indicator of the criteria is in force {message}"]
    assert resolve(loaded, as_of=dt.date(in_force[0], 12, 31)).criteria


def test_a_set_that_is_never_in_force_says_so(tiny: Tiny) -> None:
    tiny.change(HEADER, "period: {from: 2026, to: 2030}", "period: {from: 2036, to: 2037}")
    loaded = tiny.load()
    assert (loaded.years_in_force, loaded.first_year) == ((), 2036)
    with pytest.raises(NtmError) as error:
        resolve(loaded, as_of=dt.date(2036, 12, 31))
    assert said(error.value) == ["No indicator of the criteria is in force in any year from 2036 to 2037"]
