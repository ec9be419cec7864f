"""One commune: its report of a year chosen, judged, explained, and set beside the year before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ntm_rules import __version__
from ntm_rules.dataset.latest_year import latest_year
from ntm_rules.dataset.records import CommuneYear, Dataset
from ntm_rules.errors import NtmError, Severity
from ntm_rules.evaluation import reference
from ntm_rules.evaluation.reference import Facts, Result, evaluate_commune, evaluate_conditions
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.describe import resolved_hash
from ntm_rules.rulebook.register import Commune, Register
from ntm_rules.runs.named import commune_named
from ntm_rules.runs.reading import NothingEvaluated, read
from ntm_rules.runs.rulebook import Rulebook
from ntm_rules.wording.communes import full_name

if TYPE_CHECKING:
    from ntm_rules.evaluation.firing import Firing
    from ntm_rules.report.explanation.subject import Explanation
    from ntm_rules.standing.years import YearComparison

REFERENCE = "reference"
SEVERAL_IN_FILE = N_("The file holds {n} communes; choose one with --commune, or use ntm batch: {names}")
SEVERAL_IN_DATA = N_("The data holds {n} communes; choose one with --commune: {names}")
MOST_NAMED = 8
"""Up to so many communes are named to choose from."""


@dataclass(frozen=True, slots=True)
class Report:
    """What one commune reported for a year, with the law it is judged by."""

    rulebook: Rulebook
    dataset: Dataset
    rules: CriteriaSet
    facts: Facts

    @property
    def record(self) -> CommuneYear:
        """The report itself."""
        return self.facts.report

    def year_before(self) -> CommuneYear | None:
        """Return the report of the year before; None where there is none, or the set does not cover that year."""
        last = self.facts.previous
        return last if last and not last.base_only and last.year in self.rulebook.period else None


def report_of(rulebook: Rulebook, dataset: Dataset, record: CommuneYear) -> Report:
    """Return a record of the data with the law of its year, and what its commune reported for the year before."""
    rules = rulebook.for_year(record.year)
    return Report(rulebook, dataset, rules, facts_of(dataset, rules, record))


def facts_of(dataset: Dataset, rules: CriteriaSet, record: CommuneYear) -> Facts:
    """Return what is known of a record's commune in its year."""
    facts = reference.facts_of(record, dataset.earlier, rules.communes[record.code].group)
    return reference.with_tallies(rules, facts)


def report_in(rulebook: Rulebook, form: Path, commune: str | None, year: int | None) -> Report | NothingEvaluated:
    """Return the report in a file: of the commune asked for or the only one, of the year asked for or the latest.

    Raises:
        NtmError: there is no such file; a commune that is unknown or not in it, several without a choice, or a year
            outside the period.
    """
    dataset = read(rulebook, [form])
    record = the_commune(rulebook, dataset, commune, year)
    if record is None:
        return NothingEvaluated(rulebook, dataset, [] if year is None else [year])
    return report_of(rulebook, dataset, record)


def the_commune(rulebook: Rulebook, dataset: Dataset, commune: str | None, year: int | None) -> CommuneYear | None:
    """Return the record to judge: the commune asked for or the only one, in the year asked for or the latest.

    Raises:
        NtmError: a commune that is unknown or not in the data, several without a choice, or a year outside the period.
    """
    if year is not None:
        rulebook.covers(year)
    if commune is None:
        commune = _only_one(dataset, SEVERAL_IN_FILE)
    else:
        commune = commune_named(_units_of(rulebook, year), commune).code
        if commune not in {record.code for record in dataset.records}:
            if any(problem.commune_code == commune for problem in dataset.problems):
                return None  # it is in the file, and could not be taken: the problems say why
            if not dataset.records and any(problem.severity is Severity.ERROR for problem in dataset.problems):
                return None  # the file could not be read: the same
            raise NtmError(Message("Commune {code} is not in this file", code=commune))
    own = [record for record in dataset.records if record.code == commune]
    return _of_year(rulebook, dataset, own, year)


def report_among(
    rulebook: Rulebook, data: Sequence[Path], commune: str | None, year: int | None
) -> Report | NothingEvaluated:
    """Return the report of a commune in data of many: of the year asked for or the latest.

    Raises:
        NtmError: a path that is not there; a commune that is unknown, or that the criteria are not for; the data hold
            others or other years, several without a choice; or a year outside the period.
    """
    communes = _units_of(rulebook, year)
    unit = commune_named(communes, commune) if commune is not None else None
    if unit and unit.type != communes.applies_to:
        outside = Message(
            "{unit} ({code}) is outside this set of criteria and is not judged by it",
            unit=full_name(unit),
            code=unit.code,
        )
        raise NtmError(outside)
    dataset = read(rulebook, data)
    code = unit.code if unit else _only_one(dataset, SEVERAL_IN_DATA)
    record = _record(rulebook, dataset, communes[code], year) if code else None
    if record is None:
        return NothingEvaluated(rulebook, dataset, [] if year is None else [year])
    return report_of(rulebook, dataset, record)


def _units_of(rulebook: Rulebook, year: int | None) -> Register:
    """Return the register of a year's units, of those there are now where none is asked for."""
    register = rulebook.loaded.communes
    return register if year is None or year not in rulebook.period else register.on(dt.date(year, 12, 31))


def _only_one(dataset: Dataset, several: str) -> str | None:
    """Return the code of the one commune that was read; None where none was.

    Raises:
        NtmError: there are `several`.
    """
    names = {record.code: record.name for record in dataset.records}
    if len(names) > 1:
        listed = ", ".join(f"{code} {name}" for code, name in list(names.items())[:MOST_NAMED])
        listed += ", …" if len(names) > MOST_NAMED else ""
        raise NtmError(Message(several, n=len(names), names=listed))
    return next(iter(names), None)


def _record(rulebook: Rulebook, dataset: Dataset, unit: Commune, year: int | None) -> CommuneYear | None:
    """Return the commune's record of the year asked for, or of the latest; None when nothing at all was read.

    Raises:
        NtmError: the data holds other communes or years, but not these; the year is outside the set's; or none is asked
            for, and the latest year of the data is not the fullest.
    """
    if year is not None:
        rulebook.covers(year)
    own = [record for record in dataset.records if record.code == unit.code and not record.base_only]
    found = _of_year(rulebook, dataset, own, year)
    if found is None and own:
        raise NtmError(
            Message(
                "There are no figures of {code} {commune} for {year}; there are for {present}.",
                code=unit.code,
                commune=unit.name,
                year=year if year is not None else f"{rulebook.period.from_}-{rulebook.period.to}",
                present=", ".join(str(record.year) for record in own),
            )
        )
    if found is None and dataset.records:
        words = [Message("There are no figures of {code} {commune} in this data", code=unit.code, commune=unit.name)]
        if dataset.problems:
            words.append(Message("The data has {n} problems; ntm batch lists them", n=len(dataset.problems)))
        raise NtmError(*words)
    return found


def _of_year(rulebook: Rulebook, dataset: Dataset, own: Sequence[CommuneYear], year: int | None) -> CommuneYear | None:
    """Return a commune's record of the year asked for, else of the latest year of the data, else its own latest."""
    period = rulebook.period
    latest = latest_year(dataset, period) if year is None else year
    found = [one for one in own if one.year in period and not one.base_only and year in (None, one.year)]
    return next((one for one in found if one.year == latest), found[-1]) if found else None


def judged_by(engine: str, rules: CriteriaSet, facts: Facts) -> tuple[Result, Result | None, tuple[Firing, ...] | None]:
    """Judge one commune with an engine; the trace is None for the reference, which fires no rules."""
    if engine == REFERENCE:  # at once, without the arrays that the other engines need
        return evaluate_commune(rules, facts), evaluate_conditions(rules, facts), None
    from ntm_rules.evaluation.engines import judge_commune

    judgement = judge_commune(engine, rules, facts)
    return judgement.result, judgement.conditions, judgement.trace


def explained(report: Report, id_: str, engine: str = REFERENCE) -> Explanation:
    """Return the explanation of what an id names, as `engine` judges it."""
    from ntm_rules.report.explanation.subject import Explanation, subject_of

    rules, facts, dataset = report.rules, report.facts, report.dataset
    result, conditions, trace = judged_by(engine, rules, facts)
    return Explanation(
        rules=rules,
        rules_sha256=resolved_hash(rules),
        facts=facts,
        subject=subject_of(rules, facts, id_, result, conditions),
        engine=engine,
        program=__version__,
        inputs=dataset.inputs,
        overlay_files=report.rulebook.overlay_files,
        illustrative_data=dataset.illustrative,
        problems=dataset.problems,
        trace=trace,
    )


def since_year_before(report: Report) -> YearComparison | None:
    """Return what rose and what fell since the year before; None where that was not reported, or the set does not cover it."""
    last = report.year_before()
    if last is None:
        return None
    from ntm_rules.evaluation.batch import evaluate  # arrays, which only a file of several years needs
    from ntm_rules.standing.years import compare_years

    own = [one for one in report.dataset.records if one.code == last.code]
    before = evaluate(report.rulebook.year_end(last.year), own, years=[last.year])
    return compare_years(before, evaluate(report.rules, own, years=[report.record.year]))
