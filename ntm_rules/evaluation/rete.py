"""The same meaning by forward chaining: facts, rules that fire, and the trace of what fired.

The composition table (`verdicts.PRECEDENCE`) is compiled to one ruleset of durable-rules, a criteria set
to the places its nodes have: which part a node is, of what, after which other. For one commune the
verdict of every requirement is asserted as a symbolic fact; the engine then weighs each next part
against what the parts before it came to, and what it concludes is the fact that fires the next rule,
up to the commune and the further conditions of recognition:

    so far MET, next part NOT_MET, in an `all`  →  all.NOT_MET.decides  →  so far NOT_MET
    so far NOT_MET, next part MET, in an `all`  →  all.NOT_MET.stands   →  so far NOT_MET
    the only part is MET                        →  all.MET.only         →  MET

Of a `some` what the parts so far come to is a count (`verdicts.Count`), and how a count goes on with one part more is a
fact too, so that one rule serves every number needed:

    so far 1 of 2, next part MET, a step from 1 of 2 with MET to 2 of 2  →  some.step  →  so far 2 of 2

What a standard of its own counts (so many criteria, so many points) is a number and never enters the engine: when the
last of its parts is known it is weighed beside it, as figures are, and its verdict goes on as a fact.

No rule needs to know that something is absent, so the order of the facts and of the firings cannot
matter. One ruleset serves every set, however large: rules written per node would cost 10 KB of memory
for each of their conditions in every session, and stop at 16 parts of a node.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from threading import Lock

from ntm_rules.evaluation.durable_session import EngineFailure, Ruleset, Symbols, distinct_symbols
from ntm_rules.evaluation.firing import Fact, Firing
from ntm_rules.evaluation.nodes import NodeRow, flatten
from ntm_rules.evaluation.reference import Facts, evaluate_requirement
from ntm_rules.evaluation.standards import standard_verdict
from ntm_rules.evaluation.verdicts import BY_STANDARD, COMBINED_REASON, PRECEDENCE, SOME, Count, Reason, Verdict
from ntm_rules.rulebook.criteria_set import CriteriaSet, Indicator, Requirement


@dataclass(frozen=True, slots=True)
class EngineVerdicts:
    """The verdict and the reason of every row of a set's node table, and how the engine came to them."""

    verdicts: tuple[Verdict, ...]
    reasons: tuple[Reason, ...]
    trace: tuple[Firing, ...]


# --- the composition table as rules ----------------------------------------------------------------


def composition_rules() -> dict[str, dict[str, object]]:
    """Return the ruleset: by name, the conditions of each rule in the library's own notation.

    >>> composition_rules()["all.NOT_MET.only"]
    {'all': [{'part': {'$and': [{'kind': 'all only'}, {'verdict': 'NOT_MET'}]}}]}
    """
    ways: dict[str, dict[str, object]] = {
        f"{op}.{verdict.name}.{how}": {"all": conditions}
        for op, order in PRECEDENCE.items()
        for at, verdict in enumerate(order)
        for how, conditions in _ways(op, verdict, weaker=order[at + 1 :])
    }
    return {**ways, STEP: {"all": _STEP}}


STEP = "some.step"
_SO_FAR: dict[str, object] = {"kind": f"{SOME} so far"}
_STEP: list[object] = [
    {"so_far": _SO_FAR},
    {"part": {"$and": [{"kind": f"{SOME} next"}, {"after": {"so_far": "up_to"}}]}},
    {
        "step": {
            "$and": [
                {"kind": f"{SOME} step"},
                {"after": {"so_far": "verdict"}},
                {"verdict": {"part": "verdict"}},
            ]
        }
    },
]


def _ways(op: str, verdict: Verdict, *, weaker: Sequence[Verdict]) -> Iterator[tuple[str, list[object]]]:
    """Yield the ways in which the parts of an `op` come to `verdict`: (name, conditions)."""
    follows = {"after": {"so_far": "up_to"}}
    yield "only", [{"part": {"$and": [{"kind": f"{op} only"}, {"verdict": verdict.name}]}}]
    yield (
        "stands",
        [
            {"so_far": {"$and": [{"kind": f"{op} so far"}, {"verdict": verdict.name}]}},
            {"part": {"$and": [{"kind": f"{op} next"}, follows, _one_of((verdict, *weaker))]}},
        ],
    )
    if weaker:
        yield (
            "decides",
            [
                {"so_far": {"$and": [{"kind": f"{op} so far"}, _one_of(weaker)]}},
                {"part": {"$and": [{"kind": f"{op} next"}, follows, {"verdict": verdict.name}]}},
            ],
        )


def _one_of(verdicts: Sequence[Verdict]) -> dict[str, object]:
    if len(verdicts) == 1:
        return {"verdict": verdicts[0].name}
    return {"$or": [{"verdict": verdict.name} for verdict in verdicts]}


CONCLUDES: Mapping[str, Verdict] = {rule: Verdict[rule.split(".")[1]] for rule in composition_rules() if rule != STEP}
"""Rule -> the verdict it concludes."""

_making = Lock()


@cache
def _made() -> Ruleset:
    return Ruleset("composition", composition_rules())


def _ruleset() -> Ruleset:
    with _making:  # the library cannot delete a ruleset, so exactly one is made
        return _made()


# --- a criteria set as places ----------------------------------------------------------------------


class CompiledFacts:
    """A criteria set ready for the engine: for each row of its node table, the facts the row can become."""

    def __init__(self, rules: CriteriaSet) -> None:
        self.rules = rules
        self.table = flatten(rules)
        symbols = distinct_symbols(f"n{number}" for number in count())
        self.part: list[dict[str, str] | None] = [None] * len(self.table)
        """Row -> the fact of its verdict as a part of what stands above; None for what nothing stands above."""
        self.so_far: list[dict[str, str] | None] = [None] * len(self.table)
        """Row -> the fact of what the parts up to this one come to; None where it is the first or the last."""
        self.parent: list[int] = [-1] * len(self.table)
        self.of_symbol: dict[str, tuple[int, bool]] = {}
        """Id of a fact -> its row, and whether it says what the parts so far come to."""
        self.counts: dict[str, Count] = {}
        """Symbol -> what the parts of a `some` come to."""
        self.named: dict[int, dict[tuple[str, str], int]] = {}
        """Row judged by a standard -> the rows of what that may name."""
        self.given: list[dict[str, str]] = []
        """Facts of every commune: where the counts of each `some` begin, and their steps."""
        for at, row in enumerate(self.table):
            if row.standard is not None:
                self._place_by_standard(at, row, symbols)
            elif row.op == SOME:
                self._place_counted(at, row, symbols)
            else:
                self._place(at, row, symbols)
        self._steps(symbols)

    def _place_by_standard(self, parent: int, row: NodeRow, symbols: Iterator[str]) -> None:
        for child in row.children:
            symbol = next(symbols)
            self.parent[child] = parent
            self.of_symbol[symbol] = (child, False)
            self.part[child] = {"id": symbol, "kind": f"{BY_STANDARD} part"}
        below = [*row.children, *(inner for child in row.children for inner in self.table[child].children)]
        self.named[parent] = {(self.table[at].level, self.table[at].id): at for at in below}

    def _place_counted(self, parent: int, row: NodeRow, symbols: Iterator[str]) -> None:
        before = next(symbols)
        self.given.append({"id": next(symbols), "up_to": before, **self._count(Count(row.needed))})
        for child in row.children:
            symbol, so_far = next(symbols), next(symbols)
            self.parent[child] = parent
            self.of_symbol[symbol], self.of_symbol[so_far] = (child, False), (child, True)
            self.part[child] = {"id": symbol, "kind": f"{SOME} next", "after": before}
            self.so_far[child] = {"id": so_far, "up_to": symbol}
            before = symbol

    def _count(self, count: Count) -> dict[str, str]:
        """Return a count as a fact has it."""
        symbol = "c" + "_".join(str(int(figure)) for figure in count)
        self.counts[symbol] = count
        return {"kind": f"{SOME} so far", "verdict": symbol}

    def _steps(self, symbols: Iterator[str]) -> None:
        """Give every step from every count that can come up."""
        waiting = [*self.counts]
        while waiting:
            symbol = waiting.pop()
            for verdict in Verdict:
                known = set(self.counts)
                further = self._count(self.counts[symbol].and_(verdict))["verdict"]
                step = {"kind": f"{SOME} step", "after": symbol, "verdict": verdict.name, "up_to": further}
                self.given.append({"id": next(symbols), **step})
                if further not in known:
                    waiting.append(further)

    def _place(self, parent: int, row: NodeRow, symbols: Iterator[str]) -> None:
        before = ""
        for child in row.children:
            symbol = next(symbols)
            self.parent[child] = parent
            self.of_symbol[symbol] = (child, False)
            if len(row.children) == 1:
                place = {"kind": f"{row.op} only"}
            elif not before:
                place = {"kind": f"{row.op} so far", "up_to": symbol}
            else:
                place = {"kind": f"{row.op} next", "after": before}
            self.part[child] = {"id": symbol, **place}
            if before and child != row.children[-1]:
                sum_symbol = next(symbols)
                self.so_far[child] = {"id": sum_symbol, "kind": f"{row.op} so far", "up_to": symbol}
                self.of_symbol[sum_symbol] = (child, True)
            before = symbol

    def derive(self, facts: Facts, *, traced: bool = True) -> EngineVerdicts:
        """Judge one commune for one year; the trace is left empty unless asked for."""
        return _Derivation(self, facts, traced=traced).run()


class _Derivation:
    """What is known of one commune while the engine works."""

    def __init__(self, compiled: CompiledFacts, facts: Facts, *, traced: bool) -> None:
        self.compiled = compiled
        self.facts = facts
        self.traced = traced
        self.verdicts: list[Verdict | None] = [None] * len(compiled.table)
        self.trace: list[Firing] = []

    def run(self) -> EngineVerdicts:
        compiled = self.compiled
        reasons: list[Reason] = []
        given: list[Symbols] = [*compiled.given]
        for at, row in enumerate(compiled.table):
            if isinstance(row.node, Requirement):
                judged = evaluate_requirement(compiled.rules, row.node, self.facts)
                reasons.append(judged.reason)
                self._know(at, judged.verdict)
                given.append(_with(compiled.part[at], judged.verdict))
        _ruleset().run(given, self._conclude)
        verdicts = tuple(verdict for verdict in self.verdicts if verdict is not None)
        if len(verdicts) != len(compiled.table):
            raise EngineFailure("a node without a verdict")
        for at, row in enumerate(compiled.table[len(reasons) :], start=len(reasons)):
            single = isinstance(row.node, Indicator) and isinstance(row.node.condition, Requirement)
            reasons.append(reasons[row.children[0]] if single else COMBINED_REASON[row.op][verdicts[at]])
        return EngineVerdicts(verdicts, tuple(reasons), tuple(self.trace))

    def _know(self, at: int, verdict: Verdict) -> None:
        if self.verdicts[at] is not None:
            raise EngineFailure("a node with two verdicts")
        self.verdicts[at] = verdict

    def _concluded(self, at: int, verdict: Verdict) -> Symbols | None:
        """Know a whole, and return the fact that it makes: its own as a part, or that of a standard which it completes."""
        self._know(at, verdict)
        compiled = self.compiled
        above = compiled.parent[at]
        standard = compiled.table[above].standard if above >= 0 else None
        if standard is None:
            return _with(compiled.part[at], verdict) if compiled.part[at] else None
        parts = compiled.table[above].children
        if any(self.verdicts[part] is None for part in parts):
            return None
        named = compiled.named[above]
        whole = standard_verdict(standard, lambda one: _known(self.verdicts[named[one.level, one.id]]))
        if self.traced:
            because = tuple(self._said(part, _known(self.verdicts[part])) for part in parts)
            self.trace.append(Firing(f"{BY_STANDARD}.{whole.name}", because, self._said(above, whole)))
        return self._concluded(above, whole)

    def _conclude(self, rule: str, matched: Mapping[str, Symbols]) -> Symbols | None:
        """Add what a rule concludes about the parts up to the one that matched."""
        compiled = self.compiled
        if rule == STEP:
            return self._count(matched)
        verdict = CONCLUDES[rule]
        part, _ = compiled.of_symbol[matched["part"]["id"]]
        whole = compiled.parent[part]
        last = part == compiled.table[whole].children[-1]
        if self.traced:
            because = tuple(self._fact(matched[name]) for name in ("so_far", "part") if name in matched)
            self.trace.append(Firing(rule, because, self._said(whole, verdict, None if last else part)))
        if not last:
            return _with(compiled.so_far[part], verdict)
        return self._concluded(whole, verdict)

    def _count(self, matched: Mapping[str, Symbols]) -> Symbols | None:
        """Add what the parts of a `some` come to with one more; with the last, its verdict."""
        compiled = self.compiled
        part, _ = compiled.of_symbol[matched["part"]["id"]]
        whole, count = compiled.parent[part], compiled.counts[matched["step"]["up_to"]]
        last = part == compiled.table[whole].children[-1]
        if self.traced:
            because = tuple(
                self._fact(matched[name]) for name in ("so_far", "part") if matched[name]["id"] in compiled.of_symbol
            )
            self.trace.append(Firing(STEP, because, self._said(whole, count.verdict, None if last else part)))
        if not last:
            place = compiled.so_far[part]
            assert place is not None
            return {**place, "kind": f"{SOME} so far", "verdict": matched["step"]["up_to"]}
        return self._concluded(whole, count.verdict)

    def _fact(self, symbols: Symbols) -> Fact:
        at, summed = self.compiled.of_symbol[symbols["id"]]
        count = self.compiled.counts.get(symbols["verdict"])
        verdict = count.verdict if count else Verdict[symbols["verdict"]]
        return self._said(self.compiled.parent[at], verdict, at) if summed else self._said(at, verdict)

    def _said(self, at: int, verdict: Verdict, up_to: int | None = None) -> Fact:
        table = self.compiled.table
        return Fact(table[at].level, table[at].id, verdict, "" if up_to is None else table[up_to].id)


def _known(verdict: Verdict | None) -> Verdict:
    assert verdict is not None, "a standard is weighed when all of its parts are known"
    return verdict


def _with(place: dict[str, str] | None, verdict: Verdict) -> Symbols:
    assert place is not None, "a fact is made only of a row that has the place for it"
    return {**place, "verdict": verdict.name}
