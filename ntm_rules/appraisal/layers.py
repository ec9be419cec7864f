"""Three layers of one dossier, none of which overwrites another, and how two of them compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from ntm_rules.dataset.records import Reported, State
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import N_, _


class Layer(StrEnum):
    """Whose result it is; the later one is the higher."""

    SELF = "self"
    AGENCY = "agency"
    COUNCIL = "council"

    @property
    def words(self) -> str:
        """The layer in the reader's language."""
        return _(_LAYERS[self])


_LAYERS: Mapping[Layer, str] = {
    Layer.SELF: N_("Self-assessment"),
    Layer.AGENCY: N_("Agencies' appraisal"),
    Layer.COUNCIL: N_("Council's conclusion"),
}


class Agreement(StrEnum):
    """How a later layer stands to an earlier one on one requirement."""

    AGREES = "agrees"
    SAME_VERDICT = "same-verdict"
    """The same verdict from another value."""
    DIFFERS = "differs"
    NOT_YET = "not-yet"

    @property
    def words(self) -> str:
        """The comparison in the reader's language."""
        return _(_AGREEMENTS[self])


_AGREEMENTS: Mapping[Agreement, str] = {
    Agreement.AGREES: N_("Agrees"),
    Agreement.SAME_VERDICT: N_("Agrees in verdict, differs in value"),
    Agreement.DIFFERS: N_("Differs in verdict"),
    Agreement.NOT_YET: N_("Not yet"),
}

Said = tuple[Reported, Verdict]
"""What a layer says of one requirement: the value, and what the evaluator makes of it."""


def compared(first: Said, second: Said | None) -> Agreement:
    """Compare what two layers say of one requirement; None: the second says nothing yet."""
    if second is None:
        return Agreement.NOT_YET
    (one, verdict), (other, other_verdict) = first, second
    if verdict is not other_verdict:
        return Agreement.DIFFERS
    return Agreement.AGREES if _same(one, other) else Agreement.SAME_VERDICT


def _same(one: Reported, other: Reported) -> bool:
    """Tell whether two values are one number or answer: 1 of 2 is 50 percent."""
    if one.state is not other.state:
        return False
    if one.state is not State.PRESENT:
        return True
    return one.value * (other.base or 1) == other.value * (one.base or 1)


def highest_complete(complete: Iterable[Layer]) -> Layer:
    """Return the layer whose verdict is the dossier's: the highest of those that are complete, else the commune's own."""
    done = set(complete)
    return next((layer for layer in reversed(Layer) if layer in done), Layer.SELF)
