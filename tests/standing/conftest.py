"""Reports made of a few figures, judged by the real set, and the sample judged with and without the overlay."""

from __future__ import annotations

import pytest

from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import CommuneYear, Dataset, Reported, State
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import open_rulebook
from tests.conftest import ILLUSTRATIVE, SAMPLES

YES, NO, AWAITED = Reported(State.PRESENT, 1), Reported(State.PRESENT, 0), Reported(State.AWAITED)
PERCENT = 10**7


def share(percent: int) -> Reported:
    """Return a share typed as a percentage."""
    return Reported(State.PRESENT, percent * PERCENT, 100 * PERCENT)


def amount(value: int) -> Reported:
    """Return a quantity."""
    return Reported(State.PRESENT, value * PERCENT)


def judged(rules: CriteriaSet, *reports: dict[str, Reported], year: int = 2026) -> Evaluation:
    """Judge reports of as many communes, in the order of the register."""
    communes = rules.communes.within()[: len(reports)]
    records = [CommuneYear(c.code, c.name, year, values) for c, values in zip(communes, reports, strict=True)]
    return evaluate(rules, records, years=[year])


@pytest.fixture(scope="package")
def dataset() -> Dataset:
    """The sample's table: all communes, one year."""
    questionnaire = open_rulebook(LawAsked("lai-chau-2026-2030")).questionnaire()
    return read_dataset([SAMPLES / "lai-chau-2026.csv"], questionnaire)


@pytest.fixture(scope="package")
def sample(dataset: Dataset) -> Evaluation:
    """The sample under the law as it stands."""
    return evaluate(open_rulebook(LawAsked("lai-chau-2026-2030")).for_year(2026), dataset.records, years=[2026])


@pytest.fixture(scope="package")
def illustrated(dataset: Dataset) -> Evaluation:
    """The sample under the illustrative overlay: nothing waits."""
    rulebook = open_rulebook(LawAsked("lai-chau-2026-2030", [ILLUSTRATIVE]))
    return evaluate(rulebook.for_year(2026), dataset.records, years=[2026])
