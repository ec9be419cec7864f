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
    "ENOENT": N_("there is no such file"),
    "ENOTDIR": N_("a file stands where a folder should"),
    "EACCES": N_("the system does not permit it"),
    "EPERM": N_("the system does not permit it"),
    "EISDIR": N_("it is a folder"),
    "EEXIST": N_("there is one of this name already"),
    "ENOTEMPTY": N_("the folder is not empty"),
    "ENOSPC": N_("the disk is full"),
    "EDQUOT": N_("the disk is full"),
    "EFBIG": N_("the disk takes no file so large"),
    "EROFS": N_("the disk takes no changes"),
    "EIO": N_("the disk cannot be read or written"),
    "EBUSY": N_("another program has it open; close it there"),
    "ETXTBSY": N_("another program has it open; close it there"),
    "ENAMETOOLONG": N_("the name is too long"),
    "ELOOP": N_("its links go round in a circle"),
    "EMFILE": N_("too many files are open"),
    "ENFILE": N_("too many files are open"),
    "EADDRINUSE": N_("another program uses this address"),
    "ECONNREFUSED": N_("nothing answers at this address"),
    "ETIMEDOUT": N_("it does not answer in time"),
}
"""Name of what a system refuses -> what is said of it."""
_HELD_BY_ANOTHER = (32, 33)
"""What Windows calls a file that another program has open; as an error number it is only not permitted."""
_KINDS = {
    "zipfile.BadZipFile": N_("not every part is whole"),
    "zlib.error": N_("not every part is whole"),
    "_csv.Error": N_("quotation marks or line ends are broken"),
    "builtins.UnicodeDecodeError": N_("it is not UTF-8 text; save it again as UTF-8"),
    "pyexpat.ExpatError": N_("its contents are broken (XML)"),
    "xml.parsers.expat.ExpatError": N_("its contents are broken (XML)"),
    "tomllib.TOMLDecodeError": N_("it breaks the rules of TOML"),
    "yaml.error.YAMLError": N_("it breaks the rules of YAML"),
    "pyarrow.lib.ArrowException": N_("its contents are no table that can be read"),
    "builtins.ImportError": N_("it is not installed, or not for this Python"),
    "django.db.utils.Error": N_("the database refuses it"),
}
"""An exception of a library -> what is said of it; what the library says in its own language follows as a detail."""


def system_reason(error: BaseException) -> Message:
    """Return why a system or a library refused something, in the reader's language; its own words are only a detail.

    >>> system_reason(FileNotFoundError(2, "No such file or directory")).render("en")
    'there is no such file'
    >>> system_reason(ModuleNotFoundError("No module named 'durable'")).render("en")
    "it is not installed, or not for this Python; the system says: No module named 'durable'"
    """
    if isinstance(error, OSError):
        if getattr(error, "winerror", None) in _HELD_BY_ANOTHER:
            return Message(_REASONS["EBUSY"])
        if usual := _REASONS.get(errno.errorcode.get(error.errno or 0, "").removeprefix("WSA")):
            return Message(usual)
    kinds = (f"{kind.__module__}.{kind.__name__}" for kind in type(error).__mro__)
    words = next((_KINDS[kind] for kind in kinds if kind in _KINDS), N_("it was refused"))
    said = (error.strerror if isinstance(error, OSError) else None) or str(error)
    detail = said.strip().partition("\n")[0][:_LONGEST_DETAIL] or type(error).__name__
    return Message("{reason}; the system says: {detail}", reason=Message(words), detail=detail)


_LONGEST_DETAIL = 200
