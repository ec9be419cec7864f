"""What every paper says of the law it rests on: the set, the day; targets awaited; invented figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from ntm_rules.i18n import _
from ntm_rules.report.word.layout import Paper
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.standing.awaited import awaited_documents
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.values import Handed
from ntm_rules.wording.communes import full_name
from ntm_rules.wording.decisions import decision_words, overdue_words, unnamed_words
from ntm_rules.wording.sources import applied_law_words
from ntm_rules.wording.standing import handed_words


def add_warnings(paper: Paper, warnings: Sequence[str]) -> None:
    """Add the sentences that must stand wherever invented targets or figures are shown."""
    for warning in warnings:
        paper.add(warning, align="center", bold=True)


def add_law(paper: Paper, rules: CriteriaSet) -> None:
    """Add which law was applied, and what must be known of it."""
    paper.add(applied_law_words(rules))
    for notice in rules.notices:
        paper.add(f"{str(notice).rstrip('.')}.")


def add_scope(paper: Paper, overview: Overview) -> None:
    """Add which year and communes are judged, who handed in what can be used, who not, and the law."""
    evaluation, found = overview.evaluation, overview.handing_in
    usable = found.count(Handed.USABLE)
    paper.add(
        _(
            "Of {total} communes of the register {reported} handed in a report for {year} that can be used.",
            total=len(found.communes),
            reported=usable,
            year=overview.year,
        )
    )
    for state in (Handed.NOTHING_USABLE, Handed.NOTHING):
        names = ", ".join(one.commune.name for one in found.of(state))
        if names:
            paper.item(f"{names}.", lead=f"{handed_words(state)} ({found.count(state)}):")
    outside = evaluation.rules.communes.outside()
    if outside:
        names = ", ".join(full_name(commune) for commune in outside)
        paper.item(f"{names}.", lead=_("Outside this set of criteria:"))
    _add_provisional_groups(paper, evaluation.rules)
    add_law(paper, evaluation.rules)


PROVISIONAL = ("tạm xác định", "provisional")
"""How the source of a group that no decision fixes begins; it is a text of the set."""


def _add_provisional_groups(paper: Paper, rules: CriteriaSet) -> None:
    """Say of how many communes the group is provisional, and below the page where it is known from."""
    sources = [one.group_source for one in rules.communes.within() if one.group and one.group_source]
    sources = [source for source in sources if source.casefold().startswith(PROVISIONAL)]
    if sources:
        paragraph = paper.add(
            _("The group of {n} communes, by which they are counted here, is provisional.", n=len(sources))
        )
        paper.footnote(paragraph, "; ".join(f"{source.rstrip('.')}" for source in dict.fromkeys(sources)) + ".")


def add_awaited(paper: Paper, rules: CriteriaSet, day_: dt.date, ids: Iterable[str] | None = None) -> None:
    """Add which decisions are awaited: from whom, by when, for how long overdue, and what waits for each.

    Of the requirements `ids` alone, where they are given.
    """
    wanted = None if ids is None else set(ids)
    documents = [
        one for one in awaited_documents(rules, day_) if wanted is None or not wanted.isdisjoint(one.requirements)
    ]
    if not documents:
        paper.add(_("None."))
    for document in documents:
        waiting = [id_ for id_ in document.requirements if wanted is None or id_ in wanted]
        named = decision_words(rules, document.id) or unnamed_words(rules, document.requirements)
        overdue = overdue_words(document)
        lead = f"{named}; {overdue}:" if overdue else f"{named}:"
        paper.item(_("{n} requirements wait for it: {ids}.", n=len(waiting), ids=", ".join(waiting)), lead=lead)
