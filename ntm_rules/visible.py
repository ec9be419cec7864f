"""Characters that steer a screen, turn a line of text about or cannot be seen are shown by their numbers.

Names of files, arguments and cells may hold them; whoever reads a message must see what stands there, not what it does.
"""

from __future__ import annotations

import json
import re
from typing import Any

STEERING = "\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
"""As within brackets of a regular expression: control characters, marks of direction and of byte order, what takes no
place, halves of characters."""
_STEERING = re.compile(f"[{STEERING}]")
_IN_TEXTS = re.compile(f"(?![\n\t])[{STEERING}]")


def visible(text: str) -> str:
    r"""Return a name or a value as one line in which nothing steers, turns or hides.

    >>> print(visible("báo cáo\u202exslx.csv"), visible("\x1b]0;x\x07"))
    báo cáo\u202exslx.csv \x1b]0;x\x07
    """
    return text if text.isprintable() else _STEERING.sub(_numbered, text)


def visible_lines(text: str) -> str:
    r"""Return a text of several lines in which nothing but the ends of lines and tabs steers.

    >>> visible_lines("một\nhai\x00")
    'một\nhai\\x00'
    """
    return text if text.isprintable() else _IN_TEXTS.sub(_numbered, text)


def steering_in(text: str) -> str:
    r"""Return the first character of a text that steers, by its number; "" where there is none.

    >>> steering_in("a\nb\u202e"), steering_in("a\nb")
    ('\\u202e', '')
    """
    if text.isprintable():
        return ""
    found = _IN_TEXTS.search(text)
    return _numbered(found) if found else ""


def json_text(value: Any) -> str:
    r"""Return JSON that people can read, a character that steers written by its number as JSON writes it.

    >>> json_text(["Bình Lư\u202e"])
    '[\n  "Bình Lư\\u202e"\n]'
    """
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _IN_TEXTS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _numbered(found: re.Match[str]) -> str:
    number = ord(found[0])
    if 0xDC80 <= number <= 0xDCFF:
        number -= 0xDC00  # a byte of a file's name that is no text
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
