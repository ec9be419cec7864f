"""Letters (công văn) to a commune and to an agency: what is missing, by when, to whom. Unsigned drafts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ntm_rules.i18n import _
from ntm_rules.report.tables.asked import AgencyAsked, CommuneAsked, asked_of_agency, asked_of_commune
from ntm_rules.report.tables.handed_in import handed_in
from ntm_rules.report.tables.table import Table
from ntm_rules.report.word.components import (
    BLANK,
    Issuer,
    add_addressees,
    add_closing,
    add_head,
    agency_as_issuer,
    draft_words,
)
from ntm_rules.report.word.grounds import add_grounds
from ntm_rules.report.word.law_parts import add_warnings
from ntm_rules.report.word.layout import Paper
from ntm_rules.report.word.tables import add_captioned
from ntm_rules.rulebook.models import Overlay, Reporting
from ntm_rules.standing.handing_in import HandedIn
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.values import Handed
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.communes import named_within
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.decisions import awaited_words
from ntm_rules.wording.phrases import opening
from ntm_rules.wording.standing import files_words, handed_words, other_years_words, refused_words, why_words
from ntm_rules.wording.values import invented


@dataclass(frozen=True, slots=True)
class LetterSubject:
    """What all letters of a year rest on."""

    overview: Overview
    reporting: Reporting | None
    """Who sends them; None: the set does not say, and the place stays blank."""
    legal_basis: Sequence[str] = ()
    overlays: Sequence[Overlay] = ()
    by: dt.date | None = None
    """The day by which an answer is asked for; None: dots, for a person to write it."""
    to_itself: bool = False
    """Whether the letter is to the body that sums up: nobody writes to himself, so it goes out from the body above it."""

    @property
    def warnings(self) -> list[str]:
        """What must stand wherever invented targets or figures are shown."""
        return invented(rules=self.overview.evaluation.rules.illustrative, data=self.overview.dataset.illustrative)

    @property
    def issuer(self) -> Issuer:
        """The body that sums up the results."""
        rules = self.overview.evaluation.rules
        place = str(rules.province)
        if self.reporting is None:
            return Issuer((), place=place)
        superior = str(self.reporting.superior) if self.reporting.superior else ""
        if self.to_itself:
            name = superior.upper().replace("UBND ", _("PEOPLE'S COMMITTEE") + "\n", 1)
            return Issuer(name.splitlines(), has_superior=False, sign="UBND" if "\n" in name else "", place=place)
        return agency_as_issuer(agency_name(rules, self.reporting.by), place, superior)

    @property
    def sender(self) -> str:
        """The name of that body within a sentence; dots where the set does not say."""
        if self.to_itself and self.reporting is not None:
            superior = self.reporting.superior
            return str(superior) if superior else BLANK
        return agency_name(self.overview.evaluation.rules, self.reporting.by) if self.reporting else BLANK


def commune_letter(subject: LetterSubject, one: HandedIn) -> bytes:
    """Return the letter to one commune's People's Committee as a Word file."""
    overview = subject.overview
    commune = named_within(one.commune)
    about = _("Completing the self-assessment of {year} of {commune}", year=overview.year, commune=commune)
    paper = _begun(subject, about, _("People's Committee of {commune}", commune=commune))
    asked = asked_of_commune(overview, one)
    said = {"sender": subject.sender, "commune": commune, "year": overview.year}
    if one.state is Handed.NOTHING and one.of_other_years:
        paper.add(
            _(
                "{sender} has not received the self-assessment of {commune} for {year}; {others}.",
                others=other_years_words(one),
                **said,
            )
        )
    elif one.state is Handed.NOTHING:
        paper.add(_("{sender} has not received the self-assessment of {commune} for {year}.", **said))
    elif one.state is Handed.NOTHING_USABLE and not asked.mistakes:
        paper.add(
            _(
                "{sender} has received the self-assessment of {commune} for {year} (files: {n}), of which nothing can be used "
                "yet: {why}.",
                n=len(one.files),
                why=refused_words(one),
                **said,
            )
        )
    elif one.state is Handed.NOTHING_USABLE:
        paper.add(
            _(
                "{sender} has received the self-assessment of {commune} for {year} (files: {n}), of which nothing can be used "
                "yet: see Table 1.",
                n=len(one.files),
                **said,
            )
        )
    else:
        looked = _(
            "{sender} has looked through the self-assessment of {commune} for {year} (files: {n}; mistakes: {errors}; "
            "places to look at again: {doubts}).",
            n=len(one.files),
            errors=one.errors,
            doubts=len(one.problems) - one.errors,
            **said,
        )
        rest = _("To be completed:") if asked.anything else _("Nothing is missing that the commune could add today.")
        paper.add(f"{looked} {rest}")
    if several := files_words(one):
        paper.add(f"{opening(several)}.")
    _commune_tables(paper, asked)
    if asked.bare:
        paper.add(
            _(
                "{n} figures and statements name no document; please add number, day and issuer of the evidence: {ids}.",
                n=len(asked.bare),
                ids=", ".join(asked.bare),
            )
        )
    if asked.others:
        paper.add(_("The following waits for others; the commune need not do anything about it:"))
        for id_, waits in asked.others:
            paper.item(f"{waits}.", lead=f"{id_}:")
    if one.state is Handed.NOTHING:
        what = _(
            "Please have the People's Committee of {commune} fill in the form of {year}",
            commune=commune,
            year=overview.year,
        )
    else:
        what = _("Please have the People's Committee of {commune} complete the above", commune=commune)
    if asked.anything or one.state is not Handed.USABLE:
        _ask(paper, subject, what)
    return _closed(paper, subject)


def _commune_tables(paper: Paper, asked: CommuneAsked) -> None:
    for about, table in (
        (_("What could not be used, or needs a look"), asked.mistakes.wide(36, 62, 58).numbered(9)),
        (_("Figures still owed"), asked.owed.wide(27, 66, 42, 35)),
        (_("What is not met, and by how much"), asked.short.wide(27, 62, 46, 35)),
    ):
        _table(paper, about, table)


def agency_letter(subject: LetterSubject, agency: str) -> bytes:
    """Return the letter to one agency as a Word file."""
    overview, rules = subject.overview, subject.overview.evaluation.rules
    subject = replace(subject, to_itself=subject.reporting is not None and subject.reporting.by == agency)
    name = agency_name(rules, agency)
    about = _(
        "Indicators and conclusions of {agency} in the self-assessments of {year}", agency=name, year=overview.year
    )
    paper = _begun(subject, about, name)
    asked = asked_of_agency(overview, agency)
    paper.add(
        _(
            "{sender} has summed up the self-assessments of {year} ({n} communes with a usable report). For {agency} there "
            "remains:",
            sender=subject.sender,
            year=overview.year,
            n=int(overview.usable.sum()),
            agency=name,
        )
    )
    for document in asked.decisions:
        paper.item(f"{awaited_words(rules, document)}.")
    for about, table in (
        (_("Conclusions that communes await from the agency"), asked.rulings.wide(22, 55, 17, 73)),
        (_("Figures that communes owe for what the agency leads"), asked.owed.wide(22, 55, 17, 73)),
        (_("Not met in what the agency leads"), asked.short.wide(22, 50, 17, 78)),
    ):
        _table(paper, about, table)
    if not (asked.decisions or asked.rulings or asked.owed or asked.short):
        paper.add(_("Nothing is missing in what the agency leads or concludes on."))
        return _closed(paper, subject)
    _ask(paper, subject, _asked_of_agency(asked, name))
    return _closed(paper, subject)


def _asked_of_agency(asked: AgencyAsked, name: str) -> str:
    """Return what an agency is asked to do: about the decisions that it owes, about the communes, or both."""
    if not asked.decisions:
        return _("Please have {agency} conclude, guide and help the communes in the above", agency=name)
    if not (asked.rulings or asked.owed or asked.short):
        return _("Please have {agency} prepare the documents named above and submit them for issue", agency=name)
    return _(
        "Please have {agency} prepare the documents named above and submit them for issue; conclude, guide and help the "
        "communes in the other contents",
        agency=name,
    )


def _begun(subject: LetterSubject, about: str, addressee: str) -> Paper:
    paper = Paper(about, foot=[draft_words(), *(w.partition(":")[0] for w in subject.warnings)])
    add_head(paper, subject.issuer, letter_about=about)
    add_addressees(paper, [addressee])
    add_warnings(paper, subject.warnings)
    add_grounds(paper, subject.overview.evaluation.rules, subject.legal_basis, subject.overlays)
    return paper


def _ask(paper: Paper, subject: LetterSubject, what: str) -> None:
    """Ask for an answer by the day given, to the sender; dots for a day that nobody has named."""
    by = on_day(subject.by) if subject.by else "……/……/20…"
    asked = paper.add(_("{what}, and send the result to {sender} by {day}.", what=what, sender=subject.sender, day=by))
    asked.paragraph_format.keep_with_next = True


def _closed(paper: Paper, subject: LetterSubject) -> bytes:
    add_closing(paper, subject.issuer, [_("As addressed")])
    return paper.bytes()


def _table(paper: Paper, about: str, table: Table) -> None:
    """Add a table under its number; nothing without rows."""
    if table:
        add_captioned(paper, _("Table {table}. {about}", table=paper.next_table(), about=about), table)


def handed_in_paper(subject: LetterSubject) -> bytes:
    """Return the table of who handed in what, of every commune of the register, as a Word file."""
    overview = subject.overview
    about = _("Who has handed in the self-assessment of {year}", year=overview.year)
    paper = Paper(about, foot=[draft_words(), *(w.partition(":")[0] for w in subject.warnings)])
    add_head(paper, subject.issuer)
    paper.add(_("OVERVIEW"), "Title")
    paper.add(about, "Subtitle")
    add_warnings(paper, subject.warnings)
    found = overview.handing_in
    for state in Handed:
        words = _("{n} of {total} communes.", n=found.count(state), total=len(found.communes))
        paper.item(words, lead=f"{handed_words(state)}:")
    title = _("Table {table}. Communes: what each handed in", table=paper.next_table())
    table = handed_in([overview]).headed(state=_("State"), errors=_("Mistakes"), warnings=_("To look at again"))
    table = table.only(full_name=45, state=46, how_many=20, errors=20, warnings=24).numbered(10)
    add_captioned(paper, title, table)
    for one in found.communes:
        if told := "; ".join(filter(None, (why_words(one), files_words(one)))):
            paper.item(f"{told}.", lead=f"{one.commune.name}:")
    if found.strays:
        paper.item(
            f"{', '.join(found.strays)}.",
            lead=_("Files of which nobody can tell whose they are ({n}):", n=len(found.strays)),
        )
    return paper.bytes()
