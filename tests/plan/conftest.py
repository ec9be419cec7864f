"""The sample judged under the illustrative overlay, and what closing its gaps is assumed to cost."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import Dataset
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.effort import EffortModel
from ntm_rules.rulebook.effort_file import read_effort
from ntm_rules.rulebook.plans import Goal
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import Rulebook, open_rulebook
from tests.conftest import ILLUSTRATIVE, SAMPLES

SET = "lai-chau-2026-2030"


@pytest.fixture(scope="package")
def rulebook() -> Rulebook:
    """The law with the illustrative overlay: nothing waits."""
    return open_rulebook(LawAsked(SET, [ILLUSTRATIVE]))


@pytest.fixture(scope="package")
def dataset(rulebook: Rulebook) -> Dataset:
    """The sample's table: all communes, one year."""
    return read_dataset([SAMPLES / "lai-chau-2026.csv"], rulebook.questionnaire())


@pytest.fixture(scope="package")
def illustrated(rulebook: Rulebook, dataset: Dataset) -> Evaluation:
    """The sample under the illustrative overlay."""
    return evaluate(rulebook.for_year(2026), dataset.records, years=[2026])


@pytest.fixture(scope="package")
def sample(dataset: Dataset) -> Evaluation:
    """The sample under the law as it stands, which leaves most targets open."""
    return evaluate(open_rulebook(LawAsked(SET)).for_year(2026), dataset.records, years=[2026])


@pytest.fixture(scope="package")
def model(rulebook: Rulebook) -> EffortModel:
    """The set's own efforts and capacities."""
    return read_effort(rulebook.loaded)


@pytest.fixture(scope="package")
def rulebook_as_it_stands() -> CriteriaSet:
    """The law of 2026, which leaves most targets open."""
    return open_rulebook(LawAsked(SET)).for_year(2026)


@pytest.fixture(scope="package")
def loaded_goals(rulebook: Rulebook) -> Sequence[Goal]:
    """The goals of the plan, with the breaks in their series."""
    return rulebook.loaded.goals
