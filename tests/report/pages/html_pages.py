"""Pages as a browser would take them apart, with the standard library: elements, ids, links, text, language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

BLOCKS = frozenset({"li", "p", "div", "dt", "dd", "th", "td", "tr", "caption", "section", "h1", "h2", "h3", "h4"})
"""Elements that stand apart, so that the words of two of them do not run together."""
VOID = frozenset({"meta", "link", "br", "hr", "img", "input"})


@dataclass
class Element:
    """An element with its attributes, its words and where it stands."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    children: list[Element] = field(default_factory=list)
    parts: list[Element | str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """All words in it, white space joined."""
        return " ".join("".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        for part in self.parts:
            if isinstance(part, str):
                yield part
            else:
                gap = " " if part.tag in BLOCKS else ""
                yield gap
                yield from part._words()
                yield gap

    @property
    def language(self) -> str:
        """The language in force here."""
        if "lang" in self.attributes:
            return self.attributes["lang"]
        return self.parent.language if self.parent else ""

    def walk(self) -> Iterator[Element]:
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, tag: str, class_: str | None = None) -> list[Element]:
        """Every element of a tag, and of a class."""
        return [
            e
            for e in self.walk()
            if e.tag == tag and (class_ is None or class_ in e.attributes.get("class", "").split())
        ]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"attribute twice in {self.get_starttag_text()}")
        element = Element(tag, {name: value or "" for name, value in attrs}, self.open[-1])
        self.open[-1].children.append(element)
        self.open[-1].parts.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag != tag:
            self.faults.append(f"</{tag}> closes <{self.open[-1].tag}> at {self.getpos()}")
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)


def read_page(html: bytes) -> Element:
    """Parse a page; every element must be closed where it was opened."""
    reader = _Reader()
    reader.feed(html.decode("utf-8"))
    reader.close()
    left_open = [element.tag for element in reader.open[1:]]
    assert reader.faults == []
    assert left_open == []
    return reader.root


def read_pages(files: Mapping[str, bytes]) -> dict[str, Element]:
    """Parse every page of a book."""
    return {name: read_page(content) for name, content in files.items() if name.endswith(".html")}
