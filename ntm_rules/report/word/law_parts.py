"""What every paper says of the law it rests on: documents, day, overlays; targets awaited; invented figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.i18n import _, current_language
from ntm_rules.report.coverage import coverage_of
from ntm_rules.report.explanation.sources import document_words, overlay_words
from ntm_rules.report.word.layout import Paper
from ntm_rules.report.wording import day, decision_words, full_name
from ntm_rules.rulebook.criteria_set import AwaitedTarget, CriteriaSet
from ntm_rules.rulebook.models import Overlay


def add_warnings(paper: Paper, warnings: Sequence[str]) -> None:
    """Add the sentences that must stand wherever invented targets or figures are shown."""
    for warning in warnings:
        paper.add(warning, align="center", bold=True)


def add_law(paper: Paper, rules: CriteriaSet, overlays: Sequence[Overlay]) -> None:
    """Add which law was applied: the set, its sources, the day, the overlays and what must be known of them."""
    title = rules.title.in_language(current_language())
    paper.item(f"{title} ({rules.id}, {rules.version}).", lead=_("Set of criteria:"))
    grounds = dict.fromkeys(criterion.source.document for criterion in rules.criteria)
    paper.item("; ".join(document_words(rules, document) for document in grounds) + ".", lead=_("Source:"))
    said = _("as in force on {day}", day=day(rules.as_of.isoformat()))
    if rules.known_on is not None:
        said += ", " + _("as promulgated by {day}", day=day(rules.known_on.isoformat()))
    paper.item(f"{said}.", lead=_("Day of the law:"))
    laid = "; ".join(overlay_words(overlay) for overlay in overlays)
    paper.item(f"{laid or _('none')}.", lead=_("Later documents laid over it:"))
    for notice in rules.notices:
        paper.item(f"{str(notice).rstrip('.')}.", lead=_("Notice:"))


def add_scope(paper: Paper, evaluation: Evaluation, year: int, overlays: Sequence[Overlay]) -> None:
    """Add which year and communes an evaluation is about, who did not report, and the law."""
    covered = coverage_of(evaluation)
    paper.item(f"{year}.", lead=_("Year assessed:"))
    total, reported = len(covered.communes), len(covered.reported)
    words = _("{reported} of the {total} communes of the register reported.", reported=reported, total=total)
    paper.item(words, lead=_("Reports:"))
    if covered.silent:
        names = ", ".join(commune.name for commune in covered.silent)
        paper.item(f"{names}.", lead=_("Without a report ({n}):", n=len(covered.silent)))
    if covered.outside:
        names = ", ".join(full_name(commune) for commune in covered.outside)
        paper.item(f"{names}.", lead=_("Outside this set of criteria:"))
    add_law(paper, evaluation.rules, overlays)


def add_awaited(paper: Paper, rules: CriteriaSet, ids: Iterable[str]) -> None:
    """Add which requirements have no target yet, by the decision they wait for and who owes it."""
    waiting: dict[str, list[str]] = {}
    for id_ in dict.fromkeys(ids):
        target = rules.requirement_by_id[id_].target
        if isinstance(target, AwaitedTarget):
            waiting.setdefault(target.decision, []).append(id_)
    if not waiting:
        paper.add(_("None."))
    for decision, found in waiting.items():
        owed = decision_words(rules, decision) or _("no target is in force on this date")
        paper.item(
            _("requirements ({n}): {ids}.", n=len(found), ids=", ".join(found)),
            lead=f"{owed}:",
        )
