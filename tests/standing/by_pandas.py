"""How a province stands, reckoned again by another program: from `verdicts.csv` and the rules as JSON alone, with pandas.

Nothing of `ntm_rules` is used. Only rules are taken in which no target lies outside what can be reported.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd

MET, NOT_MET, NO_DATA, NO_TARGET, NA = "MET", "NOT_MET", "NO_DATA", "NO_TARGET", "NOT_APPLICABLE"
STRONGEST = {
    "all": (NOT_MET, NO_DATA, NO_TARGET, MET, NA),
    "any": (MET, NO_DATA, NO_TARGET, NOT_MET, NA),
}
SAID = ("ruling_awaited", "group_unknown", "previous_year_missing", "previous_year_zero")
"""Reasons for want of something else, where the figure itself was reported."""
Node = dict[str, Any]


def combine(op: str, verdicts: list[str]) -> str:
    return next(verdict for verdict in STRONGEST[op] if verdict in verdicts)


def leaves(node: Node) -> Iterator[Node]:
    if "op" not in node:
        yield node
    for child in node.get("children", ()):
        yield from leaves(child)


def table(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")


@dataclass(frozen=True)
class Province:
    """One year of the province."""

    rules: Mapping[str, Any]
    folder: Path

    @cached_property
    def verdicts(self) -> pd.DataFrame:
        return table(self.folder / "verdicts.csv")

    @cached_property
    def of_leaf(self) -> dict[tuple[str, str], tuple[str, str]]:
        """(commune, requirement) -> verdict and reason."""
        rows = self.verdicts[self.verdicts["level"] == "requirement"]
        return {(r.commune_code, r.id): (r.verdict, r.reason) for r in rows.itertuples()}

    @cached_property
    def communes(self) -> list[str]:
        return list(dict.fromkeys(self.verdicts["commune_code"]))

    @cached_property
    def usable(self) -> set[str]:
        """Communes of which something was reported: some requirement is judged, or awaits a body or a target."""
        rows = self.verdicts[self.verdicts["level"] == "requirement"]
        said = rows[rows["verdict"].isin([MET, NOT_MET, NO_TARGET, NA]) | rows["reason"].isin(SAID)]
        return set(said["commune_code"])

    @cached_property
    def measures(self) -> dict[str, Any]:
        return {measure["id"]: measure for measure in self.rules["measures"]}

    @cached_property
    def groups(self) -> dict[str, str | None]:
        return {commune["code"]: commune["group"] for commune in self.rules["communes"]}

    # --- verdicts, put together again

    def verdict(self, code: str, node: Node, without: str = "") -> str:
        """The verdict of a node; as if everything that the agency `without` leads and is not met were met."""
        if "op" not in node:
            found = self.of_leaf[code, node["id"]][0]
            return MET if found == NOT_MET and node["lead"] == without else found
        return combine(node["op"], [self.verdict(code, child, without) for child in node["children"]])

    def indicator(self, code: str, indicator: Node, without: str = "") -> str:
        return self.verdict(code, indicator["condition"], without)

    def criterion(self, code: str, criterion: Node, without: str = "") -> str:
        return combine("all", [self.indicator(code, i, without) for i in criterion["indicators"]])

    @cached_property
    def indicators(self) -> list[Node]:
        return [indicator for criterion in self.rules["criteria"] for indicator in criterion["indicators"]]

    # --- what the law lets be judged

    def _can(self, node: Node, group: str | None, code: str = "") -> set[str]:
        """All verdicts a node can come to with every figure reported; `code`: as this commune answers "if any"."""
        if "op" in node:
            found = [self._can(child, group, code) for child in node["children"]]
            return {combine(node["op"], list(way)) for way in product(*found)} if len(found) < 8 else _fold(node, found)
        verdict, reason = self.of_leaf[code, node["id"]] if code else (NO_DATA, "existence_unanswered")
        if verdict == NA:
            return {NA}
        zero = self.measures[node["measure"]]["zero_denominator"] == "not_applicable"
        open_ = reason == "existence_unanswered" or (zero and verdict == NO_DATA)
        may_lack = {NA} if open_ and (node["gates"] or zero) else set()
        target = node["target"]
        if target["state"] == "awaited":
            return may_lack | {NO_TARGET}
        if target["by_group"] and group not in target["by_group"]:
            return may_lack | {NO_DATA}
        return may_lack | {MET, NOT_MET}

    def reach(self, criterion: Node, group: str | None, code: str = "") -> tuple[bool, bool]:
        """Whether it is judged whole, and whether it can be met."""
        found = {MET, NA}
        whole = {NA}
        for indicator in criterion["indicators"]:
            can = self._can(indicator["condition"], group, code)
            whole = {combine("all", [one, other]) for one in whole for other in can}
        return not whole & {NO_TARGET, NO_DATA}, bool(whole & found)

    def ceiling(self, group: str | None) -> tuple[int, int]:
        """How many criteria are judged whole, and the most that can be met."""
        found = [self.reach(criterion, group) for criterion in self.rules["criteria"]]
        return sum(whole for whole, _ in found), sum(attainable for _, attainable in found)

    def met(self, code: str) -> int:
        return sum(self.criterion(code, criterion) == MET for criterion in self.rules["criteria"])

    @property
    def reached(self) -> int:
        """Communes that meet as many criteria as the law lets communes of their group, if it lets them any."""
        return sum(0 < self.ceiling(self.groups[code])[1] <= self.met(code) for code in self.usable)

    def judgeable(self, code: str) -> int:
        found = 0
        for criterion in self.rules["criteria"]:
            verdict = self.criterion(code, criterion)
            whole = self.reach(criterion, self.groups[code], code)[0]
            found += verdict != NA and (verdict == MET or whole)
        return found

    # --- what is lacking, and what is left

    def lacking(self, code: str) -> Counter[tuple[str, str]]:
        """(requirement, `figure` / `ruling` / `group`) of one commune."""

        def below(node: Node) -> Iterator[tuple[str, str]]:
            if "op" not in node:
                verdict, reason = self.of_leaf[code, node["id"]]
                if verdict == NO_DATA:
                    lack = {"ruling_awaited": "ruling", "group_unknown": "group"}.get(reason, "figure")
                    yield node["id"], lack
            elif node["op"] == "all" or self.verdict(code, node) != MET:
                for child in node["children"]:
                    yield from below(child)

        roots = [*self.indicators, *self.rules["conditions"]]
        return Counter(found for root in roots for found in below(root["condition"]))

    def criteria_left(self, code: str) -> int:
        return sum(self.criterion(code, c) in (NOT_MET, NO_DATA) for c in self.rules["criteria"])

    def in_the_way(self, code: str) -> int:
        """Requirements not met or without data; an "or" counts once."""

        def below(node: Node) -> int:
            verdict = self.verdict(code, node)
            if verdict in (MET, NA, NO_TARGET):
                return (
                    0
                    if "op" not in node or node["op"] == "any" or verdict != NO_TARGET
                    else sum(map(below, node["children"]))
                )
            if "op" not in node or node["op"] == "any":
                return 1
            return sum(below(child) for child in node["children"])

        return sum(below(root["condition"]) for root in [*self.indicators, *self.rules["conditions"]])

    # --- agencies

    def agency(self, agency: str) -> dict[str, int]:
        led = [i for i in self.indicators if any(leaf["lead"] == agency for leaf in leaves(i["condition"]))]

        def own(code: str, node: Node) -> bool:
            if self.verdict(code, node) != NOT_MET:
                return False
            if "op" not in node:
                return bool(node["lead"] == agency)
            return any(own(code, child) for child in node["children"])

        pairs = [(code, indicator) for code in self.usable for indicator in led]
        gained = {
            code: sum(
                self.criterion(code, c, agency) == MET and self.criterion(code, c) != MET
                for c in self.rules["criteria"]
            )
            for code in self.usable
        }
        return {
            "indicators": len(led),
            "applicable": sum(self.indicator(*pair) != NA for pair in pairs),
            "met": sum(self.indicator(*pair) == MET for pair in pairs),
            "not_met": sum(own(code, indicator["condition"]) for code, indicator in pairs),
            "communes_gaining": sum(n > 0 for n in gained.values()),
            "criteria_gained": sum(gained.values()),
        }

    @property
    def agencies(self) -> set[str]:
        return {leaf["lead"] for indicator in self.indicators for leaf in leaves(indicator["condition"])}


def _fold(node: Node, found: list[set[str]]) -> set[str]:
    whole = found[0]
    for more in found[1:]:
        whole = {combine(node["op"], [one, other]) for one in whole for other in more}
    return whole


def moves(before: Province, now: Province) -> Counter[tuple[str, str, str, str]]:
    """(commune, level, id, move) of what rose or fell between two years."""
    both = before.usable & now.usable
    found: Counter[tuple[str, str, str, str]] = Counter()
    then, here = (_by_node(one.verdicts, both) for one in (before, now))
    joined = pd.merge(then, here, on=["commune_code", "level", "id"], suffixes=("_before", ""))
    for row in joined.itertuples():
        old, new = row.verdict_before, row.verdict
        if old == new or MET not in (old, new) or NA in (old, new):
            continue
        move = "rose" if new == MET else "fell" if new == NOT_MET else "unknown_now"
        found[row.commune_code, row.level, row.id, move] += 1
    return found


def _by_node(verdicts: pd.DataFrame, communes: set[str]) -> pd.DataFrame:
    rows = verdicts["level"].isin(["criterion", "indicator"]) & verdicts["commune_code"].isin(communes)
    return verdicts[rows][["commune_code", "level", "id", "verdict"]]
