"""The colours of the five verdicts, the same in workbooks, charts and pages: one table.

The backgrounds differ in lightness and hue so that they stay apart for the colour-blind, and each text colour has a
contrast of 4.5 to 1 or more on its background and on white. Colour is never alone: a letter stands beside it.
"""

from __future__ import annotations

from typing import NamedTuple

from ntm_rules.evaluation.verdicts import Verdict


class Colours(NamedTuple):
    """A verdict's background, and the text and edge that go with it."""

    back: str
    ink: str


COLOURS = {
    Verdict.MET: Colours("#9AD6B9", "#0B4A33"),
    Verdict.NOT_MET: Colours("#EBA07A", "#4A1A00"),
    Verdict.NO_DATA: Colours("#FFF3BF", "#5C4700"),
    Verdict.NO_TARGET: Colours("#CBD6F0", "#1F3864"),
    Verdict.NOT_APPLICABLE: Colours("#EDEDED", "#595959"),
}
LEGEND_ORDER = (Verdict.MET, Verdict.NOT_MET, Verdict.NO_DATA, Verdict.NO_TARGET, Verdict.NOT_APPLICABLE)
