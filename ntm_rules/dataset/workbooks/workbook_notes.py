"""What lies on the sheets of a workbook beside what cells hold: notes, pictures, charts and boxes of text, formulas."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree  # type: ignore[import-untyped]  # it has no stubs
from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]  # as above

from ntm_rules.dataset.workbooks.package_parts import parts_of
from ntm_rules.dataset.workbooks.workbook_safety import FileRefused, Package

_COMMENTS, _DRAWING = "/comments", "/drawing"
"""How the types of these relations end, in every edition of the format."""


class SheetNote(NamedTuple):
    """A note at a cell."""

    sheet: str
    cell: str
    author: str
    text: str


def notes_of(package: Package) -> Iterator[SheetNote]:
    """Yield every note of a workbook, sheet by sheet.

    Raises:
        FileRefused: a part of it is damaged or declares entities.
    """
    for sheet, part in ((one.name, one.part) for one in parts_of(package).sheets):
        for kind, target in _relations(package, part):
            if kind.endswith(_COMMENTS) and target in package:
                root = _parsed(package, target)
                authors = ["".join(author.itertext()) for author in _within(root, "author")]
                for comment in _within(root, "comment"):
                    at = comment.get("authorId", "")
                    author = authors[int(at)] if at.isdecimal() and int(at) < len(authors) else ""
                    text = "".join("".join(run.itertext()) for run in _within(comment, "t"))
                    yield SheetNote(sheet, comment.get("ref", ""), author, text.strip())


def sheets_with_drawings(package: Package) -> set[str]:
    """Return the sheets on which pictures, charts, shapes or boxes of text lie.

    Raises:
        FileRefused: a part of the workbook is damaged or declares entities.
    """
    return {
        sheet
        for sheet, part in ((one.name, one.part) for one in parts_of(package).sheets)
        if any(kind.endswith(_DRAWING) for kind, _target in _relations(package, part))
    }


def formula_cells(package: Package) -> dict[str, set[str]]:
    """Return the cells that hold a formula, by sheet.

    Raises:
        FileRefused: a part of the workbook is damaged or declares entities.
    """
    return {
        one.name: {
            cell.get("r", "")
            for cell in _within(_parsed(package, one.part), "c")
            if next(_within(cell, "f"), None) is not None
        }
        for one in parts_of(package).sheets
        if one.part in package
    }


def _relations(package: Package, part: str) -> list[tuple[str, str]]:
    """Return the types and targets of what a part refers to inside the workbook."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in package:
        return []
    return [
        (
            relation.get("Type", ""),
            posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
        )
        for relation in _within(_parsed(package, relations), "Relationship")
        if relation.get("TargetMode") != "External"
    ]


def _within(element: Element, name: str) -> Iterator[Element]:
    return (one for one in element.iter() if one.tag.rpartition("}")[2] == name)


def _parsed(package: Package, part: str) -> Element:
    try:
        root: Element = ElementTree.fromstring(package.read(part), forbid_dtd=True)
    except DefusedXmlException as error:
        raise FileRefused("workbook-declares-entities") from error
    except ParseError as error:
        raise FileRefused("workbook-broken", reason=part) from error
    return root
