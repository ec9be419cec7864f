"""Writing YAML by hand, so that a person can read it: comments, and texts quoted only where they must be."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator

WIDTH = 110
_PLAIN = re.compile(r"[^\W\d_][^\W_]*(?:[ /.-][^\W_]+)*\.?|[A-Za-z](?:[0-9A-Za-z_.-]*[0-9A-Za-z_])?")
_PLAIN_ID = re.compile(r"[0-9A-Za-z._-]*[A-Za-z][0-9A-Za-z._-]*")
_WORDS_WITH_MEANING = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_NUMBER_LIKE = re.compile(r"[-+.0-9]*(?:e[-+]?[0-9]+|x[0-9a-f]+|o[0-7]+|b[01_]+)?", re.IGNORECASE)


def scalar(text: str) -> str:
    r"""Return a text as YAML: plain where nothing can take it for anything else, in double quotes otherwise.

    >>> scalar("Điều 2"), scalar("roads_share"), scalar("99/QĐ-UBND"), scalar("no"), scalar('a: "b"')
    ('Điều 2', 'roads_share', '"99/QĐ-UBND"', '"no"', '"a: \\"b\\""')
    """
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS_WITH_MEANING:
        return text
    return json.dumps(text, ensure_ascii=False)


def id_key(id_: str) -> str:
    """Return an id as a key: in quotes where another reader could take it for a number.

    >>> id_key("8.1.b"), id_key("8.1"), id_key("1e3")
    ('8.1.b', '"8.1"', '"1e3"')
    """
    if _PLAIN_ID.fullmatch(id_) and not _NUMBER_LIKE.fullmatch(id_) and id_.casefold() not in _WORDS_WITH_MEANING:
        return id_
    return json.dumps(id_, ensure_ascii=False)


def comment(text: str, indent: str = "", follow: str = "") -> Iterator[str]:
    """Yield a text as lines of comment, wrapped; lines after the first begin with `follow`."""
    clean = " ".join(text.split())
    for line in textwrap.wrap(clean, WIDTH - len(indent) - 2, subsequent_indent=follow, break_long_words=False):
        yield f"{indent}# {line}"
