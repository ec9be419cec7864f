"""What a letter asks of a commune and of an agency: mistakes, figures owed, what is not met, conclusions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from ntm_rules.errors import Severity
from ntm_rules.evaluation.verdicts import Reason
from ntm_rules.i18n import _
from ntm_rules.report.evidence import bare_and_backed
from ntm_rules.report.hamlet_texts import named_with_hamlets, told_with_hamlets
from ntm_rules.report.tables.problems import mistakes
from ntm_rules.report.tables.table import Column, Kind, Table
from ntm_rules.rulebook.criteria_set import CriteriaSet, Requirement
from ntm_rules.standing.awaited import AwaitedDocument
from ntm_rules.standing.handing_in import HandedIn
from ntm_rules.standing.lacks import Lack, body_of
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.values import Handed, Lacking
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.gaps import gap_words, owed_figure
from ntm_rules.wording.papers import part_words, reason_on_paper
from ntm_rules.wording.phrases import opening
from ntm_rules.wording.standing import lack_words


@dataclass(frozen=True, slots=True)
class CommuneAsked:
    """What is asked of one commune."""

    mistakes: Table
    owed: Table
    """Figures that the commune owes."""
    short: Table
    """Every gap of gaps.csv that is not met."""
    bare: Sequence[str] = ()
    """Ids of the requirements reported without a document."""
    others: Sequence[tuple[str, str]] = ()
    """Requirement and whom it waits for."""

    @property
    def anything(self) -> bool:
        """Whether there is anything that the commune can do."""
        return bool(self.mistakes or self.owed or self.short or self.bare)


@dataclass(frozen=True, slots=True)
class AgencyAsked:
    """What is asked of one agency."""

    decisions: Sequence[AwaitedDocument]
    """Decisions that it owes."""
    rulings: Table
    """Conclusions that communes await from it."""
    owed: Table
    """Figures that communes owe for what it leads."""
    short: Table
    """What communes do not meet in what it leads."""

    @property
    def anything(self) -> bool:
        """Whether there is anything to ask."""
        return bool(self.decisions or self.rulings or self.owed or self.short)


def asked_of_commune(overview: Overview, one: HandedIn) -> CommuneAsked:
    """Return what is asked of a commune of the register; of one without a usable report its mistakes alone."""
    rules, evaluation = overview.evaluation.rules, overview.evaluation
    record = one.record if one.state is Handed.USABLE else None
    records = () if record is None else (record,)
    lacking = [found for record in records for found in overview.lacks.of(record)]
    mistaken = {
        problem.measure
        for problem in one.problems
        if problem.severity is Severity.ERROR and problem.year < overview.year
    }
    owed = [
        (
            *(found.requirement.id, _figure(rules, found)),
            told_with_hamlets(_why(found, mistaken), evaluation, record, found.requirement),
            agency_name(rules, found.requirement.lead),
        )
        for record in records
        for found in lacking
        if found.lack is Lack.FIGURE
    ]
    short = [
        (
            *(node.id, _content(rules, node)),
            told_with_hamlets(gap_words(rules, node, gap), evaluation, record, node),
            agency_name(rules, node.lead),
        )
        for record in records
        for node, gap in ((held.requirement, gap) for held, gap in evaluation.gaps(record))
    ]
    return CommuneAsked(
        mistakes=mistakes(one.problems),
        owed=Table.of(_columns(_("Figure or statement owed"), _("Why")), owed),
        short=Table.of(_columns(_("Content"), _("What is missing")), short),
        bare=() if record is None else bare_and_backed(rules, evaluation.records[record])[0],
        others=[
            (found.requirement.id, lack_words(rules, found.requirement, found.lack))
            for found in lacking
            if found.lack is not Lack.FIGURE
        ],
    )


def _columns(content: str, told: str) -> list[Column]:
    content_told = Column("content", content), Column("told", told)
    return [Column("id", _("Requirement"), Kind.MARK), *content_told, Column("agency", _("Lead agency"))]


def asked_of_agency(overview: Overview, agency: str) -> AgencyAsked:
    """Return what is asked of an agency over the communes with a usable report."""
    evaluation, rules = overview.evaluation, overview.evaluation.rules
    here = [at for at, says in enumerate(overview.usable.tolist()) if says]
    rulings: dict[str, list[str]] = {}
    owed: dict[str, list[str]] = {}
    short: dict[str, dict[str, list[str]]] = {}
    for record in here:
        name = evaluation.records[record].name
        for found in overview.lacks.of(record, Lack.RULING, Lack.FIGURE):
            requirement = found.requirement
            if found.lack is Lack.RULING and body_of(rules, requirement) == agency:
                rulings.setdefault(requirement.id, []).append(name)
            elif found.lack is Lack.FIGURE and requirement.lead == agency:
                owed.setdefault(requirement.id, []).append(named_with_hamlets(name, evaluation, record, requirement))
        for held, gap in evaluation.gaps(record):
            node = held.requirement
            if node.lead == agency:
                named = named_with_hamlets(name, evaluation, record, node)
                short.setdefault(node.id, {}).setdefault(gap_words(rules, node, gap), []).append(named)

    def table(content: str, told: str, found: Mapping[str, tuple[int, str]]) -> Table:
        columns = [
            Column("id", _("Requirement"), Kind.MARK),
            Column("content", content),
            Column("number", _("Number of communes"), Kind.NUMBER),
            Column("told", told),
        ]
        listed = [one for one in rules.requirements() if one.id in found]
        return Table.of(columns, [(one.id, _content(rules, one), *found[one.id]) for one in listed])

    awaited = _("Conclusion or confirmation awaited")
    return AgencyAsked(
        decisions=[document for document in overview.awaited if document.owner == agency],
        rulings=table(awaited, _("Communes"), {id_: _named(names) for id_, names in rulings.items()}),
        owed=table(_("Figure or statement owed"), _("Communes"), {id_: _named(names) for id_, names in owed.items()}),
        short=table(
            _("Content"),
            _("Communes, with what is missing"),
            {id_: (sum(map(len, by_gap.values())), _gaps_told(by_gap)) for id_, by_gap in short.items()},
        ),
    )


def _named(names: Sequence[str]) -> tuple[int, str]:
    return len(names), ", ".join(names)


def _gaps_told(names_by_gap: dict[str, list[str]]) -> str:
    """Return which communes lack what: those of which the same is said once, together, and the others one by one."""
    shared = [f"{words}: {', '.join(names)}" for words, names in names_by_gap.items() if len(names) > 1]
    single = [f"{names[0]} ({words})" for words, names in names_by_gap.items() if len(names) == 1]
    return "; ".join([*shared, *single])


def agencies_to_write_to(overview: Overview) -> list[str]:
    """Return the agencies that lead, conclude or owe a decision, in the order of the set; those asked nothing left out."""
    rules = overview.evaluation.rules
    bodies = {body_of(rules, requirement) for requirement in rules.requirements()}
    owners = {document.owner for document in overview.awaited}
    known = [agency for agency in rules.agencies if agency in {*rules.lead_agencies, *bodies, *owners}]
    return [agency for agency in known if asked_of_agency(overview, agency).anything]


def _why(found: Lacking, mistaken_before: Set[str]) -> str:
    """Return why a figure is owed; `mistaken_before`: the figures of the year before that have a mistake."""
    reason, measure = found.reason, found.requirement.measure
    if reason is Reason.INVALID_VALUE or (reason is Reason.PREVIOUS_YEAR_MISSING and measure in mistaken_before):
        return _("the figure as written could not be used; see the mistakes above")
    return reason_on_paper(reason)


def _content(rules: CriteriaSet, requirement: Requirement) -> str:
    return opening(part_words(rules, requirement).rstrip(" .;"))


def _figure(rules: CriteriaSet, found: Lacking) -> str:
    requirement = found.requirement
    label = owed_figure(rules, requirement, found.reason)
    return opening(label)
