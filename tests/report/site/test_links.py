"""Every link of the pages leads somewhere inside them; nothing is asked from elsewhere."""

from __future__ import annotations

import re

import pytest

from ntm_rules.report.site.contents import Contents
from tests.report.pages.html_pages import Element, read_pages
from tests.report.site.conftest import Files


@pytest.fixture(params=["files", "english"])
def site(request: pytest.FixtureRequest) -> Files:
    found: Files = request.getfixturevalue(request.param)
    return found


def test_every_link_and_picture_leads_to_something_inside(site: Files) -> None:
    pages = read_pages(site)
    ids = {name: [e.attributes["id"] for e in page.walk() if "id" in e.attributes] for name, page in pages.items()}
    assert [name for name, found in ids.items() if len(found) != len(set(found))] == []
    broken = set()
    for name, page in pages.items():
        for element in page.walk():
            for attribute in ("href", "src"):
                if attribute not in element.attributes:
                    continue
                file, _, anchor = element.attributes[attribute].partition("#")
                target = file or name
                if target not in site or (anchor and anchor not in ids[target]):
                    broken.add((name, element.attributes[attribute]))
    assert broken == set()


def test_nothing_comes_from_elsewhere(site: Files) -> None:
    for name, content in site.items():
        allowed = content.replace(b"http://www.w3.org/2000/svg", b"").replace(b"http://www.w3.org/1999/xlink", b"")
        assert not re.search(rb"https?:|//[a-z]|@import|url\((?!#hatch)", allowed), name


def test_names_are_safe_on_every_file_system(site: Files) -> None:
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]*\.(html|css|js)", name) for name in site)


def test_every_picture_says_its_numbers_to_those_who_do_not_see_it(site: Files) -> None:
    for name, page in read_pages(site).items():
        drawn = [e for e in page.walk() if e.attributes.get("role") == "img"]
        assert all(re.search(r"\d", e.attributes["aria-label"]) for e in drawn), name
        for bar in (line for figure in page.all("figure", "bars") for line in figure.all("li")):
            assert re.search(r"\d", bar.words), (name, bar.words)
        if name.startswith("chi-tieu-"):
            assert drawn, name


def test_every_thing_has_its_page(contents: Contents, pages: dict[str, Element]) -> None:
    rules = contents.rules
    leads = {lead for i in contents.indicators for lead in i.leads()}
    assert sum(name.startswith("chi-tieu-") for name in pages) == len(contents.indicators) == 48
    assert {f"don-vi-{record.code}.html" for record in contents.records} <= set(pages)
    assert {f"co-quan-{lead}.html" for lead in leads} <= set(pages)
    assert len(rules.lead_agencies) == 17
    assert len(pages) == 48 + len(contents.records) + len(leads) + 11
