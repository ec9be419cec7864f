"""One commune that handed in something of which nothing can be used: why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ntm_rules.i18n import _
from ntm_rules.report.site.layout import Layout
from ntm_rules.report.site.views.wrong import WrongPlace, files, place
from ntm_rules.standing.values import Lack
from ntm_rules.wording.phrases import opening
from ntm_rules.wording.standing import refused_words


@dataclass(frozen=True, slots=True)
class Unread:
    """What the page of such a commune shows."""

    code: str
    group: object
    """Empty where the set has no groups, or the register does not know the commune."""
    handed_in: str
    """Its files; empty where it is not known what came."""
    refused: Sequence[WrongPlace]
    otherwise: str
    """Why, where no problem says it."""
    files: str
    owed: str


def unread(layout: Layout, code: str) -> Unread:
    """Return what the page of a commune without a usable report shows."""
    contents, unit = layout.contents, layout.rules.communes.get(code)
    one = contents.handed.get(code)
    owed = _("Every figure and answer that the law asks of the commune: {n}.", n=len(layout.rules.reported_measures))
    if one and one.record is not None:
        lacking = len(contents.lacking[one.record][Lack.FIGURE])
        owed += " " + _("Requirements that lack one of them: {n}.", n=lacking)
    return Unread(
        code=code,
        group=layout.group(unit.group) if unit else "",
        handed_in=(", ".join(one.files) or "–") if one else "",
        refused=[place(problem) for problem in one.refusing] if one else (),
        otherwise=(opening(refused_words(one)) if one else _("No figure is filled in.")) + ".",
        files=files(layout, code),
        owed=owed,
    )
