"""NTM120: an ignore comment that leaves nothing out.

Found while ignore comments are applied, in `core.running`.
"""

from __future__ import annotations

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_
from ntm_rules.workbench.checks.core.check import Check

CHECK = Check(
    code="NTM120",
    severity=Severity.WARNING,
    title=N_("An ignore comment that leaves nothing out"),
    why=N_("It would hide the next mistake on that line."),
    mend=N_("Take the comment out."),
)
