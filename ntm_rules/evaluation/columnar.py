"""The same meaning for any number of communes: a set compiled once, then arrays in, arrays out.

Quantities of one direction are compared in one vector operation; verdicts are then set with bit
operations on bytes, and combinations are maxima of rows. Communes are taken in blocks that fit the
processor's cache, so memory beyond the result stays flat however many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from ntm_rules.evaluation.classes import cells
from ntm_rules.evaluation.columns import ALL_ONES, Bytes, Columns
from ntm_rules.evaluation.nodes import Form, NodeRow, flatten, forms
from ntm_rules.evaluation.reference import missed, without_class
from ntm_rules.evaluation.standards import standard_columns
from ntm_rules.evaluation.verdicts import CODE, COMBINED_REASON, PRECEDENCE, SOME, Reason, Verdict
from ntm_rules.exact import PERCENT, TARGET_SCALE, VALUE_SCALE, target_units
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Cell,
    ClassedTarget,
    CriteriaSet,
    Indicator,
    KnownTarget,
    NotAsked,
    Requirement,
)
from ntm_rules.rulebook.standards import Named
from ntm_rules.rulebook.taken import Quantity

BLOCK = 32768
"""Communes judged at a time."""

RANKS = {
    op: np.array([len(order) - 1 - order.index(verdict) for verdict in Verdict], np.uint8)
    for op, order in PRECEDENCE.items()
}
"""Per operator: verdict -> how strongly it decides; a combination has the strongest of its children."""
_COMBINED = {
    op: np.array([CODE[COMBINED_REASON[op][verdict]] for verdict in Verdict], np.uint8) for op in COMBINED_REASON
}
"""Per operator: verdict -> the code of its reason."""
_UNRANKED = {op: np.argsort(ranks).astype(np.uint8) for op, ranks in RANKS.items()}
_RANKED_BY_VALUE = {op for op, ranks in RANKS.items() if (ranks == np.arange(len(Verdict))).all()}
"""Operators whose ranks are the verdicts' own integers (`all`), so that a maximum needs no table."""

ANSWERS = (Form.ANSWER, Form.ANSWER_NO)
BY_CLASS = (Form.AT_LEAST_BY_CLASS, Form.AT_MOST_BY_CLASS, Form.ANSWER_BY_CLASS)
_NOT_APPLICABLE, _MET, _NO_TARGET, _NO_DATA, _NOT_MET = (np.uint8(verdict) for verdict in Verdict)
"""The verdicts as numpy has them: to compare with an enumeration takes ten times longer."""
_NARROW = 255
"""So many parts are counted in a byte."""
_MET_TO_NOT_MET = np.uint8(Verdict.MET ^ Verdict.NOT_MET)


class Compiled:
    """A criteria set ready to judge columns laid out for its `table`."""

    def __init__(self, rules: CriteriaSet) -> None:
        self.rules = rules
        self.table: tuple[NodeRow, ...] = flatten(rules)
        self.requirements = [row.node for row in self.table if isinstance(row.node, Requirement)]
        self._forms = forms(rules, self.table)
        self._codes = [self._reason_codes(requirement) for requirement in self.requirements]
        self._bars = {
            form: _bars(self.requirements[rows], answer=form in ANSWERS)
            for form, rows in self._forms.items()
            if form not in (Form.AWAITED, *BY_CLASS) and rows.stop > rows.start
        }
        self._classed = {
            row: _Classed.of(self.requirements[row], answer=form is Form.ANSWER_BY_CLASS)
            for form in BY_CLASS
            for row in range(self._forms[form].start, self._forms[form].stop)
        }
        """Of the rows whose target differs by class: what holds of each."""

    def verdicts(self, columns: Columns) -> Bytes:
        """Return the verdict of every node for every commune: (nodes, communes), values of `Verdict`."""
        out = np.empty((len(self.table), len(columns)), np.uint8)
        for start in range(0, len(columns), BLOCK):
            self._judge(columns, slice(start, start + BLOCK), out[:, start : start + BLOCK])
        return out

    def _judge(self, columns: Columns, block: slice, out: Bytes) -> None:
        requirements = out[: len(self.requirements)]
        awaited = self._forms[Form.AWAITED]
        requirements[awaited] = Verdict.NO_TARGET
        for form, bars in self._bars.items():
            self._compare(columns, form, bars, block, requirements[self._forms[form]])
        for row, classed in self._classed.items():
            self._compare_by_class(columns, row, classed, block, requirements[row])
        met = requirements[awaited.stop :]  # 1 where met, else 0; from here on verdicts
        np.negative(met, out=met)
        np.bitwise_and(met, _MET_TO_NOT_MET, out=met)
        np.bitwise_xor(met, np.uint8(Verdict.NOT_MET), out=met)
        of_class = _OfClass(columns, block)
        for row, classed in self._classed.items():
            if classed.differs:
                requirements[row] &= of_class.of(classed.by, classed.judged)
                requirements[row] |= of_class.of(classed.by, classed.verdict)
        np.bitwise_and(requirements, columns.present[:, block], out=requirements)
        np.bitwise_or(requirements, columns.unjudged[:, block], out=requirements)
        for row, why in columns.partly.items():
            own = requirements[row]
            own[(why[block] != 0) & (own != Verdict.NOT_MET)] = Verdict.NO_DATA
        for row, classed in self._classed.items():
            if classed.exempts:
                requirements[row] &= of_class.of(classed.by, classed.asked)
        for i, row in enumerate(columns.conditional):
            requirements[row] &= columns.exists[i, block]
            requirements[row] |= columns.unanswered[i, block] & np.uint8(Verdict.NO_DATA)
        combined(self.table, out)

    def _compare(self, columns: Columns, form: Form, bars: NDArray[np.int64], block: slice, met: Bytes) -> None:
        """Write 1 where a value reaches its target, else 0."""
        rows = self._forms[form]
        if form in ANSWERS:
            given = columns.answer[rows.start - columns.first_answer : rows.stop - columns.first_answer, block]
            reaches = np.greater_equal if form is Form.ANSWER else np.less_equal
            reaches(given, bars, out=met.view(np.bool_))
            return
        reaches = np.less_equal if form is Form.AT_MOST else np.greater_equal
        reaches(columns.value[rows, block], bars, out=met.view(np.bool_))

    def _compare_by_class(self, columns: Columns, row: int, classed: _Classed, block: slice, met: Bytes) -> None:
        """Write 1 where a value reaches the target of its commune's class, else 0."""
        bars = classed.bars.take(columns.classes[classed.by][block], mode="clip")  # no place lies outside
        answers = row >= self._forms[Form.ANSWER_BY_CLASS].start
        given = columns.answer[row - columns.first_answer, block] if answers else columns.value[row, block]
        reaches = np.less_equal if self.requirements[row].comparator.is_ceiling else np.greater_equal
        reaches(given, bars, out=met.view(np.bool_))

    def reasons(self, columns: Columns, verdicts: Bytes) -> Bytes:
        """Return why every node has its verdict, as codes of `REASON_CODES`: (nodes, communes)."""
        why = np.empty_like(verdicts)
        for i in range(len(self.requirements)):
            why[i] = _translated(verdicts[i], self._codes[i])
        for i, classed in self._classed.items():
            own = classed.reason.take(columns.classes[classed.by])
            np.copyto(why[i], own, where=own != 0)
        np.copyto(why[: len(self.requirements)], columns.why, where=columns.why != 0)
        for i, open_ in columns.partly.items():
            np.copyto(why[i], open_, where=(open_ != 0) & (verdicts[i] != Verdict.NOT_MET))
        for i, classed in self._classed.items():
            if classed.exempts:
                why[i][classed.asked.take(columns.classes[classed.by]) == 0] = CODE[Reason.CLASS_EXEMPT]
        for i, at in enumerate(columns.conditional):
            why[at][columns.exists[i] == 0] = CODE[Reason.DOES_NOT_EXIST]
            why[at][columns.excepted[i] != 0] = CODE[Reason.EXCEPTED]
            why[at][columns.unanswered[i] != 0] = CODE[Reason.EXISTENCE_UNANSWERED]
        for i in range(len(self.requirements), len(self.table)):
            row = self.table[i]
            if isinstance(row.node, Indicator) and isinstance(row.node.condition, Requirement):
                why[i] = why[row.children[0]]
            else:
                why[i] = _translated(verdicts[i], _COMBINED[row.op])
        return why

    def _reason_codes(self, node: Requirement) -> Bytes:
        """Return the reason of each verdict on a requirement of which there is a value."""
        if isinstance(node.target, AwaitedTarget):
            return np.full(len(Verdict), CODE[Reason(node.target.reason)], np.uint8)
        short = missed(node, self.rules.measures[node.measure])
        reasons = (Reason.REACHED if verdict is Verdict.MET else short for verdict in Verdict)
        return np.array([CODE[reason] for reason in reasons], np.uint8)


class _OfClass:
    """What tables by class say of the communes of a block: each table once, for most requirements have the same."""

    def __init__(self, columns: Columns, block: slice) -> None:
        self.columns, self.block = columns, block
        self._seen: dict[tuple[str, bytes], Bytes] = {}

    def of(self, by: str, table: Bytes) -> Bytes:
        """Return what a table says of each commune, by its class."""
        key = by, table.tobytes()
        if key not in self._seen:
            self._seen[key] = table.take(self.columns.classes[by][self.block], mode="clip")
        return self._seen[key]


def combined(table: Sequence[NodeRow], out: Bytes) -> None:
    """Fill in the verdicts of all combinations of a table, (nodes, communes), from those of its requirements."""
    for at, row in enumerate(table):
        if not row.children:
            continue
        whole = out[at]
        if row.standard is not None:
            whole[:] = standard_columns(row.standard, _named_columns(table, at, out), out.shape[1])
        elif row.op == SOME:
            whole[:] = _counted([out[child] for child in row.children], row.needed)
        elif row.op in _RANKED_BY_VALUE:
            _strongest([out[child] for child in row.children], whole)
        else:
            _strongest([_translated(out[child], RANKS[row.op]) for child in row.children], whole)
            whole[:] = _translated(whole, _UNRANKED[row.op])


def _named_columns(table: Sequence[NodeRow], at: int, out: Bytes) -> Callable[[Named], Bytes]:
    """Return the verdicts of the criteria and indicators below a row, by their names."""
    below = [*table[at].children, *(inner for child in table[at].children for inner in table[child].children)]
    named = {(table[row].level, table[row].id): row for row in below}
    return lambda one: out[named[one.level, one.id]]


def _counted(parts: Sequence[Bytes], needed: int) -> Bytes:
    """Return the verdicts of a `some`, as `verdicts.Count` has them, from those of its parts."""
    narrow = np.uint8 if len(parts) <= _NARROW else np.uint16
    met, possible = (np.zeros(len(parts[0]), narrow) for _ in range(2))
    owed, applies = (np.zeros(len(parts[0]), np.bool_) for _ in range(2))
    for part in parts:
        is_met, lacks = part == _MET, part == _NO_DATA
        open_ = np.logical_or(is_met, lacks)
        open_ |= part == _NO_TARGET
        np.add(met, is_met.view(np.uint8), out=met)
        np.add(possible, open_.view(np.uint8), out=possible)
        owed |= lacks
        applies |= part != _NOT_APPLICABLE
    whole = np.where(owed, _NO_DATA, _NO_TARGET)
    whole = np.where(possible < narrow(needed), _NOT_MET, whole)
    whole = np.where(met >= narrow(needed), _MET, whole)
    found: Bytes = np.where(applies, whole, _NOT_APPLICABLE)
    return found


def _translated(verdicts: Bytes, table: Bytes) -> Bytes:
    """Look every byte up in a table; bytes.translate does it several times faster than indexing."""
    return np.frombuffer(verdicts.tobytes().translate(table.tobytes().ljust(256)), np.uint8)


def _strongest(parts: Sequence[Bytes], whole: Bytes) -> None:
    if len(parts) == 1:
        whole[:] = parts[0]
        return
    np.maximum(parts[0], parts[1], out=whole)
    for part in parts[2:]:
        np.maximum(whole, part, out=whole)


def _first_to_reach(requirement: Requirement, target: Decimal) -> int:
    """Return the first integer, as columns hold values, that reaches a target: the next one where it must be passed."""
    held = requirement.held_to(target)
    value = PERCENT * (held.value - 1) if requirement.taken.quantity is Quantity.RATIO else held.value
    bar: int = target_units(value) * (VALUE_SCALE // TARGET_SCALE)
    if not held.comparator.is_strict:
        return bar
    return bar - 1 if held.comparator.is_ceiling else bar + 1


def _bars(requirements: Sequence[Requirement], *, answer: bool) -> NDArray[np.int64]:
    """Return targets as columns hold values: (requirements, 1)."""
    bars = []
    for requirement in requirements:
        assert isinstance(requirement.target, KnownTarget)
        bars.append(_bar(requirement, requirement.target, answer=answer))
    found: NDArray[np.int64] = np.array(bars, np.int8 if answer else np.int64)
    return found[:, None]


def _bar(requirement: Requirement, target: KnownTarget, *, answer: bool) -> int:
    return int(target.everywhere) if answer else _first_to_reach(requirement, target.everywhere)


@dataclass(frozen=True, slots=True)
class _Classed:
    """What holds of each class where a target differs: arrays by the place of the class, the unknown class last."""

    by: str
    bars: NDArray[np.int64]
    judged: Bytes
    """0xFF where there is a number to compare with."""
    verdict: Bytes
    """The verdict where there is none, once a figure is reported."""
    reason: Bytes
    """The code of its reason; 0 where there is a number."""
    asked: Bytes
    """0 where nothing is asked of the class."""
    exempts: bool
    """Whether there is such a class."""
    differs: bool
    """Whether there is a class, or none that is known, without a number."""

    @classmethod
    def of(cls, requirement: Requirement, *, answer: bool) -> _Classed:
        target = requirement.target
        assert isinstance(target, ClassedTarget)
        own = cells(target)
        known = [isinstance(cell, KnownTarget) for cell in own]
        reasons = [_unjudged(cell, target) for cell in own]
        asked = [not isinstance(cell, NotAsked) for cell in own]
        bars = (_bar(requirement, cell, answer=answer) if isinstance(cell, KnownTarget) else 0 for cell in own)
        return cls(
            by=target.classing.by,
            bars=np.array([*bars], np.int8 if answer else np.int64),
            judged=np.where(known, ALL_ONES, np.uint8(0)),
            verdict=np.array([0 if reason is Reason.REACHED else reason.verdict for reason in reasons], np.uint8),
            reason=np.array([CODE[reason] for reason in reasons], np.uint8),
            asked=np.where(asked, ALL_ONES, np.uint8(0)),
            exempts=not all(asked),
            differs=not all(known),
        )


def _unjudged(cell: Cell | None, target: ClassedTarget) -> Reason:
    """Return why a figure is not compared; `REACHED` where it is."""
    if isinstance(cell, NotAsked):
        return Reason.CLASS_EXEMPT
    if isinstance(cell, AwaitedTarget):
        return Reason(cell.reason)
    return without_class(target.classing) if cell is None else Reason.REACHED
