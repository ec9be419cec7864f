"""Rules engine for the new-rural (nông thôn mới) criteria of communes.

Folders follow the way data flows:

    criteria/ (YAML)  ->  rulebook   read, check, resolve for a date and overlays -> CriteriaSet
    DATA (files)      ->  dataset    read, check, collect every problem           -> Dataset
    both              ->  evaluation verdict, reason and gap of every node        -> Evaluation
                      ->  standing   how communes, agencies, the province stand: counts, what is in the way, ranking
                      ->  wording    every sentence about a value, a target, a gap, a decision, a place
                      ->  workbench  checks, tests and comparisons of the rules
                      ->  report     workbooks, Word, pages and pictures, CSV, JSON, the book of rules
                  ->  forms      workbooks that communes fill in, and get back with their mistakes marked
                  ->  runs       open the law, read, judge, write: values in, a result or a refusal out, no screen
                      ->  cli        the `ntm` command: options and screens

`rulebook` and `dataset` know nothing of each other's readers; nothing knows `cli`.
"""

__version__ = "0.3.0"
