"""The communes and their groups, with where that stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ntm_rules.i18n import _
from ntm_rules.report.book.layout import BookLayout
from ntm_rules.report.html.drawn import drawn
from ntm_rules.report.html.values import PageTable
from ntm_rules.report.html.words import vietnamese
from ntm_rules.report.tables.register import register
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
class Communes:
    """What the page of the communes shows."""

    groups: Sequence[GroupWords]
    without_group: int
    communes: PageTable
    outside: Sequence[tuple[Commune, str]]
    """Units to which the criteria do not apply, and what each is."""
    sources: Sequence[tuple[str, Markup]]
    """Each with its anchor."""


def communes(layout: BookLayout) -> Communes:
    """Return what the page of the communes shows."""
    rules, within = layout.rules, layout.rules.communes.within()
    sources = numbered(within)
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
        _table(layout, within, sources),
        [(one, type_words(one)) for one in rules.communes.outside()],
        [(layout.anchors.of("reference", str(n)), vietnamese(words)) for words, n in sources.items()],
    )


def _table(layout: BookLayout, communes: Sequence[Commune], sources: Mapping[str, int]) -> PageTable:
    """Return the communes by code, each with a reference to where its group and itself stand."""
    table = register(layout.rules, communes).only("code", "commune", "group", "since", "formed_from")

    def referring(words: object, source: str | None) -> object:
        if not source:
            return words
        n = str(sources[source])
        return Markup('{} <a class="ref" href="{}">[{}]</a>').format(words, layout.links.to("reference", n), n)

    not_known = Markup("<b>?</b> {}").format(_("not known"))
    return drawn(
        table,
        "",
        ("commune",),
        caption=_("{n} communes, by code", n=len(communes)),
        linked={
            "commune": [vietnamese(one.name) for one in communes],
            "group": [
                referring(words, one.group_source) if one.group else not_known
                for one, words in zip(communes, table.column("group"), strict=True)
            ],
            "since": [referring(words, one.source) for one, words in zip(communes, table.column("since"), strict=True)],
            "formed_from": [vietnamese(str(words)) for words in table.column("formed_from")],
        },
        cards=("code", "group", "since", "formed_from"),
        look="stack communes",
    )
