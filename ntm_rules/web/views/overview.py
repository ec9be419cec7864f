"""The pages of results over a layer of a round, as `ntm report html` writes them into a folder."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from ntm_rules.i18n import _
from ntm_rules.report.html.links import Link
from ntm_rules.web.access import POLICY
from ntm_rules.web.drawing import LINKS, drawn
from ntm_rules.web.layer_tables import layer_named
from ntm_rules.web.models import Round
from ntm_rules.web.overviews import overview_of

KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}
WITH_LENGTHS = f"{POLICY}; style-src-attr 'unsafe-inline'"
"""Bars have their lengths in style attributes; style sheets and scripts within a page stay forbidden."""


def overview(request: HttpRequest, round: int, layer: str, file: str) -> HttpResponse:
    """Show one page of the results of a layer, or what it needs."""
    one = get_object_or_404(Round.objects.select_related("law"), pk=round)
    table = layer_named(one, layer)
    if table is None:
        raise Http404
    site = overview_of(one, table).site
    if site is None:
        words = _("Nothing in this layer can be judged yet.")
        trail = [Link(one.title, LINKS.to("round", one.pk))]
        return drawn(request, "wrong.html", table.words, here="rounds", trail=trail, words=words)
    content = site.file(file)
    if content is None:
        if file != "index.html" and file.endswith(".html"):
            where = reverse("overview", kwargs={"round": round, "layer": layer, "file": "index.html"})
            return HttpResponseRedirect(where)
        raise Http404
    response = HttpResponse(content, content_type=KINDS.get(f".{file.rpartition('.')[2]}", "application/octet-stream"))
    response["Content-Security-Policy"] = WITH_LENGTHS
    return response
