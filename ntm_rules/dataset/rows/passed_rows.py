"""Rows of a printed table that report nothing: totals, headings of groups, words below the table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ntm_rules.dataset.cells.numbers import Cell, written
from ntm_rules.dataset.cells.texts import key, tidy
from ntm_rules.dataset.rows.cleaned_rows import is_figure
from ntm_rules.dataset.rows.column_numbers import numbers_columns
from ntm_rules.dataset.rows.header_rows import TableHead
from ntm_rules.dataset.rows.headers import Vocabulary
from ntm_rules.rulebook.register import PROVINCE_TYPE

_TOTAL = re.compile(
    r"(?:[ivx]+[.)\s]+|[0-9a-z][.)]\s*)?"
    r"(?:(?:tổng(?: cộng| số| chung| hợp)?|cộng|chung|bình quân|trung bình|grand total|total|subtotal|sum|average|mean)"
    r"(?:[\s:.(-]+(?:toàn|cả|các|khu vực|nhóm|vùng|tỉnh|xã|của|theo|chung|province|region|[ivx0-9]+\b|\().*)?"
    r"|(?:toàn tỉnh|toàn vùng|cả tỉnh|cả nước|tỉnh|whole province)\b.*)[\s:.)]*",
    re.DOTALL,
)
"""The name of a line of totals, alone or with what it totals; "Tổng Cọt" and "Chung Chải" are communes."""
_PROVINCE = re.compile(r"tỉnh\s")
"""What stands before a province's name: among communes a line of totals, among provinces one of the units."""
_CODE = re.compile(r"[0-9.,'’=\"\s]+")


class PassedRows:
    """Which rows of a long or a wide table report nothing, of those whose commune or year is not known."""

    def __init__(self, head: TableHead, vocabulary: Vocabulary) -> None:
        role = head.header.roles.get
        self._head = head
        self._keys = [at for at in (role("code", -1), role("commune", -1)) if at >= 0]
        self._code, self._year = role("code", -1), role("year", -1)
        self._names = [at for at in (role("ordinal", -1), role("code", -1), role("commune", -1)) if at >= 0]
        beside = {at for name, at in head.header.roles.items() if name not in ("value", "numerator", "denominator")}
        self._beside = frozenset(beside)
        """Columns that hold no figures."""
        register = vocabulary.questionnaire.communes
        self._is_unit = register.called
        self._are_provinces = register.applies_to == PROVINCE_TYPE

    def numbers(self, row: Sequence[Cell]) -> bool:
        """Tell whether a row numbers the columns, or repeats the header."""
        return numbers_columns(row, self._keys) or self._head.is_repeated(row)

    def passed(self, row: Sequence[Cell]) -> bool:
        """Tell whether a row that neither numbers the columns nor heads them reports nothing."""
        code = tidy(written(row[self._code])) if self._code >= 0 else ""
        if code and _CODE.fullmatch(code):
            return False
        if self._is_total(row):
            return True
        others = [cell for column, cell in enumerate(row) if cell != "" and column not in self._beside]
        if any(is_figure(cell) for cell in others):
            return False
        return not others or self._year < 0 or row[self._year] == ""

    def _is_total(self, row: Sequence[Cell]) -> bool:
        """Tell a line of totals by its name, which is no commune's."""
        names = [tidy(written(row[at])) for at in self._names if row[at] != ""]
        if self._are_provinces and any(_PROVINCE.match(key(name)) for name in names):
            return False
        return any(_TOTAL.fullmatch(key(name)) for name in names) and not any(map(self._is_unit, names))
