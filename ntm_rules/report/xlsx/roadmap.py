"""lo-trinh.xlsx: the road map as sheets to filter and sort."""

from __future__ import annotations

from pathlib import Path

from ntm_rules.i18n import _
from ntm_rules.plan.road_map import RoadMap
from ntm_rules.report.tables.roadmap import communes, lacking, outside, to_do, yearly_work
from ntm_rules.report.xlsx.book import About, Book, id_width
from ntm_rules.report.xlsx.lists import write_about
from ntm_rules.report.xlsx.tables import add_sheet, none_said
from ntm_rules.spreadsheet.files import opened
from ntm_rules.wording.roadmap import aims_words, assumptions, changes, headline


def write_roadmap(path: Path, road: RoadMap, about: About) -> None:
    """Write the road map's workbook.

    Raises:
        OSError: the file cannot be written, for example because Excel has it open.
    """
    title = _("Road map: {aims}", aims=aims_words(road.asked))
    with opened(path, title) as file:
        book = Book(file, about)
        said = [*headline(road), *changes(road), str(road.model.note)]
        table = communes(road).wide(8, 20, 16, 10, 10, 60, 18, 14, 16)
        add_sheet(book, _("Communes"), title, table, lines=said, head_columns=2, empty=none_said(), blank=None)
        if table := lacking(road):
            heading = _("What is lacking for the targets that cannot be reached")
            add_sheet(book, _("Lacking"), heading, table.wide(10, 12, 14, 46, 12, 14))
        if road.choice is not None:
            table = yearly_work(road)
            table = table.wide(46, *[9] * len(road.years), 10, 12, 12, 12)
            heading = _("What each agency does in each year, in units of work")
            add_sheet(book, _("Agencies"), heading, table, empty=none_said(), blank=None)
            table = to_do(road)
            ids = id_width((str(row[3]) for row in table.rows), 10)
            heading = _("What is to be done in the communes chosen")
            add_sheet(book, _("To be done"), heading, table.wide(12, 8, 20, ids, 70, 40, 10), empty=none_said())
        heading = _("Communes that cannot be planned for")
        add_sheet(book, _("Outside"), heading, outside(road).wide(8, 20, 46, 14, 14, 12), empty=none_said(), blank=None)
        lines = assumptions(road)
        heading = _("What the road map assumes")
        sheet, row = book.sheet(_("Assumptions"), heading, [120])
        book.lines(sheet, row, lines, [120])
        write_about(book, [road.evaluation.rules])
