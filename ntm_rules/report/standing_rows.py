"""The machine-readable tables of how the province stands: who handed in, who is nearest, who owes what, two years."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from ntm_rules.evaluation.columns import REASON_CODES
from ntm_rules.evaluation.gaps import UNITS
from ntm_rules.evaluation.verdicts import Reason, Verdict
from ntm_rules.exact import nearest_to, plain
from ntm_rules.standing.agencies import by_effect, by_share
from ntm_rules.standing.lacks import Lack, body_of
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.values import Move
from ntm_rules.text_columns import (
    Columns,
    TextColumn,
    column_of,
    everywhere,
    of_pairs,
    plain_decimal,
    texts_of,
)
from ntm_rules.wording.standing import DISTANCE_DECIMALS, why_words

DECIMALS = 4
"""Of shares, rounded down; the order rests on the exact ones."""
HANDED = ("commune_code", "commune", "year", "group", "state", "files", "errors", "warnings", "why")
"""One commune of the register: what it handed in for the year."""


def handed_table(overview: Overview) -> Columns:
    """Return every commune of the register that the set applies to, by code."""
    communes = overview.handing_in.communes
    errors = np.array([one.errors for one in communes], np.int64)
    return {
        "commune_code": column_of(one.commune.code for one in communes),
        "commune": column_of(one.commune.name for one in communes),
        "year": np.full(len(communes), overview.year),
        "group": column_of(one.commune.group or "" for one in communes),
        "state": column_of(one.state.value for one in communes),
        "files": column_of(";".join(one.files) for one in communes),
        "errors": errors,
        "warnings": np.array([len(one.problems) for one in communes], np.int64) - errors,
        "why": column_of(why_words(one) for one in communes),
    }


NEAREST = (
    "place", "place_by_distance", "commune_code", "commune", "year", "criteria_met", "criteria_judgeable",
    "criteria_applicable", "criteria_left", "requirements_in_the_way", "requirements_not_met", "distance", "figures_owed",
    "rulings_awaited", "criteria_waiting",
)  # fmt: skip
"""One commune with a usable report and its place in both orders."""


def nearest_table(overview: Overview) -> Columns:
    """Return the communes, the nearest first."""
    ranking, standings = overview.nearest, overview.communes
    at, left, criteria = ranking.records, ranking.left, standings.criteria
    distance = -(-left.distance // (UNITS // 10**DISTANCE_DECIMALS))
    return {
        "place": ranking.places,
        "place_by_distance": overview.nearest_by_distance.place_of[at],
        **{
            name: column[at] if isinstance(column, np.ndarray) else column.at(at)
            for name, column in owners(overview).items()
        },
        "criteria_met": criteria.column("met")[at],
        "criteria_judgeable": criteria.column("judgeable")[at],
        "criteria_applicable": criteria.column("applicable")[at],
        "criteria_left": ranking.criteria_left[at],
        "requirements_in_the_way": left.requirements[at],
        "requirements_not_met": left.gaps[at],
        "distance": texts_of(distance[at], lambda units: plain_decimal(units, DISTANCE_DECIMALS)),
        "figures_owed": standings.owed[at],
        "rulings_awaited": standings.rulings[at],
        "criteria_waiting": criteria.column("no_target")[at],
    }


def owners(overview: Overview) -> Columns:
    """Return whose each record is, and for which year."""
    records = overview.evaluation.records
    own = np.arange(len(records), dtype=np.int32)
    return {
        "commune_code": TextColumn(own, records.codes),
        "commune": TextColumn(own, records.names),
        "year": records.years.astype(np.int64),
    }


OWED = (
    "commune_code", "commune", "year", "id", "measure", "lack", "reason", "decides", "awaited_from", "lead_agency",
)  # fmt: skip
"""One requirement that cannot be judged for want of a figure, a ruling or the commune's group."""


def owed_table(overview: Overview) -> Columns:
    """Return all that is lacking, by record, in the order of the law."""
    rules, records, found = overview.evaluation.rules, overview.evaluation.records, overview.lacks.every
    requirements = {row: overview.evaluation.requirement(row) for row in np.unique(found.rows).tolist()}

    def asked(row: int, reason: int) -> str:
        one = requirements[row]
        return (REASON_CODES[reason] is Reason.EXISTENCE_UNANSWERED and one.applies_if) or one.measure

    def awaited_from(row: int, lack: int) -> str:
        return body_of(rules, requirements[row]) if lack == Lack.RULING else ""

    return {
        "commune_code": TextColumn(found.records.astype(np.int32), records.codes),
        "commune": TextColumn(found.records.astype(np.int32), records.names),
        "year": records.years[found.records].astype(np.int64),
        "id": texts_of(found.rows, lambda row: requirements[row].id),
        "measure": of_pairs(found.rows, found.reasons, asked),
        "lack": texts_of(found.lacks, lambda lack: Lack(lack).name.lower()),
        "reason": texts_of(found.reasons, lambda reason: REASON_CODES[reason].value),
        "decides": TextColumn(found.decides.astype(np.int32), ["no", "yes"]),
        "awaited_from": of_pairs(found.rows, found.lacks, awaited_from),
        "lead_agency": texts_of(found.rows, lambda row: requirements[row].lead),
    }


class AgencyRow(NamedTuple):
    """One lead agency over the communes with a usable report, with its place in each of three orders."""

    agency: str
    year: int
    place_by_number: int
    place_by_share: int
    place_by_effect: int
    indicators: int
    applicable: int
    met: int
    not_met: int
    share_not_met: str
    without_figures: int
    ruling_awaited: int
    no_target: int
    not_applicable: int
    elsewhere: int
    communes_gaining: int
    criteria_gained: int
    communes_completing: int
    figures_owed: int
    rulings_awaited: int


def agency_rows(overview: Overview) -> Iterator[AgencyRow]:
    """Yield the lead agencies, those with most not met first."""
    by_number, share, effect = (
        {one.agency: place for place, one in enumerate(order, start=1)}
        for order in (overview.agencies, by_share(overview.agencies), by_effect(overview.agencies))
    )
    for one in overview.agencies:
        yield AgencyRow(
            agency=one.agency,
            year=overview.year,
            place_by_number=by_number[one.agency],
            place_by_share=share[one.agency],
            place_by_effect=effect[one.agency],
            indicators=one.indicators,
            applicable=one.applicable,
            met=one.met,
            not_met=one.not_met,
            share_not_met=plain(nearest_to(one.share * 100, DECIMALS - 2) / 100),
            without_figures=one.owed,
            ruling_awaited=one.ruling,
            no_target=one.no_target,
            not_applicable=one.not_applicable,
            elsewhere=one.elsewhere,
            communes_gaining=one.gaining,
            criteria_gained=one.criteria_gained,
            communes_completing=one.completing,
            figures_owed=one.figures,
            rulings_awaited=one.conclusions,
        )


MOVES = (
    "commune_code", "commune", "year_before", "year", "level", "id", "verdict_before", "verdict", "move", "rule_changed",
)  # fmt: skip
"""One criterion or indicator of one commune that rose or fell since the year before."""


def move_table(overview: Overview) -> Columns:
    """Return what moved, by commune; nothing where there is no year before."""
    years = overview.years
    if years is None:
        return dict.fromkeys(MOVES, everywhere("", 0))
    moved, records, table = years.moved, years.now.records, years.now.table
    at = moved.records.astype(np.int32)
    verdicts, moves = [verdict.name for verdict in Verdict], [move.value for move in Move]
    return {
        "commune_code": TextColumn(at, records.codes),
        "commune": TextColumn(at, records.names),
        "year_before": np.full(len(at), overview.year - 1),
        "year": np.full(len(at), overview.year),
        "level": texts_of(moved.rows, lambda row: table[row].level),
        "id": texts_of(moved.rows, lambda row: table[row].id),
        "verdict_before": TextColumn(moved.before.astype(np.int32), verdicts),
        "verdict": TextColumn(moved.now.astype(np.int32), verdicts),
        "move": TextColumn(moved.moves.astype(np.int32), moves),
        "rule_changed": TextColumn(moved.law_changed.astype(np.int32), ["no", "yes"]),
    }
