"""What one heading says, over one row or several: a column's role, or a measure and which part of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ntm_rules.dataset.cells.numbers import Cell, Doubtful
from ntm_rules.dataset.cells.texts import key, tidy, unguarded
from ntm_rules.dataset.cells.units import is_unit, unit_key
from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.rulebook.models import Measure

ROLES: dict[str, tuple[str, ...]] = {
    "code": ("Mã xã", "Commune code", "commune_code", "Mã đơn vị hành chính", "Mã ĐVHC"),
    "commune": ("Xã", "Commune", "Tên xã", "Tên đơn vị hành chính", "Tên ĐVHC"),
    "year": ("Năm", "Year"),
    "measure": ("Mã số liệu", "Measure"),
    "label": ("Số liệu", "Label", "Tên số liệu"),
    "unit": ("Đơn vị", "Unit", "Đơn vị tính", "ĐVT"),
    "value": ("Giá trị", "Value"),
    "numerator": ("Tử số", "Numerator"),
    "denominator": ("Mẫu số", "Denominator"),
    "previous": ("Năm trước", "Year before"),
    "computed": ("Tính ra (%)", "Comes to (%)"),
    "target": ("Mức đạt chuẩn", "Target"),
    "result": ("Kết quả tự tính", "Result so far"),
    "document": ("Văn bản, minh chứng", "Document", "source_document", "Văn bản", "Minh chứng"),
    "note": ("Ghi chú", "Note"),
    "opinion": ("Ý kiến cơ quan chủ trì", "Lead agency's opinion"),
    "remark": ("Nhận xét của cơ quan chủ trì", "Lead agency's remark"),
    "item": ("Chỉ tiêu", "Indicator"),
    "expected": ("Minh chứng cần có", "Evidence expected"),
    "document_number": ("Số, ký hiệu văn bản", "Document number", "Số văn bản", "Số, ký hiệu"),
    "document_date": ("Ngày ban hành", "Date issued", "Ngày văn bản", "Ngày, tháng văn bản"),
    "document_issuer": ("Cơ quan ban hành", "Issued by"),
    "document_title": ("Trích yếu, tên tệp", "Title or file", "Trích yếu"),
    "nature": ("Tính chất số liệu", "Nature of the figures"),
    "ordinal": ("STT", "No.", "no", "TT", "Số TT", "Số thứ tự"),
}
"""What a column or a label beside a cell may be called: first as forms head it, in Vietnamese and in English."""

WORKED_OUT = ("computed", "target", "result")
"""Columns of forms that nobody fills in."""

HAMLET = (
    "Thôn, bản", "Hamlet", "hamlet", "Thôn", "Bản", "Ấp", "Thôn/bản", "Thôn, bản, ấp", "Tên thôn", "Tên bản", "Tên ấp",
    "Tên thôn, bản", "Buôn", "Làng", "Tổ dân phố", "Thôn, bản, tổ dân phố",
)  # fmt: skip
"""What the column that names hamlets may be called, where a set has figures of hamlets; elsewhere it says nothing."""

PARTS = ("value", "numerator", "denominator", "document")
"""What a wide table holds for a measure: `<measure>`, `<measure>__numerator`, ..."""
FIGURES = PARTS[:3]
_OWNERS = ("code", "commune", "year")

SUB_HEADINGS: dict[str, tuple[str, ...]] = {
    "value": (
        *ROLES["value"], "Tỷ lệ", "Tỷ lệ (%)", "Tỷ lệ %", "Tỷ lệ đạt", "Tỷ lệ đạt (%)", "Tỷ lệ phần trăm", "Phần trăm", "%",
        "Share", "Share (%)", "Rate", "Rate (%)", "Percent", "Percentage",
    ),
    "numerator": (
        *ROLES["numerator"], "Tử", "Đạt", "Số đạt", "Đã đạt", "Số đã đạt", "Số lượng", "Số lượng đạt", "Met", "Quantity",
    ),
    "denominator": (*ROLES["denominator"], "Mẫu", "Tổng", "Tổng số", "Tổng cộng", "Tổng số lượng", "Total"),
    "document": ROLES["document"],
}  # fmt: skip
"""What may stand under the heading of a measure, and which part of it that is."""
_QUANTITY = frozenset(map(key, ("Số lượng", "Quantity", "Tổng", "Tổng số", "Total")))
"""Under the heading of what has no numerator, the figure itself."""

_BLANK = re.compile(r"Unnamed: [0-9]+(?:_level_[0-9]+)?")
"""What pandas calls a column whose heading is blank."""
_IN_BRACKETS = re.compile(r"(.+?)[\s,;:-]*[(\[]([^()\[\]]+)[)\]]")
_PERCENT_BEHIND = re.compile(r"(.+?)[\s,;:-]+(%)")
_MARKS = " :*†¹²³⁴⁵⁶⁷⁸⁹⁰"
"""What may stand behind a heading, or a note's mark to it."""
_PARTLY = re.compile(r"(?:tổng )?(?:số lượng|khối lượng|diện tích)\b|tổng (?:số|lượng|cộng)\b|(?:tổng|total)$")
"""How a heading begins that may head a part of the figure beside it: "Tổng khối lượng phát sinh"."""
_NUMBERED = re.compile(r"^[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]?\s+|^[a-zđ][.)]\s+")
"""A number or letter before a heading: "6.1. Tỷ lệ …", "a) Tỷ lệ …"."""
_AGAIN = re.compile(r"(.+)\.[0-9]{1,2}")
"""How pandas writes a heading that stands there twice: "Tử số.1"."""
_COLUMN_NUMBER = re.compile(r"[0-9]{1,2}(?:\s*=.*)?")
"""The number of a column, or of a note, in brackets behind its heading: (5), (5=3/4)."""


class Title(NamedTuple):
    """What a heading names: a role, or a part of a measure; neither, where it is not known."""

    role: str | None = None
    measure: str = ""
    part: str = ""
    odd: str = ""
    """Words of it that are not understood, though the rest is: then nothing under it may be read."""


UNKNOWN = Title()
LOOSE = "?"
"""The part of a title that names a part under a heading that names nothing: "Tỷ lệ (%)" under "Kết quả"."""


def heading(role: str, language: str) -> str:
    """Return how forms head a column, or label a cell.

    >>> heading("value", "vi"), heading("value", "en")
    ('Giá trị', 'Value')
    """
    return ROLES[role][1 if language == "en" else 0]


def cleaned(cell: Cell) -> str:
    """Return a header cell's text as cells of data are cleaned; empty where it says nothing, or is no text.

    >>> cleaned(" Mã\\u200b xã "), cleaned("Unnamed: 4"), cleaned(3)
    ('Mã xã', '', '')
    """
    if isinstance(cell, Doubtful):  # as a person sees it: a note's mark stands raised behind the words
        return _cleaned(cell.shown)
    return _cleaned(cell) if isinstance(cell, str) else ""


@lru_cache(maxsize=8192)
def _cleaned(text: str) -> str:
    text = unguarded(tidy(unicodedata.normalize("NFC", text)))
    return "" if _BLANK.fullmatch(text) else text


class Titles:
    """Every heading of the tables of a questionnaire."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._measures = questionnaire.measures
        self._roles = {key(name): role for role, names in ROLES.items() for name in names}
        if questionnaire.asks_hamlets:
            below = questionnaire.communes.unit_type.below if questionnaire.communes.unit_type else None
            own = (below.one.vi, below.one.en, below.several.vi, below.several.en) if below else ()
            self._roles |= {key(name): "hamlet" for name in HAMLET}
            self._roles = {key(name): "hamlet" for name in own} | self._roles
        self.labels = _unique_labels(questionnaire)
        """Label -> its measure, of labels that only one has."""
        columns = {key(name): Title(None, name, "value") for name in questionnaire.measures}
        for label, name in self.labels.items():
            if label not in self._roles:
                columns.setdefault(label, Title(None, name, "value"))
        for name in questionnaire.measures:
            columns.update({key(f"{name}__{part}"): Title(None, name, part) for part in PARTS[1:]})
        self._known = columns | {name: Title(role) for name, role in self._roles.items()}
        self._parts = {key(name): part for part, names in SUB_HEADINGS.items() for name in names}

    def role(self, cell: Cell) -> str | None:
        """Return what a heading or a label beside a value stands for."""
        return self._roles.get(key(cleaned(cell)).rstrip(" :*")) if isinstance(cell, str) else None

    def one(self, text: str) -> Title:
        """Return what a heading of one row names, a unit behind it included."""
        name = key(text).rstrip(_MARKS)
        known = self._known.get(name) or self._known.get(_NUMBERED.sub("", name))
        if known is not None:
            return known
        split = _IN_BRACKETS.fullmatch(name) or _PERCENT_BEHIND.fullmatch(name)
        if split is None:
            again = _AGAIN.fullmatch(name)
            return self._known.get(again[1], UNKNOWN) if again else UNKNOWN
        known = self._known.get(_NUMBERED.sub("", split[1].rstrip(_MARKS)), UNKNOWN)
        if _COLUMN_NUMBER.fullmatch(split[2]):
            return known
        return self._below(known, split[2], alone=True) if known.measure else UNKNOWN

    def of(self, path: Sequence[str]) -> Title:
        """Return what the headings above a column name together, the uppermost first."""
        if len(path) == 1:
            return self.one(path[0])
        leaf = self.one(path[-1])
        if leaf.role is not None and leaf.role not in PARTS:
            return leaf
        for at in range(len(path) - 1, -1, -1):
            title = self.one(path[at])
            if title.measure:
                for text in path[at + 1 :]:
                    title = self._below(title, text)
                return title
        for joined in (*(" ".join(path[at:]) for at in range(len(path) - 1)), f"{path[-1]} {path[-2]}"):
            title = self.one(joined)
            if title != UNKNOWN:
                return title
        if leaf.role is not None:
            return leaf
        for text in reversed(path[:-1]):
            role = self.one(text).role
            if role in FIGURES:
                part = self.part_named(path[-1])
                return Title(part) if part and role == "value" else Title(role, odd=path[-1])
            if role is not None and (role not in _OWNERS or path[-1].startswith("(")):
                return Title(role)
        part = self.part_named(path[-1])
        return Title(part, part=LOOSE) if part else UNKNOWN

    def is_sub_heading(self, text: str) -> bool:
        """Tell whether a text says which part of a figure a column holds, or in which unit."""
        return bool(self.part_named(text)) or self.is_unit_of_any(text)

    def is_unit_of_any(self, text: str) -> bool:
        """Tell whether a text is the unit of any measure, or of what it counts."""
        return any(in_unit(text, measure, "") for measure in self._measures.values())

    def _below(self, title: Title, text: str, *, alone: bool = False) -> Title:
        """Return what a column is of a measure, given what stands under the measure's heading, or in brackets behind it."""
        measure = self._measures[title.measure]
        if title.odd or in_unit(text, measure, title.part):
            return title
        if title.part == "value" and not alone:
            part = self._part_of(measure, text)
            if part:
                return title._replace(part=part)
        return title._replace(odd=text)

    def _part_of(self, measure: Measure, text: str) -> str:
        if not measure.traits.counted:
            name = key(text).strip(" :*()")
            role = self._roles.get(name)
            return "value" if name in _QUANTITY or role == "value" else role if role == "document" else ""
        counted = measure.counted
        if counted is not None:
            for part, words in (("numerator", counted.numerator), ("denominator", counted.denominator)):
                if _without_unit(text, measure, part) in (key(words.vi), key(words.en)) or in_unit(text, measure, part):
                    return part
            unit = re.escape(unit_key(counted.unit.vi))
            if re.fullmatch(rf"tổng(?: số)? {unit}", _without_unit(text, measure, "denominator")):
                return "denominator"
            if re.fullmatch(rf"số {unit}(?: đã)?(?: đạt(?: chuẩn)?)?", _without_unit(text, measure, "numerator")):
                return "numerator"
        for part in PARTS:
            if self._parts.get(_without_unit(text, measure, part)) == part:
                return part
        return ""

    def may_head_a_part(self, text: str, measure: str) -> bool:
        """Tell whether a heading that names nothing else may head what is counted of a measure, or all there is.

        `measure`: its id; any other word for a column of the figures of all.
        """
        parts = ("numerator", "denominator")
        if self.part_named(text) in parts or _PARTLY.match(key(text)):
            return True
        asked = self._measures.get(measure)
        if asked is None:
            return False
        split = _IN_BRACKETS.fullmatch(key(text))
        return self._part_of(asked, text) in parts or (split is not None and in_unit(split[2], asked, "numerator"))

    def part_named(self, text: str) -> str:
        """Return which part of a figure a sub-heading names; "" for none."""
        name = key(text).strip(" :*")
        return self._parts.get(name) or self._parts.get(name.strip("()[] "), "")


def in_unit(text: str, measure: Measure, part: str) -> bool:
    """Tell whether a text is the unit of a part of a measure; of any part where none is named.

    The unit of a growth may be cut short: "triệu đồng" for "triệu đồng/người/năm".
    """
    units = [measure.unit.vi, measure.unit.en] if part in ("value", "") else []
    if measure.counted is not None and part in ("numerator", "denominator", ""):
        units += [measure.counted.unit.vi, measure.counted.unit.en]
    return any(is_unit(text, unit) for unit in units)


def _without_unit(text: str, measure: Measure, part: str) -> str:
    """Return a sub-heading's key, the unit in brackets behind it left out where it is the right one."""
    name = key(text).strip(" :*")
    split = _IN_BRACKETS.fullmatch(name)
    return split[1].rstrip(" :*") if split and in_unit(split[2], measure, part) else name


def _unique_labels(questionnaire: Questionnaire) -> dict[str, str]:
    """Return label -> measure id, leaving out labels that two measures share."""
    found: dict[str, str | None] = {}
    for name, measure in questionnaire.measures.items():
        for label in {key(measure.label.vi), key(measure.label.en)}:
            found[label] = None if label in found else name
    return {label: name for label, name in found.items() if name is not None}
