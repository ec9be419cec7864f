"""The plan as data holds to the plan's text: every number of it is encoded, or is no goal for a reason."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

import pytest

from ntm_rules.exact import vietnamese
from ntm_rules.rulebook.plans import Deliverable, Goal, GoalTarget
from tests.criteria.plan import ANNEX_I, PAGE_BREAK, PLAN, SET, Row, agency, table

ANNEX_II = table("Phụ lục II")
GOALS, DELIVERABLES = SET.goals, SET.deliverables
"""Annex III is held by the tests of the rules."""


def flat(text: str) -> str:
    return " ".join(text.replace(PAGE_BREAK, " ").split())


def between(start: str, end: str) -> str:
    return flat(PLAN[PLAN.index(f"\n{start}") : PLAN.index(f"\n{end}")])


PARTS = {
    "II": between("II. MỤC TIÊU", "III. NHIỆM VỤ VÀ GIẢI PHÁP"),
    "III": between("III. NHIỆM VỤ VÀ GIẢI PHÁP", "IV. TỔ CHỨC THỰC HIỆN"),
    "I": flat(" ".join(f"{row.text} {row.lead} {row.cooperating} {row.period}" for row in ANNEX_I)),
    "annex II": flat(" ".join(f"{row.text} {row.lead} {row.cooperating} {row.period}" for row in ANNEX_II)),
}
RESULTS = {row.number: row for row in ANNEX_II}
WHOLE = flat(PLAN)


def results() -> str:
    """Return the last column of Annex II, cells over two pages joined."""
    _, _, after = PLAN.partition("\nPhụ lục II")
    lines = after.partition("\nPhụ lục III")[0].splitlines()
    return flat(" ".join(line.split("\t")[5] for line in lines if line.count("\t") >= 5))


def said(goal: Goal) -> list[str]:
    return [goal.text, *(reading.text for reading in goal.readings if reading.text)]


@pytest.mark.parametrize("one", [*GOALS, *DELIVERABLES], ids=lambda one: one.id)
def test_the_words_are_those_that_are_printed(one: Goal | Deliverable) -> None:
    for text in said(one) if isinstance(one, Goal) else [one.text]:
        assert flat(text) in WHOLE


def targets(goal: Goal) -> list[tuple[str, GoalTarget]]:
    """Return each text of a goal with the target that stands in it."""
    own = [(goal.text, goal.target)]
    return own + [(r.text or goal.text, r.target or goal.target) for r in goal.readings]


HALF = {"ethnic-income-2030": "1/2", "ethnic-income-2035": "1/2"}
"""Said as a fraction, encoded in percent."""
NOTHING_PRINTED = {
    "special-difficulty-communes-2030",
    "special-difficulty-villages-2030",
    "resettlement",
    "science-digital",
}
"""Goals without a number in print: "no longer any", and what is answered yes or no."""


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.id)
def test_the_number_of_a_goal_stands_in_its_words(goal: Goal) -> None:
    if goal.id in NOTHING_PRINTED:
        return
    for text, target in targets(goal):
        if target.number is None:
            continue
        for number in filter(None, (target.number, target.up_to)):
            assert HALF.get(goal.id, vietnamese(number)) in text


COMPARED = {
    "at_least": r"ít nhất|đạt|100%|bằng|\d%|có \d|cá lồng|bình quân|^1\.400 lao động",
    "more_than": r"trên|Trên",
    "less_than": r"dưới",
    "at_most": r"không còn",
}


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.id)
def test_the_comparison_is_that_of_the_words(goal: Goal) -> None:
    for text, target in targets(goal):
        about = re.search("khoảng|Khoảng|cơ bản", text) is not None
        assert target.about == about
        if target.bound and not about and goal.kind != "yes_no":
            assert re.search(COMPARED[target.bound], text)
            assert bool(re.search(r"\b[Tt]rên \d", text)) == (target.bound == "more_than")


NUMBER = re.compile(r"\d+(?:[./,]\d+)*")
NO_GOALS = {
    "II": {
        "17": "number of the resolution", "1": "number of a heading", "2": "number of a heading",
        "2.1": "number of a heading", "2.2": "number of a heading", "3": "number in a list", "4": "number in a list",
        "2030": "the year to which the goals are", "2035": "the year to which the goals are",
    },
    "III": {
        "17": "number of the resolution", "2026": "the period of the programmes", "2030": "the year of the goals",
        **{str(n): "number of a heading" for n in range(1, 8)},
    },
    "annex II": {
        "2026": "the period of every row", "2030": "the period of every row",
    },
    "results": {
        "3": "the least stars of OCOP", "01": "what one training is: a topic",
    },
    "I": {
    },
}  # fmt: skip
"""Part -> number -> why it is no goal."""


def numbers_left(part: str, text: str) -> Counter[str]:
    """Return the numbers of a part of the plan that stand in no words that are encoded."""
    encoded = [text for goal in GOALS for text in said(goal)]
    encoded += [words for owed in DELIVERABLES for words in (owed.text, owed.due_printed) if words]
    for words in sorted(map(flat, encoded), key=len, reverse=True):
        text = text.replace(words, " ").replace(words[0].upper() + words[1:], " ")
        text = text.replace(words[0].lower() + words[1:], " ")
    return Counter(number for number in NUMBER.findall(text) if number not in NO_GOALS[part])


@pytest.mark.parametrize("part", PARTS)
def test_every_number_of_the_plan_is_encoded_or_no_goal(part: str) -> None:
    assert numbers_left(part, PARTS[part]) == Counter()


def test_every_result_of_annex_ii_is_a_number_of_some_goal() -> None:
    """Annex II prints the goals again in words of its own: its numbers are those of part III, or a reading's."""
    known = {vietnamese(n) for goal in GOALS for _, t in targets(goal) for n in (t.number, t.up_to) if n is not None}
    left = [n for n in NUMBER.findall(results()) if n not in known and n not in NO_GOALS["results"]]
    assert left == []


def test_a_number_that_nobody_encoded_would_be_seen() -> None:
    assert numbers_left("III", PARTS["III"] + " trên 5.000 ha cao su") == Counter({"5.000": 1})
    assert numbers_left("II", PARTS["II"].replace("47,5", "48,5")) == Counter({"48,5": 1})


# --- who leads ---------------------------------------------------------------------------------


@pytest.mark.parametrize("goal", [g for g in GOALS if g.assigned], ids=lambda goal: goal.id)
def test_a_goal_is_led_by_whom_its_row_names(goal: Goal) -> None:
    assert goal.assigned is not None
    source = goal.assigned.source
    if source.annex != "II":
        assert (goal.id, source.annex, source.row) == ("planning", "III", "1")
        return
    row = RESULTS[source.row or ""]
    for lead in goal.leads:
        names = SET.agencies[lead].printed or (SET.agencies[lead].name.vi,)
        assert any(name in row.lead for name in names)
    if goal.assigned.cooperating:
        assert goal.assigned.cooperating.vi == flat(row.cooperating)


def test_the_leads_of_infrastructure_are_those_of_each_content() -> None:
    leads = {goal.id: goal.leads for goal in GOALS if goal.assigned and goal.assigned.source.row == "2"}
    assert leads == {
        "roads-2030": (agency("Sở Xây dựng"),),
        "electricity-2030": (agency("Sở Công Thương"),),
        "clean-water-2030": (agency("Sở Nông nghiệp và Môi trường"),),
        "waste-2030": (agency("Sở Nông nghiệp và Môi trường"),),
    }


def test_every_row_of_annex_ii_has_a_goal_or_a_deliverable() -> None:
    rows = {goal.assigned.source.row for goal in GOALS if goal.assigned and goal.assigned.source.annex == "II"}
    rows |= {owed.source.row for owed in DELIVERABLES if owed.source.annex == "II"}
    assert rows == set(RESULTS)


# --- deliverables ------------------------------------------------------------------------------


def of_annex_i(row: Row) -> list[Deliverable]:
    return [owed for owed in DELIVERABLES if (owed.source.annex, owed.source.row) == ("I", row.number)]


@pytest.mark.parametrize("row", ANNEX_I, ids=lambda row: row.number)
def test_an_item_of_annex_i_is_owed_as_printed(row: Row) -> None:
    owed = of_annex_i(row)
    assert owed
    for one in owed:
        assert (one.text, one.lead) == (flat(row.text), (agency(row.lead),))
        assert one.cooperating is not None
        assert one.cooperating.vi == flat(row.cooperating)
        assert one.due_printed is not None
        assert one.due_printed in row.period
        if one.due is not None:
            assert f"{one.due.day}/{one.due.month}/{one.due.year}" in one.due_printed
        if one.every_year is not None:
            assert f"{one.every_year.day}/{one.every_year.month} hằng năm" in one.due_printed
        for done in one.done or ():
            assert done.number in WHOLE


def test_annex_i_has_twelve_items_of_which_three_are_done() -> None:
    assert [row.number for row in ANNEX_I] == [str(n) for n in range(1, 13)]
    assert {one.source.row for one in DELIVERABLES if one.done} == {"5", "6", "10"}


def test_a_decision_awaited_and_its_deliverable_are_one() -> None:
    [decision] = [d for d in SET.header.decisions if d.deliverable]
    [owed] = [d for d in DELIVERABLES if d.id == decision.deliverable]
    assert (decision.owed_by, decision.due, decision.source) == ((owed.lead or ())[0], owed.due, owed.source)


def test_the_goals_are_as_many_as_the_plan_has() -> None:
    assert Counter(goal.kind for goal in GOALS) == {"reach": 28, "yearly_amount": 3, "maintain": 4, "yes_no": 2}
    assert [g.target.number for g in GOALS if g.id in ("communes-2030", "communes-2035")] == [Decimal(10), Decimal(20)]
