"""What somebody has been told of, the newest first."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from ntm_rules.i18n import _
from ntm_rules.report.html.links import Link
from ntm_rules.web.drawing import at_time, drawn
from ntm_rules.web.models import Notice
from ntm_rules.web.notices import link_of

MOST_SHOWN = 100


class NoticeShown(NamedTuple):
    """One notice."""

    link: Link
    time: str
    new: bool


def notices(request: HttpRequest) -> HttpResponse:
    """Show the notices of whoever asks; mark them seen when asked to."""
    mine = Notice.objects.filter(person=request.user).select_related("dossier__round__law", "round__law")
    if request.method == "POST":
        mine.filter(seen_at=None).update(seen_at=timezone.now())
        return HttpResponseRedirect(reverse("notices"))
    rows = list(mine[: MOST_SHOWN + 1])
    shown = [NoticeShown(link_of(one), at_time(one.at), one.seen_at is None) for one in rows[:MOST_SHOWN]]
    return drawn(
        request, "notices.html", _("Notices"), here="notices", shown=shown, new=any(one.new for one in shown),
        more=len(rows) > MOST_SHOWN, email=request.user.email,
    )  # fmt: skip
