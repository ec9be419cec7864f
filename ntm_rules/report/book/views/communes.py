"""The communes and their groups, with where that stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ntm_rules.report.book.layout import BookLayout
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.words import vietnamese
from ntm_rules.rulebook.models import Group
from ntm_rules.rulebook.register import Commune
from ntm_rules.wording.communes import type_words


def numbered(communes: Iterable[Commune]) -> dict[str, int]:
    """Return the sources of communes and of their groups, each once, numbered for a list of references."""
    words = dict.fromkeys(source for one in communes for source in (one.group_source, one.source) if source)
    return {source: position for position, source in enumerate(words, 1)}


@dataclass(frozen=True, slots=True)
class GroupWords:
    """A group of communes."""

    group: Group
    anchor: str
    source: Markup | None
    note: object
    communes: int


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """A commune, and where its group and itself stand."""

    commune: Commune
    group: object
    group_source: Link | None
    source: Link | None
    formed_from: str


@dataclass(frozen=True, slots=True)
class Communes:
    """What the page of the communes shows."""

    groups: Sequence[GroupWords]
    without_group: int
    communes: Sequence[CommuneRow]
    outside: Sequence[tuple[Commune, str]]
    """Units to which the criteria do not apply, and what each is."""
    sources: Sequence[tuple[str, Markup]]
    """Each with its anchor."""


def communes(layout: BookLayout) -> Communes:
    """Return what the page of the communes shows."""
    rules, within = layout.rules, layout.rules.communes.within()
    sources = numbered(within)

    def reference(words: str | None) -> Link | None:
        if not words:
            return None
        n = str(sources[words])
        return layout.link("reference", n, f"[{n}]")

    return Communes(
        [
            GroupWords(
                one,
                layout.anchors.of("group", one.id),
                layout.place(one.source) if one.source else None,
                one.source.note if one.source else None,
                sum(commune.group == one.id for commune in within),
            )
            for one in rules.groups.values()
        ],
        sum(not commune.group for commune in within),
        [
            CommuneRow(
                one,
                rules.groups[one.group].title if one.group else "",
                reference(one.group_source),
                reference(one.source),
                ", ".join(one.predecessor_names),
            )
            for one in within
        ],
        [(one, type_words(one)) for one in rules.communes.outside()],
        [(layout.anchors.of("reference", str(n)), vietnamese(words)) for words, n in sources.items()],
    )
