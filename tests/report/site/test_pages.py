"""The pages as a whole: what is invented is said on each, words from outside stay words, alike results are alike."""

from __future__ import annotations

from dataclasses import replace

from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.records import CommuneYear, Dataset, InputFile
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.report.site.contents import Contents
from ntm_rules.report.site.pages import render_site
from tests.report.pages.html_pages import Element, read_page, read_pages
from tests.report.site.conftest import Files, contents_of, rendered

Pages = dict[str, Element]
HOSTILE = '<script>alert(\'1\')</script>" onerror="x" & <b>'


def test_what_is_invented_is_said_on_every_page_and_on_every_sheet_of_paper(pages: Pages, files: Files) -> None:
    for name, page in pages.items():
        said = [warning.words for warning in page.all("p", "warning")]
        assert [words.partition(":")[0] for words in said] == ["MINH HỌA - KHÔNG PHẢI QUY ĐỊNH", "SỐ LIỆU MINH HỌA"], (
            name
        )
        assert page.all("title")[0].words.startswith("MINH HỌA · "), name
        assert page.all("body")[0].attributes["class"] == "invented"
    style = files["trang.css"].decode()
    assert 'content: "MINH HỌA - KHÔNG PHẢI QUY ĐỊNH · SỐ LIỆU MINH HỌA"' in style
    pictures = [content.decode() for name, content in files.items() if name.endswith(".svg")]
    assert all(">MINH HỌA - KHÔNG PHẢI QUY ĐỊNH<" in svg and ">SỐ LIỆU MINH HỌA<" in svg for svg in pictures)


def test_nothing_is_called_invented_where_nothing_is(english: Files) -> None:
    for name, content in english.items():
        text = content.decode()
        assert "INVENTED" not in text, name
        assert "@page invented" not in text
        assert 'class="invented"' not in text


def test_every_page_says_the_year_the_law_and_the_program_knows_its_language(pages: Pages, contents: Contents) -> None:
    for page in pages.values():
        assert page.all("html")[0].attributes["lang"] == "vi"
        foot = page.all("footer")[0].words
        assert "Số liệu năm 2026; quy định có hiệu lực ngày 31/12/2026" in foot
        assert contents.law_hash[:16] in foot
        assert len(page.all("h1")) == 1


def test_the_sources_name_documents_files_and_what_was_run(pages: Pages, contents: Contents) -> None:
    said = pages["nguon.html"].words
    assert contents.law_hash in said
    assert "5434/KH-UBND" in said
    assert all(f"{one.name} {one.sha256}" in said for one in contents.dataset.inputs)
    assert "minh-hoa.overlay.yaml" in said


def test_english_pages_hold_no_vietnamese_of_ours(english: Files) -> None:
    for content in (english["index.html"], english["gan-dat-chuan.html"], english["chu-giai.html"]):
        page = read_page(content)
        assert not [word for word in ("Chưa đạt", "tiêu chí", "Bấm", "Xếp") if word in page.words]


def test_alike_results_are_the_same_bytes(contents: Contents, files: Files) -> None:
    again = replace(contents)
    assert rendered(again, "vi") == files


def test_words_from_outside_stay_words(forms: Dataset) -> None:
    one = next(record for record in forms.records if record.code == "03595" and record.year == 2026)
    values = {
        measure: reported._replace(document=HOSTILE, note=HOSTILE, written=HOSTILE)
        for measure, reported in one.values.items()
    }
    hostile = CommuneYear(one.code, one.name, one.year, values)
    problem = Problem(
        "negative", HOSTILE, sheet=HOSTILE, cell="A1", commune_code=one.code, commune=HOSTILE, value=HOSTILE
    )
    dataset = Dataset([hostile], [problem], [InputFile(HOSTILE, "0" * 64, 1)])
    files = render_site(contents_of(dataset))
    pages = read_pages(files)
    for name in ("don-vi-03595.html", "so-lieu.html", "nguon.html"):
        assert HOSTILE in pages[name].words, name
    for name, page in pages.items():
        assert len(page.all("script")) == 1, name
        assert not [e for e in page.walk() if "onerror" in e.attributes], name
    assert [name for name, content in files.items() if name.endswith(".svg") and b"<script" in content] == []


def test_no_commune_at_all_is_no_fault(contents: Contents) -> None:
    empty = evaluate(contents.evaluation.rules, [])
    pages = read_pages(render_site(replace(contents, evaluation=empty)))
    assert "0/0 xã đạt đủ mọi tiêu chí" in pages["index.html"].words


def test_progress_counts_the_pages(bare: Contents) -> None:
    told: list[tuple[int, int]] = []
    files = render_site(bare, lambda done, total: told.append((done, total)))
    pages = sum(name.endswith(".html") for name in files)
    assert told == [(done, pages) for done in range(1, pages + 1)]
