"""Errors a person is meant to read: what was wrong, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from ntm_rules.i18n import Message


class NtmError(Exception):
    """Base of every error this package raises on purpose; `str()` is in the reader's language.

    >>> from ntm_rules.i18n import Message
    >>> str(NtmError(Message("File not found: {file}", file="a.csv"), language="en"))
    'File not found: a.csv'
    """

    def __init__(self, *messages: Message, language: str | None = None) -> None:
        super().__init__(*messages)
        self.messages: Sequence[Message] = messages
        self._language = language

    def __str__(self) -> str:
        return "\n".join(message.render(self._language) for message in self.messages)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name closest to `name`, or None when nothing is close.

    >>> nearest("mesure", ["measure", "attested"])
    'measure'
    """
    by_folded = {candidate.casefold(): candidate for candidate in known}
    found = get_close_matches(name.casefold(), list(by_folded), n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None
