"""Papers of the appraisal as unsigned, unnumbered drafts: what agencies found, the summary, the council's minutes and
ballot, the submission and the decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ntm_rules.i18n import _
from ntm_rules.report.tables.table import Table, texts
from ntm_rules.report.word.components import (
    BLANK,
    Issuer,
    add_addressees,
    add_closing,
    add_head,
    add_signers,
    add_title,
    agency_as_issuer,
    draft_words,
)
from ntm_rules.report.word.grounds import add_grounds
from ntm_rules.report.word.law_parts import add_warnings
from ntm_rules.report.word.layout import Paper
from ntm_rules.report.word.tables import add_captioned
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.models import Overlay
from ntm_rules.wording.dates import on_day


@dataclass(frozen=True, slots=True)
class RoundSubject:
    """The round that a paper is of, and who issues it."""

    rules: CriteriaSet
    year: int
    agency: str
    """The body that issues the paper, by name; empty: blank."""
    superior: str = ""
    legal_basis: Sequence[str] = ()
    overlays: Sequence[Overlay] = ()
    warnings: Sequence[str] = ()

    @property
    def issuer(self) -> Issuer:
        """Who is to issue it."""
        place = str(self.rules.province)
        return agency_as_issuer(self.agency, place, self.superior) if self.agency else Issuer((), place=place)

    @property
    def council(self) -> Issuer:
        """The council, whose papers are its own: not those of the office that serves it."""
        return agency_as_issuer(_("Appraisal council"), str(self.rules.province), self.superior)


class FoundRow(NamedTuple):
    """What an agency found on one figure."""

    requirement: str
    own: str
    own_result: str
    found: str
    result: str
    compared: str
    reason: str = ""


class CommuneFound(NamedTuple):
    """What an agency found at one commune."""

    name: str
    within: str
    """Its name as it stands within a sentence."""
    counts: str
    rows: Sequence[FoundRow]
    """Those that differ, with the reason."""


class CriterionRow(NamedTuple):
    """How one criterion came out, layer by layer."""

    name: str
    commune: str
    agencies: str
    council: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DossierSubject:
    """One commune's dossier as papers about it need it."""

    of: RoundSubject
    commune: str
    rows: Sequence[CriterionRow]
    """Criteria, further conditions, the commune."""
    comments: str = ""
    votes: str = ""
    conclusion: str = ""
    differing: Sequence[FoundRow] = ()
    caution: str = ""
    """What stands in the way of a recognition; it stands on the drafts that propose one."""


@dataclass(frozen=True, slots=True)
class SessionSubject:
    """A session of the council as its papers need it."""

    of: RoundSubject
    day: dt.date
    place: str
    present: Sequence[str]
    absent: Sequence[str]
    quorum: str
    text: str
    votes: Sequence[tuple[str, str]]
    """Commune, and what was counted."""
    choices: Sequence[str] = ()
    """What a member may vote."""
    secretary: str = ""
    """Who wrote the minutes."""


def _begun(subject: RoundSubject, kind: str, sign: str, about: str, issuer: Issuer | None = None) -> Paper:
    paper = Paper(about, foot=[draft_words(), *(w.partition(":")[0] for w in subject.warnings)])
    add_head(paper, issuer or subject.issuer, kind=sign)
    add_title(paper, kind, about)
    return paper


def _closed(paper: Paper, subject: RoundSubject, recipients: Sequence[str] = ()) -> bytes:
    add_closing(paper, subject.issuer, recipients)
    return paper.bytes()


def agency_appraisal(subject: RoundSubject, communes: Sequence[CommuneFound]) -> bytes:
    """Return an agency's appraisal of a round as a Word file: commune by commune, what differs with the reason."""
    about = _("Appraisal by {agency} of the communes' results of {year}", agency=subject.agency, year=subject.year)
    paper = _begun(subject, _("REPORT"), "BC", about)
    add_warnings(paper, subject.warnings)
    add_grounds(paper, subject.rules, subject.legal_basis, subject.overlays)
    paper.add(_("{agency} has appraised the figures of the requirements that it leads:", agency=subject.agency))
    for one in communes:
        paper.heading(one.name, 2)
        paper.add(one.counts)
        if one.rows:
            add_captioned(paper, _("Where the agency differs from {commune}", commune=one.within), _differing(one.rows))
    if not communes:
        paper.add(_("No dossier has been accepted yet."))
    return _closed(paper, subject)


def _differing(rows: Sequence[FoundRow]) -> Table:
    columns = texts(
        requirement=_("Requirement"), own=_("Commune's figure"), own_result=_("Commune: result"),
        found=_("Agency's finding"), result=_("Agency: result"), reason=_("Reason"),
    )  # fmt: skip
    table = Table.of(columns, [(r.requirement, r.own, r.own_result, r.found, r.result, r.reason) for r in rows])
    return table.wide(48, 24, 20, 24, 20, 32)


def _criteria(rows: Sequence[CriterionRow], *, council: bool) -> Table:
    heads = texts(name=_("Content"), commune=_("Self-assessment"), agencies=_("Agencies' appraisal"))
    if not council:
        return Table.of(heads, [(r.name, r.commune, r.agencies) for r in rows]).wide(80, 40, 45)
    heads += texts(council=_("Council's conclusion"), reason=_("Reason"))
    return Table.of(heads, [(r.name, r.commune, r.agencies, r.council, r.reason) for r in rows]).wide(
        54, 26, 26, 28, 34
    )


def summary_paper(subject: DossierSubject) -> bytes:
    """Return the summary of all agencies' appraisal of a commune as a Word file."""
    of = subject.of
    about = _("Summary of the appraisal of {commune}, {year}", commune=subject.commune, year=of.year)
    paper = _begun(of, _("REPORT"), "BC", about)
    add_warnings(paper, of.warnings)
    add_grounds(paper, of.rules, of.legal_basis, of.overlays)
    paper.heading(_("{n}. RESULT BY CRITERION", n="I"))
    add_captioned(paper, _("Self-assessment and agencies' appraisal"), _criteria(subject.rows, council=False))
    paper.heading(_("{n}. WHERE AGENCIES DIFFER FROM THE COMMUNE", n="II"))
    if subject.differing:
        add_captioned(paper, _("Differences and their reasons"), _differing(subject.differing))
    else:
        paper.add(_("All agencies agree with the commune's figures."))
    paper.heading(_("{n}. RESIDENTS' COMMENTS", n="III"))
    paper.add(subject.comments or _("Not recorded yet."))
    paper.heading(_("{n}. PROPOSALS", n="IV"))
    paper.hint(_("(For the standing office to complete.)"))
    paper.dots()
    return _closed(paper, of)


def minutes_paper(subject: SessionSubject) -> bytes:
    """Return the minutes of a session of the council as a Word file, in the parts of Nghị định 30/2020/NĐ-CP (mẫu 1.10)."""
    of = subject.of
    about = _("Session of the appraisal council on {day}", day=on_day(subject.day))
    paper = _begun(of, _("MINUTES"), "BB", about, of.council)
    add_warnings(paper, of.warnings)
    paper.add(_("Begun at: {dots} on {day}.", dots=BLANK, day=on_day(subject.day)))
    paper.add(_("Place: {place}.", place=subject.place))
    paper.heading(_("{n}. ATTENDANCE", n="I"))
    paper.add(subject.quorum)
    for name in subject.present:
        paper.item(f"{name};")
    if subject.absent:
        paper.add(_("Absent: {names}.", names="; ".join(subject.absent)))
    paper.add(_("Chair: {name}.", name=BLANK))
    paper.add(_("Secretary: {name}.", name=subject.secretary or BLANK))
    paper.heading(_("{n}. COURSE OF THE SESSION", n="II"))
    for line in subject.text.splitlines() or [BLANK]:
        if line.strip():
            paper.add(line.strip())
    paper.heading(_("{n}. VOTES", n="III"))
    if subject.votes:
        columns = texts(commune=_("Commune"), counted=_("Votes counted"))
        add_captioned(paper, _("Votes on each commune"), Table.of(columns, subject.votes).wide(60, 105))
    else:
        paper.add(_("No vote was cast."))
    paper.add(_("The session ended at {dots} on {day}.", dots=BLANK, day=on_day(subject.day)))
    add_signers(paper, _("SECRETARY"), _("CHAIR"))
    return paper.bytes()


def ballot_paper(subject: SessionSubject) -> bytes:
    """Return the empty ballot of a session as a Word file."""
    of = subject.of
    about = _("On recognising communes as meeting the new-rural standard, {year}", year=of.year)
    paper = _begun(of, _("BALLOT"), "", about, of.council)
    add_warnings(paper, of.warnings)
    paper.add(_("Session of {day}, {place}.", day=on_day(subject.day), place=subject.place))
    paper.hint(_("(One mark in each row.)"))
    columns = texts(commune=_("Commune"), **{f"c{n}": words for n, words in enumerate(subject.choices)})
    rows = [(name, *("☐" for _choice in subject.choices)) for name, _counted in subject.votes]
    share = 100 / max(1, len(subject.choices))
    add_captioned(paper, _("Vote"), Table.of(columns, rows).wide(65, *(share for _choice in subject.choices)))
    paper.add(_("Other opinion:"))
    paper.dots()
    add_signers(
        paper, "", _("MEMBER OF THE COUNCIL"), _("(Signs with full name; does not sign where the ballot is secret)")
    )
    return paper.bytes()


def submission_paper(subject: DossierSubject) -> bytes:
    """Return the draft submission to the authority that decides, as a Word file."""
    of = subject.of
    about = _(
        "Recognising {commune} as meeting the new-rural standard in {year}", commune=subject.commune, year=of.year
    )
    paper = _begun(of, _("SUBMISSION"), "TTr", about)
    add_addressees(paper, [of.superior] if of.superior else [])
    add_warnings(paper, [*of.warnings, *([subject.caution] if subject.caution else [])])
    add_grounds(paper, of.rules, of.legal_basis, of.overlays)
    paper.heading(_("{n}. RESULT", n="I"))
    add_captioned(paper, _("Result layer by layer"), _criteria(subject.rows, council=True))
    paper.heading(_("{n}. RESIDENTS' COMMENTS AND VOTES", n="II"))
    for words in (subject.comments or _("Not recorded yet."), subject.votes, subject.conclusion):
        if words:
            paper.add(words)
    paper.heading(_("{n}. PROPOSALS", n="III"))
    paper.hint(_("(For the standing office to complete: what the competent authority is asked to decide.)"))
    paper.dots()
    return _closed(paper, of, [_("As addressed")])


def decision_paper(subject: DossierSubject) -> bytes:
    """Return the draft decision of the province's People's Committee as a Word file; what binds is what is signed."""
    of = subject.of
    about = _(
        "On recognising {commune} as meeting the new-rural standard in {year}", commune=subject.commune, year=of.year
    )
    paper = Paper(about, foot=[draft_words(), *(w.partition(":")[0] for w in of.warnings)])
    issuer = Issuer((of.superior.upper(),) if of.superior else (), has_superior=False, place=str(of.rules.province))
    add_head(paper, issuer, kind="QĐ")
    add_title(paper, _("DECISION"), about)
    add_warnings(paper, [*of.warnings, *([subject.caution] if subject.caution else [])])
    add_grounds(paper, of.rules, of.legal_basis, of.overlays)
    if of.agency:
        paper.add(_("At the proposal of {agency}.", agency=of.agency), italic=True)
    paper.add(_("DECIDES:"), align="center", bold=True)
    paper.add(
        _("Article 1. {commune} is recognised as meeting the new-rural standard in {year}.", commune=subject.commune, year=of.year)
    )  # fmt: skip
    paper.add(_("Article 2. This decision takes effect on the day of its signing."))
    paper.add(_("Article 3. {dots} are responsible for implementing this decision.", dots=BLANK))
    paper.hint(_("(For the competent authority to complete; the words of the articles are a draft and bind nobody.)"))
    add_closing(paper, issuer, [_("As in Article 3")])
    return paper.bytes()
