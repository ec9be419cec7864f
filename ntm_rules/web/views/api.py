"""The read-only API: collections as JSON, for programs that hold a token of the right scope."""

from __future__ import annotations

from itertools import islice

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from ntm_rules.web.extracts import COLLECTIONS, NUMBERED, ROUNDS, rounds
from ntm_rules.web.models.rounds import rounds_with_law
from ntm_rules.web.openapi import MOST_ROWS, document


def openapi(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - what Django passes
    """Describe the API; it holds nothing of anybody."""
    return JsonResponse(document())


def api_rounds(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - what Django passes
    """Give the rounds."""
    names = [column.name for column in ROUNDS]
    return JsonResponse({"rows": [dict(zip(names, row, strict=True)) for row in rounds()], "next": None})


def api_collection(request: HttpRequest, round: int, collection: str) -> HttpResponse:
    """Give the rows of a collection of one round."""
    one = get_object_or_404(rounds_with_law(), pk=round)
    wanted = COLLECTIONS.get(collection)
    if wanted is None:
        raise Http404
    after = request.GET.get("after", "")
    start = int(after) if after.isdecimal() and len(after) < 16 else 0
    names = [column.name for column in wanted.columns]
    if collection not in NUMBERED:
        return JsonResponse({"rows": [dict(zip(names, row, strict=True)) for row in wanted.rows(one, 0)], "next": None})
    found = list(islice(wanted.rows(one, start), MOST_ROWS + 1))
    following = found[MOST_ROWS - 1][0] if len(found) > MOST_ROWS else None
    rows = [dict(zip(names, row, strict=True)) for row in found[:MOST_ROWS]]
    return JsonResponse({"rows": rows, "next": following})
