"""Comments by which an author says that a finding was looked at: `# ntm: ignore NTM054 reason`.

A comment counts for the line it stands on, or, alone on its line, for the next line that is not a comment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_COMMENT = re.compile(r"(?:^|\s)#\s*ntm:\s*ignore\b[:\s]*(?P<rest>.*)$", re.IGNORECASE)
_CODES = re.compile(r"NTM\d{3}(?:\s*,\s*NTM\d{3})*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ignore:
    """One comment: which codes are to be left out on which line, and why."""

    file: str
    line: int
    """Where the comment stands."""
    covers: int
    """The line whose findings it leaves out."""
    codes: tuple[str, ...]
    reason: str


def ignores(texts: Mapping[str, str]) -> list[Ignore]:
    """Return every such comment of files given by name.

    >>> ignores({"rules.yaml": "# ntm: ignore NTM064 the sense is under review\\nat_least: 80\\n"})
    [Ignore(file='rules.yaml', line=1, covers=2, codes=('NTM064',), reason='the sense is under review')]
    """
    found = []
    for name, text in texts.items():
        lines = text.splitlines()
        for i, line in enumerate(lines):
            comment = _COMMENT.search(line)
            if comment is None:
                continue
            alone = line.lstrip().startswith("#")
            covers = _next(lines, i) if alone else i
            codes, reason = _split(comment["rest"].strip())
            found.append(Ignore(name, i + 1, covers + 1, codes, reason))
    return found


def _split(rest: str) -> tuple[tuple[str, ...], str]:
    named = _CODES.match(rest)
    if named is None:
        return (), rest
    codes = tuple(code.strip().upper() for code in named[0].split(","))
    return codes, rest[named.end() :].lstrip(" :,.-").strip()


def _next(lines: list[str], comment: int) -> int:
    """Return the index of the first line after a comment that is neither empty nor a comment."""
    for i in range(comment + 1, len(lines)):
        if lines[i].strip() and not lines[i].lstrip().startswith("#"):
            return i
    return comment
