"""By what a set can tell communes apart: their group, their type, their province, its classifications, and what they answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from ntm_rules.rulebook.criteria_set import Classing
from ntm_rules.rulebook.models import (
    BY_GROUP,
    BY_PROVINCE,
    BY_TYPE,
    COMMUNE_TYPES,
    Classification,
    CommuneType,
    Group,
    Measure,
    Province,
    Scale,
    Text,
)


def classings(
    groups: Iterable[Group],
    types: Collection[CommuneType],
    classifications: Iterable[Classification],
    measures: Iterable[Measure],
    scales: Mapping[str, Scale],
    provinces: Collection[Province] = (),
) -> dict[str, Classing]:
    """Return everything that a target may differ by, under its id."""
    registered: dict[str, Mapping[str, Text]] = {
        BY_GROUP: {group.id: group.title for group in groups},
        BY_TYPE: {one.id: one.title for one in types or COMMUNE_TYPES},
        **({BY_PROVINCE: {one.id: one.name for one in provinces}} if provinces else {}),
        **{one.id: {each.id: each.title for each in one.classes} for one in classifications},
    }
    answered = {one.id: answers for one in measures if (answers := _answers(one, scales))}
    return {
        **{by: Classing(by, (*titles,), (*titles.values(),), is_answer=True) for by, titles in answered.items()},
        **{by: Classing(by, (*titles,), (*titles.values(),)) for by, titles in registered.items()},
    }


def _answers(measure: Measure, scales: Mapping[str, Scale]) -> dict[str, Text]:
    """Return what a measure is answered with, by rank from 0; nothing where it is a number."""
    if measure.traits.graded:
        scale = scales.get(measure.scale or "")
        answers = {grade.id: grade.label for grade in scale.grades} if scale else {}
    else:
        ranked = sorted((one.rank, one) for one in measure.traits.choices if one.rank is not None)
        answers = {one.code: Text(vi=one.vi, en=one.en) for _rank, one in ranked}
    return {code: _of(measure.label, words) for code, words in answers.items()}


def _of(question: Text, answer: Text) -> Text:
    return Text(vi=f"{question.vi}: {answer.vi}", en=f"{question.en}: {answer.en}")
