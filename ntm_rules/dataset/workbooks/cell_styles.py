"""The styles of a workbook's cells, by their number: what formats and fonts change in what a cell says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree  # type: ignore[import-untyped]  # it has no stubs
from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]  # as above

from ntm_rules.dataset.cells.numbers import RAISED, STRUCK_OUT
from ntm_rules.dataset.workbooks.number_formats import BUILT_IN, GENERAL, NumberFormat, number_format
from ntm_rules.dataset.workbooks.workbook_safety import MOST_IN_A_TREE, FileRefused, Package

DEFAULT_STYLE = b"0"
"""The cell style of a cell that names none."""
MOST_FORMATS = 200_000
"""So many letters all formats of a file have at most; Excel allows some 250 formats of 255."""
_FALSE = frozenset({"0", "false", "off"})


@dataclass(frozen=True, slots=True)
class Styles:
    """What stands out among the cell styles; each is known by its number, as the digits of the file."""

    formats: Mapping[bytes, NumberFormat] = field(default_factory=dict)
    """Number formats under which a person may see another number than the cell holds."""
    fonts: Mapping[bytes, str] = field(default_factory=dict)
    """Struck out, raised or lowered as a whole: the code of the doubt."""
    days: Mapping[bytes, NumberFormat] = field(default_factory=dict)
    """Formats of days, times and spans of time."""


NO_STYLES = Styles()


def styles_of(package: Package, part: str | None) -> Styles:
    """Return the styles of a workbook, from its part of styles; none where it has no such part.

    Raises:
        FileRefused: the part is missing, damaged, or declares entities.
    """
    if part is None or part not in package:
        return NO_STYLES
    known_by = package.known_by(part)
    found = _seen.get(known_by)
    if found is None:
        found = _styles(package.read(part, MOST_IN_A_TREE))
        if len(_seen) < 256:
            _seen[known_by] = found
    if isinstance(found, str):
        raise FileRefused(found, reason=part)
    return found


_seen: dict[tuple[bytes, int], Styles | str] = {}
"""Workbooks made from one form share this part, byte for byte."""


def _styles(xml: bytes) -> Styles | str:
    """Return what a part of styles says, or the code of the problem."""
    try:
        root = ElementTree.fromstring(xml, forbid_dtd=True)
    except DefusedXmlException:
        return "workbook-declares-entities"
    except (ParseError, LookupError, ValueError):
        return "workbook-broken"
    codes = dict(BUILT_IN)
    letters = 0
    for element in (element for group in root if _tag(group) == "numFmts" for element in group):
        if _tag(element) == "numFmt" and element.get("numFmtId", "").strip().isdecimal():
            number = _whole(element.get("numFmtId"))
            codes[number] = element.get("formatCode", GENERAL)
            letters += len(codes[number])
    if letters > MOST_FORMATS:
        return "workbook-broken"
    fonts = [_font_doubt(font) for group in root if _tag(group) == "fonts" for font in group]
    formats: dict[bytes, NumberFormat] = {}
    days: dict[bytes, NumberFormat] = {}
    doubts: dict[bytes, str] = {}
    for group in root:
        if _tag(group) != "cellXfs":
            continue
        for position, style in enumerate(group):
            name = str(position).encode()
            shown = number_format(codes.get(_whole(style.get("numFmtId")), GENERAL))
            if shown.kind != "number":
                days[name] = shown
            elif not shown.plain:
                formats[name] = shown
            font = _whole(style.get("fontId"))
            if font < len(fonts) and fonts[font]:
                doubts[name] = fonts[font]
    return Styles(formats, doubts, days)


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _whole(text: str | None) -> int:
    text = (text or "").strip()
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _font_doubt(font: Element) -> str:
    """Return why what is written in a font is no figure; empty when nothing stands out."""
    return doubt_of({_tag(look): look.get("val", "") for look in font})


def doubt_of(looks: Mapping[str, str]) -> str:
    """Return why what is written with some looks (name -> value, as fonts and runs have them) is no figure.

    >>> doubt_of({"strike": ""}), doubt_of({"vertAlign": "superscript"}), doubt_of({"strike": "0", "b": ""})
    ('struck-out', 'digits-raised', '')
    """
    if "strike" in looks and looks["strike"].strip().lower() not in _FALSE:
        return STRUCK_OUT
    if looks.get("vertAlign", "").strip().lower() in ("superscript", "subscript"):
        return RAISED
    return ""
