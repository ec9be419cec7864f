"""What the files of forms are called."""

from __future__ import annotations

import unicodedata

from ntm_rules.rulebook.register import Commune


def slug(name: str) -> str:
    """Return a name for files: ASCII, lower case, hyphens.

    >>> slug("Sin Suối Hồ"), slug("Đoàn Kết")
    ('sin-suoi-ho', 'doan-ket')
    """
    letters = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    kept = "".join(letter if letter.isalnum() else " " for letter in letters if letter.isascii())
    return "-".join(kept.split())


def form_name(commune: Commune, year: int) -> str:
    """Return the name of a commune's form for a year."""
    return f"{commune.code}-{slug(commune.name)}-{year}.xlsx"
