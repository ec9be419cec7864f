"""Pages for what went wrong; none says more than it must."""

from __future__ import annotations

import errno
import sys
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from ntm_rules.appraisal.steps import ROUND_CLOSED
from ntm_rules.i18n import Message, _
from ntm_rules.web.drawing import drawn


def not_there(request: HttpRequest, exception: object = None) -> HttpResponse:  # noqa: ARG001 - what Django passes
    """There is no such page, or not for this person."""
    words = _("There is no such page, or it is not open to you. Go back to your work and choose from there.")
    return drawn(request, "wrong.html", _("Not found"), status=404, words=words)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - what Django passes
    """A form that was not sent from a page of this session."""
    words = _("This page was opened before you signed in, or in another window. Open it again and send it once more.")
    return drawn(request, "wrong.html", _("The form has expired"), status=403, words=words)


def over(request: HttpRequest) -> HttpResponse:
    """Something was to be written in a round that is closed."""
    return drawn(request, "wrong.html", _("The round is closed"), status=409, words=str(Message(ROUND_CLOSED)))


def bad(request: HttpRequest, exception: object = None) -> HttpResponse:  # noqa: ARG001 - what Django passes
    """A request that no page of ours sends."""
    return HttpResponse(_("The request cannot be understood."), status=400, content_type="text/plain; charset=utf-8")


def broken(request: HttpRequest, *_given: Any) -> HttpResponse:  # noqa: ARG001 - what Django passes
    """A fault of the program, or of what it stands on."""
    if not_written(sys.exception()):
        words, status = _("This could not be written down: the server's disk is full or its database does not answer. Nothing was changed; "
                  "what you typed is still on this computer. Tell the administrator, then send it again."), 503  # fmt: skip
    else:
        words = _("The program has met a fault. What was saved is saved; tell the administrator the time and the page.")
        status = 500
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")


def not_written(fault: BaseException | None) -> bool:
    """Tell whether a fault is that of a disk or a database that takes nothing more."""
    while fault is not None:
        if isinstance(fault, OperationalError):
            return True
        if isinstance(fault, OSError) and fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO):
            return True
        fault = fault.__cause__ or fault.__context__
    return False
