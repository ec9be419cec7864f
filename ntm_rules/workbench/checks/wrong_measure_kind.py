"""NTM018: a measure of the wrong kind.

Found while the files are read, in `rulebook`.
"""

from __future__ import annotations

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_
from ntm_rules.workbench.checks.core.check import Check

CHECK = Check(
    code="NTM018",
    severity=Severity.ERROR,
    title=N_("A measure of the wrong kind"),
    why=N_("A Yes / No answer cannot be compared with a number, nor a share be answered with Yes."),
    mend=N_("Use measure with quantities, attested with attestations, ruling with rulings, graded with grades."),
)
