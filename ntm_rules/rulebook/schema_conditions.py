"""What the models check across keywords, said in JSON Schema: model -> conditions.

The models say these things in Python (`model_validator`), which no generator can read; a test holds
the two equal. An empty keyword counts as one that is not there. Each condition has a message, which
editors show at the keyword that is wrong or missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ntm_rules.rulebook import cross_checks as c
from ntm_rules.rulebook import models as m
from ntm_rules.rulebook import plans as p
from ntm_rules.rulebook import procedures as d
from ntm_rules.rulebook.kinds import DATES, GRADES, KINDS, QUANTITIES, SHARES

Schema = dict[str, Any]

_ANYTHING = ["object", "array", "string", "number", "boolean"]


def has(name: str) -> Schema:
    """Return a schema of what states a keyword."""
    return {"required": [name], "properties": {name: {"type": _ANYTHING}}}


def needs(name: str, keyword: str) -> Schema:
    """Return a schema that demands a keyword, with the message shown where it is missing."""
    stated = {"type": _ANYTHING, "errorMessage": keyword, "doNotSuggest": True}
    return {"allOf": [{"required": [name], "errorMessage": keyword}, {"properties": {name: stated}}]}


def without(names: list[str], keyword: str) -> Schema:
    """Return a schema that refuses keywords, with the message shown at each that stands there."""
    return {"properties": {name: {"type": "null", "errorMessage": keyword, "doNotSuggest": True} for name in names}}


def either(names: list[str]) -> Schema:
    """Return a schema of what states one of several keywords, or more."""
    return {"anyOf": [has(name) for name in names]}


def when(condition: Schema, then: Schema | None = None, otherwise: Schema | None = None) -> Schema:
    """Return a condition as JSON Schema writes it."""
    made: Schema = {"if": condition}
    if then is not None:
        made["then"] = then
    if otherwise is not None:
        made["else"] = otherwise
    return made


_BOUNDS = list(m.BOUNDS)
_SPANS = ("mean_of", "each_of")
_SINCE = ("change_from", "growth_from", "ratio_to")
_QUANTITIES = ("level_of", *_SINCE)
_ONE_FORM = (
    "Nêu đúng một trong all, any, some, measure, day, attested, ruling, graded, set_met"
    " · State exactly one of all, any, some, measure, day, attested, ruling, graded, set_met"
)
_BOUND = (
    "`measure` đi với at_least hoặc more_than, at_most hoặc less_than, hay mỗi bên một khi là khoảng"
    " · `measure` needs at_least or more_than, at_most or less_than, or for a range one of each"
)
_GRADED = "`graded` đi với at_least, không đi với cách so khác · `graded` needs at_least, and no other comparison"
_NO_BOUND = (
    "Chỉ `measure` và `graded` đi với at_least, at_most, more_than, less_than"
    " · Only `measure` and `graded` take at_least, at_most, more_than or less_than"
)
_ANSWER = "`answer` chỉ đi với attested · `answer` belongs to attested"
_NUMBER = (
    "`measure` so với số: viết không ngoặc kép, 80 hoặc 79.95, hoặc mỗi nhóm một số"
    " · `measure` is held against a number: 80 or 79.95 without quotes, or one per group"
)
_GRADE = "`graded` so với một bậc của thang, ghi mã bậc · `graded` is held against a grade, by its id"
_STANDARD = "`standard` chỉ đi với attested hoặc ruling · `standard` belongs to attested or ruling"
_TAKEN = "`taken` chỉ đi với measure, attested, ruling, graded · `taken` belongs to measure, attested, ruling or graded"
_ROUNDED = "`rounded_to` chỉ đi với measure · `rounded_to` belongs to measure"
_HAMLETS = (
    "`each_hamlet` chỉ đi với measure, một phép so sánh của năm xét; `hamlets` đi kèm each_hamlet"
    " · `each_hamlet` belongs to measure with one comparison, of the year judged; `hamlets` goes with it"
)
_DAYS = [*m.DAYS_COMPARED]
_DATED = (
    "`day` đi với no_earlier_than, no_later_than hoặc cả hai, hay within"
    " · `day` needs no_earlier_than, no_later_than or both, or within"
)
_OF_DATED = (
    "Chỉ `day` đi với no_earlier_than, no_later_than, within"
    " · Only `day` takes no_earlier_than, no_later_than and within"
)
_DAY = "`day` so với một ngày, ghi 2025-12-31, hoặc mỗi nhóm một ngày · `day` is held against a day, or one per group"
_ONE_LENGTH = "Ghi đúng một trong years, months, days · State exactly one of years, months, days"
_RANGE = "`range` không có ở kind: date · `range` does not belong to a date"
_ONE_QUANTITY = (
    "Ghi nhiều nhất một trong level_of, change_from, growth_from, ratio_to"
    " · State at most one of level_of, change_from, growth_from, ratio_to"
)
_ONE_SPAN = "Ghi nhiều nhất một trong mean_of, each_of · State at most one of mean_of, each_of"
_SOME_WAY = "Ghi cách lấy số liệu, ví dụ mean_of: 3 · Say how the figure is taken, such as mean_of: 3"
_EARLIER = "Tính từ một năm trước: ghi year_before hoặc một năm · Counted from an earlier year: year_before, or a year"
_MEAN_OF_LEVELS = (
    "mean_of đi với mức, không đi với thay đổi, tốc độ tăng, số lần"
    " · mean_of goes with levels, not with a change, a growth or a ratio"
)
_ENDS_HERE = (
    "mean_of, each_of kết thúc ở năm xét; level_of không nêu năm khác"
    " · mean_of and each_of end with the year judged; level_of names no other year beside them"
)
_FROM_ZERO = "`from_zero` chỉ đi với tốc độ tăng hoặc số lần · `from_zero` belongs to a growth or a ratio"
_ONE_NUMBER = (
    "Ghi đúng một trong at_least, more_than, at_most, less_than"
    " · State exactly one of at_least, more_than, at_most, less_than"
)
_NEEDED = "`some` đi với `needed`, số phần phải đạt · `some` goes with `needed`, how many parts must be met"
_TAKEN_FROM = "Nêu đúng một trong of, reference · State exactly one of of, reference"
_WITH_OF = "`set` đi với of · `set` goes with `of`"
_WITH_REFERENCE = "`year` đi với reference · `year` goes with `reference`"
_HELD = "Ghi ai có số này: held_by hoặc held_by_text · Say who has the figure: one of held_by, held_by_text"
_OWED = (
    "Ghi đúng một trong owed_by, owed_by_text, deliverable · State exactly one of owed_by, owed_by_text, deliverable"
)
_OF_DELIVERABLE = (
    "Đã ghi deliverable thì thời hạn và nguồn chỉ nằm ở tệp các văn bản phải có"
    " · With `deliverable`, the day and the source stand in the plan's deliverables alone"
)
_ONE_WORKED_OUT = (
    "Nêu đúng một trong number_meeting, share_meeting, average_of"
    " · State exactly one of number_meeting, share_meeting, average_of"
)
_ONE_TARGET = (
    "Nêu đúng một trong at_least, more_than, at_most, less_than, pending"
    " · State exactly one of at_least, more_than, at_most, less_than, pending"
)
_PENDING = (
    "`pending` không đi với up_to, times_value_of, about · `pending` stands without up_to, times_value_of and about"
)
_ONE_BASE = "Ghi value hoặc pending, không cả hai · State a base's value or what is pending, not both"
_BASE_SOURCE = "Giá trị xuất phát phải có nguồn · A base's value needs its source"
_ONE_NUMBER_OR_PENDING = "Ghi value hoặc pending, không cả hai · State a number's value or what is pending, not both"
_NUMBER_SOURCE = "Con số của quy trình phải có nguồn · A number of the procedure needs its source"
_ONE_FIGURE = "Mục tiêu có `figure` hoặc `communes`, không cả hai · A goal has either `figure` or `communes`"
_ASSIGNED = "Ghi assigned hoặc unassigned · Say who leads a goal: either assigned or unassigned"
_AMOUNT = "`amount` chỉ đi với kind: yearly_amount · `amount` belongs to a yearly amount"
_YEARS = "Mục tiêu không phải kind: reach phải có `years` · `years` belongs to every goal but one to reach"
_WHOLE_DAY = "Ngày hằng năm phải có cả month và day · A day of every year has both month and day"
_LEAD = "Ghi đúng một trong lead, lead_text · Say who owes the document: either lead or lead_text"
_WHEN = "Nêu đúng một trong due, in_year, every_year, done · State exactly one of due, in_year, every_year, done"
_COUNTED = "`counted` chỉ và luôn có ở kind: share · `counted` belongs to a share, and every share has it"
_SCALE = "`scale` chỉ và luôn có ở kind: grade · `scale` belongs to a grade, and every grade has it"
_SENSE = (
    "`sense` chỉ và luôn có ở kind: share, growth, count, amount"
    " · `sense` belongs to a quantity, and every quantity has it"
)
_ZERO = "`zero_denominator` chỉ có ở kind: share · `zero_denominator` belongs to a share"
_ONE_CONDITION = (
    f"Nêu đúng một điều kiện trong {', '.join(c.CONDITIONS)} · State exactly one condition: {', '.join(c.CONDITIONS)}"
)
_ONE_COMPARISON = "Nêu đúng một trong at_most, at_least, equals · State exactly one of at_most, at_least, equals"
_ONE_SAYING = "Nêu đúng một trong answered, above, below, equals · State exactly one of answered, above, below, equals"
_ONE_WAY = "Ghi measures hoặc kinds, không cả hai · Name either measures or kinds"
_ONE_SIZE = "Ghi points hoặc percent, không cả hai · State points or percent, not both"
_OF_A_PART = "`part` đi với percent, không có tốt hơn, kém hơn · a `part` goes with percent, and has no better or worse"
_SOME_YEAR = "Ghi earliest, latest, hoặc cả hai · State earliest, latest, or both"
_ONE_ADDED = (
    "Nêu đúng một trong indicator, condition, part, new_criterion"
    " · State exactly one of indicator, condition, part, new_criterion"
)
_OF_THE_WHOLE = (
    "Nêu ít nhất một trong meets, meets_when, bands, criteria · Say at least one of meets, meets_when, bands, criteria"
)
_ONE_SIDE = "Ghi after hoặc before, không cả hai · State after or before, not both"
_GOES_WITH = "`criterion` đi với indicator, `into` đi với part · `criterion` goes with an indicator, `into` with a part"
_A_PLACE = (
    "Ghi vị trí: after hoặc before, into, hoặc criterion"
    " · Say where it goes: after or before a neighbour, into what, or the criterion"
)
_A_CHANGE = "Nêu điều được sửa: lead, text, at_least ... · Say what changes: lead, text, at_least ..."
_SOURCE = "Ghi `document`, trừ khi `illustrative: true` · An overlay that is not illustrative names its document"


def _held_against(types: list[str], said: str, bounds: Sequence[str] = _BOUNDS) -> Schema:
    """Return a schema of targets of some types, undated or dated, or pending; the reader knows it from the kinds."""
    dated = {"properties": {"value": {"type": types, "errorMessage": said, "doNotSuggest": True}}}
    pending = {"if": {"type": "object"}, "then": {"required": ["pending"], "errorMessage": said}}
    target: Schema = {
        "type": [*types, "array", "null", *(["object"] if "object" not in types else [])],
        "items": dated,
        "errorMessage": said,
        "doNotSuggest": True,
    }
    return {"properties": {bound: target | (pending if "object" not in types else {}) for bound in bounds}}


def _exactly_one(names: Sequence[str], said: str) -> list[Schema]:
    """Return conditions that demand one keyword of several, and no more."""
    return [
        when(either(list(names)), otherwise=needs(names[0], said)),
        *(when(has(name), without(list(names[i + 1 :]), said)) for i, name in enumerate(names[:-1])),
    ]


def _other_than(names: Sequence[str], value: str, said: str) -> Schema:
    """Return a schema that refuses a value of some keywords."""
    return {
        "properties": {name: {"not": {"const": value}, "errorMessage": said, "doNotSuggest": True} for name in names}
    }


def _only(name: str, value: str, said: str) -> Schema:
    """Return a schema that takes one value of a keyword, or nothing."""
    return {"properties": {name: {"enum": [value, None], "errorMessage": said, "doNotSuggest": True}}}


def _is(name: str, value: str) -> Schema:
    return {"required": [name], "properties": {name: {"const": value}}}


def _not_true(name: str, said: str) -> Schema:
    return {"properties": {name: {"const": False, "errorMessage": said, "doNotSuggest": True}}}


def _kind_is(kinds: frozenset[str]) -> Schema:
    return {"required": ["kind"], "properties": {"kind": {"enum": [kind for kind in KINDS if kind in kinds]}}}


CONDITIONS: dict[type[m.Written], list[Schema]] = {
    m.NodeWritten: [
        when(either(list(m.FORMS)), otherwise=needs("measure", _ONE_FORM)),
        *(when(has(form), without(list(m.FORMS[i + 1 :]), _ONE_FORM)) for i, form in enumerate(m.FORMS[:-1])),
        when(has("measure"), when(either(_BOUNDS), otherwise=needs("at_least", _BOUND))),
        when(has("at_least"), without(["more_than"], _BOUND)),
        when(has("at_most"), without(["less_than"], _BOUND)),
        when(has("graded"), {"allOf": [needs("at_least", _GRADED), without(_BOUNDS[1:], _GRADED)]}),
        when(has("measure"), _held_against(["number", "object"], _NUMBER)),
        when(has("graded"), _held_against(["string"], _GRADE)),
        when(either(["measure", "graded"]), otherwise=without(_BOUNDS, _NO_BOUND)),
        when(either(["attested", "ruling"]), otherwise=without(["standard"], _STANDARD)),
        when(has("attested"), otherwise=without(["answer"], _ANSWER)),
        when(has("some"), needs("needed", _NEEDED), without(["needed"], _NEEDED)),
        when(either([*m.COMBINED, "day", "set_met"]), without(["taken"], _TAKEN)),
        when(has("day"), when(either(_DAYS), otherwise=needs("no_later_than", _DATED)), without(_DAYS, _OF_DATED)),
        when(has("within"), without(_DAYS[:2], _DATED)),
        when(has("day"), _held_against(["string", "object"], _DAY, _DAYS[:2])),
        when(
            has("measure"), otherwise={"allOf": [without(["rounded_to"], _ROUNDED), without(["each_hamlet"], _HAMLETS)]}
        ),
        when(has("each_hamlet"), without(["taken", "rounded_to"], _HAMLETS), without(["hamlets"], _HAMLETS)),
    ],
    m.Within: _exactly_one(["years", "months", "days"], _ONE_LENGTH),
    m.TakenWritten: [
        *(when(has(one), without(list(_QUANTITIES[i + 1 :]), _ONE_QUANTITY)) for i, one in enumerate(_QUANTITIES[:-1])),
        when(has("mean_of"), {"allOf": [without(["each_of"], _ONE_SPAN), without(list(_SINCE), _MEAN_OF_LEVELS)]}),
        when(either([*_QUANTITIES, *_SPANS, "from_zero"]), otherwise=needs("mean_of", _SOME_WAY)),
        _other_than(_SINCE, "this_year", _EARLIER),
        when(either(list(_SPANS)), _only("level_of", "this_year", _ENDS_HERE)),
        when(either(["level_of", "change_from", "mean_of"]), without(["from_zero"], _FROM_ZERO)),
    ],
    m.CountedGate: _exactly_one(m.BOUNDS, _ONE_NUMBER),
    m.DerivedValue: [
        *_exactly_one(["of", "reference"], _TAKEN_FROM),
        when(has("reference"), without(["set"], _WITH_OF)),
        when(has("of"), without(["year"], _WITH_REFERENCE)),
    ],
    m.ReferenceFigure: _exactly_one(["held_by", "held_by_text"], _HELD),
    m.ReferenceValue: [
        *_exactly_one(["value", "pending"], _ONE_NUMBER_OR_PENDING),
        when(has("value"), {"allOf": [needs("source", _NUMBER_SOURCE), needs("promulgated", _NUMBER_SOURCE)]}),
    ],
    m.Decision: [
        *_exactly_one(["owed_by", "owed_by_text", "deliverable"], _OWED),
        when(has("deliverable"), without(["due", "source"], _OF_DELIVERABLE)),
    ],
    p.FromCommunes: _exactly_one(p.WORKED_OUT, _ONE_WORKED_OUT),
    p.GoalTarget: [
        *_exactly_one([*_BOUNDS, "pending"], _ONE_TARGET),
        when(has("pending"), {"allOf": [without(["up_to", "times_value_of"], _PENDING), _not_true("about", _PENDING)]}),
    ],
    p.Base: [
        *_exactly_one(["value", "pending"], _ONE_BASE),
        when(has("value"), needs("source", _BASE_SOURCE)),
    ],
    d.Parameter: [
        *_exactly_one(["value", "pending"], _ONE_NUMBER_OR_PENDING),
        when(has("value"), needs("source", _NUMBER_SOURCE)),
    ],
    p.Reading: [when(has("figure"), without(["communes"], _ONE_FIGURE))],
    p.Goal: [
        *_exactly_one(["figure", "communes"], _ONE_FIGURE),
        *_exactly_one(["assigned", "unassigned"], _ASSIGNED),
        when(
            _is("kind", "yearly_amount"),
            otherwise={"properties": {"amount": {"const": "level", "errorMessage": _AMOUNT, "doNotSuggest": True}}},
        ),
        when(_is("kind", "reach"), otherwise=needs("years", _YEARS)),
    ],
    p.EveryYear: [
        when(has("month"), needs("day", _WHOLE_DAY)),
        when(has("day"), needs("month", _WHOLE_DAY)),
    ],
    p.Deliverable: [
        *_exactly_one(["lead", "lead_text"], _LEAD),
        *_exactly_one(["due", "in_year", "every_year", "done"], _WHEN),
    ],
    m.Measure: [
        when(_kind_is(SHARES), needs("counted", _COUNTED), without(["counted"], _COUNTED)),
        when(_kind_is(GRADES), needs("scale", _SCALE), without(["scale"], _SCALE)),
        when(_kind_is(DATES), without(["range"], _RANGE)),
        when(_kind_is(QUANTITIES), needs("sense", _SENSE), without(["sense"], _SENSE)),
        when(
            _kind_is(SHARES),
            otherwise={
                "properties": {"zero_denominator": {"const": "invalid", "errorMessage": _ZERO, "doNotSuggest": True}}
            },
        ),
    ],
    c.CrossCheck: _exactly_one(c.CONDITIONS, _ONE_CONDITION),
    c.Relation: _exactly_one(c.COMPARISONS, _ONE_COMPARISON),
    c.Statement: _exactly_one(c.SAYINGS, _ONE_SAYING),
    c.Selection: [when(has("measures"), without(["kinds"], _ONE_WAY))],
    c.Changed: [
        when(has("points"), without(["percent"], _ONE_SIZE)),
        when(
            has("part"),
            {
                "allOf": [
                    without(["points"], _OF_A_PART),
                    {
                        "properties": {
                            "direction": {"const": "either", "errorMessage": _OF_A_PART, "doNotSuggest": True}
                        }
                    },
                ]
            },
        ),
    ],
    c.DocumentDated: [when(either(["earliest", "latest"]), otherwise=needs("latest", _SOME_YEAR))],
    m.Added: [
        *_exactly_one(m.ADDED, _ONE_ADDED),
        when(has("after"), without(["before"], _ONE_SIDE)),
        when(has("indicator"), otherwise=without(["criterion"], _GOES_WITH)),
        when(has("part"), otherwise=without(["into"], _GOES_WITH)),
        when(
            either(["after", "before", "criterion", "into", "condition", "new_criterion"]),
            otherwise=needs("after", _A_PLACE),
        ),
    ],
    m.StandardTold: [
        {
            "anyOf": [{"required": [key]} for key in ("meets", "meets_when", "bands", "criteria")],
            "errorMessage": _OF_THE_WHOLE,
        }
    ],
    m.Change: [{"anyOf": [{"required": [key]} for key in m.CHANGEABLE], "errorMessage": _A_CHANGE}],
    m.Overlay: [
        when(
            {"required": ["illustrative"], "properties": {"illustrative": {"const": True}}},
            otherwise=needs("document", _SOURCE),
        )
    ],
}
"""Conditions of a model hold for every model that extends it."""
