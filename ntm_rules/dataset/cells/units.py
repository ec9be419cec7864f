"""Units as people write them beside a figure or behind a heading, compared with a measure's own."""

from __future__ import annotations

import re

from ntm_rules.spelling import key

_UNIT_NAMED = re.compile(r"(?:đvt|đơn vị tính|đơn vị|unit)\s*[:.]?\s*(.+)")
_PERCENT = frozenset({"%", "phần trăm", "percent"})
_SHORT = {
    **dict.fromkeys(("trđ", "tr.đ", "tr đ", "trđồng", "tr.đồng", "tr", "triệu"), "triệu đồng"),
    **dict.fromkeys(("kilomet", "kilômét", "ki lô mét", "kilometres", "kilometers"), "km"),
    **dict.fromkeys(("hecta", "héc ta", "hectares"), "ha"),
}
"""What a unit is also called, where it can be no other."""
_POWERS = str.maketrans("²³", "23")


def unit_key(text: str) -> str:
    """Return the form in which units are compared.

    >>> unit_key("(ĐVT: Triệu đồng)"), unit_key("tr.đ / người"), unit_key("m²")
    ('triệu đồng', 'triệu đồng/người', 'm2')
    """
    name = key(text).strip(" ()[]")
    named = _UNIT_NAMED.fullmatch(name)
    name = (named[1] if named else name).translate(_POWERS).replace(" / ", "/")
    first, slash, rest = name.partition("/")
    return _SHORT.get(first, first) + slash + rest


def is_unit(text: str, unit: str) -> bool:
    """Tell whether a text is a unit; one of several parts may be cut short.

    >>> is_unit("triệu đồng", "triệu đồng/người/năm"), is_unit("Phần trăm", "%"), is_unit("m", "km")
    (True, True, False)
    """
    said, own = unit_key(text), unit_key(unit)
    return bool(said and own) and (said == own or own.startswith(f"{said}/") or (said in _PERCENT and own in _PERCENT))
