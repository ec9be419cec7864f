"""What every agency leads, requirement by requirement: which communes it stands in the way of, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.gaps import Gap
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import Indicator, Requirement
from ntm_rules.standing.lacks import Lack, Lacks
from ntm_rules.standing.values import Lacking


@dataclass(frozen=True, slots=True)
class Led:
    """One requirement over all communes: who still stands where because of it. Records are positions in the evaluation."""

    indicator: Indicator
    requirement: Requirement
    short: list[tuple[int, Gap]] = field(default_factory=list)
    """Who misses it, the nearest first."""
    owing: list[tuple[int, Lacking]] = field(default_factory=list)
    """Who owes a figure for it."""
    concluding: list[tuple[int, Lacking]] = field(default_factory=list)
    """Where it waits for a body's conclusion or the commune's group."""
    awaiting: list[int] = field(default_factory=list)
    """Who waits for its target."""


def led(
    evaluation: Evaluation, lacks: Lacks, gaps: Mapping[int, Sequence[tuple[Requirement, Gap]]]
) -> Mapping[str, Sequence[Led]]:
    """Return what each agency leads, in the order of the law; further conditions last.

    `gaps` are those of every record that counts.
    """
    found = {
        requirement.id: Led(indicator, requirement)
        for indicator in evaluation.rules.every_indicator()
        for requirement in indicator.requirements()
    }
    waits = evaluation.in_the_way(Verdict.NO_TARGET)
    for record, its in gaps.items():
        for requirement, gap in its:
            found[requirement.id].short.append((record, gap))
        for lacking in lacks.of(record):
            one = found[lacking.requirement.id]
            (one.owing if lacking.lack is Lack.FIGURE else one.concluding).append((record, lacking))
        for row in lacks.rows:
            if waits[row, record]:
                found[evaluation.requirement(row).id].awaiting.append(record)
    agencies: defaultdict[str, list[Led]] = defaultdict(list)
    for one in found.values():
        one.short.sort(key=lambda short: short[1].closeness)
        agencies[one.requirement.lead].append(one)
    return agencies
