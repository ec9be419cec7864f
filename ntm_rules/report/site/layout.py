"""Links of the pages: to a page, to a place on it, and from every figure to its explanation on a commune's page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from ntm_rules import __version__
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import N_, _
from ntm_rules.report.pages.links import Links
from ntm_rules.report.site.contents import Contents
from ntm_rules.rulebook.models import Source
from ntm_rules.standing.lacks import Lack
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.sources import citation


@dataclass(frozen=True)
class Layout:
    """The words, links and pictures of one set of pages."""

    contents: Contents
    links: Links
    within: Links
    """Anchors of indicators, requirements and criteria; alike on every page that explains them."""

    def context(self) -> dict[str, Any]:
        """Return what templates need of these pages."""
        return {
            "site": self.contents,
            "view": self.contents.overview,
            "total": len(self.contents.reported),
            "rules": self.contents.rules,
            "records": self.contents.records,
            "links": self.links,
            "a": self.a,
            "here": self.here,
            "why": self.why,
            "why_section": self.why_section,
            "letter": self.letter,
            "spoken": self.spoken,
            "verdict_words": self.verdict_words,
            "commune": self.commune,
            "agency": self.agency,
            "agencies": self.agencies,
            "source": self.source,
            "version": __version__,
            "command": self.command(),
        }

    def a(self, kind: str, id_: str, words: object) -> Markup:
        """Return words that lead to a thing; the words alone where it has no page."""
        address = self.links.to(kind, id_)
        return _link(address, words) if address else escape(words)

    def here(self, id_: str, kind: str = "node") -> str:
        """Return the anchor of a node of the rules on a page that explains it."""
        return self.within.of(kind, id_)

    def why(self, record: int, id_: str, words: object, kind: str = "node") -> Markup:
        """Return words that lead to the explanation of a node's verdict in one commune."""
        return _link(
            f"{self.links.file('commune', self.contents.records[record].code)}#{self.within.of(kind, id_)}", words
        )

    def why_section(self, code: str, section: str, words: object) -> Markup:
        """Return words that lead to a section of a commune's page."""
        return _link(f"{self.links.file('commune', code)}#{section}", words)

    def command(self) -> str:
        """Return the command that explains one indicator of one commune in full."""
        code = self.contents.records[0].code if self.contents.records else _("CODE")
        return f"ntm explain {_('DATA')} --commune {code} --indicator {self.contents.indicators[0].id}"

    def letter(self, record: int, row: int, kind: str = "node") -> Markup:
        """Return the letter and words of a node's verdict in one commune, leading to its explanation."""
        evaluation = self.contents.evaluation
        said = self.spoken(evaluation.verdict(row, record), self.verdict_words(row, record))
        return self.why(record, evaluation.table[row].id, said, kind)

    def verdict_words(self, row: int, record: int) -> str:
        """Return a verdict's words; where only a conclusion or the commune's group is lacking, those."""
        waits = WAITS.get(self.contents.overview.lacks.kind(row, record))
        return _(waits) if waits else str(self.contents.evaluation.verdict(row, record).label)

    @staticmethod
    def spoken(verdict: Verdict, words: str) -> Markup:
        """Return a verdict's letter, its words for those who hear the page."""
        letter = escape(verdict.letter)
        return Markup(f'<span aria-hidden="true">{letter}</span><span class="unseen">{escape(words)}</span>')  # noqa: S704 - escaped

    def commune(self, record: int) -> Markup:
        """Return a commune's name, leading to its page."""
        return self.a("commune", self.contents.records[record].code, self.contents.records[record].name)

    def agency(self, id_: str) -> Markup:
        """Return an agency's name, leading to its page where it leads something."""
        return self.a("agency", id_, agency_name(self.contents.rules, id_))

    def agencies(self, ids: Iterable[str]) -> Markup:
        """Return several agencies, each leading to its page."""
        return Markup("; ").join(self.agency(id_) for id_ in ids)

    def source(self, source: Source) -> Markup:
        """Return a source in full, leading to the document in the list of sources."""
        words = citation(self.contents.rules, source)
        note = str(source.note or "")
        return self.a("document", source.document, words) + (f" ({note})" if note else "")


WAITS = {Lack.RULING: N_("Awaiting a conclusion"), Lack.GROUP: N_("Awaiting the commune's group")}
"""What is lacking for a verdict -> what stands in its place."""


def _link(address: str, words: object) -> Markup:
    return Markup(f'<a href="{escape(address)}">{escape(words)}</a>')  # noqa: S704 - escaped


@cache
def look(verdict: Verdict) -> str:
    """Return a verdict's class in the style sheet."""
    return f"v-{verdict.name.lower().replace('_', '-')}"
