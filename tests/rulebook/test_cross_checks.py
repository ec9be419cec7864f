"""cross-checks.yaml: what is read, what is refused, by line and in words; a set needs none."""

from __future__ import annotations

import pytest

from ntm_rules.rulebook.cross_checks import CONDITIONS, FILLED_IN, CrossCheck, named
from tests.rulebook.tiny import CROSS_CHECKS, HEADER, Tiny

RELATION = "relation: {sum: [landfill_share.numerator], at_most: [landfill_share.denominator], tolerance_percent: 1.5}"
CHANGED = "changed: {of: {kinds: [share], except: [landfill_share]}, direction: worse, points: 20}"
EVIDENCE = "without_evidence: {of: {measures: [safe, clinics]}, verdict: MET}"
FINDING = '{vi: "{left} lớn hơn {right}", en: "{left} is more than {right}"}'


def test_a_catalogue_is_read_in_order_and_is_part_of_the_set_and_of_its_record(tiny: Tiny) -> None:
    loaded = tiny.load()
    assert [(check.id, check.severity, check.condition) for check in loaded.cross_checks] == [
        ("K1", "error", "relation"),
        ("K2", "warning", "contradiction"),
        ("K3", "info", "changed"),
        ("K4", "info", "without_evidence"),
    ]
    assert CROSS_CHECKS in loaded.files
    assert tiny.resolve().cross_checks == loaded.cross_checks


def test_a_set_needs_no_catalogue(tiny: Tiny) -> None:
    tiny.change(HEADER, "cross_checks: cross-checks.yaml\n", "")
    (tiny.folder / CROSS_CHECKS).unlink()
    assert tiny.resolve().cross_checks == ()


def test_a_catalogue_is_no_law_so_the_hash_of_the_law_does_not_know_it(tiny: Tiny) -> None:
    from ntm_rules.rulebook.describe import describe, resolved_hash

    before = tiny.resolve()
    tiny.change(CROSS_CHECKS, "points: 20", "points: 5")
    after = tiny.resolve()
    assert resolved_hash(before) == resolved_hash(after)
    assert describe(before)["cross_checks"][2]["changed"]["points"] == "20"
    assert describe(after)["cross_checks"][2]["changed"]["points"] == "5"


def test_a_term_is_a_measure_or_one_of_the_things_that_it_counts() -> None:
    assert named("a_share.numerator") == ("a_share", "numerator")
    assert named("income") == ("income", "")


def test_every_condition_is_a_key_of_a_check() -> None:
    assert set(CONDITIONS) == set(FILLED_IN) <= set(CrossCheck.model_fields)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (RELATION, RELATION.replace("landfill_share.numerator", "landfil_share.numerator"),
         "[1].relation.sum[1]: “landfil_share” is not defined; did you mean “landfill_share”?"),
        (RELATION, RELATION.replace("landfill_share.numerator", "clinics.numerator"),
         "[1].relation.sum[1]: measure clinics is a count; a share is needed here"),
        (RELATION, RELATION.replace("landfill_share.numerator", "plan_approved"),
         "[1].relation.sum[1]: measure plan_approved is a attestation; a amount / count / growth / share is needed here"),
        (RELATION, RELATION.replace("landfill_share.denominator]", "landfill_share.denominator, roads_share.numerator]"),
         "[1].relation.at_most[2]: roads_share.numerator is in km and landfill_share.numerator in tonnes; "
         "only like units can be compared"),
        (RELATION, "same: {of: [landfill_share, landfill_share.denominator]}",
         "[1].same.of[2]: landfill_share.denominator is in tonnes and landfill_share in %; "
         "only like units can be compared"),
        (RELATION, "relation: {sum: [debt], at_most: [debt], equals: [debt]}",
         "[1].relation: state exactly one of at_most, at_least, equals"),
        (RELATION, "relation: {sum: [debt], at_most: [debt], tolerance_percent: 0}",
         "[1].relation.tolerance_percent: 0 is not more than 0"),
        (RELATION, "same: {of: [debt]}", "[1].same.of: the list has too few items"),
        (RELATION, "relation: {sum: [debt], at_mst: [debt]}",
         "[1].relation.at_mst: unknown key; did you mean “at_most”? "
         "Allowed: sum, at_most, at_least, equals, tolerance_percent"),
        (RELATION, "all_identical: {to: each_other, at_least: 1}", "[1].all_identical.at_least: at least 2 is expected"),
        (RELATION, "all_identical: {of: {kinds: [amount]}, to: each_other, at_least: 3}",
         "[1].all_identical.of.kinds[1]: this condition does not look at a amount; it looks at: share"),
        (RELATION, "document_dated: {}", "[1].document_dated: state earliest, latest, or both"),
        (RELATION, "same: {of: [debt, debt]}\n  no_longer_met: {}",
         "[1]: state exactly one of reading, relation, same, contradiction, changed, no_longer_met, "
         "exactly_the_target, without_evidence, document_without, document_dated, all_identical"),
        (FINDING, '{vi: "{left} lớn hơn {rigt}", en: "{left} is more than {right}"}',
         "[1].finding.vi: nothing fills in “rigt”; did you mean “right”? "
         "What can be filled in: commune, difference, figures, left, n, right, year"),
        (FINDING, '{vi: "{left!r} lớn hơn {right:>9}", en: x}',
         ["[1].finding.vi: nothing fills in “left!r”; did you mean “left”? What can be filled in: commune, difference, "
          "figures, left, n, right, year",
          "[1].finding.vi: nothing fills in “right:>9”; did you mean “right”? What can be filled in: commune, "
          "difference, figures, left, n, right, year"]),
        (FINDING, '{vi: "{left lớn hơn", en: "{left} is more"}',
         "[1].finding.vi: a brace is opened or closed alone; only words to fill in stand in braces"),
        ("answered: met", "answered: yes", "[2].contradiction.yet[2].answered: “yes” is not an answer of safe: met, not_met"),
        ("answered: kha", "answered: kem",
         "[2].contradiction.yet[3].answered: “kem” is not an answer of party_grade: trung-binh, kha, tot"),
        ("figure: landfill_exists, answered: no", "figure: landfill_share, answered: no",
         "[2].contradiction.when[1].figure: measure landfill_share is a share; "
         "a attestation / grade / ruling is needed here"),
        ("figure: landfill_exists, answered: no", "figure: landfill_share.numerator, answered: no",
         "[2].contradiction.when[1].answered: landfill_share.numerator is a quantity, and answers nothing"),
        ("figure: landfill_share, above: 0", "figure: safe, above: 0",
         "[2].contradiction.yet[1].figure: measure safe is a ruling; a amount / count / growth / share is needed here"),
        ("figure: landfill_share, above: 0", "figure: landfill_share, above: 0, below: 9",
         "[2].contradiction.yet[1]: state exactly one of answered, above, below, equals"),
        (CHANGED, "changed: {of: {kinds: [share, growth]}, points: 20}",
         "[3].changed.of.kinds[2]: this condition does not look at a growth; it looks at: share"),
        (CHANGED, "changed: {of: {measures: [income]}, part: denominator, percent: 20}",
         "[3].changed.of.measures[1]: measure income is a growth; a share is needed here"),
        (CHANGED, "changed: {points: 20, percent: 5}", "[3].changed: state points or percent, not both"),
        (CHANGED, "changed: {part: denominator, direction: worse, percent: 5}",
         "[3].changed: a `part` goes with percent, and has no better or worse"),
        (CHANGED, CHANGED.replace("landfill_share", "land"), "[3].changed.of.except[1]: “land” is not defined"),
        (EVIDENCE, "without_evidence: {of: {measures: [safe], kinds: [ruling]}}",
         "[4].without_evidence.of: name either measures or kinds"),
        (EVIDENCE, "without_evidence: {of: {measures: [saef]}}",
         "[4].without_evidence.of.measures[1]: “saef” is not defined; did you mean “safe”?"),
        ("unless: [K1, K3]", "unless: [K1, K4]", "[4].unless[2]: “K4” is no check above this one"),
        ("severity: warning", "severity: note", "[2].severity: choose one of: error, warning, info"),
    ],
)  # fmt: skip
def test_a_check_that_cannot_be_carried_out_is_told_where_it_stands(
    tiny: Tiny, old: str, new: str, expected: str | list[str]
) -> None:
    tiny.change(CROSS_CHECKS, old, new)
    if old == RELATION and not new.startswith("relation"):
        tiny.change(CROSS_CHECKS, FINDING, "{vi: Lạ, en: Strange}")
    said = [line.split(", ", 2)[2] for line in tiny.problems()]
    assert said == ([expected] if isinstance(expected, str) else expected)


def test_a_code_given_twice_is_told_with_its_first_line(tiny: Tiny) -> None:
    line = tiny.change(CROSS_CHECKS, "id: K2", "id: K1")
    assert tiny.problems() == [f"{CROSS_CHECKS}, line {line}, [2]: id K1 stands here twice (first on line 1)"]


@pytest.mark.parametrize(
    ("to", "fits", "does_not"),
    [("each_other", "value", "other"), ("another_commune", "other", "value"), ("year_before", "n", "value")],
)
def test_identical_figures_fill_in_what_they_are_identical_to_and_nothing_else(
    to: str, fits: str, does_not: str
) -> None:
    said = {"vi": "x", "en": "x"}
    words = {"title": said, "why": said, "finding": said, "mend": said}
    check = CrossCheck.model_validate(
        {"id": "A1", "severity": "warning", **words, "all_identical": {"to": to, "at_least": 3}}
    )
    assert fits in check.filled_in
    assert does_not not in check.filled_in
