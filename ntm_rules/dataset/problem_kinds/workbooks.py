"""What is wrong with a workbook: its package, its sheets, its cells."""

from __future__ import annotations

from ntm_rules.dataset.problem_kinds.kind import ERROR, SAVE_XLSX, WARNING, ProblemKind
from ntm_rules.i18n import N_

_ASK_FOR_COPY = N_("Open the file in Excel; if it opens, save it again as .xlsx, else ask for a new copy.")

KINDS: dict[str, ProblemKind] = {
    "xls-old": ProblemKind(ERROR, N_("an Excel 97-2003 workbook (.xls) is not read"), SAVE_XLSX),
    "workbook-encrypted": ProblemKind(
        ERROR,
        N_("the workbook is protected by a password"),
        N_("Open it in Excel, remove the password (File, Info, Protect Workbook), and save."),
    ),
    "workbook-broken": ProblemKind(ERROR, N_("the workbook is damaged ({reason})"), _ASK_FOR_COPY),
    "not-a-workbook": ProblemKind(
        ERROR,
        N_("this is not an Excel workbook, whatever its name says"),
        N_("Open it in Excel; if its figures show, save it as “Excel Workbook (*.xlsx)”, else ask for a new copy."),
    ),
    "workbook-too-large": ProblemKind(
        ERROR,
        N_("the workbook unpacks to far more than figures need (over {limit} MB, or packed over 100 times)"),
        N_("Copy the figures alone into a new workbook."),
    ),
    "workbook-too-many-elements": ProblemKind(
        ERROR,
        N_("part {part} of the workbook holds over {limit} tags, far more than figures need"),
        N_("Copy the figures alone into a new workbook."),
    ),
    "workbook-declares-entities": ProblemKind(
        ERROR, N_("the workbook holds XML declarations (DTD) that no spreadsheet program writes"), SAVE_XLSX
    ),
    "sheet-too-large": ProblemKind(
        ERROR,
        N_("the sheet spans {cells} cells"),
        N_("Copy the figures alone into a new sheet: some cell far right or far down holds something."),
    ),
    "workbook-without-form": ProblemKind(
        ERROR,
        N_("no sheet has the header of a form or table of figures"),
        N_("Use the form given out, and keep its header row “Mã số liệu, Giá trị, …” as it is."),
    ),
    "hidden-sheet": ProblemKind(
        WARNING, N_("the sheet is hidden, and was read"), N_("Unhide it and check it, or delete it.")
    ),
    "sheet-again": ProblemKind(
        WARNING,
        N_(
            "this sheet asks {count} figures that the sheet “{other}” asks of the same commune and year; what is filled in"
            " on either was put together"
        ),
        N_("Keep one of the two sheets; a copy kept for oneself belongs in another file."),
    ),
    "merged-cells": ProblemKind(
        ERROR,
        N_("cells {range} are merged; only the first of them counts"),
        N_("Unmerge them and fill in each row."),
    ),
    "formula-not-calculated": ProblemKind(
        ERROR,
        N_("the cell holds a formula whose result is not in the file"),
        N_("Open the file in Excel and save it again, or write the figure itself."),
    ),
    "cell-error": ProblemKind(ERROR, N_("the cell shows the error {value}"), N_("Write the figure itself.")),
    "cell-unreadable": ProblemKind(
        ERROR,
        N_("what the file holds for this cell ({value}) cannot be read"),
        N_("Open the file in Excel, write the figure itself, and save."),
    ),
    "cell-twice": ProblemKind(
        ERROR,
        N_("the file holds two values for this cell ({value}); neither was read"),
        N_("Open the file in Excel, write the right one, and save."),
    ),
    "struck-out": ProblemKind(
        ERROR,
        N_("“{value}” is struck out, wholly or in part, and was not read"),
        N_("Write the figure that holds, without the line through it; clear the cell when there is none."),
    ),
    "digits-raised": ProblemKind(
        ERROR,
        N_("“{value}” holds raised or lowered characters, such as a footnote's mark, that could be taken for digits"),
        N_("Write the number alone, and the footnote's mark under “Ghi chú”."),
    ),
    "number-shown-otherwise": ProblemKind(
        ERROR,
        N_("the cell's number format shows “{value}”, but the cell holds {held}"),
        N_("Set the cell's format to General and write the right one of the two."),
    ),
    "hidden-rows": ProblemKind(
        WARNING,
        N_("rows {which} are hidden or filtered out, and were read"),
        N_("Unhide them (clear the filter) and check them, or delete them."),
    ),
    "hidden-columns": ProblemKind(
        WARNING,
        N_("columns {which} are hidden, and were read"),
        N_("Unhide them and check them, or delete them."),
    ),
    "document-as-date": ProblemKind(
        ERROR,
        N_("Excel has made a date, a time or another number of the document's number ({value}); it was not used"),
        N_("Set the cell's format to Text, then write the number again as it is printed, for example 01/BC-UBND."),
    ),
    "document-struck-out": ProblemKind(
        ERROR,
        N_("the document “{value}” is struck out, wholly or in part; it was not used"),
        N_("Write the document that holds; clear the cell when there is none."),
    ),
}
