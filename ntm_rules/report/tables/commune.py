"""What one commune's report says as tables: its criteria, what is missing, and the documents that it names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ntm_rules.evaluation.reference import Facts, Result
from ntm_rules.evaluation.scores import tally
from ntm_rules.i18n import _
from ntm_rules.report.evidence import EvidenceRow
from ntm_rules.report.explanation.missing import Missing
from ntm_rules.report.tables.table import Cell, Column, CountOf, Kind, Table, numbers, texts
from ntm_rules.rulebook.criteria_set import CriteriaSet, Requirement
from ntm_rules.standing.values import Lack, Lacking
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.hamlets import with_hamlets
from ntm_rules.wording.standing import lacking_words
from ntm_rules.wording.titles import numbered_title


def criteria_of(rules: CriteriaSet, result: Result) -> Table:
    """Return how many indicators of each criterion are met, and the verdict of the criterion."""
    columns = [
        Column("id", _("No."), Kind.MARK),
        Column("text", _("Criterion")),
        *numbers(met_of=_("Indicators met / that apply"), not_met=_("Indicators not met"), no_data=_("No data yet")),
        Column("no_target", _("Target not yet fixed"), Kind.NUMBER),
        Column("verdict", _("Result of the criterion"), Kind.MARK),
        Column("letter", "", Kind.LETTER),
        Column("title", _("Criterion")),
    ]
    rows: list[Sequence[Cell]] = []
    for criterion, judged in zip(rules.criteria, result.children, strict=True):
        counts = tally(indicator.verdict for indicator in judged.children)
        counted = (CountOf(counts.met, counts.applicable), counts.not_met, counts.no_data, counts.no_target)
        rows.append(
            (criterion.id, str(criterion.words), *counted, judged.verdict, judged.verdict, numbered_title(criterion))
        )
    return Table.of(columns, rows)


def missed(missing: Iterable[Missing]) -> Table:
    """Return what stands in the way of verdicts, by how much, and who leads it."""
    return Table.of(_missing_columns(), (_of_requirement(one.requirement, one.words, one.lead) for one in missing))


def lacked(rules: CriteriaSet, facts: Facts, lacks: Iterable[Lacking]) -> Table:
    """Return the requirements that cannot be judged: figures owed with the hamlets that owe them, who is waited for."""
    rows = []
    for one in lacks:
        words = lacking_words(rules, one)
        if one.lack is Lack.FIGURE:
            words = with_hamlets(words, rules, facts, one.requirement)
        rows.append(_of_requirement(one.requirement, words, agency_name(rules, one.requirement.lead)))
    return Table.of(_missing_columns(), rows)


def _missing_columns() -> list[Column]:
    return [
        *texts(id="", requirement=_("Requirement"), words=_("What is missing"), lead=_("Lead agency")),
        Column("named", _("Requirement")),
    ]


def _of_requirement(requirement: Requirement, words: str, lead: str) -> Sequence[Cell]:
    return requirement.id, str(requirement.words), words, lead, f"{requirement.id} {requirement.words}"


def documents(rows: Sequence[EvidenceRow]) -> Table:
    """Return the documents that a commune names."""
    columns = [
        *texts(ids=_("For indicator"), number=_("Number and sign")),
        Column("date", _("Day"), Kind.MARK),
        *texts(issuer=_("Issuer"), title=_("Title, or as the commune writes it")),
    ]
    return Table.of(columns, rows)
