"""NTM002: a key that does not exist.

Found while the files are read, in `rulebook`.
"""

from __future__ import annotations

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_
from ntm_rules.workbench.checks.core.check import Check

CHECK = Check(
    code="NTM002",
    severity=Severity.ERROR,
    title=N_("A key that does not exist"),
    why=N_("A misspelt key would leave a condition unsaid, and a commune would be judged without it."),
    mend=N_("Use one of the allowed keys; the nearest is named."),
)
