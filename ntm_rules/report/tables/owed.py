"""Every requirement that cannot be judged for want of a figure, a ruling or the commune's group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ntm_rules.evaluation.reference import opens
from ntm_rules.evaluation.verdicts import Reason
from ntm_rules.report.tables.table import Cell, Column, Table, yes_or_no
from ntm_rules.standing.lacks import Lack, body_of
from ntm_rules.standing.overview import Overview

KEYS = ("commune_code", "commune", "year", "id", "measure", "lack", "reason", "decides", "awaited_from", "lead_agency")


def owed(overviews: Sequence[Overview]) -> Table:
    """Return all that is lacking, by record, in the order of the law."""
    return Table.of([Column(key) for key in KEYS], [row for overview in overviews for row in _rows(overview)])


def _rows(overview: Overview) -> Iterator[Sequence[Cell]]:
    evaluation, lacks = overview.evaluation, overview.lacks
    answers = {decides: yes_or_no(decides) for decides in (True, False)}
    for record, at in enumerate(evaluation.records):
        for one in lacks.of(record):
            node = one.requirement
            unanswered = (gate.measure for gate in node.gates if opens(gate, at) is None)
            measure = next(unanswered) if one.reason is Reason.EXISTENCE_UNANSWERED else node.measure
            yield (
                *(at.code, at.name, at.year, node.id, measure),
                *(one.lack.name.lower(), one.reason.value, answers[one.decides]),
                body_of(evaluation.rules, node) if one.lack is Lack.RULING else "",
                node.lead,
            )
