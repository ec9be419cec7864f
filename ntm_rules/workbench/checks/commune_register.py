"""NTM006: the register of communes has a mistake.

Found while the files are read, in `rulebook`.
"""

from __future__ import annotations

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_
from ntm_rules.workbench.checks.core.check import Check

CHECK = Check(
    code="NTM006",
    severity=Severity.ERROR,
    title=N_("The register of communes has a mistake"),
    why=N_("A wrong code, name or group judges a commune by another's figures or by another group's targets."),
    mend=N_("Correct the row named in communes.csv; a group needs the document that assigns it."),
)
