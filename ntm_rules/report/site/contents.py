"""What the pages are made from, and what of it several pages need: places, gaps, explanations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from ntm_rules import __version__
from ntm_rules.dataset.records import CommuneYear, Dataset, year_before
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.cross_checks import Finding
from ntm_rules.evaluation.cross_checks.over_evaluation import cross_check
from ntm_rules.evaluation.scores import Tally
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.plan.aims import aims_in
from ntm_rules.plan.goals import GoalFigures, states
from ntm_rules.plan.loader import Plan
from ntm_rules.plan.models import TrackState
from ntm_rules.plan.owing import Owed, owed
from ntm_rules.plan.road_map import RoadMap, RoadMapQuestion, question
from ntm_rules.plan.solving import Solved, solve
from ntm_rules.plan.trend import FigureTrend, trends
from ntm_rules.report.charts.chart import year_of
from ntm_rules.report.explanation.subject import Explanation, subject_of
from ntm_rules.rulebook.criteria_set import CriteriaSet, Indicator, Requirement
from ntm_rules.rulebook.cross_checks import CrossCheck
from ntm_rules.rulebook.describe import resolved_hash
from ntm_rules.rulebook.effort import EffortModel
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.register import Commune
from ntm_rules.standing.handing_in import Handed, HandedIn
from ntm_rules.standing.nearest import Ranked
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.reports import own_reports, usable
from ntm_rules.standing.values import Lack, Lacking
from ntm_rules.standing.years import YearChange
from ntm_rules.wording.standing import only_rulings_words
from ntm_rules.wording.values import invented


@dataclass(frozen=True, slots=True)
class YearCounts:
    """The commune-indicators of one year by verdict."""

    year: int
    communes: int
    counts: Tally


def _indicator_counts(evaluation: Evaluation, records: Sequence[int]) -> Tally:
    return evaluation.tally(evaluation.level("indicator"), records)


@dataclass(frozen=True)
class Contents:
    """One year judged, the years before it, and what they were judged from."""

    evaluation: Evaluation
    """The year that the pages are about."""
    earlier: Sequence[Evaluation]
    """Years before it that were judged too, each under its own law."""
    dataset: Dataset
    overlays: Sequence[Overlay]
    """Those in force."""
    overlay_files: Mapping[str, str]
    """File name -> SHA-256."""
    legal_basis: Sequence[str]
    """Ids of documents."""
    day: dt.date
    """The day to which days overdue are counted."""
    plan: Plan | None = None
    """The province's plan, where the set carries one."""
    model: EffortModel | None = None
    """Efforts and capacities, for the road map to the plan's goals."""
    solved: Callable[[], Solved] | None = None
    """What came of `question`, where another process works it out."""

    @cached_property
    def question(self) -> RoadMapQuestion | None:
        """The road map to the plan's numbers of communes, to be solved; None where the plan asks for none."""
        if self.plan is None or self.model is None:
            return None
        aims = aims_in(self.plan.goals, self.year)
        return question(self.evaluation, self.model, aims, year=self.year) if aims else None

    @cached_property
    def road(self) -> RoadMap | None:
        """The road map to the plan's numbers of communes up to the standard."""
        asked = self.question
        if asked is None:
            return None
        return asked.answered(self.solved() if self.solved else solve(asked.problem, asked.tries))

    @cached_property
    def states(self) -> Mapping[str, TrackState]:
        """How every goal of the plan stands, as far as communes tell: the province's own figures are not read here."""
        if self.plan is None:
            return {}
        figures = GoalFigures({year_of(one): one for one in self.judged}, self.dataset)
        return states(self.plan, figures, self.day)

    @cached_property
    def owed_documents(self) -> Sequence[Owed]:
        """The documents that the plan asks for, as they stand on the day."""
        if self.plan is None:
            return []
        return owed(self.plan, self.day, rules=self.rules, evaluation=self.evaluation)

    @cached_property
    def trends(self) -> Sequence[FigureTrend]:
        """Where every figure is going, of several years; none of one year."""
        return trends(self.judged, self.plan.goals if self.plan else ()) if len(self.trend_years) > 1 else []

    @cached_property
    def trend_years(self) -> Sequence[int]:
        """The years that trends go over, the earliest first."""
        return sorted({year_of(evaluation) for evaluation, _records in self.years})

    def trends_of(self, code: str) -> Sequence[FigureTrend]:
        """Return where the figures of a commune are going."""
        return self._trends_by_commune.get(code, ())

    @cached_property
    def _trends_by_commune(self) -> Mapping[str, Sequence[FigureTrend]]:
        found: dict[str, list[FigureTrend]] = {}
        for trend in self.trends:
            found.setdefault(trend.code, []).append(trend)
        return found

    @property
    def rules(self) -> CriteriaSet:
        """The law of the year."""
        return self.evaluation.rules

    @property
    def judged(self) -> Sequence[Evaluation]:
        """Every year judged."""
        return (*self.earlier, self.evaluation)

    @property
    def year(self) -> int:
        """The year that the pages are about."""
        return year_of(self.evaluation)

    @property
    def records(self) -> Sequence[CommuneYear]:
        """The communes judged, in the order of their codes."""
        return self.evaluation.records

    @cached_property
    def overview(self) -> Overview:
        """How the year stands, beside the year before where that was judged too."""
        before = next((one for one in self.earlier if year_of(one) == self.year - 1), None)
        return Overview(self.evaluation, self.dataset, self.day, before)

    @property
    def reported(self) -> Sequence[int]:
        """The records that say anything that can be used: what "all communes" are, everywhere on the pages."""
        return self.overview.reported

    @cached_property
    def handed(self) -> Mapping[str, HandedIn]:
        """Commune code -> what it handed in."""
        return {one.commune.code: one for one in self.overview.handing_in.communes}

    @cached_property
    def unread(self) -> Sequence[HandedIn]:
        """The communes that handed in something of which nothing can be used."""
        return self.overview.handing_in.of(Handed.NOTHING_USABLE)

    @cached_property
    def warnings(self) -> list[str]:
        """What every page must say of invented targets and figures."""
        rules = any(evaluation.rules.illustrative for evaluation in self.judged)
        return invented(rules=rules, data=self.dataset.illustrative)

    @cached_property
    def law_hash(self) -> str:
        """SHA-256 of the resolved set."""
        return resolved_hash(self.rules)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator, then the further conditions."""
        return tuple(self.rules.every_indicator())

    def row(self, id_: str) -> int:
        """Return the row of an indicator or a further condition in the table of nodes."""
        return self.overview.row(id_)

    @cached_property
    def cells(self) -> Tally:
        """How many commune-indicators have each verdict."""
        return _indicator_counts(self.evaluation, self.reported)

    @property
    def judgeable(self) -> int:
        """How many commune-indicators the law lets be judged."""
        return sum(one.indicators.judgeable for one in self.overview.counted)

    def counts(self, row: int) -> Tally:
        """Return how many communes have each verdict in one node."""
        return self.evaluation.tally([row], self.reported)

    def only_rulings(self, level: str) -> str:
        """Say how many of a level's nodes without data only wait for a body's conclusion; empty where there are none."""
        lacks, rows = self.overview.lacks, self.evaluation.level(level)
        return only_rulings_words(sum(lacks.kind(row, at) is Lack.RULING for row in rows for at in self.reported))

    @property
    def meeting_all(self) -> int:
        """How many communes meet every criterion that applies."""
        whole = self.evaluation.level("commune")[0]
        return self.counts(whole).met

    @cached_property
    def lacks_in_all(self) -> Mapping[Lack, int]:
        """How many figures and conclusions all communes with a usable report lack."""
        counts = {kind: self.overview.lacks.counts(kind) for kind in Lack}
        return {kind: int(found[self.reported].sum()) for kind, found in counts.items()}

    @cached_property
    def reported_before(self) -> Set[str]:
        """The codes of the communes with a usable report of the year before."""
        years = self.overview.years
        if years is None:
            return frozenset()
        said = own_reports(years.before, years.now)
        return frozenset(at.code for at, here in zip(years.before.records, said, strict=True) if here)

    def rulings(self, row: int) -> int:
        """Return in how many communes a node lacks nothing but a body's conclusion."""
        return sum(self.overview.lacks.kind(row, record) is Lack.RULING for record in self.reported)

    def parts_of(self, row: int, record: int) -> Tally:
        """Return how many of a node's parts have each verdict in one commune."""
        return self.evaluation.tally(self.evaluation.table[row].children, [record])

    def criteria_of(self, record: int) -> Tally:
        """Return how many criteria of one commune have each verdict."""
        return self.evaluation.tally(self.evaluation.level("criterion"), [record])

    def years_of(self, code: str) -> Sequence[tuple[int, Tally]]:
        """Return how the indicators of one commune stood in every year that it reported, the earliest first."""
        return [
            (year_of(one), _indicator_counts(one, [record]))
            for one, records in self.years
            for record in records
            if one.records[record].code == code
        ]

    @cached_property
    def ranked(self) -> Mapping[int, Ranked]:
        """Record -> its place among the nearest; a commune without a usable report has none."""
        return {one.record: one for one in self.overview.nearest}

    @cached_property
    def lacking(self) -> Sequence[Mapping[Lack, Sequence[Lacking]]]:
        """What every record cannot be judged for, by whose turn it is: figures owed, conclusions, its group."""
        lacks = self.overview.lacks
        return [
            {kind: list(lacks.of(record, kind)) for kind in (Lack.FIGURE, Lack.RULING, Lack.GROUP)}
            for record in range(len(self.records))
        ]

    @cached_property
    def awaited(self) -> Sequence[Sequence[Requirement]]:
        """What every record is without a target for, where that decides."""
        waits = self.evaluation.in_the_way(Verdict.NO_TARGET)
        return [
            [self.evaluation.requirement(row) for row in self.overview.lacks.rows if waits[row, record]]
            for record in range(len(self.records))
        ]

    @cached_property
    def histories(self) -> Mapping[str, Mapping[int, CommuneYear]]:
        """Commune -> year -> its record, of every year read or carried by a form."""
        found: dict[str, dict[int, CommuneYear]] = {}
        for record in self.dataset.records:
            found.setdefault(record.code, {})[record.year] = record
        for record in self.dataset.records:
            before = year_before(record, found[record.code].get(record.year - 1))
            if before is not None:
                found[record.code][record.year - 1] = before
        return found

    @cached_property
    def findings(self) -> Sequence[Finding]:
        """What the set's cross-checks found in the year, the gravest first; they change no verdict."""
        found = cross_check(self.evaluation, self.dataset)
        return sorted(found, key=lambda finding: finding.severity.rank)

    def findings_in(self, code: str) -> Mapping[CrossCheck, Sequence[Finding]]:
        """Return what was found of one commune, by check, the gravest first."""
        found: dict[CrossCheck, list[Finding]] = {}
        for finding in self.findings:
            if finding.code == code:
                found.setdefault(finding.check, []).append(finding)
        return found

    @cached_property
    def years(self) -> Sequence[tuple[Evaluation, Sequence[int]]]:
        """Every year judged with its usable reports, the earliest first; a growth's base alone is no report."""
        years = sorted(self.judged, key=year_of)
        found = []
        for one, after in zip(years, [*years[1:], None], strict=True):
            said = own_reports(one, after) if after is not None else usable(one)
            found.append((one, [record for record, here in enumerate(said) if here]))
        return [(one, records) for one, records in found if records]

    @cached_property
    def trend(self) -> Sequence[YearCounts]:
        """How the commune-indicators of every year with reports stood, the earliest year first."""
        return [YearCounts(year_of(one), len(at), _indicator_counts(one, at)) for one, at in self.years]

    def changes_of(self, code: str) -> Sequence[YearChange]:
        """Return what rose and what fell in one commune since the year before."""
        years = self.overview.years
        return [change for change in years.changes if change.code == code] if years else []

    @cached_property
    def silent(self) -> Sequence[Commune]:
        """The communes that the set applies to and that handed in nothing for the year."""
        return [one.commune for one in self.overview.handing_in.of(Handed.NOTHING)]

    def explanations(self, record: int) -> dict[str, Explanation]:
        """Return why each indicator and further condition has its verdict in one record, by id."""
        rules, facts = self.rules, self.evaluation.facts(record)
        result, conditions = self.evaluation.result(record), self.evaluation.conditions(record)
        return {
            indicator.id: Explanation(
                rules=rules,
                rules_sha256=self.law_hash,
                facts=facts,
                subject=subject_of(rules, facts, indicator.id, result, conditions),
                engine="reference",
                program=__version__,
                inputs=self.dataset.inputs,
                overlay_files=dict(self.overlay_files),
                illustrative_data=self.dataset.illustrative,
                problems=self.dataset.problems,
            )
            for indicator in self.indicators
        }
