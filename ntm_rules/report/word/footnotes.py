"""Footnotes of a paper: the part of a Word file that holds them, which python-docx does not make."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_EMPTY = (
    f"<w:footnotes {nsdecls('w')}>"
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    "</w:footnotes>"
)
_RAISED = '<w:vertAlign w:val="superscript"/>'


class Footnotes:
    """The footnotes of one document, numbered as they are added."""

    def __init__(self, document: Document) -> None:
        """Give the document an empty part for footnotes, with the two lines that every such part has."""
        package = document.part.package
        assert package is not None
        self._element = parse_xml(_EMPTY)
        part = XmlPart(PackURI("/word/footnotes.xml"), _TYPE, self._element, package)
        document.part.relate_to(part, _RELATION)
        self._last = 0

    def add(self, text: str, font: str, size: float) -> Any:
        """Add a footnote; return the run that refers to it, to stand where it belongs. `size` is in points."""
        self._last += 1
        half = int(size * 2)
        look = (
            f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
        )
        self._element.append(
            parse_xml(
                f'<w:footnote {nsdecls("w")} w:id="{self._last}"><w:p><w:pPr><w:pStyle w:val="NoSpacing"/><w:jc w:val="both"/>'
                f"</w:pPr><w:r><w:rPr>{look}{_RAISED}</w:rPr><w:footnoteRef/></w:r><w:r><w:rPr>{look}</w:rPr>"
                f'<w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
            )
        )
        return parse_xml(
            f'<w:r {nsdecls("w")}><w:rPr>{_RAISED}</w:rPr><w:footnoteReference w:id="{self._last}"/></w:r>'
        )
