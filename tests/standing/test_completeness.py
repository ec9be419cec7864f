"""What counts as asked for, as given and as unusable."""

from __future__ import annotations

from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.standing.completeness import Completeness, completeness, of_commune, over_all

QUESTION, ANSWER = "solid_waste_system_exists", "solid_waste_system_compliant"
YES, NO = Reported(State.PRESENT, 1), Reported(State.PRESENT, 0)


def counted(rules: CriteriaSet, **values: Reported) -> Completeness:
    return completeness([rules.requirement_by_id["8.1.a"]], CommuneYear("03390", "x", 2026, values))


def test_what_follows_a_no_is_not_asked(lai_chau: CriteriaSet) -> None:
    assert counted(lai_chau, **{QUESTION: NO}) == Completeness(asked=1, given=1, unusable=0)
    assert counted(lai_chau, **{QUESTION: YES}) == Completeness(asked=2, given=1, unusable=0)
    assert counted(lai_chau) == Completeness(asked=2, given=0, unusable=0)
    assert counted(lai_chau).missing == 2


def test_what_cannot_be_used_is_neither_given_nor_missing(lai_chau: CriteriaSet) -> None:
    for state in (State.INVALID, State.CONFLICTING):
        found = counted(lai_chau, **{QUESTION: YES, ANSWER: Reported(state)})
        assert (found.given, found.unusable, found.missing) == (1, 1, 0)


def test_a_conclusion_awaited_and_nothing_to_count_are_reports(lai_chau: CriteriaSet) -> None:
    for state in (State.AWAITED, State.NOTHING_TO_COUNT):
        assert counted(lai_chau, **{QUESTION: YES, ANSWER: Reported(state)}).missing == 0


def test_a_measure_that_several_requirements_read_counts_once(lai_chau: CriteriaSet) -> None:
    report = CommuneYear("03390", "x", 2026)
    assert of_commune(lai_chau, report).asked == len(lai_chau.reported_measures)
    assert over_all([lai_chau.requirement_by_id["8.1.b"]], [report] * 3) == Completeness(3, 0, 0)
