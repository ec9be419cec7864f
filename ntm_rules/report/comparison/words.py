"""What a "what if" says, in words: the two laws, a target before and after, a verdict before and after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import Message, _
from ntm_rules.report.comparison.together import counted_differently
from ntm_rules.report.hamlet_texts import told_with_hamlets
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.describe import resolved_hash
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.register import Commune
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.gaps import gap_words
from ntm_rules.wording.sources import law_words
from ntm_rules.wording.standards import meets_words
from ntm_rules.wording.targets import target_words
from ntm_rules.wording.values import actual_words, counted_words
from ntm_rules.workbench.comparing.changes import Comparison, NodeChange, Side, leads_of, requirement_at
from ntm_rules.workbench.comparing.communes import CommuneChange, commune_changes
from ntm_rules.workbench.comparing.directions import Direction, fell, newly_failing
from ntm_rules.workbench.comparing.laws import (
    RequirementPair,
    asked_differently,
    left_out,
    out_of_force,
    regrouped,
    why_nothing,
)


class LawAndOverlays(NamedTuple):
    """One side of the comparison: the resolved set, and the overlays given for it."""

    rules: CriteriaSet
    overlays: Sequence[Overlay]

    @property
    def words(self) -> str:
        """The set, the overlays in force and the day."""
        return law_words(self.rules, self.overlays)


@dataclass(frozen=True)
class WhatIf:
    """Everything a report of "what if" is written from."""

    before: LawAndOverlays
    after: LawAndOverlays
    comparison: Comparison
    communes: tuple[CommuneChange, ...]
    """Those that some change touches, those that fall first."""
    asked: tuple[RequirementPair, ...]
    regrouped: tuple[tuple[Commune, Commune], ...]
    notes: tuple[Message, ...]
    """What must be told: overlays not in force, loosened targets, why nothing changes."""
    warnings: tuple[str, ...]
    """Invented targets or figures."""
    inputs: tuple[tuple[str, str], ...]
    """Name and SHA-256 of every input file."""

    @property
    def hashes(self) -> tuple[str, str]:
        """Return the SHA-256 of the two resolved laws."""
        return resolved_hash(self.before.rules), resolved_hash(self.after.rules)


def what_if(
    before: LawAndOverlays,
    after: LawAndOverlays,
    comparison: Comparison,
    *,
    warnings: Sequence[str],
    inputs: Iterable[tuple[str, str]],
) -> WhatIf:
    """Gather what a report of "what if" is written from."""
    asked = asked_differently(before.rules, after.rules)
    notes = [note for law in (before, after) for note in out_of_force(law.rules, law.overlays)]
    told = {notice for law in (before, after) for notice in left_out(law.rules, law.overlays)}
    notes += counted_differently(before.rules, after.rules)
    notes += [notice for notice in after.rules.notices if notice not in told and notice not in before.rules.notices]
    communes = commune_changes(comparison)
    moved = regrouped(before.rules, after.rules)
    if not communes:
        notes += why_nothing(comparison, asked, moved)
    return WhatIf(
        before,
        after,
        comparison,
        tuple(communes),
        tuple(asked),
        tuple(moved),
        tuple(dict.fromkeys(notes)),
        tuple(warnings),
        tuple(inputs),
    )


class FigureWords(NamedTuple):
    """One side of a change: what was reported, the target and the gap, in words; empty where there is none."""

    actual: str = ""
    target: str = ""
    gap: str = ""


def side_words(side: Side | None) -> FigureWords:
    """Return one side of a change in words."""
    at = requirement_at(side)
    if at is None:
        return FigureWords()
    rules, held = at.evaluation.rules, at.evaluation.held(at.row, at.record)
    actual = actual_words(rules, held)
    counted = counted_words(rules.measures[held.requirement.measure], held.reported)
    return FigureWords(
        f"{actual} ({counted})" if actual and counted else actual,
        target_words(rules, held.requirement, held.target),
        told_with_hamlets(gap_words(rules, held.requirement, held.gap), at.evaluation, at.record, held.requirement)
        if held.gap
        else "",
    )


def node_words(change: NodeChange) -> str:
    """Return the words of the law that a change is about."""
    side = change.now or change.was
    assert side is not None, "a node that changes stands on one side at least"
    node = side.evaluation.table[side.row].node
    if node is None:
        return (
            meets_words(side.evaluation.rules) if change.level == "commune" else _("Further conditions of recognition")
        )
    return str(node.words) or change.id


def told_change(change: NodeChange) -> bool:
    """Tell whether a change is worth a line: a requirement that is the whole of its indicator is told there."""
    side = change.now or change.was
    assert side is not None
    if change.level != "requirement":
        return True
    return ("indicator", change.id) not in side.evaluation.row_of


def in_order(report: WhatIf, changes: Iterable[NodeChange]) -> list[NodeChange]:
    """Return changes in the order of the communes, those that fall first."""
    order = {(commune.code, commune.year): at for at, commune in enumerate(report.communes)}
    return sorted(changes, key=lambda change: order[change.code, change.year])


class ChangeCounts(NamedTuple):
    """How many items of a kind change, and how."""

    fallen: int
    newly_failing: int
    gained: int
    other: int


def counts_of(changes: Iterable[NodeChange]) -> ChangeCounts:
    """Count changes by what they mean."""
    found = [0, 0, 0, 0]
    for change in changes:
        if fell(change.before, change.after):
            found[0] += 1
        elif newly_failing(change.before, change.after):
            found[1] += 1
        else:
            found[2 if change.turn.direction is Direction.GAIN else 3] += 1
    return ChangeCounts(*found)


def by_agency(report: WhatIf) -> list[tuple[str, ChangeCounts]]:
    """Count the changes of indicators and further conditions by lead agency, most fallen first."""
    found: dict[str, list[NodeChange]] = {}
    for commune in report.communes:
        for change in commune.items:
            for agency in leads_of(change):
                found.setdefault(agency, []).append(change)
    counted = [(agency, counts_of(changes)) for agency, changes in found.items()]
    counted.sort(key=lambda pair: (*(-n for n in pair[1]), pair[0]))
    return [(agency_name(report.after.rules, agency), counts) for agency, counts in counted]


def by_node(report: WhatIf) -> list[tuple[NodeChange, ChangeCounts]]:
    """Count the changes of every criterion, indicator and further condition, in the order of the law's text."""
    found: dict[tuple[str, str], list[NodeChange]] = {}
    for commune in report.communes:
        for change in commune.changes:
            found.setdefault((change.level, change.id), []).append(change)
    return [(found[key][0], counts_of(found[key])) for key in report.comparison.keys if key in found]


class Total(NamedTuple):
    """One count over all communes, before and after."""

    words: str
    before: int
    after: int


def totals(report: WhatIf) -> list[Total]:
    """Count the communes by band and by meeting every criterion, before and after."""
    comparison = report.comparison
    sides = tuple(
        (evaluation, [pair[side] for pair in comparison.pairs])
        for side, evaluation in enumerate((comparison.before, comparison.after))
    )
    bands = {band.id: band for evaluation, _records in sides for band in evaluation.rules.bands}
    in_band = [[band.id if (band := e.band(at)) else "" for at in records] for e, records in sides]
    found = [Total(str(band.title), in_band[0].count(id_), in_band[1].count(id_)) for id_, band in bands.items()]
    meets = [sum(e.verdict(e.level("commune")[0], at) is Verdict.MET for at in records) for e, records in sides]
    return [*found, Total(meets_words(comparison.after.rules), meets[0], meets[1])]
