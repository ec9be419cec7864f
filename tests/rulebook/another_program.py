"""Another program: it judges communes from `ntm rules show --format json` and docs/rules-json.md alone.

It imports nothing of this package. A report is what a commune said, by measure: a Fraction (shares in
percent, levels, counts, amounts), an answer ("yes", "no", "met", "not_met"), a grade's id, or
NOTHING_TO_COUNT; what was not said, or cannot be used, is not there, but for a total of hamlets, which is UNUSABLE.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence, Set
from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple

NOTHING_TO_COUNT = "nothing to count"
UNUSABLE = "unusable"
Report = Mapping[str, Fraction | str]


class Judged(NamedTuple):
    """The year judged, and what was reported for every year."""

    year: int
    reports: Mapping[int, Report]
    may_be_nothing: Set[str]
    """Measures of which nothing to count is not applicable."""
    hamlets: Mapping[str, Report] = {}

    def get(self, measure: str, year: int | None = None) -> Fraction | str | None:
        return self.reports.get(self.year if year is None else year, {}).get(measure)


FIRST_OF = {
    "all": ("NOT_MET", "NO_DATA", "NO_TARGET", "MET", "NOT_APPLICABLE"),
    "any": ("MET", "NO_DATA", "NO_TARGET", "NOT_MET", "NOT_APPLICABLE"),
}


def judge(
    law: dict[str, Any],
    code: str,
    year: int,
    reports: Mapping[int, Report],
    hamlets: Mapping[str, Report] | None = None,
) -> Iterator[tuple[str, str, str]]:
    """Yield level, id and verdict of every node of the law for one commune and year.

    `reports`: year -> its report; `hamlets`: of the year judged, hamlet -> what is reported of it.
    """
    nothing = {m["id"] for m in law["measures"] if m["zero_denominator"] == "not_applicable"}
    report = Judged(year, reports, nothing, hamlets or {})
    commune = next((c for c in law["communes"] if c["code"] == code), {"group": None})
    commune = {**commune, "is_classed": {one["id"] for one in law.get("classifications", ())}.__contains__}
    rank = {g["id"]: g["rank"] for s in law["scales"] for g in s["grades"]}
    criteria = []
    known: dict[tuple[str, str], str] = {}
    for criterion in law["criteria"]:
        indicators = []
        for indicator in criterion["indicators"]:
            nodes = list(_node(indicator["condition"], report, commune, rank))
            indicators.append(nodes[-1][1])
            below = nodes[:-1] if "op" in indicator["condition"] else nodes
            yield from (("requirement", id_, verdict) for id_, verdict in below)
            known["indicator", indicator["id"]] = indicators[-1]
            yield "indicator", indicator["id"], indicators[-1]
        own = criterion.get("meets_when")
        criteria.append(_decided(own, known, {}) if own else _combined("all", indicators))
        known["criterion", criterion["id"]] = criteria[-1]
        yield "criterion", criterion["id"], criteria[-1]
    whole = law.get("meets_when")
    made_of = {
        criterion["id"]: criterion.get("meets_when")
        or {"op": "all", "parts": [{"level": "indicator", "id": one["id"]} for one in criterion["indicators"]]}
        for criterion in law["criteria"]
    }
    yield "commune", law["id"], _decided(whole, known, made_of) if whole else _combined("all", criteria)
    conditions = []
    for condition in law["conditions"]:
        nodes = list(_node(condition["condition"], report, commune, rank))
        conditions.append(nodes[-1][1])
        yield from (("requirement", id_, verdict) for id_, verdict in nodes)
    if conditions:
        yield "recognition", "conditions", _combined("all", conditions)


def _named(part: dict[str, Any]) -> set[tuple[str, str]]:
    return (
        {(part["level"], part["id"])} if "level" in part else set[tuple[str, str]]().union(*map(_named, part["parts"]))
    )


def _decided(part: dict[str, Any], known: Mapping[tuple[str, str], str], made_of: Mapping[str, dict[str, Any]]) -> str:
    """Judge what must be met; while it is open, ask whether figures could still change it or only numbers awaited.

    Every way in which the numbers come out is tried, with no figure meeting and with every one.
    """
    verdict, open_ = _standard(part, known), ("NO_DATA", "NO_TARGET")
    if verdict not in open_:
        return verdict
    named = _named(part)
    beside = made_of if len({level for level, _id in named}) > 1 else {}
    beside = {
        id_: whole for id_, whole in beside.items() if ("criterion", id_) in named and known["criterion", id_] in open_
    }
    free = named.union(*map(_named, beside.values())) - {("criterion", id_) for id_ in beside}
    waiting = [one for one in free if known[one] == "NO_TARGET"]
    asked = [one for one in free if known[one] == "NO_DATA"]

    def outcome(numbers: Sequence[str], figures: str) -> str:
        then = {**known, **dict(zip(waiting, numbers, strict=True)), **dict.fromkeys(asked, figures)}
        then |= {("criterion", id_): _standard(whole, then) for id_, whole in beside.items()}
        return _standard(part, then)

    ways = product(("MET", "NOT_MET"), repeat=len(waiting))
    return "NO_DATA" if any(outcome(way, "MET") != outcome(way, "NOT_MET") for way in ways) else "NO_TARGET"


def _standard(part: dict[str, Any], known: Mapping[tuple[str, str], str]) -> str:
    """Judge what must be met: of parts taken together, or by the weight of those met."""
    if "level" in part:
        return known[part["level"], part["id"]]
    verdicts = [_standard(inner, known) for inner in part["parts"]]
    if part["op"] != "weighed":
        return _combined(part["op"], verdicts) if verdicts else "NOT_APPLICABLE"
    weights = [Fraction(inner["weight"]) for inner in part["parts"]]

    def weight_of(*those: str) -> Fraction:
        return sum((w for w, verdict in zip(weights, verdicts, strict=True) if verdict in those), Fraction(0))

    met, open_ = weight_of("MET"), weight_of("NO_DATA", "NO_TARGET")
    applies = met + open_ + weight_of("NOT_MET")
    needed = Fraction(part["at_least"]) * (applies / 100 if part["percent"] else 1)
    if applies == 0:
        return "NOT_APPLICABLE"
    if met >= needed or met + open_ < needed:
        return "MET" if met >= needed else "NOT_MET"
    return "NO_DATA" if "NO_DATA" in verdicts else "NO_TARGET"


def _combined(op: str, verdicts: list[str], needed: int = 0) -> str:
    if op == "some":
        met, open_ = verdicts.count("MET"), verdicts.count("NO_DATA") + verdicts.count("NO_TARGET")
        if set(verdicts) == {"NOT_APPLICABLE"}:
            return "NOT_APPLICABLE"
        if met >= needed or met + open_ < needed:
            return "MET" if met >= needed else "NOT_MET"
        return "NO_DATA" if "NO_DATA" in verdicts else "NO_TARGET"
    return next(verdict for verdict in FIRST_OF[op] if verdict in verdicts)


def _node(
    node: dict[str, Any], report: Judged, commune: Mapping[str, Any], rank: dict[str, int]
) -> Iterator[tuple[str, str]]:
    """Yield id and verdict of everything below a node, and of the node itself last."""
    if "op" not in node:
        yield node["id"], _requirement(node, report, commune, rank)
        return
    parts = []
    for child in node["children"]:
        nodes = list(_node(child, report, commune, rank))
        parts.append(nodes[-1][1])
        yield from nodes
    yield node["id"], _combined(node["op"], parts, node["needed"] or 0)


def _requirement(node: dict[str, Any], report: Judged, commune: Mapping[str, Any], rank: dict[str, int]) -> str:
    gates = [_opens(gate, report.get(gate["measure"])) for gate in node["gates"]]
    if False in gates or None in gates:
        return "NOT_APPLICABLE" if False in gates else "NO_DATA"
    target = node["target"]
    if target["state"] == "by_class":
        target = _of_class(target, report, commune)
    if target is not None and target["state"] == "not_applicable":
        return "NOT_APPLICABLE"
    if node.get("hamlets") and report.hamlets:
        value, lacking = _counted(node, report, commune, rank, target), False
    else:
        value, lacking = _taken(node, report, rank), False
    if isinstance(value, Some):  # of each of several years one that is there may fail
        value, lacking = value.furthest, True
        if target is None or target["state"] == "awaited":
            return "NO_DATA"
    if value in ("NOT_APPLICABLE", "NO_DATA", "NO_TARGET"):
        return value
    verdict = _against(node, target, value, commune, rank)
    return "NO_DATA" if lacking and verdict != "NOT_MET" else verdict


def _against(
    node: dict[str, Any], target: dict[str, Any] | None, value: Any, commune: Mapping[str, Any], rank: dict[str, int]
) -> str:
    if target is None:
        return "NO_DATA"
    if target["state"] == "awaited":
        return "NO_TARGET"
    bar = target["value"] if target["by_group"] is None else target["by_group"].get(commune["group"])
    if bar is None:
        return "NO_DATA"
    if node["comparator"] == "is":
        return "MET" if value == bar else "NOT_MET"
    if node["kind"] == "date":
        return "MET" if _holds(node["comparator"], value, bar) else "NOT_MET"  # 2025-12-31: in the order of the days
    have, need = (value, rank[bar]) if node["kind"] == "grade" else (value, Fraction(bar))
    return "MET" if _holds(node["comparator"], have, need) else "NOT_MET"


def _counted(
    node: dict[str, Any],
    report: Judged,
    commune: Mapping[str, Any],
    rank: dict[str, int],
    target: dict[str, Any] | None,
) -> Any:
    """How many hamlets, or which share, meet what each must; or the verdict where that cannot be said."""
    hamlets, number = report.hamlets, node["hamlets"]["number"]
    verdicts = [
        list(
            _node(
                node["hamlets"]["each"], Judged(report.year, {report.year: one}, report.may_be_nothing), commune, rank
            )
        )[-1][1]
        for one in hamlets.values()
    ]
    met, missed, asked, waiting = map(verdicts.count, ("MET", "NOT_MET", "NO_DATA", "NO_TARGET"))
    open_, said = asked + waiting, report.get(number) if number else Fraction(len(hamlets))
    if said is not None and Fraction(said) < len(hamlets):
        return "NO_DATA"
    unlisted = None if said is None else math.floor(Fraction(said)) - len(hamlets)
    if unlisted == 0 and met + missed + open_ == 0:
        return "NOT_APPLICABLE"
    share = node["kind"] == "share"
    found = [
        Fraction(100 * (met + more), met + missed + open_ + beside) if share else Fraction(met + more)
        for beside in (range(MANY) if unlisted is None else [unlisted])
        for more in range(open_ + beside + 1)
        if met + missed + open_ + beside
    ]
    typed = report.get(node["measure"])
    bar = None
    if target is not None and target["state"] == "known":
        bar = target["value"] if target["by_group"] is None else target["by_group"].get(commune["group"])
    decided = {_holds(node["comparator"], one, Fraction(bar)) for one in found} if bar is not None else set()
    if unlisted is None and met + missed + open_ == 0:
        decided = set()
    if len(set(found)) > 1 and len(decided) != 1:
        return "NO_DATA" if asked or unlisted != 0 else "NO_TARGET"
    if typed == UNUSABLE:
        return "NO_DATA"
    if typed is not None and not isinstance(typed, str) and unlisted is None:
        return found[0] if {_holds(node["comparator"], typed, Fraction(bar or 0))} == decided else "NO_DATA"
    if typed is not None and not isinstance(typed, str) and not min(found) <= typed <= max(found):
        return "NO_DATA"
    return found[0]


MANY = 40
"""More hamlets than so many beside those listed decide nothing new in these tests."""


def _of_class(target: dict[str, Any], report: Judged, commune: Mapping[str, Any]) -> dict[str, Any] | None:
    by, default = target["by"], target["default"]
    if by in commune.get("classes", {}):
        return target["classes"].get(commune["classes"][by], default)
    if by in ("group", "type", "province") or report.get(by) is not None:
        own = report.get(by) if report.get(by) is not None else commune.get(by)
        return None if own is None else target["classes"].get(own, default)
    return default if commune["is_classed"](by) else None


class Some(NamedTuple):
    """Of each of several years those that are there, while others are missing: the one furthest from the target."""

    furthest: Any


def _taken(node: dict[str, Any], report: Judged, rank: dict[str, int]) -> Any:
    """What is held against the target; NO_DATA or NOT_APPLICABLE where there is nothing."""
    own = (
        {"quantity": "growth", "since": "year_before"}
        if node["kind"] == "growth"
        else {"quantity": "level", "since": "this_year"}
    )
    how = {"over": "one", "count": 1, "from_zero": None, "rounded_to": None} | (node.get("taken") or own)
    growth, since = how["quantity"] in ("growth", "ratio"), how["since"]
    values = []

    def year_of(then: int) -> int:
        return {"this_year": then, "year_before": then - 1}.get(since) or int(since)

    level = how["quantity"] == "level"
    first = year_of(report.year) if level else report.year
    terms = [(first - back, None if level else year_of(report.year - back)) for back in range(how["count"])]
    read = {year for term in terms for year in term if year is not None}
    if report.year in read and report.get(node["measure"]) == NOTHING_TO_COUNT:
        return "NOT_APPLICABLE"
    if report.year in read and report.get(node["measure"]) is None and node["measure"] in report.may_be_nothing:
        return "NO_DATA"
    lacking = False
    for year, base in terms:
        value: Any = report.get(node["measure"], year)
        then: Any = None if base is None else report.get(node["measure"], base)
        nothing = value in (None, NOTHING_TO_COUNT) or (base is not None and then in (None, NOTHING_TO_COUNT))
        if nothing or (base is not None and growth and (then < 0 or (then == 0 and not how["from_zero"]))):
            if how["over"] != "each":
                return "NO_DATA"
            lacking = True
            continue
        if base is not None:
            if not growth:
                value -= then
            elif then == 0:
                value = WITHOUT_LIMIT if value > 0 else Fraction(how["quantity"] == "ratio")
            else:
                value = value / then if how["quantity"] == "ratio" else 100 * (value - then) / then
        values.append(rank[value] if node["kind"] == "grade" else value)
    if not values:
        return "NO_DATA"
    if node["comparator"] == "is":
        value = next((value for value in values if value != node["answer"]), node["answer"])
        return Some(value) if lacking else value
    if how["over"] == "mean":
        value = sum(values) / len(values)
    else:
        value = max(values) if node["comparator"] in ("at_most", "less_than") else min(values)
    if how["rounded_to"] is not None and value != WITHOUT_LIMIT:
        size = math.floor(abs(value) * 10 ** how["rounded_to"] + Fraction(1, 2))
        value = Fraction(size if value >= 0 else -size, 10 ** how["rounded_to"])
    return Some(value) if lacking else value


WITHOUT_LIMIT = Fraction(10**50)


def _opens(gate: dict[str, Any], value: Fraction | str | None) -> bool | None:
    if value is None:
        return None
    if gate["comparator"] == "is":
        return value == gate["value"]
    return _holds(gate["comparator"], value, Fraction(gate["value"]))


def _holds(comparator: str, have: Any, need: Any) -> bool:
    return {
        "at_least": have >= need,
        "at_most": have <= need,
        "more_than": have > need,
        "less_than": have < need,
    }[comparator]
