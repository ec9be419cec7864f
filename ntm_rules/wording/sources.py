"""Where the law's words and targets stand: document, day, issuer, annex and row."""

from __future__ import annotations

from ntm_rules.i18n import _, current_language
from ntm_rules.rulebook.criteria_set import CriteriaSet, Indicator
from ntm_rules.rulebook.models import Overlay, Source
from ntm_rules.wording.values import day, place_words


def source_words(rules: CriteriaSet, indicator: Indicator) -> str:
    """Return where an indicator's words stand ("Kế hoạch 5434/KH-UBND, Phụ lục III, 8.1")."""
    document = rules.documents.get(indicator.source.document)
    name = (
        (document.number or document.title.in_language(current_language())) if document else indicator.source.document
    )
    return ", ".join(part for part in (name, place_words(indicator.source)) if part)


def citation(rules: CriteriaSet, source: Source) -> str:
    """Return a source in full: document, day, issuer, and the place in it."""
    return ", ".join(part for part in (document_words(rules, source.document), place_words(source)) if part)


def document_words(rules: CriteriaSet, id_: str) -> str:
    """Return a document's number, day and issuer; the name given where the set does not know the document."""
    document = rules.documents.get(id_)
    if document is None:
        return id_
    name = document.number or document.title.in_language(current_language())
    if document.date is None:
        return f"{name} ({document.issuer})" if document.issuer else name
    issued = day(document.date.isoformat())
    if document.issuer is None:
        return _("{document} of {day}", document=name, day=issued)
    return _("{document} of {day}, issued by {issuer}", document=name, day=issued, issuer=document.issuer)


def overlay_words(overlay: Overlay) -> str:
    """Return an overlay's title, and its document's number, date and issuer."""
    words = overlay.title.in_language(current_language())
    if overlay.document is None:
        return f"{words} ({overlay.id})"
    document = overlay.document
    return f"{words} ({document.number}, {day(document.date.isoformat())}, {document.issuer})"
