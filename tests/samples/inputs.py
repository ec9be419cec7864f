"""The sample inputs as read, and what the criteria set asks for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import CommuneYear, Dataset, Reported
from ntm_rules.rulebook.loader import find_set, load_set
from ntm_rules.rulebook.models import Years

SAMPLES = Path(__file__).parents[2] / "samples"
SET = load_set(find_set())
QUESTIONNAIRE = Questionnaire(
    measures=SET.measures,
    scales={scale.id: scale for scale in SET.header.scales},
    communes=SET.communes,
    years=Years.model_validate({"from": 2025, "to": 2030}),
)
FOLDER = "lai-chau-2026"
CLEAN = ("lai-chau-2026.csv", "lai-chau-2026-rong.csv", "lai-chau-2026.parquet", "lai-chau-2026-tinh.xlsx")
"""The same figures without the planted mistakes: long, wide, long, wide."""


@cache
def read(name: str) -> Dataset:
    """Return what one input reports."""
    return read_dataset([SAMPLES / name], QUESTIONNAIRE)


def figures(name: str) -> dict[tuple[str, int, str], Reported]:
    """Return every value by commune, year and measure, apart from how it was written and its note."""
    return {
        (record.code, record.year, measure): reported._replace(written="", note="")
        for record in read(name).records
        for measure, reported in record.values.items()
    }


def record(code: str, year: int = 2026) -> CommuneYear:
    """Return one commune's clean record."""
    found = read(CLEAN[0]).record(code, year)
    assert found is not None
    return found
