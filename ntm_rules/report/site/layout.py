"""Words of the pages that lead to what they name: to a page, a place on it, and from every figure to its explanation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup, escape

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.html.links import Link, Linking, in_a_row
from ntm_rules.report.html.values import Badge, badge_of
from ntm_rules.report.pages.links import FileLinks
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.report.site.contents import Contents
from ntm_rules.report.site.held_words import HeldWords, held_words
from ntm_rules.report.targets import value_lines
from ntm_rules.rulebook.criteria_set import AwaitedTarget, Criterion, Requirement
from ntm_rules.rulebook.models import Source
from ntm_rules.standing.lacks import Lack
from ntm_rules.wording.decisions import decision_words
from ntm_rules.wording.derived import bases
from ntm_rules.wording.sources import citation
from ntm_rules.wording.standing import class_awaited_words
from ntm_rules.wording.targets import provenances

LONGEST_TITLE = 70
"""Characters of what a page is called."""


class TargetWords(NamedTuple):
    """What a requirement asks, and where that comes from."""

    lines: list[tuple[object, str]]
    """The group, or nothing for all communes, and the target."""
    awaited: str
    """The decision that is to fix it; empty where none is named, or it is fixed."""
    provenance: str
    """Of a target that a later document sets."""
    illustrative: bool


@dataclass(frozen=True)
class Layout(Linking):
    """The words, links and pictures of one set of pages."""

    contents: Contents
    anchors: FileLinks
    """Anchors of what has a place on one page alone."""
    within: FileLinks
    """Anchors of indicators, requirements and criteria; alike on every page that explains them."""

    def here(self, id_: str, kind: str = "node") -> str:
        """Return the anchor of a node of the rules on a page that explains it."""
        return self.within.of(kind, id_)

    def commune(self, record: int) -> Link:
        """Return a commune's name, leading to its page."""
        at = self.contents.records[record]
        return self.link("commune", at.code, at.name)

    def why(self, record: int, id_: str, kind: str = "node") -> str:
        """Return the address of the explanation of a node's verdict in one commune."""
        return self.of_commune(self.contents.records[record].code, self.within.of(kind, id_))

    def of_commune(self, code: str, section: str = "") -> str:
        """Return the address of a commune's page, or of a section of it."""
        return self.links.to("commune", code, section) or ""

    def to(self, kind: str, section: str = "") -> str:
        """Return the address of a page that there is once, or of a section of it."""
        return self.links.to(kind, "", section) or ""

    def of_criterion(self, criterion: Criterion) -> str:
        """Return the address of a criterion among the indicators."""
        return self.to("indicators", self.here(criterion.id, "criterion"))

    def of_indicator(self, id_: str) -> str:
        """Return the address of an indicator's page."""
        return self.links.to("indicator", id_) or ""

    def badge(self, row: int, record: int) -> Badge:
        """Return a verdict in one commune; one that only a conclusion or the commune's group is lacking for says so."""
        badge = self.badges[self.contents.evaluation.verdict(row, record)]
        lack = self.contents.overview.lacks.kind(row, record)
        if lack is Lack.RULING:
            return badge._replace(words=_("Awaiting a conclusion"))
        return badge._replace(words=class_awaited_words(self.rules)) if lack is Lack.GROUP else badge

    @cached_property
    def badges(self) -> Mapping[Verdict, Badge]:
        """The verdicts in the order of the legend."""
        badges = {verdict: badge_of(verdict) for verdict in LEGEND_ORDER}
        return {verdict: Badge(one.look, str(one.letter), str(one.words)) for verdict, one in badges.items()}

    def group(self, id_: str | None) -> object:
        """Return what a commune's group is called; empty where the set has none."""
        if not self.rules.groups:
            return ""
        return self.rules.groups[id_].title if id_ else _("unknown")

    def source(self, source: Source) -> Markup:
        """Return a source in full, leading to the document in the list of sources."""
        link = escape(self.link("document", source.document, citation(self.rules, source)))
        return link + (f" ({source.note})" if source.note else "")

    def held(self, requirement: Requirement, record: int) -> HeldWords:
        """Return one requirement of one record in words, made once for all pages."""
        known = self._held.get((requirement.id, record))
        if known is None:
            known = self._held[requirement.id, record] = held_words(
                self.contents.evaluation, self.badges, requirement, record
            )
        return known

    @cached_property
    def _held(self) -> dict[tuple[str, int], HeldWords]:
        return {}

    def target(self, requirement: Requirement) -> TargetWords:
        """Return a requirement's target with where it comes from."""
        target = requirement.target
        if isinstance(target, AwaitedTarget):
            awaited = decision_words(self.rules, target.decision) if target.decision else ""
            awaited = "; ".join([*([awaited] if awaited else []), *bases(self.rules, requirement)])
            return TargetWords([], awaited, "", False)
        decisions = dict.fromkeys(one.decision for one in target.awaited if one.decision)
        return TargetWords(
            [(one.title or "", one.words) for one in value_lines(self.rules, requirement, target)],
            "; ".join(decision_words(self.rules, decision) for decision in decisions),
            "; ".join([*provenances(target), *bases(self.rules, requirement)]),
            target.provenance.illustrative,
        )

    def unread(self) -> Markup:
        """Return the communes that handed in something of which nothing can be used."""
        return in_a_row(self.link("commune", one.commune.code, one.commune.name) for one in self.contents.unread)

    def criteria(self) -> list[tuple[int, Criterion]]:
        """Return the criteria with their rows in the table of nodes."""
        evaluation = self.contents.evaluation
        return list(zip(evaluation.level("criterion"), self.rules.criteria, strict=True))
