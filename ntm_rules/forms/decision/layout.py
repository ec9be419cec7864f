"""What the workbook of an overlay holds where: keys of sheets, columns and cells, for writer and reader alike.

Every table has a row, and the sheet of the document a column, of small grey keys such as `ntm:article`: by
them the reader finds its way, whatever the sheets are called, in whichever language, and wherever
columns and rows have been moved.
"""

from __future__ import annotations

from ntm_rules.i18n import N_

FORMAT = "1"
KEY = "ntm:"

ID, LABEL, EVERYWHERE, ARTICLE, NOTE = "ntm:id", "ntm:text", "ntm:everywhere", "ntm:article", "ntm:note"
CODE, NAME, GROUP, SOURCE = "ntm:code", "ntm:name", "ntm:group", "ntm:source"
OF, CLASS, VALUE, OTHERWISE = "ntm:of", "ntm:class", "ntm:value", "ntm:otherwise"
"""Of the sheet of targets by class: the requirement, which class, and its number or what stands in place of one."""
FIELD, ENTRY = "ntm:field", "ntm:entry"
ABOUT = "ntm:about"
"""The hidden sheet's first cell."""
HAS_CLASSES = "classes"
"""On the hidden sheet of a form that has a sheet of targets by class."""
GROUP_COLUMN = "ntm:group:"
"""Followed by a group's id: the column of its targets."""
CARRIED = "carried:"
"""Followed by a name, on the hidden sheet: what the overlay that the form was made from says beside."""
TOLD = "ntm:told:"
"""Followed by a name: a column that only tells, and that nobody reads."""


GUIDE_SHEET = N_("Guide")
DOCUMENT_SHEET = N_("The document")
TARGETS_SHEET = N_("Targets to fill")
CLASSES_SHEET = N_("Targets by class")
GROUPS_SHEET = N_("Groups of communes")
BESIDE_SHEET = N_("Kept as it is")
ABOUT_SHEET = "ntm"

NUMBER, DATE, ISSUER, TITLE, TITLE_EN, PROMULGATED, FROM, TO, ILLUSTRATIVE = (
    "number",
    "date",
    "issuer",
    "title",
    "title_en",
    "promulgated",
    "from",
    "to",
    "illustrative",
)
DOCUMENT_CELLS: dict[str, tuple[str, str]] = {
    NUMBER: (N_("Number of the document"), N_("As printed, with its sign.")),
    DATE: (N_("Date of the document"), N_("Day first: 15/8/2026.")),
    ISSUER: (N_("Issuing body"), N_("As printed.")),
    TITLE: (N_("Title as printed"), N_("The summary under the word “Decision”, as printed.")),
    TITLE_EN: (N_("Title in English"), N_("May stay empty: then the Vietnamese title stands in its place.")),
    PROMULGATED: (N_("Day of promulgation"), N_("May stay empty when it is the date of the document.")),
    FROM: (N_("In force from"), N_("The day the document says; day first.")),
    TO: (N_("In force to"), N_("Empty: until further notice.")),
    ILLUSTRATIVE: (
        N_("A trial with invented figures?"),
        N_(
            "Yes: every result says “illustrative - not law”; only “In force from” and the figures must be filled in."
            " Empty: no."
        ),
    ),
}
"""Cell of the document's sheet -> its label and its hint."""
DAYS = (DATE, PROMULGATED, FROM, TO)

YES, NO = N_("Yes"), N_("No")
BINDING = N_("Binding")
"""The entry for a standard that is in force."""
NOT_ASKED = N_("not applicable")
"""The entry for a class of which nothing is asked."""
MORE_CLASSES = N_("Other requirements (write the id and choose the class)")
"""Stands above the rows in which a target that does not differ by class so far may be given by class."""
