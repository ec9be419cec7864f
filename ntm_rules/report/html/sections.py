"""Parts of a page made of sentences, pictures and a table, with nothing left to work out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from ntm_rules.report.charts import Picture
from ntm_rules.report.html.values import PageTable


class Section(NamedTuple):
    """A part of a page under its heading; what is not there is left out."""

    heading: str
    sentences: Sequence[object] = ()
    pictures: Sequence[Picture] = ()
    table: PageTable | None = None

    @property
    def drawn(self) -> list[Markup]:
        """The pictures as parts of the page: they ask for nothing, and everything in them is escaped already."""
        return [Markup(picture.svg()) for picture in self.pictures]  # nosec B704  # noqa: S704 - drawn by this program


class Sections(NamedTuple):
    """A page of such parts: what is said first, then they."""

    headline: Sequence[str]
    parts: Sequence[Section]
