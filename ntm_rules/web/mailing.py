"""Sending notices by e-mail: what has not been sent waits in the database, so a server that is away loses nothing."""

from __future__ import annotations

import datetime as dt
import logging
import smtplib
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from ntm_rules.errors import NtmError
from ntm_rules.i18n import LANGUAGES, Message, _, in_language

KEYS = ("host", "port", "from", "user", "password", "security", "address")
SECURITIES = ("none", "starttls", "tls")
PASSWORD = "NTM_WEB_MAIL_PASSWORD"  # noqa: S105 - the name of a variable, no password
"""The environment's variable that goes before `password` in the settings, so that it need not stand in a file."""
EVERY = 30.0
"""Seconds between two looks at what waits."""
MOST_TRIES = 12
"""After so many failures a notice is shown in the application alone."""
MOST_AT_ONCE = 50
"""People who are written to in one look."""
TIMEOUT = 20
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Mail:
    """How e-mail is sent; without a host none is."""

    host: str = ""
    port: int = 25
    sender: str = ""
    user: str = ""
    password: str = ""
    security: str = "none"
    address: str = ""
    """Under which the application is reached, for links in letters."""


def mail_said(settings: Mapping[str, Any], file: Path, environment: Mapping[str, str]) -> Mail:
    """Return what the settings say of e-mail.

    Raises:
        NtmError: everything that is wrong with it.
    """
    if not settings:
        return Mail()
    wrong = [Message("{file}, mail: unknown setting {key}", file=file, key=key) for key in settings if key not in KEYS]
    security = str(settings.get("security", "none"))
    if security not in SECURITIES:
        wrong.append(Message("{file}, mail.security is one of {known}", file=file, known=", ".join(SECURITIES)))
    usual = {"starttls": 587, "tls": 465}.get(security, 25)
    port = settings.get("port", usual)
    if not isinstance(port, int) or not 0 < port < 65536:
        wrong.append(Message("{file}, mail.port is a number from 1 to 65535", file=file))
        port = usual
    for key in ("host", "from"):
        if not str(settings.get(key, "")).strip():
            wrong.append(Message("{file}, mail.{key} is missing", file=file, key=key))
    if wrong:
        raise NtmError(*wrong)
    return Mail(
        str(settings["host"]), port, str(settings["from"]), str(settings.get("user", "")),
        environment.get(PASSWORD) or str(settings.get("password", "")), security, str(settings.get("address", "")).rstrip("/"),
    )  # fmt: skip


class Sent(NamedTuple):
    """What came of one look at what waits."""

    letters: int
    failed: int


def send_waiting(mail: Mail, now: dt.datetime | None = None) -> Sent:
    """Send what waits, one letter for each person; what fails waits longer each time, and says why."""
    from django.core.mail import get_connection
    from django.utils import timezone

    from ntm_rules.web.models import Notice

    now = now or timezone.now()
    waiting: dict[int, list[Notice]] = {}
    rows = Notice.objects.filter(mailed_at=None, seen_at=None, tries__lt=MOST_TRIES).exclude(person__email="")
    for one in (
        rows.filter(person__is_active=True).select_related("person", "dossier__round__law", "round__law").order_by("pk")
    ):
        if one.try_after is None or one.try_after <= now:
            waiting.setdefault(one.person_id, []).append(one)
    if not waiting:
        return Sent(0, 0)
    connection = get_connection(
        "django.core.mail.backends.smtp.EmailBackend", host=mail.host, port=mail.port, username=mail.user or None,
        password=mail.password or None, use_tls=mail.security == "starttls", use_ssl=mail.security == "tls",
        timeout=TIMEOUT,
    )  # fmt: skip
    letters = failed = 0
    for notices in list(waiting.values())[:MOST_AT_ONCE]:
        ids = [one.pk for one in notices]
        try:
            letter_of(mail, notices, connection).send()
        except (OSError, smtplib.SMTPException, ValueError) as error:  # the last: an address that no letter can bear
            failed += 1
            tries = max(one.tries for one in notices) + 1
            after = now + dt.timedelta(minutes=min(2**tries, 24 * 60))
            Notice.objects.filter(pk__in=ids).update(tries=tries, try_after=after, fault=str(error)[:200])
        else:
            letters += 1
            Notice.objects.filter(pk__in=ids).update(mailed_at=now, fault="")
    return Sent(letters, failed)


def letter_of(mail: Mail, notices: Sequence[Any], connection: Any) -> Any:
    """Return the letter to one person about some notices, in the person's language."""
    from django.core.mail import EmailMessage

    from ntm_rules.web.notices import link_of

    person = notices[0].person
    with in_language(person.language if person.language in LANGUAGES else "vi"):
        subject = _("Appraisal of new-rural communes: {n} notices", n=len(notices))
        lines = []
        for one in notices:
            link = link_of(one)
            lines.append(f"- {link.words}")
            if mail.address and link.address:
                lines.append(f"  {mail.address}{link.address}")
        foot = _("This letter was sent by the program; sign in to see everything and to answer.")
        return EmailMessage(
            subject, "\n".join([*lines, "", foot, ""]), mail.sender, [person.email], connection=connection
        )


def keep_sending(mail: Mail, end: threading.Event) -> None:
    """Look again and again at what waits, until told to stop; a fault of one look does not end it."""
    from django.db import close_old_connections

    while not end.wait(EVERY):
        try:
            send_waiting(mail)
        except Exception:  # noqa: BLE001 - whatever it was, the next look comes
            _log.exception("notices could not be sent")
        finally:
            close_old_connections()
