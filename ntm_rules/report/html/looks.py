"""The style sheet: what all pages share, then what is a set of pages' own."""

from __future__ import annotations

from importlib.resources import files

SHARED = "base.css"


def style_sheet(*own: str) -> bytes:
    """Return the shared rules followed by a set of pages' own."""
    shared = files(__package__ or "").joinpath(SHARED).read_text(encoding="utf-8")
    return "\n".join([shared, *own]).encode()
