"""One file with sentences, pictures and tables, its style within it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import NamedTuple

from markupsafe import Markup

from ntm_rules.i18n import current_language
from ntm_rules.report.charts import Picture
from ntm_rules.report.html.drawn import inline
from ntm_rules.report.html.looks import style_sheet
from ntm_rules.report.html.templating import templates
from ntm_rules.report.html.values import Table

OWN_STYLE = "alone.css"


class Section(NamedTuple):
    """A part of the page under its heading; what is not there is left out."""

    heading: str
    sentences: Sequence[str] = ()
    pictures: Sequence[Picture] = ()
    table: Table | None = None


class _Shown(NamedTuple):
    heading: str
    sentences: Sequence[str]
    pictures: Sequence[Markup]
    table: Table | None


def alone_page(
    title: str, headline: Sequence[str], sections: Sequence[Section], *, warnings: Sequence[str], foot: Sequence[str]
) -> bytes:
    """Return the page. `warnings` stand above everything, `foot` says what it was made from."""
    style = style_sheet(files(__package__ or "").joinpath(OWN_STYLE).read_text(encoding="utf-8")).decode()
    shown = [
        _Shown(one.heading, one.sentences, [inline(picture) for picture in one.pictures], one.table) for one in sections
    ]
    template = templates(__package__ or "").get_template("alone.html")
    return template.render(
        lang=current_language(),
        title=title,
        style=Markup(style),  # noqa: S704 - the program's own
        headline=headline,
        sections=shown,
        warnings=warnings,
        foot=foot,
    ).encode()
