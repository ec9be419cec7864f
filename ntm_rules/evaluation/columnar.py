"""The same meaning for any number of communes: a set compiled once, then arrays in, arrays out.

Quantities of one direction are compared in one vector operation; verdicts are then set with bit
operations on bytes, and combinations are maxima of rows. Communes are taken in blocks that fit the
processor's cache, so memory beyond the result stays flat however many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from ntm_rules.evaluation.columns import Bytes, Columns
from ntm_rules.evaluation.nodes import Form, NodeRow, flatten, forms
from ntm_rules.evaluation.reference import missed
from ntm_rules.evaluation.standards import standard_columns
from ntm_rules.evaluation.verdicts import CODE, COMBINED_REASON, PRECEDENCE, SOME, Reason, Verdict
from ntm_rules.exact import PERCENT, TARGET_SCALE, VALUE_SCALE, target_units
from ntm_rules.rulebook.criteria_set import AwaitedTarget, CriteriaSet, Indicator, KnownTarget, Requirement
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
BY_GROUP = (Form.AT_LEAST_BY_GROUP, Form.AT_MOST_BY_GROUP)
_MET_TO_NOT_MET = np.uint8(Verdict.MET ^ Verdict.NOT_MET)


class Compiled:
    """A criteria set ready to judge columns laid out for its `table`."""

    def __init__(self, rules: CriteriaSet) -> None:
        self.rules = rules
        self.table: tuple[NodeRow, ...] = flatten(rules)
        self.requirements = [row.node for row in self.table if isinstance(row.node, Requirement)]
        self._forms = forms(rules, self.table)
        groups = list(rules.groups)
        self._codes = [self._reason_codes(requirement) for requirement in self.requirements]
        self._bars = {
            form: _bars(self.requirements[rows], groups, answer=form in ANSWERS)
            for form, rows in self._forms.items()
            if form is not Form.AWAITED and rows.stop > rows.start
        }

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
        met = requirements[awaited.stop :]  # 1 where met, else 0; from here on verdicts
        np.negative(met, out=met)
        np.bitwise_and(met, _MET_TO_NOT_MET, out=met)
        np.bitwise_xor(met, np.uint8(Verdict.NOT_MET), out=met)
        self._without_group(columns, block, requirements)
        np.bitwise_and(requirements, columns.present[:, block], out=requirements)
        np.bitwise_or(requirements, columns.unjudged[:, block], out=requirements)
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
            reaches(given, bars[0], out=met.view(np.bool_))
            return
        reaches = np.less_equal if form in (Form.AT_MOST, Form.AT_MOST_BY_GROUP) else np.greater_equal
        value = columns.value[rows, block]
        if form in BY_GROUP:
            met[:] = 0
            for group, bar in enumerate(bars):
                met |= reaches(value, bar).view(np.uint8) & columns.groups[group, block]
        else:
            reaches(value, bars[0], out=met.view(np.bool_))

    def _without_group(self, columns: Columns, block: slice, requirements: Bytes) -> None:
        """Set what needs a commune's group to NO_DATA where the group is unknown."""
        rows = [self._forms[form] for form in BY_GROUP if form in self._bars]
        if not rows:
            return
        known = np.bitwise_or.reduce(columns.groups[:, block], axis=0)
        no_data = ~known & np.uint8(Verdict.NO_DATA)
        for row in rows:
            requirements[row] &= known
            requirements[row] |= no_data

    def reasons(self, columns: Columns, verdicts: Bytes) -> Bytes:
        """Return why every node has its verdict, as codes of `REASON_CODES`: (nodes, communes)."""
        why = np.empty_like(verdicts)
        ungrouped = ~columns.groups.any(axis=0)
        for i, requirement in enumerate(self.requirements):
            why[i] = _translated(verdicts[i], self._codes[i])
            if _by_group(requirement):
                why[i][ungrouped] = CODE[Reason.GROUP_UNKNOWN]
        np.copyto(why[: len(self.requirements)], columns.why, where=columns.why != 0)
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


def combined(table: Sequence[NodeRow], out: Bytes) -> None:
    """Fill in the verdicts of all combinations of a table, (nodes, communes), from those of its requirements."""
    for at, row in enumerate(table):
        if not row.children:
            continue
        whole = out[at]
        if row.standard is not None:
            whole[:] = standard_columns(row.standard, _named_columns(table, at, out), out.shape[1])
        elif row.op == SOME:
            whole[:] = _counted(out[list(row.children)], row.needed)
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


def _counted(parts: Bytes, needed: int) -> Bytes:
    """Return the verdicts of a `some`, as `verdicts.Count` has them, from those of its parts (parts, communes)."""
    met = (parts == Verdict.MET).sum(axis=0)
    no_data = parts == Verdict.NO_DATA
    possible = met + (no_data | (parts == Verdict.NO_TARGET)).sum(axis=0)
    return np.select(
        [(parts == Verdict.NOT_APPLICABLE).all(axis=0), met >= needed, possible < needed, no_data.any(axis=0)],
        [np.uint8(Verdict.NOT_APPLICABLE), np.uint8(Verdict.MET), np.uint8(Verdict.NOT_MET), np.uint8(Verdict.NO_DATA)],
        np.uint8(Verdict.NO_TARGET),
    )


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


def _by_group(requirement: Requirement) -> bool:
    return isinstance(requirement.target, KnownTarget) and requirement.target.everywhere is None


def _first_to_reach(requirement: Requirement, target: Decimal) -> int:
    """Return the first integer, as columns hold values, that reaches a target: the next one where it must be passed."""
    held = requirement.held_to(target)
    value = PERCENT * (held.value - 1) if requirement.taken.quantity is Quantity.RATIO else held.value
    bar: int = target_units(value) * (VALUE_SCALE // TARGET_SCALE)
    if not held.comparator.is_strict:
        return bar
    return bar - 1 if held.comparator.is_ceiling else bar + 1


def _bars(requirements: Sequence[Requirement], groups: list[str], *, answer: bool) -> NDArray[np.int64]:
    """Return targets as columns hold values: (1 or groups, requirements, 1)."""
    per_group: list[list[int]] = []
    for requirement in requirements:
        target = requirement.target
        assert isinstance(target, KnownTarget)
        values = [target.by_group[group] for group in groups] if target.everywhere is None else [target.everywhere]
        per_group.append([int(v) if answer else _first_to_reach(requirement, v) for v in values])
    bars: NDArray[np.int64] = np.array(per_group, np.int8 if answer else np.int64)
    return bars.T[:, :, None]
