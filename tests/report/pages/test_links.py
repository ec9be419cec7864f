"""Names of pages and anchors: readable, safe on every file system, unique whatever the ids are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.report.pages.links import LONGEST, new_links, readable

SAFE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ids = st.one_of(
    st.text(min_size=1, max_size=200),
    st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,6}\Z"),
    st.sampled_from(
        ["8.1", "8-1", "8_1", "8.1.", "A.1", "a.1", "../../x", "CON", "index", "tat-ca", "noi-dung", "x-2", "x"]
    ),
)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("chi-tieu-8.1", "chi-tieu-8-1"),
        ("co-quan-so-nong-nghiep-moi-truong", "co-quan-so-nong-nghiep-moi-truong"),
        ("Đường Ủy", "duong-uy"),
        ("../..\\<script>", "script"),
        ("ß·", "x"),
    ],
)
def test_names_are_readable_ascii(words: str, name: str) -> None:
    assert readable(words) == name


@given(st.lists(st.tuples(st.sampled_from(["indicator", "agency"]), ids), unique=True, max_size=30))
def test_every_thing_has_a_safe_name_of_its_own(keys: list[tuple[str, str]]) -> None:
    links = new_links("tat-ca.html")
    files = [links.page(key, f"{key[0]}-{key[1]}") for key in keys]
    anchors = [links.anchor(("node", f"{kind}{id_}"), id_, "index.html") for kind, id_ in keys]
    names = [file.removesuffix(".html") for file in files] + anchors
    assert all(SAFE.fullmatch(name) and len(name) <= LONGEST + 4 for name in names)
    assert len(set(names)) == len(names)
    assert not {"index", "tat-ca", "noi-dung"} & set(names)


def test_a_page_is_linked_by_its_file_a_place_on_it_by_its_anchor() -> None:
    links = new_links("tat-ca.html")
    page = links.page(("indicator", "8.1"), "chi-tieu-8.1")
    links.anchor(("node", "8.1.b"), "yeu-cau-8.1.b", page)
    assert links.to("indicator", "8.1") == "chi-tieu-8-1.html"
    assert links.to("node", "8.1.b") == "chi-tieu-8-1.html#yeu-cau-8-1-b"
    assert links.to("indicator", "9.9") is None
    single = links.in_one_file()
    assert single.to("indicator", "8.1") == "#chi-tieu-8-1"
    assert single.to("node", "8.1.b") == "#yeu-cau-8-1-b"
