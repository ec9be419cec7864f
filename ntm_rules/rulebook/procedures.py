"""What a person writes of a province's procedure: its documents, its numbers each with a source or pending, reasons to
return a dossier."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Literal, Self

from pydantic import model_validator

from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.model_checking import check
from ntm_rules.rulebook.models import Document, Id, MeasureId, Number, Source, Text, Written
from ntm_rules.rulebook.yaml_reader import RulebookError, RuleProblem, YamlFile, read_yaml

PROCEDURE = "procedure.yaml"
"""The file of a set's folder; a set may have none."""
PARAMETERS = (
    "accept_within_days", "appraise_within_days", "comment_days", "surveyed_share", "satisfaction_share",
    "council_quorum_share", "council_votes_share",
)  # fmt: skip
"""The numbers that a procedure has, by id; nothing in the program knows a value of them."""


class Parameter(Written):
    """One number of the procedure with the document that fixes it, or why it is not known."""

    id: Id
    title: Text
    unit: Text
    value: Number | None = None
    source: Source | None = None
    pending: Text | None = None
    of: Literal["members", "present", "votes"] | None = None
    """Of a share of votes: of what. Where it is not stated, votes are counted and not judged."""

    @model_validator(mode="after")
    def _has_a_source_or_is_pending(self) -> Self:
        if (self.value is None) == (self.pending is None):
            raise ValueError(N_("state a number's value or what is pending, not both"))
        if self.value is not None and self.source is None:
            raise ValueError(N_("a number of the procedure needs its source"))
        return self


class ReturnReason(Written):
    """One of the reasons for which a dossier may be returned."""

    id: Id
    label: Text


class CommentMeasures(Written):
    """The shares of the set that residents' comments are the figures of: recorded by the standing office, appraised by nobody."""

    surveyed: MeasureId
    """Households asked, of all."""
    satisfied: MeasureId
    """Households satisfied, of those asked."""


class Procedure(Written):
    """How a province appraises, as its set says."""

    documents: tuple[Document, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    return_reasons: tuple[ReturnReason, ...] = ()
    """Enumerated by the set for the sake of order; no law."""

    comments: CommentMeasures | None = None

    @property
    def comment_measures(self) -> frozenset[str]:
        """The shares that residents' comments are the figures of; none where the set names none."""
        return frozenset({self.comments.surveyed, self.comments.satisfied}) if self.comments else frozenset()

    def parameter(self, id_: str) -> Parameter | None:
        """Return the number of an id; None where the set does not have it."""
        return next((one for one in self.parameters if one.id == id_), None)

    def reason(self, id_: str) -> ReturnReason | None:
        """Return the reason of an id; None where there is none."""
        return next((reason for reason in self.return_reasons if reason.id == id_), None)


def read_procedure(folder: Path, shares: Collection[str] | None = None) -> Procedure:
    """Return the procedure of a set's folder; one that says nothing where there is no such file.

    `shares`: the set's counted shares, among which the figures of residents' comments must be; None: not looked at.

    Raises:
        RulebookError: every mistake in the file, with line and key.
    """
    path = folder / PROCEDURE
    if not path.exists():
        return Procedure()
    file = read_yaml(path, name=PROCEDURE, within=folder)
    procedure = check(file, Procedure)
    problems = [*_twice(file, procedure), *_unknown(file, procedure), *_no_share(file, procedure, shares)]
    if problems:
        raise RulebookError(problems)
    return procedure


def _twice(file: YamlFile, procedure: Procedure) -> list[RuleProblem]:
    found = []
    for key in ("documents", "parameters", "return_reasons"):
        ids = [one.id for one in getattr(procedure, key)]
        found += [
            file.problem((key, at, "id"), Message("“{id}” stands here twice", id=id_))
            for at, id_ in enumerate(ids)
            if id_ in ids[:at]
        ]
    return found


def _unknown(file: YamlFile, procedure: Procedure) -> list[RuleProblem]:
    documents = {one.id for one in procedure.documents}
    found = []
    for at, one in enumerate(procedure.parameters):
        if one.id not in PARAMETERS:
            known = ", ".join(PARAMETERS)
            words = Message("“{id}” is no number of a procedure; there are: {known}", id=one.id, known=known)
            found.append(file.problem(("parameters", at, "id"), words))
        if one.source is not None and one.source.document not in documents:
            words = Message("“{id}” is not among the documents of this file", id=one.source.document)
            found.append(file.problem(("parameters", at, "source", "document"), words))
    return found


def _no_share(file: YamlFile, procedure: Procedure, shares: Collection[str] | None) -> list[RuleProblem]:
    comments = procedure.comments
    if comments is None or shares is None:
        return []
    return [
        file.problem(("comments", key), Message("“{id}” is no share of the set that is counted", id=measure))
        for key, measure in (("surveyed", comments.surveyed), ("satisfied", comments.satisfied))
        if measure not in shares
    ]
