"""A form asks every figure the law needs, once, where the law first needs it."""

from __future__ import annotations

import datetime as dt

import pytest

from ntm_rules.forms.commune.questions import FormSection, Heading, Question, sections
from ntm_rules.rulebook.criteria_set import Combination, CriteriaSet, Indicator
from ntm_rules.rulebook.loader import LoadedSet, load_set
from ntm_rules.rulebook.resolve import resolve
from tests.other_set.conftest import SET


def asked(found: tuple[FormSection, ...]) -> list[Question]:
    return [question for section in found for question in section.questions()]


@pytest.fixture(scope="module")
def other() -> LoadedSet:
    return load_set(SET)


def test_every_figure_that_a_requirement_reads_is_asked_once(loaded: LoadedSet, lai_chau: CriteriaSet) -> None:
    found = [question.measure.id for question in asked(sections(lai_chau, loaded.conditional))]
    assert found == list(lai_chau.reported_measures)


def test_what_no_requirement_reads_is_asked_at_the_end(loaded: LoadedSet, lai_chau: CriteriaSet) -> None:
    assert loaded.beside_the_rules == ("recognition_decision",)
    last = sections(lai_chau, loaded.conditional, loaded.beside_the_rules)[-1]
    assert last.kind == "others"
    assert [question.measure.id for question in last.questions()] == ["recognition_decision"]


def test_whether_there_is_any_is_asked_before_what_depends_on_it(loaded: LoadedSet, lai_chau: CriteriaSet) -> None:
    questions = {q.measure.id: (at, q) for at, q in enumerate(asked(sections(lai_chau, loaded.conditional)))}
    for measure, condition in loaded.conditional.items():
        at, question = questions[measure]
        before, there_is = questions[condition]
        assert before < at
        assert there_is.is_gate
        assert question.only_if == condition
    assert sum(question.is_gate for _at, question in questions.values()) == 3


def test_indicators_head_their_questions_in_the_order_of_the_law(loaded: LoadedSet, lai_chau: CriteriaSet) -> None:
    found = sections(lai_chau, loaded.conditional)
    heads = [
        line.node.id
        for section in found
        for line in section.lines
        if isinstance(line, Heading) and isinstance(line.node, Indicator)
    ]
    assert heads == [i.id for i in (*lai_chau.indicators(), *lai_chau.conditions)]


def test_alternatives_are_headed_as_such(loaded: LoadedSet, lai_chau: CriteriaSet) -> None:
    found = sections(lai_chau, loaded.conditional)
    heads = [
        line.node.id
        for section in found
        for line in section.lines
        if isinstance(line, Heading) and isinstance(line.node, Combination)
    ]
    assert heads == ["3.3", "3.10"]


def test_a_year_in_which_an_indicator_is_not_in_force_does_not_ask_for_it(other: LoadedSet) -> None:
    first, second = (
        {q.measure.id for q in asked(sections(resolve(other, as_of=dt.date(year, 12, 31)), other.conditional))}
        for year in (2031, 2032)
    )
    assert second - first == {"catch_tonnes"}
