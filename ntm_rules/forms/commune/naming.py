"""What the files of forms are called."""

from __future__ import annotations

from ntm_rules.rulebook.register import Commune
from ntm_rules.spelling import plain_words, without_marks


def slug(name: str) -> str:
    """Return a name for files: ASCII, lower case, hyphens.

    >>> slug("Sin Suối Hồ"), slug("Đoàn Kết")
    ('sin-suoi-ho', 'doan-ket')
    """
    return "-".join(plain_words(without_marks(name).encode("ascii", "ignore").decode()))


def form_name(commune: Commune, year: int) -> str:
    """Return the name of a commune's form for a year."""
    return f"{commune.code}-{slug(commune.name)}-{year}.xlsx"
