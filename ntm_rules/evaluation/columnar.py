"""The same meaning for any number of communes: a set compiled once, then arrays in, arrays out.

All requirements of one form are judged in one vector operation on integers; combinations are
maxima over slices of the node table. Rows are taken in blocks that fit the processor's cache, so
memory beyond the result stays flat however many rows there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.columns import Bytes, Columns, Ints
from ntm_rules.dataset.records import State
from ntm_rules.evaluation.nodes import NodeRow, flatten
from ntm_rules.evaluation.reference import SHORT_REASON, STATE_REASON
from ntm_rules.evaluation.verdicts import COMBINED_REASON, PRECEDENCE, Reason, Verdict
from ntm_rules.exact import LIMIT, PERCENT, TARGET_SCALE, VALUE_SCALE, target_units
from ntm_rules.rulebook.criteria_set import AwaitedTarget, Comparator, CriteriaSet, Indicator, KnownTarget, Requirement
from ntm_rules.rulebook.models import QUANTITIES

BLOCK = 8192
"""Rows judged at a time."""
REASON_CODES = tuple(Reason)
"""Reasons in the order of their 8-bit codes."""
_CODE = {reason: code for code, reason in enumerate(REASON_CODES)}
_INT64 = 2**63

_RANKS = {
    op: np.array([len(order) - 1 - order.index(verdict) for verdict in Verdict], np.uint8)
    for op, order in PRECEDENCE.items()
}
"""Per operator: verdict -> how strongly it decides; a combination has the strongest of its children."""
_UNRANKED = {op: np.argsort(ranks).astype(np.uint8) for op, ranks in _RANKS.items()}
_IDENTITY = {op for op, ranks in _RANKS.items() if (ranks == np.arange(len(Verdict))).all()}

_STATE_VERDICT = np.array([STATE_REASON[s].verdict if s in STATE_REASON else 0 for s in State], np.uint8)
_STATE_REASON = np.array([_CODE[STATE_REASON[s]] if s in STATE_REASON else 0 for s in State], np.uint8)


@dataclass(slots=True)
class _Leaves:
    """Requirements of one form, judged together: parallel lists, one entry per requirement."""

    form: str
    at_most: bool
    rows: list[int] = field(default_factory=list)
    """Their rows in the node table."""
    requirements: list[Requirement] = field(default_factory=list)


class Compiled:
    """A criteria set ready to judge columns; groups are numbered in the set's order, -1 is unknown."""

    def __init__(self, rules: CriteriaSet) -> None:
        self.rules = rules
        self.table: tuple[NodeRow, ...] = flatten(rules)
        self.groups = {group: i for i, group in enumerate(rules.groups)}
        self._combinations = [(i, row) for i, row in enumerate(self.table) if row.op][::-1]
        forms: dict[tuple[str, bool], _Leaves] = {}
        self._conditional: list[tuple[int, str]] = []
        for i, row in enumerate(self.table):
            if not isinstance(row.node, Requirement):
                continue
            form = _form(rules.measures[row.node.measure].kind)
            at_most = row.node.comparator is Comparator.AT_MOST
            leaves = forms.setdefault((form, at_most), _Leaves(form, at_most))
            leaves.rows.append(i)
            leaves.requirements.append(row.node)
            if row.node.applies_if:
                self._conditional.append((i, row.node.applies_if))
        self._plans = [_Plan(rules, leaves, self.groups) for leaves in forms.values()]

    def group_numbers(self, codes: Sequence[str]) -> NDArray[np.intp]:
        """Return the group of each commune as its number; the count of groups stands for unknown."""
        unknown = len(self.groups)
        known = {c.code: self.groups.get(c.group or "", unknown) for c in self.rules.communes}
        return np.fromiter((known.get(code, unknown) for code in codes), np.intp, len(codes))

    def verdicts(self, columns: Columns, groups: NDArray[np.intp] | None = None) -> Bytes:
        """Return the verdict of every node for every row: (nodes, rows), values of `Verdict`.

        `groups` holds each row's group number; by default the register's.
        """
        return self._run(columns, groups, reasons=False)[0]

    def verdicts_and_reasons(self, columns: Columns, groups: NDArray[np.intp] | None = None) -> tuple[Bytes, Bytes]:
        """Return verdicts as `verdicts` does, and reasons as positions in `REASON_CODES`."""
        verdicts, reasons = self._run(columns, groups, reasons=True)
        assert reasons is not None
        return verdicts, reasons

    def _run(self, columns: Columns, groups: NDArray[np.intp] | None, *, reasons: bool) -> tuple[Bytes, Bytes | None]:
        if groups is None:
            groups = self.group_numbers(columns.codes)
        rows = len(columns)
        verdicts = np.empty((len(self.table), rows), np.uint8)
        why = np.empty((len(self.table), rows), np.uint8) if reasons else None
        plans = [plan.bound_to(columns) for plan in self._plans]
        for start in range(0, rows, BLOCK):
            block = slice(start, min(start + BLOCK, rows))
            out = verdicts[:, block]
            for plan in plans:
                plan.judge(block, groups[block], out, None if why is None else why[:, block])
            self._exists(columns, block, out, None if why is None else why[:, block])
            self._combine(out)
        if why is not None:
            self._combined_reasons(verdicts, why)
        return verdicts, why

    def _exists(self, columns: Columns, block: slice, out: Bytes, why: Bytes | None) -> None:
        for row, measure in self._conditional:
            state = columns.state[columns.states[measure], block]
            answer = columns.answer[columns.answers[measure], block]
            unanswered = state != State.PRESENT
            without = ~unanswered & (answer == 0)
            for where, reason in (
                (unanswered, Reason.EXISTENCE_UNANSWERED),
                (without, Reason.DOES_NOT_EXIST),
            ):
                out[row][where] = reason.verdict
                if why is not None:
                    why[row][where] = _CODE[reason]

    def _combine(self, out: Bytes) -> None:
        for i, row in self._combinations:
            children = out[row.first : row.stop]
            if len(children) == 1:
                out[i] = children[0]
            elif row.op in _IDENTITY:
                np.max(children, axis=0, out=out[i])
            else:
                out[i] = _UNRANKED[row.op][np.max(_RANKS[row.op][children], axis=0)]

    def _combined_reasons(self, verdicts: Bytes, why: Bytes) -> None:
        for i, row in self._combinations:
            if isinstance(row.node, Indicator) and isinstance(row.node.condition, Requirement):
                why[i] = why[row.first]
                continue
            codes = np.array([_CODE[COMBINED_REASON[row.op][verdict]] for verdict in Verdict], np.uint8)
            why[i] = codes[verdicts[i]]


def _form(kind: str) -> str:
    return kind if kind in ("share", "growth") else "plain" if kind in QUANTITIES else "answer"


class _Plan:
    """One form's requirements with their targets as arrays."""

    def __init__(self, rules: CriteriaSet, leaves: _Leaves, groups: dict[str, int]) -> None:
        self.form = leaves.form
        self.at_most = leaves.at_most
        self.table_rows = np.array(leaves.rows, np.intp)
        self.measures = [r.measure for r in leaves.requirements]
        kinds = [rules.measures[m].kind for m in self.measures]
        self.met = Reason.REACHED
        self.missed = np.array(
            [
                _CODE[Reason.ABOVE_TARGET if leaves.at_most else SHORT_REASON.get(kind, Reason.BELOW_TARGET)]
                for kind in kinds
            ],
            np.uint8,
        )[:, None]
        targets = [r.target for r in leaves.requirements]
        self.awaited = np.array([isinstance(t, AwaitedTarget) for t in targets])[:, None]
        self.awaited_reason = np.array(
            [_CODE[Reason(t.reason)] if isinstance(t, AwaitedTarget) else 0 for t in targets], np.uint8
        )[:, None]
        by_group = [_by_group(t, groups, whole=self.form == "answer") for t in targets]
        self.grouped = any(isinstance(t, KnownTarget) and t.everywhere is None for t in targets)
        bars = np.array([[0 if bar is None else bar for bar in bars] for bars in by_group], object)
        self.known = np.array([[bar is not None for bar in bars] for bars in by_group])
        largest = max((abs(int(bar)) for bar in bars.flat), default=0)
        exact_in_64_bits = self.form == "answer" or max(largest, TARGET_SCALE * PERCENT) * LIMIT < _INT64
        self.dtype: type = np.int64 if exact_in_64_bits else object
        self.bars = bars.astype(np.int8 if self.form == "answer" else self.dtype)

    def bound_to(self, columns: Columns) -> _Bound:
        return _Bound(self, columns)


class _Bound:
    """A plan with the columns it reads, taken as one slice where they stand together."""

    def __init__(self, plan: _Plan, columns: Columns) -> None:
        self.plan = plan
        self.columns = columns
        places = columns.answers if plan.form == "answer" else columns.quantities
        self.value_rows = np.array([places[m] for m in plan.measures], np.intp)
        self.state_rows = np.array([columns.states[m] for m in plan.measures], np.intp)
        self.at = _together(self.value_rows)
        self.state_at = _together(self.state_rows)
        self.out_at = _together(plan.table_rows)

    def judge(self, block: slice, groups: NDArray[np.intp], out: Bytes, why: Bytes | None) -> None:
        plan = self.plan
        state = self.columns.state[self.state_at, block]
        present = state == State.PRESENT
        met = self._met(block, groups)
        verdict = np.where(met, np.uint8(Verdict.MET), np.uint8(Verdict.NOT_MET))
        reason = None if why is None else np.where(met, np.uint8(_CODE[plan.met]), plan.missed)
        if plan.grouped:
            unknown = ~plan.known[:, groups]
            self._set(verdict, reason, unknown, Reason.GROUP_UNKNOWN)
        if plan.awaited.any():
            np.copyto(verdict, np.uint8(Verdict.NO_TARGET), where=plan.awaited)
            if reason is not None:
                np.copyto(reason, plan.awaited_reason, where=plan.awaited)
        if plan.form == "growth":
            before = self._before(block)
            state_before = self.columns.state[self.state_rows[:, None], before]
            earlier = np.where(before >= 0, state_before, np.uint8(State.MISSING))
            amount = self.columns.value[self.value_rows[:, None], before]
            self._set(verdict, reason, amount <= 0, Reason.PREVIOUS_YEAR_ZERO)
            self._set(verdict, reason, earlier != State.PRESENT, Reason.PREVIOUS_YEAR_MISSING)
        if not present.all():
            np.copyto(verdict, _STATE_VERDICT[state], where=~present)
            if reason is not None:
                np.copyto(reason, _STATE_REASON[state], where=~present)
        out[self.out_at] = verdict
        if why is not None and reason is not None:
            why[self.out_at] = reason

    def _set(self, verdict: Bytes, reason: Bytes | None, where: NDArray[np.bool_], why: Reason) -> None:
        np.copyto(verdict, np.uint8(why.verdict), where=where)
        if reason is not None:
            np.copyto(reason, np.uint8(_CODE[why]), where=where)

    def _before(self, block: slice) -> NDArray[np.intp]:
        return self.columns.previous[block]

    def _met(self, block: slice, groups: NDArray[np.intp]) -> NDArray[np.bool_]:
        plan, columns = self.plan, self.columns
        bars = plan.bars[:, groups] if plan.grouped else plan.bars[:, :1]
        if plan.form == "answer":
            value = columns.answer[self.at, block]
            return np.asarray(value <= bars if plan.at_most else value >= bars)
        value = columns.value[self.at, block].astype(plan.dtype, copy=False)
        if plan.form == "share":
            left = value * (PERCENT * TARGET_SCALE)
            right = columns.base[self.at, block].astype(plan.dtype, copy=False) * bars
        elif plan.form == "growth":
            earlier = columns.value[self.value_rows[:, None], self._before(block)]
            before: Ints = earlier.astype(plan.dtype, copy=False)
            left = (value - before) * (PERCENT * TARGET_SCALE)
            right = before * bars
        else:
            left, right = value, bars * (VALUE_SCALE // TARGET_SCALE)
        return np.asarray(left <= right if plan.at_most else left >= right, bool)


def _by_group(target: KnownTarget | AwaitedTarget, groups: dict[str, int], *, whole: bool) -> list[int | None]:
    """Return a target's integer for each group and, last, for an unknown group; None where it has none."""
    if isinstance(target, AwaitedTarget):
        return [None] * (len(groups) + 1)
    values = [target.value_for(group) for group in (*groups, None)]
    return [None if v is None else int(v) if whole else target_units(v) for v in values]


def _together(places: NDArray[np.intp]) -> slice | NDArray[np.intp]:
    """Return a slice when the places follow one another, so that no copy is made."""
    first, count = int(places[0]), len(places)
    return slice(first, first + count) if (places == np.arange(first, first + count)).all() else places
