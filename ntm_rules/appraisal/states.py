"""Where a dossier stands on its way, and whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from ntm_rules.i18n import N_, _


class State(StrEnum):
    """Where a dossier stands."""

    OPEN = "open"
    SUBMITTED = "submitted"
    UNDER_APPRAISAL = "under-appraisal"
    APPRAISED = "appraised"
    IN_COMMENT = "in-comment"
    BEFORE_COUNCIL = "before-council"
    CONCLUDED = "concluded"
    RECOGNISED = "recognised"
    REFUSED = "refused"
    REVOKED = "revoked"

    @property
    def words(self) -> str:
        """The state in the reader's language."""
        return _(_WORDS[self])


_WORDS: Mapping[State, str] = {
    State.OPEN: N_("Being filled in"),
    State.SUBMITTED: N_("Submitted, awaiting acceptance"),
    State.UNDER_APPRAISAL: N_("Under appraisal"),
    State.APPRAISED: N_("Appraised by all agencies"),
    State.IN_COMMENT: N_("Published for comment"),
    State.BEFORE_COUNCIL: N_("Before the council"),
    State.CONCLUDED: N_("Concluded by the council"),
    State.RECOGNISED: N_("Recognised as meeting the standard"),
    State.REFUSED: N_("Refused"),
    State.REVOKED: N_("Recognition revoked"),
}

WRITABLE = frozenset({State.OPEN})
"""States in which the commune's figures, documents and evidence may be changed."""
ACCEPTED = frozenset(State) - {State.OPEN, State.SUBMITTED}
"""States of a dossier that the standing office has taken in."""
