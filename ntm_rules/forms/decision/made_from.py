"""A workbook made from an overlay that there is already: its entries filled in, and what has no cells told and kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from ntm_rules.forms.decision import layout
from ntm_rules.forms.decision.held import fits_targets
from ntm_rules.forms.decision.sheet_parts import FIRST, DecisionLooks, write_number
from ntm_rules.i18n import _, written_day
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import InForce, Overlay, OverlayEntry, SetTarget
from ntm_rules.rulebook.pending import TargetPlace
from ntm_rules.spreadsheet.paper import height, page
from ntm_rules.wording.targets_to_fill import grade_labels
from ntm_rules.workbench.overlays.carried import acts

_WIDTH = 110
_FIRST_VALUE = 7
"""Column of the sheet of targets, from 0, of the value for all communes."""


def stated_head(overlay: Overlay) -> dict[str, str]:
    """Return the cells of the sheet of the document that an overlay fills in."""
    document, days = overlay.document, overlay.effective
    found = {
        layout.PROMULGATED: written_day(overlay.promulgated),
        layout.FROM: written_day(days.from_),
        layout.TO: written_day(days.to) if days.to else "",
        layout.ILLUSTRATIVE: _(layout.YES) if overlay.illustrative else "",
    }
    if document is not None:
        found |= {
            layout.NUMBER: document.number,
            layout.DATE: written_day(document.date),
            layout.ISSUER: document.issuer,
            layout.TITLE: document.title.vi,
            layout.TITLE_EN: document.title.en,
        }
    return found


def fill_targets(
    sheet: Worksheet,
    looks: DecisionLooks,
    loaded: LoadedSet,
    places: Sequence[TargetPlace],
    blanks: int,
    overlay: Overlay,
) -> None:
    """Write an overlay's targets into their rows: the first `blanks` of the places wait, the others stand below a heading."""
    groups = [group.id for group in loaded.header.groups]
    for i, place in enumerate(places):
        entry = overlay.set.get(place.requirement.id)
        if entry is None or not fits_targets(loaded, entry):
            continue
        row = FIRST + i + (i >= blanks)
        _write_value(sheet, looks, loaded, place, row, entry, groups)
        article = entry.article if isinstance(entry, InForce | SetTarget) else None
        sheet.write(row, _FIRST_VALUE + 1 + len(groups), article, looks.entry)


def _write_value(
    sheet: Worksheet,
    looks: DecisionLooks,
    loaded: LoadedSet,
    place: TargetPlace,
    row: int,
    entry: OverlayEntry,
    groups: Sequence[str],
) -> None:
    value = entry.value if isinstance(entry, SetTarget) else entry
    if isinstance(value, InForce):
        sheet.write_string(row, _FIRST_VALUE, _(layout.BINDING), looks.entry)
    elif isinstance(value, dict):
        for column, group in enumerate(groups, start=_FIRST_VALUE + 1):
            one = value[group]
            assert isinstance(one, Decimal | dt.date), "anything else is kept beside"
            write_number(sheet, looks, row, column, one)
    elif isinstance(value, Decimal | dt.date):
        write_number(sheet, looks, row, _FIRST_VALUE, value)
    elif isinstance(value, str):
        sheet.write_string(row, _FIRST_VALUE, grade_labels(loaded, place)[value], looks.entry)


def beside_sheet(sheet: Worksheet, looks: DecisionLooks, overlay: Overlay, in_cells: Collection[str]) -> None:
    """Write what the overlay does that the other sheets have no cells for; `in_cells`: the ids whose entries have some."""
    page(sheet, [_WIDTH])
    sheet.write_string(0, 0, _("What this decision does beside fixing targets"), looks.title)
    lines = [
        _("It cannot be changed in this workbook; it is kept as it is and given back unchanged."),
        *(f"- {act!s}" for act in acts(overlay, in_cells)),
    ]
    for row, line in enumerate(lines, start=2):
        sheet.write_string(row, 0, line, looks.words)
        sheet.set_row(row, height([(line, _WIDTH)]))
    sheet.protect("", {"select_locked_cells": True})
