"""NTM015: a scale that is not defined.

Found while the files are read, in `rulebook`.
"""

from __future__ import annotations

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_
from ntm_rules.workbench.checks.core.check import Check

CHECK = Check(
    code="NTM015",
    severity=Severity.ERROR,
    title=N_("A scale that is not defined"),
    why=N_("The rule speaks of a scale that nobody defined, so it says nothing."),
    mend=N_("Correct the id, or define it in scales, criteria-set.yaml."),
)
