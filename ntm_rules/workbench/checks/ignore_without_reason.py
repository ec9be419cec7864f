"""NTM121: an ignore comment without code or reason.

Found while ignore comments are applied, in `core.running`.
"""

from __future__ import annotations

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_
from ntm_rules.workbench.checks.core.check import Check

CHECK = Check(
    code="NTM121",
    severity=Severity.ERROR,
    title=N_("An ignore comment without code or reason"),
    why=N_("Whoever reviews the set must see why a warning was set aside."),
    mend=N_("Write # ntm: ignore NTMnnn and the reason in words."),
)
