"""Workbooks put together part by part, as other programs might write them."""

from __future__ import annotations

import io
import zipfile

from ntm_rules.dataset.places import Where

WHERE = Where("a.xlsx", "S", lines=False)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def relations(*related: tuple[str, str], office: str = OFFICE) -> str:
    """A part of relationships: the last word of each type, and its target; ids are rId1, rId2, ..."""
    each = "".join(
        f'<Relationship Id="rId{n}" Type="{office}/{type_}" Target="{target}"/>'
        for n, (type_, target) in enumerate(related, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip of parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def package(
    sheet: str | bytes,
    *,
    styles: str = "",
    strings: str = "",
    before_sheets: str = "",
    after_sheets: str = "<calcPr/>",
    application: str = "",
    extra: dict[str, str | bytes] | None = None,
    chain: bool = False,
) -> bytes:
    """A workbook of one sheet, "S", whose parts have their usual names; `sheet` is its whole XML."""
    related = [("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    if chain:
        related.append(("calcChain", "calcChain.xml"))
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
            f'{before_sheets}<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>{after_sheets}</workbook>',
            "xl/_rels/workbook.xml.rels": relations(*related),
            "xl/worksheets/sheet1.xml": sheet,
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
            "docProps/app.xml": f"<Properties><Application>{application}</Application></Properties>",
            **(extra or {}),
        }
    )


def cells(*each: str) -> bytes:
    """A sheet of one row of cells."""
    return f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{"".join(each)}</row></sheetData></worksheet>'.encode()
