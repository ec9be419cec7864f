"""What is wrong with whose figures a row gives, of which year and of what."""

from __future__ import annotations

from ntm_rules.dataset.problem_kinds.kind import COMPOSE, ERROR, WARNING, ProblemKind
from ntm_rules.i18n import N_

KINDS: dict[str, ProblemKind] = {
    # --- whose figures, and of which year
    "code-missing": ProblemKind(
        ERROR,
        N_("the commune code (Mã xã) is missing; commune as written: “{value}”"),
        N_("Write the 5-digit code."),
        N_("Did you mean {nearest}? Then write its code."),
    ),
    "owner-missing": ProblemKind(
        ERROR,
        N_("whose figures these are is not said: neither a commune code (Mã xã) nor a name"),
        N_("Write the 5-digit code of the commune under “Mã xã”."),
    ),
    "unit-not-the-one": ProblemKind(
        ERROR,
        N_("the figures asked for here are those of {only} alone, but “{value}” is written"),
        N_("Write {only}, if these are its figures; else remove the line."),
    ),
    "commune-not-chosen": ProblemKind(
        ERROR,
        N_("no commune has been chosen in this form, which is for any of them"),
        N_("Choose the commune from the list in this cell; nothing else says whose figures these are."),
    ),
    "commune-not-of-the-list": ProblemKind(
        ERROR,
        N_("“{value}” is none of the communes that this form can be chosen for"),
        N_("Choose the commune from the list in this cell."),
        N_("Did you mean {nearest}? Choose it from the list in this cell."),
    ),
    "code-malformed": ProblemKind(
        ERROR, N_("“{value}” is not a commune code"), N_("Write the 5-digit code, its zeros in front included.")
    ),
    "code-unknown": ProblemKind(
        ERROR,
        N_("no commune of the province has the code {value}"),
        N_("Check the code in the list of communes."),
        N_("Check the code: {nearest}?"),
    ),
    "code-of-predecessor": ProblemKind(
        ERROR,
        N_("{value} is the old code of a unit that is now part of {communes}, and is used no more"),
        N_("Write the present code, with the figures of the whole commune as it is now."),
    ),
    "name-of-former": ProblemKind(
        ERROR,
        N_("“{value}” is a unit that is no more; what it was is now part of {communes}"),
        N_("Is {communes} meant, as it is now? Then write its code and name, with the figures of the whole commune."),
    ),
    "name-of-several": ProblemKind(
        ERROR,
        N_("“{value}” is the name of more than one unit: {communes}"),
        N_("Write the code of the one that is meant."),
    ),
    "name-of-another": ProblemKind(
        ERROR,
        N_("code {commune_code} is {commune}, but the name written is “{value}”"),
        N_("Write the code and the name of one and the same commune: {other}?"),
    ),
    "name-of-predecessor": ProblemKind(
        ERROR,
        N_(
            "“{value}” is a unit merged into {commune} on {date}, and code {commune_code} passed to {commune}:"
            " these look like figures of the old unit"
        ),
        N_("Report the figures of {commune} as it is now, under its present name."),
    ),
    "name-unknown": ProblemKind(
        ERROR,
        N_("code {commune_code} is {commune}, but the name written is “{value}”"),
        N_("Write the official name {commune}, if that commune is meant."),
        N_("Did you mean {nearest}? Write the official name."),
    ),
    "name-old-encoding": ProblemKind(ERROR, N_("the name “{value}” looks like TCVN3 (.VnTime) or VNI text"), COMPOSE),
    "unit-outside": ProblemKind(
        WARNING,
        N_(
            "{commune} ({commune_code}) is a unit of another type (such as a ward) than this set of criteria is for, so it is left out"
        ),
        N_("Remove it from the file, or leave it: it changes nothing."),
    ),
    "year-missing": ProblemKind(ERROR, N_("the year (Năm) is missing"), N_("Write the year of the figures.")),
    "year-malformed": ProblemKind(ERROR, N_("“{value}” is not a year"), N_("Write the year alone, for example 2026.")),
    "year-outside": ProblemKind(
        ERROR, N_("year {value} is outside the years {first} to {last}"), N_("Check the year.")
    ),
    "year-before-commune": ProblemKind(
        ERROR,
        N_("{commune} exists only since {date}; figures for {value} belong to the units before it"),
        N_("Report years from {first} on."),
    ),
    # --- which hamlet
    "hamlet-missing": ProblemKind(
        ERROR,
        N_("{measure} is reported of each hamlet, and this row names none"),
        N_("Write the hamlet's name in the column hamlet (Thôn, bản)."),
    ),
    "figure-of-the-commune": ProblemKind(
        ERROR,
        N_("{measure} is a figure of the commune, and this row is of the hamlet “{value}”"),
        N_("Give it in a row of the commune, with the column of hamlets left blank."),
    ),
    # --- which measure
    "measure-missing": ProblemKind(
        ERROR, N_("a figure stands here without its measure (Mã số liệu)"), N_("Write the measure's id.")
    ),
    "row-without-measure": ProblemKind(
        ERROR,
        N_("“{value}” stands in a row that asks for no figure; it was not read"),
        N_(
            "Move it to the row of its figure. If it was pasted, see whether all of it stands one row too low or too high:"
            " then the rows above and below may hold figures that are not theirs."
        ),
    ),
    "measure-unknown": ProblemKind(
        ERROR,
        N_("“{value}” is not a measure of this set of criteria"),
        N_("Take the id from the form given out."),
        N_("Did you mean “{nearest}”?"),
    ),
    "figures-of-another-set": ProblemKind(
        WARNING,
        N_("{n} places name measures of the set {value}, not of this one; they were passed over"),
        N_("Nothing is to be done where one file serves several sets; else see which set is meant."),
    ),
    "measure-old-encoding": ProblemKind(
        ERROR, N_("“{value}” looks like TCVN3 (.VnTime) or VNI text, and no measure is called so"), COMPOSE
    ),
    "measure-label-disagrees": ProblemKind(
        ERROR,
        N_("the id is {measure}, but the label beside it, “{value}”, is that of {other}"),
        N_("Check that rows were not shifted or sorted in part, and make id and label agree."),
    ),
}
