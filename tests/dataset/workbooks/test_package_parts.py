"""Parts of a workbook are found through its relationships, whatever they are called and wherever they lie."""

from __future__ import annotations

import pytest

from ntm_rules.dataset.cells.numbers import Percent
from ntm_rules.dataset.workbooks.package_parts import parts_of
from ntm_rules.dataset.workbooks.workbook_safety import FileRefused, Package
from ntm_rules.dataset.workbooks.workbook_sheets import Workbook
from tests.dataset.packages import MAIN, OFFICE, PACKAGE, WHERE, cells, relations, zipped

STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
SHEET = cells('<c r="A1" s="1"><v>0.8</v></c>', '<c r="B1" t="s"><v>0</v></c>')
STYLES = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs></styleSheet>'
TEXTS = f'<sst xmlns="{MAIN}"><si><t>Có</t></si></sst>'
READ = [(0, [Percent(0.8), "Có"])]


def book(r: str = OFFICE, main: str = MAIN) -> str:
    return (
        f'<workbook xmlns="{main}" xmlns:r="{r}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def elsewhere(
    workbook: str = "xl/workbook.xml",
    relations_at: str = "xl/_rels/workbook.xml.rels",
    sheet: tuple[str, str] = ("worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
    styles: tuple[str, str] = ("styles.xml", "xl/styles.xml"),
    strings: tuple[str, str] = ("sharedStrings.xml", "xl/sharedStrings.xml"),
    root: str = "",
    office: str = OFFICE,
) -> dict[str, str | bytes]:
    """The parts of a workbook; of sheet, styles and texts the target written and where the part lies."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": relations(("officeDocument", root or workbook), office=office),
        workbook: book(office),
        relations_at: relations(
            ("worksheet", sheet[0]), ("styles", styles[0]), ("sharedStrings", strings[0]), office=office
        ),
        sheet[1]: SHEET,
        styles[1]: STYLES,
        strings[1]: TEXTS,
    }


@pytest.mark.parametrize(
    "parts",
    [
        elsewhere(),
        elsewhere(workbook="xl/workbook22.xml", relations_at="xl/_rels/workbook22.xml.rels"),
        elsewhere(
            workbook="book/tables.xml",
            relations_at="book/_rels/tables.xml.rels",
            sheet=("one.xml", "book/one.xml"),
            styles=("../looks/s.xml", "looks/s.xml"),
            strings=("/words/w.xml", "words/w.xml"),
        ),
        elsewhere(workbook="book.xml", relations_at="_rels/book.xml.rels", styles=("a/b/../s.xml", "a/s.xml"),
                  sheet=("s.xml", "s.xml"), strings=("t.xml", "t.xml")),
        elsewhere(styles=("styles1.xml", "xl/styles1.xml")),
        elsewhere(styles=("Styles.XML", "xl/styles.xml"), strings=("SHAREDSTRINGS.xml", "xl/sharedStrings.xml")),
        elsewhere(strings=("./sharedStrings.xml", "xl/sharedStrings.xml")),
        elsewhere(sheet=("worksheets\\sheet1.xml", "xl/worksheets/sheet1.xml")),
        elsewhere(sheet=("worksheets/sheet%201.xml", "xl/worksheets/sheet 1.xml")),
        elsewhere(sheet=("worksheets/sheet%201.xml", "xl/worksheets/sheet%201.xml")),
        elsewhere(sheet=("worksheets/s%E1%BB%91.xml", "xl/worksheets/số.xml")),
        elsewhere(root="/xl/./workbook.xml"),
        elsewhere(office=STRICT),
        {**elsewhere(workbook="xl/workbook22.xml", relations_at="xl/_rels/workbook22.xml.rels"),
         "xl/workbook.xml": book(), "xl/_rels/workbook.xml.rels": relations(("worksheet", "nowhere.xml"))},
        {**elsewhere(styles=("new.xml", "xl/new.xml")), "xl/styles.xml": STYLES.replace('"9"', '"0"')},
        {**elsewhere(strings=("new.xml", "xl/new.xml")), "xl/sharedStrings.xml": TEXTS.replace("Có", "Không")},
    ],
)  # fmt: skip
def test_the_same_cells_wherever_the_parts_lie(parts: dict[str, str | bytes]) -> None:
    workbook = Workbook(zipped(parts))
    assert [sheet.name for sheet in workbook.sheets] == ["S"]
    assert list(workbook.grid(0, WHERE).rows) == READ


def test_the_namespaces_of_strict_workbooks_are_read_too() -> None:
    parts = {
        name: content.decode().replace(MAIN, STRICT_MAIN) if isinstance(content, bytes) else content.replace(MAIN, STRICT_MAIN)
        for name, content in elsewhere(office=STRICT).items()
    }  # fmt: skip
    assert list(Workbook(zipped(parts)).grid(0, WHERE).rows) == READ


def test_the_type_of_its_content_tells_a_workbook_that_no_relationship_names() -> None:
    parts = elsewhere(workbook="xl/a.xml", relations_at="xl/_rels/a.xml.rels")
    del parts["_rels/.rels"]
    type_ = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    override = f'<Override PartName="/xl/a.xml" ContentType="{type_}"/>'
    parts["[Content_Types].xml"] = f'<Types xmlns="{PACKAGE}/content-types">{override}</Types>'
    assert list(Workbook(zipped(parts)).grid(0, WHERE).rows) == READ


@pytest.mark.parametrize(
    ("part", "content", "code"),
    [
        ("word/document.xml", b"<document/>", "file-is-a-text"),
        ("xl/workbook.bin", b"\x83\x01", "file-of-another-spreadsheet"),
    ],
)
def test_another_kind_of_office_document_is_no_workbook(part: str, content: bytes, code: str) -> None:
    parts: dict[str, str | bytes] = {"_rels/.rels": relations(("officeDocument", part)), part: content}
    with pytest.raises(FileRefused) as refused:
        parts_of(Package(zipped(parts)))
    assert refused.value.code == code


@pytest.mark.parametrize("target", ["../../etc/passwd", "nowhere.xml"])
def test_a_sheet_that_is_not_in_the_package_is_refused(target: str) -> None:
    with pytest.raises(FileRefused) as refused:
        Workbook(zipped(elsewhere(sheet=(target, "xl/other.xml")))).grid(0, WHERE)
    assert refused.value.code == "workbook-broken"
