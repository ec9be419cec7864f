"""What cross-checks found in many reports as columns, each text made once for findings that are said alike."""

from __future__ import annotations

import numpy as np

from ntm_rules.evaluation.cross_checks.many.findings import Findings
from ntm_rules.packed_texts import let_go
from ntm_rules.report.finding_places import FindingPlaces
from ntm_rules.text_columns import Columns, Numbers, TextColumn, below, column_of
from ntm_rules.wording.finding_sentences import Sentences
from ntm_rules.wording.findings import FindingRow, finding_words, mend_words

COLUMNS = FindingRow._fields
_OWN = ("measures", "file", "places", "message", "mend")
"""What differs between the findings of one check."""


def finding_table(findings: Findings) -> Columns:
    """Return the findings of one evaluation in their order."""
    records, checks = findings.reports.evaluation.records, [one.check for one in findings.by_check]
    places = FindingPlaces(records)
    own = [_own_of(findings, at, places) for at in range(len(checks))]
    order = np.argsort(findings.checks, kind="stable")  # those of one check lie together in `own`
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    at, check = findings.records.astype(np.int32), findings.checks.astype(np.int32)
    parts = list(zip(*own, strict=True)) or [()] * len(_OWN)
    texts = {name: below(part).at(back) for name, part in zip(_OWN, parts, strict=True)}
    del own, parts
    let_go()
    return {
        "commune_code": TextColumn(at, records.codes),
        "commune": TextColumn(at, records.names),
        "year": records.years[at].astype(np.int64),
        "check": TextColumn(check, [one.id for one in checks]),
        "severity": TextColumn(check, [str(one.severity) for one in checks]),
        "title": TextColumn(check, [str(one.title) for one in checks]),
        **texts,
    }


def _own_of(findings: Findings, at: int, places: FindingPlaces) -> tuple[TextColumn, ...]:
    """Return the columns of one check's findings, in the order of `_OWN`."""
    checked = findings.by_check[at]
    check, hits = checked.check, checked.hits
    measures = [list(dict.fromkeys([figure.measure for figure in figures])) for figures in hits.figures]
    subjects: Numbers = hits.subjects[checked.kept].astype(np.int32)
    where = [
        places.of(record, measures[subject], hits.places.get(hit, ()))
        for hit, record, subject in zip(
            checked.kept.tolist(), hits.records[checked.kept].tolist(), subjects.tolist(), strict=True
        )
    ]
    sentences = Sentences(findings, at)
    return (
        TextColumn(subjects, [";".join(ids) for ids in measures]),
        column_of([file for file, _places in where]),
        column_of([place for _file, place in where]),
        sentences.said(check.finding, finding_words),
        sentences.said(check.mend, mend_words),
    )
