"""Errors a person is meant to read: what was wrong, where, and how to mend it."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from enum import StrEnum

from ntm_rules.i18n import N_, Message
from ntm_rules.spelling import without_marks

CLOSE = 0.6
"""How alike a suggestion must be, from 0 to 1."""


class Severity(StrEnum):
    """How grave it is what was found in data, in rules or by a cross-check; the gravest first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "info"

    @property
    def rank(self) -> int:
        """Its place in a list, the gravest first."""
        return _RANKS[self]

    @property
    def words(self) -> Message:
        """The severity in the reader's language."""
        return Message(_WORDS[self])

    @property
    def colour(self) -> str:
        """The colour of it on a screen."""
        return _COLOURS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}
_WORDS = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning"), Severity.NOTE: N_("to note")}
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


class NtmError(Exception):
    """Base of every error this package raises on purpose; `str()` is in the reader's language.

    >>> from ntm_rules.i18n import N_, Message
    >>> str(NtmError(Message("File not found: {file}", file="a.csv"), language="en"))
    'File not found: a.csv'
    """

    def __init__(self, *messages: Message, language: str | None = None) -> None:
        super().__init__(*messages)
        self.messages: Sequence[Message] = messages
        self._language = language

    def __str__(self) -> str:
        return "\n".join(message.render(self._language) for message in self.messages)


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the known name closest to `name`, or None when nothing is close: a suggestion, never an identity.

    A name that differs in its diacritics alone is closest, where it is the only one.

    >>> nearest("mesure", ["measure", "attested"]), nearest("Co", ["Có", "Không"])
    ('measure', 'Có')
    """
    by_folded = {candidate.casefold(): candidate for candidate in names}
    folded = name.casefold()
    alike = [candidate for key, candidate in by_folded.items() if without_marks(key) == without_marks(folded)]
    if len(alike) == 1:
        return alike[0]
    found = get_close_matches(folded, list(by_folded), n=1, cutoff=CLOSE)
    if found:
        return by_folded[found[0]]
    by_bare = {without_marks(key): candidate for key, candidate in by_folded.items()}
    found = get_close_matches(without_marks(folded), list(by_bare), n=1, cutoff=CLOSE)
    return by_bare[found[0]] if found else None


_REASONS = {
    errno.ENOENT: N_("there is no such file"),
    errno.EACCES: N_("the system does not permit it"),
    errno.EPERM: N_("the system does not permit it"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EROFS: N_("the disk takes no changes"),
}
"""What a system says in its own language -> what is said of it."""


def system_reason(error: OSError) -> Message | str:
    """Return why the system refused a file; in the reader's language where the reason is a usual one.

    >>> system_reason(FileNotFoundError(2, "No such file or directory")).render("en")
    'there is no such file'
    """
    usual = _REASONS.get(error.errno or 0)
    return Message(usual) if usual else error.strerror or str(error) or type(error).__name__
