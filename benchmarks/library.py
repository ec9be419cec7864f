"""The library: a pandas frame in memory to the verdicts of every commune and year, beside a peer that has its figures laid out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from benchmarks.inputs import FIRST_YEAR, OVERLAY, YEARS, Inputs, draw, rule_set
from benchmarks.options import Options
from benchmarks.peers.openfisca import OpenFisca
from benchmarks.tables import Aim, Section, Table, duration, figure
from benchmarks.timing import Contender, side_by_side
from benchmarks.workbooks import FIRST_CODE, write_criteria
from ntm_rules import evaluate, load_set
from ntm_rules.dataset.records import State
from ntm_rules.exact import PERCENT, VALUE_SCALE
from ntm_rules.rulebook.models import Measure

FRAME = "ours: `evaluate(rules, frame)`, read, checked, judged with reasons"
ARROWS = "ours, the same as a pyarrow table"
FISCA = "openfisca-core, its figures set beforehand; true or false of the indicators"
MOST = 0.06
"""Seconds that the frame of 16,605 commune-years may take."""


def run(options: Options) -> Section:
    """Measure, having checked that nothing in the frame is doubtful."""
    import pyarrow as pa

    folder = options.cache / "library" / "criteria"
    write_criteria(folder, options.communes)
    rules = load_set(folder, overlays=OVERLAY)
    inputs = draw(rule_set(filled=True), options.communes)
    frame = clean_frame(inputs)
    result = evaluate(rules, frame)
    if len(result.dataset.problems) or len(result) != len(inputs):
        raise AssertionError("the frame is not clean")
    table, fisca = pa.Table.from_pandas(frame, preserve_index=False), OpenFisca(inputs)
    times = side_by_side(
        {
            FRAME: Contender(lambda: evaluate(rules, frame)),
            ARROWS: Contender(lambda: evaluate(rules, table)),
            FISCA: Contender(fisca.run, prepare=fisca.forget),
        },
        budget=options.budget,
    )
    rows = [
        [name, duration(one.seconds), f"{figure(one.seconds / len(inputs) * 1e6)} µs", str(one.runs)]
        for name, one in times.items()
    ]
    size = f"{len(inputs):,} commune-years x {frame.shape[1]} columns"
    return Section(
        title=f"The library: {size}",
        tables=[Table(["frame to verdicts", "median", "per commune-year", "runs"], rows)],
        remarks=["Each year by its own law; the rules are loaded and have been used once. No cell is doubtful."],
        aims=[Aim("`evaluate(frame)` of clean figures, seconds", MOST, times[FRAME].seconds, "s")],
    )


def clean_frame(inputs: Inputs) -> pd.DataFrame:
    """Return figures as a wide frame: shares counted and typed by turns, nothing in it that could be read in two ways."""
    at = np.arange(len(inputs))
    columns: dict[str, Any] = {
        "commune_code": (FIRST_CODE + at // YEARS).astype(str),
        "commune": [f"Minh Họa {number + 1}" for number in (at // YEARS).tolist()],
        "year": (at % YEARS + FIRST_YEAR).astype(np.int16),
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
