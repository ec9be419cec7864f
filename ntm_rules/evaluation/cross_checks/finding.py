"""What a cross-check finds: which figures, where they were read, and the exact values behind the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ntm_rules.dataset.records import Place
from ntm_rules.errors import Severity
from ntm_rules.evaluation.held import Held
from ntm_rules.i18n import Message
from ntm_rules.rulebook.cross_checks import CrossCheck
from ntm_rules.rulebook.models import Text


@dataclass(frozen=True, slots=True)
class ExactAmount:
    """An exact quantity; how many decimals are shown is for reports to decide."""

    value: Fraction
    """In `unit`; percent for a share."""
    unit: Text
    decimals: int
    """Decimals shown, more where two amounts would else look alike."""
    points: bool = False
    """A difference between percentages: percentage points."""
    up: bool = False
    """Shown rounded up: of a figure that is the better the lower it is, so that no limit seems kept that is not."""


@dataclass(frozen=True, slots=True)
class CheckedFigure:
    """One figure that a finding speaks of."""

    measure: str
    part: str = ""
    """`numerator` or `denominator`; empty for the figure itself."""
    amount: ExactAmount | None = None
    answer: int | None = None
    """What was answered, ruled or graded, as `Reported.value` has it; None for quantities."""


Fact = ExactAmount | CheckedFigure | Held | Message | Sequence[CheckedFigure] | str | int


@dataclass(frozen=True, slots=True)
class Hit:
    """What a condition found in one report, before it is known which check asked."""

    figures: Sequence[CheckedFigure]
    facts: Mapping[str, Fact] = field(default_factory=dict)
    """Word to fill in -> its value (`ntm_rules.rulebook.cross_checks.FILLED_IN`), besides those every finding has."""
    places: Sequence[Place] = ()
    """Where, when it is not where the figures were read."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in one commune's report of one year. It asks for a second look and changes no verdict."""

    check: CrossCheck
    code: str
    """The commune's code."""
    name: str
    year: int
    figures: Sequence[CheckedFigure]
    places: Sequence[Place]
    """Where the figures were read, each place once; fewer than figures where that is not known."""
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """How grave it is, as the catalogue says."""
        return self.check.severity

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures it speaks of, each once."""
        return tuple(dict.fromkeys(figure.measure for figure in self.figures))
