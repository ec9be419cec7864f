"""What a person writes: one model per YAML file of a criteria set, unknown keys refused.

These models hold the text of the law and the conditions as written. `resolve.py` turns them, for a
date and with overlays, into the one `CriteriaSet` that evaluators read.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PrivateAttr,
    StrictBool,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

from ntm_rules.exact import TARGET_DECIMALS
from ntm_rules.i18n import N_, Message, current_language
from ntm_rules.rulebook.kinds import KINDS, Kind, Traits
from ntm_rules.rulebook.taken import Quantity, Taken, taken_as

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
"""A domain id: kebab-case, no diacritics; requirement ids may hold dots ("8.1.b")."""
MeasureId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
"""A measure id: a snake_case English name, free of double underscores (they separate column parts)."""


NOT_A_NUMBER = "not_a_number"
TOO_MANY_DECIMALS = "too_many_decimals"
TOO_LARGE = "too_large"
LARGEST = 10**8
"""A target is less than this."""
MOST_ROUNDED = TARGET_DECIMALS - 1
"""Decimals that the law may round to: half a step of the last must be a number that a target can be."""


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise PydanticCustomError(NOT_A_NUMBER, "a number is expected")
    number = Decimal(value)
    if abs(number) >= LARGEST:
        raise PydanticCustomError(TOO_LARGE, "less than {limit} is expected", {"limit": LARGEST})
    if number != round(number, TARGET_DECIMALS):
        raise PydanticCustomError(TOO_MANY_DECIMALS, "at most {allowed} decimals", {"allowed": TARGET_DECIMALS})
    return number


Number = Annotated[Decimal, BeforeValidator(_number)]
Day = Annotated[dt.date, Field(strict=True)]
"""A date written as one; a bare number is not a number of seconds."""
Whole = Annotated[int, Field(strict=True)]
FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Years of the calendar that a law can speak of."""
NOT_POSITIVE = "not_positive"


def _positive(number: Decimal) -> Decimal:
    if number <= 0:
        raise PydanticCustomError(NOT_POSITIVE, "more than 0 is expected")
    return number


Points = Annotated[Number, AfterValidator(_positive)]
"""Points of an indicator: they may rank progress and never take part in a verdict."""


class Written(BaseModel):
    """Base of everything read from a rule file."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Text(Written):
    """A label in both languages."""

    vi: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the label in `language` ("vi" or "en")."""
        return self.en if language == "en" else self.vi

    def __str__(self) -> str:
        """Return the label in the language in force."""
        return self.in_language(current_language())


def in_both(vi: str, en: str) -> Text:
    """Return a text as it is printed with its English, or printed alone where it has none."""
    return Text.model_construct(vi=vi, en=en or vi)


PERCENT_SIGN = Text(vi="%", en="%")
WHOLE_PERCENT = Decimal(100)

# --- criteria-set.yaml -------------------------------------------------------------------------


class Document(Written):
    """A legal document that rules quote or await."""

    id: Id
    title: Text
    number: str | None = None
    date: Day | None = None
    issuer: str | None = None
    file: str | None = None
    """Path of its text inside the set's folder, when the set carries it."""
    note: Text | None = None


class Decision(Written):
    """A document that does not exist yet (or was not found) and on which targets wait."""

    id: Id
    title: Text
    owed_by: Id | None = None
    """Agency that owes it; None when the body lies outside the set's agencies (see `owed_by_text`)."""
    owed_by_text: Text | None = None
    due: Day | None = None
    source: Source | None = None
    deliverable: Id | None = None
    """The deliverable of the plan that is this decision: who owes it, the day and the source then stand there alone."""
    note: Text | None = None

    @model_validator(mode="after")
    def _someone_owes_it(self) -> Self:
        stated = [self.owed_by is not None, self.owed_by_text is not None, self.deliverable is not None]
        if sum(stated) != 1:
            raise ValueError(N_("say who owes the decision: one of owed_by, owed_by_text, deliverable"))
        if self.deliverable is not None and (self.due is not None or self.source is not None):
            raise ValueError(N_("with `deliverable`, the day and the source stand in the plan's deliverables alone"))
        return self

    def owed_as(self, *, owed_by: str | None, owed_by_text: Text | None, due: dt.date | None, source: Source) -> Self:
        """Return it with what its deliverable says."""
        return self.model_copy(update={"owed_by": owed_by, "owed_by_text": owed_by_text, "due": due, "source": source})


class Source(Written):
    """Where a rule's words stand."""

    document: Id
    annex: str | None = None
    row: str | None = None
    article: str | None = None
    note: Text | None = None


class Group(Written):
    """A group of communes (nhóm xã) that targets may tell apart."""

    id: Id
    title: Text
    definition: Text | None = None
    source: Source | None = None


class ClassOfCommunes(Written):
    """One class of a classification."""

    id: Id
    title: Text
    definition: Text | None = None


class Classification(Written):
    """What else communes are told apart by (region, border or not): a column of communes.csv of the same name."""

    id: Id
    title: Text
    classes: tuple[ClassOfCommunes, ...] = Field(min_length=1)
    source: Source | None = None
    note: Text | None = None


class CommuneType(Written):
    """A type of unit in the register: what one is called, alone and with its name."""

    id: Id
    title: Text
    full_name: Text
    """With `{name}` where the unit's name stands."""

    @model_validator(mode="after")
    def _takes_a_name(self) -> Self:
        if any(text.count("{name}") != 1 for text in (self.full_name.vi, self.full_name.en)):
            raise ValueError(N_("`full_name` has {name} once, where the name of the unit stands"))
        return self


COMMUNE_TYPES = (
    CommuneType(id="xa", title=Text(vi="xã", en="commune"), full_name=Text(vi="Xã {name}", en="{name} commune")),
    CommuneType(id="phuong", title=Text(vi="phường", en="ward"), full_name=Text(vi="Phường {name}", en="{name} ward")),
    CommuneType(
        id="dac-khu",
        title=Text(vi="đặc khu", en="special zone"),
        full_name=Text(vi="Đặc khu {name}", en="{name} special zone"),
    ),
)
"""The types of units where a set names none of its own."""


class Years(Written):
    """A span of whole years, both ends included."""

    from_: Whole = Field(alias="from", ge=FIRST_YEAR, le=LAST_YEAR)
    to: Whole = Field(ge=FIRST_YEAR, le=LAST_YEAR)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to < self.from_:
            raise ValueError(N_("`to` lies before `from`"))
        return self

    def __contains__(self, year: int) -> bool:
        return self.from_ <= year <= self.to


class Scale(Written):
    """A named ordinal scale, lowest grade first."""

    id: Id
    title: Text
    grades: tuple[Grade, ...] = Field(min_length=2)
    note: Text | None = None


class Grade(Written):
    """One step of a scale."""

    id: Id
    label: Text


class Reporting(Written):
    """Who sums up the communes' results and to whom it reports: the head and the recipients of its papers."""

    by: Id
    superior: Text | None = None
    """The body above it, as the head of its papers names it."""
    recipients: tuple[Text, ...] = ()
    source: Source


class Province(Written):
    """One of the provinces whose communes stand in one register."""

    id: Id
    name: Text
    reporting: Reporting | None = None
    """Who sums up the results there; as the set says unless said."""


class PartsNeeded(Written):
    """How many criteria or indicators must be met, and which of them in any case; all that apply unless said."""

    at_least: Whole | None = Field(default=None, ge=1)
    at_least_percent: Number | None = Field(default=None, gt=0, le=100)
    """Of those that apply."""
    including: tuple[Id, ...] = ()
    of: tuple[Id, ...] = ()
    """Those counted; all unless said."""

    @model_validator(mode="after")
    def _states_one_number(self) -> Self:
        if self.at_least is not None and self.at_least_percent is not None:
            raise ValueError(N_("state at_least or at_least_percent, not both"))
        if self.including and self.at_least is None and self.at_least_percent is None:
            raise ValueError(N_("`including` goes with at_least or at_least_percent"))
        return self


class PointsNeeded(Written):
    """How many points the indicators met must have."""

    at_least: Points | None = None
    at_least_percent: Number | None = Field(default=None, gt=0, le=100)
    """Of the points of the indicators that apply."""
    of: tuple[Id, ...] = ()
    """The criteria or indicators counted; all unless said."""

    @model_validator(mode="after")
    def _states_one_number(self) -> Self:
        if (self.at_least is None) == (self.at_least_percent is None):
            raise ValueError(N_("`points` needs at_least or at_least_percent"))
        return self


class EachCriterion(Written):
    """What every criterion must reach by itself, met or not."""

    indicators: PartsNeeded | None = None
    points: PointsNeeded | None = None

    @model_validator(mode="after")
    def _states_one_condition(self) -> Self:
        if (self.indicators is None) == (self.points is None):
            raise ValueError(N_("state exactly one of indicators, points"))
        return self


class StandardWritten(Written):
    """When a commune, or one criterion, meets what is asked of it: exactly one of these."""

    all: tuple[StandardWritten, ...] | None = Field(default=None, min_length=1)
    any: tuple[StandardWritten, ...] | None = Field(default=None, min_length=1)
    criteria: PartsNeeded | None = None
    indicators: PartsNeeded | None = None
    points: PointsNeeded | None = None
    each_criterion: EachCriterion | None = None

    @model_validator(mode="after")
    def _states_one_condition(self) -> Self:
        if sum(getattr(self, key) is not None for key in type(self).model_fields) != 1:
            raise ValueError(N_("state exactly one of all, any, criteria, indicators, points, each_criterion"))
        return self

    def placed(self, place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], StandardWritten]]:
        """Yield it and everything below it with the places in the file, where its own is `place`."""
        yield place, self
        for key in ("all", "any"):
            for i, part in enumerate(getattr(self, key) or ()):
                yield from part.placed((*place, key, i))


RECOGNITION = "recognition_decision"
"""The id of the ruling that reports recognition in a set that names none, where it has such a ruling."""


class SetHeader(Written):
    """criteria-set.yaml: what the set is, on what legal ground, for which years and groups."""

    id: Id
    version: str
    title: Text
    illustrative: StrictBool = False
    """True for rules that nobody has issued or checked: every output made with them says so."""
    legal_basis: tuple[Id, ...]
    period: Years
    province: Text
    provinces: tuple[Province, ...] = ()
    """The provinces that the register tells apart, where it holds several."""
    documents: tuple[Document, ...]
    decisions: tuple[Decision, ...]
    groups: tuple[Group, ...]
    classifications: tuple[Classification, ...] = ()
    scales: tuple[Scale, ...] = ()
    commune_type: str = "xa"
    """The register type the set applies to; other types are named as outside it."""
    commune_types: tuple[CommuneType, ...] = ()
    """The types of units in the register; where none are named, `COMMUNE_TYPES`, and units of others have no title."""
    bands: tuple[Band, ...]
    meets: Text
    """What "meets the standard" means, in words."""
    meets_when: StandardWritten | None = None
    """The same as a rule; every criterion that applies must be met unless said."""
    criteria: tuple[CriterionHeader, ...]
    conditions: str | None = None
    """The file of further conditions of recognition, if the set has any."""
    recognition: MeasureId | None = None
    """The ruling by which a commune reports that a decision has recognised it; `RECOGNITION` unless said."""
    cross_checks: str | None = None
    """The file of cross-checks, if the set has any."""
    reference_figures: str | None = None
    """The file of the figures of province and nation that targets are taken from, if the set has any."""
    reporting: Reporting | None = None
    plan: PlanFiles | None = None
    """The province's plan, if the set carries it."""

    def reporting_in(self, province: str) -> Reporting | None:
        """Return who sums up the results of a province; of the set where that is empty, or says nothing of its own."""
        own = next((one.reporting for one in self.provinces if one.id == province), None)
        return own or self.reporting


class CourseBands(Written):
    """From which part of the needed progress on a goal counts as on course, and as behind; no law fixes them."""

    on_course: Number
    behind: Number
    origin: Text


class PlanFiles(Written):
    """The province's plan: its files, the province's code in its own figures, and the bands of its goals' status."""

    code: Id
    figures: str
    goals: str
    deliverables: str
    bands: CourseBands


class Band(Written):
    """A class of communes by the number of criteria met, both ends included."""

    id: Id
    title: Text
    at_least: Whole
    at_most: Whole


class CriterionHeader(Written):
    """One criterion: its number, its title as printed, and the file of its rules."""

    id: Id
    title: str
    title_en: str
    source: Source
    rules: str
    meets_when: StandardWritten | None = None
    """When it is met; every indicator that applies must be unless said."""

    @property
    def words(self) -> Text:
        """The title in every language there is."""
        return in_both(self.title, self.title_en)


# --- agencies.yaml -----------------------------------------------------------------------------


class Agency(Written):
    """A body named by the law."""

    id: Id
    name: Text
    printed: tuple[str, ...] = ()
    """The name as the source prints it, where that differs from the name."""
    superior: Text | None = None
    """The body above it, as the head of its papers names it."""
    role: Literal["lead", "cooperating"] = "lead"


# --- measures.yaml -----------------------------------------------------------------------------


class Counted(Written):
    """How a share is counted: what stands above and below the line, in which unit."""

    numerator: Text
    denominator: Text
    unit: Text
    decimals: Whole = Field(default=0, ge=0, le=4)


class Range(Written):
    """Bounds of what can be reported at all; a figure outside is a mistake, not a result."""

    min: Number | None = None
    max: Number | None = None


class Measure(Written):
    """A figure or statement that a commune reports once a year."""

    id: MeasureId
    label: Text
    kind: Kind
    unit: Text
    range: Range | None = None
    decimals: Whole = Field(default=2, ge=0, le=4)
    """Decimals shown; more may be reported and are compared exactly."""
    counted: Counted | None = None
    sense: Literal["higher", "lower"] | None = None
    """Which way is better, for quantities."""
    zero_denominator: Literal["not_applicable", "invalid"] = "invalid"
    scale: Id | None = None
    attested_by: Id | None = None
    per: Literal["commune", "hamlet"] = "commune"
    """Of what it is reported: of the commune, or of each hamlet (thôn, bản, ấp) in it."""
    evidence: Text
    note: Text | None = None

    @property
    def of_hamlets(self) -> bool:
        """Whether each hamlet has a figure of its own."""
        return self.per == "hamlet"

    @property
    def traits(self) -> Traits:
        """What its kind sets it apart by."""
        return KINDS[self.kind]

    @property
    def whole_percent(self) -> Decimal:
        """The most percent that a share can be: 100, or more where its range says so."""
        most = self.range.max if self.range is not None and self.range.max is not None else WHOLE_PERCENT
        return max(most, WHOLE_PERCENT)

    @property
    def reported_unit(self) -> Text:
        """The unit of its figures: of a share percent, which its counts come to."""
        return PERCENT_SIGN if self.traits.counted else self.unit

    @property
    def compared_unit(self) -> Text:
        """The unit in which it is held against its target."""
        return PERCENT_SIGN if self.traits.in_percent else self.unit

    @property
    def unit_is_percent(self) -> bool:
        """Whether its own unit is percent, of whatever."""
        return self.unit.vi.lstrip().startswith("%")

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if self.traits.counted != (self.counted is not None):
            raise ValueError(N_("`counted` belongs to a share, and every share has it"))
        if self.traits.graded != (self.scale is not None):
            raise ValueError(N_("`scale` belongs to a grade, and every grade has it"))
        if self.traits.dated and self.range is not None:
            raise ValueError(N_("`range` belongs to a quantity"))
        if self.traits.quantity != (self.sense is not None):
            raise ValueError(N_("`sense` belongs to a quantity, and every quantity has it"))
        if self.zero_denominator != "invalid" and not self.traits.counted:
            raise ValueError(N_("`zero_denominator` belongs to a share"))
        return self


# --- rules.yaml --------------------------------------------------------------------------------


class Pending(Written):
    """A target that a later decision is to fix."""

    decision: Id
    note: Text | None = None


class PendingTarget(Written):
    """`{pending: {decision: ...}}`."""

    pending: Pending


NOT_APPLICABLE = "not_applicable"
"""Stands for the target of a class of which nothing is asked."""


def _cell_form(value: object) -> str:
    if isinstance(value, PendingTarget | dict):
        return "<pending>"
    if isinstance(value, dt.date):
        return "<day>"
    return "<grade>" if isinstance(value, str) else "<number>"


CellWritten = Annotated[
    Annotated[PendingTarget, Tag("<pending>")]
    | Annotated[Number, Tag("<number>")]
    | Annotated[Day, Tag("<day>")]
    | Annotated[Id, Tag("<grade>")],
    Discriminator(_cell_form),
]
"""The target of one class of communes: a number, a day, a grade id, `not_applicable`, or pending."""


def _without_days_in_force(value: object) -> object:
    """Let no day be the target of a class where the key says from when or until when it holds: a list is none."""
    if not isinstance(value, dict):
        return value
    return {key: [one] if key in _OF_DATED and isinstance(one, dt.date) else one for key, one in value.items()}


_OF_DATED = ("from", "to", "promulgated")
"""Keys of a dated value, which stand in a list."""
ByGroup = Annotated[dict[Id, CellWritten], BeforeValidator(_without_days_in_force)]
"""The target of each group."""


class ClassedValue(Written):
    """A target that differs by class of communes: "xã biên giới 70%, còn lại 80%"."""

    by: Id
    values: dict[Id, CellWritten] = Field(min_length=1)
    default: CellWritten | None = None


def _year_form(value: object) -> str:
    return "<calendar>" if isinstance(value, int) and not isinstance(value, bool) else "<word>"


YearWritten = Annotated[
    Annotated[Annotated[Whole, Field(ge=FIRST_YEAR, le=LAST_YEAR)], Tag("<calendar>")]
    | Annotated[Literal["this_year", "year_before"], Tag("<word>")],
    Discriminator(_year_form),
]
"""The year judged, the one before it, or a year of the calendar."""


class DerivedValue(Written):
    """A target taken from another target, or from a reference figure: "bằng 110% mức quy định của chỉ tiêu 4.1"."""

    of: Id | None = None
    """The requirement whose target it is taken from."""
    set: Id | None = None
    """The other set in which that requirement stands; this one unless said."""
    reference: Id | None = None
    """The reference figure it is taken from."""
    year: YearWritten | None = None
    """The year whose figure counts; the year judged unless said."""
    times: Points = Decimal(1)
    plus: Number = Decimal(0)

    @model_validator(mode="after")
    def _is_taken_from_one_thing(self) -> Self:
        if (self.of is None) == (self.reference is None):
            raise ValueError(N_("state exactly one of of, reference"))
        if self.set is not None and self.of is None:
            raise ValueError(N_("`set` goes with `of`"))
        if self.year is not None and self.reference is None:
            raise ValueError(N_("`year` goes with `reference`"))
        return self


def _value_form(value: object) -> str:
    if isinstance(value, DerivedValue) or (isinstance(value, dict) and ("of" in value or "reference" in value)):
        return "<derived>"
    if isinstance(value, ClassedValue | dict):
        return "<by_class>" if isinstance(value, ClassedValue) or "by" in value else "<by_group>"
    if isinstance(value, dt.date):
        return "<day>"
    return "<grade>" if isinstance(value, str) else "<number>"


ValueWritten = Annotated[
    Annotated[Number, Tag("<number>")]
    | Annotated[ByGroup, Tag("<by_group>")]
    | Annotated[ClassedValue, Tag("<by_class>")]
    | Annotated[Day, Tag("<day>")]
    | Annotated[DerivedValue, Tag("<derived>")]
    | Annotated[Id, Tag("<grade>")],
    Discriminator(_value_form),
]
"""A target that is known: a number, a day, one of either per group or per class, taken from something else, or a grade id."""


class Days(Written):
    """From which day to which, both included; no `to` means until further notice."""

    from_: Day = Field(alias="from")
    to: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to is not None and self.to < self.from_:
            raise ValueError(N_("`to` lies before `from`"))
        return self

    def __contains__(self, day: dt.date) -> bool:
        return self.from_ <= day and (self.to is None or day <= self.to)


class DatedValue(Days):
    """A target in force between two dates, and the day it became known."""

    value: ValueWritten
    source: Source
    promulgated: Day


def _target_form(value: object) -> str:
    """Say which form of target a written value has, so that errors speak of that form alone."""
    if isinstance(value, PendingTarget) or (isinstance(value, dict) and "pending" in value):
        return "<pending>"
    if isinstance(value, list | tuple):
        return "<dated>"
    return _value_form(value)


TargetWritten = Annotated[
    Annotated[PendingTarget, Tag("<pending>")]
    | Annotated[Number, Tag("<number>")]
    | Annotated[tuple[DatedValue, ...], Field(min_length=1), Tag("<dated>")]
    | Annotated[ByGroup, Tag("<by_group>")]
    | Annotated[ClassedValue, Tag("<by_class>")]
    | Annotated[Day, Tag("<day>")]
    | Annotated[DerivedValue, Tag("<derived>")]
    | Annotated[Id, Tag("<grade>")],
    Discriminator(_target_form),
]
"""A number, a day, one of either per group or per class, taken from something else, dated values, a grade id, or pending."""


MOST_YEARS = 50
"""Of the longest time before an appraisal that a law may speak of; more is a slip of the pen."""


class Within(Written):
    """So long before the day of the appraisal, that day included: "trong 3 năm trước khi xét"."""

    years: Whole | None = Field(default=None, ge=1, le=MOST_YEARS)
    months: Whole | None = Field(default=None, ge=1, le=MOST_YEARS * 12)
    days: Whole | None = Field(default=None, ge=1, le=MOST_YEARS * 365)

    def before(self, day: dt.date) -> dt.date:
        """Return the first day of it: the same day of an earlier month, or that month's last where it has no such day.

        >>> Within(years=1).before(dt.date(2028, 2, 29)), Within(months=3).before(dt.date(2026, 5, 31))
        (datetime.date(2027, 2, 28), datetime.date(2026, 2, 28))
        """
        if self.days is not None:
            return dt.date.fromordinal(max(1, day.toordinal() - self.days))
        month = day.year * 12 + day.month - 1 - (self.months or 12 * (self.years or 0))
        if month < 12:
            return dt.date.min
        year, of_year = month // 12, month % 12 + 1
        last = calendar.monthrange(year, of_year)[1]
        return dt.date(year, of_year, min(day.day, last))

    @model_validator(mode="after")
    def _says_one_length(self) -> Self:
        if sum(one is not None for one in (self.years, self.months, self.days)) != 1:
            raise ValueError(N_("state exactly one of years, months, days"))
        return self


class CountedGate(Written):
    """So many of something as a rule is for: "nếu có từ 10 hộ"."""

    measure: MeasureId
    at_least: Number | None = None
    at_most: Number | None = None
    more_than: Number | None = None
    less_than: Number | None = None

    @property
    def bounds(self) -> dict[str, Decimal]:
        """The number, by comparison."""
        return {key: number for key in BOUNDS if (number := getattr(self, key)) is not None}

    @model_validator(mode="after")
    def _compares_once(self) -> Self:
        if len(self.bounds) != 1:
            raise ValueError(N_("state exactly one of at_least, more_than, at_most, less_than"))
        return self


def _gate_form(value: object) -> str:
    return "<counted>" if isinstance(value, CountedGate | dict) else "<question>"


GateWritten = Annotated[
    Annotated[MeasureId, Tag("<question>")] | Annotated[CountedGate, Tag("<counted>")], Discriminator(_gate_form)
]
"""Whether a rule is for a commune: a question answered yes or no, or a number of something."""


class SetMet(Written):
    """Another set that must be met: the whole of it, or some of its criteria or indicators."""

    set: Id
    criteria: tuple[Id, ...] = ()
    indicators: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _asks_one_thing(self) -> Self:
        if self.criteria and self.indicators:
            raise ValueError(N_("name criteria or indicators of the set, not both"))
        return self


class TakenWritten(Written):
    """Of which years a figure is taken, and whether as a level, a change, a growth or a ratio."""

    mean_of: Whole | None = Field(default=None, ge=2, le=10)
    each_of: Whole | None = Field(default=None, ge=2, le=10)
    level_of: YearWritten | None = None
    change_from: YearWritten | None = None
    growth_from: YearWritten | None = None
    ratio_to: YearWritten | None = None
    from_zero: Literal["as_rise"] | None = None

    @property
    def quantities(self) -> dict[Quantity, YearWritten | None]:
        """What of the figure is taken, and of or from which year."""
        return {
            Quantity.LEVEL: self.level_of,
            Quantity.CHANGE: self.change_from,
            Quantity.GROWTH: self.growth_from,
            Quantity.RATIO: self.ratio_to,
        }

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        stated = {quantity: year for quantity, year in self.quantities.items() if year is not None}
        if len(stated) > 1:
            raise ValueError(N_("state at most one of level_of, change_from, growth_from, ratio_to"))
        if self.mean_of and self.each_of:
            raise ValueError(N_("state at most one of mean_of, each_of"))
        if not (stated or self.mean_of or self.each_of or self.from_zero):
            raise ValueError(N_("say how the figure is taken, such as mean_of: 3"))
        level = stated.pop(Quantity.LEVEL, None)
        if "this_year" in stated.values():
            raise ValueError(N_("a change is counted from an earlier year: write year_before, or a year"))
        if self.mean_of and stated:
            raise ValueError(N_("mean_of goes with levels, not with a change, a growth or a ratio"))
        if (self.mean_of or self.each_of) and level not in (None, "this_year"):
            raise ValueError(
                N_("mean_of and each_of end with the year judged; level_of names no other year beside them")
            )
        if self.from_zero and stated.keys() - {Quantity.GROWTH, Quantity.RATIO}:
            raise ValueError(N_("`from_zero` belongs to a growth or a ratio"))
        if self.from_zero and (level or self.mean_of):
            raise ValueError(N_("`from_zero` belongs to a growth or a ratio"))
        return self


class NodeWritten(Written):
    """A requirement, or several taken together, as written: exactly one of `FORMS`."""

    id: Id
    text: str | None = None
    reading: str | None = None
    text_en: str | None = None
    lead: Id | None = None
    cooperating: tuple[Id, ...] | None = None
    source: Source | None = None
    note: Text | None = None

    all: tuple[NodeWritten, ...] | None = Field(default=None, min_length=1)
    any: tuple[NodeWritten, ...] | None = Field(default=None, min_length=1)
    some: tuple[NodeWritten, ...] | None = Field(default=None, min_length=1)
    needed: Whole | None = Field(default=None, ge=1)
    """For `some`: how many of the parts must be met."""
    applies_if: GateWritten | None = None
    applies_unless: GateWritten | None = None
    measure: MeasureId | None = None
    taken: TakenWritten | None = None
    """For a requirement: of which years its figure is taken, and as what; as it was reported unless said."""
    rounded_to: Whole | None = Field(default=None, ge=0, le=MOST_ROUNDED)
    """For `measure`: the decimals to which the law rounds it before it is held against the target."""
    at_least: TargetWritten | None = None
    at_most: TargetWritten | None = None
    more_than: TargetWritten | None = None
    less_than: TargetWritten | None = None
    day: MeasureId | None = None
    no_earlier_than: TargetWritten | None = None
    no_later_than: TargetWritten | None = None
    within: Within | None = None
    """For `day`: so long before the day of the appraisal, and not after it."""
    attested: MeasureId | None = None
    answer: Literal["yes", "no"] | None = None
    """For `attested`: the answer that meets; yes unless said."""
    ruling: MeasureId | None = None
    graded: MeasureId | None = None
    set_met: SetMet | None = None
    each_hamlet: NodeWritten | None = None
    """For `measure`: what each hamlet must meet; the measure counts the hamlets that do."""
    hamlets: MeasureId | None = None
    """With `each_hamlet`: the measure in which the commune says how many hamlets it has."""
    standard: PendingTarget | None = None
    """For `attested` and `ruling`: what counts as meeting it still waits on a decision."""

    _ends: tuple[NodeWritten, ...] = PrivateAttr(default=())
    """Of a range ("từ 6 đến 8,5"): a requirement for each end of it."""
    _is_last: bool = PrivateAttr(default=False)
    """Of a `within`: whether it is the end that no day may lie beyond."""

    @property
    def op(self) -> str:
        """How its parts are taken together: `all`, `any` or `some`; empty for a requirement."""
        return "any" if self.any else "some" if self.some else "all" if self.all or self._ends else ""

    @property
    def parts(self) -> tuple[NodeWritten, ...]:
        """What it takes together, in the order written; nothing for a requirement."""
        return self.all or self.any or self.some or self._ends

    @property
    def bounds(self) -> dict[str, TargetWritten]:
        """The targets it states, by comparison: one, or two where it is a range; days by the same comparisons."""
        stated = ((key, getattr(self, self.written_as(key))) for key in BOUNDS)
        return {key: target for key, target in stated if target is not None}

    def written_as(self, bound: str) -> str:
        """Return the keyword by which a comparison is written here."""
        return DAY_BOUNDS.get(bound, bound) if self.day else bound

    @property
    def dated(self) -> tuple[DatedValue, ...]:
        """The dated values of its target, if it has any."""
        return next((target for target in self.bounds.values() if isinstance(target, tuple)), ())

    @property
    def gates(self) -> dict[str, GateWritten]:
        """What decides whether it applies, by keyword."""
        stated = (("applies_if", self.applies_if), ("applies_unless", self.applies_unless))
        return {key: gate for key, gate in stated if gate is not None}

    @property
    def stated_values(self) -> tuple[ValueWritten, ...]:
        """Every value that its targets state, on whatever day."""
        undated = (one for one in self.bounds.values() if not isinstance(one, PendingTarget | tuple))
        return (*(one.value for one in self.dated), *undated)

    @property
    def derived(self) -> tuple[DerivedValue, ...]:
        """What its targets are taken from, on whatever day."""
        return tuple(value for value in self.stated_values if isinstance(value, DerivedValue))

    @property
    def told_apart_by(self) -> tuple[Id, ...]:
        """What its targets that differ by class tell communes apart by, other than `REGISTERED`."""
        by = (one.by for one in self.stated_values if isinstance(one, ClassedValue))
        return tuple(dict.fromkeys(one for one in by if one not in REGISTERED))

    @property
    def asked(self) -> tuple[Id, ...]:
        """What it reads itself: the measures of its gates, then what it holds against a target, then `told_apart_by`.

        The last may be classifications of the register.
        """
        gates = (gate if isinstance(gate, str) else gate.measure for gate in self.gates.values())
        own = [self.reported] if self.reported else []
        counted = [self.hamlets] if self.hamlets else []
        return tuple(dict.fromkeys([*gates, *own, *counted, *self.told_apart_by]))

    @property
    def reported(self) -> MeasureId | None:
        """The measure it holds against a target; None for what takes others together."""
        return self.measure or self.day or self.attested or self.ruling or self.graded

    @property
    def how_taken(self) -> Taken:
        """How it takes its figure."""
        return taken_as(self.taken, self.rounded_to)

    @property
    def is_last(self) -> bool:
        """Whether it is the end of a `within` that no day may lie beyond."""
        return self._is_last

    def walk(self) -> Iterator[NodeWritten]:
        """Yield it and everything below it, parents first, in the order written."""
        return (node for _place, node in self.placed(()))

    def placed(self, place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], NodeWritten]]:
        """Yield what `walk` does, each with its place in the file, where this node's own is `place`."""
        yield place, self
        for i, part in enumerate(self.parts):
            yield from part.placed(place if self._ends else (*place, self.op, i))
        if self.each_hamlet is not None:
            yield from self.each_hamlet.placed((*place, EACH_HAMLET))

    def requirements(self) -> Iterator[NodeWritten]:
        """Yield the requirements at or below it, in the order written."""
        return (node for node in self.walk() if not node.parts)

    @model_validator(mode="after")
    def _states_one_condition(self) -> Self:
        forms = [f for f in FORMS if getattr(self, f) is not None]
        if len(forms) != 1:
            raise ValueError(N_("state exactly one of all, any, some, measure, day, attested, ruling, graded, set_met"))
        form = forms[0]
        stated = self.bounds
        floors, ceilings = FLOORS & stated.keys(), CEILINGS & stated.keys()
        if form == "measure" and (not stated or len(floors) > 1 or len(ceilings) > 1):
            raise ValueError(
                N_("`measure` needs at_least or more_than, at_most or less_than, or for a range one of each")
            )
        if form == "graded" and stated.keys() != {"at_least"}:
            raise ValueError(N_("`graded` needs at_least, and no other comparison"))
        days = [key for key in DAYS_COMPARED if getattr(self, key) is not None]
        if form == "day" and (not days or ("within" in days and len(days) > 1)):
            raise ValueError(N_("`day` needs no_earlier_than, no_later_than or both, or within"))
        if form != "day" and days:
            raise ValueError(N_("only `day` takes no_earlier_than, no_later_than and within"))
        numbers = [key for key in BOUNDS if getattr(self, key) is not None]
        if form not in ("measure", "graded") and numbers:
            raise ValueError(N_("only `measure` and `graded` take at_least, at_most, more_than or less_than"))
        if form not in ("attested", "ruling") and self.standard is not None:
            raise ValueError(N_("`standard` belongs to attested or ruling"))
        if form != "attested" and self.answer is not None:
            raise ValueError(N_("`answer` belongs to attested"))
        if form in (*COMBINED, "day", "set_met") and self.taken is not None:
            raise ValueError(N_("`taken` belongs to measure, attested, ruling or graded"))
        if form != "measure" and self.rounded_to is not None:
            raise ValueError(N_("`rounded_to` belongs to measure"))
        if (form == "some") != (self.needed is not None):
            raise ValueError(N_("`some` goes with `needed`, how many of its parts must be met"))
        if self.some and self.needed and self.needed > len(self.some):
            raise ValueError(N_("`needed` is more than there are parts"))
        self._counts_hamlets(form)
        if self.within is not None or (floors and ceilings):
            self._ends = (self._end(FROM_END, ceilings), self._end(TO_END, floors))
        return self

    def _counts_hamlets(self, form: str) -> None:
        if self.each_hamlet is None:
            if self.hamlets is not None:
                raise ValueError(N_("`hamlets` goes with `each_hamlet`"))
            return
        if form != "measure" or len(self.bounds) > 1 or self.taken is not None or self.rounded_to is not None:
            raise ValueError(N_("`each_hamlet` belongs to measure with one comparison, of the year judged"))
        for node in self.each_hamlet.walk():
            if node.each_hamlet is not None or node.set_met is not None:
                raise ValueError(N_("within `each_hamlet` there is no other each_hamlet and no set_met"))
            if node.taken is not None:
                raise ValueError(N_("within `each_hamlet` figures are of the year judged, without `taken`"))

    def _end(self, suffix: str, others: Iterable[str]) -> NodeWritten:
        """Return one end of a range as a requirement of its own, without the other's comparison and the words."""
        kept = {"measure", "day", "taken", "rounded_to", *BOUNDS, *DAYS_COMPARED}
        own = {key: getattr(self, key) for key in self.model_fields_set & kept}
        left_out = {self.written_as(key) for key in others}
        end = NodeWritten.model_construct(
            id=f"{self.id}.{suffix}", **{k: v for k, v in own.items() if k not in left_out}
        )
        end._is_last = suffix == TO_END
        return end


EACH_HAMLET = "each_hamlet"
REGISTERED = ("group", "type", "province")
"""What a register tells communes apart by of itself; the last where it holds several provinces."""
BY_GROUP, BY_TYPE, BY_PROVINCE = REGISTERED
COMBINED = ("all", "any", "some")
FORMS = (*COMBINED, "measure", "day", "attested", "ruling", "graded", "set_met")
BOUNDS = ("at_least", "more_than", "at_most", "less_than")
DAY_BOUNDS = {"at_least": "no_earlier_than", "at_most": "no_later_than"}
"""Comparison -> how it is written of days."""
DAYS_COMPARED = (*DAY_BOUNDS.values(), "within")
"""The keywords by which a day is held against others."""
FLOORS, CEILINGS = frozenset(BOUNDS[:2]), frozenset(BOUNDS[2:])
FROM_END, TO_END = "min", "max"
"""What the ids of a range's ends are told apart by: `5.1` from 6 to 8,5 has 5.1.min and 5.1.max."""


class IndicatorWritten(NodeWritten):
    """One indicator (chỉ tiêu): a row of the annex with its agencies and its condition."""

    text: str
    text_en: str
    source: Source
    lead: Id
    cooperating: tuple[Id, ...]
    years: Years
    in_force: Days | None = None
    """The days on which it counts, where the law has days: within `years`."""
    points: Points | None = None
    """What it counts when progress is ranked (chấm điểm); no verdict ever depends on it."""

    def holds_on(self, day: dt.date) -> bool:
        """Tell whether it counts on a day."""
        return day.year in self.years and (self.in_force is None or day in self.in_force)

    @model_validator(mode="after")
    def _days_lie_within_its_years(self) -> Self:
        days, years = self.in_force, self.years
        if days and (days.from_.year not in years or (days.to and days.to.year not in years)):
            raise ValueError(N_("`in_force` reaches beyond `years`"))
        return self


# --- reference-figures.yaml ---------------------------------------------------------------------


class ReferenceValue(Written):
    """A reference figure of one year; several of a year are one that was told anew."""

    year: Whole = Field(ge=FIRST_YEAR, le=LAST_YEAR)
    value: ValueWritten | None = None
    pending: Pending | None = None
    source: Source | None = None
    promulgated: Day | None = None

    @model_validator(mode="after")
    def _is_known_or_awaited(self) -> Self:
        if (self.value is None) == (self.pending is None):
            raise ValueError(N_("state exactly one of value, pending"))
        if self.value is not None and (self.source is None or self.promulgated is None):
            raise ValueError(N_("a value has its `source` and the day it was `promulgated`"))
        return self


class ReferenceFigure(Written):
    """A figure of the province or the nation that targets are taken from ("bình quân chung của tỉnh")."""

    id: Id
    label: Text
    unit: Text
    of: Literal["province", "nation"]
    held_by: Id | None = None
    """The agency that has it."""
    held_by_text: Text | None = None
    """Who has it, where that is a body outside agencies.yaml."""
    values: tuple[ReferenceValue, ...] = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _someone_has_it(self) -> Self:
        if (self.held_by is None) == (self.held_by_text is None):
            raise ValueError(N_("say who has the figure: one of held_by, held_by_text"))
        return self


# --- overlays ----------------------------------------------------------------------------------


class ReferenceTold(Written):
    """A reference figure of one year as a later document states it."""

    year: Whole = Field(ge=FIRST_YEAR, le=LAST_YEAR)
    value: ValueWritten
    article: str | None = None


class OverlayDocument(Written):
    """The decision that an overlay carries into the set."""

    number: str
    date: Day
    issuer: str
    title: Text
    file: str | None = None
    """Path of its text inside the overlay's folder, where that carries it."""


class InForce(Written):
    """`{standard: in-force}`: a condition without a number of its own becomes binding."""

    standard: Literal["in-force"]
    article: str | None = None


class SetTarget(Written):
    """An overlay's entry with its article."""

    value: ValueWritten
    article: str | None = None


class PendingAgain(PendingTarget):
    """`{pending: {decision: ...}}`: what was fixed waits on a decision again."""

    article: str | None = None


def _overlay_form(value: object) -> str:
    if isinstance(value, PendingAgain) or (isinstance(value, dict) and "pending" in value):
        return "<pending>"
    if isinstance(value, InForce) or (isinstance(value, dict) and "standard" in value):
        return "<in_force>"
    if isinstance(value, SetTarget) or (isinstance(value, dict) and "value" in value):
        return "<with_article>"
    return _value_form(value)


OverlayEntry = Annotated[
    Annotated[InForce, Tag("<in_force>")]
    | Annotated[PendingAgain, Tag("<pending>")]
    | Annotated[SetTarget, Tag("<with_article>")]
    | Annotated[Number, Tag("<number>")]
    | Annotated[ByGroup, Tag("<by_group>")]
    | Annotated[ClassedValue, Tag("<by_class>")]
    | Annotated[Day, Tag("<day>")]
    | Annotated[DerivedValue, Tag("<derived>")]
    | Annotated[Id, Tag("<grade>")],
    Discriminator(_overlay_form),
]


class CommuneGroup(Written):
    """A commune's group, with the words of the document that assigns it."""

    group: Id
    source: str


class CriterionTold(Written):
    """A whole criterion that a later decision adds, with its rules."""

    id: Id
    title: str
    title_en: str
    source: Source
    meets_when: StandardWritten | None = None
    indicators: tuple[IndicatorWritten, ...] = Field(min_length=1)

    @property
    def header(self) -> CriterionHeader:
        """It as a set's header names its criteria; its rules stand in no file."""
        return CriterionHeader(
            id=self.id,
            title=self.title,
            title_en=self.title_en,
            source=self.source,
            rules="",
            meets_when=self.meets_when,
        )


class StandardTold(Written):
    """What a later decision makes of the whole: what meets the standard, when a criterion is met, the bands."""

    meets: Text | None = None
    meets_when: StandardWritten | None = None
    bands: tuple[Band, ...] | None = None
    criteria: dict[Id, StandardWritten] | None = None
    """Criterion -> when it is met."""
    article: str | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The keywords of which it says something about the whole."""
        return tuple(key for key in ("meets", "meets_when", "bands") if getattr(self, key) is not None)

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.fields and not self.criteria:
            raise ValueError(N_("say at least one of meets, meets_when, bands, criteria"))
        return self


class Added(Written):
    """An indicator, a further condition, a part of one, or a whole criterion, that a later decision adds."""

    indicator: IndicatorWritten | None = None
    condition: IndicatorWritten | None = None
    part: NodeWritten | None = None
    new_criterion: CriterionTold | None = None
    criterion: Id | None = None
    """Of an indicator: the criterion it goes into; that of its neighbour unless said."""
    into: Id | None = None
    """Of a part: what it becomes a part of; what its neighbour stands in unless said."""
    after: Id | None = None
    before: Id | None = None
    """Its neighbour; where none is named it comes last."""
    article: str | None = None

    @property
    def form(self) -> str:
        """The keyword that holds what is added."""
        return next(form for form in ADDED if getattr(self, form) is not None)

    @property
    def id(self) -> str:
        """The id of what is added."""
        found: NodeWritten | CriterionTold = getattr(self, self.form)
        return found.id

    @property
    def nodes(self) -> tuple[NodeWritten, ...]:
        """The rules that are added: one, or those of a criterion."""
        if self.new_criterion is not None:
            return self.new_criterion.indicators
        return (getattr(self, self.form),)

    def placed(self, place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], NodeWritten]]:
        """Yield the rules that are added with their places in the file, where its own is `place`."""
        for i, node in enumerate(self.nodes):
            yield (*place, self.form, *(("indicators", i) if self.new_criterion is not None else ())), node

    @property
    def neighbour(self) -> str | None:
        """What it stands after, or before."""
        return self.after or self.before

    @model_validator(mode="after")
    def _has_a_place(self) -> Self:
        if sum(getattr(self, form) is not None for form in ADDED) != 1:
            raise ValueError(N_("state exactly one of indicator, condition, part, new_criterion"))
        if self.after is not None and self.before is not None:
            raise ValueError(N_("state after or before, not both"))
        form = self.form
        if (self.criterion and form != "indicator") or (self.into and form != "part"):
            raise ValueError(N_("`criterion` goes with an indicator, `into` with a part"))
        if not (self.neighbour or self.criterion or self.into or form in ("condition", "new_criterion")):
            raise ValueError(N_("say where it goes: after or before a neighbour, into what, or the criterion"))
        return self


ADDED = ("indicator", "condition", "part", "new_criterion")


class Repealed(Written):
    """Where it stands that something is repealed."""

    article: str | None = None


class Replacement(NodeWritten):
    """What stands in the place of an indicator or a part; what it does not say of words and agencies stays."""

    id: Id = ""
    """The key says it."""
    years: Years | None = None
    in_force: Days | None = None
    points: Points | None = None
    article: str | None = None

    def stated(self) -> dict[str, object]:
        """Return what it says of the rule, by keyword."""
        return {key: getattr(self, key) for key in self.model_fields_set - {"article", "id"}}


class Change(Written):
    """What a later decision says anew of an indicator or a part; an empty keyword takes away what stood there."""

    text: str | None = None
    reading: str | None = None
    text_en: str | None = None
    lead: Id | None = None
    cooperating: tuple[Id, ...] | None = None
    source: Source | None = None
    note: Text | None = None
    years: Years | None = None
    in_force: Days | None = None
    points: Points | None = None
    applies_if: GateWritten | None = None
    applies_unless: GateWritten | None = None
    needed: Whole | None = Field(default=None, ge=1)
    measure: MeasureId | None = None
    attested: MeasureId | None = None
    ruling: MeasureId | None = None
    graded: MeasureId | None = None
    taken: TakenWritten | None = None
    rounded_to: Whole | None = Field(default=None, ge=0, le=MOST_ROUNDED)
    answer: Literal["yes", "no"] | None = None
    standard: PendingTarget | None = None
    at_least: TargetWritten | None = None
    at_most: TargetWritten | None = None
    more_than: TargetWritten | None = None
    less_than: TargetWritten | None = None
    day: MeasureId | None = None
    no_earlier_than: TargetWritten | None = None
    no_later_than: TargetWritten | None = None
    within: Within | None = None
    article: str | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The keywords it says something of, in the order of the language."""
        return tuple(key for key in CHANGEABLE if key in self.model_fields_set)

    def stated(self) -> dict[str, object]:
        """Return what it says of the rule, by keyword: a new comparison leaves nothing of the old one, nor new words of their old reading and English."""
        said = {key: getattr(self, key) for key in self.fields}
        for compared in (BOUNDS, DAYS_COMPARED):
            if said.keys() & set(compared):
                said = dict.fromkeys(compared) | said
        if "text" in said:
            said = {"reading": None, "text_en": None} | said
        return said

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.fields:
            raise ValueError(N_("say what changes: lead, text, at_least ..."))
        return self


CHANGEABLE = tuple(key for key in Change.model_fields if key != "article")


class Overlay(Written):
    """A later decision that fills, adds, repeals or replaces rules of a set, from a day on."""

    id: Id
    applies_to: Id
    title: Text
    illustrative: StrictBool = False
    """True for invented figures: every output made with it says so."""
    document: OverlayDocument | None = None
    promulgated: Day
    effective: Days
    province: Id | None = None
    """The province whose communes alone it is for; every province unless said."""
    set: dict[Id, OverlayEntry] = Field(default_factory=dict)
    groups: dict[str, CommuneGroup] = Field(default_factory=dict)
    """Commune code -> group."""
    reference_figures: dict[Id, tuple[ReferenceTold, ...]] = Field(default_factory=dict)
    """Id of a reference figure -> what the document says it was in some years."""
    add: tuple[Added, ...] = ()
    repeal: dict[Id, Repealed] = Field(default_factory=dict)
    """Id of an indicator, a part, or a criterion (then every indicator of it)."""
    replace: dict[Id, Replacement] = Field(default_factory=dict)
    change: dict[Id, Change] = Field(default_factory=dict)
    standard: StandardTold | None = None
    """What meets the standard from then on, and the bands."""
    measures: tuple[Measure, ...] = ()
    """Added, or changed where the set has one of the id; so are the next four."""
    agencies: tuple[Agency, ...] = ()
    decisions: tuple[Decision, ...] = ()
    documents: tuple[Document, ...] = ()
    scales: tuple[Scale, ...] = ()
    _file: str = PrivateAttr("")
    _lines: Mapping[tuple[str | int, ...], int] = PrivateAttr(default_factory=dict)

    _supposed: bool = PrivateAttr(default=False)

    @property
    def is_supposed(self) -> bool:
        """Tell whether it is nobody's decision but what a person supposes for one run: it lies over all others."""
        return self._supposed

    @property
    def amends(self) -> bool:
        """Tell whether it changes more than targets and groups."""
        return any(getattr(self, key) for key in ("add", "repeal", "replace", "change", "standard", *DEFINITIONS))

    @property
    def citation(self) -> Document:
        """Return its decision as a document that rules may quote, by the overlay's id."""
        said = self.document
        if said is None:
            return Document(id=self.id, title=self.title)
        return Document(
            id=self.id, title=said.title, number=said.number, date=said.date, issuer=said.issuer, file=said.file
        )

    @classmethod
    def supposing(
        cls, id_: str, of: str, title: Message, entries: Mapping[str, object], *, promulgated: dt.date, from_: dt.date
    ) -> Self:
        """Return what a person supposes of a set (`of`) for one run, from a day on: invented, and over all others."""
        supposed = cls.model_validate(
            {
                "id": id_,
                "applies_to": of,
                "title": Text(vi=title.render("vi"), en=title.render("en")),
                "illustrative": True,
                "promulgated": promulgated,
                "effective": {"from": from_},
                "set": entries,
            }
        )
        supposed._supposed = True
        return supposed

    def written_in(self, file: str, lines: Mapping[tuple[str | int, ...], int]) -> Self:
        """Remember the file and the lines it was read from, so that later checks can name them."""
        self._file, self._lines = file, lines
        return self

    def written_at(self, place: tuple[str | int, ...]) -> tuple[str, int]:
        """Return the file and the line of a value; "" and 1 when it was not read from a file."""
        while place and place not in self._lines:
            place = place[:-1]
        return self._file, self._lines.get(place, 1)

    @property
    def lines(self) -> Mapping[tuple[str | int, ...], int]:
        """Place -> the line it stands on; empty where it was not read from a file."""
        return self._lines

    @model_validator(mode="after")
    def _has_a_source(self) -> Self:
        if not self.illustrative and self.document is None:
            raise ValueError(N_("an overlay that is not illustrative names its document"))
        return self


DEFINITIONS = ("measures", "agencies", "decisions", "documents", "scales")
"""What an overlay defines for the rules it adds or changes."""
