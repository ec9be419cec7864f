"""The form of a keyword's words, and values that several examples share."""

from __future__ import annotations

from typing import Any, NamedTuple


class Keyword(NamedTuple):
    """One keyword: its meaning in both languages, and a value as it could stand in a file."""

    vi: str
    en: str
    example: Any


K = Keyword
Words = dict[str, Keyword]
"""Keyword as written in a file -> its words."""

LABEL = {"vi": "Quy hoạch", "en": "Planning"}
NOTE = {"vi": "Văn bản không nêu số.", "en": "The document states no number."}
SOURCE = {"document": "ke-hoach", "annex": "III", "row": "8.1"}
PENDING = {"pending": {"decision": "bo-tieu-chi-tinh"}}
