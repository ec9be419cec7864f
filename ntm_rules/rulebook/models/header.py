"""criteria-set.yaml and agencies.yaml."""

from __future__ import annotations

from typing import Literal

from pydantic import StrictBool

from ntm_rules.rulebook.models.basics import Id, MeasureId, Number, Text, Whole, Written, in_both
from ntm_rules.rulebook.models.documents import (
    Classification,
    CommuneType,
    Decision,
    Document,
    Group,
    Province,
    Reporting,
    Scale,
    Source,
    Years,
)
from ntm_rules.rulebook.models.standards import StandardWritten


class SetHeader(Written):
    """criteria-set.yaml: what the set is, on what legal ground, for which years and groups."""

    id: Id
    version: str
    title: Text
    illustrative: StrictBool = False
    """True for rules that nobody has issued or checked: every output made with them says so."""
    legal_basis: tuple[Id, ...]
    period: Years
    province: Text
    provinces: tuple[Province, ...] = ()
    """The provinces that the register tells apart, where it holds several."""
    documents: tuple[Document, ...]
    decisions: tuple[Decision, ...] = ()
    groups: tuple[Group, ...] = ()
    classifications: tuple[Classification, ...] = ()
    scales: tuple[Scale, ...] = ()
    commune_type: str = "xa"
    """The register type the set applies to; other types are named as outside it."""
    commune_types: tuple[CommuneType, ...] = ()
    """The types of units in the register; where none are named, `COMMUNE_TYPES`, and units of others have no title."""
    bands: tuple[Band, ...]
    meets: Text
    """What "meets the standard" means, in words."""
    meets_when: StandardWritten | None = None
    """The same as a rule; every criterion that applies must be met unless said."""
    criteria: tuple[CriterionHeader, ...]
    conditions: str | None = None
    """The file of further conditions of recognition, if the set has any."""
    recognition: MeasureId | None = None
    """The ruling by which a commune reports that a decision has recognised it; none unless said."""
    cross_checks: str | None = None
    """The file of cross-checks, if the set has any."""
    reference_figures: str | None = None
    """The file of the figures of province and nation that targets are taken from, if the set has any."""
    reporting: Reporting | None = None
    plan: PlanFiles | None = None
    """The province's plan, if the set carries it."""

    def reporting_in(self, province: str) -> Reporting | None:
        """Return who sums up the results of a province; of the set where that is empty, or says nothing of its own."""
        own = next((one.reporting for one in self.provinces if one.id == province), None)
        return own or self.reporting


class CourseBands(Written):
    """From which part of the needed progress on a goal counts as on course, and as behind; no law fixes them."""

    on_course: Number
    behind: Number
    origin: Text


class PlanFiles(Written):
    """The province's plan: its files, the province's code in its own figures, and the bands of its goals' status."""

    code: Id
    figures: str
    goals: str
    deliverables: str
    bands: CourseBands


class Band(Written):
    """A class of communes by the number of criteria met, both ends included."""

    id: Id
    title: Text
    at_least: Whole
    at_most: Whole


class CriterionHeader(Written):
    """One criterion: its number, its title as printed, and the file of its rules."""

    id: Id
    title: str
    title_en: str
    source: Source
    rules: str
    meets_when: StandardWritten | None = None
    """When it is met; every indicator that applies must be unless said."""

    @property
    def words(self) -> Text:
        """The title in every language there is."""
        return in_both(self.title, self.title_en)


class Agency(Written):
    """A body named by the law."""

    id: Id
    name: Text
    printed: tuple[str, ...] = ()
    """The name as the source prints it, where that differs from the name."""
    superior: Text | None = None
    """The body above it, as the head of its papers names it."""
    role: Literal["lead", "cooperating"] = "lead"
