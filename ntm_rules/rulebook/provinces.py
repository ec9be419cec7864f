"""Several provinces under one set: which is looked at, and whose decisions hold for it."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_rules.errors import NtmError, nearest
from ntm_rules.i18n import Message
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.province_names import called_so
from ntm_rules.rulebook.register import Register


def named_provinces(overlays: Sequence[Overlay]) -> tuple[str, ...]:
    """Return the provinces that overlays are for alone, each once."""
    return tuple(dict.fromkeys(overlay.province for overlay in overlays if overlay.province))


def province_of(loaded: LoadedSet, overlays: Sequence[Overlay], name: str | None) -> str | None:
    """Return the province that is looked at; None: all of them.

    Raises:
        NtmError: one that the set does not name, or overlays of several provinces with none asked for.
    """
    provinces = loaded.header.provinces
    known = [one.id for one in provinces]
    for overlay in overlays:
        if overlay.province is not None and overlay.province not in known:
            raise NtmError(
                Message("Overlay {overlay} is for a province that the set does not name: {province}",
                        overlay=overlay.id, province=overlay.province),
                *_offered(overlay.province, known),
            )  # fmt: skip
    if name is not None:
        called = called_so(provinces, name)
        if len(called) > 1:
            message = Message(
                "Several provinces of the set are called {province}; write the id: {ids}",
                province=name,
                ids=", ".join(called),
            )
            raise NtmError(message)
        if not called:
            raise NtmError(Message("The set names no province {province}", province=name), *_offered(name, known))
        return called[0]
    named = named_provinces(overlays)
    if len(named) > 1:
        raise NtmError(
            Message(
                "The overlays are for several provinces ({provinces}), and each holds for its own alone; say which with --province",
                provinces=", ".join(named),
            )
        )
    return next(iter(named), None)


def _offered(id_: str, known: Sequence[str]) -> tuple[Message, ...]:
    if not known:
        return (Message("The set is of one province alone: leave the province out."),)
    closest = nearest(id_, known)
    if closest:
        return (Message("Did you mean “{nearest}”?", nearest=closest),)
    return (Message("Its provinces: {provinces}", provinces=", ".join(known)),)


def looked_at(communes: Register, province: str | None) -> Register:
    """Return the register with one province alone looked at, where there is one."""
    return communes if province is None else communes.of_province(province)
