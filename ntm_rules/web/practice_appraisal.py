"""Invented findings for practice: proposed, confirmed, differing, asked back for; never anybody's finding."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping

from django.utils import timezone

from ntm_rules.appraisal.comments import Comments
from ntm_rules.appraisal.entries import Entry
from ntm_rules.appraisal.findings import Act, Item, ItemState
from ntm_rules.appraisal.steps import Asked, StepName
from ntm_rules.i18n import _
from ntm_rules.web.appraising import Wanted, act
from ntm_rules.web.concluding import record_comments
from ntm_rules.web.findings import Appraised, agencies_of, appraised
from ntm_rules.web.invented import invented_entries
from ntm_rules.web.laws import Opened
from ntm_rules.web.models import Dossier, Person
from ntm_rules.web.reading import figures_of
from ntm_rules.web.stepping import take

PUBLISHED = ("in-comment", "before-council", "concluded", "recognised", "refused", "revoked")
GOOD = frozenset({"before-council", "concluded", "recognised", "revoked"})
"""Dossiers without a figure that fails: what waits for its target is all that the council has to conclude on."""
APPRAISED = ("proposed", "asked", "appraised", *PUBLISHED)
"""How far dossiers of practice have come that agencies have worked on."""
_DAYS_TO_ANSWER = 7


def practise_appraisal(law: Opened, dossier: Dossier, state: str, people: Mapping[str, Person], office: Person) -> None:
    """Let agencies work on a dossier as far as it is to have come."""
    if state not in APPRAISED:
        return
    agencies = agencies_of(law)
    whole = state == "appraised" or state in PUBLISHED
    working = agencies if whole else agencies[::2]
    standing = _standing(law, dossier)
    for agency in working:
        _propose(standing, agency, people[f"cv.{agency}"], good=state in GOOD)
    standing = _standing(law, dossier)
    for agency in working if whole else working[::2]:
        _confirm(standing, agency, people[f"ld.{agency}"])
    if whole:
        _rest(law, dossier, people)
    if state == "asked":
        _ask(law, dossier, agencies[0], people[f"cv.{agencies[0]}"])
    if whole:
        _take(law, dossier, office, StepName.APPRAISE)
    if state in PUBLISHED:
        _take(law, dossier, office, StepName.PUBLISH)
    if state in PUBLISHED[1:]:
        chance = random.Random(dossier.commune)
        households = chance.randrange(900, 2500)
        surveyed = households * chance.randrange(60, 95) // 100
        document = _("Summary of comments (invented, for practice)")
        record_comments(dossier.pk, office, Comments(households, surveyed, surveyed * 9 // 10, document), "")
        _take(law, dossier, office, StepName.CALL)


def _rest(law: Opened, dossier: Dossier, people: Mapping[str, Person]) -> None:
    """Agree to what is asked only since an agency answered otherwise whether there is any."""
    standing = _standing(law, dossier)
    for agency in dict.fromkeys(standing.required.values()):
        waiting = [item for item in standing.of(agency) if item.state is ItemState.WAITING]
        if waiting:
            wanted = [Wanted(item.measure, Act.AGREE, item.seen) for item in waiting]
            act(law, dossier.pk, agency, people[f"cv.{agency}"], wanted)
            _confirm(_standing(law, dossier), agency, people[f"ld.{agency}"])


def _take(law: Opened, dossier: Dossier, office: Person, name: StepName) -> None:
    take(law, dossier.pk, office, Asked(name, Dossier.objects.get(pk=dossier.pk).version))


def _standing(law: Opened, dossier: Dossier) -> Appraised:
    return appraised(law, dossier, figures_of(dossier))


def _propose(standing: Appraised, agency: str, expert: Person, *, good: bool = False) -> None:
    law, dossier = standing.law, standing.dossier
    chance = random.Random(f"{dossier.commune} {agency}")
    other = invented_entries(law, f"{dossier.commune} {agency}", good=good)
    wanted = [_finding(item, other, chance) for item in standing.of(agency)]
    acted = act(law, dossier.pk, agency, expert, wanted)
    again = [one._replace(act=Act.AGREE, entry=Entry(), reason="") for one in wanted if one.measure in acted.refused]
    if again:
        act(law, dossier.pk, agency, expert, again)


def _finding(item: Item, other: Mapping[str, Entry], chance: random.Random) -> Wanted:
    if chance.random() < 0.1:
        reason = _("Checked on the spot (invented, for practice).")
        return Wanted(item.measure, Act.OWN, item.seen, other[item.measure], reason)
    return Wanted(item.measure, Act.AGREE, item.seen)


def _confirm(standing: Appraised, agency: str, head: Person) -> None:
    items = [item for item in standing.of(agency) if item.state is ItemState.PROPOSED]
    wanted = [Wanted(item.measure, Act.CONFIRM, item.seen) for item in items]
    act(standing.law, standing.dossier.pk, agency, head, wanted)


def _ask(law: Opened, dossier: Dossier, agency: str, expert: Person) -> None:
    cause = next((reason.id for reason in law.procedure.return_reasons), "")
    due = timezone.localdate() + dt.timedelta(_DAYS_TO_ANSWER)
    words = _("Please send the list that the figure was counted from (invented, for practice).")
    items = _standing(law, dossier).of(agency)[:2]
    act(
        law, dossier.pk, agency, expert, [Wanted(i.measure, Act.ASK, i.seen, Entry(), words, cause, due) for i in items]
    )
