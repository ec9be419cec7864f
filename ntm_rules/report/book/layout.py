"""Links of one book: from what is spoken of to where it stands, and from a quoted text back to the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape

from ntm_rules.i18n import N_
from ntm_rules.report.book.contents import BookContents, Quote
from ntm_rules.report.book.source_text import SourceLine, SourcePiece
from ntm_rules.report.html.links import Link, Linking
from ntm_rules.report.html.values import Badge
from ntm_rules.report.html.words import document_markup, translated, vietnamese
from ntm_rules.report.pages.links import FileLinks
from ntm_rules.report.targets import TargetState, state_of
from ntm_rules.rulebook.criteria_set import Requirement
from ntm_rules.rulebook.models import Decision, Measure, Overlay, Source


@dataclass(frozen=True)
class BookLayout(Linking):
    """The words and links of one book, for its pages or for all of it in one file."""

    contents: BookContents
    anchors: FileLinks

    def decision(self, id_: str) -> Link:
        """Return an awaited decision's title, leading to its page."""
        return self.link("decision", id_, self.rules.decisions[id_].title)

    def document(self, id_: str) -> Link:
        """Return a document's number or title, leading to where it is described."""
        document = self.rules.documents.get(id_)
        return self.link("document", id_, document_markup(document) if document else id_)

    def node(self, id_: str) -> Link:
        """Return a node of the rules by its id, leading to where it stands."""
        return self.link("node", id_, id_)

    def indicator(self, id_: str) -> Link:
        """Return an indicator by its id, leading to its page."""
        return self.link("indicator", id_, id_)

    def measure(self, id_: str) -> Link:
        """Return a measure's label, leading to where it is described."""
        return self.link("measure", id_, self.rules.measures[id_].label)

    def owner(self, decision: Decision) -> object:
        """Return who owes a decision."""
        return self.agency(decision.owed_by) if decision.owed_by else decision.owed_by_text

    def state(self, requirements: Sequence[Requirement]) -> Badge:
        """Return how far the targets of some requirements are fixed."""
        return badge_of_state(state_of(self.rules, requirements))

    def place(self, source: Source, kind: str = "", id_: str = "") -> Markup:
        """Return where words stand, leading to the very place where the book holds the text."""
        parts: list[Link | Markup] = [self.document(source.document)]
        if source.annex:
            parts.append(translated(N_("Annex {annex}"), annex=source.annex))
        if source.row:
            parts.append(translated(N_("row {row}"), row=source.row))
        if source.article:
            parts.append(vietnamese(source.article))
        words = Markup(", ").join(parts)
        exact = self.quoted(kind, id_) if kind else None
        if exact is None:
            return words
        return Markup('{} <span class="exact">(<a href="{}">{}</a>)</span>').format(
            words, exact, translated(N_("see it in the text"))
        )

    def overlay_name(self, overlay: Overlay) -> Link:
        """Return the document of an overlay, leading to where it is described."""
        name = overlay.document.number if overlay.document else str(overlay.title)
        position = next(i for i, one in enumerate(self.contents.overlays) if one is overlay)
        return self.link("overlay", str(position), name)

    def measure_of(self, id_: str) -> Measure | None:
        """Return what a requirement or an indicator of one requirement measures; None for a combination."""
        indicator = self.rules.indicator_by_id.get(id_)
        node = indicator.condition if indicator else self.rules.requirement_by_id.get(id_)
        return self.rules.measures[node.measure] if isinstance(node, Requirement) else None

    # --- the documents' texts ----------------------------------------------------------------

    @cached_property
    def _quotes(self) -> dict[tuple[str, str], tuple[str, int]]:
        return {
            (quote.kind, quote.id): (document, quote.place.line)
            for document, quotes in self.contents.quotes.items()
            for quote in quotes
        }

    @cached_property
    def _quotes_on(self) -> dict[tuple[str, int, int], list[Quote]]:
        """Document, line and cell -> the rules that quote them, for links back."""
        found: dict[tuple[str, int, int], list[Quote]] = {}
        for document, quotes in self.contents.quotes.items():
            for quote in quotes:
                spans = quote.place.spans
                line, cell = (spans[-1].line, spans[-1].cell) if spans else (quote.place.line, 0)
                found.setdefault((document, line, cell), []).append(quote)
        return found

    @cached_property
    def _spans(self) -> dict[tuple[str, int, int], list[tuple[int, int]]]:
        """Document, line and cell -> the characters quoted, joined where they overlap."""
        found: dict[tuple[str, int, int], list[tuple[int, int]]] = {}
        for document, quotes in self.contents.quotes.items():
            for span in (span for quote in quotes for span in quote.place.spans):
                found.setdefault((document, span.line, span.cell), []).append((span.start, span.end))
        return {key: list(_joined(sorted(spans))) for key, spans in found.items()}

    def quoted(self, kind: str, id_: str) -> str | None:
        """Return the address of the place a rule quotes; None when its text is not in the book."""
        at = self._quotes.get((kind, id_))
        return self.links.to("line", f"{at[0]}:{at[1]}") if at else None

    def quote_lines(self, document: str) -> frozenset[int]:
        """Return the lines of a text to which rules lead."""
        return frozenset(quote.place.line for quote in self.contents.quotes[document])

    def marked(self, document: str, piece: SourcePiece) -> Markup:
        """Return a piece of text with the words quoted marked."""
        out, at = [], 0
        for start, end in self._spans.get((document, piece.line, piece.cell), ()):
            out += [escape(piece.text[at:start]), Markup("<mark>{}</mark>").format(piece.text[start:end])]
            at = end
        return Markup("").join([*out, escape(piece.text[at:])])

    def back_links(self, document: str, line: SourceLine, piece: SourcePiece) -> list[Link]:
        """Return links to the rules that quote a piece of text."""
        return [
            self.link(quote.kind, quote.id, quote_words(quote))
            for quote in self._quotes_on.get((document, line.number, piece.cell), ())
        ]


def badge_of_state(state: TargetState) -> Badge:
    """Return the badge of how far targets are fixed."""
    return Badge(state.value, state.letter, state.label)


def quote_words(quote: Quote) -> Markup:
    """Return what the rule that quotes a text is called."""
    if quote.kind == "criterion":
        return translated(N_("Criterion {id}"), id=quote.id)
    return (
        translated(N_("Indicator {id}"), id=quote.id)
        if quote.kind == "indicator"
        else translated(N_("Decision awaited"))
    )


def _joined(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start, end = spans[0]
    for first, last in spans[1:]:
        if first > end:
            yield start, end
            start, end = first, last
        end = max(end, last)
    yield start, end
