"""The OpenAPI document of the read-only API, made from the table of collections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ntm_rules import __version__
from ntm_rules.appraisal.permissions import ACCESS, Scope
from ntm_rules.web.extracts import COLLECTIONS, NUMBERED, ROUNDS, ExtractColumn

MOST_ROWS = 5000
"""Of a collection that is taken in parts."""


def document() -> dict[str, Any]:
    """Return the document."""
    paths = {"/api/v1/rounds": _path("Rounds, with the law each has pinned.", _scope("api-rounds"), ROUNDS, [])}
    of_round = {"name": "round", "in": "path", "required": True, "schema": {"type": "integer"}}
    after = {
        "name": "after", "in": "query", "schema": {"type": "integer", "minimum": 0},
        "description": f"Only rows with a greater number; {MOST_ROWS} at most are sent, `next` says where to go on.",
    }  # fmt: skip
    for one in COLLECTIONS.values():
        given: list[dict[str, Any]] = [of_round, after] if one.name in NUMBERED else [of_round]
        paths[f"/api/v1/rounds/{{round}}/{one.name}"] = _path(one.words, one.scope, one.columns, given)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "ntm web",
            "version": __version__,
            "description": "Read only. Figures are as typed; none is rounded.",
        },
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "paths": paths,
    }


def _scope(address: str) -> Scope:
    scope = ACCESS[address]
    assert isinstance(scope, Scope)
    return scope


def _path(words: str, scope: Scope, columns: Sequence[ExtractColumn], given: list[dict[str, Any]]) -> dict[str, Any]:
    refused = {"401": {"description": "No token, or one that has ended."}, "403": {"description": "Another scope."}}
    answer = {"description": words, "content": {"application/json": {"schema": schema_of(columns)}}}
    return {
        "get": {
            "summary": words, "description": f"Scope: `{scope.value}`.", "security": [{"token": [scope.value]}],
            "parameters": given, "responses": {"200": answer, **refused, "404": {"description": "No such round."}},
        }
    }  # fmt: skip


def schema_of(columns: Sequence[ExtractColumn]) -> dict[str, Any]:
    """Return the JSON Schema of an answer."""
    held = {
        column.name: {"type": [column.type, "null"] if column.empty else column.type, "description": column.words}
        for column in columns
    }
    row = {"type": "object", "properties": held, "required": list(held), "additionalProperties": False}
    return {
        "type": "object",
        "properties": {"rows": {"type": "array", "items": row}, "next": {"type": ["integer", "null"]}},
        "required": ["rows", "next"],
        "additionalProperties": False,
    }
