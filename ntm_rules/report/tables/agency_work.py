"""What one agency leads: how each commune stands in it, what is missing there, what is owed, what waits for a decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.hamlet_texts import told_with_hamlets
from ntm_rules.report.tables.table import SAME, Cell, Column, CountOf, Kind, Table, marks, numbers, texts
from ntm_rules.standing.agency_share import AgencyShare, IndicatorShare, choices_of
from ntm_rules.standing.lacks import Lack
from ntm_rules.standing.led import Led
from ntm_rules.wording.communes import group_title
from ntm_rules.wording.gaps import gap_words
from ntm_rules.wording.papers import part_words, reason_on_paper
from ntm_rules.wording.phrases import opening
from ntm_rules.wording.standing import lack_words
from ntm_rules.wording.targets import target_words
from ntm_rules.wording.values import actual_words, counted_unit


def communes(share: AgencyShare) -> Table:
    """Return the communes, those with the fewest of the agency's indicators left to meet first."""
    rules, evaluation = share.evaluation.rules, share.evaluation
    columns = [
        *texts(code=_("Code"), commune=_("Commune"), group=_("Group")),
        *numbers(met=_("Indicators met"), applicable=_("of (applicable)"), not_met=_("Indicators not met")),
        *numbers(no_data=_("No data yet"), no_target=_("Target not yet fixed")),
        *numbers(rulings=_("Of no data yet: awaiting a conclusion"), met_of=_("Indicators met / that apply")),
    ]
    rows: list[Sequence[Cell]] = []
    for at in share.nearest_first():
        record, met, applicable = evaluation.records[at], share.of_record(at, Verdict.MET), share.applicable(at)
        unsettled = (share.of_record(at, v) for v in (Verdict.NOT_MET, Verdict.NO_DATA, Verdict.NO_TARGET))
        group = group_title(rules, evaluation.groups[at]) if rules.groups else ""
        rows.append(
            (record.code, record.name, group, met, applicable, *unsettled, share.rulings(at), CountOf(met, applicable))
        )
    return Table.of(columns, rows)


def requirements_led(requirements: Iterable[Led]) -> Table:
    """Return in the way of how many communes each requirement stands, and why."""
    columns = [
        *texts(id=_("Item"), words=_("Requirement")),
        *numbers(not_met=str(Verdict.NOT_MET.label), owed=_("Figures owed"), rulings=_("Conclusions awaited")),
        *numbers(awaiting=_("Target awaited")),
    ]
    rows = [
        (
            *(one.requirement.id, opening(one.requirement.words)),
            *(len(one.short), len(one.owing), len(one.concluding), len(one.awaiting)),
        )
        for one in requirements
    ]
    return Table.of(columns, rows)


def gaps(share: AgencyShare) -> Table:
    """Return every requirement that a commune misses, by indicator, the nearest commune first."""
    rules, evaluation = share.evaluation.rules, share.evaluation
    columns = [
        *texts(indicator=_("Indicator"), part=_("Part"), order=_("Order, nearest first"), code=_("Code")),
        *texts(commune=_("Commune"), requirement=_("Requirement"), reported=_("Reported"), target=_("Target")),
        *texts(shortfall=_("Shortfall"), quantity=_("Amount"), unit=_("Unit"), missing=_("What is missing")),
    ]
    rows: list[Sequence[Cell]] = []
    for indicator in share.shares:
        for n, short in enumerate(indicator.short, 1):
            record = evaluation.records[short.record]
            for held, gap in short.gaps:
                node = held.requirement
                rows.append(
                    (
                        *(indicator.indicator.id, node.id, n, record.code, record.name, part_words(rules, node)),
                        *(actual_words(rules, held), target_words(rules, node, held.target)),
                        *(gap.shortfall, gap.quantity),
                        counted_unit(rules.measures[node.measure]) if gap.quantity is not None else "",
                        told_with_hamlets(gap_words(rules, node, gap), evaluation, short.record, node),
                    )
                )
    return Table.of(columns, rows)


def gaps_of(share: AgencyShare, one: IndicatorShare) -> Table:
    """Return what communes miss of one indicator, the nearest first; parts of which the same is said stand in one row."""
    evaluation, choices = share.evaluation, choices_of(one.indicator.condition)
    columns = [
        Column("n", _("No."), Kind.MARK),
        Column("commune", _("Commune")),
        *marks(parts=_("Part"), reported=_("Reported"), target=_("Target")),
        Column("missing", _("What is missing")),
    ]
    rows: list[Sequence[Cell]] = []
    for n, short in enumerate(one.short, 1):
        told: dict[tuple[str, ...], list[str]] = {}
        for held, gap in short.gaps:
            node = held.requirement
            words = (
                actual_words(evaluation.rules, held),
                target_words(evaluation.rules, node, held.target),
                told_with_hamlets(gap_words(evaluation.rules, node, gap), evaluation, short.record, node),
            )
            told.setdefault((choices.get(node.id, ""), *words), []).append(node.id)
        whose: tuple[Cell, Cell] = n, evaluation.records[short.record].name
        for (_choice, *said), ids in told.items():
            rows.append((*whose, ", ".join(ids), *said))
            whose = SAME, SAME
    return Table.of(columns, rows)


def owed(share: AgencyShare, *, figures: bool) -> Table:
    """Return the figures that communes owe of what the agency leads; or what waits for others."""
    rules, records = share.evaluation.rules, share.evaluation.records
    columns = [
        *texts(part=_("Part"), requirement=_("Requirement"), code=_("Code"), commune=_("Commune")),
        Column("why", _("Why there is no data") if figures else _("Whose turn it is")),
    ]
    rows = [
        (
            *(one.requirement.id, part_words(rules, one.requirement), records[record].code, records[record].name),
            told_with_hamlets(reason_on_paper(one.reason), share.evaluation, record, one.requirement)
            if figures
            else lack_words(rules, one.requirement, one.lack),
        )
        for indicator in share.shares
        for one in indicator.owed
        if (one.lack is Lack.FIGURE) is figures
        for record in one.records
    ]
    return Table.of(columns, rows)
