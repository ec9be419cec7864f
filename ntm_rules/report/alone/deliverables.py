"""van-ban.html: the documents that a plan asks for on a day, on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ntm_rules.i18n import _
from ntm_rules.plan.loader import Plan
from ntm_rules.plan.owing import Owed
from ntm_rules.report.alone.page import alone_page
from ntm_rules.report.html.drawn import drawn
from ntm_rules.report.html.sections import Section
from ntm_rules.report.tables.deliverables import agencies_owing, deliverables
from ntm_rules.wording.deliverables import stage_counts_words


def deliverables_page(plan: Plan, documents: Sequence[Owed], title: str, foot: Sequence[str]) -> bytes:
    """Return the page; `foot` says what it was made from."""
    words = _("Documents that the plan asks for")
    keys = ("letter", "task", "stage", "owner", "due", "said", "blocks", "product", "source")
    every = drawn(deliverables(plan, documents).only(*keys), words, ("task",))
    by_agency = _("Documents by agency")
    parts = [
        Section(by_agency, table=drawn(agencies_owing(plan, documents), by_agency, ("agency",))),
        Section(words, table=every),
    ]
    return alone_page(
        title, [stage_counts_words(Counter(one.stage for one in documents))], parts, warnings=(), foot=foot
    )
