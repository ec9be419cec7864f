"""Hostile and broken workbooks: each is one problem of its file, quickly, and nothing raises."""

from __future__ import annotations

import copy
import io
import random
import struct
import zipfile
import zlib
from functools import cache

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ntm_rules.dataset.workbooks import workbook_safety
from ntm_rules.dataset.workbooks.cell_values import WorkbookContext
from ntm_rules.dataset.workbooks.package_parts import parts_of
from ntm_rules.dataset.workbooks.plain_sheets import plain_cells
from ntm_rules.dataset.workbooks.sheet_cells import cells_of
from ntm_rules.dataset.workbooks.workbook_safety import FileRefused, Package
from ntm_rules.i18n import Message
from tests.dataset.conftest import Read, codes, only
from tests.dataset.packages import MAIN
from tests.examples import examples

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SHEET = "xl/worksheets/sheet1.xml"


def good() -> bytes:
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    workbook.active.append(["x"])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def with_parts(*extra: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A workbook in which parts are replaced or added."""
    stream = io.BytesIO()
    replaced = dict(extra)
    with zipfile.ZipFile(io.BytesIO(good())) as before, zipfile.ZipFile(stream, "w", method) as after:
        for member in before.infolist():
            after.writestr(member.filename, replaced.pop(member.filename, before.read(member)))
        for name, content in replaced.items():
            after.writestr(name, content)
    return stream.getvalue()


def lying(data: bytes, size: int, name: str = "") -> bytes:
    """The same zip whose directory declares another unpacked size for a part, its largest if none is named."""
    changed = bytearray(data)
    members = zipfile.ZipFile(io.BytesIO(data))
    part = members.getinfo(name) if name else max(members.infolist(), key=lambda member: member.file_size)
    at = data.rindex(part.filename.encode()) - 46
    struct.pack_into("<L", changed, at + 24, size)
    struct.pack_into("<L", changed, part.header_offset + 22, size)
    return bytes(changed)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"<html><table></table></html>", "not-a-workbook"),
        (OLE, "xls-old"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "workbook-encrypted"),
        (b"PK\x03\x04 and nothing else", "workbook-broken"),
        (good()[:-100], "workbook-broken"),
        (good()[: len(good()) // 2], "workbook-broken"),
        (with_parts((SHEET, b"<worksheet><sheetData><row")), "workbook-broken"),
        (with_parts(("xl/workbook.xml", b"<workbook/>")), "workbook-without-form"),
        (with_parts(("xl/workbook.xml", b"not xml")), "workbook-broken"),
        (with_parts(("XL/WORKBOOK.XML", b"<workbook/>")), "workbook-broken"),
        (with_parts(("mimetype", b"x"), method=zipfile.ZIP_LZMA), "workbook-broken"),
    ],
)
def test_what_is_not_a_good_workbook(read: Read, content: bytes, code: str) -> None:
    dataset = read(a_xlsx=content)
    assert codes(dataset) == [code]
    assert not dataset.records


def test_a_zip_that_is_no_workbook(read: Read) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", "<office/>")
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert codes(read(a_xlsx=stream.getvalue())) == ["file-of-another-spreadsheet"]


@cache
def bomb() -> bytes:
    return with_parts((SHEET, b"<worksheet>" + b" " * (300 << 20)))


def test_a_bomb_that_says_so(read: Read) -> None:
    assert len(bomb()) < 4 << 20
    assert only(read(a_xlsx=bomb())).code == "workbook-too-large"


def test_a_bomb_packed_beyond_all_reason(read: Read) -> None:
    assert codes(read(a_xlsx=with_parts((SHEET, b" " * (40 << 20))))) == ["workbook-too-large"]


def test_a_bomb_that_lies_about_its_size(read: Read) -> None:
    assert codes(read(a_xlsx=lying(bomb(), 1000))) == ["workbook-too-large"]


def test_a_small_lie_is_found_where_the_part_is_read(read: Read) -> None:
    sheet = b"<worksheet><sheetData>" + b" " * 20_000 + b"</sheetData></worksheet>"
    assert codes(read(a_xlsx=lying(with_parts((SHEET, sheet)), 100))) == ["workbook-broken"]

    with pytest.raises(FileRefused, match="workbook-broken"):
        Package(lying(with_parts((SHEET, sheet)), 100)).read(SHEET)


def test_small_parts_that_lie_are_a_bomb_together(read: Read) -> None:
    """No single one is large, and each is packed less than all together may be."""
    parts = {f"xl/media/{n}.xml": b" " * (1 << 20) for n in range(45)}
    bomb = with_parts(*parts.items())
    for name in parts:
        bomb = lying(bomb, 10, name)
    assert len(bomb) < 100_000
    assert codes(read(a_xlsx=bomb)) == ["workbook-too-large"]


def test_a_part_that_says_the_length_of_its_end_is_refused() -> None:
    sheet = b"<worksheet><sheetData>" + random.Random(0).randbytes(1 << 20) + b"</sheetData></worksheet>"
    with pytest.raises(FileRefused, match="workbook-broken"):
        Package(lying(with_parts((SHEET, sheet)), len(sheet) - (1 << 20))).read(SHEET)


def test_parts_that_overlap_are_refused(read: Read) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook>" + b" " * 10_000)
        for n in range(50):
            again = copy.copy(archive.getinfo("xl/workbook.xml"))
            again.filename = f"{n}.xml"
            archive.filelist.append(again)
    problem = only(read(a_xlsx=stream.getvalue()))
    assert (problem.code, problem.parameters["reason"]) == ("workbook-broken", Message("its parts overlap"))


@pytest.mark.parametrize("part", ["xl/workbook.xml", SHEET, "xl/styles.xml", "xl/_rels/workbook.xml.rels"])
def test_entities_are_refused_unexpanded(read: Read, part: str) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "lol">{laughs}]><a>&l9;</a>'
    assert codes(read(a_xlsx=with_parts((part, xml.encode())))) == ["workbook-declares-entities"]


def test_a_cell_at_the_far_corner_does_not_fill_the_memory(read: Read) -> None:
    for far in (
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        b'<row r="1048576"><c t=">" r="XFD1048576"><v>1</v></c></row>',
        b'<row r="1048576">' + b"<c><v>1</v></c>" * 16_000 + b"</row>",
    ):
        sheet = b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>' + far + b"</sheetData></worksheet>"
        assert codes(read(a_xlsx=with_parts((SHEET, sheet)))) == ["sheet-too-large"]


EMPTY = b"<a/>"


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_part_taken_in_as_a_tree_has_no_millions_of_elements(read: Read, part: str) -> None:
    problem = only(read(a_xlsx=with_parts((part, b"<a>" + EMPTY * 1_000_001 + b"</a>"))))
    assert (problem.code, problem.parameters) == ("workbook-too-many-elements", {"part": part, "limit": 1_000_000})


def test_shared_texts_are_counted_before_they_are_read(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_safety, "MOST_IN_A_LIST", 1000)
    texts = with_parts(("xl/sharedStrings.xml", b"<sst>" + b"<si/>" * 1001 + b"</sst>"))
    assert codes(read(a_xlsx=texts)) == ["workbook-too-many-elements"]


@pytest.mark.parametrize(
    "empty",
    [
        b't="str"><v></v>',
        b't="str"><v/>',
        b't="d"><v></v>',
        b't="inlineStr"><is><t></t></is>',
        b't="inlineStr"><is/>',
    ],
)
def test_a_cell_that_holds_an_empty_text_may_reach_far(read: Read, empty: bytes) -> None:
    """It holds nothing: no room is asked for the cells before it."""
    far = b'<row r="1048576"><c r="XFD1048576" ' + empty + b"</c></row>"
    sheet = b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>' + far + b"</sheetData></worksheet>"
    assert codes(read(a_xlsx=with_parts((SHEET, sheet)))) == ["workbook-without-form"]


def test_formatted_cells_without_values_may_reach_far(read: Read) -> None:
    far = b'<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    sheet = b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>' + far + b"</sheetData></worksheet>"
    assert codes(read(a_xlsx=with_parts((SHEET, sheet)))) == ["workbook-without-form"]


HIDDEN = "xl/worksheets/sheet2.xml"
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


def with_a_hidden_sheet(name: str) -> bytes:
    workbook = openpyxl.load_workbook(io.BytesIO(good()))
    hidden = workbook.create_sheet(name)
    hidden.append(["ntm:form", "1"])
    hidden.sheet_state = "veryHidden"
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def edited(workbook: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A workbook in one part of which something is replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new, 1)
            after.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize("name", ["ntm", "Sheet9"])
def test_a_far_cell_on_a_hidden_sheet_does_not_fill_the_memory(read: Read, name: str) -> None:
    form = edited(with_a_hidden_sheet(name), HIDDEN, b"</sheetData>", FAR)
    problem = next(p for p in read(a_xlsx=form).problems if p.code == "sheet-too-large")
    assert problem.sheet == name


READ_BY_NOBODY = ("docProps/core.xml", "docProps/app.xml", "[Content_Types].xml", "_rels/.rels", "xl/theme/theme1.xml")


@pytest.mark.parametrize("part", [HIDDEN, *READ_BY_NOBODY])
def test_entities_are_refused_in_every_part(read: Read, part: str) -> None:
    form = with_a_hidden_sheet("ntm")
    content = zipfile.ZipFile(io.BytesIO(form)).read(part)
    at = content.index(b"<", content.index(b"?>") if content.startswith(b"<?xml") else 0)
    dtd = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    assert codes(read(a_xlsx=edited(form, part, content[at:], dtd + content[at:]))) == ["workbook-declares-entities"]


def test_entities_are_refused_in_shared_texts(read: Read) -> None:
    """Where an entity could stand for an answer."""
    texts = b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY x "y">]><sst><si><t>&x;</t></si></sst>'
    for padding in (b"", b"<!--" + b" " * 2000 + b"-->"):
        form = with_parts(("xl/sharedStrings.xml", texts.replace(b"<!DOCTYPE", padding + b"<!DOCTYPE")))
        assert codes(read(a_xlsx=form)) == ["workbook-declares-entities"]


def test_a_comment_before_the_first_element_is_no_declaration(read: Read) -> None:
    properties = b'<?xml version="1.0"?><!-- by hand --><a/>'
    form = with_parts(("docProps/core.xml", properties), ("customXml/item1.xml", b"<!DOCTYPE a><a/>"))
    assert codes(read(a_xlsx=form)) == ["workbook-without-form"]


def test_a_sheet_elsewhere_than_in_the_workbook_is_refused(read: Read) -> None:
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Target="../../etc/passwd"/></Relationships>'
    )
    assert codes(read(a_xlsx=with_parts(("xl/_rels/workbook.xml.rels", rels)))) == ["workbook-broken"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=examples(200))
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=8))
def test_whatever_bytes_are_damaged_reading_never_raises(read: Read, at: int, damage: bytes) -> None:
    data = good()
    at %= len(data)
    read(a_xlsx=data[:at] + damage + data[at + len(damage) :])


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_whatever_a_sheet_holds_only_file_refusals_come_out(xml: bytes) -> None:
    for text in (xml, b"<worksheet><c " + xml + b"</worksheet>", b"<worksheet><sheetData><row><c r=" + xml):
        try:
            plain_cells(text, WorkbookContext())
            cells_of(text, WorkbookContext())
        except FileRefused as refused:
            assert refused.code in ("workbook-broken", "workbook-declares-entities", "sheet-too-large")  # noqa: PT017


def test_zips_written_another_way_are_read_too() -> None:
    data = good()
    with_comment = data[:-2] + struct.pack("<H", 5) + b"hello"
    assert parts_of(Package(with_comment)) == parts_of(Package(data))
    assert [(sheet.name, sheet.part) for sheet in parts_of(Package(data)).sheets] == [("Sheet", SHEET)]
    assert zlib.crc32(Package(with_comment).read(SHEET)) == zlib.crc32(Package(data).read(SHEET))


def test_a_zip_whose_directory_is_empty_is_damaged(read: Read) -> None:
    end = b"PK\x05\x06" + b"\0" * 18
    assert codes(read(a_xlsx=b"PK\x03\x04" + b"\0" * 40 + end)) == ["workbook-broken"]


def test_formats_longer_than_any_are_refused_before_they_are_looked_into(read: Read) -> None:
    code = "0.0" * 100_000
    styles = (
        f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts>'
        '<cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>'
    )
    assert codes(read(a_xlsx=with_parts(("xl/styles.xml", styles.encode())))) == ["workbook-broken"]
