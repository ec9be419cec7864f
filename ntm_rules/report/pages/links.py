"""Where everything stands in a set of pages: a page's file name, an anchor inside it, and how to link there.

Names are readable ASCII, alike on every file system (a USB stick tells no case apart), and unique
in the whole set, so that all pages can also stand one below the other in a single file.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ntm_rules.report.html.links import CONTENT
from ntm_rules.spelling import plain_words

LONGEST = 80
"""A name is cut to this, for file systems and people."""
INDEX = "index.html"

Key = tuple[str, str]
"""A kind of thing ("indicator", "agency", ...) and its id."""


def readable(words: str) -> str:
    """Return words as lower-case ASCII letters and digits joined by single hyphens; never empty.

    >>> readable("chi-tieu 8.1"), readable("Sở Nội vụ / Đảng"), readable("???")
    ('chi-tieu-8-1', 'so-noi-vu-dang', 'x')
    """
    return "-".join(plain_words(words))[:LONGEST].strip("-") or "x"


@dataclass(slots=True)
class FileLinks:
    """Every page and anchor of a set of pages in files."""

    _taken: set[str] = field(default_factory=set)
    _places: dict[Key, tuple[str, str]] = field(default_factory=dict)
    """Kind and id -> file and anchor."""
    _pages: dict[str, str] = field(default_factory=dict)
    """File -> the anchor of its own section."""
    single: bool = False
    """All pages stand in one file, so that every link stays inside it."""

    def page(self, key: Key, words: str, file: str | None = None) -> str:
        """Give a thing a page of its own; return its file name, by `words` unless `file` is given."""
        anchor = self._unique(words)
        name = file or f"{anchor}.html"
        self._places[key] = (name, anchor)
        self._pages[name] = anchor
        return name

    def file(self, kind: str, name: str) -> None:
        """Name a file that is no page of the set: a style sheet, a script, the page that holds all others."""
        self._places[kind, ""] = (name, "")
        self._pages[name] = ""

    def anchor(self, key: Key, words: str, page: str) -> str:
        """Give a thing a place on a page; return its anchor."""
        anchor = self._unique(words)
        self._places[key] = (page, anchor)
        return anchor

    def of(self, kind: str, id_: str) -> str:
        """Return the anchor of a thing that has a place."""
        return self._places[kind, id_][1]

    def page_of(self, kind: str, id_: str) -> str:
        """Return the file on whose page a thing has its place."""
        return self._places[kind, id_][0]

    def to(self, kind: str, id_: str, section: str = "") -> str | None:
        """Return the address of a thing, or of a section of its page, relative to any page; None when it has no place."""
        place = self._places.get((kind, id_))
        if place is None:
            return None
        page, anchor = place
        if self.single and anchor:
            return f"#{section or anchor}"
        at = section or (anchor if self._pages.get(page) != anchor else "")
        return f"{page}#{at}" if at else page

    def in_one_file(self) -> FileLinks:
        """Return the same links for all pages in one file."""
        return FileLinks(self._taken, self._places, self._pages, single=True)

    def _unique(self, words: str) -> str:
        wanted = name = readable(words)
        number = 1
        while name in self._taken:
            number += 1
            name = f"{wanted}-{number}"
        self._taken.add(name)
        return name


def new_links(*names: str) -> FileLinks:
    """Return links in which the names of fixed pages are taken, and the ids of the pages' own parts."""
    links = FileLinks()
    links._taken |= {name.removesuffix(".html") for name in (INDEX, *names)} | {CONTENT}
    return links
