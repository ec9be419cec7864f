"""What is wrong with figures and answers, and with those given twice."""

from __future__ import annotations

from ntm_rules.dataset.problem_kinds.kind import COMPOSE, ERROR, WARNING, ProblemKind
from ntm_rules.i18n import N_

_BOTH_PARTS = N_("Give both numerator and denominator, or neither and the percentage instead.")
_CHECK = N_("Check the figure against its document and write the right one.")

KINDS: dict[str, ProblemKind] = {
    # --- figures
    "number-two-readings": ProblemKind(
        ERROR,
        N_("“{value}” can be read as {thousands} or as {decimals}"),
        N_("Write {thousands} or {decimals}."),
        N_("Write {nearest}: things are counted in whole numbers here."),
    ),
    "number-dot-decimal": ProblemKind(
        ERROR, N_("“{value}” has a decimal point; here decimals take a comma"), N_("Write {suggestion}.")
    ),
    "not-a-number": ProblemKind(
        ERROR,
        N_("“{value}” is not a number"),
        N_("Write one number alone, such as 1234,5; leave the cell empty when there is none."),
    ),
    "number-too-long": ProblemKind(ERROR, N_("“{value}” has too many digits"), _CHECK),
    "not-finite": ProblemKind(ERROR, N_("“{value}” is not a number"), N_("Leave it empty when there is no figure.")),
    "date-not-number": ProblemKind(
        ERROR,
        N_("the cell holds a date or time ({value}), not a number"),
        N_("Set the cell's format to General and write the number again."),
    ),
    "not-a-day": ProblemKind(
        ERROR,
        N_("“{value}” is not a day"),
        N_("Write the day, the month and the year in figures, such as 31/12/2025."),
    ),
    "percent-sign": ProblemKind(
        ERROR, N_("“{value}”: a percent sign does not belong to this figure"), N_("Write {suggestion}.")
    ),
    "percent-format": ProblemKind(
        ERROR,
        N_("the cell is formatted as a percentage ({value}), but this figure is not a percentage"),
        N_("Set the cell's format to General and write the number again."),
    ),
    "percent-over-one": ProblemKind(
        ERROR,
        N_("the cell holds {written} formatted as a percentage, so it shows {value}"),
        N_("For {written} percent, set the cell's format to General and write {written}."),
    ),
    "above-100": ProblemKind(ERROR, N_("{value} is more than 100 percent"), _CHECK),
    "negative": ProblemKind(ERROR, N_("{value} is negative, which this figure cannot be"), _CHECK),
    "below-range": ProblemKind(ERROR, N_("{value} is less than {bound}, the least this figure can be"), _CHECK),
    "above-range": ProblemKind(ERROR, N_("{value} is more than {bound}, the most this figure can be"), _CHECK),
    "too-many-decimals": ProblemKind(
        ERROR, N_("{value} has more than {allowed} decimals"), N_("Round it to at most {allowed} decimals.")
    ),
    "part-not-whole": ProblemKind(ERROR, N_("{value} is not a whole number, but whole things are counted"), _CHECK),
    "count-not-whole": ProblemKind(
        ERROR,
        N_("{value} is not a whole number, but whole things are counted"),
        N_("Write the whole number that its document states; a part of a thing is not counted."),
    ),
    "part-decimals": ProblemKind(
        ERROR, N_("{value} has more than {allowed} decimals"), N_("Write it with at most {allowed} decimals.")
    ),
    "words-behind-number": ProblemKind(
        ERROR,
        N_("“{words}” in “{value}” is not the unit of this figure, which is {unit}"),
        N_("Write the number alone, in {unit}."),
    ),
    "number-in-powers": ProblemKind(
        ERROR,
        N_("“{value}” is a number in powers of ten, whose last digits may be lost"),
        N_("Write the number with all its digits; in Excel, set the cell's format to General first."),
    ),
    "count-in-value": ProblemKind(
        ERROR,
        N_("“{value}” counts {words}, but a percentage stands here"),
        N_("Write it under “Numerator” and the whole under “Denominator”; or the percentage here."),
    ),
    "date-not-share": ProblemKind(
        ERROR,
        N_("the cell holds a date ({value}), not a percentage: a spreadsheet makes one of what is typed as 5/6"),
        N_(
            "Set the cell's format to General, and write the percentage, or numerator and denominator in their own cells."
        ),
    ),
    "too-large": ProblemKind(
        ERROR,
        N_("{value} is too large; less than {limit} is expected"),
        N_("Check the figure and its unit."),
    ),
    "numerator-over-denominator": ProblemKind(
        ERROR,
        N_("the numerator {value} is larger than the denominator {denominator}"),
        N_("Check both; perhaps they were swapped."),
    ),
    "denominator-missing": ProblemKind(ERROR, N_("the numerator {value} has no denominator"), _BOTH_PARTS),
    "numerator-missing": ProblemKind(ERROR, N_("the denominator {value} has no numerator"), _BOTH_PARTS),
    "share-below-one": ProblemKind(
        ERROR,
        N_(
            "{value} can be meant as {percent} percent or, of 1, as {hundredfold} percent; it is not used until confirmed"
        ),
        N_("Write {clear}, or {percent}% with its sign, or give numerator and denominator."),
    ),
    "share-counted-below-one": ProblemKind(
        WARNING,
        N_("{value} comes to {percent} percent, less than 1"),
        N_("Check that both are in the same unit; if so, write the percentage {percent}% beside them as well."),
    ),
    "comma-two-readings": ProblemKind(
        ERROR,
        N_(
            "{value} in {counted} can be meant as {thousands} or as {decimals}, with decimals; it is not used until confirmed"
        ),
        N_(
            "Write {thousands} without a mark; or, if {counted} is right and comes to {percent} percent, write {percent}%"
            " beside both."
        ),
    ),
    "zero-denominator": ProblemKind(
        ERROR,
        N_("the denominator is 0"),
        N_("Check it; when there is nothing to count, say so where the form asks whether there is any."),
    ),
    "percent-disagrees": ProblemKind(
        ERROR,
        N_("the percentage {value} does not agree with {counted}"),
        N_("Check all three; numerator and denominator alone are enough."),
    ),
    "figure-typed-over": ProblemKind(
        ERROR,
        N_("“{value}” stands in the column “{computed}”, which the form works out for itself; it was not read"),
        N_("Enter the figure in the columns for it (Giá trị; or Tử số and Mẫu số), and clear this cell."),
    ),
    "parts-unused": ProblemKind(
        WARNING,
        N_("{value} was not read: this figure has no numerator or denominator"),
        N_("Clear the cell."),
    ),
    "value-missing": ProblemKind(
        ERROR,
        N_("{value} stands under numerator or denominator, but this figure has only a value"),
        N_("Write the figure under “Giá trị”."),
    ),
    # --- answers
    "answer-unknown": ProblemKind(
        ERROR,
        N_("“{value}” is not one of the answers"),
        N_("Answer one of: {allowed}."),
        N_("Answer one of: {allowed}. Did you mean “{nearest}”?"),
    ),
    "answer-a-mark": ProblemKind(
        ERROR,
        N_("“{value}” is a mark, with which one person says yes, and another no or a number"),
        N_("Answer in words: {allowed}."),
    ),
    "answer-two-readings": ProblemKind(
        ERROR,
        N_("“{value}” can mean that the answer is no, that it is not known yet, or that there is nothing of the kind"),
        N_("Answer one of: {allowed}; leave the cell empty while it is not known."),
    ),
    "answer-several": ProblemKind(
        ERROR,
        N_("“{value}” is several answers in one cell"),
        N_("Keep one of: {allowed}."),
    ),
    "answer-look-alike": ProblemKind(
        WARNING,
        N_("“{value}” has letters that only look like Vietnamese ones; it was read as “{meant}”"),
        N_("Type it again with a Vietnamese keyboard: “{value}” → “{meant}”."),
    ),
    "answer-nearly-met": ProblemKind(
        ERROR,
        N_("“{value}” is not a conclusion: what is basically met is not yet met"),
        N_("Answer one of: {allowed}."),
    ),
    "answer-not-applicable": ProblemKind(
        ERROR,
        N_("“{value}” is not an answer here"),
        N_("{instead}"),
    ),
    "not-applicable-unasked": ProblemKind(
        ERROR,
        N_("“{value}” stands here, but whether there is any (“{question}”) is not answered"),
        N_("Answer that question with Có or Không."),
    ),
    "not-applicable-though-there-is": ProblemKind(
        ERROR,
        N_("“{value}” stands here, but “{question}” is answered Có"),
        N_("Make the two answers agree."),
    ),
    "text-old-encoding": ProblemKind(ERROR, N_("“{value}” looks like TCVN3 (.VnTime) or VNI text"), COMPOSE),
    # --- the same thing twice
    "repeated": ProblemKind(
        WARNING,
        N_("figures of {commune} for {year} stand here again; equal to those in {other}"),
        N_("Remove one of the two."),
    ),
    "given-twice-differently": ProblemKind(
        ERROR,
        N_("“{value}” here, but “{other_value}” in {other}: neither was taken"),
        N_("Keep the right one, and remove the other."),
    ),
}
