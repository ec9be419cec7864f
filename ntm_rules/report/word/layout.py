"""The sheet of paper that Nghị định 30/2020/NĐ-CP (Annex I) prescribes, on python-docx.

A4; margins top and bottom 20-25 mm, left 30-35 mm, right 15-20 mm; Times New Roman 13-14 pt, black; page numbers at the
top, centred, from the second page on. Lengths are in millimetres, sizes in points.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt
from docx.text.paragraph import Paragraph

from ntm_rules.i18n import current_language
from ntm_rules.office_files import MAKER, without_times
from ntm_rules.report.charts import Picture
from ntm_rules.report.word.footnotes import Footnotes
from ntm_rules.wording.phrases import clipped

FONT = "Times New Roman"
BODY, SMALL, NOTE = 14, 12, 10
"""Sizes of the text, of lists and notes, and of footnotes."""
SHORT_EDGE, LONG_EDGE = 210, 297
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15
PORTRAIT_WIDTH, LANDSCAPE_WIDTH = SHORT_EDGE - LEFT - RIGHT, LONG_EDGE - LEFT - RIGHT
"""How wide a table can be, in millimetres."""
PICTURE_SCALE = 2.0
"""Dots of a picture for each unit of its drawing: sharp in print, small in the file."""
PICTURE_WIDTH = 110
"""Millimetres: its letters can be read, and it finds room on a page that has text already."""
HIGHEST = 200
"""Millimetres: a picture leaves room for its title on the page."""
LONGEST_PROPERTY = 255
"""Letters that a property of a Word file can hold."""
UNBROKEN = re.compile(r"(?<=[≥≤]) (?=\d)|(?<=\d) (?=%)|(?<=điểm) (?=%)|(?<=\d) (?=(?:km|m|ha|hộ|tấn|xã)\b)")
"""A space at which no line ends: within a comparison, and between a number and its unit."""
WORD_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
"""A hyphen within a document's number or a span of years: no line breaks there."""
"""Who the file says last wrote it: as long as it does, no person has."""
LANGUAGE_TAGS = {"vi": "vi-VN", "en": "en-GB"}
_UNFIT = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535, *range(55296, 57344)), "�")


class _Look(NamedTuple):
    """One paragraph style: size, weight, place and the space around it in points."""

    size: float
    bold: bool = False
    italic: bool = False
    align: str = "both"
    before: float = 0
    after: float = 6
    first_line: float = 0
    """Indent of the first line, in millimetres."""
    keep_next: bool = False
    line: float = 1.1


_LOOKS = {
    "Normal": _Look(BODY, first_line=10),
    "Title": _Look(BODY, bold=True, align="center", before=12, after=0, keep_next=True),
    "Subtitle": _Look(BODY, bold=True, align="center", after=6, keep_next=True),
    "Heading 1": _Look(BODY, bold=True, align="left", before=10, after=6, first_line=10, keep_next=True),
    "Heading 2": _Look(BODY, bold=True, align="left", before=6, after=6, first_line=10, keep_next=True),
    "Heading 3": _Look(BODY, bold=True, italic=True, align="left", before=4, after=4, first_line=10, keep_next=True),
    "Caption": _Look(13, bold=True, align="center", before=6, after=4, keep_next=True),
    "List Paragraph": _Look(BODY, after=4, first_line=10),
    "No Spacing": _Look(13, align="center", after=0, line=1),
    "Header": _Look(13, align="center", after=0, line=1),
    "Footer": _Look(10, italic=True, align="center", after=0, line=1),
}
_ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def fit(text: str) -> str:
    """Return a text as a file of Word can hold it: composed, and a sign in place of each character that XML forbids.

    >>> fit("Xa\\u0303\\x00 m\\u01b0\\u01a1\\u0300i")
    'Xã� mười'
    """
    return unicodedata.normalize("NFC", text).translate(_UNFIT)


class Paper:
    """A paper being written, portrait until told otherwise."""

    def __init__(self, title: str, *, foot: Sequence[str] = ()) -> None:
        """Start a paper; `foot` stands at the foot of every page."""
        self.document = Document()
        self._tables = 0
        self._footnotes: Footnotes | None = None
        self._language = LANGUAGE_TAGS[current_language()]
        self._set_styles()
        self._set_properties(title)
        self._foot = " · ".join(foot)
        section = self.document.sections[0]
        self._set_page(section, landscape=False)
        section.different_first_page_header_footer = True
        section.first_page_header.is_linked_to_previous = False
        _number(section.header.paragraphs[0])
        for footer in (section.footer, section.first_page_footer):
            self.say(footer.paragraphs[0], self._foot)

    @property
    def body(self) -> Any:
        """The element that holds paragraphs and tables."""
        return self.document.element.body

    def add(
        self, text: str, style: str = "Normal", *, align: str = "", bold: bool = False, italic: bool = False
    ) -> Any:
        """Add a paragraph."""
        paragraph = styled(self.document.add_paragraph(), style)
        run = self.say(paragraph, text)
        if bold:
            run.bold = True
        if italic:
            run.italic = True
        if align:
            paragraph.alignment = _ALIGNMENTS[align]
            paragraph.paragraph_format.first_line_indent = Mm(0)
        return paragraph

    def heading(self, text: str, level: int = 1, *, align: str = "") -> None:
        """Add a heading that stays with what follows it."""
        self.add(text, f"Heading {level}", align=align)

    def item(self, text: str, lead: str = "") -> Paragraph:
        """Add one item of a list, after a dash; `lead` stands in bold before it."""
        paragraph: Paragraph = styled(self.document.add_paragraph(), "List Paragraph")
        self.say(paragraph, "- ")
        if lead:
            self.say(paragraph, f"{lead} ").bold = True
        self.say(paragraph, text)
        return paragraph

    def hint(self, text: str) -> None:
        """Add words to the person who completes the paper, kept with the lines to write on."""
        self.add(text, italic=True).paragraph_format.keep_with_next = True

    def remark(self, text: str) -> None:
        """Add a remark below a table, in small letters."""
        self.add(text, "No Spacing", align="both", italic=True)

    def dots(self, lines: int = 2) -> None:
        """Add lines of dots for a person to write on, which stay with what follows, so no signature stands alone."""
        for _line in range(lines):
            paragraph = self.add("\t", align="left")
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.tab_stops.add_tab_stop(
                Mm(PORTRAIT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
            )

    def picture(self, chart: Picture | None, width: float = PICTURE_WIDTH) -> None:
        """Add a picture under its title, with its words for those who do not see it; nothing where there is none.

        `width` in millimetres.
        """
        if chart is None:
            return
        self.add(chart.title, "Caption")
        paragraph = styled(self.document.add_paragraph(), "No Spacing")
        shape = paragraph.add_run().add_picture(io.BytesIO(chart.png(PICTURE_SCALE)), width=Mm(width))
        if shape.height > Mm(HIGHEST):
            shape.width, shape.height = Emu(int(shape.width * Mm(HIGHEST) / shape.height)), Mm(HIGHEST)
        shape._inline.docPr.set("descr", fit(chart.alternative))
        paragraph.paragraph_format.space_after = Pt(6)

    def footnote(self, paragraph: Paragraph, text: str) -> None:
        """Add a footnote whose mark ends a paragraph."""
        if self._footnotes is None:
            self._footnotes = Footnotes(self.document)
        paragraph._p.append(self._footnotes.add(fit(text), FONT, NOTE))

    def next_table(self) -> int:
        """Return the number of the next table; only what is written is numbered."""
        self._tables += 1
        return self._tables

    def turn(self, *, landscape: bool) -> None:
        """Begin a section on a new page, upright or across; page numbers go on."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
        self._set_page(section, landscape=landscape)

    def bytes(self) -> bytes:
        """Return the file; the same paper gives the same bytes."""
        stream = io.BytesIO()
        self.document.save(stream)
        return without_times(stream.getvalue())

    # --- how it is set up

    @staticmethod
    def say(paragraph: Paragraph, text: str) -> Any:
        """Add a text to a paragraph as a run of its own, and return that; no word breaks at its hyphen, no number from its unit."""
        run = paragraph.add_run()
        for at, part in enumerate(WORD_HYPHEN.split(UNBROKEN.sub("\N{NO-BREAK SPACE}", fit(text)))):
            if at:
                run._r.append(OxmlElement("w:noBreakHyphen"))
            run.add_text(part)
        return run

    @staticmethod
    def _set_page(section: Any, *, landscape: bool) -> None:
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        width, height = (LONG_EDGE, SHORT_EDGE) if landscape else (SHORT_EDGE, LONG_EDGE)
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
        section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
        section.header_distance = section.footer_distance = Mm(10)

    def _set_properties(self, title: str) -> None:
        properties = self.document.core_properties
        properties.title, properties.language = clipped(fit(title), LONGEST_PROPERTY), self._language
        properties.author = properties.last_modified_by = MAKER
        properties.comments = properties.keywords = properties.subject = ""
        properties.revision = 1

    def _set_styles(self) -> None:
        styles = self.document.styles
        defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        for old in list(defaults):
            defaults.remove(old)
        _fonts(defaults, BODY)
        language = OxmlElement("w:lang")
        for name in ("val", "eastAsia", "bidi"):
            language.set(qn(f"w:{name}"), self._language)
        defaults.append(language)
        for name, look in _LOOKS.items():
            _restyle(styles[name].element, look)


def styled(paragraph: Any, style: str) -> Any:
    """Give a paragraph a style of Word's own by its id; by its name python-docx looks through all of them each time."""
    paragraph._p.style = None if style == "Normal" else style.replace(" ", "")
    return paragraph


def _restyle(style: Any, look: _Look) -> None:
    """Give a style of Word's own this look and nothing else; its level in the outline stays."""
    rank = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    for old in (style.find(qn("w:rPr")), style.find(qn("w:pPr"))):
        if old is not None:
            style.remove(old)
    paragraph, run = style.get_or_add_pPr(), style.get_or_add_rPr()
    if look.keep_next:
        paragraph.append(OxmlElement("w:keepNext"))
    spacing = OxmlElement("w:spacing")
    for name, value in (("before", look.before * 20), ("after", look.after * 20), ("line", look.line * 240)):
        spacing.set(qn(f"w:{name}"), str(int(value)))
    spacing.set(qn("w:lineRule"), "auto")
    indent = OxmlElement("w:ind")
    indent.set(qn("w:firstLine"), str(int(Mm(look.first_line).twips)))
    place = OxmlElement("w:jc")
    place.set(qn("w:val"), look.align)
    for element in (spacing, indent, place):
        paragraph.append(element)
    if rank is not None:
        paragraph.append(rank)
    _fonts(run, look.size, bold=look.bold, italic=look.italic)


def _fonts(run: Any, size: float, *, bold: bool = False, italic: bool = False) -> None:
    """Write the font for every script; a theme's font would win over a named one, so none is named."""
    fonts = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    run.append(fonts)
    for wanted, names in ((bold, ("w:b", "w:bCs")), (italic, ("w:i", "w:iCs"))):
        for name in names:
            element = OxmlElement(name)
            element.set(qn("w:val"), "1" if wanted else "0")
            run.append(element)
    colour = OxmlElement("w:color")
    colour.set(qn("w:val"), "000000")
    run.append(colour)
    for name in ("w:sz", "w:szCs"):
        element = OxmlElement(name)
        element.set(qn("w:val"), str(int(Pt(size).pt * 2)))
        run.append(element)


def _number(paragraph: Paragraph) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
