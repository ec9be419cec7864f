"""The one style sheet and the scripts, under addresses that change with their content."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from ntm_rules.report.html.looks import style_sheet
from ntm_rules.report.html.values import look
from ntm_rules.report.palette import COLOURS

STYLE, SCRIPT, SENDING = "web.css", "web.js", "sending.js"
PREFIX = "tinh"
"""Under which what never changes is served."""


@cache
def content_of(name: str) -> bytes:
    """Return the style sheet or a script."""
    own = files(__package__ or "").joinpath(name).read_text(encoding="utf-8")
    return style_sheet(own, colours()) if name == STYLE else own.encode()


def colours() -> str:
    """Return the rules that give every verdict its colours."""
    return "\n".join(
        f".{look(verdict)} {{ background: {one.back}; color: {one.ink}; }}" for verdict, one in COLOURS.items()
    )


@cache
def static_name(name: str) -> str:
    """Return a name that tells the content."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(content_of(name)).hexdigest()[:12]}{dot}{ending}"


def static_address(name: str) -> str:
    """Return where the style sheet or a script is served."""
    return f"/{PREFIX}/{static_name(name)}"
