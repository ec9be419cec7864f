"""What the pages were made from, and how to read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ntm_rules import __version__
from ntm_rules.dataset.records import InputFile
from ntm_rules.i18n import _
from ntm_rules.report.html.drawn import drawn
from ntm_rules.report.html.values import Badge, PageTable, badge_of
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.report.site.layout import Layout
from ntm_rules.report.tables.table import Table, texts
from ntm_rules.rulebook.models import Document, Group
from ntm_rules.wording.decisions import decision_words
from ntm_rules.wording.sources import overlay_words
from ntm_rules.wording.verdicts import MEANINGS


@dataclass(frozen=True, slots=True)
class Sources:
    """What the page of sources shows."""

    version: str
    law_hash: str
    earlier: str
    """The years before it that were judged too."""
    overlays: Sequence[tuple[str, bool]]
    """Each, and whether it is invented."""
    overlay_files: Sequence[tuple[str, str]]
    """Name and SHA-256."""
    communes: int
    command: str
    documents: Sequence[tuple[str, Document, bool]]
    """Anchor; the document; whether it is the set's legal basis."""
    decisions: Sequence[str]
    inputs: PageTable


def sources(layout: Layout) -> Sources:
    """Return what the page of sources shows."""
    contents, rules = layout.contents, layout.rules
    data, code = _("DATA"), contents.records[0].code if contents.records else _("CODE")
    return Sources(
        version=__version__,
        law_hash=contents.law_hash,
        earlier=", ".join(str(one.records[0].year) for one in contents.earlier),
        overlays=[(overlay_words(one), one.illustrative) for one in contents.overlays],
        overlay_files=list(contents.overlay_files.items()),
        communes=len(rules.communes.within()),
        command=f"ntm explain {data} --commune {code} --indicator {contents.indicators[0].id}",
        documents=[
            (layout.anchors.of("document", one.id), one, one.id in contents.legal_basis)
            for one in rules.documents.values()
        ],
        decisions=[decision_words(rules, one.id) for one in rules.decisions.values()],
        inputs=_files(contents.dataset.inputs),
    )


def _files(inputs: Sequence[InputFile]) -> PageTable:
    table = Table.of(texts(name=_("File"), sha256="SHA-256"), [(one.name, one.sha256) for one in inputs])
    caption = _("{n} files, with the hash by which each can be known again", n=len(inputs))
    return drawn(table, _("Input files"), ("name",), caption=caption, looks={"sha256": "code"})


@dataclass(frozen=True, slots=True)
class Legend:
    """What the page that explains the pages shows."""

    meanings: Sequence[tuple[Badge, str]]
    """The verdicts, and what each means."""
    groups: Sequence[Group]


def legend(layout: Layout) -> Legend:
    """Return what the page that explains the pages shows."""
    meanings = [(badge_of(verdict), MEANINGS[verdict]()) for verdict in LEGEND_ORDER]
    return Legend(meanings, list(layout.rules.groups.values()))
