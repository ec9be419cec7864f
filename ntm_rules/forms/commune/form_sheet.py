"""A worksheet of XlsxWriter that prepares each formula once, not once a form: all forms of a law have the same."""

from __future__ import annotations

from functools import lru_cache

from xlsxwriter.worksheet import Worksheet

_PLAIN = Worksheet()

NOTED_BY = "ntm-rules"
"""The author of the notes that the program writes at cells; an officer's own notes name somebody else."""


class FormSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """Writes what `Worksheet` writes, and names this program as the author of its notes.

    Looking for the names of thirty newer functions in every formula took a third of the time of a form.
    """

    def __init__(self) -> None:
        super().__init__()
        self.comments_author = NOTED_BY

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return _prepared(formula, expand_future_functions)


@lru_cache(maxsize=4096)
def _prepared(formula: str, expand_future_functions: bool) -> str:
    prepared: str = _PLAIN._prepare_formula(formula, expand_future_functions)
    return prepared
