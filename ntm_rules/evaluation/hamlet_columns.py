"""Tallies of hamlets as columns: all hamlets of all communes judged at once, then counted by commune."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.cells.written_figures import AS_READ
from ntm_rules.dataset.figure_columns import FigureColumns
from ntm_rules.dataset.record_views import Earlier, Records
from ntm_rules.dataset.records import NOT_REPORTED, CommuneYear, Reported, State
from ntm_rules.evaluation.columnar import Compiled
from ntm_rules.evaluation.columns import Columns, columns_of
from ntm_rules.evaluation.hamlets import HamletTally, tallied
from ntm_rules.evaluation.nodes import NodeRow
from ntm_rules.evaluation.reference import Facts, own_target
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import Cell, ClassedTarget, CriteriaSet, Requirement

_FIGURE = ("state", "value", "base", "counted", "document", "note")


def with_tallies(rules: CriteriaSet, records: Records) -> Records:
    """Return records with every tally of hamlets that the rules ask for, as `reference.with_tallies` has them."""
    if not records.columns.hamlets or not rules.counting_hamlets:
        return records
    figures_of, of = records.columns.listed
    asked = np.flatnonzero(np.isin(of, records.owners))
    owners, place = np.unique(of[asked], return_inverse=True)
    hamlets = Records(figures_of, asked)
    figures: dict[str, list[Reported]] = {}
    for requirement in rules.counting_hamlets:
        counts = _counts(rules, requirement, hamlets, place, len(owners))
        reckoned: dict[object, Reported] = {}
        figures[requirement.measure] = [
            _figure(rules, requirement, records.columns, owner, count, reckoned)
            for owner, count in zip(owners.tolist(), counts.tolist(), strict=True)
        ]
    columns = _filled(records.columns, owners.tolist(), figures)
    if not records.made_of_objects:
        return Records(columns, records.owners)
    whole = records.some(np.arange(len(columns)))
    own = {owner: {measure: said[at] for measure, said in figures.items()} for at, owner in enumerate(owners.tolist())}
    made_of = [
        replace(record, values={**record.values, **own[at]}) if at in own else record for at, record in enumerate(whole)
    ]
    return Records(columns, records.owners, made_of)


def _counts(
    rules: CriteriaSet, requirement: Requirement, hamlets: Records, of: NDArray[np.intp], size: int
) -> NDArray[np.intp]:
    """Return how many hamlets of each commune have which verdict: (communes, verdicts)."""
    compiled = Compiled(rules.of_each_hamlet[requirement.id])
    verdicts = compiled.verdicts(own_columns(compiled, hamlets))[row_of_each(compiled.table)]
    kinds = len(Verdict)
    counted = np.bincount(of * kinds + verdicts, minlength=size * kinds)
    return counted.reshape(size, kinds)


def own_columns(compiled: Compiled, hamlets: Records) -> Columns:
    """Return the columns of hamlets that what each must meet reads."""
    groups = [*map(compiled.rules.communes.groups.get, hamlets.codes)]
    return columns_of(hamlets, compiled.rules, compiled.table, groups, alone(hamlets))


def alone(hamlets: Records) -> Earlier:
    """Return that nothing is known of other years of hamlets."""
    return Earlier(hamlets, np.full(len(hamlets), -1, np.intp))


def row_of_each(table: Sequence[NodeRow]) -> int:
    """Return the row of what each hamlet must meet."""
    return next(at for at, one in enumerate(table) if one.level == "indicator")


def _figure(
    rules: CriteriaSet,
    requirement: Requirement,
    columns: FigureColumns,
    owner: int,
    counts: Sequence[int],
    reckoned: dict[object, Reported],
) -> Reported:
    """Return what a commune's tally comes to; `reckoned`: what those of others came to, as most are alike."""
    assert requirement.hamlets is not None
    name = requirement.hamlets.number
    number = (columns.reported(name, owner) or NOT_REPORTED) if name else None
    typed = columns.reported(requirement.measure, owner) or NOT_REPORTED
    cell = _target(rules, requirement, columns, owner)
    same = tuple(counts), number and number[:2], typed, id(cell)
    if same not in reckoned:
        tally = HamletTally.of(counts, number)
        reckoned[same] = tallied(rules.measures[requirement.measure], requirement.comparator, cell, tally, typed)
    return reckoned[same]


def _target(rules: CriteriaSet, requirement: Requirement, columns: FigureColumns, owner: int) -> Cell | None:
    if not isinstance(requirement.target, ClassedTarget):
        return requirement.target
    code, by = columns.codes[owner], requirement.told_apart_by
    answers = {by: columns.reported(by, owner) or NOT_REPORTED} if by else {}
    facts = Facts(CommuneYear(code, code, int(columns.years[owner]), answers), group=rules.communes.groups.get(code))
    return own_target(rules, requirement, facts)


def _filled(columns: FigureColumns, owners: Sequence[int], figures: Mapping[str, Sequence[Reported]]) -> FigureColumns:
    """Return columns with the figures of some owners put in; measures that have no row yet get one."""
    new = [name for name in figures if name not in columns.measures]
    measures = (*columns.measures, *new)
    blank = len(new), len(columns)
    parts: dict[str, Any] = {
        name: np.vstack(
            [getattr(columns, name)[:, :], np.full(blank, State.MISSING if name == "state" else 0, np.int64)]
        ).astype(getattr(columns, name)[:0, :0].dtype)
        for name in (*_FIGURE, "written", "place")
    }
    texts = [*columns.texts]
    number_of = {text: at for at, text in reversed([*enumerate(texts)])}
    for name, said in figures.items():
        row = measures.index(name)
        for owner, figure in zip(owners, said, strict=True):
            parts["state"][row, owner] = figure.state
            parts["value"][row, owner], parts["base"][row, owner] = figure.value, figure.base
            parts["counted"][row, owner] = figure.counted
            for part in ("written", "document", "note"):
                text = getattr(figure, part)
                if text not in number_of:
                    number_of[text] = len(texts)
                    texts.append(text)
                parts[part][row, owner] = number_of[text]
    spellings = (*columns.spellings, *(AS_READ for _name in new))
    return replace(columns, measures=measures, texts=texts, spellings=spellings, **parts)
