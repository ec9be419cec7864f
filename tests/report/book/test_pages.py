"""The pages: complete, well formed, linked, escaped, in the reader's language and alike for alike law."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from ntm_rules.errors import NtmError
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.describe import resolved_hash
from ntm_rules.rulebook.loader import LoadedSet, load_overlay, load_set
from ntm_rules.rulebook.models import Overlay, Text
from tests.conftest import ROOT
from tests.other_set.conftest import AMENDMENT, SET
from tests.report.book.conftest import Files, make_book
from tests.report.pages.html_pages import Element, read_page, read_pages
from tests.rulebook.tiny import AGENCIES, FILES, HEADER, MEASURES, OVERLAY, RULES_1, RULES_2, Tiny, said

HOSTILE = """<script>alert("1")</script>'&<img src=x onerror=1>{{ 7 * 7 }}"""


def check_links(files: Files, pages: dict[str, Element]) -> int:
    """Follow every link of a book; return how many there are."""
    ids = {
        name: Counter(e.attributes["id"] for e in page.walk() if "id" in e.attributes) for name, page in pages.items()
    }
    followed = 0
    for name, page in pages.items():
        assert [id_ for id_, times in ids[name].items() if times > 1] == [], name
        for element in page.walk():
            for attribute in ("href", "src"):
                if attribute not in element.attributes:
                    continue
                address = urlsplit(element.attributes[attribute])
                assert (address.scheme, address.netloc, address.query) == ("", "", ""), element.attributes
                target = address.path or name
                assert target in files, f"{name} -> {target}"
                if address.fragment:
                    assert address.fragment in ids[target], f"{name} -> {element.attributes[attribute]}"
                followed += 1
    return followed


# --- the real set ------------------------------------------------------------------------------


def test_every_link_and_anchor_resolves(plain: Files, pages: dict[str, Element]) -> None:
    assert check_links(plain, pages) > 5000


def test_every_link_of_the_english_book_with_overlays_resolves(
    illustrative: Files, english: dict[str, Element]
) -> None:
    assert check_links(illustrative, english) > 5000


def test_there_is_a_page_for_everything(plain: Files, lai_chau: CriteriaSet) -> None:
    assert {
        "index.html",
        "tat-ca.html",
        "book.css",
        "chi-tieu-8-1.html",
        "tieu-chi-8.html",
        "chi-tieu-dk-1.html",
        "co-quan-so-nong-nghiep-moi-truong.html",
        "van-ban-cho-bo-tieu-chi-xa-ntm-lai-chau.html",
        "so-lieu.html",
        "xa-va-nhom-xa.html",
        "cach-doc-ket-qua.html",
        "nguyen-van-ke-hoach-5434.html",
    } <= set(plain)
    assert sum(name.startswith("chi-tieu-") for name in plain) == 48
    assert sum(name.startswith("co-quan-") for name in plain) == len(lai_chau.agencies)


def test_no_page_runs_a_script_or_asks_for_anything_elsewhere(plain: Files, pages: dict[str, Element]) -> None:
    for page in pages.values():
        for element in page.walk():
            assert element.tag not in ("script", "iframe", "object", "form", "img")
            assert not [name for name in element.attributes if name.startswith("on") or name == "style"]
    assert not re.search(rb"url\(|@import|https?:", plain["book.css"])


def test_every_page_has_one_first_heading_and_the_landmarks(pages: dict[str, Element]) -> None:
    for name, page in pages.items():
        levels = [int(e.tag[1]) for e in page.walk() if re.fullmatch("h[1-6]", e.tag)]
        assert levels.count(1) == 1, name
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), name
        assert [len(page.all(tag)) for tag in ("main", "header", "footer", "title")] == [1, 1, 1, 1]
        skip = page.all("a", "skip")[0]
        assert skip.attributes["href"] == "#" + page.all("main")[0].attributes["id"]


def test_tables_have_captions_and_their_headers_a_scope(pages: dict[str, Element]) -> None:
    for name, page in pages.items():
        for table in page.all("table"):
            assert table.children[0].tag == "caption", name
            assert table.children[0].words, name
            assert all(cell.attributes.get("scope") in ("col", "row") for cell in table.all("th")), name


def test_the_index_tells_what_the_set_is_and_how_its_targets_stand(
    pages: dict[str, Element], lai_chau: CriteriaSet
) -> None:
    index = pages["index.html"]
    facts = {row.children[0].words: row.children[1].words for row in index.all("table", "counts")[0].all("tr")}
    assert (facts["Tiêu chí"], facts["Chỉ tiêu"], facts["Xã"], facts["Cơ quan chủ trì"]) == ("10", "45", "36", "17")
    assert facts["đã có văn bản quy định con số"] == "6"
    assert resolved_hash(lai_chau) in index.words
    assert "Quy định có hiệu lực ngày 31/12/2026" in index.words
    rows = {row.children[0].words: row for table in index.all("table", "indicators") for row in table.all("tr")[1:]}
    assert len(rows) == 48
    assert rows["3.10"].children[2].words == (
        "Ban Quản lý Khu kinh tế tỉnh; Sở Công Thương; Sở Nông nghiệp và Môi trường"
    )
    assert rows["8.1"].children[3].words == "R Đã có mức đạt"
    assert rows["2.1"].children[3].words == "+Q Một phần còn chờ"
    [waited, *_] = index.all("table", "decisions")[0].all("tr")[1:]
    assert "Sở Nông nghiệp và Môi trường" in waited.words
    assert "31/7/2026" in waited.words


def test_an_indicator_shows_the_text_beside_the_rule(pages: dict[str, Element]) -> None:
    page = pages["chi-tieu-8-1.html"]
    law, rule = page.all("section", "law")[0], page.all("section", "rule")[0]
    assert law.parent is rule.parent
    assert "$\\geq 80\\%$" in law.all("blockquote")[0].words
    assert "đạt ≥ 80%;" in law.all("p", "reading")[0].words
    assert [e.words for e in law.all("em")] == ["≥ 80%;", "≤ 50%"]
    assert "Đây là bản chép nguyên văn" in law.words
    assert "5434/KH-UBND, Phụ lục III, dòng 8.1" in law.words
    assert "Mọi phần sau đây đều phải đạt:" in rule.words
    assert "Nếu có: Trên địa bàn có hệ thống thu gom" in rule.words
    assert "≥ 80% đang áp dụng Căn cứ 5434/KH-UBND, Phụ lục III, dòng 8.1" in rule.words
    assert [div.words.split()[0] for div in rule.all("div", "requirement")] == ["8.1.a", "8.1.b", "8.1.c"]
    assert "Khối lượng chất thải rắn sinh hoạt được phân loại" in page.all("section", "measures")[0].words


def test_an_awaited_target_names_the_decision_who_owes_it_and_by_when(pages: dict[str, Element]) -> None:
    rule = pages["chi-tieu-6-1.html"].all("section", "rule")[0]
    assert "chưa quy định" in rule.words
    for words in ("Bộ tiêu chí về xã nông thôn mới giai đoạn 2026 - 2030", "Sở Nông nghiệp và Môi trường", "31/7/2026"):
        assert words in rule.words


def test_an_indicator_leads_to_its_words_in_the_plan_and_back(pages: dict[str, Element]) -> None:
    text = pages["nguyen-van-ke-hoach-5434.html"]
    places = {e.attributes["id"]: e for e in text.walk() if "id" in e.attributes}
    for name, page in pages.items():
        if not name.startswith("chi-tieu-") or "dk" in name:
            continue
        [exact] = [a for a in page.all("a") if a.words == "xem trong nguyên văn"]
        row = places[exact.attributes["href"].removeprefix("nguyen-van-ke-hoach-5434.html#")]
        printed = page.all("blockquote")[0].words.partition(" ⏎ ")[0]
        assert printed in [mark.words for mark in row.all("mark")]
    backs = [a.attributes["href"] for span in text.all("span", "back") for a in span.all("a")]
    assert {"chi-tieu-8-1.html", "tieu-chi-8.html", "van-ban-cho-bo-tieu-chi-xa-ntm-lai-chau.html"} <= set(backs)
    assert len(backs) == 45 + 10 + 1


def test_the_plan_is_shown_whole(plain: Files, loaded: LoadedSet) -> None:
    shown = read_page(plain["nguyen-van-ke-hoach-5434.html"]).all("div", "source")[0]
    for element in [*shown.all("caption"), *shown.all("span", "back")]:
        element.parts.clear()
    written = (loaded.folder / "sources" / "ke-hoach-5434.txt").read_text(encoding="utf-8")
    assert "".join(shown.words.split()) == "".join(written.split())


def test_an_agency_page_counts_its_indicators(pages: dict[str, Element]) -> None:
    page = pages["co-quan-so-nong-nghiep-moi-truong.html"]
    assert "16 chỉ tiêu của Sở Nông nghiệp và Môi trường" in [h.words for h in page.all("h2")]
    assert "1 chỉ tiêu của Sở Tư pháp" in [h.words for h in pages["co-quan-so-tu-phap.html"].all("h2")]


def test_wards_are_said_to_be_outside_the_criteria(pages: dict[str, Element]) -> None:
    page = pages["xa-va-nhom-xa.html"]
    assert len(page.all("table", "communes")[0].all("tr")) == 37
    outside = page.words.partition("Đơn vị không áp dụng bộ tiêu chí")[2]
    assert "Đoàn Kết" in outside
    assert "Tân Phong (phường)" in outside
    assert "Số xã chưa rõ nhóm: 4." in page.words


def test_the_page_on_verdicts_has_the_letters_and_the_order_of_composition(pages: dict[str, Element]) -> None:
    page = pages["cach-doc-ket-qua.html"]
    rows = [[c.words.split()[0] for c in row.children[1:]] for row in page.all("table", "composition")[0].all("tr")[1:]]
    assert rows == [["C", "?", "Q", "Đ", "–"], ["Đ", "?", "Q", "C", "–"]]


def test_all_of_it_stands_on_one_page_too(pages: dict[str, Element]) -> None:
    whole = pages["tat-ca.html"].all("main")[0].words
    for name, page in pages.items():
        if name != "tat-ca.html":
            assert page.all("article")[0].words in whole, name
    leaving = [a.attributes["href"] for a in pages["tat-ca.html"].all("a") if not a.attributes["href"].startswith("#")]
    assert leaving == ["index.html"]


def test_pages_lead_to_the_one_before_and_the_one_after(pages: dict[str, Element]) -> None:
    seen, name = ["index.html"], "index.html"
    while following := [a for a in pages[name].all("a") if a.attributes.get("rel") == "next"]:
        before, name = name, following[0].attributes["href"]
        [back] = [a for a in pages[name].all("a") if a.attributes.get("rel") == "prev"]
        assert back.attributes["href"] == before
        seen.append(name)
    assert sorted(seen) == sorted(set(pages) - {"tat-ca.html"})


# --- languages ---------------------------------------------------------------------------------


def vietnamese_words(value: object) -> Iterator[str]:
    """Every text of a set that has another English, and every text that it has in Vietnamese alone."""
    if isinstance(value, Text):
        if value.vi != value.en:
            yield value.vi
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            inner = getattr(value, name)
            alone = name in ("text", "reading", "title", "number", "issuer") and isinstance(inner, str)
            yield from [inner] if alone else vietnamese_words(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from vietnamese_words(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from vietnamese_words(inner)


def test_vietnamese_words_on_english_pages_say_so(english: dict[str, Element], loaded: LoadedSet) -> None:
    of_the_set = [loaded.header, loaded.agencies, loaded.measures, loaded.rules, loaded.conditions]
    words = {" ".join(w.split()) for w in vietnamese_words(of_the_set)} | {c.name for c in loaded.communes}
    words = {w for w in words if not w.isascii()}
    assert len(words) > 300
    shown = set()
    for name, page in english.items():
        for element in page.walk():
            own = " ".join("".join(part for part in element.parts if isinstance(part, str)).split())
            if own in words:
                assert element.language == "vi", f"{name}: <{element.tag}> {own}"
                shown.add(own)
    assert len(shown) > 100


def test_the_vietnamese_book_is_in_vietnamese(pages: dict[str, Element]) -> None:
    for page in pages.values():
        assert page.children[0].attributes == {"lang": "vi"}
    said = " ".join(page.words for page in pages.values())
    for english in ("Lead agency", "Source", "Target", "Indicator", "must be", "awaited", "Promulgated"):
        assert english not in said


def test_the_english_book_is_in_english(english: dict[str, Element]) -> None:
    page = english["chi-tieu-8-1.html"]
    assert page.children[0].attributes == {"lang": "en"}
    assert page.all("blockquote")[0].language == "vi"
    assert "The system of solid-waste collection" in page.words
    for vietnamese in ("Cơ quan chủ trì", "Căn cứ", "Mức đạt"):
        assert vietnamese not in page.words


# --- what the law is ---------------------------------------------------------------------------


def test_an_invented_target_is_said_to_be_so_on_every_page(english: dict[str, Element]) -> None:
    warning = "ILLUSTRATIVE - NOT LAW: some targets are invented for demonstration"
    for name, page in english.items():
        assert page.all("title")[0].words.startswith("ILLUSTRATIVE · ")
        articles = page.all("article")
        assert articles
        for article in articles:
            assert [p.words for p in article.all("p", "warning")] == [warning], name


def test_no_page_warns_without_an_invented_target(plain: Files) -> None:
    assert not [
        name
        for name, content in plain.items()
        if b'class="warning"' in content or (b"MINH H" in content and name != "book.css")
    ]


def test_the_lineage_of_a_target_is_shown(english: dict[str, Element]) -> None:
    rule = english["chi-tieu-6-1.html"].all("section", "rule")[0]
    before, now = rule.all("ol", "targets")[0].children
    assert "not yet fixed replaced by the one below" in before.words
    assert "Group 1 commune ≤ 5% Group 2 commune ≤ 8% Group 3 commune ≤ 13%" in now.words
    assert "ILLUSTRATIVE - NOT LAW · holds" in now.words
    history = english["chi-tieu-6-1.html"].all("section", "history")[0]
    assert "01/8/2026 A later document sets the target of requirement 6.1." in history.words


def test_the_same_law_gives_the_same_bytes(loaded: LoadedSet, plain: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert make_book(loaded) == plain


def test_a_day_and_what_was_known_are_said_on_every_page(loaded: LoadedSet, overlays: Sequence[Overlay]) -> None:
    day, known = dt.date(2027, 6, 30), dt.date(2026, 7, 15)
    pages = read_pages(make_book(loaded, *overlays, as_of=day, known_on=known))
    for page in pages.values():
        said = page.all("footer")[0].words
        assert "ngày 30/6/2027, theo văn bản đã ban hành đến ngày 15/7/2026." in said
        assert not page.all("p", "warning")
    assert "không áp dụng: chưa có hoặc hết hiệu lực" in pages["index.html"].words


def test_a_book_is_made_in_two_seconds(loaded: LoadedSet) -> None:
    best = min(_seconds(loaded) for _ in range(2))
    assert best < 2


def _seconds(loaded: LoadedSet) -> float:
    start = time.process_time()
    make_book(loaded)
    return time.process_time() - start


# --- other sets --------------------------------------------------------------------------------


def test_a_set_without_texts_overlays_or_tests_makes_a_whole_book(tiny: Tiny) -> None:
    files = make_book(tiny.load())
    assert check_links(files, read_pages(files)) > 200


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("p.txt", None, "Text of document plan, p.txt: the file cannot be read (there is no such file)"),
        (
            "p.txt",
            "Kế hoạch".encode("utf-16"),
            "Text of document plan, p.txt: the file is not UTF-8 text; save it again as UTF-8",
        ),
    ],
)
def test_a_text_that_cannot_be_read_is_named(tiny: Tiny, file: str, content: bytes | None, words: str) -> None:
    tiny.change(HEADER, "date: 2026-01-01", f"date: 2026-01-01, file: {file}")
    if content is not None:
        tiny.write(file, content)
    with pytest.raises(NtmError) as refused:
        make_book(tiny.load())
    assert said(refused.value) == [words]


def test_another_province_with_dates_and_amendments_makes_a_whole_book_too() -> None:
    loaded, amendment = load_set(SET), load_overlay(AMENDMENT)
    for day in (dt.date(2031, 12, 31), dt.date(2034, 6, 30)):
        files = make_book(loaded, amendment, as_of=day)
        pages = read_pages(files)
        assert check_links(files, pages) > 300
        assert amendment.title.vi in pages["index.html"].words
    said = " ".join(page.words for page in pages.values())
    assert "5434" not in said
    assert "Lai Châu" not in said


def quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def test_words_of_a_set_are_never_markup(tiny: Tiny) -> None:
    hostile = quoted(HOSTILE)
    for name, old in (
        (HEADER, "Bộ thử"),
        (HEADER, "Kế hoạch"),
        (HEADER, "Bộ tiêu chí của tỉnh"),
        (HEADER, "Nhóm 1"),
        (HEADER, "Hạ tầng"),
        (HEADER, "1/KH"),
        (AGENCIES, "Sở A"),
        (MEASURES, "Tỷ lệ đường đạt chuẩn"),
        (MEASURES, "Bảng kê"),
        (RULES_1, "đường đạt chuẩn\n"),
        (RULES_2, "Xếp loại khá trở lên"),
    ):
        tiny.change(name, old, hostile + ("\n" if old.endswith("\n") else ""))
    tiny.change(HEADER, "date: 2026-01-01", "date: 2026-01-01, file: p.txt")
    tiny.write("p.txt", f"Phụ lục III\nTT\t{HOSTILE}\n1.2\t{HOSTILE} Số trạm y tế $\\geq 2$ {HOSTILE}\n")
    tiny.write(
        "01/tests.yaml",
        f"- {{name: {hostile}, of: '1.2', given: {{clinics: {hostile}}}, expect: {{verdict: NO_DATA}}}}\n",
    )
    overlay = tiny.overlay(
        OVERLAY.replace("title: {vi: Quyết định 9, en", f"title: {{vi: {hostile}, en").replace("Điều 3", hostile)
    )
    for language in ("vi", "en"):
        files = make_book(tiny.load(), overlay, language=language)
        pages = read_pages(files)
        check_links(files, pages)
        for page in pages.values():
            assert not page.all("script")
            assert not page.all("img")
            assert not [e for e in page.walk() if any(name.startswith("on") for name in e.attributes)]
    assert HOSTILE in pages["chi-tieu-1-2.html"].words
    assert HOSTILE in pages["nguyen-van-plan.html"].words


@settings(max_examples=8)
@given(data=st.data())
def test_any_ids_a_set_may_have_make_a_book_whose_links_resolve(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    ids = st.one_of(
        st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,12}\Z"),
        st.sampled_from(["1-1", "1_1", "1.1.", "A.1", "a.1", "index", "8.1-nguyen-van", "plan-dong-1", "x" * 150]),
    )
    renamed = ["so-a", "so-b", "ubnd-xa", "1.1", "1.1.a", "1.1.c.ii", "1.2", "2.1", "DK.1", "awaited", "plan"]
    fresh = data.draw(st.lists(ids, min_size=len(renamed), max_size=len(renamed), unique=True))
    set_ = Tiny(tmp_path_factory.mktemp("set"))
    new = {old: f"'{id_}'" for old, id_ in zip(renamed, fresh, strict=True)}
    key = re.compile(
        r"(id|lead|owed_by|document|decision|attested_by|row): \"?("
        + "|".join(map(re.escape, renamed))
        + r")\"?(?=[,}\n])"
    )
    for name, content in FILES.items():
        content = key.sub(lambda m: f"{m[1]}: {new[m[2]] if m[1] != 'row' else repr(m[2])}", content)
        content = re.sub(
            r"\[((?:plan|ubnd-xa|so-a|so-b)(?:, (?:so-a|so-b))*)\]",
            lambda m: f"[{', '.join(new[id_] for id_ in m[1].split(', '))}]",
            content,
        )
        set_.write(name, content)
    set_.change(HEADER, "date: 2026-01-01", "date: 2026-01-01, file: p.txt")
    set_.write("p.txt", "Phụ lục III\nTT\tX\n1.2\tSố trạm y tế $\\geq 2$\n2.1\tXếp loại khá trở lên\n")
    loaded = set_.load()
    files = make_book(loaded)
    assert len({name.casefold() for name in files}) == len(files)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.(html|css)", name) for name in files)
    assert check_links(files, read_pages(files)) > 200


def test_a_decision_is_past_due_only_while_something_waits_on_it(
    pages: dict[str, Element], english: dict[str, Element]
) -> None:
    def decision(book: dict[str, Element]) -> Element:
        return next(page for name, page in book.items() if name.endswith("bo-tieu-chi-xa-ntm-lai-chau.html"))

    waiting, filled = decision(pages), decision(english)
    assert [late.words for late in waiting.all("span", "late")] == ["đã quá hạn tính đến ngày 31/12/2026"]
    assert filled.all("span", "late") == []
    assert "Nothing waits on it with the overlays laid on." in filled.words
    assert "31/7/2026" in filled.words, "the day itself is still told"


def test_a_tables_head_is_not_left_alone_at_the_foot_of_a_printed_page() -> None:
    css = (ROOT / "ntm_rules" / "report" / "html" / "base.css").read_text(encoding="utf-8")
    printed = " ".join(css.partition("@media print")[2].split())
    assert "thead { break-inside: avoid; break-after: avoid; }" in printed
    assert "tbody > tr:first-child { break-before: avoid; }" in printed
