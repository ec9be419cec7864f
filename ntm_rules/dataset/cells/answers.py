"""Answers in words: Có / Không, đạt / không đạt, and the grades of a scale."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ntm_rules.dataset.cells.numbers import Broken, Cell, Doubtful, Refused
from ntm_rules.dataset.cells.texts import key, looks_old
from ntm_rules.dataset.records import State
from ntm_rules.errors import nearest
from ntm_rules.rulebook.kinds import AnswerChoice, Traits
from ntm_rules.rulebook.models import Measure, Scale, Text

Answer = tuple[State, int]

YES, NO = (State.PRESENT, 1), (State.PRESENT, 0)


def meaning(choice: AnswerChoice) -> Answer:
    """Return what a choice says."""
    return (State.AWAITED, 0) if choice.rank is None else (State.PRESENT, choice.rank)


def spellings(traits: Traits) -> dict[str, Answer]:
    """Return what the answers of a kind of measure are called."""
    return {text: meaning(choice) for choice in traits.choices for text in choice.spellings}


def offered(measure: Measure, scale: Scale | None, language: str) -> tuple[str, ...]:
    """Return the answers that a form in a language offers, and that a message in it names."""
    if scale is not None:
        return tuple(grade.label.in_language(language) for grade in scale.grades)
    return tuple(choice.en if language == "en" else choice.vi for choice in measure.traits.choices)


NOT_APPLICABLE = frozenset({"không áp dụng", "not applicable"})
NEARLY_MET = frozenset({"cơ bản đạt", "đạt cơ bản", "basically met"})
MARKS = frozenset("xvo01+*×✓✔☑√☐☒✗✘•●üþû")
"""Signs that one person ticks with, and another crosses out or counts with; and ticks where no tick is an answer."""
UNSAID = frozenset({"chưa có", "không có", "chưa", "not yet", "none"})
"""Words that say "no" to one reader, and "not known yet" or "there is nothing of the kind" to another."""
_UNSAID = frozenset(map(key, UNSAID))
NOTHING_THERE = frozenset(map(key, ("không có", "không", "none", "no")))
"""Words for "there is nothing of the kind" where things are counted."""
_SHORTEST = 3
_BETWEEN = re.compile(r"\s*[/,;|\n]\s*|\s+[-–]\s+|\s+(?:hoặc|hay|và|or|and)\s+", re.IGNORECASE)
"""What stands between two answers in one cell."""


class Answers:
    """The answers one measure takes, and what each means."""

    __slots__ = ("_allowed", "_known", "booleans", "offered", "words")

    def __init__(self, measure: Measure, scale: Scale | None) -> None:
        self.words: Mapping[str, Answer] = _grades(scale) if scale is not None else spellings(measure.traits)
        self._known = {key(text): answer for text, answer in self.words.items()}
        self.offered = offered(measure, scale, "vi")
        self._allowed = Text(vi=", ".join(self.offered), en=", ".join(offered(measure, scale, "en")))
        self.booleans = measure.traits.yes_or_no

    def read(self, cell: Cell) -> Answer:
        """Return what an answer means.

        Raises:
            Refused: not one of the answers.
        """
        if isinstance(cell, Broken | Doubtful):
            raise Refused(cell.code)
        if isinstance(cell, str):
            answer = self._known.get(key(cell))
            if answer is not None:
                return answer
            raise self._refusal(cell)
        if isinstance(cell, bool) and self.booleans:
            return YES if cell else NO
        if isinstance(cell, int | float) and cell in (0, 1):
            raise Refused("answer-a-mark", allowed=self._allowed)
        raise Refused("answer-unknown", allowed=self._allowed)

    def _refusal(self, text: str) -> Refused:
        compared = key(text)
        if compared in NOT_APPLICABLE:
            return Refused("answer-not-applicable")
        if compared in NEARLY_MET:
            return Refused("answer-nearly-met", allowed=self._allowed)
        if compared in MARKS:
            return Refused("answer-a-mark", allowed=self._allowed)
        if compared in _UNSAID:
            return Refused("answer-two-readings", allowed=self._allowed)
        if self._are_several(text):
            return Refused("answer-several", allowed=self._allowed)
        if looks_old(text):
            return Refused("text-old-encoding")
        return Refused("answer-unknown", allowed=self._allowed, nearest=nearest(text[:60], self.offered) or "")

    def _are_several(self, text: str) -> bool:
        """Tell whether a text is two answers or more, one behind the other: "Có/Không", "Có Không"."""
        parts = [key(part) for part in _BETWEEN.split(text.strip()) if part]
        if len(parts) > 1:
            return all(part in self._known for part in parts)
        words = key(text).split() if self.booleans else []  # "Khá tốt" is rather one grade, not quite said
        splits = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words)))
        return any(one in self._known and other in self._known for one, other in splits)


def _grades(scale: Scale) -> dict[str, Answer]:
    """Return what a scale's grades are called: by their labels, their ids, and the letters that labels are cut to."""
    found: dict[str, Answer] = {}
    short: dict[str, list[Answer]] = {}
    for rank, grade in enumerate(scale.grades):
        answer = (State.PRESENT, rank)
        found |= dict.fromkeys((grade.id, grade.label.en.casefold(), grade.label.vi.casefold()), answer)
        letters = "".join(word[0] for word in grade.label.vi.casefold().split())
        if len(letters) >= _SHORTEST:
            short.setdefault(letters, []).append(answer)
    for letters, answers in short.items():
        if len(answers) == 1:
            found.setdefault(letters, answers[0])
    return found
