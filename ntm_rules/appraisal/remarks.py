"""Residents' remarks on the public page of a dossier: what may be sent, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ntm_rules.i18n import N_, Message, _

LONGEST_NAME, LONGEST_TEXT = 80, 2000


class Opinion(StrEnum):
    """Whether a resident agrees that the commune be recognised."""

    SATISFIED = "satisfied"
    NOT_SATISFIED = "not"

    @property
    def words(self) -> str:
        """The opinion in the reader's language."""
        return _(_OPINIONS[self])


_OPINIONS: Mapping[Opinion, str] = {
    Opinion.SATISFIED: N_("Satisfied with the results"),
    Opinion.NOT_SATISFIED: N_("Not satisfied with the results"),
}


def refusals(name: str, opinion: str, text: str) -> list[Message]:
    """Return everything that speaks against taking a remark."""
    wrong = []
    if not text.strip():
        wrong.append(Message("Write your comment first."))
    if len(text) > LONGEST_TEXT:
        wrong.append(Message("The comment is longer than {most} characters.", most=LONGEST_TEXT))
    if len(name) > LONGEST_NAME:
        wrong.append(Message("The name is longer than {most} characters; it may stay empty.", most=LONGEST_NAME))
    if opinion and opinion not in set(Opinion):
        wrong.append(Message("Choose one of the opinions, or none."))
    return wrong


@dataclass(frozen=True, slots=True)
class RemarkCounts:
    """How many remarks came, and what was made of them."""

    received: int = 0
    shown: int = 0
    kept_back: int = 0
    satisfied: int = 0
    """Of those shown."""
    not_satisfied: int = 0

    @property
    def waiting(self) -> int:
        """How many wait for the standing office."""
        return self.received - self.shown - self.kept_back
