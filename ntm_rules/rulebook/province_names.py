"""Which province is meant by an id or a name, as people write it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ntm_rules.rulebook.models import Province
from ntm_rules.spelling import key, plain_words


def called_so(provinces: Sequence[Province], name: str) -> tuple[str, ...]:
    """Return the ids of the provinces that are called so: by id, else by name, accents and case aside.

    "Tỉnh", "Thành phố", and what stands in brackets, may be left out of a name.
    """
    said = name.strip()
    if any(one.id == said for one in provinces):
        return (said,)
    names = {one.id: [text for text in (one.name.vi, one.name.en) if text] for one in provinces}
    exact = tuple(id_ for id_, own in names.items() if key(said) in map(key, own))
    return exact or tuple(id_ for id_, own in names.items() if _bare(said) in {(id_,), *map(_bare, own)})


def _bare(name: str) -> tuple[str, ...]:
    """Return the words that tell a province from others, in plain letters."""
    words = plain_words(re.sub(r"\(.*?\)", " ", name))
    for before in (["tinh"], ["thanh", "pho"], ["tp"]):
        if words[: len(before)] == before and len(words) > len(before):
            return tuple(words[len(before) :])
    return tuple(words[:-1] if words[-1:] == ["province"] and len(words) > 1 else words)
