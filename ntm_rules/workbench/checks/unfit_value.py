"""NTM021: a value that does not fit the requirement.

Found while the files are read, in `rulebook`.
"""

from __future__ import annotations

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_
from ntm_rules.workbench.checks.core.check import Check

CHECK = Check(
    code="NTM021",
    severity=Severity.ERROR,
    title=N_("A value that does not fit the requirement"),
    why=N_("What is written cannot be compared with what communes report."),
    mend=N_(
        "Give a number to a quantity, a grade to a grade, `standard: in-force` to an attestation or ruling; points only to indicators of criteria."
    ),
)
