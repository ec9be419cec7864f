"""What is wrong with text and Parquet files, and with the heads of columns."""

from __future__ import annotations

from ntm_rules.dataset.problem_kinds.kind import COMPOSE, ERROR, WARNING, ProblemKind
from ntm_rules.i18n import N_

KINDS: dict[str, ProblemKind] = {
    # --- text and Parquet files
    "csv-encoding": ProblemKind(
        ERROR,
        N_("the text is not UTF-8 (first strange byte on line {bad_line})"),
        N_("In Excel, choose Save As, “CSV UTF-8 (Comma delimited) (*.csv)”."),
    ),
    "csv-old-encoding": ProblemKind(
        ERROR,
        N_("the text is in {encoding}, not in UTF-8 (first such byte on line {bad_line}); none of it was read"),
        N_(
            "Open it as {encoding}; what is typed in TCVN3 or VNI convert to Unicode with Unikey (Ctrl+Shift+F6). Then in"
            " Excel choose Save As, “CSV UTF-8 (Comma delimited) (*.csv)”."
        ),
    ),
    "csv-typed-in-old-encoding": ProblemKind(
        ERROR,
        N_("no header row was found: the first line, “{value}”, is typed in {encoding}, not in Unicode"),
        N_("Convert the texts to Unicode with Unikey (Ctrl+Shift+F6), then save as “CSV UTF-8”."),
    ),
    "csv-nul-bytes": ProblemKind(
        ERROR,
        N_(
            "NUL bytes stand here, which no text holds: the file is damaged, or in another encoding; none of it was read"
        ),
        N_("In Excel, choose Save As, “CSV UTF-8 (Comma delimited) (*.csv)”; if it does not open, ask for a new copy."),
    ),
    "quote-swallows-rows": ProblemKind(
        ERROR,
        N_("a quotation mark opens here and is closed only on line {last}, with rows between; they were not read"),
        N_('Remove the quotation mark, or double it inside a text ("ban ""A"""), then run again.'),
    ),
    "words-are-digits": ProblemKind(
        ERROR,
        N_("the column for words “{words}” holds only digits ({value}), so a figure may have moved; not read"),
        N_('Put figures with a decimal comma in double quotes ("50,4"), and write documents and notes in words.'),
    ),
    "own-results": ProblemKind(
        WARNING,
        N_("these are results of this program, not reports; they were not read"),
        N_("Keep results in a folder of their own."),
    ),
    "second-table": ProblemKind(
        ERROR,
        N_("a second header stands here; it and everything below it were not read"),
        N_("Put each table on a sheet, or in a file, of its own."),
    ),
    "said-twice": ProblemKind(
        ERROR,
        N_("above the form stand both “{other_value}” and “{value}” for the same thing; the sheet was not read"),
        N_("Keep the right one."),
    ),
    "sheet-without-header": ProblemKind(
        ERROR,
        N_("the sheet holds ids of measures but no header row that can be read; it was not read"),
        N_("Write the header row as in the form: “Mã số liệu, Giá trị, Tử số, Mẫu số, …”."),
    ),
    "figures-perhaps-planned": ProblemKind(
        WARNING,
        N_(
            "“{value}” says that figures here may be planned, expected or of a part of the year; they were read all the same"
        ),
        N_("Take them out if they are not what was achieved in the whole year; else change the name or title."),
    ),
    "table-without-year": ProblemKind(
        ERROR,
        N_("the table has no column “{lacking}”, so it cannot be told of which year its figures are; none was read"),
        N_("Add a column headed “{lacking}” with the year in every row; a year in the title above is not enough."),
    ),
    "table-without-commune": ProblemKind(
        ERROR,
        N_("the table has no column “{lacking}”, so it cannot be told whose its figures are; none was read"),
        N_("Add a column headed “{lacking}” with the commune's name or code in every row."),
    ),
    "row-too-long": ProblemKind(
        ERROR,
        N_("the row has {cells} cells under {headings} headings, so figures have moved; it was not read"),
        N_('Put figures with a decimal comma, and texts with commas, in double quotes: "82,5".'),
    ),
    "row-too-short": ProblemKind(
        ERROR,
        N_("the row has only {cells} cells under {headings} headings, so figures may have moved; it was not read"),
        N_("Check that no separator is missing in it; write one for each blank cell too."),
    ),
    "csv-broken": ProblemKind(
        ERROR,
        N_("the line cannot be split into columns ({reason}); nothing after it was read"),
        N_("Check the quotation marks on this line and the ones before it."),
    ),
    "csv-without-header": ProblemKind(
        ERROR,
        N_("no header row was found; the first line reads “{value}”"),
        N_("Start with a header: commune_code,commune,year,measure,value,… or one column for each measure."),
    ),
    "parquet-broken": ProblemKind(ERROR, N_("the Parquet file is damaged ({reason})"), N_("Write it again.")),
    "parquet-float32": ProblemKind(
        ERROR,
        N_("column “{value}” holds 32-bit floats, which cannot hold figures exactly; nothing in it was read"),
        N_("Write the column as decimal, double or text."),
    ),
    "parquet-type": ProblemKind(
        ERROR,
        N_("column “{value}” is of type {type}, which holds no figures; nothing in it was read"),
        N_("Write the column as decimal, double or text."),
    ),
    "bytes-not-text": ProblemKind(
        ERROR, N_("the cell holds bytes that are no UTF-8 text ({value})"), N_("Write the column as text, in UTF-8.")
    ),
    # --- header rows
    "column-unknown": ProblemKind(
        WARNING,
        N_("column “{value}” is not known and was not read"),
        N_("Remove the column, or give it a known name."),
        N_("Did you mean “{nearest}”?"),
    ),
    "column-of-figures-unknown": ProblemKind(
        ERROR,
        N_("column “{value}” is not known, so the figures in it, such as “{figure}”, were not read"),
        N_("Give the column the id or the exact label of its figure; remove it if nobody needs it here."),
        N_("Did you mean “{nearest}”?"),
    ),
    "column-of-figures-unused": ProblemKind(
        ERROR,
        N_(
            "column “{value}” does not belong to this kind of table, so the figures in it, such as “{figure}”, were not read"
        ),
        N_("Use one kind of table: a row for each figure, or a column for each figure."),
    ),
    "heading-not-understood": ProblemKind(
        ERROR,
        N_(
            "of the heading “{value}” the words “{words}” are neither a unit of this figure nor “Value”, “Numerator” or"
            " “Denominator”; nothing in the columns of this figure was read"
        ),
        N_("Write “Tử số”, “Mẫu số” or “Tỷ lệ (%)” under the heading, or the heading alone."),
    ),
    "figures-without-heading": ProblemKind(
        ERROR,
        N_("figures stand in a column without heading, here “{value}”; nothing in it was read"),
        N_("Give the column a heading, or move these figures out of the sheet."),
    ),
    "figures-beside-heading": ProblemKind(
        ERROR,
        N_(
            "figures stand in a column without heading, here “{value}”, beside those under “{title}” and perhaps parts of"
            " them; the figures of neither column were read"
        ),
        N_("Give each column its own heading, such as “Tử số” and “Mẫu số”, and do not merge headings."),
    ),
    "column-perhaps-a-part": ProblemKind(
        ERROR,
        N_(
            "column “{value}” stands beside “{title}” and may hold a part of its figures (such as “{figure}”); neither of the"
            " two was used"
        ),
        N_(
            "Give each column its own heading: “<id>__numerator”, “<id>__denominator”, or “Tử số” and “Mẫu số” under one."
        ),
    ),
    "heading-of-another-year": ProblemKind(
        ERROR,
        N_("the heading “{value}” says {said}, but the figures are reported for {year}; none under it was read"),
        N_("Put the figures of each year under their own year, and leave the year out of headings."),
    ),
    "column-old-encoding": ProblemKind(
        ERROR, N_("column “{value}” looks like TCVN3 (.VnTime) or VNI text and was not read"), COMPOSE
    ),
    "column-twice": ProblemKind(
        ERROR, N_("column “{value}” stands here twice; neither was read"), N_("Keep the right one.")
    ),
    "column-unused": ProblemKind(
        WARNING,
        N_("column “{value}” does not belong to this kind of table; nothing in it was read"),
        N_("Use one kind of table: a row for each figure, or a column for each figure."),
    ),
    "column-without-value": ProblemKind(
        ERROR,
        N_("column “{value}” has no column “{needed}” beside it and was not read"),
        N_("Add the missing column."),
    ),
}
