"""Papers handed out to be signed: the PDF of the office, a link on which it comes back once, and what came back."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ntm_rules.appraisal.papers import SIGNED
from ntm_rules.appraisal.roles import Actor
from ntm_rules.errors import NtmError
from ntm_rules.i18n import N_, Message
from ntm_rules.web.events import note
from ntm_rules.web.evidence_files import fetched, kind_of, plain_file_name, put_away
from ntm_rules.web.models import Dossier, Paper, PaperLink, Person, SignedPaper
from ntm_rules.web.models.dossiers import locked_dossier
from ntm_rules.web.signatures_apart import signatures_apart

LASTS = dt.timedelta(days=7)
"""How long a link opens its paper, unless it was used before."""
MOST_PAPERS, MOST_RETURNED = 60, 40
"""Of one dossier; and of one paper, for each of its signers."""
NO_PDF = N_("“{name}” is no PDF: hand out the paper as a PDF, numbered and dated, as it is to be signed.")
ENDED = N_("This link opens nothing any more; ask the office that gave it for another.")


def handed_out_by(actor: Actor, commune: str) -> list[str]:
    """Return the kinds of papers that somebody hands out for a commune."""
    return [kind for kind, one in SIGNED.items() if any(actor.has(role, commune) for role in one.roles)]


def hand_out(dossier: int, person: Person, kind: str, file: tuple[str, bytes] | None) -> Paper:
    """Put a PDF away as it is to be signed.

    Raises:
        NtmError: nobody's kind of paper, or a file that is no PDF or too large.
    """
    if file is None:
        raise NtmError(Message("Choose a file first."))
    name = plain_file_name(file[0])
    if kind_of(file[1], name) != "pdf":
        raise NtmError(Message(NO_PDF, name=name))
    if Paper.objects.filter(dossier=dossier).count() >= MOST_PAPERS:  # before anything is written to the disk
        raise NtmError(Message("A dossier holds {most} papers at most.", most=MOST_PAPERS))
    sha256 = put_away(file[1], name)
    with transaction.atomic():
        locked = locked_dossier(dossier)
        if kind not in handed_out_by(person.actor, locked.commune):
            raise NtmError(Message("Choose a paper that your office hands out."))
        standing = locked.papers.filter(kind=kind, sha256=sha256).first()
        if standing is not None:
            found: Paper = standing
            return found
        if locked.papers.count() >= MOST_PAPERS:
            raise NtmError(Message("A dossier holds {most} papers at most.", most=MOST_PAPERS))
        paper = Paper(
            dossier=locked, by=person, at=timezone.now(), kind=kind, name=name, sha256=sha256, size=len(file[1])
        )
        paper.save(force_insert=True)
        note("paper", person, locked, paper=kind, name=name, sha256=sha256)
    return paper


def link_for(paper: Paper, person: Person) -> str:
    """Make a link's token and return it: it is shown once. The one before opens nothing any more.

    Raises:
        NtmError: somebody who does not hand such papers out.
    """
    if paper.kind not in handed_out_by(person.actor, paper.dossier.commune):
        raise NtmError(Message("Choose a paper that your office hands out."))
    token, now = secrets.token_urlsafe(32), timezone.now()
    with transaction.atomic():
        locked_dossier(paper.dossier_id)
        paper.links.filter(ended_at=None).update(ended_at=now)
        PaperLink(paper=paper, sha256=_hash(token), made_by=person, made_at=now, until=now + LASTS).save(
            force_insert=True
        )
        note(
            "paper-link", person, paper.dossier, paper=paper.kind, sha256=paper.sha256, until=(now + LASTS).isoformat()
        )
    return token


def opened_by(token: str) -> PaperLink:
    """Return the link of a token.

    Raises:
        NtmError: there is none, it was used, or its days are over.
    """
    row = PaperLink.objects.select_related("paper__dossier", "made_by").filter(sha256=_hash(token)).first()
    if row is None or row.ended_at is not None or row.until < timezone.now():
        raise NtmError(Message(ENDED))
    found: PaperLink = row
    return found


def take_back(token: str, file: tuple[str, bytes] | None) -> SignedPaper:
    """Take a signed paper in on its link, once, where its signatures are intact and it is the paper that was handed out.

    Raises:
        NtmError: everything that speaks against it; the link stays.
    """
    link = opened_by(token)
    if file is None:
        raise NtmError(Message("Choose a file first."))
    paper, name = link.paper, plain_file_name(file[0])
    if kind_of(file[1], name) != "pdf":
        raise NtmError(Message(NO_PDF, name=name))
    found = signatures_apart(fetched(paper.sha256), file[1], name, settings.NTM.roots)
    sha256 = put_away(file[1], name)
    with transaction.atomic():
        locked = locked_dossier(paper.dossier_id)
        if not PaperLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=timezone.now()):
            raise NtmError(Message(ENDED))
        if paper.returned.count() >= MOST_RETURNED:
            raise NtmError(Message("This paper has come back {most} times already.", most=MOST_RETURNED))
        row = SignedPaper(
            dossier=locked, by=link.made_by, at=timezone.now(), paper=paper, name=name, sha256=sha256, size=len(file[1]),
            found=found.told(),
        )  # fmt: skip
        row.save(force_insert=True)
        note("paper-signed", link.made_by, locked, paper=paper.kind, name=name, sha256=sha256, found=row.found)
    return row


def papers_of(dossier: Dossier) -> list[Paper]:
    """Return the papers of a dossier with what came back, the latest first."""
    return list(dossier.papers.select_related("by").prefetch_related("returned__by", "links").order_by("-pk"))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
