"""The components of an official paper (Nghị định 30/2020/NĐ-CP, Điều 8), as an unsigned draft has them.

Number, day, name and signature stay blank: the competent person gives them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ntm_rules.i18n import _
from ntm_rules.report.word.layout import PORTRAIT_WIDTH, SMALL, Paper, styled

LEFT_WIDTH = 72
"""Millimetres for the body that issues the paper; the rest is for the national title."""
BLANK = "…" * 12


class Issuer(NamedTuple):
    """Who is to issue a paper: the lines of its name, the body above it, its sign and its place."""

    name: Sequence[str]
    superior: str = ""
    """The body above, in words; a dotted line where neither the set nor the law of the paper names one."""
    has_superior: bool = True
    sign: str = ""
    """What follows the type of the paper in its number ("UBND"); dots where it is not known."""
    place: str = ""
    signer: Sequence[str] = ()


def people_s_committee(unit: str, place: str) -> Issuer:
    """Return a commune-level People's Committee as issuer; `unit` is its full name ("Xã Bum Nưa")."""
    name = _("PEOPLE'S COMMITTEE")
    signer = (_("ON BEHALF OF THE PEOPLE'S COMMITTEE"), _("CHAIRPERSON"))
    return Issuer((name, unit.upper()), has_superior=False, sign="UBND", place=place, signer=signer)


def agency_as_issuer(name: str, place: str, superior: str = "") -> Issuer:
    """Return an agency as issuer; its sign and its signer are left for it to write."""
    return Issuer((name.upper(),), superior=superior.upper(), place=place)


def draft_words() -> str:
    """Return the words that stand on every page of a draft."""
    return _("DRAFT - not signed, not numbered")


def add_head(paper: Paper, issuer: Issuer, *, letter_about: str = "", kind: str = "BC") -> None:
    """Add the head: the issuing body, the national title and motto, number, place and day.

    A letter (công văn) has no type and no title: what it is about stands below its number. `kind`: the sign of the paper's
    type in its number; empty: it has none.
    """
    table = paper.document.add_table(rows=2, cols=2)
    widths = (LEFT_WIDTH, PORTRAIT_WIDTH - LEFT_WIDTH)
    _widths(table, widths)
    left, right = table.rows[0].cells
    above = [issuer.superior or BLANK] if issuer.has_superior else []
    names = list(issuer.name or (BLANK,))
    lines = [(text, False) for text in above] + [(text, True) for text in names]
    for text, bold in lines:
        _line(left, text, 12, bold=bold)
    _rule(left, (widths[0] - 24) / 2)
    _line(right, _("SOCIALIST REPUBLIC OF VIET NAM"), 12, bold=True)
    _line(right, _("Independence - Freedom - Happiness"), 14, bold=True)
    _rule(right, (widths[1] - 64) / 2)
    left, right = table.rows[1].cells
    if letter_about:
        _line(left, _("No.:        /{sign}", sign=f"{issuer.sign or '………'}-………"), 13)
        _line(left, _("About: {about}", about=letter_about), 12)
    elif kind == "BC":
        _line(left, _("No.:        /BC-{sign}", sign=issuer.sign or "………"), 13)
    elif kind:
        _line(left, _("No.:        /{sign}", sign=f"{kind}-{issuer.sign or '………'}"), 13)
    _line(left, draft_words(), 12, bold=True)
    year = "20…"
    _line(right, _("{place}, day      month      year {year}", place=issuer.place or BLANK, year=year), 14, italic=True)
    for cell in (left, right, *table.rows[0].cells):
        cell._tc.remove(cell._tc.p_lst[0])


def add_title(paper: Paper, kind: str, about: str) -> None:
    """Add the type of the paper and what it is about, with the short line below."""
    paper.add(kind, "Title")
    paper.add(about, "Subtitle")
    _ruled(paper.add("", "No Spacing"), (PORTRAIT_WIDTH - 50) / 2)


def add_addressees(paper: Paper, names: Sequence[str]) -> None:
    """Add to whom a paper is sent; a line of dots where nobody is known."""
    if len(names) <= 1:
        paper.add(_("To: {name}", name=next(iter(names), BLANK)), align="center").paragraph_format.space_before = Pt(6)
        return
    paper.add(_("To:"), align="left").paragraph_format.left_indent = Mm(30)
    for at, name in enumerate(names, 1):
        paragraph = paper.add(f"- {name}{'.' if at == len(names) else ';'}", align="left")
        paragraph.paragraph_format.left_indent = Mm(42)


def add_closing(paper: Paper, issuer: Issuer, recipients: Sequence[str] = ()) -> None:
    """Add the recipients, to be completed, and the place for the signature."""
    left, right = _below(paper)
    _line(left, _("Recipients:"), SMALL, bold=True, italic=True, align="left")
    for text in (*recipients, f"{BLANK}", f"{BLANK}"):
        _line(left, f"- {text};", 11, align="left")
    _line(left, "- " + _("Archives: office, {dots}.", dots="………"), 11, align="left")
    for text in issuer.signer or (_("(Authority and post of the signer)"),):
        _line(right, text, 14, bold=True)
    _room(left, right)


def add_signers(paper: Paper, first: str, second: str, hint: str = "") -> None:
    """Add the places for two signatures beside each other; an empty one is nobody's. `hint`: how to sign, where not as usual."""
    cells = _below(paper)
    for cell, post in zip(cells, (first, second), strict=True):
        _line(cell, post, 14, bold=True)
        if post:
            _line(cell, hint or _("(Signature, full name)"), 12, italic=True)
    _room(*cells)


def _below(paper: Paper) -> tuple[Any, Any]:
    """Return two cells beside each other at the end of a paper, kept on one page."""
    paper.add("", "No Spacing").paragraph_format.keep_with_next = True
    table = paper.document.add_table(rows=1, cols=2)
    _widths(table, (PORTRAIT_WIDTH / 2, PORTRAIT_WIDTH / 2))
    left, right = table.rows[0].cells
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return left, right


def _room(left: Any, right: Any) -> None:
    """Leave room for a signature, and take away the paragraph that a cell begins with."""
    for _blank in range(4):
        _line(right, "", 14)
    for cell in (left, right):
        cell._tc.remove(cell._tc.p_lst[0])


def _widths(table: Any, widths: Sequence[float]) -> None:
    """Set the widths of a table's columns, in millimetres, for the programs that read them in either place."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _line(
    cell: Any, text: str, size: float, *, bold: bool = False, italic: bool = False, align: str = "center"
) -> None:
    paragraph = styled(cell.add_paragraph(), "No Spacing")
    if align == "left":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    run = Paper.say(paragraph, text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _rule(cell: Any, indent: float) -> None:
    _ruled(styled(cell.add_paragraph(), "No Spacing"), indent)


def _ruled(paragraph: Any, indent: float) -> None:
    """Draw a line over an empty paragraph, `indent` millimetres in from either side."""
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm(indent)
    shape.space_before, shape.space_after = Pt(1), Pt(6)
    shape.line_spacing = Pt(4)
    properties = paragraph._p.get_or_add_pPr()
    border = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    border.append(top)
    properties.insert_element_before(
        border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
