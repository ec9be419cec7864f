"""Rules engine for the new-rural (nông thôn mới) criteria of communes.

Folders follow the way data flows:

    criteria/ (YAML)  ->  rulebook   read, check, resolve for a date and overlays -> CriteriaSet
    DATA (files)      ->  dataset    read, check, collect every problem           -> Dataset
    both              ->  evaluation verdict, reason and gap of every node        -> Evaluation
                      ->  workbench  checks, tests and comparisons of the rules
                      ->  report     workbook, CSV, JSON, words, the book of rules
                      ->  cli        the `ntm` command

`rulebook` and `dataset` know nothing of each other's readers; nothing knows `cli`.
"""

__version__ = "0.2.0"
