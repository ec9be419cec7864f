"""How words stand where they are put: with a capital, with a full stop, cut to a length."""

from __future__ import annotations


def opening(words: object) -> str:
    """Return words as they open a line: with a capital, though the law or a reason has them within a sentence.

    >>> opening("tỷ lệ đường xã đạt chuẩn"), opening("đạt VSATTP"), opening("Ấp"), opening("")
    ('Tỷ lệ đường xã đạt chuẩn', 'Đạt VSATTP', 'Ấp', '')
    """
    shown = str(words)
    return shown[:1].upper() + shown[1:]


def turned(before: str, after: str) -> str:
    """Return words before and after a change; what did not change is said once.

    >>> turned("3/10", "4/10"), turned("3/10", "3/10")
    ('3/10 → 4/10', '3/10')
    """
    return after if before == after else f"{before} → {after}"


def stopped(words: str) -> str:
    """Return words that end as a sentence does, so that the next one does not run into them."""
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def shortened(words: object, longest: int) -> str:
    """Return words cut after a whole one, where they are longer than so many characters.

    >>> shortened("còn thiếu 3 hộ", 11), shortened("a" * 20, 5)
    ('còn thiếu…', 'aaaaa…')
    """
    shown = str(words)
    if len(shown) <= longest:
        return shown
    cut = shown[:longest]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:.") + "…"


def clipped(words: str, longest: int) -> str:
    """Return words of at most so many characters, cut anywhere.

    >>> clipped("còn thiếu 3 hộ", 11), clipped("còn thiếu", 9)
    ('còn thiếu…', 'còn thiếu')
    """
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"
