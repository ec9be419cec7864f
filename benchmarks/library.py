"""The library: a pandas frame in memory to the verdicts of every commune and year, beside a peer that has its figures laid out."""

from __future__ import annotations

from benchmarks.frames import clean_frame
from benchmarks.inputs import OVERLAY, draw, rule_set
from benchmarks.options import Options
from benchmarks.peers.openfisca import OpenFisca
from benchmarks.tables import Aim, Section, Table, duration, figure
from benchmarks.timing import Contender, side_by_side
from benchmarks.workbooks import write_criteria
from ntm_rules import evaluate, load_set

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
