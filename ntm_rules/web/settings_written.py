"""How the settings of an installation are written: what would be taken for something else is refused, all of it at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.names import HEADER
from ntm_rules.web.databases import KEYS

_YES_OR_NO, _SECTION = N_("true or false, without quotation marks"), N_("a section of its own, [{key}]")
WRITTEN: Mapping[str, tuple[type, str]] = {
    "hosts": (list, N_('a list of names of this machine, such as ["ntm.laichau.gov.vn"]; no sign stands for any name')),
    "https": (bool, _YES_OR_NO),
    "proxy": (str, N_('the address of the server that stands before this one, such as "127.0.0.1"')),
    "second_factor": (bool, _YES_OR_NO),
    "public_comments": (bool, _YES_OR_NO),
    "criteria": (
        list,
        N_('a list of folders of criteria sets, such as ["/srv/ntm/tinh-khac-2026-2030"], each with its {header}'),
    ),
    **dict.fromkeys(("database", "mail", "scanner", "signing", "provider"), (dict, _SECTION)),
}
"""Setting -> what it is, and how to write it."""
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]|[0-9a-f:]+", re.IGNORECASE)


def settings_faults(settings: Mapping[str, Any], path: Path) -> Iterator[Message]:
    """Yield what is wrong with settings: unknown ones; "false" for yes, a sign for every host, a proxy for whoever asks."""
    database = settings.get("database", {})
    keys = [key for key in settings if key not in WRITTEN]
    keys += [f"database.{key}" for key in database if key not in KEYS] if isinstance(database, dict) else []
    if keys:
        yield Message(
            "{file}: unknown settings: {keys}; known are {known} and database with engine "
            "(sqlite or postgresql), name, user, password, host, port, url",
            file=path,
            keys=", ".join(keys),
            known=", ".join(sorted(WRITTEN.keys() - {"database"})),
        )
    for key, (kind, words) in WRITTEN.items():
        if key in settings and not (isinstance(settings[key], kind) and _is_fit(key, settings[key], path.parent)):
            how = Message(words, key=key, header=HEADER)
            yield Message("{file}: {key} must be {words}", file=path, key=key, words=how)


def _is_fit(key: str, value: Any, folder: Path) -> bool:
    if key == "hosts":
        return bool(value) and all(isinstance(one, str) and _HOST.fullmatch(one) is not None for one in value)
    if key == "criteria":
        return all(isinstance(one, str) and (folder / one / HEADER).is_file() for one in value)
    return key != "proxy" or _is_address(value)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
