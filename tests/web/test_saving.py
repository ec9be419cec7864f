"""Figures saved: as typed, each by itself, twice is once, never over another's, refused in the reader's words."""

from __future__ import annotations

import html
import json
from typing import Any

import pytest

from ntm_rules.appraisal.states import State
from tests.web.conftest import Practice, SignedIn
from tests.web.databases import on_both

TREATED, BURIED = "household_waste_treated_share", "household_waste_landfilled_share"


@pytest.fixture
def save(practice: Practice, signed_in: SignedIn) -> Any:
    """Save a figure of the empty dossier as its officer's browser does."""
    client, pk = signed_in("cb.03390"), practice.dossier("03390").pk

    def one(measure: str = TREATED, **said: Any) -> dict[str, Any]:
        response = client.post(f"/ho-so/{pk}/so-lieu/{measure}", said)
        assert response.status_code == 200, response.status_code
        found: dict[str, Any] = json.loads(response.content)
        return found

    return one


def standing(practice: Practice, measure: str = TREATED) -> list[tuple[int, str]]:
    rows = practice.dossier("03390").figures.filter(measure=measure).order_by("version")
    return [(row.version, row.value) for row in rows]


def test_a_figure_is_saved_as_typed_with_the_verdict_it_comes_to(practice: Practice, save: Any) -> None:
    answer = save(value="79,95", base=0, key="a", document="12/BC-UBND")
    assert (answer["state"], answer["version"], answer["said"]) == ("saved", 1, [])
    assert standing(practice) == [(1, "79,95")]
    assert "Chưa đạt" in answer["live"]["requirement-8.1.b"]
    assert "0,05" in answer["live"]["requirement-8.1.b"]
    assert "Đạt" in save(value="80", base=1, key="b")["live"]["requirement-8.1.b"]


@on_both
def test_saving_twice_is_saving_once(practice: Practice, save: Any) -> None:
    first, second = save(value="81", base=0, key="a"), save(value="81", base=0, key="a")
    assert (first["state"], second["state"]) == ("saved", "saved")
    assert standing(practice) == [(1, "81")]


def test_an_answer_that_was_lost_is_no_conflict_with_oneself(practice: Practice, save: Any) -> None:
    save(value="81", base=0, key="a")
    assert save(value="82", base=0, key="b", earlier="a")["state"] == "saved"
    assert standing(practice) == [(1, "81"), (2, "82")]


def test_what_cannot_be_read_is_refused_in_the_readers_words_and_what_stood_stands(
    practice: Practice, save: Any
) -> None:
    save(value="81", base=0, key="a")
    answer = save(value="1.234", base=1, key="b")
    assert answer["state"] == "refused"
    assert "có thể là 1234 hoặc 1,234" in answer["said"][0]
    assert standing(practice) == [(1, "81")]


@on_both
def test_a_second_person_is_shown_both_values_and_nothing_is_lost(practice: Practice, save: Any) -> None:
    save(value="81", base=0, key="a")
    answer = save(value="75", base=0, key="b")
    assert answer["state"] == "conflict"
    assert answer["theirs"]["cells"]["value"] == "81"
    assert "«81»" in answer["theirs"]["words"]
    assert standing(practice) == [(1, "81")]
    assert save(value="75", base=1, key="c")["state"] == "saved"
    assert standing(practice) == [(1, "81"), (2, "75")]


def test_the_same_value_from_two_people_is_no_conflict(practice: Practice, save: Any) -> None:
    save(value="81", base=0, key="a")
    assert save(value="81", base=0, key="b")["state"] == "saved"
    assert standing(practice) == [(1, "81")]


def test_a_figure_may_be_emptied_and_the_versions_stay(practice: Practice, save: Any) -> None:
    save(value="81", base=0, key="a")
    assert save(value="", base=1, key="b")["state"] == "saved"
    assert standing(practice) == [(1, "81"), (2, "")]


def test_nothing_is_saved_once_the_dossier_is_submitted(practice: Practice, signed_in: SignedIn) -> None:
    from ntm_rules.appraisal.entries import Entry
    from ntm_rules.web.models import Dossier
    from ntm_rules.web.saving import Outcome, Saving, save

    dossier, officer = practice.dossier("03390"), practice.person("cb.03390")
    client = signed_in("cb.03390")
    Dossier.objects.filter(pk=dossier.pk).update(state=State.SUBMITTED.value)
    assert (
        client.post(f"/ho-so/{dossier.pk}/so-lieu/{TREATED}", {"value": "81", "base": 0, "key": "a"}).status_code == 404
    )
    saved, _figures = save(practice.law, dossier.pk, officer, [Saving(TREATED, Entry("81"), 0, "a")])
    assert saved[TREATED].outcome is Outcome.CLOSED
    assert standing(practice) == []


def test_a_cell_of_thousands_of_characters_is_refused(practice: Practice, save: Any) -> None:
    answer = save(value="8" * 2001, base=0, key="a")
    assert (answer["state"], standing(practice)) == ("refused", [])


def test_without_a_script_a_page_is_saved_whole_and_what_is_wrong_stays_typed(
    practice: Practice, signed_in: SignedIn
) -> None:
    client, dossier = signed_in("cb.03390"), practice.dossier("03390")
    path = f"/ho-so/{dossier.pk}/muc/8"
    said = {f"{TREATED}:value": "81", f"{TREATED}:base": 0, f"{BURIED}:value": "1.234", f"{BURIED}:base": 0}
    response = client.post(path, said)
    assert response.status_code == 422
    page = response.content.decode()
    assert 'value="1.234"' in page
    assert "có thể là 1234 hoặc 1,234" in page
    assert (standing(practice), standing(practice, BURIED)) == ([(1, "81")], [])
    mended = {f"{TREATED}:value": "81", f"{TREATED}:base": 1, f"{BURIED}:value": "45", f"{BURIED}:base": 0}
    assert client.post(path, mended).status_code == 302
    assert client.post(path, mended).status_code == 302
    assert standing(practice, BURIED) == [(1, "45")]


def test_without_a_script_a_conflict_shows_both_and_saving_again_chooses(
    practice: Practice, signed_in: SignedIn
) -> None:
    client, dossier = signed_in("cb.03390"), practice.dossier("03390")
    path = f"/ho-so/{dossier.pk}/muc/8"
    client.post(path, {f"{TREATED}:value": "81", f"{TREATED}:base": 0})
    response = client.post(path, {f"{TREATED}:value": "75", f"{TREATED}:base": 0})
    page = response.content.decode()
    assert response.status_code == 422
    assert "«81»" in page
    assert 'value="75"' in page
    assert client.post(path, {f"{TREATED}:value": "75", f"{TREATED}:base": 1}).status_code == 302
    assert standing(practice) == [(1, "81"), (2, "75")]


@on_both
@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "{{ 7*7 }}", "=1+1", "'; DROP TABLE web_figure; --", "\0"]
)
def test_what_is_typed_is_shown_as_typed_and_does_nothing(practice: Practice, signed_in: SignedIn, text: str) -> None:
    client, dossier = signed_in("cb.03390"), practice.dossier("03390")
    client.post(f"/ho-so/{dossier.pk}/so-lieu/{TREATED}", {"value": "81", "note": text, "base": 0, "key": "a"})
    page = client.get(f"/ho-so/{dossier.pk}/muc/8").content.decode()
    assert "<script>alert" not in page
    shown = html.escape(text.replace("\0", ""), quote=True).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")
    assert f'value="{shown}"' in page or not shown
    assert client.get(f"/ho-so/{dossier.pk}/nhat-ky").status_code == 200


def test_only_a_measure_of_the_law_is_saved(practice: Practice, signed_in: SignedIn) -> None:
    dossier = practice.dossier("03390")
    response = signed_in("cb.03390").post(f"/ho-so/{dossier.pk}/so-lieu/no_such", {"value": "1", "base": 0, "key": "a"})
    assert response.status_code == 404
