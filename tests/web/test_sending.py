"""No form goes into a network that is away: the pages hold what the script asks for before it sends one."""

from __future__ import annotations

import re

from tests.web.conftest import Practice, SignedIn


def test_pages_ask_the_server_for_the_person_and_a_token_before_a_form_is_sent(
    practice: Practice, signed_in: SignedIn
) -> None:
    from ntm_rules.web.looks import SENDING, content_of, static_name

    person, client = practice.person("thu-ky"), signed_in("thu-ky")
    page = client.get(f"/dot/{practice.round.pk}/hoi-dong").content.decode()
    asked = re.search(r'<script src="/tinh/([^"]+)" defer data-person="(\d+)" data-check="([^"]+)"', page)
    assert asked is not None
    assert asked.groups() == (static_name(SENDING), str(person.pk), "/tim")
    answer = client.get(asked[3]).content.decode()
    assert f'data-person="{person.pk}"' in answer
    assert re.search(r'name="csrfmiddlewaretoken" value="[^"]+"', answer)
    said = content_of(SENDING).decode()
    for word in re.findall(r"words\.([a-zA-Z]+)", said):
        assert f"data-{re.sub('([A-Z])', lambda found: f'-{found[1].lower()}', word)}=" in page, word


def test_who_is_not_signed_in_is_asked_for_nobody(practice: Practice, signed_in: SignedIn) -> None:
    from django.test import Client

    del practice, signed_in
    assert "data-person" not in Client().get("/dang-nhap").content.decode()
