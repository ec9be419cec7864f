"""Where the law's words and targets stand: document, day, issuer, annex and row."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_rules.i18n import _
from ntm_rules.rulebook.criteria_set import CriteriaSet, Indicator, Provenance
from ntm_rules.rulebook.models import Overlay, Source
from ntm_rules.wording.dates import on_day


def source_words(rules: CriteriaSet, indicator: Indicator) -> str:
    """Return where an indicator's words stand ("Kế hoạch 5434/KH-UBND, Phụ lục III, 8.1")."""
    name = document_name(rules, indicator.source.document)
    return ", ".join(part for part in (name, place_words(indicator.source)) if part)


def citation(rules: CriteriaSet, source: Source) -> str:
    """Return a source in full: document, day, issuer, and the place in it."""
    return ", ".join(part for part in (document_words(rules, source.document), place_words(source)) if part)


def document_name(rules: CriteriaSet, id_: str) -> str:
    """Return a document's number, else its title; the name given where the set does not know the document."""
    document = rules.documents.get(id_)
    return (document.number or str(document.title)) if document else id_


def document_words(rules: CriteriaSet, id_: str) -> str:
    """Return a document's number, day and issuer; the name given where the set does not know the document."""
    document = rules.documents.get(id_)
    if document is None:
        return id_
    name = document_name(rules, id_)
    if document.date is None:
        return f"{name} ({document.issuer})" if document.issuer else name
    issued = on_day(document.date)
    if document.issuer is None:
        return _("{document} of {day}", document=name, day=issued)
    return _("{document} of {day}, issued by {issuer}", document=name, day=issued, issuer=document.issuer)


def overlay_words(overlay: Overlay) -> str:
    """Return an overlay's title, and its document's number, date and issuer."""
    words = str(overlay.title)
    if overlay.document is None:
        return f"{words} ({overlay.id})"
    document = overlay.document
    return f"{words} ({document.number}, {on_day(document.date)}, {document.issuer})"


def place_words(source: Source) -> str:
    """Return the place in a document ("Phụ lục I, dòng 1.2", "Điều 3"); empty where none is stated."""
    return place_in(source.annex, source.row, source.article)


def place_in(annex: str | None, row: str | None, article: str | None) -> str:
    """Return a place in a document by its annex, its row and its article, what is stated of them."""
    place = (_("Annex {annex}", annex=annex) if annex else "", _("row {row}", row=row) if row else "", article)
    return ", ".join(part for part in place if part)


def origin_words(origin: Provenance) -> str:
    """Return the place where a target stands in its document."""
    return place_words(origin.source) if origin.source is not None else origin.article


def overlay_name(overlay: Overlay) -> str:
    """Return an overlay's title with its document's number, or its id where it has none."""
    number = overlay.document.number if overlay.document else overlay.id
    return f"{overlay.title!s} ({number})"


def law_words(rules: CriteriaSet, overlays: Sequence[Overlay]) -> str:
    """Return the set, those of the overlays that are in force, and the day."""
    title = str(rules.title)
    words = f"{title} ({rules.id}, {rules.version})"
    laid = "; ".join(overlay_name(overlay) for overlay in overlays if overlay.id in rules.overlays)
    said = {"set": words, "overlays": laid or _("without overlays"), "day": on_day(rules.as_of)}
    if rules.known_on is None:
        return _("{set}; {overlays}; in force on {day}", **said)
    return _("{set}; {overlays}; in force on {day}, as known on {known}", **said, known=on_day(rules.known_on))


def applied_law_words(rules: CriteriaSet) -> str:
    """Return the law applied as a sentence: the set and the day."""
    title = str(rules.title)
    said = {"title": title, "day": on_day(rules.as_of)}
    if rules.known_on is not None:
        known = on_day(rules.known_on)
        return _(
            "The results are judged by the {title}, as in force on {day} and promulgated by {known}.",
            known=known,
            **said,
        )
    return _("The results are judged by the {title}, as in force on {day}.", **said)
