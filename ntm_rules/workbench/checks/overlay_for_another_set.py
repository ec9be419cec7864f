"""NTM022: the overlay is for another set.

Found while the files are read, in `rulebook`.
"""

from __future__ import annotations

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_
from ntm_rules.workbench.checks.core.check import Check

CHECK = Check(
    code="NTM022",
    severity=Severity.ERROR,
    title=N_("The overlay is for another set"),
    why=N_("Targets of one province must not be laid on the criteria of another."),
    mend=N_("Correct applies_to, or name the set it belongs to with --criteria."),
)
