"""What each file may hold: one condition a node, one form a target, nothing that has no source."""

from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from ntm_rules.i18n import Message, Parts, use_language
from ntm_rules.rulebook.model_checking import check
from ntm_rules.rulebook.models import (
    DatedValue,
    Decision,
    IndicatorWritten,
    InForce,
    Measure,
    NodeWritten,
    Overlay,
    PendingTarget,
    Range,
    Scale,
    SetTarget,
    Text,
    Years,
    in_both,
)
from ntm_rules.rulebook.yaml_reader import RulebookError, read_yaml
from tests.rulebook.tiny import said


def written(tmp_path: Path, text: str, shape: type) -> object:
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    return check(read_yaml(path), TypeAdapter(shape))


def refused(tmp_path: Path, text: str, shape: type) -> list[str]:
    with pytest.raises(RulebookError) as error:
        written(tmp_path, text, shape)
    return [line.removeprefix("x.yaml, ") for line in said(error.value)]


# --- a node states one condition ---------------------------------------------------------------

FORMS = "all, any, some, measure, day, attested, ruling, graded, set_met"
ONE_BOUND = "`measure` needs at_least or more_than, at_most or less_than, or for a range one of each"
NO_BOUND = "only `measure` and `graded` take at_least, at_most, more_than or less_than"


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ("lead: so-a", f"state exactly one of {FORMS}"),
        ("attested: a, ruling: b", f"state exactly one of {FORMS}"),
        ("measure: m, at_least: 5, graded: g", f"state exactly one of {FORMS}"),
        ("attested: a, all: [{id: y, attested: b}]", f"state exactly one of {FORMS}"),
        ("measure: m", ONE_BOUND),
        ("measure: m, at_least: ~", ONE_BOUND),
        ("measure: m, at_least: 1, more_than: 2", ONE_BOUND),
        ("measure: m, at_least: 1, at_most: 3, less_than: 2", ONE_BOUND),
        ("graded: g", "`graded` needs at_least, and no other comparison"),
        ("graded: g, at_most: tot", "`graded` needs at_least, and no other comparison"),
        ("graded: g, at_least: tot, at_most: tot", "`graded` needs at_least, and no other comparison"),
        ("graded: g, more_than: tot", "`graded` needs at_least, and no other comparison"),
        ("attested: a, at_least: 5", NO_BOUND),
        ("ruling: a, at_most: 5", NO_BOUND),
        ("all: [{id: y, attested: b}], less_than: 5", NO_BOUND),
        ("some: [{id: y, attested: b}]", "`some` goes with `needed`, how many of its parts must be met"),
        ("all: [{id: y, attested: b}], needed: 1", "`some` goes with `needed`, how many of its parts must be met"),
        ("some: [{id: y, attested: b}], needed: 2", "`needed` is more than there are parts"),
        ("ruling: a, answer: no", "`answer` belongs to attested"),
        (
            "measure: m, at_least: 5, standard: {pending: {decision: d}}",
            "`standard` belongs to attested or ruling",
        ),
    ],
)
def test_a_node_states_exactly_one_condition_in_full(tmp_path: Path, condition: str, reason: str) -> None:
    assert refused(tmp_path, f"{{id: x, {condition}}}", NodeWritten) == [f"line 1: {reason}"]


@pytest.mark.parametrize("op", ["all", "any"])
def test_a_combination_combines_something(tmp_path: Path, op: str) -> None:
    assert refused(tmp_path, f"{{id: x, {op}: []}}", NodeWritten) == [f"line 1, {op}: the list has too few items"]


def test_a_mistake_in_the_only_part_is_said_once(tmp_path: Path) -> None:
    assert refused(tmp_path, "{id: x, all: [{id: y, measure: m}]}", NodeWritten) == [f"line 1, all[1]: {ONE_BOUND}"]


def test_combinations_nest(tmp_path: Path) -> None:
    node = written(tmp_path, "{id: x, all: [{id: y, any: [{id: z, attested: b}]}]}", NodeWritten)
    assert isinstance(node, NodeWritten)
    assert node.all
    assert node.all[0].any
    assert node.all[0].any[0].attested == "b"


# --- targets -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("80", Decimal(80)),
        ("79.95", Decimal("79.95")),
        ("-5", Decimal(-5)),
        ("0", Decimal(0)),
        ("99999999.9999", Decimal("99999999.9999")),
        ("{nhom-1: 95, nhom-2: 90.5}", {"nhom-1": Decimal(95), "nhom-2": Decimal("90.5")}),
        ("tot", "tot"),
    ],
)
def test_a_target_is_a_number_one_for_each_group_or_a_grade(tmp_path: Path, target: str, expected: object) -> None:
    node = written(tmp_path, f"{{id: x, measure: m, at_least: {target}}}", NodeWritten)
    assert isinstance(node, NodeWritten)
    assert node.at_least == expected


def test_a_target_may_be_pending_with_the_decision_it_waits_on(tmp_path: Path) -> None:
    node = written(
        tmp_path, "{id: x, measure: m, at_most: {pending: {decision: d, note: {vi: a, en: b}}}}", NodeWritten
    )
    assert isinstance(node, NodeWritten)
    assert isinstance(node.at_most, PendingTarget)
    assert (node.at_most.pending.decision, node.at_most.pending.note) == ("d", Text(vi="a", en="b"))


DATED = "{from: 2026-01-01, to: %s, value: 5, promulgated: 2025-12-01, source: {document: d}}"


def test_a_target_may_be_dated(tmp_path: Path) -> None:
    node = written(tmp_path, f"{{id: x, measure: m, at_least: [{DATED % '2026-01-01'}]}}", NodeWritten)
    assert isinstance(node, NodeWritten)
    assert isinstance(node.at_least, tuple)
    (value,) = node.at_least
    assert isinstance(value, DatedValue)
    assert (value.from_, value.to, value.value) == (dt.date(2026, 1, 1), dt.date(2026, 1, 1), Decimal(5))


def test_a_dated_value_that_ends_before_it_starts_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, f"{{id: x, measure: m, at_least: [{DATED % '2025-12-31'}]}}", NodeWritten) == [
        "line 1, at_least[1]: `to` lies before `from`"
    ]


def test_a_dated_value_names_its_source_and_the_day_it_became_known(tmp_path: Path) -> None:
    assert refused(tmp_path, "{id: x, measure: m, at_least: [{from: 2026-01-01, value: 5}]}", NodeWritten) == [
        "line 1, at_least[1]: “source” is missing",
        "line 1, at_least[1]: “promulgated” is missing",
    ]


# --- measures ----------------------------------------------------------------------------------

COUNTED = "counted: {numerator: {vi: t, en: n}, denominator: {vi: m, en: d}, unit: {vi: hộ, en: households}}"


def measure(more: str) -> str:
    return f"{{id: m, label: {{vi: a, en: b}}, unit: {{vi: a, en: b}}, evidence: {{vi: a, en: b}}, {more}}}"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("kind: share, sense: higher", "`counted` belongs to a share, and every share has it"),
        (f"kind: count, sense: higher, {COUNTED}", "`counted` belongs to a share, and every share has it"),
        ("kind: grade", "`scale` belongs to a grade, and every grade has it"),
        ("kind: ruling, scale: s", "`scale` belongs to a grade, and every grade has it"),
        ("kind: amount", "`sense` belongs to a quantity, and every quantity has it"),
        ("kind: attestation, sense: higher", "`sense` belongs to a quantity, and every quantity has it"),
        (
            "kind: growth, sense: higher, zero_denominator: not_applicable",
            "`zero_denominator` belongs to a share",
        ),
    ],
)
def test_a_measure_has_what_its_kind_needs_and_nothing_else(tmp_path: Path, more: str, reason: str) -> None:
    assert refused(tmp_path, measure(more), Measure) == [f"line 1: {reason}"]


@pytest.mark.parametrize(
    "more",
    [
        f"kind: share, sense: lower, {COUNTED}, zero_denominator: not_applicable",
        "kind: growth, sense: higher",
        "kind: count, sense: higher",
        "kind: amount, sense: lower, range: {min: 0, max: 1000.5}",
        "kind: attestation, attested_by: so-a",
        "kind: ruling",
        "kind: grade, scale: s",
    ],
)
def test_every_kind_of_measure_can_be_written(tmp_path: Path, more: str) -> None:
    assert written(tmp_path, measure(more), Measure)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (
            "kind: percent",
            "line 1, kind: choose one of: share, growth, count, amount, attestation, ruling, date, grade",
        ),
        ("kind: count, sense: more", "line 1, sense: choose one of: higher, lower"),
        (
            "kind: count, sense: higher, decimals: 5",
            "line 1, decimals: at most 4 is expected",
        ),
        (
            'kind: count, sense: higher, decimals: "2"',
            "line 1, decimals: “2” in quotes is a text; take the quotation marks off",
        ),
        (
            "kind: count, sense: higher, range: {min: 0, max: 1e3}",
            "line 1, range.max: “1e3” is not a number; write one such as 80, 80.5",
        ),
    ],
)
def test_a_measure_refuses_what_it_does_not_know(tmp_path: Path, more: str, expected: str) -> None:
    assert refused(tmp_path, measure(more), Measure) == [expected]


def test_a_range_may_be_open_at_either_end(tmp_path: Path) -> None:
    assert written(tmp_path, "{max: 100}", Range) == Range(max=Decimal(100))


# --- the header --------------------------------------------------------------------------------


@pytest.mark.parametrize("owed", ["", "owed_by: so-a, owed_by_text: {vi: a, en: b}"])
def test_a_decision_is_owed_by_one_body_named_in_one_way(tmp_path: Path, owed: str) -> None:
    text = f"{{id: d, title: {{vi: a, en: b}}, {owed}}}"
    assert refused(tmp_path, text, Decision) == [
        "line 1: say who owes the decision: one of owed_by, owed_by_text, deliverable"
    ]


def test_years_hold_both_ends() -> None:
    years = Years.model_validate({"from": 2026, "to": 2030})
    assert [year for year in range(2024, 2033) if year in years] == [2026, 2027, 2028, 2029, 2030]


def test_a_scale_has_two_grades_at_least(tmp_path: Path) -> None:
    text = "{id: s, title: {vi: a, en: b}, grades: [{id: tot, label: {vi: a, en: b}}]}"
    assert refused(tmp_path, text, Scale) == ["line 1, grades: the list has too few items"]


def test_a_label_has_both_languages(tmp_path: Path) -> None:
    assert refused(tmp_path, "{vi: Đạt}", Text) == ["line 1: “en” is missing"]
    label = Text(vi="Đạt", en="Met")
    assert (label.in_language("vi"), label.in_language("en")) == ("Đạt", "Met")


def test_an_indicator_names_its_words_source_agencies_and_years(tmp_path: Path) -> None:
    missing = {line.removeprefix("line 1: ") for line in refused(tmp_path, "{id: x, attested: a}", IndicatorWritten)}
    assert missing == {f"“{key}” is missing" for key in ("text", "text_en", "source", "lead", "cooperating", "years")}


# --- overlays ----------------------------------------------------------------------------------

OVERLAY = """\
id: o
applies_to: s
title: {vi: a, en: b}
promulgated: 2026-08-01
effective: {from: 2026-01-01}
illustrative: true
"""


def test_an_overlay_that_is_not_illustrative_names_its_document(tmp_path: Path) -> None:
    assert refused(tmp_path, OVERLAY.replace("true", "false"), Overlay) == [
        "line 1: an overlay that is not illustrative names its document"
    ]


def test_an_overlay_that_ends_before_it_starts_is_refused(tmp_path: Path) -> None:
    text = OVERLAY.replace("{from: 2026-01-01}", "{from: 2026-01-01, to: 2025-12-31}")
    assert refused(tmp_path, text, Overlay) == ["line 5, effective: `to` lies before `from`"]


def test_an_overlay_sets_numbers_groups_grades_articles_and_standards(tmp_path: Path) -> None:
    entries = """\
set:
  "1": 80
  "2": {nhom-1: 5, nhom-2: 4}
  "3": tot
  "4": {value: {nhom-1: 5, nhom-2: 4}, article: Điều 2}
  "5": {standard: in-force}
groups:
  "03390": {group: nhom-1, source: danh sách}
"""
    overlay = written(tmp_path, OVERLAY + entries, Overlay)
    assert isinstance(overlay, Overlay)
    by_group = {"nhom-1": Decimal(5), "nhom-2": Decimal(4)}
    assert overlay.set == {
        "1": Decimal(80),
        "2": by_group,
        "3": "tot",
        "4": SetTarget(value=by_group, article="Điều 2"),
        "5": InForce(standard="in-force"),
    }
    assert overlay.groups["03390"].group == "nhom-1"


# --- texts of the law ----------------------------------------------------------------------------

HOUSEHOLDS = Text(vi="hộ", en="households")


@pytest.mark.parametrize(("language", "words"), [("vi", "hộ"), ("en", "households")])
def test_a_text_is_said_in_the_language_in_force(language: str, words: str) -> None:
    use_language(language)
    assert (str(HOUSEHOLDS), f"{HOUSEHOLDS}") == (words, words)


def test_a_text_within_a_sentence_is_said_in_the_language_of_the_sentence() -> None:
    message = Message("{id} goes from {before} to {after}", id="1", before=HOUSEHOLDS, after=Parts(HOUSEHOLDS))
    assert message.render("en") == "1 goes from households to households"
    assert pickle.loads(pickle.dumps(message)) == message
    assert message.render("vi").count("hộ") == 2


def test_words_without_english_are_said_as_printed() -> None:
    use_language("en")
    assert [str(in_both("Tỷ lệ hộ", en)) for en in ("Share of households", "")] == ["Share of households", "Tỷ lệ hộ"]
