"""NTM005: a key stands twice.

Found while the files are read, in `rulebook`.
"""

from __future__ import annotations

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_
from ntm_rules.workbench.checks.core.check import Check

CHECK = Check(
    code="NTM005",
    severity=Severity.ERROR,
    title=N_("A key stands twice"),
    why=N_("One of the two values would be lost without a word."),
    mend=N_("Keep one of the two lines."),
)
