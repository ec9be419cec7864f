"""The stable codes of what reading rule files may complain of; `ntm rules check` documents each (docs/checks).

A code once given keeps its meaning for good and is never used for anything else.
"""

from __future__ import annotations

from typing import Final

UNREADABLE: Final = "NTM001"
UNKNOWN_KEY: Final = "NTM002"
MISSING_KEY: Final = "NTM003"
WRONG_VALUE: Final = "NTM004"
KEY_TWICE: Final = "NTM005"
REGISTER: Final = "NTM006"
STEERING: Final = "NTM007"
UNKNOWN_MEASURE: Final = "NTM010"
UNKNOWN_AGENCY: Final = "NTM011"
UNKNOWN_DOCUMENT: Final = "NTM012"
UNKNOWN_DECISION: Final = "NTM013"
UNKNOWN_GROUP: Final = "NTM014"
UNKNOWN_SCALE: Final = "NTM015"
UNKNOWN_GRADE: Final = "NTM016"
DUPLICATE_ID: Final = "NTM017"
WRONG_KIND: Final = "NTM018"
SHARE_OUTSIDE: Final = "NTM019"
GROUP_LEFT_OUT: Final = "NTM020"
UNFIT_VALUE: Final = "NTM021"
OTHER_SET: Final = "NTM022"
OVERLAY_UNKNOWN_ID: Final = "NTM023"
UNFIT_CROSS_CHECK: Final = "NTM024"
CONTRADICTION: Final = "NTM025"
UNKNOWN_IN_PLAN: Final = "NTM026"
UNKNOWN_PART: Final = "NTM027"
UNKNOWN_SET: Final = "NTM028"
