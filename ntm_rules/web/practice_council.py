"""An invented council for practice: members, a closed session with its votes and conclusions, an open one, decisions."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import cycle

from django.utils import timezone

from ntm_rules.appraisal.council import Choice, Concluded
from ntm_rules.appraisal.states import State
from ntm_rules.appraisal.steps import Asked, StepName
from ntm_rules.i18n import _
from ntm_rules.web.concluding import ConclusionSaid, conclude, concluding_on
from ntm_rules.web.council import cast, give_seat, open_session, record_attendance, write_minutes
from ntm_rules.web.deciding import DecisionSaid, decide
from ntm_rules.web.findings import appraised
from ntm_rules.web.laws import Opened
from ntm_rules.web.models import Dossier, Person, Round
from ntm_rules.web.reading import figures_of
from ntm_rules.web.stepping import take

PAPER = b"%PDF-1.4\n% invented, for practice\n"
"""Stands in place of a signed decision."""


def practise_council(law: Opened, one: Round, people: Mapping[str, Person]) -> None:
    """Let the council meet on the communes before it: it votes on all but the first, and a second session is open."""
    before = list(one.dossiers.filter(state=State.BEFORE_COUNCIL.value).select_related("round__law").order_by("pk"))
    members = [person for name, person in people.items() if name.startswith("thanh-vien")]
    office, secretary = people["thuong-truc"], people["thu-ky"]
    for person in members:
        give_seat(one, office, person.pk, _("Member (practice)"))
    today, place = timezone.localdate(), _("Meeting room (practice)")
    first = open_session(one, secretary, today, place)
    record_attendance(first, secretary, {person.pk for person in members})
    for dossier in before[1:]:
        for person, choice in zip(members, cycle((Choice.FOR, Choice.FOR, Choice.ABSTAIN)), strict=False):
            cast(first, dossier.pk, person, choice)
    write_minutes(first, secretary, _("The council discussed every commune (invented, for practice)."), closes=True)
    for dossier, state in zip(before[1:], ("concluded", "recognised", "refused", "revoked"), strict=False):
        _conclude(law, dossier, secretary, meets=state != "refused")
        _decide(law, dossier, people["van-phong"], state)
    second = open_session(one, secretary, today, place)
    record_attendance(second, secretary, {person.pk for person in members[:2]})


def _conclude(law: Opened, dossier: Dossier, secretary: Person, *, meets: bool) -> None:
    standing = appraised(law, dossier, figures_of(dossier))
    on = concluding_on(law, standing)
    reason = _("As discussed in the session (invented, for practice).")
    said = {
        id_: ConclusionSaid(Concluded.MEETS, "" if agencies is Concluded.MEETS else reason)
        if meets
        else ConclusionSaid(agencies, "")
        for id_, agencies in on.agencies.items()
    }
    conclude(law, standing, secretary, said)
    take(law, dossier.pk, secretary, Asked(StepName.CONCLUDE, _version(dossier)))


def _version(dossier: Dossier) -> int:
    return int(Dossier.objects.get(pk=dossier.pk).version)


def _decide(law: Opened, dossier: Dossier, recorder: Person, state: str) -> None:
    today, invented = timezone.localdate(), _("Invented, for practice.")
    file = (_("decision-practice.pdf"), PAPER)
    if state == "refused":
        decide(law, dossier.pk, recorder, DecisionSaid(StepName.REFUSE, _version(dossier), note=invented))
    if state in ("recognised", "revoked"):
        said = DecisionSaid(StepName.RECOGNISE, _version(dossier), "00/QĐ-UBND", today, invented, file)
        decide(law, dossier.pk, recorder, said)
    if state == "revoked":
        said = DecisionSaid(StepName.REVOKE, _version(dossier), "01/QĐ-UBND", today, invented, file)
        decide(law, dossier.pk, recorder, said)
