"""The results of communes: criteria and indicators met of what can be judged and of what applies, and what they amount to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.tables.coded import Cells, among, counts, nothing, owners, table_of, texts_in
from ntm_rules.report.tables.table import Coded, Column, Kind, Table, Term, marks, numbers, texts, yes_or_no
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.standing.decisions import SILENT
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.recognition import RecognitionDecision
from ntm_rules.standing.values import Handed
from ntm_rules.text_columns import Bools
from ntm_rules.wording.communes import group_title
from ntm_rules.wording.standards import meets_words
from ntm_rules.wording.standing import handed_words, recognised_words

Order = Callable[[Overview], NDArray[np.intp]]
"""Returns records of an evaluation, in order."""


def summary(
    overviews: Sequence[Overview],
    order: Order | None = None,
    without_group: str = "",
    *,
    laws: Sequence[CriteriaSet] = (),
) -> Table:
    """Return a row for each record; points only where a set has any.

    "Meets every criterion" and "recognised" are different things. With an order, as people read it: in that order, those
    with nothing usable without counts, the verdicts of the criteria behind. `without_group`: what is said of such a group.
    `laws`: those by which the columns are chosen, where not those of the overviews alone.
    """
    laws = laws or [overview.evaluation.rules for overview in overviews]
    has_points = any(rules.has_points for rules in laws)
    columns = [
        *texts(commune_code=_("Code"), commune=_("Commune")),
        Column("year", _("Year"), Kind.NUMBER),
        *(texts(province=_("Province")) if any(rules.provinces for rules in laws) else ()),
        *texts(group=_("Group"), band=_("Band")),
        *numbers(criteria_met=_("Criteria met"), criteria_applicable=_("of (applicable)"), criteria_not_met=""),
        *numbers(criteria_no_data="", criteria_no_target="", indicators_met=_("Indicators met")),
        *numbers(indicators_applicable=_("of (applicable)"), indicators_not_met=_("Indicators not met")),
        *numbers(indicators_no_data="", indicators_no_target=_("Target not yet fixed")),
        Column("indicators_not_applicable", _("Not applicable"), Kind.NUMBER),
        *marks(meets_every_criterion=_meets(laws), further_conditions=_("Further conditions")),
        *marks(recognised=_("Recognised by decision"), recognition_document="", usable_report=""),
        *numbers(criteria_judgeable=_("of judgeable"), criteria_attainable="", criteria_ruling_awaited=""),
        *numbers(indicators_judgeable=_("of judgeable"), indicators_attainable="", indicators_ruling_awaited=""),
        *numbers(figures_owed=_("Requirements lacking figures"), rulings_awaited=_("Conclusions awaited")),
        *(texts(points=_("Points"), points_total=_("of (points that apply)")) if has_points else ()),
        Column("place", _("Place"), for_people=True),
        Column("criteria", _("Criteria met / judged whole / that apply"), Kind.NUMBER, for_people=True),
        Column("indicators", _("Indicators met / judged whole / that apply"), Kind.NUMBER, for_people=True),
    ]
    criteria = [] if order is None else [criterion.id for criterion in laws[0].criteria]
    columns += [Column(f"c.{id_}", _("C{id}", id=id_), Kind.LETTER, for_people=True) for id_ in criteria]
    if order is None:
        columns = [column for column in columns if not column.for_people]
        return table_of(columns, [_cells(overview, without_group, None) for overview in overviews])
    parts: list[Cells] = []
    for overview in overviews:
        evaluation, cells, at = overview.evaluation, _cells(overview, without_group, overview.usable), order(overview)
        for id_ in criteria:
            row = evaluation.row_of.get(("criterion", id_))
            cells[f"c.{id_}"] = nothing(overview) if row is None else among(evaluation.verdicts[row], list(Verdict))
        parts.append({key: column.at(at) for key, column in cells.items()})
    return table_of(columns, parts)


def _meets(laws: Sequence[CriteriaSet]) -> str:
    rules = next((rules for rules in laws if rules.standard is not None), next(iter(laws), None))
    return _("Meets every criterion") if rules is None else meets_words(rules)


COUNTED = (
    "met",
    "applicable",
    "not_met",
    "no_data",
    "no_target",
    "not_applicable",
    "judgeable",
    "attainable",
    "ruling",
)


def _cells(overview: Overview, unknown: str, where: Bools | None) -> dict[str, Coded]:
    """Return the cells of every record; counts only `where`, with those for people where it is given."""
    evaluation, standings, usable = overview.evaluation, overview.communes, overview.usable
    rules, conditions = evaluation.rules, standings.conditions
    levels = {"criteria": standings.criteria, "indicators": standings.indicators}
    no_group = Term("", unknown or group_title(rules, None)) if rules.groups else None
    groups = [Term(group, group_title(rules, group)) if group else no_group for group in evaluation.all_groups]
    bands = [*(Term(band.id, str(band.title)) for band in rules.bands), None]
    unusable = Term("", handed_words(Handed.NOTHING_USABLE))
    verdicts = [Term(verdict.name, str(verdict.label)) for verdict in Verdict]
    answers = [Term(code, recognised_words(RecognitionDecision(said, ""))) for said, code in ANSWERS.items()]
    points = [evaluation.points(at) for at in range(len(standings))] if rules.has_points else []
    own = np.arange(len(points))
    cells = {
        **owners(overview),
        **_provinces(overview),
        "group": among(evaluation.group_numbers, groups),
        "band": among(np.where(usable, standings.bands, len(bands)), [*bands, unusable]),
        **{
            f"{level}_{'ruling_awaited' if name == 'ruling' else name}": counts(of_level.column(name), where)
            for level, of_level in levels.items()
            for name in COUNTED
        },
        "meets_every_criterion": among(standings.meets, verdicts),
        "further_conditions": nothing(overview) if conditions is None else among(conditions, verdicts),
        "recognised": among(standings.decided - SILENT, answers),
        "recognition_document": texts_in(standings.documents),
        "usable_report": among(usable, [yes_or_no(says) for says in (False, True)]),
        "figures_owed": counts(standings.owed, where),
        "rulings_awaited": counts(standings.rulings, where),
        "points": among(own, [one.met for one in points]) if points else nothing(overview),
        "points_total": among(own, [one.total for one in points]) if points else nothing(overview),
    }
    if where is not None:
        cells["place"] = counts(overview.nearest.place_of, usable)
        for level, of_level in levels.items():
            fractions = np.stack([of_level.column(name) for name in ("met", "judgeable", "applicable")], axis=1)
            different, numbers_ = np.unique(fractions, axis=0, return_inverse=True)
            cells[level] = among(numbers_.ravel(), ["/".join(map(str, one)) for one in different.tolist()])
    return cells


def _provinces(overview: Overview) -> dict[str, Coded]:
    """Return the province of each record's commune, where the set names several."""
    rules, records = overview.evaluation.rules, overview.evaluation.records
    if not rules.provinces:
        return {}
    places = {id_: at for at, id_ in enumerate(rules.provinces)}
    units = [rules.communes.get(code) for code in records.codes]
    numbers = np.array([places.get(unit.province, len(places)) if unit else len(places) for unit in units], np.int32)
    return {"province": among(numbers, [*(Term(id_, str(name)) for id_, name in rules.provinces.items()), None])}


ANSWERS = {None: "", False: "no", True: "yes"}
