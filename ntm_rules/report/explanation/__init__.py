"""Why one commune has a verdict: as prose (`prose`), as JSON (`as_json`), and what it still lacks (`missing`)."""

from ntm_rules.report.explanation.missing import Missing, missing
from ntm_rules.report.explanation.subject import Explanation, Subject, subject_of
from ntm_rules.wording.sources import source_words

__all__ = [
    "Explanation",
    "Missing",
    "Subject",
    "missing",
    "source_words",
    "subject_of",
]
