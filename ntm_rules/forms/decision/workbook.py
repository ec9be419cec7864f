"""The workbook in which an officer fills in a decision: what `ntm rules overlay new -o FILE.xlsx` writes."""

from __future__ import annotations

import io
from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from ntm_rules.forms.decision import layout
from ntm_rules.forms.decision.class_rows import class_rows, needs_classes
from ntm_rules.forms.decision.classes_sheet import classes_sheet
from ntm_rules.forms.decision.head_sheets import document_sheet, guide_sheet, numbered_decisions
from ntm_rules.forms.decision.made_from import beside_sheet, fill_targets, stated_head
from ntm_rules.forms.decision.sheet_parts import (
    FIRST,
    FIRST_LIST,
    HEADS_AT,
    Column,
    DecisionLooks,
    number_rule,
    protect,
    table,
)
from ntm_rules.i18n import _
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.pending import REPLACING, TargetPlace, set_hash
from ntm_rules.spreadsheet.entries import Lists, offer
from ntm_rules.spreadsheet.files import begun
from ntm_rules.spreadsheet.paper import LINE, SMALL_LINE, height
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.targets_to_fill import (
    awaits_words,
    criterion_words,
    direction_words,
    grade_labels,
    note_words,
    place_measure_words,
)
from ntm_rules.workbench.overlays.carried import Carried, acts

_FIGURE = 2
"""Column of the sheet of targets, from 0, that says which figure it is."""
_FREE_ROWS = 5
"""Rows for ids that the form does not offer."""
FILL = "ntm rules overlay fill FILE.xlsx -o FILE.yaml"


def form(
    loaded: LoadedSet,
    blanks: Sequence[TargetPlace],
    others: Sequence[TargetPlace] = (),
    earlier: Sequence[Overlay] = (),
    command: str = FILL,
    made_from: tuple[Overlay, Carried] | None = None,
    with_classes: Sequence[TargetPlace] | None = None,
) -> bytes:
    """Return the workbook: a guide, the document, the targets, some of them by class, the groups, and a hidden sheet that
    names the set.

    `others`: what the earlier decisions fix, offered apart for an amendment. `command`: what turns it into an overlay.
    `made_from`: an overlay that is filled in already, with what the workbook has no cells for; a sheet tells that.
    `with_classes`: of which requirements single classes are offered; of these two unless said.
    """
    overlay, kept = made_from or (None, None)
    stream = io.BytesIO()
    book = begun(stream, author="")
    looks = DecisionLooks(book)
    lists = Lists(layout.ABOUT_SHEET, FIRST_LIST)
    offered = (*blanks, *others)
    by_class = class_rows(loaded, offered if with_classes is None else with_classes, overlay)
    has_classes = needs_classes(loaded, by_class)
    guide_sheet(book.add_worksheet(_(layout.GUIDE_SHEET)), looks, loaded, blanks, command, has_classes=has_classes)
    document_sheet(book.add_worksheet(_(layout.DOCUMENT_SHEET)), looks, lists, stated_head(overlay) if overlay else {})
    targets = book.add_worksheet(_(layout.TARGETS_SHEET))
    _targets(targets, looks, lists, loaded, blanks, others, has_classes=has_classes)
    if overlay is not None:
        fill_targets(targets, looks, loaded, offered, len(blanks), overlay)
    if has_classes:
        classes_sheet(book.add_worksheet(_(layout.CLASSES_SHEET)), looks, lists, loaded, by_class)
    if loaded.header.groups:
        _groups(book.add_worksheet(_(layout.GROUPS_SHEET)), looks, lists, loaded, overlay)
    if overlay is not None and kept is not None:
        held = frozenset(overlay.set) - kept.entries.keys()
        if list(acts(overlay, held)):
            beside_sheet(book.add_worksheet(_(layout.BESIDE_SHEET)), looks, overlay, held)
    about = book.add_worksheet(layout.ABOUT_SHEET)
    _about(about, lists, loaded, offered, earlier, kept, has_classes=has_classes)
    book.close()
    return stream.getvalue()


def _targets(
    sheet: Worksheet,
    looks: DecisionLooks,
    lists: Lists,
    loaded: LoadedSet,
    blanks: Sequence[TargetPlace],
    fixed: Sequence[TargetPlace],
    *,
    has_classes: bool,
) -> None:
    groups = loaded.header.groups
    columns: list[Column] = [
        (layout.ID, _("Id"), 7),
        (layout.LABEL, _("Text, as printed"), 34),
        (layout.TOLD + "figure", _("Figure (unit)"), 34),
        (layout.TOLD + "criterion", _("Criterion"), 15),
        (layout.TOLD + "direction", _("Direction"), 9),
        (layout.TOLD + "lead", _("Lead agency"), 14),
        (layout.TOLD + "awaits", _("Awaits, or stated now"), 24),
        (layout.EVERYWHERE, _("All communes"), 10),
        *((layout.GROUP_COLUMN + group.id, str(group.title), 9) for group in groups),
        (layout.ARTICLE, _("Article, clause, annex"), 17),
        (layout.NOTE, _("Note"), 14),
    ]
    table(sheet, looks, _("Targets to fill"), columns)
    rule = _("Either one value for all communes or one for every group; never a value without its article.")
    if has_classes:
        rule += " " + _("By class of communes: sheet “{sheet}”.", sheet=_(layout.CLASSES_SHEET))
    sheet.write_string(1, 0, rule, looks.line)
    numbered = numbered_decisions(blanks)
    for row, place in enumerate(blanks, start=FIRST):
        number = numbered[place.pending.decision] if place.pending else 0
        _place(sheet, looks, lists, loaded, columns, row, place, number)
    heading = FIRST + len(blanks)
    sheet.write_string(heading, 1, _(REPLACING), looks.strong)
    sheet.set_row(heading, height([(_(REPLACING), columns[1][2])]) + 6)
    for row, place in enumerate(fixed, start=heading + 1):
        _place(sheet, looks, lists, loaded, columns, row, place, 0)
    for row in range(heading + 1 + len(fixed), heading + 1 + len(fixed) + _FREE_ROWS):
        for column, (key, _head, _width) in enumerate(columns):
            is_value = key.startswith((layout.EVERYWHERE, layout.GROUP_COLUMN))
            sheet.write_blank(row, column, None, looks.number if is_value else looks.entry)
    sheet.freeze_panes(FIRST, 2)
    sheet.repeat_rows(HEADS_AT, HEADS_AT)
    protect(sheet)


def _place(
    sheet: Worksheet, looks: DecisionLooks, lists: Lists, loaded: LoadedSet, columns: Sequence[Column],
    row: int, place: TargetPlace, number: int,
) -> None:  # fmt: skip
    """Write the row of one requirement; `number`: that of the decision it awaits, 0 when it is stated now."""
    awaits = awaits_words(loaded, place)
    told = [
        str(place.requirement.words), place_measure_words(place), criterion_words(loaded, place), direction_words(place),
        agency_name(loaded, place.requirement.lead), f"({number}) {awaits}" if number else awaits,
    ]  # fmt: skip
    notes = note_words(place)
    sheet.write_string(row, 0, place.requirement.id, looks.id)
    for column, words in enumerate(told, start=1):
        look = looks.figure if column == _FIGURE else looks.small if column == len(told) else looks.told
        sheet.write_string(row, column, words, look)
    if notes:
        label = told[_FIGURE - 1]
        sheet.write_rich_string(row, _FIGURE, looks.bold, label, looks.plain, f"\n{notes}", looks.told)
    rows = [height([(words, columns[i][2])]) for i, words in enumerate(told[:-1], start=1)]
    rows[_FIGURE - 1] += height([(notes, columns[_FIGURE][2])], SMALL_LINE) if notes else 0
    sheet.set_row(row, max(*rows, height([(told[-1], columns[len(told)][2])], SMALL_LINE)))
    first = len(told) + 1
    _entries(sheet, looks, lists, loaded, place, row, first)
    for column in range(first + 1 + len(loaded.header.groups), len(columns)):
        sheet.write_blank(row, column, None, looks.entry)


def _entries(
    sheet: Worksheet, looks: DecisionLooks, lists: Lists, loaded: LoadedSet, place: TargetPlace, row: int, first: int
) -> None:
    """Write the cells for a requirement's target: those that its kind of target has no use for are shut."""
    for column in range(first, first + 1 + len(loaded.header.groups)):
        if place.form == "number":
            sheet.write_blank(row, column, None, looks.number)
            sheet.data_validation(row, column, row, column, number_rule(place))
        elif column == first:
            sheet.write_blank(row, column, None, looks.entry)
            offered = [_(layout.BINDING)] if place.form == "standard" else list(grade_labels(loaded, place).values())
            offer(sheet, lists, row, column, offered)
        else:
            sheet.write_blank(row, column, None, looks.shut)


def _groups(sheet: Worksheet, looks: DecisionLooks, lists: Lists, loaded: LoadedSet, overlay: Overlay | None) -> None:
    stated = overlay.groups if overlay else {}
    titles = {group.id: str(group.title) for group in loaded.header.groups}
    columns: list[Column] = [
        (layout.CODE, _("Code"), 9),
        (layout.NAME, _("Commune"), 20),
        (layout.TOLD + "group", _("Group so far"), 14),
        (layout.TOLD + "ground", _("On what ground"), 76),
        (layout.GROUP, _("Group by the document"), 16),
        (layout.SOURCE, _("Article, annex"), 24),
    ]
    table(sheet, looks, _("Groups of communes"), columns)
    sheet.write_string(1, 0, _("Fill in only communes whose group the document assigns."), looks.line)
    communes = loaded.communes.within()
    for row, commune in enumerate(sorted(communes, key=lambda c: (bool(c.group), c.code)), start=FIRST):
        sheet.write_string(row, 0, commune.code, looks.id)
        sheet.write_string(row, 1, commune.name, looks.told)
        sheet.write_string(row, 2, titles.get(commune.group or "", _("unknown")), looks.told)
        ground = commune.group_source or ""
        sheet.write_string(row, 3, ground, looks.small)
        sheet.set_row(row, max(LINE + 2, height([(ground, columns[3][2])], SMALL_LINE)))
        assigned = stated.get(commune.code)
        sheet.write(row, 4, titles[assigned.group] if assigned else None, looks.entry)
        offer(sheet, lists, row, 4, list(titles.values()))
        sheet.write(row, 5, assigned.source if assigned else None, looks.entry)
    sheet.freeze_panes(FIRST, 2)
    sheet.repeat_rows(HEADS_AT, HEADS_AT)
    protect(sheet)


def _about(
    sheet: Worksheet,
    lists: Lists,
    loaded: LoadedSet,
    rows: Sequence[TargetPlace],
    earlier: Sequence[Overlay],
    kept: Carried | None,
    *,
    has_classes: bool,
) -> None:
    """Write which set, in which state, the workbook was made for, and which requirements it offers."""
    header = loaded.header
    facts = {
        layout.ABOUT: layout.FORMAT,
        "set": header.id,
        "version": header.version,
        "hash": set_hash(loaded),
        "ids": " ".join(place.requirement.id for place in rows),
        "overlays": " ".join(overlay.id for overlay in earlier),
    }
    facts |= {layout.HAS_CLASSES: "1"} if has_classes else {}
    facts |= {layout.CARRIED + name: value for name, value in (kept.facts() if kept else ())}
    for row, (name, value) in enumerate(facts.items()):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    lists.write(sheet)
    sheet.hide()
