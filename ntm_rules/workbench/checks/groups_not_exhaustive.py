"""NTM020: a target by group leaves a group out.

Found while the files are read, in `rulebook`.
"""

from __future__ import annotations

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_
from ntm_rules.workbench.checks.core.check import Check

CHECK = Check(
    code="NTM020",
    severity=Severity.ERROR,
    title=N_("A target by group leaves a group out"),
    why=N_("Communes of the group left out would have no target."),
    mend=N_("State a value for every group of the set."),
)
