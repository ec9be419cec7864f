"""`ntm assess`: one commune; a summary, what is missing and who to turn to, one indicator explained."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table as ScreenTable

from ntm_rules.cli.console import Screen
from ntm_rules.cli.explain import show_explanation
from ntm_rules.cli.findings_screen import show_findings
from ntm_rules.cli.screen_parts import (
    DONE,
    STYLES,
    WITH_PROBLEMS,
    legend,
    perhaps_another_set,
    say_years,
    show_awaited,
    show_nothing,
    show_problems,
)
from ntm_rules.cli.screen_tables import framed, on_screen
from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.records import CommuneYear
from ntm_rules.errors import Severity
from ntm_rules.evaluation.cross_checks import Finding
from ntm_rules.evaluation.cross_checks.over_report import cross_check_report
from ntm_rules.evaluation.gaps import things_to_do
from ntm_rules.evaluation.reference import Facts, Result
from ntm_rules.evaluation.scores import band_of, points_of, tally
from ntm_rules.evaluation.verdicts import Reason, Verdict
from ntm_rules.i18n import N_, Message, _
from ntm_rules.report.explanation.missing import missing
from ntm_rules.report.tables.commune import criteria_of, lacked, missed
from ntm_rules.report.tables.table import Column, Table
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.one_commune import REFERENCE, Report, explained, judged_by, report_in, since_year_before
from ntm_rules.runs.reading import NothingEvaluated, must_exist
from ntm_rules.runs.rulebook import Rulebook, open_rulebook
from ntm_rules.standing.awaited import awaited_documents
from ntm_rules.standing.one_commune import counted_in, lacking_in, says_something
from ntm_rules.standing.recognition import recognised_in
from ntm_rules.standing.values import Lack, Lacking, Move
from ntm_rules.wording.communes import full_name
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.standards import meets_words, points_decide, standard_lines
from ntm_rules.wording.standing import headline_of_commune, law_of_years_words, move_words, no_longer_words
from ntm_rules.wording.values import invented, number

if TYPE_CHECKING:
    from ntm_rules.standing.years import YearComparison


def run_assess(
    law: LawAsked,
    file: Path,
    *,
    commune: str | None,
    explain: str | None,
    year: int | None,
    engine: str = REFERENCE,
    fresh_form: Path | None = None,
    force: bool = False,
) -> int:
    """Assess the commune reported in `file`; return the exit status."""
    console, rulebook = Screen(), open_rulebook(law)
    must_exist([file])
    if fresh_form is not None:
        from ntm_rules.runs.returning import check_return

        check_return(file, fresh_form, force)
    report = report_in(rulebook, file, commune, year)
    if isinstance(report, NothingEvaluated):
        status = show_nothing(console, report, everything=True)
        _give_back(console, rulebook, file, fresh_form, report.dataset.problems)
        return status
    dataset, rules = report.dataset, report.rules
    say_years(console, rulebook, dataset, [report.record.year])
    findings = cross_check_report(rules, dataset, report.record)
    if explain is not None:
        show_explanation(console, explained(report, explain, engine))
    else:
        _show(console, report, findings, engine)
    _give_back(console, rulebook, file, fresh_form, dataset.problems, (rules, findings))
    return WITH_PROBLEMS if dataset.problems_for(report.record.code) else DONE


def _show(console: Console, report: Report, findings: Sequence[Finding], engine: str) -> None:
    """Show how a commune stands, what it misses and lacks, and what is wrong with its figures."""
    rules, facts, dataset = report.rules, report.facts, report.dataset
    result, conditions, _trace = judged_by(engine, rules, facts)
    _head(console, rules, facts, result)
    show_awaited(console, rules, awaited_documents(rules, report.rulebook.counted_to))
    _summary(console, rules, facts, result, conditions)
    parts = [*(i for criterion in result.children for i in criterion.children), *_parts(conditions)]
    _missing(console, rules, facts, parts)
    _lacking(console, rules, report.facts, lacking_in(result, conditions), _places(dataset.problems, report.record))
    years = since_year_before(report)
    if years is not None:
        _since(console, years)
    was = recognised_in(rules, facts, result, conditions)
    if was is not None and was.no_longer:
        console.print(no_longer_words(was), style="bold yellow")
    for notice in rules.notices:
        console.print(str(notice), style="bold yellow")
    for warning in invented(rules=rules.illustrative, data=dataset.illustrative):
        console.print(warning, style="bold magenta")
    doubt = perhaps_another_set(dataset, rules.id, rules.title)
    own = dataset.problems_for(report.record.code)
    show_problems(console, own, everything=True, doubt=doubt)
    if others := len(dataset.problems) - len(own):
        words = _("Problems of other communes in this file: {n}; ntm batch lists them", n=others)
        console.print(words, style="dim")
    show_findings(console, rules, findings)


def _give_back(
    console: Console,
    rulebook: Rulebook,
    file: Path,
    out: Path | None,
    problems: Sequence[Problem],
    checked: tuple[CriteriaSet, Sequence[Finding]] | None = None,
) -> None:
    """Write the form that is given back, where one is asked for, and say so; `checked`: what the cross-checks found."""
    if out is None:
        return
    from ntm_rules.runs.returning import return_form
    from ntm_rules.wording.findings import as_mistakes

    returned = return_form(rulebook, file, out, problems, as_mistakes(*checked) if checked else [])
    if isinstance(returned, Message):
        console.print(_("No form could be returned: {reason}", reason=returned), style="bold red")
    elif returned.incomplete:
        words = _(
            "Returned, but not everything in the form could be read: keep it, and carry over the rest: {file}", file=out
        )
        console.print(words, style="bold yellow")
    else:
        to_mend = sum(mistake.severity is Severity.ERROR for mistake in returned.mistakes)
        console.print(
            _(
                "Returned with the answers kept: mistakes to mend {mend}, places to look at again {look}: {file}",
                mend=to_mend,
                look=len(returned.mistakes) - to_mend,
                file=out,
            )
        )


def _head(console: Console, rules: CriteriaSet, facts: Facts, result: Result) -> None:
    """Show whose report it is, by which law, and first of all how it stands of what can be judged."""
    unit = rules.communes[facts.report.code]
    said = {"commune": full_name(unit), "code": unit.code, "year": facts.report.year}
    if rules.groups:
        group = str(rules.groups[unit.group].title) if unit.group else _("group unknown")
        head = _("{commune} ({code}), {year}, {group}", **said, group=group)
    else:
        head = _("{commune} ({code}), {year}", **said)
    console.print(head, style="bold")
    words = _("Rules: {title}, in force on {day}", title=str(rules.title), day=on_day(rules.as_of))
    console.print(words, style="dim")
    if says_something(rules, facts.report):
        criteria, indicators = (counted_in(rules, facts, result, level) for level in ("criterion", "indicator"))
        console.print(headline_of_commune(criteria, indicators), style="bold")
    else:
        console.print(_("Nothing of this report can be used yet."), style="bold red")


def _summary(console: Console, rules: CriteriaSet, facts: Facts, result: Result, conditions: Result | None) -> None:
    criteria = result.children
    indicators = [indicator for criterion in criteria for indicator in criterion.children]
    by_criterion, by_indicator = tally(c.verdict for c in criteria), tally(i.verdict for i in indicators)
    table = criteria_of(rules, result).headed(met_of=_("Indicators met"))
    console.print(on_screen(table.only("title", "letter", "met_of")))
    console.print(legend())
    band = band_of(by_criterion.met, rules.bands) if says_something(rules, facts.report) else None
    console.print(
        _(
            "Criteria met: {met} of {total} ({band}). Indicators met: {i_met} of {i_total} that apply.",
            met=by_criterion.met,
            total=by_criterion.applicable,
            band=str(band.title) if band else _("in no band"),
            i_met=by_indicator.met,
            i_total=by_indicator.applicable,
        )
    )
    if rules.has_points:
        console.print(_points_words(rules, indicators))
    console.print(_("{what}: {verdict}", what=meets_words(rules), verdict=result.verdict.label))
    for line in standard_lines(rules, rules.standard, result) if rules.standard is not None else ():
        console.print(f"{'  ' * (line.depth + 1)}{line.words}")
    if conditions:
        console.print(_("Further conditions of recognition: {verdict}", verdict=conditions.verdict.label))
    console.print(_("Recognition itself is a decision of the province; this program does not make it."), style="dim")


def _points_words(rules: CriteriaSet, indicators: Sequence[Result]) -> str:
    points = points_of((rules.indicator_by_id[indicator.id].points, indicator.verdict) for indicator in indicators)
    said = {"met": number(points.met), "total": number(points.total)}
    if points_decide(rules):
        return _("Points: {met}/{total} of the indicators that apply", **said)
    return _(
        "Points: {met}/{total} of the indicators that apply, only to rank progress; they change no verdict", **said
    )


def _parts(conditions: Result | None) -> Sequence[Result]:
    """Return the result of each further condition of recognition."""
    return conditions.children if conditions else ()


def _missing(console: Console, rules: CriteriaSet, facts: Facts, judged: Sequence[Result]) -> None:
    """Show what indicators and further conditions miss, by how much, and who to turn to."""
    rows = [found for part in judged for found in missing(rules, part, facts, Verdict.NOT_MET)]
    if not rows:
        return
    n = things_to_do(rules, [found.requirement.id for found in rows])
    console.print(_listed(missed(rows), _("Not met, and who to turn to"), n, Verdict.NOT_MET))


def _lacking(
    console: Console, rules: CriteriaSet, facts: Facts, lacking: Iterable[Lacking], places: Mapping[Figure, Message]
) -> None:
    """Show every figure owed, whatever has failed beside it; then what waits for a body, or for a group.

    `places`: where the first error of every figure that cannot be used stands.
    """
    found = list(lacking)
    owed = [one for one in found if one.lack is Lack.FIGURE]
    if owed:
        table = lacked(rules, facts, owed)
        words = [_owed(one, str(said), places) for one, said in zip(owed, table.only("words").cells[0], strict=True)]
        table = table.without("words").beside(Column("words", _("What is missing")), words)
        console.print(_listed(table, _("Requirements lacking figures"), len(owed), Verdict.NO_DATA))
    waiting = [one for one in found if one.lack is not Lack.FIGURE]
    if waiting:
        console.print(_listed(lacked(rules, facts, waiting), _("Waiting for others"), len(waiting), Verdict.NO_TARGET))


def _owed(one: Lacking, words: str, places: Mapping[Figure, Message]) -> str:
    """Return what is said of a figure owed: where the problem with it stands, where it is there and cannot be used."""
    if place := places.get(_unusable(one)):
        words = _("see the problem at {place}", place=place)
    return words if one.decides else words + _(" (not met already for another reason; owed all the same)")


Figure = tuple[str, int]
"""A measure, and how many years before the report's its figure is of."""


def _unusable(one: Lacking) -> Figure:
    """Return the figure that is there and cannot be used; no measure where what is missing is something else."""
    if one.reason is Reason.CLASS_UNANSWERED:
        return one.requirement.told_apart_by, 0
    if one.reason is Reason.EXISTENCE_UNANSWERED:
        return one.requirement.gates[0].measure, 0
    if one.reason is Reason.PREVIOUS_YEAR_MISSING:
        return one.requirement.measure, 1
    return (one.requirement.measure, 0) if one.reason in UNUSABLE else ("", 0)


UNUSABLE = (Reason.INVALID_VALUE, Reason.CONFLICTING_VALUES, Reason.UNCLEAR_VALUE)


def _places(problems: Iterable[Problem], report: CommuneYear) -> dict[Figure, Message]:
    """Return where the first error of every figure of a report, and of the year before, stands.

    The sheet is named only where there are several.
    """
    its = [
        problem
        for problem in problems
        if problem.measure
        and problem.severity is Severity.ERROR
        and problem.commune_code == report.code
        and problem.year in (report.year, report.year - 1)
    ]
    found: dict[Figure, Message] = {}
    for problem in its:
        alone = problem.cell and len({(other.file, other.sheet) for other in its}) == 1
        place = Message("cell {cell}", cell=problem.cell) if alone else problem.place()
        found.setdefault((problem.measure, report.year - problem.year), place)
    return found


N_("cell {cell}")


def _listed(table: Table, title: str, n: int, verdict: Verdict) -> ScreenTable:
    """Return requirements in a frame, their words with most of the room."""
    shown = table.only("id", requirement=5, words=3, lead=2)
    return framed(shown, ("id",), title=f"{title} ({n})", title_justify="left", title_style=STYLES[verdict])


def _since(console: Console, years: YearComparison) -> None:
    """Show what rose and what fell since the year before."""
    for level, name in (("criterion", _("Criteria")), ("indicator", _("Indicators"))):
        for move in Move:
            ids = ", ".join(change.id for change in years.of_level(level, move))
            if ids:
                said = {"level": name, "year": years.before.records[0].year, "moved": move_words(move), "ids": ids}
                console.print(_("{level}, against {year}: {moved}: {ids}", **said))
    console.print(law_of_years_words(years), style="dim")
