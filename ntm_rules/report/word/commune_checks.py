"""The sheet of checks beside a commune's report: what its officers look at before anybody signs; no part of what is signed."""

from __future__ import annotations

from ntm_rules.i18n import _
from ntm_rules.report.evidence import bare_and_backed
from ntm_rules.report.word.commune_subject import SelfAssessment
from ntm_rules.report.word.commune_tables import add_problems
from ntm_rules.report.word.components import add_title
from ntm_rules.report.word.findings import add_findings
from ntm_rules.report.word.law_parts import add_law, add_warnings
from ntm_rules.report.word.layout import Paper
from ntm_rules.wording.communes import named_within
from ntm_rules.wording.sources import overlay_words


def commune_checks(subject: SelfAssessment) -> bytes:
    """Return the sheet as a Word file: problems of the data, cross-checks, figures without a document, the law applied."""
    rules, report = subject.rules, subject.facts.report
    working = _("Working sheet, not part of the report")
    about = _("Checks of the figures of {commune}, {year}", commune=named_within(subject.unit), year=report.year)
    paper = Paper(about, foot=[working, *(w.partition(":")[0] for w in subject.warnings)])
    add_title(paper, _("SHEET OF CHECKS"), about)
    add_warnings(paper, subject.warnings)
    paper.add(_("For the officers who prepare the report: what to mend or look at before it is signed."), italic=True)
    paper.heading(_("{n}. PROBLEMS OF THE DATA", n="I"))
    if subject.problems:
        add_problems(paper, subject)
    else:
        paper.add(_("Everything in the form could be read."))
    paper.heading(_("{n}. CROSS-CHECKS", n="II"))
    add_findings(paper, rules, subject.findings)
    paper.heading(_("{n}. FIGURES WITHOUT A DOCUMENT", n="III"))
    bare, backed = bare_and_backed(rules, report)
    if bare:
        paper.add(
            _(
                "Reported without naming a document ({n} of {total} requirements reported): {ids}.",
                n=len(bare),
                total=len(bare) + backed,
                ids=", ".join(bare),
            )
        )
    else:
        paper.add(_("None."))
    paper.heading(_("{n}. LAW APPLIED", n="IV"))
    add_law(paper, rules)
    title = str(rules.title)
    paper.item(f"{title} ({rules.id}, {rules.version}).", lead=_("Set of criteria:"))
    laid = "; ".join(overlay_words(overlay) for overlay in subject.overlays)
    paper.item(f"{laid or _('none')}.", lead=_("Later documents laid over it:"))
    return paper.bytes()
