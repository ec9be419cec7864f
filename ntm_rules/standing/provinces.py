"""Several provinces under one set, beside each other: how many communes of each reported, meet it, owe figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.standing.decisions import YES
from ntm_rules.standing.overview import Overview
from ntm_rules.text_columns import Bools


@dataclass(frozen=True, slots=True)
class ProvinceStanding:
    """One province in one year; all but `communes` are of those with a usable report."""

    province: str
    communes: int
    """Of the register that the set applies to."""
    reported: int
    meeting: int
    """Meet every criterion that applies, or the set's own standard."""
    bands: tuple[int, ...]
    """Of each band of the set."""
    recognised: int
    criteria_met: int
    """Commune-criteria."""
    criteria_applicable: int
    indicators_met: int
    """Commune-indicators."""
    indicators_applicable: int
    owing: int
    """Communes that lack a figure of some requirement."""


def several(rules: CriteriaSet) -> bool:
    """Tell whether several provinces are looked at."""
    return len(rules.provinces) > 1 and not rules.communes.province


def by_province(overview: Overview) -> list[ProvinceStanding]:
    """Return every province that is looked at, in the order of the set."""
    rules, standings = overview.evaluation.rules, overview.communes
    register = [commune.province for commune in rules.communes.within()]
    of_code = {commune.code: commune.province for commune in rules.communes}
    whose = np.array([of_code.get(code, "") for code in overview.evaluation.records.codes])
    looked_at = [id_ for id_ in rules.provinces if rules.communes.province in ("", id_)]
    return [_standing(overview, id_, register.count(id_), standings.usable & (whose == id_)) for id_ in looked_at]


def _standing(overview: Overview, province: str, communes: int, here: Bools) -> ProvinceStanding:
    evaluation, standings = overview.evaluation, overview.communes
    counts: Mapping[str, tuple[int, int]] = {
        level: (tally.met, tally.applicable)
        for level in ("criterion", "indicator")
        for tally in [evaluation.tally(evaluation.level(level), here)]
    }
    return ProvinceStanding(
        province=province,
        communes=communes,
        reported=int(here.sum()),
        meeting=int((here & (standings.meets == Verdict.MET)).sum()),
        bands=tuple(int((here & (standings.bands == at)).sum()) for at in range(len(evaluation.rules.bands))),
        recognised=int((here & (standings.decided == YES)).sum()),
        criteria_met=counts["criterion"][0],
        criteria_applicable=counts["criterion"][1],
        indicators_met=counts["indicator"][0],
        indicators_applicable=counts["indicator"][1],
        owing=int((here & (standings.owed > 0)).sum()),
    )
