"""What tests reach: what they assert and holds, at the place where it lies; nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ntm_rules.cli.rule_coverage import point_to_reach_words
from ntm_rules.rulebook.rule_tests import find_files
from ntm_rules.workbench.testing.cases import Case, read_cases
from ntm_rules.workbench.testing.coverage import cover, laws, reached_by
from ntm_rules.workbench.testing.points import EXISTENCE, EXISTENCE_REASONS, PointToReach
from ntm_rules.workbench.testing.runner import run
from tests.rulebook.tiny import Tiny
from tests.workbench.testing.conftest import Read


def reached(case: Case) -> set[str]:
    """A test's points in short, those of supposed targets left out."""
    said = set()
    for point in reached_by(case):
        if point.kind != "boundary" or point.target is not None:
            target = f" {point.target}" if point.target is not None else ""
            said.add(f"{point.node} {point.kind} {point.which}{target}{f' {point.group}' if point.group else ''}")
    return said


def one(read: Read, test: str) -> set[str]:
    (case,) = read(f"- {{name: a, {test}}}")
    return reached(case)


def test_a_test_reaches_what_it_asserts_and_not_what_merely_occurs_below(read: Read) -> None:
    given = "of: '1.1', given: {plan_approved: Không, roads_share: 80}"
    assert one(read, f"{given}, expect: {{verdict: NOT_MET}}") == {"1.1 verdict a_part_not_met", "1.1 part 1.1.a"}
    named = one(read, f"{given}, expect: {{verdict: NOT_MET, parts: {{1.1.b: MET, 1.1.c: NO_DATA}}}}")
    assert named == {
        *("1.1 verdict a_part_not_met", "1.1 part 1.1.a", "1.1.b verdict reached", "1.1.b boundary at 80"),
        "1.1.c verdict a_part_without_data",
    }


def test_a_part_alone_is_the_only_one_that_decides(read: Read) -> None:
    two = one(read, "of: '1.1', given: {plan_approved: Không, roads_share: 0}, expect: {verdict: NOT_MET}")
    assert two == {"1.1 verdict a_part_not_met"}
    both = "of: 1.1.c, given: {landfill_exists: Có, landfill_share: 0, safe: Đạt}, suppose: {1.1.c.ii: {standard: in-force}}"
    assert one(read, f"{both}, expect: {{verdict: MET}}") == {"1.1.c verdict one_alternative_met"}
    single = one(read, f"{both.replace('safe: Đạt', 'safe: Không đạt')}, expect: {{verdict: MET}}")
    assert single == {"1.1.c verdict one_alternative_met", "1.1.c alternative 1.1.c.i"}
    none = one(
        read,
        f"{both.replace('landfill_share: 0, safe: Đạt', 'landfill_share: 51, safe: Không đạt')}, expect: {{verdict: NOT_MET}}",
    )
    assert none == {"1.1.c alternative none"}


@pytest.mark.parametrize(
    ("of", "given", "expected"),
    [
        ("1.1.b", "{roads_share: 79.9999}", "below 80"),
        ("1.1.b", "{roads_share: 79.9998}", None),
        ("1.1.b", "{roads_share: 79.99999}", "below 80"),
        ("1.1.b", "{roads_share: 80}", "at 80"),
        ("1.1.b", "{roads_share: 80.0001}", "above 80"),
        ("1.1.b", "{roads_share: 80.0002}", None),
        ("1.1.b", "{roads_share: {numerator: 7.999, denominator: 10}}", "below 80"),
        ("1.1.b", "{roads_share: {numerator: 7.998, denominator: 10}}", None),
        ("1.1.b", "{roads_share: {numerator: 8, denominator: 10}}", "at 80"),
        ("1.1.b", "{roads_share: {numerator: 0.002, denominator: 0.003}}", "below 80"),  # no third could be exactly 80%
        ("1.2", "{clinics: 2}", "below 3 nhom-1"),
        ("1.2", "{clinics: 3}", "at 3 nhom-1"),
        ("1.2", "{clinics: 4}", "above 3 nhom-1"),
        ("1.2", "{clinics: 5}", None),
        ("2.1", "{party_grade: trung-binh}", "below 1"),
        ("2.1", "{party_grade: tot}", "above 1"),
        ("2.2", "{income: 53.5}", "at 7"),
        ("2.2", "{income: 53.4999}", "below 7"),
        ("2.2", "{income: 53.5001}", "above 7"),
        ("2.2", "{income: 53.49}", None),
        ("2.2", "{income: {state: invalid}}", None),
    ],
)
def test_beside_a_target_means_within_its_finest_step_or_one_thing_counted(
    read: Read, of: str, given: str, expected: str | None
) -> None:
    before = ", before: {income: 50}" if of == "2.2" else ""
    text = f"- {{name: a, of: {of!r}, group: nhom-1, given: {given}{before}, expect: {{verdict: MET}}}}"
    (case,) = read(text)
    found = [point.removeprefix(f"{of} boundary ") for point in reached(case) if " boundary " in point]
    assert found == ([expected] if expected else [])


def test_each_answer_to_if_any_is_reached_by_itself(read: Read) -> None:
    of, expect = "of: 1.1.c.i", "expect: {verdict: MET}"
    assert one(read, f"{of}, {expect}") == {"1.1.c.i existence unanswered"}
    assert one(read, f"{of}, given: {{landfill_exists: Không}}, {expect}") == {"1.1.c.i existence no"}
    assert one(read, f"{of}, given: {{landfill_exists: Có}}, {expect}") == {
        *("1.1.c.i existence yes", "1.1.c.i verdict not_reported")
    }


def test_a_supposed_target_serves_one_that_is_awaited(read: Read) -> None:
    (case,) = read("- {name: a, of: DK.1, suppose: {DK.1: 5}, given: {debt: 5}, expect: {verdict: MET}}")
    assert PointToReach("DK.1", "boundary", "at") in set(reached_by(case))
    (case,) = read("- {name: a, of: 1.1.b, given: {roads_share: 80}, expect: {verdict: MET}}")
    assert PointToReach("1.1.b", "boundary", "at") not in set(reached_by(case))
    assert PointToReach("1.1.b", "boundary", "at", Decimal(80)) in set(reached_by(case))


def test_what_is_missing_and_the_counts_by_criterion_and_kind(tiny: Tiny, read: Read) -> None:
    cases = read("- {name: a, of: '1.1', given: {plan_approved: Không}, expect: {verdict: NOT_MET}}")
    found = cover(laws(tiny.load()), cases)
    reached_, of = found.of()
    assert (reached_, of - reached_) == (2, len(found.missing))
    assert found.of(criterion="1", kind="part") == (1, 3)
    assert found.of(criterion="2") == (0, sum(p.criterion == "2" for p in found.points))
    narrowed = cover(laws(tiny.load()), cases, ["1", ""])
    assert {p.criterion for p in narrowed.points} == {"1", ""}
    assert narrowed.of() == (2, sum(p.criterion in ("1", "") for p in found.points))


def test_laws_are_those_of_every_year_and_of_every_beginning(tiny: Tiny) -> None:
    tiny.change(
        "02/rules.yaml", "{from: 2026-01-01, to: 2026-12-31, value: 7", "{from: 2026-01-01, to: 2026-06-30, value: 7"
    )
    days = [rules.as_of.isoformat() for rules in laws(tiny.load())]
    assert days == ["2026-01-01", "2026-12-31", "2027-01-01", *(f"{year}-12-31" for year in range(2027, 2031))]
    assert PointToReach("2.2", "boundary", "at", Decimal(7)) in set(cover(laws(tiny.load()), []).points)


def test_without_any_one_of_its_tests_a_needed_point_is_missing(tiny: Tiny, read: Read) -> None:
    """A file made of one test for each point it reaches alone: every test is needed."""
    texts = [
        "{name: a, of: 1.1.a, given: {plan_approved: Có}, expect: {verdict: MET}}",
        "{name: b, of: 1.1.a, given: {plan_approved: Không}, expect: {verdict: NOT_MET}}",
        "{name: c, of: 1.1.a, expect: {verdict: NO_DATA}}",
        "{name: d, of: 1.1.a, given: {plan_approved: {state: invalid}}, expect: {verdict: NO_DATA}}",
        "{name: e, of: 1.1.a, given: {plan_approved: {state: conflicting}}, expect: {verdict: NO_DATA}}",
    ]
    cases = read("".join(f"- {text}\n" for text in texts))
    assert all(outcome.passed for outcome in run(cases, "reference"))
    in_force = tuple(laws(tiny.load()))

    def missing(some: list[Case]) -> int:
        return sum(point.node == "1.1.a" for point in cover(in_force, some).missing)

    assert missing(cases) == 0
    assert [missing([c for c in cases if c is not left_out]) for left_out in cases] == [1] * 5


def test_a_set_without_tests_has_none_to_read(tiny: Tiny) -> None:
    loaded = tiny.load()
    assert read_cases(loaded, find_files(loaded.folder, loaded.header)) == []


def test_a_commune_that_is_excepted_is_no_question_left_unanswered() -> None:
    points = [PointToReach("1.5.b", EXISTENCE, which) for which in EXISTENCE_REASONS.values()]
    words = [point_to_reach_words({}, point) for point in points]
    assert len(set(words)) == 3
