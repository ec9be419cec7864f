"""What may be taken out as data: one table of collections, from which CSV, JSON, the API and its OpenAPI document come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from ntm_rules.appraisal.entries import CELLS
from ntm_rules.appraisal.permissions import Scope
from ntm_rules.evaluation.reference import Result
from ntm_rules.web.models import Comment, Conclusion, Decision, Event, Evidence, Figure, Finding, Rereview, Round, Taken
from ntm_rules.web.models.rounds import rounds_with_law
from ntm_rules.web.reading import latest
from ntm_rules.web.remarks import moderated
from ntm_rules.web.views.standings import all_stood

TEXT, WHOLE = "string", "integer"
"""Types of columns, as JSON Schema calls them."""


class ExtractColumn(NamedTuple):
    """A column of a collection."""

    name: str
    words: str
    """In English, for whoever writes a program against it."""
    type: str = TEXT
    empty: bool = False
    """It may be null."""


class Collection(NamedTuple):
    """Rows of one kind, of one round."""

    name: str
    scope: Scope
    words: str
    columns: Sequence[ExtractColumn]
    rows: Callable[[Round, int], Iterator[Sequence[object]]]
    """Of a round; after the row of this number, where rows are numbered."""


_COMMUNE = ExtractColumn("commune", "code of the commune")
_OF_HAMLETS = "; of a hamlet with its number behind it, `measure@3`, and `@3` alone for the hamlet's name"
_MEASURE = ExtractColumn("measure", f"id of the measure in the criteria set{_OF_HAMLETS}")
_WHO = ExtractColumn("by", "name to sign in of who did it", empty=True)
_AT = ExtractColumn("at", "when: ISO 8601, UTC")
_CELLS = tuple(
    ExtractColumn(name, words)
    for name, words in zip(
        CELLS,
        ("the value, as typed", "the numerator, as typed", "the denominator, as typed", "the year before, as typed",
         "the document it rests on", "a note"),
        strict=True,
    )
)  # fmt: skip
_SAID = "dossier__commune", "by__username", "at"


def _dossiers(one: Round, _after: int) -> Iterator[Sequence[object]]:
    for dossier in one.dossiers.select_related("submitted_by"):
        submitted = dossier.submitted_by.username if dossier.submitted_by else None
        yield dossier.commune, dossier.state, dossier.version, submitted


def _figures(one: Round, _after: int) -> Iterator[Sequence[object]]:
    yield from _versions_of(latest(Figure.objects.filter(dossier__round=one)).order_by("dossier__commune", "measure"))


def _versions(one: Round, after: int) -> Iterator[Sequence[object]]:
    for row in Figure.objects.filter(dossier__round=one, pk__gt=after).order_by("pk").values_list("pk", *_FIGURE):
        yield *row[:-1], row[-1].isoformat()


_FIGURE = ("dossier__commune", "measure", "version", *CELLS, "way", "by__username", "at")


def _versions_of(figures: Any) -> Iterator[Sequence[object]]:
    for row in figures.values_list(*_FIGURE):
        yield *row[:-1], row[-1].isoformat()


def _evidence(one: Round, _after: int) -> Iterator[Sequence[object]]:
    names = ("dossier__commune", "measure", "name", "sha256", "size", "withdraws", "by__username", "at")
    for row in Evidence.objects.filter(dossier__round=one).order_by("pk").values_list("pk", *names):
        yield *row[:-1], row[-1].isoformat()


def _steps(one: Round, _after: int) -> Iterator[Sequence[object]]:
    names = ("dossier__commune", "version", "step", "start", "end", "reason", "note", "by__username", "at")
    for row in Taken.objects.filter(dossier__round=one).order_by("pk").values_list(*names):
        yield *row[:-1], row[-1].isoformat()


def _findings(one: Round, _after: int) -> Iterator[Sequence[object]]:
    names = ("dossier__commune", "agency", "measure", "act", "figure", *CELLS, "reason", "cause", "by__username", "at")
    for row in Finding.objects.filter(dossier__round=one).order_by("pk").values_list("pk", *names):
        yield *row[:-1], row[-1].isoformat()


def _extensions(one: Round, _after: int) -> Iterator[Sequence[object]]:
    names = ("what", "place", "day", "reason", "by__username", "at")
    for row in one.extensions.order_by("pk").values_list(*names):
        yield *row[:2], row[2].isoformat(), *row[3:-1], row[-1].isoformat()


def _comments(one: Round, _after: int) -> Iterator[Sequence[object]]:
    names = ("dossier__commune", "households", "surveyed", "satisfied", "document", "note", "by__username", "at")
    for row in Comment.objects.filter(dossier__round=one).order_by("pk").values_list(*names):
        yield *row[:-1], row[-1].isoformat()


def _sessions(one: Round, _after: int) -> Iterator[Sequence[object]]:
    for row in one.sessions.order_by("pk").values_list("pk", "day", "place", "by__username", "at"):
        yield row[0], row[1].isoformat(), *row[2:-1], row[-1].isoformat()


def _conclusions(one: Round, _after: int) -> Iterator[Sequence[object]]:
    names = ("dossier__commune", "session", "criterion", "concluded", "reason", "by__username", "at")
    for row in Conclusion.objects.filter(dossier__round=one).order_by("pk").values_list(*names):
        yield *row[:-1], row[-1].isoformat()


def _decisions(one: Round, _after: int) -> Iterator[Sequence[object]]:
    names = ("dossier__commune", "kind", "number", "note", "name", "sha256", "by__username", "day", "at")
    for row in Decision.objects.filter(dossier__round=one).order_by("pk").values_list(*names):
        yield *row[:-2], row[-2].isoformat() if row[-2] else None, row[-1].isoformat()


def _closures(one: Round, _after: int) -> Iterator[Sequence[object]]:
    for row in one.closures.order_by("pk").values_list("closes", "reason", "by__username", "at"):
        yield int(row[0]), *row[1:-1], row[-1].isoformat()


def _repinnings(one: Round, _after: int) -> Iterator[Sequence[object]]:
    sides = ("before__law__sha256", "before__rules_sha256", "pin__law__sha256", "pin__rules_sha256")
    for row in one.repinnings.order_by("pk").values_list(*sides, "reason", "by__username", "at"):
        yield *row[:-1], row[-1].isoformat()


def _rereviews(one: Round, _after: int) -> Iterator[Sequence[object]]:
    names = ("dossier__commune", "decision__dossier__commune", "decision__dossier__round", "decision__number")
    rows = Rereview.objects.filter(dossier__round=one).order_by("pk")
    for row in rows.values_list(*names, "reason", "by__username", "at"):
        yield *row[:-1], row[-1].isoformat()


def _remarks(one: Round, _after: int) -> Iterator[Sequence[object]]:
    """Yield every remark; the words of those alone that everybody reads."""
    for dossier in one.dossiers.filter(remarks__isnull=False).distinct():
        for each in reversed(moderated(dossier)):
            state = "waiting" if each.last is None else "shown" if each.shows else "kept-back"
            row, words = each.remark, (each.remark.name, each.remark.text) if each.shows else ("", "")
            yield row.pk, dossier.commune, state, row.opinion, *words, row.at.isoformat()


def _verdicts(one: Round, _after: int) -> Iterator[Sequence[object]]:
    for stood in all_stood(one):
        parts: list[Result] = [stood.judged.result]
        parts += [stood.judged.conditions] if stood.judged.conditions is not None else []
        while parts:
            part = parts.pop(0)
            yield (
                stood.dossier.commune,
                part.level,
                part.id,
                part.verdict.name,
                part.reason.name if part.reason else None,
            )
            parts[:0] = part.children


def _events(one: Round, after: int) -> Iterator[Sequence[object]]:
    names = ("number", "at", "person__username", "dossier__commune", "kind", "told", "before", "sha256")
    yield from Event.objects.filter(dossier__round=one, number__gt=after).order_by("number").values_list(*names)


NUMBERED = {"versions", "events"}
"""Collections that grow for ever and are taken in parts: `after` says from which number on."""

COLLECTIONS: dict[str, Collection] = {
    one.name: one
    for one in (
        Collection("dossiers", Scope.DOSSIERS, "Where the dossier of each commune stands.", (
            _COMMUNE, ExtractColumn("state", "where it stands on its way"),
            ExtractColumn("version", "rises by one with every step", WHOLE),
            ExtractColumn("submitted_by", "name to sign in of who submitted it", empty=True),
        ), _dossiers),
        Collection("figures", Scope.FIGURES, "The figures of the communes as they stand.", (
            _COMMUNE, _MEASURE, ExtractColumn("version", "of the figure, from 1", WHOLE), *_CELLS,
            ExtractColumn("way", "how it came: form or excel"), _WHO, _AT,
        ), _figures),
        Collection("versions", Scope.FIGURES, "Every version of every figure that was ever saved.", (
            ExtractColumn("number", "of the version among all", WHOLE), _COMMUNE, _MEASURE,
            ExtractColumn("version", "of the figure, from 1", WHOLE), *_CELLS, ExtractColumn("way", "how it came: form or excel"), _WHO, _AT,
        ), _versions),
        Collection("evidence", Scope.FIGURES, "Evidence files, added and withdrawn; the files themselves are in a backup.", (
            ExtractColumn("number", "of the file among all", WHOLE), _COMMUNE, _MEASURE, ExtractColumn("name", "of the file"),
            ExtractColumn("sha256", "of its content"), ExtractColumn("size", "in bytes", WHOLE),
            ExtractColumn("withdraws", "number of the file that this row withdraws", WHOLE, empty=True), _WHO, _AT,
        ), _evidence),
        Collection("verdicts", Scope.VERDICTS, "What the figures of each commune come to: the layer of the self-assessment.", (
            _COMMUNE, ExtractColumn("level", "commune, criterion, indicator, requirement ..."), ExtractColumn("id", "of it in the criteria set"),
            ExtractColumn("verdict", "MET, NOT_MET, NO_DATA, NO_TARGET, NOT_APPLICABLE"),
            ExtractColumn("reason", "why, where a requirement says so", empty=True),
        ), _verdicts),
        Collection("findings", Scope.FINDINGS, "What agencies proposed, confirmed, sent back or asked for, act by act.", (
            ExtractColumn("number", "of the act among all", WHOLE), _COMMUNE, ExtractColumn("agency", "id of the agency"), _MEASURE,
            ExtractColumn("act", "what was done"), ExtractColumn("figure", "version of the commune's figure it is about; 0: none", WHOLE),
            *_CELLS, ExtractColumn("reason", "in words"), ExtractColumn("cause", "id of the reason of a request"), _WHO, _AT,
        ), _findings),
        Collection("steps", Scope.DOSSIERS, "Steps of the dossiers.", (
            _COMMUNE, ExtractColumn("version", "of the dossier after it", WHOLE), ExtractColumn("step", "what was done"),
            ExtractColumn("start", "state before"), ExtractColumn("end", "state after"), ExtractColumn("reason", "id of the reason"),
            ExtractColumn("note", "in words"), _WHO, _AT,
        ), _steps),
        Collection("extensions", Scope.DOSSIERS, "Days that were put off.", (
            ExtractColumn("what", "submit or appraise"), ExtractColumn("place", "code of a commune or id of an agency; empty: all"),
            ExtractColumn("day", "the new day"), ExtractColumn("reason", "in words"), _WHO, _AT,
        ), _extensions),
        Collection("closures", Scope.ROUNDS, "When the round was closed, and opened again.", (
            ExtractColumn("closes", "1: it was closed; 0: it was opened again", WHOLE), ExtractColumn("reason", "in words"), _WHO, _AT,
        ), _closures),
        Collection("repinnings", Scope.ROUNDS, "When the round came to follow another version of the law.", (
            ExtractColumn("law_sha256_before", "of the files until then"), ExtractColumn("rules_sha256_before", "of the rules until then"),
            ExtractColumn("law_sha256", "of the files since then"), ExtractColumn("rules_sha256", "of the rules since then"),
            ExtractColumn("reason", "in words"), _WHO, _AT,
        ), _repinnings),
        Collection("rereviews", Scope.DOSSIERS, "Dossiers that review a unit again into which a recognised commune went.", (
            _COMMUNE, ExtractColumn("of", "code of the recognised commune"), ExtractColumn("round", "id of the round that recognised it", WHOLE),
            ExtractColumn("decision", "number of its decision"), ExtractColumn("reason", "in words"), _WHO, _AT,
        ), _rereviews),
        Collection("remarks", Scope.COUNCIL, "Comments from the public page; the words of those that everybody reads.", (
            ExtractColumn("number", "of the comment among all", WHOLE), _COMMUNE, ExtractColumn("state", "waiting, shown or kept-back"),
            ExtractColumn("opinion", "satisfied, not, or empty"), ExtractColumn("name", "as it was typed"), ExtractColumn("text", "as it was typed"), _AT,
        ), _remarks),
        Collection("comments", Scope.COUNCIL, "Comments of residents, as recorded; the last of a commune counts.", (
            _COMMUNE, ExtractColumn("households", "of the commune", WHOLE), ExtractColumn("surveyed", "households asked", WHOLE),
            ExtractColumn("satisfied", "households satisfied", WHOLE), ExtractColumn("document", "it rests on"), ExtractColumn("note", "a note"), _WHO, _AT,
        ), _comments),
        Collection("sessions", Scope.COUNCIL, "Sessions of the council; who attended and how each voted is in a backup alone.", (
            ExtractColumn("id", "of the session", WHOLE), ExtractColumn("day", "of the session"), ExtractColumn("place", "of the session"), _WHO, _AT,
        ), _sessions),
        Collection("conclusions", Scope.COUNCIL, "What the council concluded; the last of a criterion counts.", (
            _COMMUNE, ExtractColumn("session", "id of the session", WHOLE, empty=True),
            ExtractColumn("criterion", "id of the criterion; empty: the commune"), ExtractColumn("concluded", "what was concluded"),
            ExtractColumn("reason", "where it departs from the agencies"), _WHO, _AT,
        ), _conclusions),
        Collection("decisions", Scope.COUNCIL, "Recognitions, refusals and revocations, as recorded.", (
            _COMMUNE, ExtractColumn("kind", "recognise, refuse or revoke"), ExtractColumn("number", "of the decision"), ExtractColumn("note", "in words"),
            ExtractColumn("name", "of its file"), ExtractColumn("sha256", "of its file"), _WHO, ExtractColumn("day", "of the decision", empty=True), _AT,
        ), _decisions),
        Collection("events", Scope.LOG, "The chained log, as far as it is of dossiers of the round.", (
            ExtractColumn("number", "from 1, over all rounds", WHOLE), _AT, _WHO._replace(name="person"),
            _COMMUNE._replace(empty=True), ExtractColumn("kind", "what happened"), ExtractColumn("told", "what happened, as canonical JSON"),
            ExtractColumn("before", "SHA-256 of the event before"), ExtractColumn("sha256", "of this event"),
        ), _events),
    )
}  # fmt: skip

ROUNDS = (
    ExtractColumn("id", "of the round", WHOLE), ExtractColumn("title", "of the round"), ExtractColumn("year", "that is assessed", WHOLE),
    ExtractColumn("set", "id of the criteria set"), ExtractColumn("set_version", "of the criteria set"),
    ExtractColumn("law_sha256", "of the pinned files"), ExtractColumn("rules_sha256", "of the rules resolved for the year"),
    ExtractColumn("submit_by", "day"), ExtractColumn("appraise_by", "day", empty=True),
    ExtractColumn("illustrative", "1: all figures are invented", WHOLE), ExtractColumn("closed_at", "when: ISO 8601, UTC", empty=True),
)  # fmt: skip


def rounds() -> Iterator[Sequence[object]]:
    """Yield every round."""
    for one in rounds_with_law().order_by("pk"):
        appraise_by = one.appraise_by.isoformat() if one.appraise_by else None
        yield (
            one.pk, one.title, one.year, one.law.set_id, one.law.version, one.law.sha256, one.rules_sha256,
            one.submit_by.isoformat(), appraise_by, int(one.illustrative),
            one.closed_at.isoformat() if one.closed_at else None,
        )  # fmt: skip
