"""The sample judged once, under the law alone and with the invented targets."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import CommuneYear, Dataset
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import open_rulebook
from tests.conftest import ILLUSTRATIVE, SAMPLES

YEAR = 2026


@pytest.fixture(scope="session")
def sample() -> Dataset:
    """The sample's figures, without the planted mistakes."""
    return read_dataset([SAMPLES / "lai-chau-2026.csv"], open_rulebook(LawAsked()).questionnaire())


@pytest.fixture(scope="session")
def bare(sample: Dataset) -> Evaluation:
    """The sample under the law alone."""
    return evaluate(open_rulebook(LawAsked()).for_year(YEAR), sample.records, years=[YEAR])


@pytest.fixture(scope="session")
def judged(sample: Dataset) -> Evaluation:
    """The sample under the law with every target filled in."""
    return evaluate(open_rulebook(LawAsked(overlays=[ILLUSTRATIVE])).for_year(YEAR), sample.records, years=[YEAR])


@pytest.fixture(scope="session")
def histories(sample: Dataset) -> Mapping[str, Mapping[int, CommuneYear]]:
    """Commune -> year -> its record."""
    found: dict[str, dict[int, CommuneYear]] = {}
    for record in sample.records:
        found.setdefault(record.code, {})[record.year] = record
    return found
