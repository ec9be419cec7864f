"""NTM001: a file cannot be read.

Found while the files are read, in `rulebook`.
"""

from __future__ import annotations

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_
from ntm_rules.workbench.checks.core.check import Check

CHECK = Check(
    code="NTM001",
    severity=Severity.ERROR,
    title=N_("A file cannot be read"),
    why=N_("The set cannot be used: no commune can be judged until the file opens."),
    mend=N_(
        "A file that is not there: correct its name where it is named. Otherwise correct the YAML at the line named (often indentation, a missing quote or a tab), save as UTF-8, use no anchors, aliases or tags."
    ),
)
