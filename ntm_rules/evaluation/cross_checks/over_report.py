"""The cross-checks over one commune's report, judged by the reference engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from ntm_rules.dataset.records import CommuneYear, Dataset, EarlierOf
from ntm_rules.evaluation.cross_checks.finding import Finding
from ntm_rules.evaluation.cross_checks.reports import Reports
from ntm_rules.evaluation.cross_checks.running import look_through
from ntm_rules.evaluation.reference import Result, evaluate_commune, evaluate_conditions, facts_of
from ntm_rules.rulebook.criteria_set import CriteriaSet


def cross_check_report(rules: CriteriaSet, dataset: Dataset, report: CommuneYear) -> list[Finding]:
    """Return what the set's cross-checks find in one report; others of its year serve for comparison alone."""
    if not rules.cross_checks:
        return []
    records = [record for record in dataset.records if record.year == report.year and not record.base_only]
    reports = reports_of(rules, records, dataset.records)
    return look_through(reports, dataset, only=[records.index(report)])


def reports_of(rules: CriteriaSet, records: Sequence[CommuneYear], earlier: Sequence[CommuneYear]) -> Reports:
    """Return reports that are judged one by one, when somebody asks; `earlier` holds the years before."""
    by_key = {(record.code, record.year): record for record in earlier}
    previous = EarlierOf(records, lambda code, year: by_key.get((code, year)))

    @cache
    def judged(at: int) -> Mapping[str, int]:
        record = records[at]
        commune = rules.communes.get(record.code)
        facts = facts_of(record, previous, commune.group if commune else None)
        found = dict(_requirements(evaluate_commune(rules, facts)))
        conditions = evaluate_conditions(rules, facts)
        return found | dict(_requirements(conditions)) if conditions else found

    def before(at: int) -> tuple[Reports, int]:
        record, values = records[at], found.earlier(at)
        assert values is not None, "figures of the year before are judged where there are any"
        asked = CommuneYear(record.code, record.name, record.year - 1, values)
        older = [one for one in earlier if one.code == record.code and one.year < asked.year]
        return reports_of(rules, [asked], [*older, asked]), 0

    found = Reports(
        rules=rules,
        records=records,
        previous=previous,
        verdict_of=lambda requirement, record: judged(record)[requirement],
        before=before,
    )
    return found


def _requirements(result: Result) -> list[tuple[str, int]]:
    """Return the verdict of every requirement at or below a result."""
    here = [(result.requirement.id, int(result.verdict))] if result.requirement is not None else []
    return here + [found for child in result.children for found in _requirements(child)]
