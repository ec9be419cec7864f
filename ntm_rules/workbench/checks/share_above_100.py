"""NTM019: a share's target is not between 0 and 100.

Found while the files are read, in `rulebook`.
"""

from __future__ import annotations

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_
from ntm_rules.workbench.checks.core.check import Check

CHECK = Check(
    code="NTM019",
    severity=Severity.ERROR,
    title=N_("A share's target is not between 0 and 100"),
    why=N_("No commune can ever reach a share above 100%, or every one reaches one below 0."),
    mend=N_("Write the percentage as in the text: 80 for 80%."),
)
