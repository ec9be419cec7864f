"""The sheet: page, margins and fonts of Nghị định 30/2020/NĐ-CP, what stands on every page, equal bytes."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from pathlib import Path

import pytest
from docx.oxml.ns import qn

from ntm_rules.i18n import use_language
from ntm_rules.report.charts import Chart
from ntm_rules.report.word.layout import FONT, HIGHEST, PICTURE_WIDTH, Paper, fit
from tests.report.word.opened import footnotes, opened, part


def saved(paper: Paper, tmp_path: Path) -> Path:
    path = tmp_path / "paper.docx"
    path.write_bytes(paper.bytes())
    return path


def some_paper() -> Paper:
    paper = Paper("Báo cáo thử", foot=["DỰ THẢO", "MINH HỌA"])
    paper.heading("I. MỘT")
    paper.add("Nội dung.")
    paper.turn(landscape=True)
    paper.item("việc", lead="Một:")
    return paper


def test_pages_are_a4_with_the_margins_of_the_decree_in_millimetres(tmp_path: Path) -> None:
    upright, across = opened(saved(some_paper(), tmp_path)).sections
    for section, size in ((upright, (210, 297)), (across, (297, 210))):
        assert (round(section.page_width.mm), round(section.page_height.mm)) == size
        assert 20 <= section.top_margin.mm <= 25
        assert 20 <= section.bottom_margin.mm <= 25
        assert 30 <= section.left_margin.mm <= 35
        assert 15 <= round(section.right_margin.mm) <= 20


def test_every_style_used_names_times_new_roman_for_every_script_and_no_theme(tmp_path: Path) -> None:
    path = saved(some_paper(), tmp_path)
    document = opened(path)
    used = {"Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption", "List Paragraph"}
    for name in (*used, "No Spacing", "Header", "Footer"):
        fonts = document.styles[name].element.rPr.find(qn("w:rFonts"))
        named = {key.partition("}")[2]: value for key, value in fonts.attrib.items()}
        assert named == dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), FONT), name
    assert 13 <= document.styles["Normal"].font.size.pt <= 14
    assert "rFonts" not in part(path, "word/document.xml"), "no run has a font of its own"
    defaults = part(path, "word/styles.xml").partition("</w:docDefaults>")[0]
    assert "Theme" not in defaults


def test_page_numbers_stand_at_the_top_from_the_second_page_on(tmp_path: Path) -> None:
    first, second = opened(saved(some_paper(), tmp_path)).sections
    assert first.different_first_page_header_footer
    assert "PAGE" not in first.first_page_header._element.xml
    assert 'w:instr="PAGE"' in first.header._element.xml
    assert not second.different_first_page_header_footer
    assert second.header.is_linked_to_previous


def test_what_must_be_on_every_page_is_in_both_footers(tmp_path: Path) -> None:
    first = opened(saved(some_paper(), tmp_path)).sections[0]
    for footer in (first.footer, first.first_page_footer):
        assert [p.text for p in footer.paragraphs] == ["DỰ THẢO · MINH HỌA"]


@pytest.mark.parametrize(("language", "tag"), [("vi", "vi-VN"), ("en", "en-GB")])
def test_title_and_language_are_told_to_programs_that_read_aloud(language: str, tag: str, tmp_path: Path) -> None:
    use_language(language)
    path = saved(some_paper(), tmp_path)
    properties = opened(path).core_properties
    assert (properties.title, properties.language) == ("Báo cáo thử", tag)
    assert f'w:lang w:val="{tag}"' in part(path, "word/styles.xml")


def test_the_same_paper_gives_the_same_bytes_and_no_moment_of_writing() -> None:
    first, second = some_paper().bytes(), some_paper().bytes()
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert set(re.findall(rb">(\d{4})-", archive.read("docProps/core.xml"))) == {b"1980"}


def test_any_character_can_be_written_and_vietnamese_is_composed(tmp_path: Path) -> None:
    everything = "".join(map(chr, range(0x20))) + "\ud800\ufffe\uffff" + unicodedata.normalize("NFD", "Tủa Sín Chải")
    paper = Paper(everything, foot=[everything])
    paper.heading(everything)
    paper.item(everything, lead=everything)
    text = opened(saved(paper, tmp_path)).paragraphs[0].text
    assert text.endswith("Tủa Sín Chải")
    assert "\ufffd" in text
    assert fit("a\tb\nc") == "a\tb\nc"


def test_no_line_ends_within_a_comparison_or_between_a_number_and_its_unit(tmp_path: Path) -> None:
    paper = Paper("Đơn vị")
    paper.add("đạt ≥ 50%: còn thiếu 12,7 điểm %: 3,607 km, 57 hộ; năm 2026 có 36 xã")
    (text,) = [p.text for p in opened(saved(paper, tmp_path)).paragraphs if p.text]
    assert text == "đạt ≥ 50%: còn thiếu 12,7 điểm %: 3,607 km, 57 hộ; năm 2026 có 36 xã".replace(
        "≥ ", "≥\N{NO-BREAK SPACE}"
    ).replace(" %", "\N{NO-BREAK SPACE}%").replace(" km", "\N{NO-BREAK SPACE}km").replace(
        " hộ", "\N{NO-BREAK SPACE}hộ"
    ).replace(" xã", "\N{NO-BREAK SPACE}xã")


def test_a_picture_has_its_words_and_stays_within_the_page(tmp_path: Path) -> None:
    paper = Paper("Hình")
    paper.picture(TALL)
    paper.picture(None)
    document = opened(saved(paper, tmp_path))
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == "Biểu đồ. Cao: 1/2."
    assert round(shape.height.mm) == HIGHEST
    assert round(shape.width.mm) == HIGHEST / 4, "its shape is kept"
    assert [p.text for p in document.paragraphs] == ["Biểu đồ", ""]


def test_a_picture_leaves_room_for_others_on_its_page(tmp_path: Path) -> None:
    paper = Paper("Hình")
    paper.picture(_Wide({}, "Biểu đồ", "Rộng."))
    (shape,) = opened(saved(paper, tmp_path)).inline_shapes
    assert (round(shape.width.mm), round(shape.height.mm)) == (PICTURE_WIDTH, PICTURE_WIDTH)


def test_tables_are_numbered_as_they_are_written() -> None:
    paper, other = Paper("Một"), Paper("Hai")
    assert [paper.next_table(), paper.next_table(), other.next_table()] == [1, 2, 1]


class _Tall(Chart):
    height = 40

    def png(self, scale: float = 2.0) -> bytes:
        import struct
        import zlib

        def chunk(kind: bytes, data: bytes) -> bytes:
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

        head = struct.pack(">IIBBBBB", 10, self.height, 8, 0, 0, 0, 0)
        rows = zlib.compress((b"\0" + bytes(10)) * self.height)
        return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


class _Wide(_Tall):
    height = 10


TALL = _Tall({}, "Biểu đồ", "Cao: 1/2.")


def test_lines_to_write_on_stay_with_the_signature(tmp_path: Path) -> None:
    paper = Paper("Thử")
    paper.heading("IX. KIẾN NGHỊ")
    paper.hint("(Xã bổ sung.)")
    paper.dots()
    found = opened(saved(paper, tmp_path)).paragraphs
    assert [p.paragraph_format.keep_with_next for p in found[1:]] == [True, True, True]


def test_a_title_of_more_letters_than_a_property_holds_is_cut_there_and_whole_in_the_paper(tmp_path: Path) -> None:
    long = "Kế hoạch " + "rất dài " * 60
    paper = Paper(long)
    paper.add(long, "Subtitle")
    path = tmp_path / "long.docx"
    path.write_bytes(paper.bytes())
    document = opened(path)
    assert len(document.core_properties.title) == 255
    assert document.core_properties.title.endswith("…")
    assert document.paragraphs[0].text == long


def test_no_line_breaks_within_a_number_of_a_document_and_its_text_stays_the_same(tmp_path: Path) -> None:
    paper = Paper("Thử")
    paper.add("Kế hoạch số 5434/KH-UBND, kinh tế - xã hội")
    path = tmp_path / "hyphen.docx"
    path.write_bytes(paper.bytes())
    (paragraph,) = opened(path).paragraphs
    assert paragraph.text == "Kế hoạch số 5434/KH-UBND, kinh tế - xã hội"
    assert paragraph._p.xml.count("w:noBreakHyphen") == 1


def test_footnotes_are_numbered_and_stand_in_their_part(tmp_path: Path) -> None:
    paper = Paper("Thử")
    for text in ("Một & hai", "Ba"):
        paper.footnote(paper.add("Câu"), text)
    path = tmp_path / "notes.docx"
    path.write_bytes(paper.bytes())
    assert footnotes(path) == ["Một & hai", "Ba"]
    assert [p._p.xml.count("w:footnoteReference ") for p in opened(path).paragraphs] == [1, 1]
