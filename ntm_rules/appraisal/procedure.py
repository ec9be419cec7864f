"""A province's procedure as data: its documents, its parameters each with a source or pending, reasons for a return."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from ntm_rules.i18n import N_
from ntm_rules.rulebook.models import Document, Id, Number, Source, Text, Written
from ntm_rules.rulebook.yaml_reader import check, read_yaml

PROCEDURE = "procedure.yaml"
"""The file of a set's folder."""
ParameterName = Literal[
    "accept_within_days",
    "appraise_within_days",
    "comment_days",
    "satisfaction_share",
    "surveyed_share",
    "council_quorum_share",
    "council_votes_share",
]


class PendingParameter(Written):
    """Why a parameter has no value: no document that fixes it is known."""

    note: Text


class Parameter(Written):
    """One number of the procedure, with the document that fixes it; else why it is not known."""

    id: ParameterName
    title: Text
    unit: Text
    value: Number | None = None
    source: Source | None = None
    pending: PendingParameter | None = None

    @model_validator(mode="after")
    def _has_a_source_or_is_pending(self) -> Self:
        if (self.value is None) == (self.pending is None):
            raise ValueError(N_("state either `value` with its `source`, or `pending`"))
        if (self.value is None) != (self.source is None):
            raise ValueError(N_("a `value` needs its `source`: no number stands without a document"))
        return self


class ReturnReason(Written):
    """One of the reasons for which a dossier may be returned."""

    id: Id
    label: Text


class Procedure(Written):
    """How a province appraises, as its set says."""

    documents: tuple[Document, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    return_reasons: tuple[ReturnReason, ...] = Field(default=())
    """Enumerated by the set for the sake of order; no law."""

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        for ids in (
            [one.id for one in self.documents],
            [one.id for one in self.parameters],
            [one.id for one in self.return_reasons],
        ):
            if len(set(ids)) != len(ids):
                raise ValueError(N_("an id stands twice"))
        known = {one.id for one in self.documents}
        if any(one.source is not None and one.source.document not in known for one in self.parameters):
            raise ValueError(N_("a source names a document that is not among `documents`"))
        return self

    def reason(self, id_: str) -> ReturnReason | None:
        """Return the reason of an id; None where there is none."""
        return next((reason for reason in self.return_reasons if reason.id == id_), None)


def read_procedure(folder: Path) -> Procedure:
    """Return the procedure of a set's folder; one that says nothing where there is no such file.

    Raises:
        RulebookError: every mistake in the file, with line and key.
    """
    path = folder / PROCEDURE
    return check(read_yaml(path, name=PROCEDURE), Procedure) if path.exists() else Procedure()
