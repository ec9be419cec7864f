"""Cross-checks: what in a commune's report asks for a second look. No verdict ever depends on a finding.

The set's catalogue (`ntm_rules.rulebook.cross_checks`) says what is looked for and how grave it is; a module
here holds each kind of condition:

    over_evaluation, over_report    the doors: all reports of an evaluation, or one alone
    reports, context                reports with their verdicts, and what conditions look at
    running                         every check over reports -> findings
    relations                       relation, same, contradiction
    years                           changed, no_longer_met
    targets                         exactly_the_target
    documents                       without_evidence, document_without, document_dated
    copies                          all_identical
    readings                        what reading the data already found
    many                            each of them over all reports of an evaluation at once, as arrays
"""

from ntm_rules.evaluation.cross_checks.finding import CheckedFigure, ExactAmount, Fact, Finding

__all__ = ["CheckedFigure", "ExactAmount", "Fact", "Finding"]
