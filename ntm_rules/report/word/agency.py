"""The paper of one lead agency: how its indicators stand in every commune, nearest to pass first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from ntm_rules.evaluation.cross_checks import Finding
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import nearest_to
from ntm_rules.i18n import _
from ntm_rules.report.charts import Chart
from ntm_rules.report.tables.agency_work import communes, gaps_of
from ntm_rules.report.tables.verdict_counts import indicators_led
from ntm_rules.report.word.components import (
    add_addressees,
    add_closing,
    add_head,
    add_title,
    agency_as_issuer,
    draft_words,
)
from ntm_rules.report.word.findings import add_communes_with, add_counts
from ntm_rules.report.word.grounds import add_grounds
from ntm_rules.report.word.law_parts import add_awaited, add_scope, add_warnings
from ntm_rules.report.word.layout import Paper
from ntm_rules.report.word.tables import add_captioned, verdict_widths
from ntm_rules.rulebook.models import Overlay, Reporting
from ntm_rules.standing.agencies import by_effect, by_share
from ntm_rules.standing.agency_share import AgencyShare, IndicatorShare
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.values import Lack
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.papers import part_words, reason_on_paper
from ntm_rules.wording.phrases import opening
from ntm_rules.wording.standing import lack_words, only_rulings_words
from ntm_rules.wording.values import invented, number


@dataclass(frozen=True, slots=True)
class AgencySubject:
    """One agency's share of a year, and what its paper says besides."""

    share: AgencyShare
    """Over the communes with a usable report."""
    overview: Overview
    legal_basis: Sequence[str] = ()
    """Ids of the documents that the set rests on."""
    overlays: Sequence[Overlay] = ()
    reporting: Reporting | None = None
    """Names the body above the agency, where it is the one that reports."""
    findings: Sequence[Finding] | None = None
    """What the cross-checks found in all communes; None: the set has none."""
    illustrative_data: bool = False
    chart: Chart | None = None
    """How each of the agency's indicators stands over all communes."""

    @property
    def name(self) -> str:
        """The agency's name in the reader's language."""
        return agency_name(self.share.evaluation.rules, self.share.agency)

    @property
    def superior(self) -> str:
        """The body above the agency, as the set says of it, or of the agency that reports; empty where it does not."""
        said = self.share.evaluation.rules.agencies[self.share.agency].superior
        if said is None and self.reporting is not None and self.reporting.by == self.share.agency:
            said = self.reporting.superior
        return str(said) if said else ""

    @property
    def addressees(self) -> list[str]:
        """Whom the paper is for: the agency that sums up; of that one's own paper, the body above it."""
        if self.reporting is None:
            return []
        if self.reporting.by != self.share.agency:
            return [agency_name(self.share.evaluation.rules, self.reporting.by)]
        return [str(recipient) for recipient in self.reporting.recipients]

    @property
    def warnings(self) -> list[str]:
        """What must stand wherever invented targets or figures are shown."""
        return invented(rules=self.share.evaluation.rules.illustrative, data=self.illustrative_data)


def agency_paper(subject: AgencySubject) -> bytes:
    """Return the paper as a Word file."""
    share = subject.share
    rules = share.evaluation.rules
    title = str(rules.title)
    about = _(
        "Indicators led by {agency}: the communes' results of {year} against the {title}",
        agency=subject.name,
        year=subject.overview.year,
        title=title,
    )
    paper = Paper(about, foot=[draft_words(), *(w.partition(":")[0] for w in subject.warnings)])
    issuer = agency_as_issuer(subject.name, str(rules.province), subject.superior)
    add_head(paper, issuer)
    add_title(paper, _("REPORT"), about)
    add_addressees(paper, subject.addressees)
    add_warnings(paper, subject.warnings)
    add_grounds(paper, rules, subject.legal_basis, subject.overlays)
    paper.heading(_("{n}. SCOPE AND GROUNDS", n="I"))
    add_scope(paper, subject.overview)
    paper.heading(_("{n}. IN ALL", n="II"))
    _effect(paper, subject)
    _by_indicator(paper, share)
    paper.picture(subject.chart)
    _by_commune(paper, share)
    if subject.findings is not None:
        its = [finding for finding in subject.findings if share.measures.intersection(finding.measures)]
        paper.add(_("Cross-checks of the figures behind these indicators:"))
        add_counts(paper, its)
        add_communes_with(paper, its)
    paper.heading(_("{n}. EACH INDICATOR", n="III"))
    for found in share.shares:
        if not found.is_condition:
            _indicator(paper, share, found, subject.overview.day)
    conditions = [found for found in share.shares if found.is_condition]
    if conditions:
        paper.heading(_("{n}. FURTHER CONDITIONS OF RECOGNITION", n="IV"))
        paper.add(_("Apart from the criteria: they are no indicators and do not count above."))
        for found in conditions:
            _indicator(paper, share, found, subject.overview.day)
    paper.heading(_("{n}. PROPOSALS", n="V" if conditions else "IV"))
    paper.hint(_("(For the agency to complete: what it will do, with whom, by when.)"))
    paper.dots()
    add_closing(paper, issuer, [_("As addressed")] if subject.addressees else [])
    return paper.bytes()


def _effect(paper: Paper, subject: AgencySubject) -> None:
    """Add the agency's share not met, its place among all, and what would change if it finished."""
    overview, agency = subject.overview, subject.share.agency
    own = next(one for one in overview.agencies if one.agency == agency)
    places = {
        order: [one.agency for one in found].index(agency) + 1
        for order, found in (
            ("number", overview.agencies),
            ("share", by_share(overview.agencies)),
            ("effect", by_effect(overview.agencies)),
        )
    }
    paper.add(
        _(
            "Of {applicable} judgements of its indicators that apply {met} are met and {not_met} are not met ({share}%): place "
            "{number} of {n} agencies by number, {by_share} by share.",
            applicable=own.applicable,
            met=own.met,
            not_met=own.not_met,
            share=number(nearest_to(own.share * 100, 1)),
            number=places["number"],
            by_share=places["share"],
            n=len(overview.agencies),
        )
    )
    said = {
        "gaining": own.gaining,
        "gained": own.criteria_gained,
        "completing": own.completing,
        "effect": places["effect"],
        "n": len(overview.agencies),
    }
    if overview.evaluation.rules.standard is None:
        words = _(
            "If all that it leads and that is not met reached its target, {gaining} communes would gain {gained} criteria, and "
            "{completing} would then meet all that can be judged (place {effect} of {n} by this effect).",
            **said,
        )
    else:
        words = _(
            "If all that it leads and that is not met reached its target, {gaining} communes would gain {gained} criteria, and "
            "{completing} would then meet the standard, as far as it can be judged (place {effect} of {n} by this effect).",
            **said,
        )
    paper.add(words)


def _by_indicator(paper: Paper, share: AgencyShare) -> None:
    title = _(
        "Table {table}. Indicators led: how many of the {n} communes with a usable report",
        table=paper.next_table(),
        n=len(share.evaluation.records),
    )
    held_up = any(found.elsewhere for found in share.shares)
    table = indicators_led(share).wide(19, 52, *verdict_widths(18), 17 if held_up else 0, 0, 0)
    add_captioned(paper, title, table)
    _tell_rulings(paper, sum(found.rulings for found in share.shares if not found.is_condition))


def _by_commune(paper: Paper, share: AgencyShare) -> None:
    rules = share.evaluation.rules
    title = _("Table {table}. Communes, fewest indicators of this agency left to meet first", table=paper.next_table())
    table = communes(share).headed(not_met=_("Not met"))
    table = table.only(commune=41, group=36 * bool(rules.groups), met_of=26, not_met=22, no_data=22, no_target=24)
    add_captioned(paper, title, table.numbered(10))
    _tell_rulings(paper, sum(map(share.rulings, range(len(share.evaluation.records)))))


def _tell_rulings(paper: Paper, n: int) -> None:
    if n:
        paper.remark(only_rulings_words(n))


def _indicator(paper: Paper, share: AgencyShare, found: IndicatorShare, day: dt.date) -> None:
    rules, total = share.evaluation.rules, len(share.evaluation.records)
    paper.heading(f"{found.indicator.id}. {opening(str(found.indicator.words))}", 2)
    paper.add(
        _(
            "Of {total} communes with a usable report: met {met}, not met {not_met}, no data yet {no_data}, target not yet"
            " fixed {no_target}, not applicable {not_applicable}.",
            total=total,
            met=found.count(Verdict.MET),
            not_met=found.count(Verdict.NOT_MET),
            no_data=found.count(Verdict.NO_DATA),
            no_target=found.count(Verdict.NO_TARGET),
            not_applicable=found.count(Verdict.NOT_APPLICABLE),
        )
        + (" " + _("Held up by another agency: {n}.", n=found.elsewhere) if found.elsewhere else "")
        + (" " + only_rulings_words(found.rulings) if found.rulings else "")
    )
    if found.short:
        _short_table(paper, share, found)
    for owed in found.owed:
        names = ", ".join(share.evaluation.records[record].name for record in owed.records)
        ruling = owed.lack is Lack.RULING
        reason = lack_words(rules, owed.requirement, owed.lack) if ruling else reason_on_paper(owed.reason)
        words = _("{reason} ({n} communes): {names}.", reason=reason, n=len(owed.records), names=names)
        lead = (
            _("{id}, awaited:", id=owed.requirement.id) if ruling else _("{id}, no data yet:", id=owed.requirement.id)
        )
        paper.item(words, lead=lead)
    if found.awaited:
        add_awaited(paper, rules, day, [requirement.id for requirement in found.awaited])


def _short_table(paper: Paper, share: AgencyShare, found: IndicatorShare) -> None:
    if any(own.gap.shortfall is not None for short in found.short for own in short.gaps):
        title = _("Communes that do not meet {id}, nearest first", id=found.indicator.id)
    else:
        title = _("Communes that do not meet {id}", id=found.indicator.id)
    several = found.parts_missed != {found.indicator.id}
    add_captioned(paper, title, gaps_of(share, found).wide(9, 28, 24 * several, 21, 23, 70), size=11)
    if several:
        rules = share.evaluation.rules
        for part in (requirement for requirement in rules.requirements() if requirement.id in found.parts_missed):
            paper.item(f"{opening(part_words(rules, part).rstrip(' .;'))}.", lead=f"{part.id}:")
