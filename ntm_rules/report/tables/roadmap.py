"""The tables of a road map: communes and years, the yearly work of agencies, what is to be done, who stands outside."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.i18n import _
from ntm_rules.plan.road_map import Planned, RoadMap
from ntm_rules.report.tables.table import Cell, Column, Kind, Table, Term, numbers, texts
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.phrases import shortened
from ntm_rules.wording.roadmap import done_head, done_words, effort, effort_words, outside_words

LONGEST = 160
"""Letters of a requirement's words."""


def communes(road: RoadMap) -> Table:
    """Return the communes on the map by year, then the others that can be planned for, the cheapest to take in first."""
    columns = [
        *texts(commune_code=_("Code"), commune=_("Commune")),
        Column("done", done_head(road), Kind.MARK),
        Column("start", _("Work from"), Kind.MARK),
        Column("effort", _("Work (units)"), Kind.NUMBER),
        Column("agencies", _("Whose work, the most first")),
        Column("change", _("Units more if it were left out, or taken in"), Kind.NUMBER),
        Column("kept", _("Chosen in so many of the tries"), Kind.NUMBER),
        Column("waiting", _("Requirements waiting for the law, left out of account"), Kind.NUMBER),
    ]
    return Table.of(columns, [_commune(road, one) for one in road.communes])


def _commune(road: RoadMap, one: Planned) -> list[Cell]:
    done = Term(str(one.year) if one.chosen else "", done_words(road, one))
    change: Cell = None
    if road.choice is not None:
        change = Term("", _("impossible")) if one.cost is None else effort(one.cost)
    return [
        *(one.code, one.name, done, Term(str(one.start), str(one.start)) if one.start else None, effort(one.effort)),
        _whose(road, one),
        *(change, one.kept, one.waiting),
    ]


def _whose(road: RoadMap, one: Planned) -> str:
    row = road.efforts.matrix[one.record].tolist()
    led = sorted((at for at, amount in enumerate(row) if amount), key=lambda at: (-row[at], at))
    rules = road.evaluation.rules
    return "; ".join(f"{agency_name(rules, road.agencies[at])}: {effort_words(row[at])}" for at in led)


def yearly_work(road: RoadMap) -> Table:
    """Return what each agency does in each year for the communes chosen, the busiest first, beside what it can do."""
    years, last = road.years, road.aims[-1].year
    columns = [
        Column("agency", _("Lead agency")),
        *(Column(f"year_{year}", str(year), Kind.NUMBER) for year in years),
        *numbers(all_years=_("In all"), capacity=_("Can do by {year}", year=last), load=_("Share of that")),
        Column("communes", _("Communes worked for"), Kind.NUMBER),
    ]
    capacity = road.problem.by(last).tolist()

    def rows() -> Iterator[list[Cell]]:
        for at in road.busiest:
            work = road.work[:, at, :]
            yield [
                Term(road.agencies[at], agency_name(road.evaluation.rules, road.agencies[at])),
                *(effort(amount) for amount in work.sum(axis=0).tolist()),
                *(effort(int(work.sum())), effort(capacity[at]), road.load(at, last)),
                int((work.sum(axis=1) > 0).sum()),
            ]

    return Table.of(columns, list(rows()))


def to_do(road: RoadMap) -> Table:
    """Return every requirement to be closed in the communes chosen, by year, commune and the order of the law."""
    columns = [
        Column("done", done_head(road), Kind.NUMBER),
        *texts(commune_code=_("Code"), commune=_("Commune"), requirement=_("Part"), words=_("Requirement")),
        Column("agency", _("Lead agency")),
        Column("effort", _("Work (units)"), Kind.NUMBER),
    ]
    rules = road.evaluation.rules
    return Table.of(
        columns,
        [
            (
                *(one.year, one.code, one.name, requirement.id, shortened(str(requirement.words), LONGEST)),
                Term(requirement.lead, agency_name(rules, requirement.lead)),
                effort(amount),
            )
            for one in road.chosen
            for requirement, amount in road.efforts.work_in(one.record)
        ],
    )


def outside(road: RoadMap) -> Table:
    """Return the communes that cannot be planned for, and what each lacks, the fewest first."""
    columns = [
        *texts(commune_code=_("Code"), commune=_("Commune")),
        Column("why", _("Why it stands outside")),
        *numbers(
            owed=_("Figures and conclusions lacking"), waiting=_("Targets awaited"), known=_("Work known (units)")
        ),
    ]
    return Table.of(
        columns,
        [
            (
                *(left.commune.code, left.commune.name, Term(left.why.value, outside_words(left))),
                *(left.owed, left.waiting, None if left.record is None else effort(left.known)),
            )
            for left in road.outside
        ],
    )


def lacking(road: RoadMap) -> Table:
    """Return which agency would have to do how much more for each aim that cannot be reached; no row where none would."""
    columns = [
        Column("year", _("By the end of"), Kind.NUMBER),
        Column("communes", _("Communes aimed at"), Kind.NUMBER),
        Column("reachable", _("Communes that can be done"), Kind.NUMBER),
        Column("agency", _("Lead agency")),
        *numbers(lacking=_("Units lacking"), capacity=_("Units it can do")),
    ]
    return Table.of(columns, list(_lacking(road)))


def _lacking(road: RoadMap) -> Iterator[list[Cell]]:
    if road.shortage is None:
        return
    first = len(road.asked) - len(road.missed)
    for at, aim in list(enumerate(road.asked))[first:]:
        short = road.shortage.lacking[:, at].tolist()
        named = [n for n, amount in enumerate(short) if amount]
        capacity = road.problem.by(aim.year).tolist()
        for n in named:
            agency = Term(road.agencies[n], agency_name(road.evaluation.rules, road.agencies[n]))
            yield [aim.year, aim.communes, road.shortage.most[at], agency, effort(short[n]), effort(capacity[n])]
