"""Words as they stand on a page: in the reader's language, escaped, and marked where they are Vietnamese on pages in another."""

from __future__ import annotations

import difflib
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from ntm_rules.i18n import Message, RowsBelow, _, current_language, rows_below
from ntm_rules.rulebook.criteria_set import Indicator
from ntm_rules.rulebook.models import Document
from ntm_rules.rulebook.typesetting import PAGE_BREAK, in_characters


def translated(words: str, **parameters: Any) -> Markup:
    """Translate a sentence and fill in its parameters, each escaped unless it is markup of ours.

    >>> print(translated("{a} < {b}", a=Markup("<b>1</b>"), b="<b>1</b>"))
    <b>1</b> &lt; &lt;b&gt;1&lt;/b&gt;
    """
    shown = _escaped(words, current_language(), rows_below())
    if parameters:
        shown = shown.format(**{name: escape(value) for name, value in parameters.items()})
    return Markup(shown)  # nosec B704  # noqa: S704 - escaped, and so is all that is put in


@cache  # a few hundred sentences stand on thousands of places
def _escaped(words: str, language: str, _names: RowsBelow | None) -> str:
    return str(escape(Message(words).render(language)))


def vietnamese(words: str) -> Markup:
    """Return Vietnamese words, marked as such on a page in another language."""
    if current_language() == "vi":
        return escape(words)
    return Markup('<span lang="vi">{}</span>').format(words)


def printed(words: str) -> Markup:
    """Return words as printed, with the break of a page shown."""
    sign = Markup('<span class="break" title="{}">{}</span>').format(_("the source's page breaks here"), PAGE_BREAK)
    return vietnamese(words) if PAGE_BREAK not in words else _split(words, sign)


def _split(words: str, sign: Markup) -> Markup:
    shown = sign.join(escape(part) for part in words.split(PAGE_BREAK))
    return shown if current_language() == "vi" else Markup('<span lang="vi">{}</span>').format(shown)


def reads_otherwise(indicator: Indicator) -> bool:
    """Tell whether a reading stands beside the words as transcribed, be it for signs of typesetting alone."""
    return indicator.text != indicator.printed.replace(f" {PAGE_BREAK} ", " ")


def transcribed_otherwise(indicator: Indicator) -> bool:
    """Tell whether the words as transcribed differ from their reading by more than signs of typesetting."""
    return indicator.text != in_characters(indicator.printed)


def transcription(indicator: Indicator) -> Markup:
    """Return the words as transcribed, in characters, those that differ from their reading set apart."""
    return reading(indicator.text, in_characters(indicator.printed))


def reading(as_printed: str, as_read: str) -> Markup:
    """Return the evident reading with the words that differ from the print set apart."""
    before, after = as_printed.replace(f" {PAGE_BREAK} ", " ").split(), as_read.split()
    parts: list[Markup] = []
    for operation, _a, _b, start, end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        words = " ".join(after[start:end])
        if words:
            parts.append(escape(words) if operation == "equal" else Markup("<em>{}</em>").format(words))
    shown = Markup(" ").join(parts)
    return shown if current_language() == "vi" else Markup('<span lang="vi">{}</span>').format(shown)


def document_markup(document: Document) -> Markup:
    """Return what a document is called: its number, else its title."""
    return vietnamese(document.number) if document.number else escape(str(document.title))
