"""NTM023: an overlay names a requirement or commune that does not exist.

Found while the files are read, in `rulebook`.
"""

from __future__ import annotations

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_
from ntm_rules.workbench.checks.core.check import Check

CHECK = Check(
    code="NTM023",
    severity=Severity.ERROR,
    title=N_("An overlay names a requirement or commune that does not exist"),
    why=N_("The value would reach no commune, while its author believes that it does."),
    mend=N_("Correct the id; requirements are named as in the set (8.1.b), communes by their 5-digit code."),
)
