"""Which hamlets stand in the way of many records, as `wording.hamlets.hamlets_in_the_way` says it of one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ntm_rules.dataset.records import State
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.gap_columns import Index
from ntm_rules.evaluation.judged_hamlets import JudgedHamlets, judged_hamlets
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import VALUE_SCALE
from ntm_rules.report.gap_texts import GapTexts
from ntm_rules.rulebook.criteria_set import Requirement
from ntm_rules.text_columns import TextColumn, by_number, column_of
from ntm_rules.wording.hamlets import (
    gap_of_hamlet,
    in_the_way_of,
    in_the_way_words,
    named_hamlet,
    owed_of_hamlet,
    with_hamlets,
)


def hamlet_texts(evaluation: Evaluation, requirement: Requirement, records: Index) -> list[str]:
    """Return for each of some records which hamlets stand in the way of a requirement that counts them."""
    judged = judged_hamlets(evaluation, requirement, records)
    verdicts = judged.hamlets.verdicts[judged.row]
    wanted = in_the_way_of(requirement)
    lacks = _lacks(judged)
    names: list[dict[Verdict, list[str]]] = [{verdict: [] for verdict in wanted} for _record in range(len(records))]
    for hamlet in np.flatnonzero(np.isin(verdicts, wanted)).tolist():
        named = named_hamlet(judged.hamlets.records.names[hamlet], list(dict.fromkeys(lacks[hamlet])))
        names[int(judged.of[hamlet])][Verdict(int(verdicts[hamlet]))].append(named)
    listed = np.bincount(judged.of, minlength=len(records)).tolist()
    more = _not_listed(evaluation, requirement, records, listed)
    return [
        in_the_way_words(own, beside) if number else "" for own, beside, number in zip(names, more, listed, strict=True)
    ]


def with_hamlets_of(evaluation: Evaluation, records: Index, rows: Index, words: TextColumn) -> TextColumn:
    """Return what records lack of requirements with the hamlets in the way, where it is hamlets that are counted."""
    counting = [row for row, _here in by_number(rows) if evaluation.requirement(row).hamlets is not None]
    if not counting:
        return words
    texts = words.to_list()
    for row in counting:
        here = np.flatnonzero(rows == row)
        told = hamlet_texts(evaluation, evaluation.requirement(row), records[here])
        for at, hamlets in zip(here.tolist(), told, strict=True):
            texts[at] = "; ".join(said for said in (texts[at], hamlets) if said)
    return column_of(texts)


def told_with_hamlets(words: str, evaluation: Evaluation, record: int, requirement: Requirement) -> str:
    """Return what one record lacks with the hamlets in the way, where it is hamlets that are counted."""
    if requirement.hamlets is None:
        return words
    return with_hamlets(words, evaluation.rules, evaluation.facts(record), requirement)


def named_with_hamlets(name: str, evaluation: Evaluation, record: int, requirement: Requirement) -> str:
    """Return a commune's name with the hamlets in the way, where it is hamlets that are counted."""
    hamlets = told_with_hamlets("", evaluation, record, requirement)
    return named_hamlet(name, [hamlets] if hamlets else [])


def _lacks(judged: JudgedHamlets) -> list[list[str]]:
    """Return what each hamlet lacks that does not meet it, or is not known."""
    hamlets = judged.hamlets
    found: list[list[str]] = [[] for _hamlet in range(len(judged.of))]
    for row in hamlets.level("requirement"):
        node = hamlets.requirement(row) if not hamlets.table[row].children else None
        if node is None:
            continue
        short = np.flatnonzero(hamlets.in_the_way(Verdict.NOT_MET)[row])
        gaps = GapTexts(hamlets, short, np.full(len(short), row)).missing.to_list()
        for hamlet, gap in zip(short.tolist(), gaps, strict=True):
            found[hamlet].append(gap_of_hamlet(hamlets.rules, node, gap))
        for hamlet in np.flatnonzero(hamlets.in_the_way(Verdict.NO_DATA)[row]).tolist():
            found[hamlet].append(owed_of_hamlet(hamlets.rules, node, hamlets.reason(row, hamlet)))
    return found


def _not_listed(
    evaluation: Evaluation, requirement: Requirement, records: Index, listed: Sequence[int]
) -> list[int | None]:
    """Return how many hamlets each has beside those that are listed; None where that is not known."""
    number = requirement.hamlets.number if requirement.hamlets is not None else ""
    if not number:
        return [0] * len(records)
    columns, owners = evaluation.records.columns, evaluation.records.owners[records]
    if number not in columns.measures:
        return [None] * len(records)
    at = columns.measures.index(number)
    known = columns.state[at, owners] == State.PRESENT
    more = columns.value[at, owners] // VALUE_SCALE - np.array(listed, np.int64)
    return [beside if there else None for beside, there in zip(more.tolist(), known.tolist(), strict=True)]
