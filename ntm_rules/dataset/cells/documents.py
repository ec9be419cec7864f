"""What the free text beside a figure says of a document: its number and its day.

Numbers are told by the way Vietnamese offices write them ("5434/KH-UBND", "29/2026/QĐ-UBND", "17-NQ/TU",
"số 12"), days as Nghị định 30/2020/NĐ-CP and everyday usage have them, day first.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

_SYMBOL = r"[A-ZĐ][A-ZĐƯƠa-zđ]*"
_NUMBER = re.compile(
    rf"(?<![\w/])\d+\s*/\s*(?:\d{{4}}\s*/\s*)?{_SYMBOL}"  # 5434/KH-UBND, 29/2026/QĐ-UBND
    r"|(?<![\w/])\d+\s*/\s*(?:\d{4}\s*/\s*)?[a-zđ]{1,6}-[a-zđ]{2,}"  # 12/qđ-ubnd, and not 3/tháng
    rf"|(?<![\w/])\d+\s*-\s*{_SYMBOL}\s*/\s*{_SYMBOL}"  # 17-NQ/TU
    r"|(?i:\b(?:số|no\.?)(?:\s*:)?\s*\d+\b(?!\s*[/.-]\s*\d+\s*[/.-]\s*\d{4}))"  # số 12, and not a day
)
_DAYS = (
    re.compile(r"(?<!\d)(?P<day>\d{1,2})\s*([/.-])\s*(?P<month>\d{1,2})\s*\2\s*(?P<year>\d{4})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)"),
    re.compile(r"(?i)\bngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})\s+năm\s+(?P<year>\d{4})(?!\d)"),
)


def names_number(text: str) -> bool:
    """Tell whether a text names a document by its number.

    >>> names_number("Quyết định 29/2026/QĐ-UBND"), names_number("báo cáo ngày 05/3/2027")
    (True, False)
    """
    return _NUMBER.search(unicodedata.normalize("NFC", text)) is not None


def days_in(text: str) -> list[dt.date]:
    """Return the days that a text names, in no particular order; what is no day of the calendar is left out.

    >>> days_in("QĐ số 12/QĐ-UBND ngày 05/3/2027"), days_in("ngày 31 tháng 02 năm 2027")
    ([datetime.date(2027, 3, 5)], [])
    """
    found = []
    for form in _DAYS:
        for match in form.finditer(unicodedata.normalize("NFC", text)):
            try:
                found.append(dt.date(int(match["year"]), int(match["month"]), int(match["day"])))
            except ValueError:
                continue
    return found
