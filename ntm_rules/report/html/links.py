"""Links as pages see them: a thing's address and the words that lead there, whoever serves the pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from markupsafe import Markup, escape

from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.wording.agencies import agency_name

CONTENT = "noi-dung"
"""Anchor of the content of every page, to which the skip link leads."""


class Links(Protocol):
    """Where things stand: in files of a folder, or behind the addresses of a server."""

    def to(self, kind: str, id_: str, section: str = "") -> str | None:
        """Return the address of a thing, or of a section of its page; None when it has no place."""


class Link(NamedTuple):
    """Words that lead somewhere; the words alone where there is no address."""

    words: object
    address: str | None

    def __html__(self) -> Markup:
        if not self.address:
            return escape(self.words)
        return Markup(f'<a href="{escape(self.address)}">{escape(self.words)}</a>')  # nosec B704  # noqa: S704 - escaped

    def __str__(self) -> str:
        return self.__html__()


def in_a_row(words: Iterable[object], between: str = ", ") -> Markup:
    """Return words one after the other, those that lead somewhere as links."""
    return escape(between).join(words)  # type: ignore[arg-type]  # it escapes whatever it is given


@dataclass(frozen=True)
class Linking:
    """Words of one set of pages that lead to what they name."""

    rules: CriteriaSet
    links: Links

    def link(self, kind: str, id_: str, words: object, section: str = "") -> Link:
        """Return words that lead to a thing, or to a section of its page."""
        return Link(words, self.links.to(kind, id_, section))

    def agency(self, id_: str) -> Link:
        """Return an agency's name, leading to its page."""
        return self.link("agency", id_, agency_name(self.rules, id_))

    def agencies(self, ids: Iterable[str]) -> Markup:
        """Return several agencies, each leading to its page."""
        return in_a_row(map(self.agency, ids), "; ")
