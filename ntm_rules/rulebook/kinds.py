"""What differs between kinds of measures: one row a kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from ntm_rules.i18n import N_

Kind = Literal["share", "growth", "count", "amount", "attestation", "ruling", "date", "grade"]


@dataclass(frozen=True, slots=True)
class AnswerChoice:
    """One of the answers that a kind of measure takes."""

    code: str
    """As machines read it; empty where it is awaited."""
    rank: int | None
    """1 for the favourable answer, 0 for the other; None where it says that the answer is still awaited."""
    vi: str
    en: str
    """As a message or a form offers it."""
    words: str
    """As a report says it."""
    spellings: tuple[str, ...]
    """As people write it."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What sets a kind of measure apart from the others."""

    words: str
    """The kind as an officer reads it."""
    several: str
    """Measures of the kind, as a message names them."""
    explained: tuple[str, str]
    """The kind as the writer of a set reads it, Vietnamese and English."""
    quantity: bool = False
    """Whether it is a number; anything else is one of a few answers."""
    in_percent: bool = False
    """Whether it is held against its target in percent, whatever its unit."""
    counted: bool = False
    """Whether it is a part of a whole, 0 to 100 percent, that may be reported as numerator and denominator."""
    needs_year_before: bool = False
    """Whether its rise over the year before is compared, not its level."""
    whole: bool = False
    """Whether only whole numbers are taken."""
    dated: bool = False
    """Whether it is a day, held against days."""
    graded: bool = False
    """Whether it is answered with a grade of a scale, from the lowest up."""
    yes_or_no: bool = False
    """Whether it says that something is there, so that a cell that is true or false answers it."""
    concluded: bool = False
    """Whether another body concludes it; that the conclusion is awaited may be reported too."""
    choices: tuple[AnswerChoice, ...] = ()
    """The answers it takes in the order in which they are offered, the favourable first; none where a scale has them."""
    lacking: str = ""
    """What there is to do where the favourable of these answers is not given."""

    @property
    def by_size(self) -> bool:
        """Whether it lies on a line, so that it may be any way before or beyond its target."""
        return self.quantity or self.dated

    def choice(self, rank: int) -> AnswerChoice:
        """Return the favourable answer for 1, the other for 0."""
        return next(choice for choice in self.choices if choice.rank == rank)


KINDS: Mapping[str, Traits] = {
    "share": Traits(
        N_("share: percentage, or numerator and denominator"),
        N_("shares"),
        ("tỷ lệ phần trăm, có tử số và mẫu số", "a percentage with numerator and denominator"),
        quantity=True, in_percent=True, counted=True,
    ),
    "growth": Traits(
        N_("level; the rule compares its growth over the year before"),
        N_("levels whose growth counts"),
        ("tốc độ tăng so với năm trước (%), báo cáo mức của từng năm", "growth over the year before, in percent"),
        quantity=True, in_percent=True, needs_year_before=True,
    ),
    "count": Traits(N_("count"), N_("counts"), ("số đếm", "a count"), quantity=True, whole=True),
    "amount": Traits(N_("amount"), N_("amounts"), ("một lượng (tiền, diện tích …)", "an amount"), quantity=True),
    "attestation": Traits(
        N_("Yes / No"),
        N_("Yes / No answers"),
        ("trả lời Có / Không", "answered yes or no"),
        yes_or_no=True,
        choices=(
            AnswerChoice("yes", 1, "Có", "Yes", N_("Yes"), ("có", "đã có", *"✓✔☑√", "yes", "true")),
            AnswerChoice("no", 0, "Không", "No", N_("No"), ("không", "no", "false")),
        ),
        lacking=N_("answered “no”: to be put in place"),
    ),
    "ruling": Traits(
        N_("a body's conclusion: met / not met / not concluded"),
        N_("rulings"),
        ("kết luận của cơ quan khác: đạt / không đạt", "another body's conclusion"),
        concluded=True,
        choices=(
            AnswerChoice("met", 1, "Đạt", "Met", N_("Concluded: met"), ("đạt", "đã đạt", "met")),
            AnswerChoice(
                "not_met", 0, "Không đạt", "Not met", N_("Concluded: not met"), ("không đạt", "chưa đạt", "not met")
            ),
            AnswerChoice("", None, "Chưa có kết luận", "No conclusion", "", ("chưa có kết luận", "no conclusion")),
        ),
        lacking=N_("a favourable conclusion is needed"),
    ),
    "date": Traits(N_("day"), N_("days"), ("một ngày (ngày/tháng/năm)", "a day"), dated=True, whole=True),
    "grade": Traits(N_("grade"), N_("grades"), ("một bậc của thang xếp loại", "a grade of a scale"), graded=True),
}  # fmt: skip


def kinds_that(hold: Callable[[Traits], bool]) -> frozenset[str]:
    """Return the kinds of which something holds."""
    return frozenset(name for name, traits in KINDS.items() if hold(traits))


QUANTITIES = kinds_that(lambda kind: kind.quantity)
SHARES = kinds_that(lambda kind: kind.counted)
COUNTABLE = kinds_that(lambda kind: kind.quantity and not kind.in_percent)
"""Kinds of which so many may decide whether a rule is for a commune."""
ATTESTATIONS = kinds_that(lambda kind: kind.yes_or_no)
RULINGS = kinds_that(lambda kind: kind.concluded)
DATES = kinds_that(lambda kind: kind.dated)
GRADES = kinds_that(lambda kind: kind.graded)
COUNTS = kinds_that(lambda kind: kind.whole)
HAMLETS_COUNTED = SHARES | COUNTS
"""Kinds in which the hamlets that meet something are counted: how many of all, or how many."""
