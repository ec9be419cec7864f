"""The pages of the book in reading order, what each is called, and all of them laid out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

from ntm_rules.i18n import N_, _, current_language
from ntm_rules.report.book.contents import Contents
from ntm_rules.report.book.layout import Layout
from ntm_rules.report.book.templating import STYLE, WHOLE, numbered, templates
from ntm_rules.report.pages.links import INDEX, Key, Links, new_links
from ntm_rules.report.html.looks import style_sheet
from ntm_rules.report.pages.writing import Kind
from ntm_rules.rulebook.criteria_set import walk
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.phrases import shortened

BOOK = Kind(
    marker="ntm-book.json",
    key="book",
    foreign=N_("{folder} is not empty and holds no earlier book ({marker}); name a new or an empty folder"),
    in_the_way=N_(
        "{folder} holds files that are not of an earlier book and would be replaced: {names}; move them away"
    ),
    no_folder=N_("{folder} is a file; name a folder for the book"),
)
LONGEST_TITLE = 50
"""A page's title is cut after this many characters, at a word."""
PARTS = ("tieu-chi", "dieu-kien", "co-quan", "van-ban-cho", "cu-the-hoa", "van-ban")
"""The parts of the index, by the anchors they have."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: what it is about, its place and its template."""

    key: Key
    heading: str
    template: str
    subject: object = None
    file: str = ""
    anchor: str = ""
    title: str = ""
    """The heading, cut for the tab and for links from the pages around it."""
    before: Page | None = None
    after: Page | None = None


def render_book(contents: Contents) -> dict[str, bytes]:
    """Return every file of the book in the language in force: name -> bytes, alike for alike law."""
    links = new_links(WHOLE)
    pages = _placed(list(_pages(contents)), links)
    _anchors(contents, links)
    layout = Layout(contents, links)
    single = Layout(contents, links.in_one_file())
    one, whole = templates().get_template("page.html"), templates().get_template("whole.html")
    context = {"pages": pages, "lang": current_language()}
    rendered = {page.file: one.render(page=page, level=1, **context, **layout.context()) for page in pages}
    rendered[WHOLE] = whole.render(level=2, **context, **single.context())
    return {
        **{name: text.encode() for name, text in rendered.items()},
        STYLE: style_sheet(files(__package__ or "").joinpath(STYLE).read_text(encoding="utf-8")),
    }


def _pages(contents: Contents) -> Iterator[Page]:
    """Yield the pages in reading order, not yet placed."""
    rules = contents.rules
    yield Page(("index", ""), str(rules.title), "index.html")
    for criterion in rules.criteria:
        title = _("Criterion {id}. {title}", id=criterion.id, title=str(criterion.words))
        yield Page(("criterion", criterion.id), title, "criterion.html", criterion)
        for indicator in criterion.indicators:
            title = _("Indicator {id}. {title}", id=indicator.id, title=str(indicator.words))
            yield Page(("indicator", indicator.id), title, "indicator.html", indicator)
    for indicator in rules.conditions:
        title = _("Further condition {id}. {title}", id=indicator.id, title=str(indicator.words))
        yield Page(("indicator", indicator.id), title, "indicator.html", indicator)
    for id_, work in contents.agencies.items():
        yield Page(("agency", id_), agency_name(rules, id_), "agency.html", work)
    for decision in rules.decisions.values():
        title = _("Awaited: {decision}", decision=str(decision.title))
        yield Page(("decision", decision.id), title, "decision.html", decision)
    yield Page(("measures", ""), _("Figures and statements reported"), "measures.html")
    yield Page(("communes", ""), _("Communes and groups"), "communes.html")
    yield Page(("verdicts", ""), _("How to read the verdicts"), "verdicts.html")
    if rules.cross_checks:
        yield Page(("cross_checks", ""), _("Cross-checks"), "cross_checks.html")
    for id_ in contents.texts:
        document = rules.documents[id_]
        title = _("Text of {document}", document=document.number or str(document.title))
        yield Page(("text", id_), title, "text.html", document)


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


def _placed(pages: Sequence[Page], links: Links) -> list[Page]:
    """Give every page its file, and tell it what comes before and after; names of fixed pages come first."""
    for part in PARTS:
        links.anchor(("part", part), part, INDEX)
    there = {page.key[0] for page in pages}
    for kind, (words, file) in FIXED.items():
        if kind in there:
            links.page((kind, ""), words, file)
    for page in pages:
        kind, id_ = page.key
        if kind not in FIXED:
            links.page(page.key, f"{NAMED_BY_ID[kind]}-{id_}")
    placed = [
        replace(
            page, file=links.file(*page.key), anchor=links.of(*page.key), title=shortened(page.heading, LONGEST_TITLE)
        )
        for page in pages
    ]
    return [
        replace(page, before=placed[i - 1] if i else None, after=placed[i + 1] if i + 1 < len(placed) else None)
        for i, page in enumerate(placed)
    ]


def _anchors(contents: Contents, links: Links) -> None:
    """Give everything that is spoken of elsewhere its place on a page."""
    rules = contents.rules
    for indicator in contents.indicators:
        for node in walk(indicator.condition):
            links.anchor(("node", node.id), f"yeu-cau-{node.id}", links.file("indicator", indicator.id))
    for measure in rules.measures:
        links.anchor(("measure", measure), f"so-lieu-{measure}", links.file("measures", ""))
    for check in rules.cross_checks:
        links.anchor(("cross_check", check.id), f"kiem-tra-cheo-{check.id}", links.file("cross_checks", ""))
    for scale in rules.scales:
        links.anchor(("scale", scale), f"thang-{scale}", links.file("measures", ""))
    for group in rules.groups:
        links.anchor(("group", group), f"nhom-xa-{group}", links.file("communes", ""))
    for document in rules.documents:
        links.anchor(("document", document), f"van-ban-{document}", INDEX)
    for position, overlay in enumerate(contents.overlays):
        links.anchor(("overlay", str(position)), f"cu-the-hoa-{overlay.id}", INDEX)
    for position in numbered(rules.communes.within()).values():
        links.anchor(("reference", str(position)), f"can-cu-{position}", links.file("communes", ""))
    for document, quotes in contents.quotes.items():
        for line in sorted({quote.place.line for quote in quotes}):
            links.anchor(("line", f"{document}:{line}"), f"{document}-dong-{line}", links.file("text", document))
