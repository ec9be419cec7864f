"""Papers to be signed: handed out, given a link, come back with their signatures; and the page of the link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from ntm_rules.appraisal.papers import SIGNED
from ntm_rules.appraisal.permissions import may
from ntm_rules.errors import NtmError
from ntm_rules.i18n import _
from ntm_rules.report.html.links import Link
from ntm_rules.web.access import subject_of
from ntm_rules.web.drawing import LINKS, at_time, drawn, tell, to_dossier
from ntm_rules.web.evidence_files import KINDS, LARGEST, fetched
from ntm_rules.web.laws import law_of_dossier
from ntm_rules.web.models import Paper, PaperLink, SignedPaper
from ntm_rules.web.signatures import Signature, signatures_told
from ntm_rules.web.signed_papers import hand_out, handed_out_by, link_for, opened_by, papers_of, take_back
from ntm_rules.web.views.standings import stood, warnings_of
from ntm_rules.wording.communes import full_name
from ntm_rules.wording.dates import day


class PaperBack(NamedTuple):
    """A paper that came back, with what its signatures say."""

    link: Link
    told: str
    signatures: Sequence[Sequence[str]]
    remark: str


class PaperShown(NamedTuple):
    """A paper handed out."""

    words: str
    link: Link
    told: str
    returned: Sequence[PaperBack]
    waits: str
    """Until when its link is open; empty: it has none."""
    give: str | None
    """Where a link is asked for; None: not by this person."""


def papers(request: HttpRequest, dossier: int) -> HttpResponse:
    """Show the papers of a dossier; hand one out."""
    this, wrong = request.dossier, list[str]()
    if request.method == "POST":
        try:
            paper = hand_out(dossier, request.user, request.POST.get("kind", ""), _file(request))
        except NtmError as error:
            wrong = str(error).split("\n")
        else:
            tell(request, _("Handed out: {name}. Give a link to whoever signs.", name=paper.name))
            return HttpResponseRedirect(reverse("papers", kwargs={"dossier": dossier}))
    one = stood(this)
    kinds = handed_out_by(request.user.actor, this.commune)
    changes = bool(kinds) and may(request.user.actor, "papers", "POST", subject_of(this))
    return drawn(
        request, "signed_papers.html", _("Papers to be signed"), trail=to_dossier(this, request.user, one.name),
        warnings=one.warnings, wrong=wrong, papers=[_shown(paper, kinds if changes else ()) for paper in papers_of(this)],
        kinds=[(kind, SIGNED[kind].words, kind == request.POST.get("kind")) for kind in kinds] if changes else [],
        address=LINKS.to("papers", dossier), status=422 if wrong else 200,
    )  # fmt: skip


def _file(request: HttpRequest) -> tuple[str, bytes] | None:
    file = request.FILES.get("file")
    return (file.name, file.read(LARGEST + 1)) if file is not None else None


def _shown(paper: Paper, kinds: Sequence[str]) -> PaperShown:
    at = f"{paper.dossier_id}/{paper.pk}"
    live = [link for link in paper.links.all() if link.ended_at is None and link.until > timezone.now()]
    return PaperShown(
        SIGNED[paper.kind].words,
        Link(paper.name, LINKS.to("paper-file", at)),
        _("Handed out {when}, {who}; SHA-256 {sha256}", when=at_time(paper.at), who=str(paper.by), sha256=paper.sha256),
        [_returned(row) for row in paper.returned.all()],
        _("A link is open until {when}.", when=at_time(live[-1].until)) if live else "",
        LINKS.to("paper-link", at) if paper.kind in kinds else None,
    )


def _returned(row: SignedPaper) -> PaperBack:
    found = signatures_told(row.found)
    told = _(
        "Came back {when}, on the link of {who}; SHA-256 {sha256}",
        when=at_time(row.at),
        who=str(row.by),
        sha256=row.sha256,
    )
    remark = (
        _("It begins with the bytes handed out, and nothing but signatures was added.")
        if found.untouched
        else _(
            "It begins with the bytes handed out. With the signatures something else was added (a number, a day, a stamp, or "
            "more): compare it with the paper handed out."
        )
    )
    link = Link(row.name, LINKS.to("signed-file", f"{row.dossier_id}/{row.pk}"))
    return PaperBack(link, told, [list(_signature_words(each)) for each in found.signatures], remark)


def _signature_words(one: Signature) -> Sequence[str]:
    """Return what a signature says: whose it is, who says so, and how far that can be relied on."""
    said = [
        _("Signed with the certificate of {subject}", subject=one.subject),
        _("Issued by {issuer}, number {serial}", issuer=one.issuer, serial=one.serial),
        _("Valid from {start} to {end}", start=day(one.valid_from), end=day(one.valid_until)),
    ]
    if one.within is False:
        said.append(_("Signed outside the time of the certificate, by its own word"))
    said.append(
        {
            None: _("Whether the issuer is to be trusted was not judged: no root certificate is set up here"),
            True: _("The issuer leads to a root certificate that is set up here"),
            False: _("The issuer leads to none of the root certificates that are set up here"),
        }[one.trusted]
    )
    said.append(
        {
            None: _(
                "Whether the certificate was revoked was not asked: this server asks nobody, and the paper carries nothing that "
                "says so. Look the number up with the issuer before you rely on it"
            ),
            True: _("The certificate was revoked, as the paper itself carries it: do not rely on this signature"),
            False: _("Not revoked, by the issuer's list or answer that the paper itself carries"),
        }[one.revoked]
    )
    return said


def link(request: HttpRequest, dossier: int, outgoing: int) -> HttpResponse:
    """Make a link on which a paper comes back, shown once."""
    paper = get_object_or_404(Paper.objects.select_related("dossier"), pk=outgoing, dossier=dossier)
    try:
        token = link_for(paper, request.user)
    except NtmError:
        raise Http404 from None
    address = request.build_absolute_uri(reverse("sign-paper", kwargs={"token": token}))
    tell(request, _("Link for whoever signs, shown once, open for 7 days: {address}", address=address))
    return HttpResponseRedirect(reverse("papers", kwargs={"dossier": dossier}))


def paper_file(request: HttpRequest, dossier: int, outgoing: int) -> HttpResponse:
    """Hand out a paper as it is to be signed."""
    del request
    return _handed_out(get_object_or_404(Paper, pk=outgoing, dossier=dossier))


def signed_file(request: HttpRequest, dossier: int, incoming: int) -> HttpResponse:
    """Hand out a paper as it came back."""
    del request
    return _handed_out(get_object_or_404(SignedPaper, pk=incoming, dossier=dossier))


def _handed_out(row: Paper | SignedPaper) -> HttpResponse:
    response = HttpResponse(fetched(row.sha256), content_type=KINDS["pdf"].media_type)
    stem = row.name.rpartition(".")[0] or row.name
    response["Content-Disposition"] = content_disposition_header(True, f"{stem}{KINDS['pdf'].ending}")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def sign(request: HttpRequest, token: str) -> HttpResponse:
    """Show the page of a link; take the signed paper in."""
    wrong: list[str] = []
    try:
        link_ = opened_by(token)
    except NtmError as error:
        return drawn(request, "sign_paper.html", _("Paper to be signed"), gone=str(error), status=404)
    if request.method == "POST":
        try:
            row = take_back(token, _file(request))
        except NtmError as error:
            wrong = str(error).split("\n")
        else:
            return drawn(
                request, "sign_paper.html", _("Paper to be signed"), gone="", back=_returned(row), **_of_link(link_)
            )
    return drawn(
        request, "sign_paper.html", _("Paper to be signed"), gone="", back=None, wrong=wrong, **_of_link(link_),
        file=reverse("paper-to-sign", kwargs={"token": token}), address=reverse("sign-paper", kwargs={"token": token}),
        status=422 if wrong else 200,
    )  # fmt: skip


def _of_link(link_: PaperLink) -> dict[str, Any]:
    paper = link_.paper
    law = law_of_dossier(paper.dossier)
    commune = full_name(law.rules.communes[paper.dossier.commune])
    told = _("Given by {who}; open until {when}, for one paper.", who=str(link_.made_by), when=at_time(link_.until))
    return {
        "paper": f"{SIGNED[paper.kind].words}: {commune}", "name": paper.name, "link_told": told, "sha256": paper.sha256,
        "warnings": warnings_of(paper.dossier.round, law),
    }  # fmt: skip


def to_sign(request: HttpRequest, token: str) -> HttpResponse:
    """Hand out the paper of a link."""
    del request
    try:
        return _handed_out(opened_by(token).paper)
    except NtmError:
        raise Http404 from None
