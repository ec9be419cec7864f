"""Judging: our five verdicts of every node beside the floor, three peers and the reference evaluator."""

from __future__ import annotations

from itertools import islice

import numpy as np
from numpy.typing import NDArray

from benchmarks.floor import Floor
from benchmarks.inputs import FIRST_YEAR, YEARS, Inputs, draw, rule_set
from benchmarks.options import Options
from benchmarks.peers.conditions import compare
from benchmarks.peers.openfisca import OpenFisca
from benchmarks.peers.plain_loop import PlainLoop
from benchmarks.peers.zen import Zen
from benchmarks.tables import Aim, Section, Table, duration, figure
from benchmarks.timing import Contender, Timed, side_by_side
from ntm_rules.evaluation import rete
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.evaluation.columnar import Compiled
from ntm_rules.evaluation.columns import columns_of
from ntm_rules.evaluation.durable_session import why_unusable
from ntm_rules.evaluation.reference import Facts, Result, evaluate_commune, evaluate_conditions

FLOOR = "floor: numpy `values >= bars`, {indicators} x {rows} int64"
OURS = "ours, every target filled: {nodes} verdicts each"
BARE = "ours, the bare set (targets awaited)"
FISCA = "openfisca-core, {indicators} boolean variables"
BATCH = "zen-engine, `evaluate_batch`, dicts (its threads)"
EACH = "zen-engine, `evaluate` in a loop, JSON bytes"
LOOP = "plain Python loop, {nodes} verdicts each"
PEERS = (FISCA, BATCH, EACH, LOOP)
REFERENCE = "reference evaluator, commune by commune"
DURABLE = "durable engine (forward chaining), commune by commune"
SCALED = (REFERENCE, DURABLE)
"""Measured on `FEW_COMMUNES` and scaled to all."""
FEW_COMMUNES = 200


def run(options: Options) -> Section:
    """Measure, having checked that everyone computes the same."""
    filled, bare = Compiled(rule_set(filled=True)), Compiled(rule_set(filled=False))
    inputs = draw(filled.rules, options.communes)
    columns, bare_columns = inputs.columns(filled), inputs.columns(bare)
    floor, fisca, zen, loop = Floor(inputs, filled), OpenFisca(inputs), Zen(inputs), PlainLoop(inputs, filled)
    verdicts = filled.verdicts(columns)
    compared = compare(np.array(fisca.run()), verdicts, filled)
    compare(zen.answers(), verdicts, filled)
    if not np.array_equal(loop.verdicts(), verdicts):
        raise AssertionError("the plain loop's verdicts differ from ours")
    times = side_by_side(
        {
            FLOOR: Contender(floor.run),
            OURS: Contender(lambda: filled.verdicts(columns)),
            BARE: Contender(lambda: bare.verdicts(bare_columns)),
            FISCA: Contender(fisca.run, prepare=fisca.forget),
            BATCH: Contender(zen.run_batch),
            EACH: Contender(zen.run_each),
            LOOP: Contender(loop.run),
        },
        budget=options.budget,
    )
    ours, rows = times[OURS].seconds, len(inputs)
    sizes = {"indicators": len(floor.values), "rows": f"{rows:,}", "nodes": len(filled.table)}
    judged = Table(
        ["judging", "median", "per commune-year", "times the floor", "times ours", "runs"],
        [_judged(name.format(**sizes), times[name], times[FLOOR].seconds, ours, rows) for name in times],
    )
    around, checked = _around(filled, inputs, verdicts, options)
    absent = why_unusable()
    durable = " and the durable engine's are measured" if absent is None else " is measured"
    left_out = [] if absent is None else [f"The durable engine's row is left out: {absent.render('en')}"]
    fastest = min(times[peer].seconds for peer in PEERS)
    return Section(
        title=f"Evaluation: {rows:,} commune-years ({options.communes:,} communes, {YEARS} years)",
        tables=[judged, around],
        remarks=[
            f"Checked in this run: openfisca-core and zen-engine agree with ours on all {compared:,} indicators whose "
            f"figures are all present; the plain loop agrees on all {verdicts.size:,} verdicts; the reference "
            f"evaluator on all {checked:,} of its communes; `columns_of` lays out the same columns.",
            f"The reference evaluator's row{durable} on {checked:,} commune-years and scaled to all.",
            *left_out,
        ],
        aims=[Aim("judging: ours against the fastest peer", 1, ours / fastest, "x")],
    )


def _judged(name: str, timed: Timed, floor: float, ours: float, rows: int) -> list[str]:
    return [
        name,
        duration(timed.seconds),
        f"{figure(timed.seconds / rows * 1e9)} ns",
        figure(timed.seconds / floor),
        figure(timed.seconds / ours),
        str(timed.runs),
    ]


def _around(filled: Compiled, inputs: Inputs, verdicts: NDArray[np.uint8], options: Options) -> tuple[Table, int]:
    """Measure what stands before and after judging, and the reference evaluator."""
    rules, columns = filled.rules, inputs.columns(filled)
    records, earlier = inputs.records()
    groups = inputs.group_ids()
    laid_out = columns_of(records, rules, filled.table, groups, earlier)
    for part in ("value", "answer", "why", "present", "unjudged", "exists", "unanswered"):
        if not np.array_equal(getattr(laid_out, part), getattr(columns, part)):
            raise AssertionError(f"columns_of lays out {part} differently")
    everything = [*records, *(earlier[record.code, FIRST_YEAR] for record in records if record.year == FIRST_YEAR)]
    years = range(FIRST_YEAR, FIRST_YEAR + YEARS)
    few = [
        Facts(record, earlier[record.code, record.year], group)
        for record, group in islice(zip(records, groups, strict=True), FEW_COMMUNES)
    ]
    row_of = {(row.level, row.id): i for i, row in enumerate(filled.table)}
    for at, facts in enumerate(few):
        for result in (evaluate_commune(rules, facts), evaluate_conditions(rules, facts)):
            for level, id_, verdict in _all_of(result):
                if (level, id_) in row_of and verdicts[row_of[level, id_], at] != verdict:
                    raise AssertionError(f"the reference evaluator differs at {level} {id_}")
    layout, reasons = "laying out: `columns_of`", "reasons of every node: `Compiled.reasons`"
    whole = "all three and the groups: `evaluate`, records to verdicts and reasons"
    contenders = {
        layout: Contender(lambda: columns_of(records, rules, filled.table, groups, earlier)),
        reasons: Contender(lambda: filled.reasons(columns, verdicts)),
        whole: Contender(lambda: evaluate(rules, everything, years=years)),
        REFERENCE: Contender(lambda: [evaluate_commune(rules, facts) for facts in few]),
    }
    if why_unusable() is None:
        durable = rete.CompiledFacts(rules)
        for at, facts in enumerate(few):
            if not np.array_equal(durable.derive(facts).verdicts, verdicts[:, at]):
                raise AssertionError(f"the durable engine differs for {facts.report.code}")
        contenders[DURABLE] = Contender(lambda: [durable.derive(facts, traced=False) for facts in few])
    times = side_by_side(contenders, budget=options.budget)
    rows = []
    for name, timed in times.items():
        each = timed.seconds / (len(few) if name in SCALED else len(records))
        rows.append([name, duration(each * len(records)), f"{figure(each * 1e6)} µs", str(timed.runs)])
    return Table(["around it", "median", "per commune-year", "runs"], rows), len(few)


def _all_of(result: Result | None) -> list[tuple[str, str, int]]:
    if result is None:
        return []
    below = [found for child in result.children for found in _all_of(child)]
    return [(result.level, result.id, int(result.verdict)), *below]
