"""Which part of a workbook's package is which: found through its relationships, whatever the parts are called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree  # type: ignore[import-untyped]  # it has no stubs
from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]  # as above

from ntm_rules.dataset.files.other_files import kind_of_parts
from ntm_rules.dataset.workbooks.workbook_safety import MOST_IN_A_TREE, FileRefused, Package

ROOT_RELATIONS, CONTENT_TYPES, PROPERTIES = "_rels/.rels", "[Content_Types].xml", "docProps/app.xml"
WORKBOOK = "xl/workbook.xml"
"""Where spreadsheet programs put this part."""
_RELATION_IDS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_WORKBOOK_TYPE = re.compile(
    r"(?i)application/vnd\.(?:openxmlformats-officedocument\.spreadsheetml\.|ms-excel\.).*main\+xml"
)
_TRUE = frozenset({"1", "true", "on"})
_CALCULATING = re.compile(r"(?i)libreoffice|openoffice|collabora|onlyoffice|wps|kingsoft|gnumeric|google|numbers")
"""Programs that calculate, and leave no chain of calculation in the file."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet of a workbook's list."""

    name: str
    part: str
    visible: bool = True
    table: bool = True
    """False for sheets that hold no cells: charts, dialogs, macros."""


@dataclass(frozen=True, slots=True)
class PackageParts:
    """The parts of a workbook that tell what stands in its cells."""

    sheets: tuple[SheetPart, ...]
    styles: str | None
    strings: str | None
    from_1904: bool = False
    """Whether days are counted from 1904."""
    calculated: bool = True
    """Whether a program that calculates has saved it; else a formula's stored 0 may only hold its place."""


@dataclass(frozen=True, slots=True)
class _Relation:
    type: str
    """The last word of its type."""
    part: str
    """Empty when it leads out of the package."""
    target: str


def parts_of(package: Package) -> PackageParts:
    """Return the parts of a workbook.

    Raises:
        FileRefused: the package holds no workbook; or its relationships or its list of sheets make no sense.
    """
    names = package.names()
    root = names, package.known_by(ROOT_RELATIONS), package.known_by(CONTENT_TYPES)
    known = _workbooks_seen.get(root)
    workbook, properties = known or _remember(_workbooks_seen, root, _workbook_part(package))
    relations = _relations_part(workbook)
    shared = tuple(package.known_by(name) for name in (workbook, relations, properties))
    key = names, workbook, shared
    found = _parts_seen.get(key)
    if found is None:
        found = _remember(_parts_seen, key, _parts(package, workbook, relations, properties))
    return found


_Packed = tuple[bytes, int]
_workbooks_seen: dict[tuple[tuple[str, ...], _Packed, _Packed], tuple[str, str]] = {}
_parts_seen: dict[tuple[tuple[str, ...], str, tuple[_Packed, ...]], PackageParts] = {}
"""Workbooks made from one form share these parts, byte for byte."""


_Key = TypeVar("_Key")
_Found = TypeVar("_Found")


def _remember(seen: dict[_Key, _Found], key: _Key, found: _Found) -> _Found:
    if len(seen) < 256:
        seen[key] = found
    return found


def _workbook_part(package: Package) -> tuple[str, str]:
    """Return the part of the workbook itself, by relationship, else by the type of its content; and its properties."""
    related = list(_relations(package, ROOT_RELATIONS, "").values())
    properties = next((one.part for one in related if one.type == "extended-properties" and one.part), PROPERTIES)
    for relation in related:
        if relation.type == "officeDocument" and relation.part in package and _is_workbook(package, relation.part):
            return relation.part, properties
    if CONTENT_TYPES in package:
        for element in _root(package, CONTENT_TYPES):
            name = _inside("", unquote(element.get("PartName", "")))
            if _WORKBOOK_TYPE.fullmatch(element.get("ContentType", "")) and name in package:
                return name, properties
    if WORKBOOK in package:
        return WORKBOOK, properties
    code, name = kind_of_parts(part.lower() for part in package.names())
    raise FileRefused(code or "not-a-workbook", **({"extension": name} if code else {}))


def _is_workbook(package: Package, part: str) -> bool:
    """Tell whether a part is a workbook in XML; a binary one or a text document is none."""
    try:
        return part.lower() == WORKBOOK or _tag(_root(package, part)) == "workbook"
    except FileRefused as refused:
        if refused.code != "workbook-broken":
            raise
        return False


def _relations_part(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def _parts(package: Package, workbook: str, relations: str, properties: str) -> PackageParts:
    related = _relations(package, relations, workbook.rpartition("/")[0])
    root = _root(package, workbook)
    sheets: list[SheetPart] = []
    calculation: Mapping[str, str] | None = None
    from_1904 = False
    for element in _understood(root):
        tag = _tag(element)
        if tag == "workbookPr":
            from_1904 = element.get("date1904", "").lower() in _TRUE
        elif tag == "calcPr":
            calculation = element.attrib
        elif tag == "sheet":
            relation = related.get(
                next((element.get(name, "") for name in _RELATION_IDS if name in element.attrib), "")
            )
            if relation is None or not relation.part:
                raise FileRefused("workbook-broken", reason=workbook)
            table = relation.type in ("worksheet", "")
            name = element.get("name", "")
            sheets.append(SheetPart(name, relation.part, element.get("state", "visible") == "visible", table))
    if len({sheet.name for sheet in sheets}) != len(sheets):
        raise FileRefused("workbook-broken", reason=workbook)
    by_type: dict[str, _Relation] = {}
    for relation in related.values():
        by_type.setdefault(relation.type, relation)
    styles, strings = (by_type.get(name) for name in ("styles", "sharedStrings"))
    return PackageParts(
        tuple(sheets),
        styles.part if styles else None,
        strings.part if strings else None,
        from_1904,
        _is_calculated(calculation, "calcChain" in by_type, _application(package, properties)),
    )


def _is_calculated(calculation: Mapping[str, str] | None, chain: bool, application: str) -> bool:
    if chain or _CALCULATING.search(application):
        return True
    return calculation is not None and calculation.get("fullCalcOnLoad", "").lower() not in _TRUE


def _application(package: Package, properties: str) -> str:
    """Return the program that says it wrote the file; empty where none does, or it cannot be read."""
    if properties not in package:
        return ""
    try:
        return next((e.text or "" for e in _root(package, properties) if _tag(e) == "Application"), "")
    except FileRefused:
        return ""


def _relations(package: Package, part: str, folder: str) -> dict[str, _Relation]:
    """Return the relationships of a part by their id; `folder` is where its targets start from."""
    found: dict[str, _Relation] = {}
    if part not in package:
        return found
    for element in _root(package, part):
        id_, target = element.get("Id", ""), element.get("Target", "")
        if id_ in found:
            raise FileRefused("workbook-broken", reason=part)
        outside = element.get("TargetMode", "").lower() == "external"
        inside = "" if outside else _inside(folder, target)
        if not outside and inside not in package:  # the escapes of an address, which the zip's names need not have
            inside = _inside(folder, unquote(target))
        found[id_] = _Relation(element.get("Type", "").rpartition("/")[2], inside, target)
    return found


def _inside(folder: str, target: str) -> str:
    """Return the part that a target names, from the folder of the part that names it; empty when it leads outside.

    >>> _inside("xl", "./worksheets/../a.xml"), _inside("xl", "/xl/b.xml"), _inside("xl", "../../etc/passwd")
    ('xl/a.xml', 'xl/b.xml', '')
    """
    target = target.replace("\\", "/").partition("#")[0].partition("?")[0]
    steps: list[str] = [] if target.startswith("/") else [step for step in folder.split("/") if step]
    for step in target.split("/"):
        if step == "..":
            if not steps:
                return ""
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def _understood(element: Element) -> Iterator[Element]:
    """Yield what stands under an element, in order; of alternatives, what every program understands."""
    waiting = [iter(element)]
    while waiting:
        for child in waiting[-1]:
            if _tag(child) != "Choice":
                yield child
                waiting.append(iter(child))
                break
        else:
            waiting.pop()


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _root(package: Package, part: str) -> Element:
    try:
        return ElementTree.fromstring(package.read(part, MOST_IN_A_TREE), forbid_dtd=True)  # type: ignore[no-any-return]  # no stubs
    except DefusedXmlException as error:
        raise FileRefused("workbook-declares-entities", reason=part) from error
    except (ParseError, LookupError, ValueError) as error:
        raise FileRefused("workbook-broken", reason=part) from error
