"""Parts of a page made of sentences, pictures and a table, with nothing left to work out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from ntm_rules.report.html.values import Table


class Section(NamedTuple):
    """A part of a page under its heading; what is not there is left out."""

    heading: str
    sentences: Sequence[object] = ()
    pictures: Sequence[Markup] = ()
    table: Table | None = None


class Sections(NamedTuple):
    """A page of such parts: what is said first, then they."""

    headline: Sequence[str]
    parts: Sequence[Section]
