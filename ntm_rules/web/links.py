"""Where things stand behind the addresses of the application."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.urls import NoReverseMatch, reverse

from ntm_rules.web.looks import SCRIPT, SENDING, STYLE, static_address

_DOSSIERS = frozenset({"dossier", "form", "hand-in", "checks", "log", "add-evidence", "hamlets", "layers", "answer", "comments",
    "conclude", "record", "papers", "public",
})  # fmt: skip
_ONE = {
    "round": "round", "progress": "round", "account": "account", "extend": "round", "close-round": "round", "law-versions": "round", "rereview": "round", "substitutes": "agency", "council": "round",
    "seat": "round", "open-session": "round", "register-data": "year",
}  # fmt: skip

_STATIC = {"style": STYLE, "script": SCRIPT, "sending": SENDING}


class WebLinks:
    """Addresses by kind and id; a thing within a dossier or a round has the id `dossier/thing`."""

    def to(self, kind: str, id_: object, section: str = "") -> str | None:
        """Return the address of a thing, or of a section of its page; None when it has no place."""
        found = _address(kind, str(id_))
        return f"{found}#{section}" if found and section else found


@lru_cache(maxsize=4096)
def _address(kind: str, id_: str) -> str | None:
    if kind in _STATIC:
        return static_address(_STATIC[kind])
    try:
        return reverse("work" if kind == "index" else kind, kwargs=_named(kind, id_))
    except NoReverseMatch:
        return None


def _named(kind: str, id_: str) -> dict[str, Any]:
    if not id_:
        return {}
    if kind in _DOSSIERS:
        return {"dossier": id_}
    if kind in _ONE:
        return {_ONE[kind]: id_}
    of, _slash, within = id_.partition("/")
    if kind == "council-paper":
        session, _slash, paper = within.partition("/")
        return {"round": of, "session": session, "paper": paper}
    if kind == "overview":
        layer, _slash, file = within.partition("/")
        return {"round": of, "layer": layer, "file": file or "index.html"}
    if kind in _OF_ROUND:
        return {"round": of, _OF_ROUND[kind]: within}
    return {"dossier": of, _WITHIN[kind]: within} if kind in _WITHIN else {}


_WITHIN = {
    "criterion": "section", "figure": "measure", "evidence": "evidence", "withdraw-evidence": "evidence",
    "handed-in": "handed_in", "step": "step", "appraise": "agency", "ask": "agency",
    "decision-file": "decision", "paper": "paper", "paper-file": "outgoing", "paper-link": "outgoing", "signed-file": "incoming",
    "moderate": "remark",
}  # fmt: skip
_OF_ROUND = {
    "queue": "agency", "agree": "agency", "confirm": "agency", "layer": "layer", "agency-paper": "agency",
    "session": "session", "votes": "session", "law-effect": "pin",
}  # fmt: skip
