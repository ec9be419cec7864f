"""What a reader is told of the two dates of a resolution: what was left out, and what is younger than it should be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping

from ntm_rules.i18n import Message, written_day
from ntm_rules.rulebook.indicators import Amendment
from ntm_rules.rulebook.models import Document, Overlay, SetHeader, Text


def left_out_because(overlay: Overlay, as_of: dt.date, known_on: dt.date | None) -> Message | None:
    """Return why an overlay that was given is not laid on; None for one that is."""
    if known_on is not None and overlay.promulgated > known_on:
        return Message(
            "Overlay {overlay}, promulgated {promulgated}, was not known on {day} and is left out",
            overlay=overlay.id,
            promulgated=written_day(overlay.promulgated),
            day=written_day(known_on),
        )
    if not holds(overlay.effective.from_, overlay.effective.to, as_of):
        return Message(
            "Overlay {overlay} is not in force on {day} and is left out", overlay=overlay.id, day=written_day(as_of)
        )
    return None


def of_another_province(overlay: Overlay, province: str | None, names: Mapping[str, Text]) -> Message | None:
    """Return why an overlay of one province is not laid on; None for one that is for all, or for the one looked at."""
    if overlay.province is None or overlay.province == province:
        return None
    return Message(
        "Overlay {overlay} holds for {province} alone and is left out",
        overlay=overlay.id,
        province=names[overlay.province],
    )


def narrowed_by(overlays: Iterable[Overlay], names: Mapping[str, Text]) -> Iterator[Message]:
    """Yield a notice for each overlay of one province, where it alone narrows what is looked at to that province."""
    for overlay in overlays:
        if overlay.province is not None:
            yield Message(
                "Overlay {overlay} holds for {province} alone: only its communes are looked at, and what is said here is of it",
                overlay=overlay.id,
                province=names[overlay.province],
            )


def named_and_repealed(
    header: SetHeader, repeals: Mapping[str, Amendment], in_force: Collection[str]
) -> Iterator[Message]:
    """Yield a notice for each criterion or indicator that a standard names by its id and that a decision repeals.

    It counts no more, and the standard goes on without it, which the decision may not have meant. `in_force`: the
    criteria that still have indicators.
    """
    standards = [(header.id, header.meets_when), *((one.id, one.meets_when) for one in header.criteria)]
    for owner, standard in standards:
        for _place, part in standard.placed(()) if standard is not None else ():
            for needed in (part.criteria, part.indicators, part.points):
                named = (*getattr(needed, "including", ()), *getattr(needed, "of", ())) if needed else ()
                for id_ in dict.fromkeys(named):
                    inside = () if id_ in in_force else (one for one in repeals if one.startswith(f"{id_}."))
                    by = repeals.get(id_) or next((repeals[one] for one in inside), None)
                    if by is not None:
                        yield Message(
                            "What meets {owner} names {id}, which overlay {overlay} repeals: it counts no more; a decision "
                            "says under `standard` what meets it now",
                            owner=owner,
                            id=id_,
                            overlay=by.provenance.overlay or "",
                        )


def issued_after(documents: Iterable[Document], ids: Iterable[str], known_on: dt.date | None) -> Iterator[Message]:
    """Yield a notice for each document that the set's own rules rest on and that came after `known_on`.

    Such rules are used as written: what stood in their place before, the set does not say.
    """
    used = set(ids)
    for document in documents:
        if known_on is not None and document.date is not None and document.date > known_on and document.id in used:
            yield Message(
                "Document {document} of {date} had not been issued on {day}; what the set quotes from it is used as written",
                document=document.number or document.id,
                date=written_day(document.date),
                day=written_day(known_on),
            )


def holds(from_: dt.date, to: dt.date | None, on: dt.date) -> bool:
    """Tell whether a day lies between two others, both included; no `to` means until further notice."""
    return from_ <= on and (to is None or on <= to)
