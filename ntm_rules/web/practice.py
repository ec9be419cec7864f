"""A whole installation for practice: every commune and agency, accounts of every role, dossiers in every state."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.db import transaction

from ntm_rules.appraisal.entries import Entry
from ntm_rules.appraisal.roles import Role
from ntm_rules.appraisal.steps import Asked, StepName
from ntm_rules.i18n import _
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.web.events import note
from ntm_rules.web.invented import invented_entries, states
from ntm_rules.web.laws import Opened, law_in_force
from ntm_rules.web.models import Dossier, Person, RoleHeld, Round
from ntm_rules.web.opening import RoundAsked, open_round
from ntm_rules.web.people import places_of
from ntm_rules.web.practice_appraisal import APPRAISED, GOOD, practise_appraisal
from ntm_rules.web.practice_council import practise_council
from ntm_rules.web.saving import Saving, save
from ntm_rules.web.stepping import take

PROVINCE = {
    "thuong-truc": Role.COORDINATOR,
    "thu-ky": Role.SECRETARY,
    "thanh-vien": Role.MEMBER,
    "thanh-vien-2": Role.MEMBER,
    "thanh-vien-3": Role.MEMBER,
    "van-phong": Role.RECORDER,
    "lanh-dao": Role.READER,
    "quan-tri": Role.ADMINISTRATOR,
}
"""Names to sign in of who belongs to the province, and their roles."""
DAYS_TO_SUBMIT = 20


class Login(NamedTuple):
    """An account to try."""

    name: str
    who: str


def practise(year: int, password: str, today: dt.date) -> tuple[Round, list[Login]]:
    """Fill an empty database with an invented round; return it with some accounts to try, of every role."""
    coordinator = _person("thuong-truc", _("Coordinator (practice)"), password, Role.COORDINATOR)
    asked = RoundAsked(
        _("Practice round {year} (all figures invented)", year=year), year, "", today + dt.timedelta(DAYS_TO_SUBMIT),
        today + dt.timedelta(3 * DAYS_TO_SUBMIT), illustrative=True,
    )  # fmt: skip
    one = open_round(coordinator, asked)
    law = law_in_force(one)
    hashed = coordinator.password
    with transaction.atomic():
        for name, role in PROVINCE.items():
            if name != "thuong-truc":
                _person(name, _("{role} (practice)", role=_numbered(name, role)), hashed, role, hashed=True)
        people = _of_places(law.rules, hashed)
    for dossier, state in zip(one.dossiers.select_related("round__law"), states(), strict=False):
        with transaction.atomic():
            _fill_in(law, dossier, state, people[f"cb.{dossier.commune}"], people[f"ct.{dossier.commune}"], coordinator)
            practise_appraisal(law, dossier, state, people, coordinator)
    with transaction.atomic():
        practise_council(law, one, {person.username: person for person in Person.objects.filter(username__in=PROVINCE)})
    return one, _to_try(law.rules, one)


def _numbered(name: str, role: Role) -> str:
    """Return a role in words, with the number of its holder where there are several."""
    last = name.rpartition("-")[2]
    return f"{role.words} {last}" if last.isdecimal() else role.words


def _person(name: str, full_name: str, password: str, role: Role, place: str = "", *, hashed: bool = False) -> Person:
    person = Person(username=name, full_name=full_name, password=password if hashed else make_password(password))
    person.save(force_insert=True)
    RoleHeld(person=person, role=role.value, place=place).save(force_insert=True)
    note("account", None, account=name, full_name=full_name, role=role.value, place=place)
    return person


def _of_places(rules: CriteriaSet, hashed: str) -> dict[str, Person]:
    """Make an officer and a head for every commune, an expert and a head for every lead agency."""
    made: dict[str, Person] = {}
    kinds = (
        (Role.COMMUNE_OFFICER, "cb", True),
        (Role.COMMUNE_HEAD, "ct", True),
        (Role.AGENCY_EXPERT, "cv", False),
        (Role.AGENCY_HEAD, "ld", False),
    )
    for place, name in places_of(rules).items():
        for role, prefix, of_commune in kinds:
            if place.isdecimal() is of_commune:
                who = _("{role}, {place} (practice)", role=role.words, place=name)
                made[f"{prefix}.{place}"] = _person(f"{prefix}.{place}", who[:120], hashed, role, place, hashed=True)
    return made


def _fill_in(law: Opened, dossier: Dossier, state: str, officer: Person, head: Person, office: Person) -> None:
    """Bring a dossier as far as it is to have come."""
    share = {"empty": 0.0, "begun": 0.45}.get(state, 1.0)
    entries = invented_entries(law, dossier.commune, share, good=state in GOOD)
    save(law, dossier.pk, officer, [_saving(dossier, measure, entry) for measure, entry in entries.items()])
    steps: dict[str, list[tuple[StepName, Person, str, str]]] = {
        "submitted": [(StepName.SUBMIT, head, "", "")],
        "taken-back": [(StepName.SUBMIT, head, "", ""), (StepName.TAKE_BACK, head, "", "")],
        **{
            one: [(StepName.SUBMIT, head, "", ""), (StepName.ACCEPT, office, "", "")]
            for one in ("accepted", *APPRAISED)
        },
        "returned": [
            (StepName.SUBMIT, head, "", ""),
            (
                StepName.RETURN,
                office,
                next((r.id for r in law.procedure.return_reasons), ""),
                _("Please look at criterion 2 again (invented, for practice)."),
            ),
        ],
    }
    for at, (name, person, reason, words) in enumerate(steps.get(state, ()), start=1):
        take(law, dossier.pk, person, Asked(name, at, reason, words))


def _saving(dossier: Dossier, measure: str, entry: Entry) -> Saving:
    return Saving(measure, entry, 0, f"practice:{dossier.pk}:{measure}")


def _to_try(rules: CriteriaSet, one: Round) -> list[Login]:
    """Return accounts worth trying first: those of the province, of one commune still open, of one agency."""
    dossier = one.dossiers.filter(state="open").exclude(figures=None).order_by("pk").first()
    agency = rules.lead_agencies[0]
    commune = dossier.commune if dossier is not None else rules.communes.within()[0].code
    names = [f"cb.{commune}", f"ct.{commune}", f"cv.{agency}", f"ld.{agency}", *PROVINCE]
    known = {person.username: person.full_name for person in Person.objects.filter(username__in=names)}
    return [Login(name, known[name]) for name in names]
