"""Where figures of many findings were read, in words: made from packed places, once where all stand on one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from ntm_rules.dataset.figure_columns import MISSING
from ntm_rules.dataset.places import WIDTH, cell_name
from ntm_rules.dataset.record_views import Records
from ntm_rules.dataset.records import Place
from ntm_rules.wording.findings import cells_words, files_of, in_words, lines_words

FileAndPlaces = tuple[str, str]


class FindingPlaces:
    """The file of figures, and the places inside it."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self._packed: dict[int, Mapping[str, int]] = {}

    def of(self, record: int, measures: Sequence[str], places: Sequence[Place] = ()) -> FileAndPlaces:
        """Return where some figures of a record stand; `places` where they do elsewhere."""
        known = self.lines[record]
        if known is not None and not places:
            return known
        owner, columns = int(self.records.owners[record]), self.records.columns
        if places or self.records.made_of_objects or owner in columns.elsewhere:
            read = self.records[record].places
            every = list(dict.fromkeys(places or (read[measure] for measure in measures if measure in read)))
            return files_of(every), in_words(every)
        where, packed = columns.where[owner], self._places_in(record)
        at = list(dict.fromkeys(packed[measure] for measure in measures if measure in packed))
        if where < 0 or not at:
            return "", ""
        sheet = columns.wheres[where]
        if sheet.lines:
            lines = {place // WIDTH + 1 for place in at}
            return sheet.file, lines_words(lines) if len(lines) > 1 else str(Place(sheet.file, line=min(lines)).words())
        cells = [cell_name(*divmod(place, WIDTH)) for place in at]
        if len(cells) > 1:
            return sheet.file, cells_words(sheet.sheet, cells)
        return sheet.file, str(Place(sheet.file, sheet.sheet, cells[0]).words())

    def _places_in(self, record: int) -> Mapping[str, int]:
        known = self._packed.get(record)
        if known is None:
            known = self._packed[record] = self.records.columns.places_of(int(self.records.owners[record]))[1]
        return known

    @cached_property
    def lines(self) -> Sequence[FileAndPlaces | None]:
        """The place of every figure of a record where all stand on one line of a text file, else None."""
        columns, owners = self.records.columns, self.records.owners
        if not any(where.lines for where in columns.wheres):
            return [None] * len(owners)
        there, row = columns.state[:, owners] != MISSING, columns.place[:, owners] // WIDTH
        first = np.where(there, row, np.iinfo(np.int64).max).min(axis=0, initial=np.iinfo(np.int64).max)
        last = np.where(there, row, -1).max(axis=0, initial=-1)
        found: list[FileAndPlaces | None] = []
        for owner, line, one in zip(owners.tolist(), first.tolist(), (first == last).tolist(), strict=True):
            where = columns.wheres[columns.where[owner]] if columns.where[owner] >= 0 else None
            if one and where and where.lines and owner not in columns.elsewhere and owner not in columns.evidence:
                found.append((where.file, str(Place(where.file, line=line + 1).words())))
            else:
                found.append(None)
        return found
