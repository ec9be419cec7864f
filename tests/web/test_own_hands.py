"""Nobody decides on his own: who had a hand in a commune's figures takes part in nothing that follows, on no path."""

from __future__ import annotations

from typing import Any

import pytest

from ntm_rules.appraisal.roles import ROLES, Belonging, Role
from tests.web.conftest import ACCEPTED, SUBMITTED, Practice, SignedIn
from tests.web.test_appraising import AGENCY, TREATED
from tests.web.test_council import APPRAISED, BEFORE, CONCLUDED, PDF, PUBLISHED, RECOGNISED, open_session

WORDS = "Anh/chị đã nhập số liệu"
"""With which every refusal of somebody's own begins."""
STEPS = {
    "accept": SUBMITTED, "return": SUBMITTED, "appraise": ACCEPTED, "publish": APPRAISED, "call": PUBLISHED, "conclude": BEFORE,
}  # fmt: skip
ELSEWHERE = {
    "lay-y-kien": (PUBLISHED, {"households": "900", "surveyed": "800", "satisfied": "700", "document": "12/BC"}),
    "lay-y-kien/{remark}": (PUBLISHED, {"do": "show"}),
    "ket-luan": (BEFORE, {"concluded-": "meets"}),
    f"co-quan/{AGENCY}": (ACCEPTED, {f"{TREATED}:act": "agree", f"{TREATED}:seen": "0"}),
    f"co-quan/{AGENCY}/yeu-cau": (ACCEPTED, {"item": f"{TREATED}:0", "reason": "x", "cause": "thieu-so-lieu", "due": "2099-01-01"}),
}  # fmt: skip
DECISIONS = {"refuse": CONCLUDED, "recognise": CONCLUDED, "revoke": RECOGNISED}


@pytest.fixture
def everything(practice: Practice) -> Any:
    """Somebody who has every role there is, a seat, and is present in the session that is open."""
    from ntm_rules.web.council import give_seat, present_in, record_attendance
    from ntm_rules.web.models import RoleHeld

    person = practice.person("thanh-vien-3")
    for role in Role:
        belongs = ROLES[role].belongs
        place = AGENCY if belongs is Belonging.AGENCY else ACCEPTED if belongs is Belonging.COMMUNE else ""
        RoleHeld.objects.get_or_create(person=person, role=role.value, place=place)
    if not practice.round.seats.filter(person=person, ends=None, ended=None).exists():
        give_seat(practice.round, practice.person("thuong-truc"), person.pk, "")
    session = open_session(practice)
    record_attendance(session, practice.person("thu-ky"), present_in(session) | {person.pk})
    return person


def has_a_hand(practice: Practice, commune: str, person: Any, way: str = "evidence") -> None:
    """Let somebody have had a hand in a dossier's own figures: one file is enough."""
    from django.utils import timezone

    from ntm_rules.web.models import Evidence, Finding

    said = {"dossier": practice.dossier(commune), "by": person, "at": timezone.now(), "measure": TREATED}
    if way == "evidence":
        Evidence(**said, sha256="0" * 64, name="a.pdf", kind="pdf", size=1).save()
    else:
        Finding(**said, agency=AGENCY, act="answer", reason="x").save()


def refused(client: Any, path: str, said: dict[str, Any]) -> bool:
    return WORDS in client.post(path, said, follow=True).content.decode()


@pytest.mark.parametrize("way", ["evidence", "answer"])
@pytest.mark.parametrize("step", STEPS)
def test_no_step_is_taken_on_a_dossier_by_who_had_a_hand_in_it(
    practice: Practice, signed_in: SignedIn, everything: Any, step: str, way: str
) -> None:
    commune = STEPS[step]
    has_a_hand(practice, commune, everything, way)
    before = practice.dossier(commune)
    said = {"seen": before.version, "reason": "thieu-so-lieu", "note": "x"}
    assert refused(signed_in(everything.username), f"/ho-so/{before.pk}/buoc/{step}", said)
    assert practice.dossier(commune).version == before.version


@pytest.mark.parametrize("path", ELSEWHERE)
def test_nothing_is_found_recorded_or_concluded_by_who_had_a_hand_in_it(
    practice: Practice, signed_in: SignedIn, everything: Any, path: str
) -> None:
    from django.utils import timezone

    from ntm_rules.web.models import Comment, Conclusion, Finding, Moderation, Remark

    commune, said = ELSEWHERE[path]
    dossier = practice.dossier(commune)
    remark = Remark(dossier=dossier, at=timezone.now(), name="", opinion="", text="x")
    remark.save()
    has_a_hand(practice, commune, everything)
    assert refused(signed_in(everything.username), f"/ho-so/{dossier.pk}/{path.format(remark=remark.pk)}", dict(said))
    for kind in (Comment, Conclusion, Finding, Moderation):
        assert not kind.objects.filter(by=everything).exists()


@pytest.mark.parametrize("kind", DECISIONS)
def test_no_decision_is_recorded_by_who_had_a_hand_in_it(
    practice: Practice, signed_in: SignedIn, everything: Any, kind: str
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.utils import timezone

    dossier = practice.dossier(DECISIONS[kind])
    has_a_hand(practice, dossier.commune, everything)
    said = {"kind": kind, "seen": dossier.version, "number": "1/QĐ", "note": "x"}
    said |= {"day": timezone.localdate().isoformat()}
    assert refused(
        signed_in(everything.username),
        f"/ho-so/{dossier.pk}/quyet-dinh",
        {**said, "file": SimpleUploadedFile("a.pdf", PDF)},
    )
    assert not dossier.decisions.filter(by=everything).exists()


def test_of_many_at_once_those_of_ones_own_are_left_out(
    practice: Practice, signed_in: SignedIn, everything: Any
) -> None:
    """Agreed to and confirmed with ticks of whole communes, and voted on beside others."""
    has_a_hand(practice, ACCEPTED, everything)
    client, pk = signed_in(everything.username), practice.dossier(ACCEPTED).pk
    where = f"/dot/{practice.round.pk}/co-quan/{AGENCY}"
    assert refused(client, f"{where}/dong-y", {"commune": pk, "listed": f"{pk}:{TREATED}:0"})
    signed_in(f"cv.{AGENCY}").post(f"/ho-so/{pk}/co-quan/{AGENCY}", {f"{TREATED}:act": "agree", f"{TREATED}:seen": "0"})
    seen = practice.dossier(ACCEPTED).findings.get(measure=TREATED).pk
    assert refused(client, f"{where}/xac-nhan", {"commune": pk, "listed": f"{pk}:{TREATED}:{seen}", "do": "confirm"})
    assert practice.dossier(ACCEPTED).findings.count() == 1
    has_a_hand(practice, BEFORE, everything)
    votes = f"/dot/{practice.round.pk}/hoi-dong/{open_session(practice).pk}/bieu-quyet"
    assert refused(client, votes, {f"vote-{practice.dossier(BEFORE).pk}": "for"})
    assert not practice.dossier(BEFORE).votes.filter(by=everything).exists()


def test_a_finding_counts_no_more_once_who_proposed_it_had_a_hand(practice: Practice, signed_in: SignedIn) -> None:
    """The expert was an officer of the commune as well, and entered what another agency asked for meanwhile."""
    from tests.web.test_appraising import confirm, find, last, standing

    find(signed_in(f"cv.{AGENCY}"), practice, "agree")
    has_a_hand(practice, ACCEPTED, practice.person(f"cv.{AGENCY}"))
    head = signed_in(f"ld.{AGENCY}")
    confirm(head, practice, last(practice))
    assert standing(practice).item(TREATED).state.value == "proposed"
    assert "người khác thẩm định" in head.get("/").content.decode()
    confirm(head, practice, last(practice), "send-back", reason="Người khác thẩm định")
    assert standing(practice).item(TREATED).state.value == "waiting"


def test_who_had_no_hand_does_all_of_it(practice: Practice, signed_in: SignedIn, everything: Any) -> None:
    """The same person with the same requests: what refuses above is the hand, and nothing else."""
    client = signed_in(everything.username)
    for step in ("accept", "publish"):
        before = practice.dossier(STEPS[step])
        client.post(f"/ho-so/{before.pk}/buoc/{step}", {"seen": before.version})
        assert practice.dossier(STEPS[step]).version == before.version + 1
    for path in ("lay-y-kien", f"co-quan/{AGENCY}"):
        commune, said = ELSEWHERE[path]
        assert client.post(f"/ho-so/{practice.dossier(commune).pk}/{path}", dict(said)).status_code == 302
    assert practice.dossier(PUBLISHED).comments.filter(by=everything).exists()
    assert practice.dossier(ACCEPTED).findings.filter(by=everything).exists()
