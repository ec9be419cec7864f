"""Tables of a paper: fixed widths, a head that repeats on every page, rows that no page breaks apart.

Written as XML at once: a province's tables have thousands of cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.report.tables.table import SAME, Column, Kind, RowRole, Table, words_of
from ntm_rules.report.word.layout import PORTRAIT_WIDTH, WORD_HYPHEN, Paper, fit

WORD_SLASH = re.compile(r"(?<=[^\W\d_]{2})/(?=[^\W\d_]{2})")
"""A slash between words ("đồng/người/năm"): a narrow column may break there."""
LONG = 600
"""Letters of a text for which no page may have room left."""
LONG_LABELS = (Verdict.NO_TARGET, Verdict.NOT_APPLICABLE)
"""Verdicts whose label needs a wider column."""
HEAD_SHADE, SECTION_SHADE = "E7EEF7", "F2F2F2"
_BORDERS = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def add_captioned(
    paper: Paper, title: str, table: Table, *, width: float = PORTRAIT_WIDTH, size: float = 11.5, together: bool = False
) -> None:
    """Add a table below its title."""
    paper.add(title, "Caption")
    add_table(paper, title, table, width=width, size=size, together=together)


def add_table(
    paper: Paper, title: str, table: Table, *, width: float = PORTRAIT_WIDTH, size: float = 11.5, together: bool = False
) -> None:
    """Add a table, its columns stretched or shrunk alike to fill `width` millimetres.

    `title` describes it to those who do not see it, `size` is that of its letters in points. A short table is kept
    `together` on one page; a row goes on overleaf only where a text of it is very long.
    """
    factor = width / sum(table.widths)
    table = table.wide(*(column * factor for column in table.widths))
    element = parse_xml("".join(_table(table, title, size, together=together)))
    paper.body.insert_element_before(element, "w:sectPr")
    gap = paper.add("", "No Spacing")
    gap.paragraph_format.line_spacing = 0.5


def verdict_widths(width: float) -> list[float]:
    """Return the widths of columns that count verdicts: a little more for the long labels."""
    return [width + 2 * (verdict in LONG_LABELS) for verdict in LEGEND_ORDER]


def _table(table: Table, title: str, size: float, *, together: bool) -> Iterator[str]:
    widths = [_twips(width) for width in table.widths]
    yield (
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="57" w:type="dxa"/><w:bottom w:w="20" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'
        '</w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        f' w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val={quoteattr(fit(title))}/></w:tblPr><w:tblGrid>'
    )
    yield "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield "</w:tblGrid>"
    yield from _head(table.columns, size)
    if not table.rows:
        across = f'<w:gridSpan w:val="{len(widths)}"/>'
        yield f"<w:tr>{_cell(_('none'), sum(widths), 'left', size, italic=True, more=across)}</w:tr>"
    for n, (row, below) in enumerate(zip_longest(table.rows, table.rows[1:])):
        role, words = table.role(n), [words_of(cell) for cell in row]
        yield "<w:tr>" if any(len(text) > LONG for text in words) else "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        for at, (column, width, text) in enumerate(zip(table.columns, widths, words, strict=True)):
            begins = below is not None and below[at] is SAME
            yield _cell(
                text,
                width,
                "left" if column.kind is Kind.TEXT else "center",
                size,
                bold=role in (RowRole.HEADING, RowRole.STRONG),
                italic=role is RowRole.PART,
                shade=SECTION_SHADE if role is RowRole.HEADING else "",
                more="<w:vMerge/>" if row[at] is SAME else '<w:vMerge w:val="restart"/>' if begins else "",
                keep=role is RowRole.HEADING or (together and below is not None),
            )
        yield "</w:tr>"
    yield "</w:tbl>"


def _head(columns: Sequence[Column], size: float) -> Iterator[str]:
    two = any(column.over for column in columns)
    if two:
        yield "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
        for over, found in groupby(columns, key=lambda column: column.over):
            together = list(found)
            if over:
                width = sum(_twips(column.width) for column in together)
                yield _headed(over, width, size, more=f'<w:gridSpan w:val="{len(together)}"/>')
            else:
                for column in together:
                    yield _headed(column.head, _twips(column.width), size, more='<w:vMerge w:val="restart"/>')
        yield "</w:tr>"
    yield "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    for column in columns:
        under = two and not column.over
        more = "<w:vMerge/>" if under else ""
        yield _headed("" if under else column.head, _twips(column.width), size, more=more)
    yield "</w:tr>"


def _headed(text: str, width: int, size: float, more: str = "") -> str:
    return _cell(text, width, "center", size - 1, bold=True, shade=HEAD_SHADE, more=more, middle=True, keep=True)


def _cell(
    text: str,
    width: int,
    align: str,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    shade: str = "",
    more: str = "",
    middle: bool = False,
    keep: bool = False,
) -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    stand = '<w:vAlign w:val="center"/>' if middle else ""
    half = int(size * 2)
    look = f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    look = ("<w:b/><w:bCs/>" if bold else "") + ("<w:i/><w:iCs/>" if italic else "") + look
    properties = (
        '<w:pPr><w:pStyle w:val="NoSpacing"/>'
        + ("<w:keepNext/>" if keep else "")
        + f'<w:jc w:val="{align}"/><w:rPr>{look}</w:rPr></w:pPr>'
    )
    paragraphs = "".join(
        f"<w:p>{properties}<w:r><w:rPr>{look}</w:rPr>{_text(line)}</w:r></w:p>" if line else f"<w:p>{properties}</w:p>"
        for line in fit(text).split("\n")
    )
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}{fill}{stand}</w:tcPr>{paragraphs}</w:tc>'


def _text(line: str) -> str:
    """Return a line whose words break at no hyphen, and whose units may break after a slash rather than within a word."""
    parts = WORD_HYPHEN.split(WORD_SLASH.sub("/\N{ZERO WIDTH SPACE}", line))
    return "<w:noBreakHyphen/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in parts)


def _twips(millimetres: float) -> int:
    return int(Mm(millimetres).twips)
