"""The pages: what each is called, and all of them laid out with their pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.resources import files

from ntm_rules.i18n import N_, _, current_language, in_language
from ntm_rules.report.charts.chart import year_of
from ntm_rules.report.charts.marks import FONTS
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.looks import style_sheet
from ntm_rules.report.html.templating import templates
from ntm_rules.report.html.values import Frame, NavigationEntry, look
from ntm_rules.report.pages.links import INDEX, FileLinks, Key, new_links
from ntm_rules.report.pages.writing import OutputKind
from ntm_rules.report.palette import COLOURS
from ntm_rules.report.site.contents import Contents
from ntm_rules.report.site.layout import LONGEST_TITLE, Layout
from ntm_rules.report.site.views.agencies import agencies
from ntm_rules.report.site.views.agency import agency
from ntm_rules.report.site.views.commune import commune
from ntm_rules.report.site.views.data import data
from ntm_rules.report.site.views.index import index
from ntm_rules.report.site.views.indicator import indicator
from ntm_rules.report.site.views.indicator import trail as indicator_trail
from ntm_rules.report.site.views.indicators import indicators
from ntm_rules.report.site.views.nearest import nearest
from ntm_rules.report.site.views.plan import documents, goals, road, trends
from ntm_rules.report.site.views.sheet import sheet
from ntm_rules.report.site.views.sources import legend, sources
from ntm_rules.report.site.views.unread import unread
from ntm_rules.report.site.views.years import years
from ntm_rules.rulebook.criteria_set import walk
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.communes import full_name
from ntm_rules.wording.phrases import shortened
from ntm_rules.wording.standards import meets_words, no_recognition_words
from ntm_rules.wording.titles import indicator_number, indicator_title

SITE = OutputKind(
    marker="ntm-trang.json",
    key="pages",
    foreign=N_("{folder} is not empty and holds no earlier pages ({marker}); name a new or an empty folder"),
    in_the_way=N_("{folder} holds files that are not of earlier pages and would be replaced: {names}; move them away"),
    no_folder=N_("{folder} is a file; name a folder for the pages"),
)
OWN_STYLE, OWN_SCRIPT = "site.css", "site.js"
HASH_SHOWN = 16


STYLE, SCRIPT = "trang.css", "trang.js"


@dataclass(frozen=True, slots=True)
class Page:
    """One page: what it is about, its template and what that shows."""

    key: Key
    heading: str
    shows: Callable[[Layout], object]
    template: str = ""
    """Where it is not called as what the page is about."""
    title: str = ""
    """What it is called in the tab where that is more than the heading; it is cut."""
    trail: Callable[[Layout], Sequence[Link]] = lambda _layout: ()
    """What it belongs to."""


FIXED = {
    "goals": "muc-tieu.html",
    "roadmap": "lo-trinh.html",
    "deliverables": "van-ban-phai-co.html",
    "trends": "cac-nam.html",
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
    found: dict[str, bytes] = {}
    language = current_language()  # looked up once, not for every word
    with in_language(language):
        site = Site(contents)
        for done, (file, content) in enumerate(site.rendered(site.pages), start=1):
            found[file] = content
            progress(done, len(site.pages))
    return {**found, **style(contents)}


def render_page(contents: Contents, kind: str, id_: str = "") -> bytes:
    """Return one page alone, as it stands among all of them.

    Raises:
        StopIteration: there is no such page.
    """
    site = Site(contents)
    asked = next(page for page in site.pages if page.key == (kind, id_))
    [(_file, content)] = site.rendered([asked])
    return content


class Site:
    """The pages of one year, drawn when somebody asks for one."""

    def __init__(self, contents: Contents, beyond: Sequence[NavigationEntry] = ()) -> None:
        """`beyond`: what stands at the head of every page before its parts, and leads elsewhere."""
        self.contents, self.beyond = contents, beyond
        self.pages = list(_pages(contents))
        self._links = _placed(contents, self.pages)
        self._layout = Layout(contents.rules, self._links, contents, self._links, _within(contents))
        self._context = _context(self._layout)
        self._by_file = {self._links.page_of(*page.key): page for page in self.pages}

    def file(self, name: str) -> bytes | None:
        """Return a page, the style sheet or the script by its file's name; None where there is none of that name."""
        page = self._by_file.get(name)
        if page is None:
            return style(self.contents).get(name)
        [(_file, content)] = self.rendered([page])
        return content

    def rendered(self, pages: Sequence[Page]) -> Iterator[tuple[str, bytes]]:
        """Yield the file and the content of each page asked for, among all of them."""
        for page in pages:
            name = page.template or page.key[0]
            frame = Frame(page.heading, shortened(page.title or page.heading, LONGEST_TITLE), page.trail(self._layout))
            parts = [
                NavigationEntry(words, address, page.key[0] == kind)
                for kind, words in _parts()
                if (address := self._links.to(kind, ""))
            ]
            shown = {"page": frame, "parts": [*self.beyond, *parts], name: page.shows(self._layout)}
            template = templates(__package__ or "").get_template(f"{name}.html")
            yield self._links.page_of(*page.key), template.render(**shown, **self._context).encode()


def style(contents: Contents) -> dict[str, bytes]:
    """Return the files that every page asks for: name -> bytes."""
    package = files(__package__ or "")
    own, script = package.joinpath(OWN_STYLE).read_text(encoding="utf-8"), package.joinpath(OWN_SCRIPT).read_bytes()
    return {STYLE: style_sheet(own, _colours(), _on_paper(contents)), SCRIPT: script}


def _context(layout: Layout) -> dict[str, object]:
    """Return what every page says alike."""
    contents = layout.contents
    return {
        "lang": current_language(),
        "links": layout.links,
        "rules": layout.rules,
        "meets": meets_words(layout.rules),
        "no_recognition": no_recognition_words(layout.rules),
        "year": contents.year,
        "total": len(contents.reported),
        "hash": contents.law_hash[:HASH_SHOWN],
        "warnings": contents.warnings,
        "invented": "invented" if contents.warnings else "",
        "parts_label": _("Parts of these pages"),
        "verdicts": list(layout.badges.values()),
        "meanings": layout.link("legend", "", _("What they mean")),
    }


def _parts() -> list[tuple[str, str]]:
    """Return the parts of the pages, in the order in which they stand at the head of each."""
    return [
        ("goals", _("The plan's goals")),
        ("sheet", _("One page")),
        ("index", _("All communes")),
        ("indicators", _("Indicators")),
        ("agencies", _("Agencies")),
        ("nearest", _("Nearest to the standard")),
        ("roadmap", _("Road map")),
        ("deliverables", _("Documents owed")),
        ("years", _("Two years")),
        ("trends", _("All years")),
        ("data", _("Data")),
        ("legend", _("Legend")),
        ("sources", _("Sources")),
    ]


def _pages(contents: Contents) -> Iterator[Page]:
    rules, year = contents.rules, contents.year
    yield Page(("index", ""), _("All communes in {year}", year=year), index)
    yield Page(("indicators", ""), _("The indicators in {year}", year=year), indicators)
    yield Page(("agencies", ""), _("The lead agencies in {year}", year=year), agencies)
    yield Page(("nearest", ""), _("Nearest to the standard in {year}", year=year), nearest)
    if contents.overview.years:
        yield Page(("years", ""), _("{before} and {year}: what rose, what fell", before=year - 1, year=year), years)
    if contents.trends:
        first = year_of(contents.years[0][0])
        yield Page(("trends", ""), _("The years {first} to {last}", first=first, last=year), trends, "sections")
    yield Page(("data", ""), _("How complete the data of {year} are", year=year), data)
    yield Page(("legend", ""), _("How to read these pages"), legend)
    yield Page(("sources", ""), _("Sources, and what this was made from"), sources)
    for one in contents.indicators:
        shows, trail = partial(indicator, one=one), partial(indicator_trail, indicator=one)
        yield Page(("indicator", one.id), indicator_number(one), shows, title=indicator_title(one), trail=trail)
    for id_ in dict.fromkeys([*rules.lead_agencies, *(lead for c in rules.conditions for lead in c.leads())]):
        name = _("{agency}: its indicators in {year}", agency=agency_name(rules, id_), year=year)
        yield Page(("agency", id_), name, partial(agency, id_=id_), trail=_under("agencies", _("Agencies")))
    under = _under("index", _("All communes"))
    for record, at in enumerate(contents.records):
        known = rules.communes.get(at.code)
        heading = _("{commune} in {year}", commune=full_name(known) if known else at.name, year=year)
        if contents.overview.usable[record]:
            yield Page(("commune", at.code), heading, partial(commune, record=record), trail=under)
        else:
            yield Page(("commune", at.code), heading, partial(unread, code=at.code), "unread", trail=under)
    for handed in contents.unread:
        if handed.record is None:
            code = handed.commune.code
            heading = _("{commune} in {year}", commune=full_name(handed.commune), year=year)
            yield Page(("commune", code), heading, partial(unread, code=code), "unread", trail=under)
    yield from _last(contents)


def _last(contents: Contents) -> Iterator[Page]:
    """Yield the pages that wait for the road map, which another process may still be working out."""
    if contents.plan is not None:
        if contents.states:
            last = min(track.target.year for track in contents.plan.tracks)
            yield Page(("goals", ""), _("The plan's goals for {year}", year=last), goals, "sections")
        if contents.question is not None:
            yield Page(("roadmap", ""), _("The road map to the plan's goals"), road, "sections")
        if contents.owed_documents:
            yield Page(("deliverables", ""), _("Documents that the plan asks for"), documents, "sections")
    yield Page(("sheet", ""), _("One page on {year}", year=contents.year), sheet)


def _under(kind: str, words: str) -> Callable[[Layout], Sequence[Link]]:
    """Return the trail of a page that belongs to one that there is once."""
    return lambda layout: [layout.link(kind, "", words)]


def _placed(contents: Contents, pages: Sequence[Page]) -> FileLinks:
    """Return the links of the pages: each in its file, every document in its place on the page of sources."""
    links = new_links(*FIXED.values(), *SECTIONS)
    for page in pages:
        kind, id_ = page.key
        if kind in FIXED:
            links.page(page.key, f"trang-{kind}", FIXED[kind])
        else:
            links.page(page.key, f"{NAMED_BY_ID[kind]}-{id_}")
    for document in contents.rules.documents:
        links.anchor(("document", document), f"van-ban-{document}", FIXED["sources"])
    links.file("style", STYLE)
    links.file("script", SCRIPT)
    return links


def _within(contents: Contents) -> FileLinks:
    """Return the anchors of everything in the rules, for pages that explain it."""
    within = new_links()
    for criterion in contents.rules.criteria:
        within.anchor(("criterion", criterion.id), f"tieu-chi-{criterion.id}", "")
    for one in contents.indicators:
        within.anchor(("indicator", one.id), f"chi-tieu-{one.id}", "")
        for node in walk(one.condition):
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
