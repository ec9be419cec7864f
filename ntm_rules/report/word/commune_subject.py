"""What the report of one commune is written from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ntm_rules.dataset.problems import Problem
from ntm_rules.evaluation.cross_checks import Finding
from ntm_rules.evaluation.reference import Facts, Result
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.charts import Chart
from ntm_rules.report.explanation.missing import Missing, missing
from ntm_rules.report.tables.form_10 import YearBefore
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.models import Overlay, Reporting
from ntm_rules.rulebook.register import Commune
from ntm_rules.standing.one_commune import counted_in, lacking_in
from ntm_rules.standing.values import Lacking, LevelCounts
from ntm_rules.standing.years import YearComparison
from ntm_rules.wording.values import invented


@dataclass(frozen=True, slots=True)
class SelfAssessment:
    """One commune judged for one year, and what its report says besides."""

    rules: CriteriaSet
    facts: Facts
    result: Result
    conditions: Result | None
    day: dt.date
    """To which days overdue are counted."""
    before: YearBefore = field(default_factory=YearBefore)
    years: YearComparison | None = None
    """What rose and fell since the year before; None where it was not judged."""
    legal_basis: Sequence[str] = ()
    """Ids of the documents that the set rests on."""
    reporting: Reporting | None = None
    """Whom the paper is for; None: the set does not say."""
    overlays: Sequence[Overlay] = ()
    """Those in force, in the order given."""
    problems: Sequence[Problem] = ()
    """Of the data, those of this commune and of its file."""
    findings: Sequence[Finding] = ()
    """What the cross-checks found in its report."""
    illustrative_data: bool = False
    chart: Chart | None = None
    """How the indicators of each criterion stand."""

    @property
    def warnings(self) -> list[str]:
        """What must stand wherever invented targets or figures are shown."""
        return invented(rules=self.rules.illustrative, data=self.illustrative_data)

    @property
    def unit(self) -> Commune:
        """The commune, of the register."""
        return self.rules.communes[self.facts.report.code]

    def counted(self, level: str) -> LevelCounts:
        """Return the counts of a level ("criterion", "indicator")."""
        return counted_in(self.rules, self.facts, self.result, level)

    def lacking(self) -> list[Lacking]:
        """Return what cannot be judged for want of a figure, a conclusion or the group, in the order of the law."""
        return list(lacking_in(self.result, self.conditions))

    @property
    def group_is_decided(self) -> bool:
        """Whether a decision in force, and not the set's own reading, says which group the commune is of."""
        return any(self.unit.code in overlay.groups for overlay in self.overlays)

    def missing(self, verdict: Verdict, *, conditions: bool = True) -> Iterator[Missing]:
        """Yield the requirements that stand in the way with a verdict; those of the conditions last, if wanted."""
        parts = [i for criterion in self.result.children for i in criterion.children]
        parts += self.conditions.children if self.conditions and conditions else ()
        for part in parts:
            yield from missing(self.rules, part, self.facts, verdict)
