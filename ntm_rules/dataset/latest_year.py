"""Which year data are judged for where nobody names one: the latest, if it is the fullest; else somebody must say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import reduce

from ntm_rules.dataset.records import CommuneYear, Dataset
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.rulebook.models import Years

_SEVERAL = 2
MOST_NAMED = 6
"""Up to so many communes are named one by one."""
_FEW = 2
"""A year with fewer figures than those of the fullest year divided by this is not the fullest."""

Reports = Mapping[int, Sequence[CommuneYear]]
"""Year -> the records of it, by commune."""


def reports_by_year(dataset: Dataset, period: Years) -> Reports:
    """Return what is reported for each year of a set's period, in order; what growth starts from is no report."""
    return {year: records for year, records in dataset.reports.items() if year in period}


def latest_year(dataset: Dataset, period: Years) -> int | None:
    """Return the latest year reported for; None where there is no year.

    Raises:
        NtmError: it is not the fullest: fewer communes than in another year, or far fewer figures.
    """
    reports = reports_by_year(dataset, period)
    if not reports:
        return None
    latest = max(reports)
    communes = {year: sum(bool(record.values) for record in records) for year, records in reports.items()}
    figures = {year: sum(len(record.values) for record in records) for year, records in reports.items()}
    if communes[latest] < max(communes.values()) or figures[latest] * _FEW < max(figures.values()):
        counts = _listed(
            Message("{year} (communes: {communes}, figures: {figures})", year=year, communes=n, figures=figures[year])
            for year, n in communes.items()
        )
        raise NtmError(
            Message("The data hold several years: {years}. The latest is not the fullest.", years=counts),
            Message("For {year} report: {communes}.", year=latest, communes=_named(reports[latest])),
            Message("Name the year with --year, or put a mistyped year right in the data; nothing was written."),
        )
    return latest


def years_judged(dataset: Dataset, period: Years, years: Iterable[int]) -> Sequence[Message]:
    """Return which years there are, which of them is judged, and who reports for none of those; nothing of one year alone."""
    reports, chosen = reports_by_year(dataset, period), set(years)
    if len(reports) < _SEVERAL or not chosen:
        return ()
    judged_words = ", ".join(map(str, sorted(chosen)))
    said = Message("Years in the data: {years}. Judged: {judged}.", years=_counted(reports), judged=judged_words)
    return [said, *_left_out(reports, chosen)]


def years_carried(dataset: Dataset, period: Years, year: int) -> Sequence[Message]:
    """Return which years there are and which is carried over into forms, where somebody reports for others alone."""
    reports = reports_by_year(dataset, period)
    others = _left_out(reports, {year})
    if not others:
        return ()
    return [Message("Years in the data: {years}. Carried over: {year}.", years=_counted(reports), year=year), *others]


def _counted(reports: Reports) -> Message:
    return _listed(
        Message("{year} (communes: {communes})", year=year, communes=len(records)) for year, records in reports.items()
    )


def _left_out(reports: Reports, taken: Collection[int]) -> Sequence[Message]:
    """Name those who report for none of some years."""
    reporting = {record.code for year in taken for record in reports.get(year, ())}
    others = {r.code: r for records in reports.values() for r in records if r.code not in reporting}
    if not others:
        return ()
    return [Message("Left out, as they report only for another year: {communes}.", communes=_named([*others.values()]))]


def _named(records: Sequence[CommuneYear]) -> Message:
    """Name communes, each with where a figure of it stands; of many the first, and how many more."""
    words = _listed(map(_one, records[:MOST_NAMED]))
    more = len(records) - MOST_NAMED
    return words if more <= 0 else Message("{communes} and {more} more", communes=words, more=more)


def _one(record: CommuneYear) -> Message:
    place = next((record.places[measure] for measure in record.places), None)
    said = {"code": record.code, "commune": record.name, "year": record.year}
    if place is None:
        return Message("{code} {commune} ({year})", **said)
    return Message("{code} {commune} ({year}: {file}, {place})", **said, file=place.file, place=place.words())


def _listed(words: Iterable[Message]) -> Message:
    return reduce(lambda before, word: Message("{before}, {word}", before=before, word=word), words)
