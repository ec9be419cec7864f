"""Whether data look made for another criteria set: most of their communes, or of their figures, are unknown."""

from __future__ import annotations

from ntm_rules.dataset.records import Dataset

UNKNOWN_COMMUNE = frozenset({"code-unknown"})
UNKNOWN_MEASURE = frozenset({"measure-unknown", "column-unknown", "column-of-figures-unknown"})
"""Problems that name something the set does not have."""

UNKNOWN_HEADER = frozenset({"csv-without-header", "workbook-without-form"})
"""Problems of a file none of whose columns or rows the set knows."""


def of_another_set(dataset: Dataset) -> bool:
    """Tell whether more communes, or more figures, are unknown to the set than known; one alone is a slip.

    A file in which no header is known says so alone where nothing else was read.

    >>> of_another_set(Dataset(()))
    False
    """
    if not dataset.records and any(problem.code in UNKNOWN_HEADER for problem in dataset.problems):
        return True
    communes = {record.code for record in dataset.records} | {p.commune_code for p in dataset.problems} - {""}
    measures = _reported(dataset) | {p.measure for p in dataset.problems} - {""}
    return any(
        len(unknown) > max(1, len(known - unknown))
        for unknown, known in (
            (_written(dataset, UNKNOWN_COMMUNE), communes),
            (_written(dataset, UNKNOWN_MEASURE), measures),
        )
    )


def _reported(dataset: Dataset) -> set[str]:
    """Return the measures of which anything was reported."""
    if isinstance(dataset.records, list):
        return {measure for record in dataset.records for measure in record.values}
    from ntm_rules.dataset.record_views import as_records  # arrays are for many records

    columns = as_records(dataset.records).columns
    return {name for name, reported in zip(columns.measures, columns.reported_rows.tolist(), strict=True) if reported}


def _written(dataset: Dataset, codes: frozenset[str]) -> set[str]:
    return {problem.value for problem in dataset.problems if problem.code in codes}
