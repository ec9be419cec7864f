"""One file with sentences, pictures and tables, its style within it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from markupsafe import Markup

from ntm_rules.i18n import current_language
from ntm_rules.report.html.looks import style_sheet
from ntm_rules.report.html.sections import Section
from ntm_rules.report.html.templating import templates

OWN_STYLE = "alone.css"


def alone_page(
    title: str, headline: Sequence[str], sections: Sequence[Section], *, warnings: Sequence[str], foot: Sequence[str]
) -> bytes:
    """Return the page. `warnings` stand above everything, `foot` says what it was made from."""
    style = style_sheet(files(__package__ or "").joinpath(OWN_STYLE).read_text(encoding="utf-8")).decode()
    template = templates(__package__ or "").get_template("alone.html")
    return template.render(
        lang=current_language(),
        title=title,
        style=Markup(style),  # nosec B704  # noqa: S704 - the program's own
        headline=headline,
        sections=sections,
        warnings=warnings,
        foot=foot,
    ).encode()
