"""The pages: what each is called, and all of them laid out with their pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

from ntm_rules.i18n import N_, _, current_language
from ntm_rules.report.charts.drawing import FONTS
from ntm_rules.report.pages.links import INDEX, Key, Links, new_links
from ntm_rules.report.html.looks import style_sheet
from ntm_rules.report.pages.writing import Kind
from ntm_rules.report.palette import COLOURS
from ntm_rules.report.site.contents import Contents
from ntm_rules.report.site.layout import Layout, look
from ntm_rules.report.site.templating import SCRIPT, STYLE, templates
from ntm_rules.rulebook.criteria_set import walk
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.communes import full_name
from ntm_rules.wording.phrases import shortened

SITE = Kind(
    marker="ntm-trang.json",
    key="pages",
    foreign=N_("{folder} is not empty and holds no earlier pages ({marker}); name a new or an empty folder"),
    in_the_way=N_("{folder} holds files that are not of earlier pages and would be replaced: {names}; move them away"),
    no_folder=N_("{folder} is a file; name a folder for the pages"),
)
OWN_STYLE, OWN_SCRIPT = "site.css", "site.js"
LONGEST_TITLE = 70


@dataclass(frozen=True, slots=True)
class Page:
    """One page: what it is about, its place and its template."""

    key: Key
    heading: str
    template: str
    subject: object = None
    file: str = ""
    title: str = ""
    """What it is called in the tab: the heading, or more than that, cut."""


FIXED = {
    "index": INDEX,
    "sheet": "mot-trang.html",
    "indicators": "chi-tieu.html",
    "agencies": "co-quan.html",
    "nearest": "gan-dat-chuan.html",
    "years": "hai-nam.html",
    "data": "so-lieu.html",
    "legend": "chu-giai.html",
    "sources": "nguon.html",
}
"""Pages that there are once, with their files."""
SECTIONS = ("lan-chay", "van-ban", "van-ban-cho", "tep")
"""The sections of the page of sources, so that no document takes their names."""
NAMED_BY_ID = {"indicator": "chi-tieu", "commune": "don-vi", "agency": "co-quan"}
"""What the name of a page about one thing begins with."""


def render_site(
    contents: Contents, progress: Callable[[int, int], None] = lambda _done, _total: None
) -> dict[str, bytes]:
    """Return every file of the pages in the language in force: name -> bytes, alike for alike results.

    `progress` is told how many pages are done, of how many.
    """
    links = new_links(*FIXED.values(), *SECTIONS)
    pages = _placed(contents, list(_pages(contents)), links)
    found: dict[str, bytes] = {}
    for done, (file, content) in enumerate(_rendered(contents, links, pages), start=1):
        found[file] = content
        progress(done, len(pages))
    return {**found, **style(contents)}


def render_page(contents: Contents, kind: str, id_: str = "") -> bytes:
    """Return one page alone, as it stands among all of them.

    Raises:
        StopIteration: there is no such page.
    """
    links = new_links(*FIXED.values(), *SECTIONS)
    pages = _placed(contents, list(_pages(contents)), links)
    asked = next(page for page in pages if page.key == (kind, id_))
    [(_file, content)] = _rendered(contents, links, [asked])
    return content


def style(contents: Contents) -> dict[str, bytes]:
    """Return the files that every page asks for: name -> bytes."""
    package = files(__package__ or "")
    own, script = package.joinpath(OWN_STYLE).read_text(encoding="utf-8"), package.joinpath(OWN_SCRIPT).read_bytes()
    return {STYLE: style_sheet(own, _colours(), _on_paper(contents)), SCRIPT: script}


def _rendered(contents: Contents, links: Links, pages: Sequence[Page]) -> Iterator[tuple[str, bytes]]:
    """Yield the file and the content of each page."""
    layout = Layout(contents, links, _within(contents))
    environment = templates()
    context = {"lang": current_language(), **layout.context()}
    for page in pages:
        yield page.file, environment.get_template(page.template).render(page=page, **context).encode()


def _pages(contents: Contents) -> Iterator[Page]:
    rules, year = contents.rules, contents.year
    yield Page(("index", ""), _("All communes in {year}", year=year), "index.html")
    yield Page(("sheet", ""), _("One page on {year}", year=year), "sheet.html")
    yield Page(("indicators", ""), _("The indicators in {year}", year=year), "indicators.html")
    yield Page(("agencies", ""), _("The lead agencies in {year}", year=year), "agencies.html")
    yield Page(("nearest", ""), _("Nearest to the standard in {year}", year=year), "nearest.html")
    if contents.overview.years:
        yield Page(
            ("years", ""), _("{before} and {year}: what rose, what fell", before=year - 1, year=year), "years.html"
        )
    yield Page(("data", ""), _("How complete the data of {year} are", year=year), "data.html")
    yield Page(("legend", ""), _("How to read these pages"), "legend.html")
    yield Page(("sources", ""), _("Sources, and what this was made from"), "sources.html")
    for indicator in contents.indicators:
        words = {"id": indicator.id, "title": str(indicator.words)}
        if indicator.criterion:
            heading, title = _("Indicator {id}", id=indicator.id), _("Indicator {id}. {title}", **words)
        else:
            heading, title = _("Further condition {id}", id=indicator.id), _("Further condition {id}. {title}", **words)
        yield Page(("indicator", indicator.id), heading, "indicator.html", indicator, title=title)
    for agency in dict.fromkeys([*rules.lead_agencies, *(lead for c in rules.conditions for lead in c.leads())]):
        name = _("{agency}: its indicators in {year}", agency=agency_name(rules, agency), year=year)
        yield Page(("agency", agency), name, "agency.html", agency)
    for record, at in enumerate(contents.records):
        known = rules.communes.get(at.code)
        name = full_name(known) if known else at.name
        template = "commune.html" if contents.overview.usable[record] else "unread.html"
        yield Page(("commune", at.code), _("{commune} in {year}", commune=name, year=year), template, record)
    for one in contents.unread:
        if one.record is None:
            name = full_name(one.commune)
            yield Page(("commune", one.commune.code), _("{commune} in {year}", commune=name, year=year), "unread.html")


def _placed(contents: Contents, pages: Sequence[Page], links: Links) -> list[Page]:
    """Give every page its file, and every document its place on the page of sources."""
    for page in pages:
        kind, id_ = page.key
        if kind in FIXED:
            links.page(page.key, f"trang-{kind}", FIXED[kind])
        else:
            links.page(page.key, f"{NAMED_BY_ID[kind]}-{id_}")
    for document in contents.rules.documents:
        links.anchor(("document", document), f"van-ban-{document}", FIXED["sources"])
    return [
        replace(page, file=links.file(*page.key), title=shortened(page.title or page.heading, LONGEST_TITLE))
        for page in pages
    ]


def _within(contents: Contents) -> Links:
    """Return the anchors of everything in the rules, for pages that explain it."""
    within = new_links()
    for criterion in contents.rules.criteria:
        within.anchor(("criterion", criterion.id), f"tieu-chi-{criterion.id}", "")
    for indicator in contents.indicators:
        within.anchor(("indicator", indicator.id), f"chi-tieu-{indicator.id}", "")
        for node in walk(indicator.condition):
            within.anchor(("node", node.id), f"yeu-cau-{node.id}", "")
    return within


def _colours() -> str:
    """Return the rules that give every verdict its colours."""
    return "\n".join(
        f".{look(verdict)} {{ background: {colours.back}; color: {colours.ink}; }}"
        for verdict, colours in COLOURS.items()
    )


def _on_paper(contents: Contents) -> str:
    """Return the rules that say on every printed page what is invented; none for real figures under real rules."""
    said = " · ".join(warning.partition(":")[0] for warning in contents.warnings)
    if not said:
        return ""
    words = said.replace("\\", "\\\\").replace('"', '\\"')
    return (
        "@media print {\n  @page invented {\n    @top-center {\n      color: #6d1010;\n"
        f'      content: "{words}";\n      font: bold 9pt {FONTS};\n    }}\n  }}\n'
        "  body.invented {\n    page: invented;\n  }\n}\n"
    )
