"""All communes: how the province stands, what waits, every commune by criterion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ntm_rules.errors import Severity
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.html.drawn import drawn
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.values import Bars, FilterItem, Head, Lengths, Number, PageTable
from ntm_rules.report.site.layout import Layout
from ntm_rules.report.site.pictures import BarOf, bars, share_of
from ntm_rules.report.site.tiles import Tiles, criteria_tiles
from ntm_rules.report.tables.awaited import documents
from ntm_rules.report.tables.by_group import bands_by_group
from ntm_rules.report.tables.matrix import of_criteria
from ntm_rules.report.tables.provinces import provinces
from ntm_rules.standing.provinces import several
from ntm_rules.standing.values import Move
from ntm_rules.wording.communes import full_name
from ntm_rules.wording.findings import severity_counts_words
from ntm_rules.wording.standards import communes_meet_words, meets_words
from ntm_rules.wording.standing import (
    headline,
    no_longer_words,
    other_years_words,
    refused_words,
)
from ntm_rules.wording.titles import numbered_title
from ntm_rules.wording.values import number


@dataclass(frozen=True, slots=True)
class Index:
    """What the first page shows."""

    headline: Sequence[str]
    numbers: Sequence[Number]
    data: Sequence[Link]
    awaited: PageTable | None
    """The decisions awaited: whose, since when, how much waits."""
    fallen: Sequence[tuple[str, Link]]
    """Communes recognised and no longer up to it, and the way to each."""
    bands: Lengths
    groups: PageTable
    criteria: Bars
    only_rulings: str
    provinces: PageTable | None
    """Of a set that serves several provinces: they beside each other."""
    trend: Bars | None
    moved: str
    map: Tiles | None
    heat: PageTable
    unread: Sequence[tuple[Link, str]]
    """Communes whose report nobody could use, and why."""
    silent: str
    other_years: Sequence[str]
    all_reported: str
    outside: str


def index(layout: Layout) -> Index:
    """Return what the first page shows."""
    contents, view, rules = layout.contents, layout.contents.overview, layout.rules
    within = len(rules.communes.within())
    silent = contents.silent
    others = [(unit, other_years_words(contents.handed[unit.code])) for unit in silent]
    names = {"names": ", ".join(unit.name for unit in silent), "n": len(silent), "total": within}
    outside = rules.communes.outside()
    return Index(
        headline=[f"{line}." for line in headline(rules, view.ceiling)],
        numbers=list(_numbers(layout, within)),
        data=list(_data(layout)),
        awaited=_awaited(layout) if view.awaited else None,
        fallen=[
            (no_longer_words(one), layout.link("commune", one.code, _("See its page")))
            for one in view.recognised
            if one.no_longer
        ],
        bands=_bands(layout),
        groups=_groups(layout),
        criteria=bars(
            _("Each criterion over all communes"),
            [
                BarOf(numbered_title(one), layout.of_criterion(one), contents.counts(row))
                for row, one in layout.criteria()
            ],
            narrow=True,
        ),
        only_rulings=contents.only_rulings("criterion"),
        provinces=drawn(provinces([view]), _("Provinces beside each other")) if several(rules) else None,
        trend=trend(layout) if len(contents.trend) > 1 else None,
        moved=_moved(layout),
        map=criteria_tiles(layout),
        heat=_heat(layout),
        unread=[
            (layout.link("commune", one.commune.code, one.commune.name), refused_words(one)) for one in contents.unread
        ],
        silent=_("No report from {n} of {total} communes: {names}", **names) if silent else "",
        other_years=[f"{unit.name}: {words}." for unit, words in others if words],
        all_reported="" if silent or contents.unread else _("None: all {total} have reported.", total=within),
        outside=_("Outside this set of criteria: {names}", names=", ".join(full_name(one) for one in outside))
        if outside
        else "",
    )


def trend(layout: Layout) -> Bars:
    """Return how the commune-indicators stood year by year."""
    return bars(
        _("Commune-indicators by verdict, year by year, each year under its own law"),
        [
            BarOf(_("{year}: {n} communes judged", year=one.year, n=one.communes), None, one.counts)
            for one in layout.contents.trend
        ],
    )


def _numbers(layout: Layout, within: int) -> Iterator[Number]:
    contents, counted = layout.contents, layout.contents.overview.counted
    total = len(counted)
    every = sum(one.meets_all for one in counted)
    yield Number(layout.to("nearest"), f"{every}/{total}", communes_meet_words(layout.rules))
    if layout.rules.recognition:
        recognised = sum(bool(one.decision.recognised) for one in counted)
        words = _("communes are recognised by a decision, as reported")
        yield Number("#tung-xa", f"{recognised}/{total}", words)
    cells = contents.cells
    yield Number(
        layout.to("indicators"),
        f"{number(cells[Verdict.MET])}/{number(contents.judgeable)}",
        _("commune-indicators that can be judged are met (of {all} that apply)", all=number(cells.applicable)),
    )
    unread, silent = len(contents.unread), len(contents.silent)
    parts = [
        _("communes have a usable report"),
        _("{n} handed in, nothing usable yet", n=unread) if unread else "",
        _("{n} not handed in", n=silent) if silent else "",
    ]
    yield Number(layout.to("data"), f"{total}/{within}", "; ".join(part for part in parts if part))


def _data(layout: Layout) -> Iterator[Link]:
    contents = layout.contents
    problems = contents.dataset.problems
    errors = sum(one.severity is Severity.ERROR for one in problems)
    words = _("Data problems: errors {errors}, warnings {warnings}", errors=errors, warnings=len(problems) - errors)
    yield Link(words, layout.to("data", "van-de"))
    if layout.rules.cross_checks:
        words = severity_counts_words(one.severity for one in contents.findings)
        yield Link(words, layout.to("data", "kiem-tra-cheo"))


def _awaited(layout: Layout) -> PageTable:
    table, bold = documents(layout.contents.overview), Markup("<b>{}</b>")
    overdue = zip(table.column("overdue"), layout.contents.overview.awaited, strict=True)
    return drawn(
        table,
        _("Documents awaited"),
        ("document",),
        linked={"overdue": [bold.format(words) if one.overdue else words for words, one in overdue]},
        cards=("owner", "due", "overdue", "waiting"),
        look="stack awaited",
    )


def _bands(layout: Layout) -> Lengths:
    counted = layout.contents.overview.counted
    rows = [
        share_of(band.title, sum(one.band_id == band.id for one in counted), len(counted))
        for band in layout.rules.bands
    ]
    every = share_of(meets_words(layout.rules), sum(one.meets_all for one in counted), len(counted))
    return Lengths(_("Communes by number of criteria met"), [*rows, every])


def _groups(layout: Layout) -> PageTable:
    table = bands_by_group(layout.contents.overview)
    rows = ["#tung-xa"] * len(table)
    return drawn(
        table,
        _("Communes by number of criteria met and by group"),
        ("counted",),
        {key: rows for key in table.keys if key != "counted"},
        _("Criteria that cannot be judged yet are not counted as met"),
        look="counts",
    )


def _moved(layout: Layout) -> str:
    years = layout.contents.overview.years
    if years is None:
        return ""
    rose, fell, unknown = (len(years.of_level("criterion", m)) for m in (Move.ROSE, Move.FELL, Move.UNKNOWN_NOW))
    return _(
        "Since {year}, in {n} communes with a usable report of both years: {rose} commune-criteria are now met, {fell} no longer, {unknown} were met and cannot be judged now.",
        year=years.totals[0].year,
        n=years.both,
        rose=rose,
        fell=fell,
        unknown=unknown,
    )


def _heat(layout: Layout) -> PageTable:
    """Return every commune's verdict of each criterion, as a letter that leads to its explanation."""
    contents, rules = layout.contents, layout.rules
    table, standings = of_criteria(contents.overview), contents.overview.counted
    pages = [layout.of_commune(one.report.code) for one in standings]
    heads, addresses = {}, {"commune": pages, "criteria": pages, "indicators": pages}
    lettered = {f"criterion.{one.id}": row for row, one in layout.criteria()}
    for one in rules.criteria:
        key = f"criterion.{one.id}"
        heads[key] = Head(one.id, "cell", numbered_title(one), one.words, layout.of_criterion(one))
        addresses[key] = [layout.why(at.record, one.id, "criterion") for at in standings]
    for row in contents.evaluation.level("recognition"):
        (key,) = (key for key in table.keys if key.startswith("recognition."))
        name = _("Further conditions of recognition")
        heads[key] = Head(_("Cond."), "cell", name=name, address=layout.to("indicators", "dieu-kien"))
        addresses[key] = [layout.of_commune(at.report.code, "dieu-kien") for at in standings]
        lettered[key] = row
    badges = {key: [layout.badge(row, one.record) for one in standings] for key, row in lettered.items()}
    return drawn(
        table,
        _("Every commune by criterion"),
        ("commune",),
        addresses,
        looks={"band": "short", **dict.fromkeys(lettered, "cell")},
        badges=badges,
        heads=heads,
        items=[FilterItem(one.report.name, layout.group(one.group)) for one in standings],
        look="heat sortable",
        unseen=_("Verdict of each criterion in each commune, {year}", year=contents.year),
    )
