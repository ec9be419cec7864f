"""Every check there is, found by looking into the package: one module, one check; and what readers tell."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from ntm_rules.errors import NtmError, nearest
from ntm_rules.i18n import Message
from ntm_rules.workbench import checks
from ntm_rules.workbench.checks import told_by_readers
from ntm_rules.workbench.checks.core.check import Check


@cache
def topics() -> dict[str, Check]:
    """Return every check by its topic: the name of its module, or its key in the table of what readers tell."""
    names = (f"{checks.__name__}.{module.name}" for module in pkgutil.iter_modules(checks.__path__) if not module.ispkg)
    modules = {name: importlib.import_module(name) for name in names if name != told_by_readers.__name__}
    found = {name.rpartition(".")[2]: module.CHECK for name, module in modules.items()}
    return dict(sorted({**found, **told_by_readers.CHECKS}.items()))


@cache
def all_checks() -> dict[str, Check]:
    """Return every check by its code, in the order of codes."""
    return {check.code: check for check in sorted(topics().values(), key=lambda check: check.code)}


def check_named(code: str) -> Check:
    """Return a check by its code, upper or lower case.

    Raises:
        NtmError: there is none, with the nearest.
    """
    known = all_checks()
    if code.upper() in known:
        return known[code.upper()]
    closest = nearest(code, known)
    raise NtmError(
        Message("There is no check {code}; ntm rules check --list names all", code=code),
        *([Message("Did you mean “{nearest}”?", nearest=closest)] if closest else []),
    )
