"""The procedure as data: each number has a source or is pending, and mistakes are told by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_rules.rulebook.loader import find_set
from ntm_rules.rulebook.procedures import PARAMETERS, PROCEDURE, Procedure, read_procedure
from ntm_rules.rulebook.yaml_reader import RulebookError
from tests.rulebook.tiny import Tiny


def test_lai_chaus_procedure_has_every_number_and_each_waits_for_its_document() -> None:
    procedure = read_procedure(find_set("lai-chau-2026-2030"))
    assert {one.id for one in procedure.parameters} == set(PARAMETERS)
    assert [one.id for one in procedure.parameters if one.value is not None] == []
    assert len(procedure.return_reasons) == 5


def test_a_set_may_have_none(tmp_path: Path) -> None:
    assert read_procedure(tmp_path) == Procedure()


def test_mistakes_are_told_by_line_and_the_set_is_refused(tiny: Tiny) -> None:
    tiny.write(
        PROCEDURE,
        "parameters:\n"
        "  - {id: quorum, title: {vi: a, en: b}, unit: {vi: a, en: b}, value: 3, source: {document: x}}\n"
        "  - {id: comment_days, title: {vi: a, en: b}, unit: {vi: a, en: b}, pending: {vi: a, en: b}}\n"
        "  - {id: comment_days, title: {vi: a, en: b}, unit: {vi: a, en: b}, pending: {vi: a, en: b}}\n",
    )
    with pytest.raises(RulebookError) as refused:
        tiny.load()
    lines = sorted((problem.line, problem.key) for problem in refused.value.problems)
    assert lines == [(2, "parameters[1].id"), (2, "parameters[1].source.document"), (4, "parameters[3].id")]


@pytest.mark.parametrize("said", ["value: 3", "value: 3, pending: {vi: a, en: b}", ""])
def test_a_number_stands_with_its_source_or_is_pending(tmp_path: Path, said: str) -> None:
    head = "parameters:\n  - {id: comment_days, title: {vi: a, en: b}, unit: {vi: a, en: b}"
    (tmp_path / PROCEDURE).write_text(f"{head}, {said}}}\n", encoding="utf-8")
    with pytest.raises(RulebookError):
        read_procedure(tmp_path)


def test_residents_comments_are_shares_of_the_set_that_are_counted(tiny: Tiny) -> None:
    tiny.write(PROCEDURE, "comments:\n  surveyed: no_such_share\n  satisfied: no_such_share\n")
    with pytest.raises(RulebookError) as refused:
        tiny.load()
    assert [(one.line, one.key) for one in refused.value.problems] == [
        (2, "comments.surveyed"),
        (3, "comments.satisfied"),
    ]


def test_lai_chaus_comments_are_its_condition_on_satisfaction() -> None:
    comments = read_procedure(find_set("lai-chau-2026-2030")).comments
    assert comments is not None
    assert (comments.surveyed, comments.satisfied) == ("households_surveyed_share", "residents_satisfied_share")
