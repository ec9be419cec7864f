"""What a letter asks of a commune and of an agency, as rows of words: mistakes, figures owed, what is not met, conclusions."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from ntm_rules.errors import Severity
from ntm_rules.evaluation.verdicts import Reason
from ntm_rules.i18n import _
from ntm_rules.report.evidence import bare_and_backed
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
    """What is asked of one commune; each row is the cells of a table."""

    mistakes: Sequence[Sequence[str]] = ()
    """Place, what is wrong, how to mend it."""
    owed: Sequence[Sequence[str]] = ()
    """Requirement, figure, why, lead agency."""
    short: Sequence[Sequence[str]] = ()
    """Requirement, content, what is missing, lead agency: every gap of gaps.csv that is not met."""
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
    rulings: Sequence[Sequence[str]]
    """Requirement, content, how many communes, which."""
    owed: Sequence[Sequence[str]]
    short: Sequence[Sequence[str]]

    @property
    def anything(self) -> bool:
        """Whether there is anything to ask."""
        return bool(self.decisions or self.rulings or self.owed or self.short)


def commune_rows(overview: Overview, one: HandedIn) -> CommuneAsked:
    """Return what is asked of a commune of the register; of one without a usable report its mistakes alone."""
    rules, evaluation = overview.evaluation.rules, overview.evaluation
    mistakes = []
    for problem in one.problems:
        place = str(problem.place())
        where = f"{problem.file}, {place}" if place else problem.file
        mistakes.append([where, str(problem.message()), str(problem.mend_on_paper())])
    if one.state is not Handed.USABLE or one.record is None:
        return CommuneAsked(mistakes=mistakes)
    short = []
    for held, gap in evaluation.gaps(one.record):
        requirement = held.requirement
        short.append(
            [
                requirement.id,
                _content(rules, requirement),
                gap_words(rules, requirement, gap),
                agency_name(rules, requirement.lead),
            ]
        )
    lacking = list(overview.lacks.of(one.record))
    mistaken = {
        problem.measure
        for problem in one.problems
        if problem.severity is Severity.ERROR and problem.year < overview.year
    }
    return CommuneAsked(
        mistakes=mistakes,
        owed=[
            [
                found.requirement.id,
                _figure(rules, found),
                _why(found, mistaken),
                agency_name(rules, found.requirement.lead),
            ]
            for found in lacking
            if found.lack is Lack.FIGURE
        ],
        short=short,
        bare=bare_and_backed(rules, evaluation.records[one.record])[0],
        others=[
            (found.requirement.id, lack_words(rules, found.requirement, found.lack))
            for found in lacking
            if found.lack is not Lack.FIGURE
        ],
    )


def agency_rows(overview: Overview, agency: str) -> AgencyAsked:
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
                owed.setdefault(requirement.id, []).append(name)
        for held, gap in evaluation.gaps(record):
            node = held.requirement
            if node.lead == agency:
                short.setdefault(node.id, {}).setdefault(gap_words(rules, node, gap), []).append(name)

    def cells(requirement: Requirement, number: int, told: str) -> list[str]:
        return [requirement.id, _content(rules, requirement), str(number), told]

    def rows(found: dict[str, list[str]]) -> list[list[str]]:
        listed = [one for one in rules.requirements() if one.id in found]
        return [cells(one, len(found[one.id]), ", ".join(found[one.id])) for one in listed]

    return AgencyAsked(
        decisions=[document for document in overview.awaited if document.owner == agency],
        rulings=rows(rulings),
        owed=rows(owed),
        short=[
            cells(one, sum(map(len, short[one.id].values())), _gaps_told(short[one.id]))
            for one in rules.requirements()
            if one.id in short
        ],
    )


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
    return [agency for agency in known if agency_rows(overview, agency).anything]


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
