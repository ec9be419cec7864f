"""What is wrong with what a form says of itself."""

from __future__ import annotations

from ntm_rules.dataset.problem_kinds.kind import ERROR, WARNING, ProblemKind
from ntm_rules.i18n import N_

_NEW_FORM = N_("Use a new form from the body that sums up, and carry the answers over.")

KINDS: dict[str, ProblemKind] = {
    "form-format-unknown": ProblemKind(
        ERROR,
        N_("the form was made by another release of the program (form “{value}”); none of it was read"),
        N_("Make a new form with ntm template and carry the answers over."),
        mend_on_paper=_NEW_FORM,
    ),
    "form-of-another-set": ProblemKind(
        ERROR,
        N_("the form was made for another criteria set ({value}), not for {set}; none of it was read"),
        N_("Make a new form with ntm template; for a commune of this set --return carries over what it can."),
        mend_on_paper=_NEW_FORM,
    ),
    "form-old": ProblemKind(
        WARNING,
        N_(
            "the form is of version {value} of the criteria, now {version}: {changed} figures mean something else now and"
            " were not read, {gone} are not asked any more, {new} new ones are not in it"
        ),
        N_("Make a new form with ntm template; --return writes one with the answers carried over."),
        mend_on_paper=_NEW_FORM,
    ),
    "form-measure-changed": ProblemKind(
        ERROR,
        N_("the form asks this figure in another unit or way than the criteria do now; it was not read"),
        N_("Enter it in a new form (ntm template)."),
        mend_on_paper=_NEW_FORM,
    ),
    "form-of-another-commune": ProblemKind(
        ERROR,
        N_("the form was made for {made_for}, but says {value}; its figures were not taken"),
        N_("Use the commune's own form; --return writes one with these answers, to be checked one by one."),
        mend_on_paper=N_(
            "Use the commune's own form and check every answer, or put commune and code in this one right."
        ),
    ),
    "form-of-another-year": ProblemKind(
        ERROR,
        N_("the form was made for the year {made_for}, but says {value}; its figures were not taken"),
        N_("Use the form of that year; --return writes one with these answers, to be checked one by one."),
        mend_on_paper=N_("Use the form of that year and check every answer, or put the year in this one right."),
    ),
    "file-of-another-commune": ProblemKind(
        ERROR,
        N_("the file is named after {value}, but what it holds is of {made_for}; its figures were not taken"),
        N_("Rename the file, after its own commune ({made_for}); or put commune and code inside it right."),
    ),
    "form-unconfirmed": ProblemKind(
        ERROR,
        N_(
            "the form was given back because its commune or year was in doubt, and nobody has confirmed it yet; none of it was read"
        ),
        N_("Check every answer, then delete the sheet “{sheet}” and save."),
    ),
    "form-column-missing": ProblemKind(
        ERROR,
        N_("the form has no column “{value}” any more, so no answer in it could be read"),
        N_("Give the column its name again, or put it back as in the form given out, with its answers."),
    ),
    "evidence-without-measure": ProblemKind(
        ERROR,
        N_("a document stands here without the figure it is for"),
        N_("Choose the figure from the list in the column “Số liệu”."),
        N_("Choose the figure from the list in the column “Số liệu”: “{nearest}”?"),
    ),
    "evidence-day-unreadable": ProblemKind(
        ERROR, N_("“{value}” is not a day"), N_("Write it day first, for example 15/8/2026.")
    ),
}
