"""Invented figures as a wide frame, as a statistics office would hand them in: one row a commune and year."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from benchmarks.inputs import FIRST_YEAR, Inputs
from benchmarks.workbooks import FIRST_CODE
from ntm_rules.dataset.records import State
from ntm_rules.exact import PERCENT, VALUE_SCALE
from ntm_rules.rulebook.models import Measure


def clean_frame(inputs: Inputs, first: int = 0) -> pd.DataFrame:
    """Return figures as a wide frame: shares counted and typed by turns, nothing in it that could be read in two ways.

    `first`: how many invented communes stand before these.
    """
    at = np.arange(len(inputs)) + first * inputs.years
    columns: dict[str, Any] = {
        "commune_code": (FIRST_CODE + at // inputs.years).astype(str),
        "commune": [f"Minh Họa {number + 1}" for number in (at // inputs.years).tolist()],
        "year": (at % inputs.years + FIRST_YEAR).astype(np.int16),
    }
    draws = np.random.default_rng(len(inputs))
    for turn, (name, given) in enumerate(inputs.figures.items()):
        measure, there = inputs.rules.measures[name], given.state == State.PRESENT
        if measure.kind == "share":
            percent = np.clip(given.value / np.where(given.base, given.base, 1) * PERCENT, 1.01, 100)
            if turn % 2:
                columns[name] = np.where(there, np.round(percent, 2), np.nan)
            else:
                whole = draws.integers(500, 20_000, len(inputs)).astype(float)
                columns[f"{name}__numerator"] = np.where(there, np.ceil(percent / PERCENT * whole), np.nan)
                columns[f"{name}__denominator"] = np.where(there, whole, np.nan)
        elif measure.kind in ("growth", "amount", "count"):
            columns[name] = np.where(there, np.round(given.value / VALUE_SCALE, 2), np.nan)
        else:
            words = np.array(_words(inputs, measure), object)
            columns[name] = pd.Series(np.where(there, words[np.where(there, given.value, 0)], None), dtype="str")
    return pd.DataFrame(columns)


def _words(inputs: Inputs, measure: Measure) -> list[str]:
    if measure.kind == "grade":
        return [grade.label.vi for grade in inputs.rules.scales[measure.scale or ""].grades]
    return ["Không", "Có"] if measure.kind == "attestation" else ["Không đạt", "Đạt"]
