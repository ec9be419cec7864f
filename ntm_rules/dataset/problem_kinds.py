"""The table of problems: code -> severity, sentence, mend. The sentences are ids of the catalogue."""

from __future__ import annotations

from typing import NamedTuple

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_

ERROR, WARNING = Severity.ERROR, Severity.WARNING


class Kind(NamedTuple):
    """One kind of problem, in words."""

    severity: Severity
    sentence: str
    mend: str
    mend_with_nearest: str = ""
    """The mend when a near match is known (`{nearest}`)."""
    mend_on_paper: str = ""
    """The mend in what an office signs, where the other names a command of the program."""


_COMPOSE = N_("Type it again with a Unicode keyboard, or convert it with Unikey (Ctrl+Shift+F6), then save.")
_ASK_FOR_COPY = N_("Open the file in Excel; if it opens, save it again as .xlsx, else ask for a new copy.")
_SAVE_XLSX = N_("Open it in Excel and save it as “Excel Workbook (*.xlsx)”.")
_BOTH_PARTS = N_("Give both numerator and denominator, or neither and the percentage instead.")
_CHECK = N_("Check the figure against its document and write the right one.")
_FORM_SENT = N_("Copy its figures into the form of the commune, and keep the document itself as evidence.")
_NEW_FORM = N_("Use a new form from the body that sums up, and carry the answers over.")
_COPY_FIGURES = N_("Copy the figures alone into a new file, and hand that in; the other files are read all the same.")

KINDS: dict[str, Kind] = {
    # --- a whole file
    "file-not-found": Kind(ERROR, N_("there is no such file or folder"), N_("Check the path.")),
    "file-unreadable": Kind(
        ERROR,
        N_("the file cannot be opened ({reason})"),
        N_("Close it in other programs, check that you may read it, and try again."),
    ),
    "file-empty": Kind(ERROR, N_("the file is empty (0 bytes)"), N_("Copy or download it again.")),
    "file-too-large": Kind(ERROR, N_("the file is larger than {limit} MB"), N_("Split it into several files.")),
    "file-ends-reader": Kind(
        ERROR,
        N_("reading the file ended the process that read it, as damaged files do; nothing in it was read"),
        _COPY_FIGURES,
    ),
    "file-takes-too-long": Kind(
        ERROR, N_("reading the file was not done after {seconds} seconds; nothing in it was read"), _COPY_FIGURES
    ),
    "file-takes-memory": Kind(
        ERROR, N_("reading the file takes more than {limit} MB of memory; nothing in it was read"), _COPY_FIGURES
    ),
    "file-type-unsupported": Kind(
        ERROR,
        N_("files of type {extension} are not read"),
        N_("Remove it from the figures; if figures stand in it, copy them into the form (ntm template)."),
        mend_on_paper=_FORM_SENT,
    ),
    "file-of-another-spreadsheet": Kind(ERROR, N_("files of type {extension} are not read"), _SAVE_XLSX),
    "file-is-a-paper": Kind(
        ERROR,
        N_("this is a printed or scanned paper ({extension}), not a table; no figure can be read from it"),
        N_("Copy its figures into the form (ntm template), and keep the paper as evidence in another folder."),
        mend_on_paper=_FORM_SENT,
    ),
    "file-is-a-text": Kind(
        ERROR,
        N_("this is a text document ({extension}), not a table; no figure can be read from it"),
        N_("Copy its figures into the form (ntm template), and keep the document as evidence in another folder."),
        mend_on_paper=_FORM_SENT,
    ),
    "file-is-packed": Kind(
        ERROR,
        N_("this is a packed file ({extension}); what is in it was not read"),
        N_("Unpack it first (right-click, Extract), then give the folder that comes out."),
    ),
    "folder-without-data": Kind(
        ERROR,
        N_("the folder holds no .xlsx, .xlsm, .csv or .parquet file"),
        N_("Put the files with figures into it, or name another folder."),
    ),
    "folder-too-deep": Kind(
        ERROR,
        N_("this folder holds files with figures but lies too deep; only one level of subfolders is read"),
        N_("Name this folder on the command line as well, or move its files up."),
    ),
    "same-content": Kind(
        WARNING, N_("the same content as {other}; it was read once"), N_("Remove one of the two files.")
    ),
    "no-rows": Kind(ERROR, N_("there is a header but no row with figures under it"), N_("Add the figures.")),
    "nothing-reported": Kind(WARNING, N_("no figure is filled in"), N_("Fill in the form, or remove this sheet.")),
    "form-not-filled": Kind(WARNING, N_("the form is not filled in yet"), N_("Fill it in, then assess it again.")),
    "too-many-problems": Kind(
        ERROR, N_("and {count} more problems in this file"), N_("Mend those listed first, then run again.")
    ),
    "text-decomposed": Kind(
        WARNING,
        N_("{count} texts have accents kept apart from their letters (NFD), here “{value}”; read as usual"),
        N_("Nothing needs doing; Unikey set to “Unicode” avoids it."),
    ),
    # --- workbooks
    "xls-old": Kind(ERROR, N_("an Excel 97-2003 workbook (.xls) is not read"), _SAVE_XLSX),
    "workbook-encrypted": Kind(
        ERROR,
        N_("the workbook is protected by a password"),
        N_("Open it in Excel, remove the password (File, Info, Protect Workbook), and save."),
    ),
    "workbook-broken": Kind(ERROR, N_("the workbook is damaged ({reason})"), _ASK_FOR_COPY),
    "not-a-workbook": Kind(
        ERROR,
        N_("this is not an Excel workbook, whatever its name says"),
        N_("Open it in Excel; if its figures show, save it as “Excel Workbook (*.xlsx)”, else ask for a new copy."),
    ),
    "workbook-too-large": Kind(
        ERROR,
        N_("the workbook unpacks to far more than figures need (over {limit} MB, or packed over 100 times)"),
        N_("Copy the figures alone into a new workbook."),
    ),
    "workbook-too-many-elements": Kind(
        ERROR,
        N_("part {part} of the workbook holds over {limit} tags, far more than figures need"),
        N_("Copy the figures alone into a new workbook."),
    ),
    "workbook-declares-entities": Kind(
        ERROR, N_("the workbook holds XML declarations (DTD) that no spreadsheet program writes"), _SAVE_XLSX
    ),
    "sheet-too-large": Kind(
        ERROR,
        N_("the sheet spans {cells} cells"),
        N_("Copy the figures alone into a new sheet: some cell far right or far down holds something."),
    ),
    "workbook-without-form": Kind(
        ERROR,
        N_("no sheet has the header of a form or table of figures"),
        N_("Use the form given out, and keep its header row “Mã số liệu, Giá trị, …” as it is."),
    ),
    "hidden-sheet": Kind(WARNING, N_("the sheet is hidden, and was read"), N_("Unhide it and check it, or delete it.")),
    "sheet-again": Kind(
        WARNING,
        N_(
            "this sheet asks {count} figures that the sheet “{other}” asks of the same commune and year; what is filled in"
            " on either was put together"
        ),
        N_("Keep one of the two sheets; a copy kept for oneself belongs in another file."),
    ),
    "merged-cells": Kind(
        ERROR,
        N_("cells {range} are merged; only the first of them counts"),
        N_("Unmerge them and fill in each row."),
    ),
    "formula-not-calculated": Kind(
        ERROR,
        N_("the cell holds a formula whose result is not in the file"),
        N_("Open the file in Excel and save it again, or write the figure itself."),
    ),
    "cell-error": Kind(ERROR, N_("the cell shows the error {value}"), N_("Write the figure itself.")),
    "cell-unreadable": Kind(
        ERROR,
        N_("what the file holds for this cell ({value}) cannot be read"),
        N_("Open the file in Excel, write the figure itself, and save."),
    ),
    "cell-twice": Kind(
        ERROR,
        N_("the file holds two values for this cell ({value}); neither was read"),
        N_("Open the file in Excel, write the right one, and save."),
    ),
    "struck-out": Kind(
        ERROR,
        N_("“{value}” is struck out, wholly or in part, and was not read"),
        N_("Write the figure that holds, without the line through it; clear the cell when there is none."),
    ),
    "digits-raised": Kind(
        ERROR,
        N_("“{value}” holds raised or lowered characters, such as a footnote's mark, that could be taken for digits"),
        N_("Write the number alone, and the footnote's mark under “Ghi chú”."),
    ),
    "number-shown-otherwise": Kind(
        ERROR,
        N_("the cell's number format shows “{value}”, but the cell holds {held}"),
        N_("Set the cell's format to General and write the right one of the two."),
    ),
    "hidden-rows": Kind(
        WARNING,
        N_("rows {which} are hidden or filtered out, and were read"),
        N_("Unhide them (clear the filter) and check them, or delete them."),
    ),
    "hidden-columns": Kind(
        WARNING,
        N_("columns {which} are hidden, and were read"),
        N_("Unhide them and check them, or delete them."),
    ),
    "document-as-date": Kind(
        ERROR,
        N_("Excel has made a date, a time or another number of the document's number ({value}); it was not used"),
        N_("Set the cell's format to Text, then write the number again as it is printed, for example 01/BC-UBND."),
    ),
    "document-struck-out": Kind(
        ERROR,
        N_("the document “{value}” is struck out, wholly or in part; it was not used"),
        N_("Write the document that holds; clear the cell when there is none."),
    ),
    # --- what a form says of itself
    "form-format-unknown": Kind(
        ERROR,
        N_("the form was made by another release of the program (form “{value}”); none of it was read"),
        N_("Make a new form with ntm template and carry the answers over."),
        mend_on_paper=_NEW_FORM,
    ),
    "form-of-another-set": Kind(
        ERROR,
        N_("the form was made for another criteria set ({value}), not for {set}; none of it was read"),
        N_("Make a new form with ntm template; for a commune of this set --return carries over what it can."),
        mend_on_paper=_NEW_FORM,
    ),
    "form-old": Kind(
        WARNING,
        N_(
            "the form is of version {value} of the criteria, now {version}: {changed} figures mean something else now and"
            " were not read, {gone} are not asked any more, {new} new ones are not in it"
        ),
        N_("Make a new form with ntm template; --return writes one with the answers carried over."),
        mend_on_paper=_NEW_FORM,
    ),
    "form-measure-changed": Kind(
        ERROR,
        N_("the form asks this figure in another unit or way than the criteria do now; it was not read"),
        N_("Enter it in a new form (ntm template)."),
        mend_on_paper=_NEW_FORM,
    ),
    "form-of-another-commune": Kind(
        ERROR,
        N_("the form was made for {made_for}, but says {value}; its figures were not taken"),
        N_("Use the commune's own form; --return writes one with these answers, to be checked one by one."),
        mend_on_paper=N_(
            "Use the commune's own form and check every answer, or put commune and code in this one right."
        ),
    ),
    "form-of-another-year": Kind(
        ERROR,
        N_("the form was made for the year {made_for}, but says {value}; its figures were not taken"),
        N_("Use the form of that year; --return writes one with these answers, to be checked one by one."),
        mend_on_paper=N_("Use the form of that year and check every answer, or put the year in this one right."),
    ),
    "file-of-another-commune": Kind(
        ERROR,
        N_("the file is named after {value}, but what it holds is of {made_for}; its figures were not taken"),
        N_("Rename the file, after its own commune ({made_for}); or put commune and code inside it right."),
    ),
    "form-unconfirmed": Kind(
        ERROR,
        N_(
            "the form was given back because its commune or year was in doubt, and nobody has confirmed it yet; none of it was read"
        ),
        N_("Check every answer, then delete the sheet “{sheet}” and save."),
    ),
    "form-column-missing": Kind(
        ERROR,
        N_("the form has no column “{value}” any more, so no answer in it could be read"),
        N_("Give the column its name again, or put it back as in the form given out, with its answers."),
    ),
    "evidence-without-measure": Kind(
        ERROR,
        N_("a document stands here without the figure it is for"),
        N_("Choose the figure from the list in the column “Số liệu”."),
        N_("Choose the figure from the list in the column “Số liệu”: “{nearest}”?"),
    ),
    "evidence-day-unreadable": Kind(
        ERROR, N_("“{value}” is not a day"), N_("Write it day first, for example 15/8/2026.")
    ),
    # --- text and Parquet files
    "csv-encoding": Kind(
        ERROR,
        N_("the text is not UTF-8 (first strange byte on line {bad_line})"),
        N_("In Excel, choose Save As, “CSV UTF-8 (Comma delimited) (*.csv)”."),
    ),
    "csv-old-encoding": Kind(
        ERROR,
        N_("the text is in {encoding}, not in UTF-8 (first such byte on line {bad_line}); none of it was read"),
        N_(
            "Open it as {encoding}; what is typed in TCVN3 or VNI convert to Unicode with Unikey (Ctrl+Shift+F6). Then in"
            " Excel choose Save As, “CSV UTF-8 (Comma delimited) (*.csv)”."
        ),
    ),
    "csv-typed-in-old-encoding": Kind(
        ERROR,
        N_("no header row was found: the first line, “{value}”, is typed in {encoding}, not in Unicode"),
        N_("Convert the texts to Unicode with Unikey (Ctrl+Shift+F6), then save as “CSV UTF-8”."),
    ),
    "csv-nul-bytes": Kind(
        ERROR,
        N_(
            "NUL bytes stand here, which no text holds: the file is damaged, or in another encoding; none of it was read"
        ),
        N_("In Excel, choose Save As, “CSV UTF-8 (Comma delimited) (*.csv)”; if it does not open, ask for a new copy."),
    ),
    "quote-swallows-rows": Kind(
        ERROR,
        N_("a quotation mark opens here and is closed only on line {last}, with rows between; they were not read"),
        N_('Remove the quotation mark, or double it inside a text ("ban ""A"""), then run again.'),
    ),
    "words-are-digits": Kind(
        ERROR,
        N_("the column for words “{words}” holds only digits ({value}), so a figure may have moved; not read"),
        N_('Put figures with a decimal comma in double quotes ("50,4"), and write documents and notes in words.'),
    ),
    "own-results": Kind(
        WARNING,
        N_("these are results of this program, not reports; they were not read"),
        N_("Keep results in a folder of their own."),
    ),
    "second-table": Kind(
        ERROR,
        N_("a second header stands here; it and everything below it were not read"),
        N_("Put each table on a sheet, or in a file, of its own."),
    ),
    "said-twice": Kind(
        ERROR,
        N_("above the form stand both “{other_value}” and “{value}” for the same thing; the sheet was not read"),
        N_("Keep the right one."),
    ),
    "sheet-without-header": Kind(
        ERROR,
        N_("the sheet holds ids of measures but no header row that can be read; it was not read"),
        N_("Write the header row as in the form: “Mã số liệu, Giá trị, Tử số, Mẫu số, …”."),
    ),
    "figures-perhaps-planned": Kind(
        WARNING,
        N_(
            "“{value}” says that figures here may be planned, expected or of a part of the year; they were read all the same"
        ),
        N_("Take them out if they are not what was achieved in the whole year; else change the name or title."),
    ),
    "table-without-year": Kind(
        ERROR,
        N_("the table has no column “{lacking}”, so it cannot be told of which year its figures are; none was read"),
        N_("Add a column headed “{lacking}” with the year in every row; a year in the title above is not enough."),
    ),
    "table-without-commune": Kind(
        ERROR,
        N_("the table has no column “{lacking}”, so it cannot be told whose its figures are; none was read"),
        N_("Add a column headed “{lacking}” with the commune's name or code in every row."),
    ),
    "row-too-long": Kind(
        ERROR,
        N_("the row has {cells} cells under {headings} headings, so figures have moved; it was not read"),
        N_('Put figures with a decimal comma, and texts with commas, in double quotes: "82,5".'),
    ),
    "row-too-short": Kind(
        ERROR,
        N_("the row has only {cells} cells under {headings} headings, so figures may have moved; it was not read"),
        N_("Check that no separator is missing in it; write one for each blank cell too."),
    ),
    "csv-broken": Kind(
        ERROR,
        N_("the line cannot be split into columns ({reason}); nothing after it was read"),
        N_("Check the quotation marks on this line and the ones before it."),
    ),
    "csv-without-header": Kind(
        ERROR,
        N_("no header row was found; the first line reads “{value}”"),
        N_("Start with a header: commune_code,commune,year,measure,value,… or one column for each measure."),
    ),
    "parquet-broken": Kind(ERROR, N_("the Parquet file is damaged ({reason})"), N_("Write it again.")),
    "parquet-float32": Kind(
        ERROR,
        N_("column “{value}” holds 32-bit floats, which cannot hold figures exactly; nothing in it was read"),
        N_("Write the column as decimal, double or text."),
    ),
    "parquet-type": Kind(
        ERROR,
        N_("column “{value}” is of type {type}, which holds no figures; nothing in it was read"),
        N_("Write the column as decimal, double or text."),
    ),
    "bytes-not-text": Kind(
        ERROR, N_("the cell holds bytes that are no UTF-8 text ({value})"), N_("Write the column as text, in UTF-8.")
    ),
    # --- header rows
    "column-unknown": Kind(
        WARNING,
        N_("column “{value}” is not known and was not read"),
        N_("Remove the column, or give it a known name."),
        N_("Did you mean “{nearest}”?"),
    ),
    "column-of-figures-unknown": Kind(
        ERROR,
        N_("column “{value}” is not known, so the figures in it, such as “{figure}”, were not read"),
        N_("Give the column the id or the exact label of its figure; remove it if nobody needs it here."),
        N_("Did you mean “{nearest}”?"),
    ),
    "column-of-figures-unused": Kind(
        ERROR,
        N_(
            "column “{value}” does not belong to this kind of table, so the figures in it, such as “{figure}”, were not read"
        ),
        N_("Use one kind of table: a row for each figure, or a column for each figure."),
    ),
    "heading-not-understood": Kind(
        ERROR,
        N_(
            "of the heading “{value}” the words “{words}” are neither a unit of this figure nor “Value”, “Numerator” or"
            " “Denominator”; nothing in the columns of this figure was read"
        ),
        N_("Write “Tử số”, “Mẫu số” or “Tỷ lệ (%)” under the heading, or the heading alone."),
    ),
    "figures-without-heading": Kind(
        ERROR,
        N_("figures stand in a column without heading, here “{value}”; nothing in it was read"),
        N_("Give the column a heading, or move these figures out of the sheet."),
    ),
    "figures-beside-heading": Kind(
        ERROR,
        N_(
            "figures stand in a column without heading, here “{value}”, beside those under “{title}” and perhaps parts of"
            " them; the figures of neither column were read"
        ),
        N_("Give each column its own heading, such as “Tử số” and “Mẫu số”, and do not merge headings."),
    ),
    "column-perhaps-a-part": Kind(
        ERROR,
        N_(
            "column “{value}” stands beside “{title}” and may hold a part of its figures (such as “{figure}”); neither of the"
            " two was used"
        ),
        N_(
            "Give each column its own heading: “<id>__numerator”, “<id>__denominator”, or “Tử số” and “Mẫu số” under one."
        ),
    ),
    "heading-of-another-year": Kind(
        ERROR,
        N_("the heading “{value}” says {said}, but the figures are reported for {year}; none under it was read"),
        N_("Put the figures of each year under their own year, and leave the year out of headings."),
    ),
    "column-old-encoding": Kind(
        ERROR, N_("column “{value}” looks like TCVN3 (.VnTime) or VNI text and was not read"), _COMPOSE
    ),
    "column-twice": Kind(ERROR, N_("column “{value}” stands here twice; neither was read"), N_("Keep the right one.")),
    "column-unused": Kind(
        WARNING,
        N_("column “{value}” does not belong to this kind of table; nothing in it was read"),
        N_("Use one kind of table: a row for each figure, or a column for each figure."),
    ),
    "column-without-value": Kind(
        ERROR,
        N_("column “{value}” has no column “{needed}” beside it and was not read"),
        N_("Add the missing column."),
    ),
    # --- whose figures, and of which year
    "code-missing": Kind(
        ERROR,
        N_("the commune code (Mã xã) is missing; commune as written: “{value}”"),
        N_("Write the 5-digit code."),
        N_("Did you mean {nearest}? Then write its code."),
    ),
    "commune-not-chosen": Kind(
        ERROR,
        N_("no commune has been chosen in this form, which is for any of them"),
        N_("Choose the commune from the list in this cell; nothing else says whose figures these are."),
    ),
    "commune-not-of-the-list": Kind(
        ERROR,
        N_("“{value}” is none of the communes that this form can be chosen for"),
        N_("Choose the commune from the list in this cell."),
        N_("Did you mean {nearest}? Choose it from the list in this cell."),
    ),
    "code-malformed": Kind(
        ERROR, N_("“{value}” is not a commune code"), N_("Write the 5-digit code, its zeros in front included.")
    ),
    "code-unknown": Kind(
        ERROR,
        N_("no commune of the province has the code {value}"),
        N_("Check the code in the list of communes."),
        N_("Check the code: {nearest}?"),
    ),
    "code-of-predecessor": Kind(
        ERROR,
        N_("{value} is the old code of a unit that is now part of {communes}, and is used no more"),
        N_("Write the present code, with the figures of the whole commune as it is now."),
    ),
    "name-of-former": Kind(
        ERROR,
        N_("“{value}” is a unit that is no more; what it was is now part of {communes}"),
        N_("Is {communes} meant, as it is now? Then write its code and name, with the figures of the whole commune."),
    ),
    "name-of-several": Kind(
        ERROR,
        N_("“{value}” is the name of more than one unit: {communes}"),
        N_("Write the code of the one that is meant."),
    ),
    "name-of-another": Kind(
        ERROR,
        N_("code {commune_code} is {commune}, but the name written is “{value}”"),
        N_("Write the code and the name of one and the same commune: {other}?"),
    ),
    "name-of-predecessor": Kind(
        ERROR,
        N_(
            "“{value}” is a unit merged into {commune} on {date}, and code {commune_code} passed to {commune}:"
            " these look like figures of the old unit"
        ),
        N_("Report the figures of {commune} as it is now, under its present name."),
    ),
    "name-unknown": Kind(
        ERROR,
        N_("code {commune_code} is {commune}, but the name written is “{value}”"),
        N_("Write the official name {commune}, if that commune is meant."),
        N_("Did you mean {nearest}? Write the official name."),
    ),
    "name-old-encoding": Kind(ERROR, N_("the name “{value}” looks like TCVN3 (.VnTime) or VNI text"), _COMPOSE),
    "unit-outside": Kind(
        WARNING,
        N_(
            "{commune} ({commune_code}) is a unit of another type (such as a ward) than this set of criteria is for, so it is left out"
        ),
        N_("Remove it from the file, or leave it: it changes nothing."),
    ),
    "year-missing": Kind(ERROR, N_("the year (Năm) is missing"), N_("Write the year of the figures.")),
    "year-malformed": Kind(ERROR, N_("“{value}” is not a year"), N_("Write the year alone, for example 2026.")),
    "year-outside": Kind(ERROR, N_("year {value} is outside the years {first} to {last}"), N_("Check the year.")),
    "year-before-commune": Kind(
        ERROR,
        N_("{commune} exists only since {date}; figures for {value} belong to the units before it"),
        N_("Report years from {first} on."),
    ),
    # --- which measure
    "measure-missing": Kind(
        ERROR, N_("a figure stands here without its measure (Mã số liệu)"), N_("Write the measure's id.")
    ),
    "row-without-measure": Kind(
        ERROR,
        N_("“{value}” stands in a row that asks for no figure; it was not read"),
        N_(
            "Move it to the row of its figure. If it was pasted, see whether all of it stands one row too low or too high:"
            " then the rows above and below may hold figures that are not theirs."
        ),
    ),
    "measure-unknown": Kind(
        ERROR,
        N_("“{value}” is not a measure of this set of criteria"),
        N_("Take the id from the form given out."),
        N_("Did you mean “{nearest}”?"),
    ),
    "measure-old-encoding": Kind(
        ERROR, N_("“{value}” looks like TCVN3 (.VnTime) or VNI text, and no measure is called so"), _COMPOSE
    ),
    "measure-label-disagrees": Kind(
        ERROR,
        N_("the id is {measure}, but the label beside it, “{value}”, is that of {other}"),
        N_("Check that rows were not shifted or sorted in part, and make id and label agree."),
    ),
    # --- figures
    "number-two-readings": Kind(
        ERROR,
        N_("“{value}” can be read as {thousands} or as {decimals}"),
        N_("Write {thousands} or {decimals}."),
        N_("Write {nearest}: things are counted in whole numbers here."),
    ),
    "number-dot-decimal": Kind(
        ERROR, N_("“{value}” has a decimal point; here decimals take a comma"), N_("Write {suggestion}.")
    ),
    "not-a-number": Kind(
        ERROR,
        N_("“{value}” is not a number"),
        N_("Write one number alone, such as 1234,5; leave the cell empty when there is none."),
    ),
    "number-too-long": Kind(ERROR, N_("“{value}” has too many digits"), _CHECK),
    "not-finite": Kind(ERROR, N_("“{value}” is not a number"), N_("Leave it empty when there is no figure.")),
    "date-not-number": Kind(
        ERROR,
        N_("the cell holds a date or time ({value}), not a number"),
        N_("Set the cell's format to General and write the number again."),
    ),
    "percent-sign": Kind(
        ERROR, N_("“{value}”: a percent sign does not belong to this figure"), N_("Write {suggestion}.")
    ),
    "percent-format": Kind(
        ERROR,
        N_("the cell is formatted as a percentage ({value}), but this figure is not a percentage"),
        N_("Set the cell's format to General and write the number again."),
    ),
    "percent-over-one": Kind(
        ERROR,
        N_("the cell holds {written} formatted as a percentage, so it shows {value}"),
        N_("For {written} percent, set the cell's format to General and write {written}."),
    ),
    "above-100": Kind(ERROR, N_("{value} is more than 100 percent"), _CHECK),
    "negative": Kind(ERROR, N_("{value} is negative, which this figure cannot be"), _CHECK),
    "below-range": Kind(ERROR, N_("{value} is less than {bound}, the least this figure can be"), _CHECK),
    "above-range": Kind(ERROR, N_("{value} is more than {bound}, the most this figure can be"), _CHECK),
    "too-many-decimals": Kind(
        ERROR, N_("{value} has more than {allowed} decimals"), N_("Round it to at most {allowed} decimals.")
    ),
    "part-not-whole": Kind(ERROR, N_("{value} is not a whole number, but whole things are counted"), _CHECK),
    "count-not-whole": Kind(
        ERROR,
        N_("{value} is not a whole number, but whole things are counted"),
        N_("Write the whole number that its document states; a part of a thing is not counted."),
    ),
    "part-decimals": Kind(
        ERROR, N_("{value} has more than {allowed} decimals"), N_("Write it with at most {allowed} decimals.")
    ),
    "words-behind-number": Kind(
        ERROR,
        N_("“{words}” in “{value}” is not the unit of this figure, which is {unit}"),
        N_("Write the number alone, in {unit}."),
    ),
    "number-in-powers": Kind(
        ERROR,
        N_("“{value}” is a number in powers of ten, whose last digits may be lost"),
        N_("Write the number with all its digits; in Excel, set the cell's format to General first."),
    ),
    "count-in-value": Kind(
        ERROR,
        N_("“{value}” counts {words}, but a percentage stands here"),
        N_("Write it under “Numerator” and the whole under “Denominator”; or the percentage here."),
    ),
    "date-not-share": Kind(
        ERROR,
        N_("the cell holds a date ({value}), not a percentage: a spreadsheet makes one of what is typed as 5/6"),
        N_(
            "Set the cell's format to General, and write the percentage, or numerator and denominator in their own cells."
        ),
    ),
    "too-large": Kind(
        ERROR,
        N_("{value} is too large; less than {limit} is expected"),
        N_("Check the figure and its unit."),
    ),
    "numerator-over-denominator": Kind(
        ERROR,
        N_("the numerator {value} is larger than the denominator {denominator}"),
        N_("Check both; perhaps they were swapped."),
    ),
    "denominator-missing": Kind(ERROR, N_("the numerator {value} has no denominator"), _BOTH_PARTS),
    "numerator-missing": Kind(ERROR, N_("the denominator {value} has no numerator"), _BOTH_PARTS),
    "share-below-one": Kind(
        ERROR,
        N_(
            "{value} can be meant as {percent} percent or, of 1, as {hundredfold} percent; it is not used until confirmed"
        ),
        N_("Write {clear}, or {percent}% with its sign, or give numerator and denominator."),
    ),
    "share-counted-below-one": Kind(
        WARNING,
        N_("{value} comes to {percent} percent, less than 1"),
        N_("Check that both are in the same unit; if so, write the percentage {percent}% beside them as well."),
    ),
    "comma-two-readings": Kind(
        ERROR,
        N_(
            "{value} in {counted} can be meant as {thousands} or as {decimals}, with decimals; it is not used until confirmed"
        ),
        N_(
            "Write {thousands} without a mark; or, if {counted} is right and comes to {percent} percent, write {percent}%"
            " beside both."
        ),
    ),
    "zero-denominator": Kind(
        ERROR,
        N_("the denominator is 0"),
        N_("Check it; when there is nothing to count, say so where the form asks whether there is any."),
    ),
    "percent-disagrees": Kind(
        ERROR,
        N_("the percentage {value} does not agree with {counted}"),
        N_("Check all three; numerator and denominator alone are enough."),
    ),
    "figure-typed-over": Kind(
        ERROR,
        N_("“{value}” stands in the column “{computed}”, which the form works out for itself; it was not read"),
        N_("Enter the figure in the columns for it (Giá trị; or Tử số and Mẫu số), and clear this cell."),
    ),
    "parts-unused": Kind(
        WARNING,
        N_("{value} was not read: this figure has no numerator or denominator"),
        N_("Clear the cell."),
    ),
    "value-missing": Kind(
        ERROR,
        N_("{value} stands under numerator or denominator, but this figure has only a value"),
        N_("Write the figure under “Giá trị”."),
    ),
    # --- answers
    "answer-unknown": Kind(
        ERROR,
        N_("“{value}” is not one of the answers"),
        N_("Answer one of: {allowed}."),
        N_("Answer one of: {allowed}. Did you mean “{nearest}”?"),
    ),
    "answer-a-mark": Kind(
        ERROR,
        N_("“{value}” is a mark, with which one person says yes, and another no or a number"),
        N_("Answer in words: {allowed}."),
    ),
    "answer-two-readings": Kind(
        ERROR,
        N_("“{value}” can mean that the answer is no, that it is not known yet, or that there is nothing of the kind"),
        N_("Answer one of: {allowed}; leave the cell empty while it is not known."),
    ),
    "answer-several": Kind(
        ERROR,
        N_("“{value}” is several answers in one cell"),
        N_("Keep one of: {allowed}."),
    ),
    "answer-look-alike": Kind(
        WARNING,
        N_("“{value}” has letters that only look like Vietnamese ones; it was read as “{meant}”"),
        N_("Type it again with a Vietnamese keyboard: “{value}” → “{meant}”."),
    ),
    "answer-nearly-met": Kind(
        ERROR,
        N_("“{value}” is not a conclusion: what is basically met is not yet met"),
        N_("Answer one of: {allowed}."),
    ),
    "answer-not-applicable": Kind(
        ERROR,
        N_("“{value}” is not an answer here"),
        N_("{instead}"),
    ),
    "not-applicable-unasked": Kind(
        ERROR,
        N_("“{value}” stands here, but whether there is any (“{question}”) is not answered"),
        N_("Answer that question with Có or Không."),
    ),
    "not-applicable-though-there-is": Kind(
        ERROR,
        N_("“{value}” stands here, but “{question}” is answered Có"),
        N_("Make the two answers agree."),
    ),
    "text-old-encoding": Kind(ERROR, N_("“{value}” looks like TCVN3 (.VnTime) or VNI text"), _COMPOSE),
    # --- the same thing twice
    "repeated": Kind(
        WARNING,
        N_("figures of {commune} for {year} stand here again; equal to those in {other}"),
        N_("Remove one of the two."),
    ),
    "given-twice-differently": Kind(
        ERROR,
        N_("“{value}” here, but “{other_value}” in {other}: neither was taken"),
        N_("Keep the right one, and remove the other."),
    ),
}
