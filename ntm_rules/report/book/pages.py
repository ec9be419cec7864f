"""The pages of the book in reading order, what each is called, and all of them laid out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.resources import files
from typing import NamedTuple

from markupsafe import Markup

from ntm_rules.i18n import N_, _, current_language
from ntm_rules.report.book.contents import BookContents
from ntm_rules.report.book.layout import BookLayout
from ntm_rules.report.book.templating import WHOLE
from ntm_rules.report.book.views.agency import agency, decision
from ntm_rules.report.book.views.communes import communes, numbered
from ntm_rules.report.book.views.index import PARTS, index
from ntm_rules.report.book.views.indicator import criterion, indicator
from ntm_rules.report.book.views.indicator import trail as indicator_trail
from ntm_rules.report.book.views.measures import measures
from ntm_rules.report.book.views.text import text
from ntm_rules.report.book.views.verdicts import cross_checks, verdicts
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.looks import style_sheet
from ntm_rules.report.html.templating import templates
from ntm_rules.report.html.values import Frame, NavigationEntry
from ntm_rules.report.html.words import translated, vietnamese
from ntm_rules.report.pages.links import INDEX, FileLinks, Key, new_links
from ntm_rules.report.pages.writing import OutputKind
from ntm_rules.report.targets import TargetState
from ntm_rules.rulebook.criteria_set import Indicator, walk_with_hamlets
from ntm_rules.rulebook.models import Document
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.phrases import shortened
from ntm_rules.wording.titles import criterion_title, indicator_title

BOOK = OutputKind(
    marker="ntm-book.json",
    key="book",
    foreign=N_("{folder} is not empty and holds no earlier book ({marker}); name a new or an empty folder"),
    in_the_way=N_(
        "{folder} holds files that are not of an earlier book and would be replaced: {names}; move them away"
    ),
    no_folder=N_("{folder} is a file; name a folder for the book"),
)
LONGEST_TITLE, HASH_SHOWN = 50, 16
"""A page's title is cut after so many characters, at a word; the hash of the law, shown below each."""
STYLE = "book.css"


@dataclass(frozen=True, slots=True)
class BookPage:
    """One page: what it is about, and what it shows."""

    key: Key
    heading: str
    shows: Callable[[BookLayout], object]
    trail: Callable[[BookLayout], Link] | None = None
    """What it belongs to, within the contents."""

    @property
    def title(self) -> str:
        """The heading, cut for the tab and for links from the pages around it."""
        return shortened(self.heading, LONGEST_TITLE)


class Levels(NamedTuple):
    """The levels of headings: the page's own, those of its parts, and within these."""

    page: int
    part: int
    item: int


def render_book(contents: BookContents) -> dict[str, bytes]:
    """Return every file of the book in the language in force: name -> bytes, alike for alike law."""
    pages = list(_pages(contents))
    links = _placed(contents, pages)
    one = templates(__package__ or "").get_template("page.html")
    layout = BookLayout(contents.rules, links, contents, links)
    context = _context(layout, _("All on one page, to print"), links.to("whole", ""))
    rendered = {}
    for at, page in enumerate(pages):
        around = {
            "before": layout.link(*pages[at - 1].key, pages[at - 1].title) if at else None,
            "after": layout.link(*pages[at + 1].key, pages[at + 1].title) if at + 1 < len(pages) else None,
        }
        article = _article(layout, page, Levels(1, 2, 3), context)
        rendered[links.page_of(*page.key)] = one.render(page=page, article=article, **around, **context)
    single = replace(layout, links=links.in_one_file())
    context = _context(single, _("Page by page"), INDEX)
    articles = [_article(single, page, Levels(2, 3, 4), context) for page in pages]
    whole = Markup("<h1>{}</h1>\n{}").format(contents.rules.title, Markup("").join(articles))
    rendered[WHOLE] = one.render(page=pages[0], article=whole, before=None, after=None, **context)
    return {
        **{name: text.encode() for name, text in rendered.items()},
        STYLE: style_sheet(files(__package__ or "").joinpath(STYLE).read_text(encoding="utf-8")),
    }


def _article(layout: BookLayout, page: BookPage, level: Levels, context: Mapping[str, object]) -> Markup:
    """Return the content of a page, as it stands on its own and among all others."""
    kind = page.key[0]
    trail = [] if kind == "index" else [layout.link("index", "", _("Contents"))]
    under = [*trail, page.trail(layout)] if page.trail else trail
    frame = Frame(page.heading, page.title, under, layout.anchors.of(*page.key))
    template = templates(__package__ or "").get_template(f"{kind}.html")
    shown = {"page": frame, "level": level, "kind": kind}
    return Markup(template.render(**shown, **{kind: page.shows(layout)}, **context))  # nosec B704  # noqa: S704 - all in it is escaped


def _context(layout: BookLayout, other_words: str, other: str | None) -> dict[str, object]:
    """Return what every page says alike; `other` leads to all on one page, or back from it."""
    rules, contents = layout.rules, layout.contents
    warning = _("ILLUSTRATIVE - NOT LAW: some targets are invented for demonstration")
    parts = [
        layout.link("part", "tieu-chi", _("Criteria and indicators")),
        layout.link("part", "co-quan", _("Agencies")),
        layout.link("part", "van-ban-cho", _("Decisions awaited")),
        *(layout.link("text", id_, _text_of(rules.documents[id_])) for id_ in contents.texts),
        layout.link("measures", "", _("Figures reported")),
        layout.link("communes", "", _("Communes")),
        layout.link("verdicts", "", _("Reading the verdicts")),
        *([layout.link("cross_checks", "", _("Cross-checks"))] if rules.cross_checks else []),
        Link(other_words, other),
    ]
    return {
        "lang": current_language(),
        "links": layout.links,
        "rules": rules,
        "hash": contents.law_hash[:HASH_SHOWN],
        "illustrative": warning if rules.illustrative else "",
        "invented": "illustrative" if rules.illustrative else "",
        "parts_label": _("Parts of the book"),
        "parts": [NavigationEntry(one.words, one.address or "") for one in parts],
        "pending": TargetState.PENDING,
    }


def _text_of(document: Document) -> Markup:
    return translated(N_("Text of {document}"), document=vietnamese(document.number or str(document.title)))


def _of_indicator(one: Indicator) -> BookPage:
    shown, trail = partial(indicator, one=one), partial(indicator_trail, one=one)
    return BookPage(("indicator", one.id), indicator_title(one), shown, trail)


def _pages(contents: BookContents) -> Iterator[BookPage]:
    """Yield the pages in reading order."""
    rules = contents.rules
    yield BookPage(("index", ""), str(rules.title), index)
    for one in rules.criteria:
        title = criterion_title(one)
        yield BookPage(("criterion", one.id), title, partial(criterion, one=one))
        for it in one.indicators:
            yield _of_indicator(it)
    yield from map(_of_indicator, rules.conditions)
    for id_, work in contents.agencies.items():
        yield BookPage(
            ("agency", id_), agency_name(rules, id_), partial(agency, work=work), _under("co-quan", _("Agencies"))
        )
    for awaited in rules.decisions.values():
        title = _("Awaited: {decision}", decision=str(awaited.title))
        under = _under("van-ban-cho", _("Decisions awaited"))
        yield BookPage(("decision", awaited.id), title, partial(decision, one=awaited), under)
    yield BookPage(("measures", ""), _("Figures and statements reported"), measures)
    yield BookPage(("communes", ""), _("Communes and groups"), communes)
    yield BookPage(("verdicts", ""), _("How to read the verdicts"), verdicts)
    if rules.cross_checks:
        yield BookPage(("cross_checks", ""), _("Cross-checks"), cross_checks)
    for id_ in contents.texts:
        document = rules.documents[id_]
        title = _("Text of {document}", document=document.number or str(document.title))
        yield BookPage(("text", id_), title, partial(text, document=document))


def _under(part: str, words: str) -> Callable[[BookLayout], Link]:
    """Return the trail of a page that belongs to a part of the contents."""
    return lambda layout: layout.link("part", part, words)


FIXED = {
    "index": ("muc-luc", INDEX),
    "measures": ("so-lieu", None),
    "communes": ("xa-va-nhom-xa", None),
    "verdicts": ("cach-doc-ket-qua", None),
    "cross_checks": ("kiem-tra-cheo", None),
}
"""Pages that a book has once, if at all: their names."""
NAMED_BY_ID = {
    "criterion": "tieu-chi",
    "indicator": "chi-tieu",
    "agency": "co-quan",
    "decision": "van-ban-cho",
    "text": "nguyen-van",
}
"""What the name of a page about one thing begins with."""


def _placed(contents: BookContents, pages: Sequence[BookPage]) -> FileLinks:
    """Return the links of the book, everything that is spoken of elsewhere in its place; fixed pages' names come first."""
    links = new_links(WHOLE)
    for part in PARTS.values():
        links.anchor(("part", part), part, INDEX)
    there = {page.key[0] for page in pages}
    for kind, (words, file) in FIXED.items():
        if kind in there:
            links.page((kind, ""), words, file)
    for page in pages:
        kind, id_ = page.key
        if kind not in FIXED:
            links.page(page.key, f"{NAMED_BY_ID[kind]}-{id_}")
    links.file("style", STYLE)
    links.file("whole", WHOLE)
    rules = contents.rules
    for one in contents.indicators:
        for node in walk_with_hamlets(one.condition):
            links.anchor(("node", node.id), f"yeu-cau-{node.id}", links.page_of("indicator", one.id))
    for measure in rules.measures:
        links.anchor(("measure", measure), f"so-lieu-{measure}", links.page_of("measures", ""))
    for check in rules.cross_checks:
        links.anchor(("cross_check", check.id), f"kiem-tra-cheo-{check.id}", links.page_of("cross_checks", ""))
    for scale in rules.scales:
        links.anchor(("scale", scale), f"thang-{scale}", links.page_of("measures", ""))
    for group in rules.groups:
        links.anchor(("group", group), f"nhom-xa-{group}", links.page_of("communes", ""))
    for document in rules.documents:
        links.anchor(("document", document), f"van-ban-{document}", INDEX)
    for position, overlay in enumerate(contents.overlays):
        links.anchor(("overlay", str(position)), f"cu-the-hoa-{overlay.id}", INDEX)
    for position in numbered(rules.communes.within()).values():
        links.anchor(("reference", str(position)), f"can-cu-{position}", links.page_of("communes", ""))
    for document, quotes in contents.quotes.items():
        for line in sorted({quote.place.line for quote in quotes}):
            links.anchor(("line", f"{document}:{line}"), f"{document}-dong-{line}", links.page_of("text", document))
    return links
