"""van-ban.docx: the documents that a plan asks for on a day, as an unsigned draft for those who see to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ntm_rules.i18n import _
from ntm_rules.plan.loader import Plan
from ntm_rules.plan.owing import Owed
from ntm_rules.report.tables.deliverables import agencies_owing, deliverables
from ntm_rules.report.word.components import add_closing, add_head, add_title, agency_as_issuer, draft_words
from ntm_rules.report.word.layout import LANDSCAPE_WIDTH, PORTRAIT_WIDTH, Paper
from ntm_rules.report.word.tables import add_captioned
from ntm_rules.wording.deliverables import stage_counts_words


def deliverables_paper(plan: Plan, documents: Sequence[Owed], about: str) -> bytes:
    """Return the paper as a Word file."""
    paper = Paper(about, foot=[draft_words()])
    reporting = plan.loaded.header.reporting
    name = str(plan.loaded.agencies[reporting.by].name) if reporting else ""
    superior = str(reporting.superior) if reporting and reporting.superior else ""
    issuer = agency_as_issuer(name, str(plan.loaded.header.province), superior)
    add_head(paper, issuer)
    add_title(paper, _("REPORT"), about)
    paper.heading(_("{n}. IN SHORT", n="I"))
    paper.add(stage_counts_words(Counter(one.stage for one in documents)))
    title = _("Table {table}. Documents by agency", table=paper.next_table())
    add_captioned(paper, title, agencies_owing(plan, documents).wide(54, *[18] * 6), width=PORTRAIT_WIDTH)
    paper.turn(landscape=True)
    paper.heading(_("{n}. EVERY DOCUMENT", n="II"))
    title = _("Table {table}. Documents that the plan asks for", table=paper.next_table())
    table = deliverables(plan, documents).only("letter", "task", "owner", "due", "said", "blocks", "source")
    add_captioned(paper, title, table.wide(12, 74, 42, 26, 32, 46, 30), width=LANDSCAPE_WIDTH, size=9.5)
    paper.turn(landscape=False)
    add_closing(paper, issuer, [])
    return paper.bytes()
