"""What is wrong with a file as a whole, before anything in it is read."""

from __future__ import annotations

from ntm_rules.dataset.problem_kinds.kind import ERROR, SAVE_XLSX, WARNING, ProblemKind
from ntm_rules.i18n import N_

_FORM_SENT = N_("Copy its figures into the form of the commune, and keep the document itself as evidence.")
_COPY_FIGURES = N_("Copy the figures alone into a new file, and hand that in; the other files are read all the same.")

KINDS: dict[str, ProblemKind] = {
    "file-not-found": ProblemKind(ERROR, N_("there is no such file or folder"), N_("Check the path.")),
    "file-unreadable": ProblemKind(
        ERROR,
        N_("the file cannot be opened ({reason})"),
        N_("Close it in other programs, check that you may read it, and try again."),
    ),
    "file-empty": ProblemKind(ERROR, N_("the file is empty (0 bytes)"), N_("Copy or download it again.")),
    "file-too-large": ProblemKind(ERROR, N_("the file is larger than {limit} MB"), N_("Split it into several files.")),
    "file-ends-reader": ProblemKind(
        ERROR,
        N_("reading the file ended the process that read it, as damaged files do; nothing in it was read"),
        _COPY_FIGURES,
    ),
    "file-takes-too-long": ProblemKind(
        ERROR, N_("reading the file was not done after {seconds} seconds; nothing in it was read"), _COPY_FIGURES
    ),
    "file-takes-memory": ProblemKind(
        ERROR, N_("reading the file takes more than {limit} MB of memory; nothing in it was read"), _COPY_FIGURES
    ),
    "file-type-unsupported": ProblemKind(
        ERROR,
        N_("files of type {extension} are not read"),
        N_("Remove it from the figures; if figures stand in it, copy them into the form (ntm template)."),
        mend_on_paper=_FORM_SENT,
    ),
    "file-of-another-spreadsheet": ProblemKind(ERROR, N_("files of type {extension} are not read"), SAVE_XLSX),
    "file-is-a-paper": ProblemKind(
        ERROR,
        N_("this is a printed or scanned paper ({extension}), not a table; no figure can be read from it"),
        N_("Copy its figures into the form (ntm template), and keep the paper as evidence in another folder."),
        mend_on_paper=_FORM_SENT,
    ),
    "file-is-a-text": ProblemKind(
        ERROR,
        N_("this is a text document ({extension}), not a table; no figure can be read from it"),
        N_("Copy its figures into the form (ntm template), and keep the document as evidence in another folder."),
        mend_on_paper=_FORM_SENT,
    ),
    "file-is-packed": ProblemKind(
        ERROR,
        N_("this is a packed file ({extension}); what is in it was not read"),
        N_("Unpack it first (right-click, Extract), then give the folder that comes out."),
    ),
    "folder-without-data": ProblemKind(
        ERROR,
        N_("the folder holds no .xlsx, .xlsm, .csv or .parquet file"),
        N_("Put the files with figures into it, or name another folder."),
    ),
    "folder-too-deep": ProblemKind(
        ERROR,
        N_("this folder holds files with figures but lies too deep; only one level of subfolders is read"),
        N_("Name this folder on the command line as well, or move its files up."),
    ),
    "same-content": ProblemKind(
        WARNING, N_("the same content as {other}; it was read once"), N_("Remove one of the two files.")
    ),
    "no-rows": ProblemKind(ERROR, N_("there is a header but no row with figures under it"), N_("Add the figures.")),
    "nothing-reported": ProblemKind(
        WARNING, N_("no figure is filled in"), N_("Fill in the form, or remove this sheet.")
    ),
    "form-not-filled": ProblemKind(
        WARNING, N_("the form is not filled in yet"), N_("Fill it in, then assess it again.")
    ),
    "too-many-problems": ProblemKind(
        ERROR, N_("and {count} more problems in this file"), N_("Mend those listed first, then run again.")
    ),
    "text-decomposed": ProblemKind(
        WARNING,
        N_("{count} texts have accents kept apart from their letters (NFD), here “{value}”; read as usual"),
        N_("Nothing needs doing; Unikey set to “Unicode” avoids it."),
    ),
}
