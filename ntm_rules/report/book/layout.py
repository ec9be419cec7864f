"""What templates may say: sentences, links and quoted Vietnamese, every one of them escaped."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from ntm_rules.evaluation.verdicts import LABELS, PRECEDENCE, REASONS
from ntm_rules.i18n import N_, Message, _, current_language
from ntm_rules.report.book import rule_tests, targets
from ntm_rules.report.book.contents import Contents, Quote
from ntm_rules.report.book.links import CONTENT, STYLE, WHOLE, Links
from ntm_rules.report.book.source_text import Line, Piece
from ntm_rules.report.wording import SIGNS, agency_name, day, kind_words, number, requirement_words
from ntm_rules.rulebook.criteria_set import AwaitedTarget, Combination, Criterion, Indicator, Requirement
from ntm_rules.rulebook.models import QUANTITIES, Document, Measure, Overlay, Source, Text
from ntm_rules.rulebook.register import Commune
from ntm_rules.rulebook.resolve import PAGE_BREAK


def sentence(words: str, **parameters: Any) -> Markup:
    """Translate a sentence and fill in its parameters, each escaped unless it is markup of ours.

    >>> print(sentence("{a} or {b}", a=Markup("<b>1</b>"), b="<b>1</b>"))
    <b>1</b> or &lt;b&gt;1&lt;/b&gt;
    """
    return Markup(escape(Message(words).render())).format(**parameters)  # noqa: S704 - escaped first


@dataclass(frozen=True)
class Layout:
    """The words and links of one book, for its pages or for all of it in one file."""

    contents: Contents
    links: Links

    def environment(self) -> Environment:
        """Return the templates with everything they may call."""
        environment = Environment(
            loader=PackageLoader("ntm_rules.report.book"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        environment.globals |= {
            "_": sentence,
            "say": say,
            "vi": vietnamese,
            "day": on_day,
            "number": number,
            "printed": printed,
            "reading": reading,
            "requirement_words": requirement_words,
            "kind_words": kind_words,
            "signs": SIGNS,
            "quantities": QUANTITIES,
            "is_awaited": lambda target: isinstance(target, AwaitedTarget),
            "is_combination": lambda node: isinstance(node, Combination),
            "state_of": targets.state_of,
            "states": targets.State,
            "counts": targets.counts,
            "value_lines": targets.value_lines,
            "tests": rule_tests,
            "reads_otherwise": reads_otherwise,
            "blocks": blocks,
            "names_columns": names_columns,
            "numbered": numbered,
            "asked": asked,
            "measure_of": self.measure_of,
            "all_requirements": tuple(self.contents.rules.requirements()),
            "verdicts": tuple(LABELS),
            "precedence": PRECEDENCE,
            "reasons": REASONS,
            "lang": current_language(),
            "style": STYLE,
            "whole": WHOLE,
            "main": CONTENT,
            "book": self.contents,
            "rules": self.contents.rules,
        }
        return environment

    def context(self) -> dict[str, Any]:
        """Return what depends on whether the pages stand in one file."""
        return {
            "links": self.links,
            "a": self.a,
            "agency": self.agency,
            "decision": self.decision,
            "document": self.document,
            "place": self.place,
            "overlay_name": self.overlay_name,
            "quoted": self.quoted,
            "quote_lines": self.quote_lines,
            "marked": self.marked,
            "back_links": self.back_links,
        }

    def a(self, kind: str, id_: str, words: object) -> Markup:
        """Return words that lead to a thing; the words alone where it has no place in the book."""
        address = self.links.to(kind, id_)
        return Markup('<a href="{}">{}</a>').format(address, words) if address else Markup(escape(words))  # noqa: S704

    def agency(self, id_: str) -> Markup:
        """Return an agency's name, leading to its page."""
        return self.a("agency", id_, agency_name(self.contents.rules, id_))

    def decision(self, id_: str) -> Markup:
        """Return an awaited decision's title, leading to its page."""
        return self.a("decision", id_, say(self.contents.rules.decisions[id_].title))

    def document(self, id_: str) -> Markup:
        """Return a document's number or title, leading to where it is described."""
        document = self.contents.rules.documents.get(id_)
        return self.a("document", id_, document_name(document) if document else id_)

    def place(self, source: Source, kind: str = "", id_: str = "") -> Markup:
        """Return where words stand, leading to the very place where the book holds the text."""
        parts = [self.document(source.document)]
        if source.annex:
            parts.append(sentence(N_("Annex {annex}"), annex=source.annex))
        if source.row:
            parts.append(sentence(N_("row {row}"), row=source.row))
        if source.article:
            parts.append(vietnamese(source.article))
        words = Markup(", ").join(parts)
        exact = self.quoted(kind, id_) if kind else None
        if exact is None:
            return words
        return Markup('{} (<a href="{}">{}</a>)').format(words, exact, sentence(N_("see it in the text")))

    def overlay_name(self, overlay: Overlay) -> Markup:
        """Return the document of an overlay, leading to where it is described."""
        name = overlay.document.number if overlay.document else say(overlay.title)
        position = next(i for i, one in enumerate(self.contents.overlays) if one is overlay)
        return self.a("overlay", str(position), name)

    def measure_of(self, id_: str) -> Measure | None:
        """Return what a requirement or an indicator of one requirement measures; None for a combination."""
        indicator = self.contents.rules.indicator_by_id.get(id_)
        node = indicator.condition if indicator else self.contents.rules.requirement_by_id.get(id_)
        return self.contents.rules.measures[node.measure] if isinstance(node, Requirement) else None

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

    def marked(self, document: str, piece: Piece) -> Markup:
        """Return a piece of text with the words quoted marked."""
        out, at = [], 0
        for start, end in self._spans.get((document, piece.line, piece.cell), ()):
            out += [escape(piece.text[at:start]), Markup("<mark>{}</mark>").format(piece.text[start:end])]
            at = end
        return Markup("").join([*out, escape(piece.text[at:])])

    def back_links(self, document: str, line: Line, piece: Piece) -> list[Markup]:
        """Return links to the rules that quote a piece of text."""
        return [
            self.a(quote.kind, quote.id, quote_words(quote))
            for quote in self._quotes_on.get((document, line.number, piece.cell), ())
        ]


def quote_words(quote: Quote) -> Markup:
    """Return what the rule that quotes a text is called."""
    if quote.kind == "criterion":
        return sentence(N_("Criterion {id}"), id=quote.id)
    return (
        sentence(N_("Indicator {id}"), id=quote.id) if quote.kind == "indicator" else sentence(N_("Decision awaited"))
    )


def _joined(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start, end = spans[0]
    for first, last in spans[1:]:
        if first > end:
            yield start, end
            start, end = first, last
        end = max(end, last)
    yield start, end


def reads_otherwise(indicator: Indicator) -> bool:
    """Tell whether a reading stands beside the words as printed."""
    return indicator.text != indicator.printed.replace(f" {PAGE_BREAK} ", " ")


def blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of a text in blocks: the rows of a table together, other lines together."""
    return [list(block) for _is_row, block in groupby(lines, key=lambda line: line.is_row)]


def names_columns(line: Line) -> bool:
    """Tell whether a table's first row names its columns: every cell says something, and the first no number.

    >>> row = lambda *cells: Line(1, tuple(Piece(1, i, cell) for i, cell in enumerate(cells)), "", True)
    >>> names_columns(row("STT", "Nội dung")), names_columns(row("8.1", "Tỷ lệ")), names_columns(row("", "tiếp"))
    (True, False, False)
    """
    return all(piece.text for piece in line.pieces) and not any(c.isdigit() for c in line.pieces[0].text)


def asked(requirements: Sequence[Requirement]) -> list[str]:
    """Return the measures some requirements read, each once, in the order in which they are asked for."""
    return list(dict.fromkeys(m for one in requirements for m in (one.applies_if, one.measure) if m))


def numbered(communes: Iterable[Commune]) -> dict[str, int]:
    """Return the sources of communes and of their groups, each once, numbered for a list of references."""
    words = dict.fromkeys(source for one in communes for source in (one.group_source, one.source) if source)
    return {source: position for position, source in enumerate(words, 1)}


def say(text: Text | None) -> str:
    """Return a label in the reader's language; empty when there is none."""
    return text.in_language(current_language()) if text else ""


def vietnamese(words: str) -> Markup:
    """Return Vietnamese words, marked as such in a book in another language."""
    if current_language() == "vi":
        return escape(words)
    return Markup('<span lang="vi">{}</span>').format(words)


def on_day(date: dt.date | None) -> str:
    """Write a date day first; empty when there is none."""
    return day(date.isoformat()) if date else ""


def printed(words: str) -> Markup:
    """Return words as printed, with the break of a page shown."""
    sign = Markup('<span class="break" title="{}">{}</span>').format(_("the source's page breaks here"), PAGE_BREAK)
    return vietnamese(words) if PAGE_BREAK not in words else _split(words, sign)


def _split(words: str, sign: Markup) -> Markup:
    shown = sign.join(escape(part) for part in words.split(PAGE_BREAK))
    return shown if current_language() == "vi" else Markup('<span lang="vi">{}</span>').format(shown)


def reading(as_printed: str, read: str) -> Markup:
    """Return the evident reading with the words that differ from the print set apart."""
    before, after = as_printed.replace(f" {PAGE_BREAK} ", " ").split(), read.split()
    parts: list[Markup] = []
    for operation, _a, _b, start, end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        words = " ".join(after[start:end])
        if words:
            parts.append(escape(words) if operation == "equal" else Markup("<em>{}</em>").format(words))
    shown = Markup(" ").join(parts)
    return shown if current_language() == "vi" else Markup('<span lang="vi">{}</span>').format(shown)


def document_name(document: Document) -> Markup:
    """Return what a document is called: its number, else its title."""
    return vietnamese(document.number) if document.number else escape(say(document.title))


def criterion_title(criterion: Criterion) -> str:
    """Return a criterion's title in the reader's language."""
    return criterion.title_en if current_language() == "en" else criterion.title


def indicator_words(indicator: Indicator) -> str:
    """Return an indicator's text in the reader's language."""
    return indicator.text_en if current_language() == "en" else indicator.text
