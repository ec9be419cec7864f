"""Invented findings for practice: proposed, confirmed, differing, asked back for; never anybody's finding."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping

from django.utils import timezone

from ntm_rules.appraisal.entries import Entry
from ntm_rules.appraisal.findings import Act, Item
from ntm_rules.appraisal.steps import Asked, StepName
from ntm_rules.i18n import _
from ntm_rules.web.appraising import Wanted, act
from ntm_rules.web.findings import Appraised, agencies_of, appraised
from ntm_rules.web.invented import invented_entries
from ntm_rules.web.laws import Opened
from ntm_rules.web.models import Dossier, Person
from ntm_rules.web.reading import figures_of
from ntm_rules.web.stepping import take

APPRAISED = ("proposed", "asked", "appraised")
"""How far dossiers of practice have come that agencies have worked on."""
_DAYS_TO_ANSWER = 7


def practise_appraisal(law: Opened, dossier: Dossier, state: str, people: Mapping[str, Person], office: Person) -> None:
    """Let agencies work on a dossier as far as it is to have come."""
    if state not in APPRAISED:
        return
    agencies = agencies_of(law)
    working = agencies if state == "appraised" else agencies[::2]
    for agency in working:
        _propose(law, dossier, agency, people[f"cv.{agency}"])
    for agency in working if state == "appraised" else working[::2]:
        _confirm(law, dossier, agency, people[f"ld.{agency}"])
    if state == "asked":
        _ask(law, dossier, agencies[0], people[f"cv.{agencies[0]}"])
    if state == "appraised":
        version = Dossier.objects.get(pk=dossier.pk).version
        take(law, dossier.pk, office, Asked(StepName.APPRAISE, version))


def _standing(law: Opened, dossier: Dossier) -> Appraised:
    return appraised(law, dossier, figures_of(dossier))


def _propose(law: Opened, dossier: Dossier, agency: str, expert: Person) -> None:
    chance = random.Random(f"{dossier.commune} {agency}")
    other = invented_entries(law, f"{dossier.commune} {agency}")
    wanted = [_finding(item, other, chance) for item in _standing(law, dossier).of(agency)]
    acted = act(law, dossier.pk, agency, expert, wanted)
    again = [one._replace(act=Act.AGREE, entry=Entry(), reason="") for one in wanted if one.measure in acted.refused]
    if again:
        act(law, dossier.pk, agency, expert, again)


def _finding(item: Item, other: Mapping[str, Entry], chance: random.Random) -> Wanted:
    if chance.random() < 0.1:
        reason = _("Checked on the spot (invented, for practice).")
        return Wanted(item.measure, Act.OWN, item.seen, other[item.measure], reason)
    return Wanted(item.measure, Act.AGREE, item.seen)


def _confirm(law: Opened, dossier: Dossier, agency: str, head: Person) -> None:
    items = _standing(law, dossier).of(agency)
    act(law, dossier.pk, agency, head, [Wanted(i.measure, Act.CONFIRM, i.seen) for i in items])


def _ask(law: Opened, dossier: Dossier, agency: str, expert: Person) -> None:
    cause = next((reason.id for reason in law.procedure.return_reasons), "")
    due = timezone.localdate() + dt.timedelta(_DAYS_TO_ANSWER)
    words = _("Please send the list that the figure was counted from (invented, for practice).")
    items = _standing(law, dossier).of(agency)[:2]
    act(
        law, dossier.pk, agency, expert, [Wanted(i.measure, Act.ASK, i.seen, Entry(), words, cause, due) for i in items]
    )
