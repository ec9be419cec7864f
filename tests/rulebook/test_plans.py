"""The files of a plan: what they say of a set, and what is refused of them, each by file, line and key."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ntm_rules.rulebook.loader import LoadedSet, load_set
from ntm_rules.rulebook.yaml_reader import RulebookError
from tests.conftest import ROOT
from tests.rulebook.test_documents import named
from tests.rulebook.test_schema import written_models
from tests.rulebook.tiny import FILES

GOALS, OWED, FIGURES = "plan/goals.yaml", "plan/deliverables.yaml", "plan/figures.yaml"


def made(folder: Path, **changed: str) -> Path:
    for name, text in (FILES | changed).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def refused(folder: Path, file: str, old: str, new: str) -> list[str]:
    assert old in FILES[file]
    with pytest.raises(RulebookError) as error:
        load_set(made(folder, **{file: FILES[file].replace(old, new, 1)}))
    return [f"{p.file} {p.key}: {p.message.render('en')}" for p in error.value.problems]


@pytest.fixture
def tiny_set(tmp_path: Path) -> LoadedSet:
    return load_set(made(tmp_path))


def test_a_plan_is_read_with_its_set(tiny_set: LoadedSet) -> None:
    assert [goal.id for goal in tiny_set.goals][:3] == ["tourism", "communes", "landfill"]
    assert list(tiny_set.figures) == ["sites", "products", "settled"]
    assert [one.id for one in tiny_set.deliverables] == ["criteria", "yearly", "reports", "review", "board"]
    assert {GOALS, OWED, FIGURES} <= set(tiny_set.files)


def test_a_set_may_have_no_plan(tmp_path: Path) -> None:
    header = FILES["criteria-set.yaml"]
    loaded = load_set(made(tmp_path, **{"criteria-set.yaml": header[: header.index("plan:\n  code")]}))
    assert (loaded.goals, loaded.deliverables, loaded.figures) == ((), (), {})


def test_a_decision_says_of_its_deliverable_who_owes_it_and_by_when(tmp_path: Path) -> None:
    header = FILES["criteria-set.yaml"].replace("owed_by: so-a, due: 2026-07-31", "deliverable: criteria")
    [decision] = load_set(made(tmp_path, **{"criteria-set.yaml": header})).header.decisions
    assert (decision.owed_by, decision.owed_by_text, decision.due) == ("so-a", None, dt.date(2026, 7, 31))
    assert decision.source is not None
    assert (decision.source.annex, decision.source.row) == ("I", "1")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (GOALS, "figure: products\n  base", "figure: produkts\n  base",
         "plan/goals.yaml [1].figure: “produkts” is not defined; did you mean “products”?"),
        (GOALS, "figure: sites\n      target", "figure: sitez\n      target",
         "plan/goals.yaml [1].readings[1].figure: “sitez” is not defined; did you mean “sites”?"),
        (GOALS, "lead: [so-a]", "lead: [so-c]",
         "plan/goals.yaml [1].assigned.lead[1]: “so-c” is not defined; did you mean “so-b”?"),
        (GOALS, "source: {document: plan, article: Điều 1}", "source: {document: plann, article: Điều 1}",
         "plan/goals.yaml [1].source.document: “plann” is not defined; did you mean “plan”?"),
        (GOALS, "number_meeting: standard", "number_meeting: standart",
         "plan/goals.yaml [2].communes.number_meeting: “standart” is not defined; did you mean “standard”?"),
        (GOALS, "average_of: landfill_share", "average_of: income",
         "plan/goals.yaml [3].communes.average_of: measure income is a growth; a share is needed here"),
        (GOALS, "target: {more_than: 20, year: 2030}", "target: {more_than: 20, year: 2025}",
         "plan/goals.yaml [1].target.year: the year of the target, 2025, does not lie after that of the base"),
        (GOALS, "times_value_of: 2030, year: 2035", "times_value_of: 2035, year: 2035",
         "plan/goals.yaml [5].target.times_value_of: the value of 2035 is not known before the target's year"),
        (GOALS, "figure: settled\n  target: {at_least: 1,", "figure: settled\n  target: {at_least: 2,",
         "plan/goals.yaml [4].target: a goal answered yes or no has the target 1"),
        (GOALS, "- id: communes", "- id: tourism", "plan/goals.yaml [2]: id tourism stands here twice (first on line 1)"),
        (GOALS, "kind: reach", "kind: reech", "plan/goals.yaml [1].kind: choose one of: reach, yearly_amount, maintain, yes_no"),
        (GOALS, "  kind: reach", "  kynd: reach", "plan/goals.yaml [1]: “kind” is missing"),
        (OWED, "lead: [so-b]", "lead: [so-c]",
         "plan/deliverables.yaml [2].lead[1]: “so-c” is not defined; did you mean “so-b”?"),
        (OWED, "due: 2026-07-31", "in_year: 2026\n  due: 2026-07-31",
         "plan/deliverables.yaml [1]: state exactly one of due, in_year, every_year, done"),
        ("criteria-set.yaml", "owed_by: so-a, due: 2026-07-31", "deliverable: criterai",
         "criteria-set.yaml decisions[1].deliverable: “criterai” is not defined; did you mean “criteria”?"),
        ("criteria-set.yaml", "plan/goals.yaml", "plan/goal.yaml",
         "criteria-set.yaml plan.goals: there is no file plan/goal.yaml; did you mean “plan/goals.yaml”?"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_by_its_place_with_the_nearest(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    assert said in refused(tmp_path, file, old, new)


def test_the_page_names_every_keyword_of_a_plan() -> None:
    page = (ROOT / "docs" / "plan.md").read_text(encoding="utf-8")
    models = [model for model in written_models() if model.__module__ == "ntm_rules.rulebook.plans"]
    keys = {info.alias or name for model in models for name, info in model.model_fields.items()}
    assert keys - named(page) == set()
