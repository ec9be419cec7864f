"""Where the figures of one commune and year were read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ntm_rules.dataset.places import WIDTH, Where, cell_name
from ntm_rules.dataset.records import Place


class Places(Mapping[str, Place]):
    """Measure -> where its figure was read, made out only when somebody asks."""

    __slots__ = ("_elsewhere", "_packed", "_where")

    def __init__(
        self, where: Where | None, places: Mapping[str, int], elsewhere: Mapping[str, tuple[Where, int]]
    ) -> None:
        self._where, self._packed, self._elsewhere = where, places, elsewhere

    def __getitem__(self, measure: str) -> Place:
        where, at = self._elsewhere[measure] if measure in self._elsewhere else (self._where, self._packed[measure])
        if where is None:
            raise KeyError(measure)
        row, column = divmod(at, WIDTH)
        if where.lines:
            return Place(where.file, line=row + 1)
        return Place(where.file, where.sheet, cell_name(row, column))

    def __iter__(self) -> Iterator[str]:
        return iter({**self._packed, **self._elsewhere})

    def __len__(self) -> int:
        return len({**self._packed, **self._elsewhere})
