"""NTM003: a key is missing.

Found while the files are read, in `rulebook`.
"""

from __future__ import annotations

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_
from ntm_rules.workbench.checks.core.check import Check

CHECK = Check(
    code="NTM003",
    severity=Severity.ERROR,
    title=N_("A key is missing"),
    why=N_("Without its text, source, lead agency or years an indicator cannot be explained or assigned to anyone."),
    mend=N_("Add the key that is named."),
)
