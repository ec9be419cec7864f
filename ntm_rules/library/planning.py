"""The road map and the trends of results, as frames."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message, in_language
from ntm_rules.library.frames import NUMBER, TEXT, VERDICT, WHOLE, Backend, arrow_of_rows, as_frame

if TYPE_CHECKING:
    import pandas as pd

    from ntm_rules.library.result import Result
    from ntm_rules.plan.road_map import RoadMap
    from ntm_rules.report.tables.table import Table

KINDS: Mapping[str, str] = {
    "commune_code": TEXT, "commune": TEXT, "agency": TEXT, "agencies": TEXT, "why": TEXT, "requirement": TEXT,
    "words": TEXT, "effort": NUMBER, "change": NUMBER, "kept": NUMBER, "known": NUMBER, "lacking": NUMBER,
    "capacity": NUMBER, "all_years": NUMBER, "load": NUMBER, "id": TEXT, "target": TEXT, "verdict": VERDICT,
    "pace": NUMBER, "course": TEXT, "meeting": TEXT, "interval": TEXT, "note": TEXT,
}  # fmt: skip


class RoadMapFrames:
    """A road map, its tables as frames; `language` and `dtype_backend` as of a result."""

    def __init__(self, road: RoadMap) -> None:
        self.road = road
        """What was worked out; efforts in it are whole thousandths."""

    @property
    def reached(self) -> bool:
        """Whether every aim can be reached."""
        return not self.road.missed

    def __repr__(self) -> str:
        years = ", ".join(f"{aim.communes} by {aim.year}" for aim in self.road.asked)
        return (
            f"<RoadMapFrames {years}: {'reached' if self.reached else 'not reached'}, {len(self.road.chosen)} communes>"
        )

    def says(self, *, language: str | None = None) -> list[str]:
        """Return what the screen says of it: what can be reached, what would change it, what it assumes."""
        from ntm_rules.wording.roadmap import assumptions, changes, headline

        with in_language(language):
            return [*headline(self.road), *changes(self.road), *assumptions(self.road)]

    def communes(self, *, language: str | None = None, dtype_backend: Backend = None) -> pd.DataFrame:
        """Return the communes that can be planned for: done by when, work, cost of a change, share of the tries."""
        from ntm_rules.report.tables.roadmap import communes

        return _frame(lambda: communes(self.road), language, dtype_backend)

    def yearly_work(self, *, language: str | None = None, dtype_backend: Backend = None) -> pd.DataFrame:
        """Return what each agency does in each year."""
        from ntm_rules.report.tables.roadmap import yearly_work

        return _frame(lambda: yearly_work(self.road), language, dtype_backend)

    def to_do(self, *, language: str | None = None, dtype_backend: Backend = None) -> pd.DataFrame:
        """Return every requirement to be closed in the communes chosen."""
        from ntm_rules.report.tables.roadmap import to_do

        return _frame(lambda: to_do(self.road), language, dtype_backend)

    def outside(self, *, language: str | None = None, dtype_backend: Backend = None) -> pd.DataFrame:
        """Return the communes that cannot be planned for, and what each lacks."""
        from ntm_rules.report.tables.roadmap import outside

        return _frame(lambda: outside(self.road), language, dtype_backend)

    def lacking(self, *, language: str | None = None, dtype_backend: Backend = None) -> pd.DataFrame:
        """Return which agency would have to do how much more for the aims that cannot be reached."""
        from ntm_rules.report.tables.roadmap import lacking

        return _frame(lambda: lacking(self.road), language, dtype_backend)


def roadmap(result: Result, aims: Mapping[int, int], *, year: int | None = None, whole: bool = False) -> RoadMapFrames:
    """Return which communes can be up to the standard by when, with whose work.

    Args:
        result: from `evaluate`.
        aims: year -> so many communes by its end: `{2030: 10, 2035: 20}`.
        year: whose figures; the latest judged unless it is given.
        whole: communes that wait for the law stand outside, whatever is left.

    Raises:
        NtmError: nothing was judged for the year; aims that cannot be aims; mistakes in plan/effort.yaml.

    >>> import ntm_rules, ntm_rules.plan
    >>> rules = ntm_rules.load_set("lai-chau-2026-2030", overlays="samples/minh-hoa.overlay.yaml")
    >>> result = ntm_rules.evaluate(rules, ntm_rules.read("samples/lai-chau-2026.csv", rules), years=2026)
    >>> ntm_rules.plan.roadmap(result, {2030: 10})
    <RoadMapFrames 10 by 2030: reached, 10 communes>
    """
    from ntm_rules.plan.aims import Aim
    from ntm_rules.plan.road_map import RoadScope
    from ntm_rules.plan.road_map import roadmap as made
    from ntm_rules.rulebook.effort_file import read_effort

    wanted = year if year is not None else max(result.years, default=0)
    found = dict(zip(result.years, result.evaluations, strict=True)).get(wanted)
    if found is None:
        present = ", ".join(map(str, result.years)) or "-"
        raise NtmError(
            Message("There are no figures for {wanted}; there are for {present}.", wanted=wanted, present=present)
        )
    model = read_effort(result.rules.rulebook.loaded)
    asked = [Aim(number, by) for by, number in aims.items()]
    return RoadMapFrames(made(found, model, asked, year=wanted, scope=RoadScope.WHOLE if whole else None))


def trends(result: Result, *, language: str | None = None, dtype_backend: Backend = None) -> pd.DataFrame:
    """Return every figure of every commune with its value in each year judged, its pace and the day its target is met.

    Values and pace are numbers; `meeting` is a day, empty where there is none; `interval` two days with a slash, the
    latest "never" where it may never be; empty of fewer than four years.
    """
    from ntm_rules.plan.trend import trends as moving
    from ntm_rules.report.tables.trends import figures

    found = moving(result.evaluations, result.rules.rulebook.loaded.goals)
    if not result.evaluations:
        raise NtmError(Message("No commune and no year was judged, so there is nothing to show."))
    rules = result.evaluations[-1].rules
    return _frame(lambda: figures(rules, found, result.years), language, dtype_backend)


def _frame(made: Callable[[], Table], language: str | None, dtype_backend: Backend) -> pd.DataFrame:
    with in_language(language):
        table = made().for_programs()
        kinds = {key: NUMBER if key.startswith("year_") else KINDS.get(key, WHOLE) for key in table.keys}
        return as_frame(arrow_of_rows(table.keys, table.codes(), kinds), dtype_backend)
