"""What the report of one commune is written from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ntm_rules.dataset.problems import Problem
from ntm_rules.evaluation.cross_checks import Finding
from ntm_rules.evaluation.reference import Facts, Result
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.charts import Chart
from ntm_rules.report.explanation import Missing, missing
from ntm_rules.report.form_10 import YearBefore
from ntm_rules.report.wording import invented
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.models import Overlay


@dataclass(frozen=True, slots=True)
class SelfAssessment:
    """One commune judged for one year, and what its report says besides."""

    rules: CriteriaSet
    facts: Facts
    result: Result
    conditions: Result | None
    before: YearBefore = field(default_factory=YearBefore)
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

    def missing(self, verdict: Verdict, *, conditions: bool = True) -> Iterator[Missing]:
        """Yield the requirements that stand in the way with a verdict; those of the conditions last, if wanted."""
        parts = [i for criterion in self.result.children for i in criterion.children]
        parts += self.conditions.children if self.conditions and conditions else ()
        for part in parts:
            yield from missing(self.rules, part, self.facts, verdict)
