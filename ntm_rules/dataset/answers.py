"""Answers in words: Có / Không, đạt / không đạt, and the grades of a scale."""

from __future__ import annotations

from collections.abc import Mapping

from ntm_rules.dataset.numbers import Broken, Cell, Doubtful, Refused
from ntm_rules.dataset.records import State
from ntm_rules.dataset.texts import key, looks_old
from ntm_rules.errors import nearest
from ntm_rules.i18n import InBoth
from ntm_rules.rulebook.models import Measure, Scale

Answer = tuple[State, int]

YES, NO = (State.PRESENT, 1), (State.PRESENT, 0)

ATTESTATIONS: Mapping[str, Answer] = {
    "có": YES,
    "yes": YES,
    "true": YES,
    "không": NO,
    "no": NO,
    "false": NO,
}
RULINGS: Mapping[str, Answer] = {
    "đạt": YES,
    "met": YES,
    "không đạt": NO,
    "chưa đạt": NO,
    "not met": NO,
    "chưa có kết luận": (State.AWAITED, 0),
    "no conclusion": (State.AWAITED, 0),
}
OFFERED = {
    "attestation": ("Có", "Không"),
    "ruling": ("Đạt", "Không đạt", "Chưa có kết luận"),
}
_OFFERED_IN_ENGLISH = {
    "attestation": ("Yes", "No"),
    "ruling": ("Met", "Not met", "No conclusion"),
}
"""The answers that a message or a form offers."""


def offered(kind: str, scale: Scale | None, language: str) -> tuple[str, ...]:
    """Return the answers that a form in a language offers, and that a message in it names.

    >>> offered("attestation", None, "vi"), offered("attestation", None, "en")
    (('Có', 'Không'), ('Yes', 'No'))
    """
    if scale is not None:
        return tuple(grade.label.in_language(language) for grade in scale.grades)
    return (_OFFERED_IN_ENGLISH if language == "en" else OFFERED)[kind]


NOT_APPLICABLE = frozenset({"không áp dụng", "not applicable"})
NEARLY_MET = frozenset({"cơ bản đạt", "đạt cơ bản", "basically met"})


class Answers:
    """The answers one measure takes, and what each means."""

    __slots__ = ("_allowed", "booleans", "known", "offered")

    def __init__(self, measure: Measure, scale: Scale | None) -> None:
        if scale is not None:
            self.known: Mapping[str, Answer] = {
                key(text): (State.PRESENT, rank)
                for rank, grade in enumerate(scale.grades)
                for text in (grade.id, grade.label.en, grade.label.vi)
            }
        else:
            self.known = ATTESTATIONS if measure.kind == "attestation" else RULINGS
        self.offered = offered(measure.kind, scale, "vi")
        self._allowed = InBoth(vi=", ".join(self.offered), en=", ".join(offered(measure.kind, scale, "en")))
        self.booleans = measure.kind == "attestation"

    def read(self, cell: Cell) -> Answer:
        """Return what an answer means.

        Raises:
            Refused: not one of the answers.
        """
        if isinstance(cell, Broken | Doubtful):
            raise Refused(cell.code)
        if isinstance(cell, str):
            answer = self.known.get(key(cell))
            if answer is not None:
                return answer
            raise self._refusal(cell)
        if isinstance(cell, bool) and self.booleans:
            return YES if cell else NO
        raise Refused("answer-unknown", allowed=self._allowed)

    def _refusal(self, text: str) -> Refused:
        compared = key(text)
        if compared in NOT_APPLICABLE:
            return Refused("answer-not-applicable")
        if compared in NEARLY_MET:
            return Refused("answer-nearly-met", allowed=self._allowed)
        if looks_old(text):
            return Refused("text-old-encoding")
        return Refused("answer-unknown", allowed=self._allowed, nearest=nearest(text[:60], self.offered) or "")
