"""Layers beside one another: what agrees, what differs in value alone, what differs."""

from __future__ import annotations

import pytest

from ntm_rules.appraisal.layers import Agreement, Layer, Said, compared, highest_complete
from ntm_rules.dataset.records import Reported, State
from ntm_rules.evaluation.verdicts import Verdict

HALF: Said = (Reported(State.PRESENT, 1, 2, True), Verdict.MET)


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (None, Agreement.NOT_YET),
        (HALF, Agreement.AGREES),
        ((Reported(State.PRESENT, 50, 100), Verdict.MET), Agreement.AGREES),
        ((Reported(State.PRESENT, 51, 100), Verdict.MET), Agreement.SAME_VERDICT),
        ((Reported(State.PRESENT, 1, 2, True), Verdict.NOT_MET), Agreement.DIFFERS),
        ((Reported(State.MISSING), Verdict.NO_DATA), Agreement.DIFFERS),
    ],
)
def test_a_layer_is_compared_with_another(second: Said | None, expected: Agreement) -> None:
    assert compared(HALF, second) is expected


@pytest.mark.parametrize(
    ("complete", "counts"),
    [
        ((), Layer.SELF),
        ((Layer.SELF,), Layer.SELF),
        ((Layer.AGENCY, Layer.SELF), Layer.AGENCY),
        ((Layer.SELF, Layer.COUNCIL), Layer.COUNCIL),
    ],
)
def test_the_highest_complete_layer_is_the_dossiers(complete: tuple[Layer, ...], counts: Layer) -> None:
    assert highest_complete(complete) is counts
