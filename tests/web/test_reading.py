"""Figures judged: once while nothing changes, anew when anything does, and in whatever language the page is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ntm_rules.appraisal.entries import Entry
from tests.web.conftest import ACCEPTED, OPEN, SUBMITTED, Practice, SignedIn

TREATED = "household_waste_treated_share"


def test_the_same_figures_are_judged_once_and_others_anew(practice: Practice) -> None:
    from ntm_rules.web.reading import entries_of, figures_of, judged_of

    entries = entries_of(figures_of(practice.dossier(OPEN))) | {TREATED: Entry("81")}
    first = judged_of(practice.law, OPEN, entries)
    assert judged_of(practice.law, OPEN, dict(reversed(entries.items()))) is first
    other = judged_of(practice.law, OPEN, entries | {TREATED: Entry("79,95")})
    assert [judged.find("8.1.b").verdict.name for judged in (first, other)] == ["MET", "NOT_MET"]  # type: ignore[union-attr]
    assert judged_of(practice.law, "03390", entries) is not first
    assert judged_of(replace(practice.law), OPEN, entries) is not first, "another law knows nothing of it"


def test_no_more_is_kept_than_a_province_needs(practice: Practice) -> None:
    from ntm_rules.web import reading

    law = replace(practice.law)
    for number in range(reading._MOST_KEPT + 5):
        reading.judged_of(law, OPEN, {TREATED: Entry(str(number % 100), note=str(number))})
    assert len(law.judged) == reading._MOST_KEPT


def test_what_was_judged_for_one_language_is_said_in_another(practice: Practice, signed_in: SignedIn) -> None:
    client, pk = signed_in("cb.03394"), practice.dossier(OPEN).pk
    vietnamese = client.get(f"/ho-so/{pk}").content.decode()
    client.post("/ngon-ngu", {"language": "en"})
    english = client.get(f"/ho-so/{pk}").content.decode()
    assert ("Chưa đạt" in vietnamese, "Chưa đạt" in english) == (True, False)
    assert "Not met" in english


def test_only_the_latest_of_many_versions_is_read(practice: Practice) -> None:
    from ntm_rules.web.reading import figures_of, latest
    from ntm_rules.web.saving import Saving, save

    dossier, officer = practice.dossier("03390"), practice.person("cb.03390")
    for version in range(5):
        save(practice.law, dossier.pk, officer, [Saving(TREATED, Entry(str(50 + version)), version, f"k{version}")])
    assert [row.version for row in latest(dossier.figures.all())] == [5]
    assert figures_of(dossier)[TREATED].entry == Entry("54")


# --- kept until something is written ---------------------------------------------------------


def asked(work: Callable[[], object]) -> list[str]:
    """Return the tables that a piece of work asks the database for, one for each question."""
    from django.db import connection

    found: list[str] = []

    def count(execute: Any, sql: str, *said: Any) -> Any:
        found.append(sql)
        return execute(sql, *said)

    with connection.execute_wrapper(count):
        work()
    return found


def test_a_round_reads_the_figures_of_no_dossier_again_that_did_not_change(practice: Practice) -> None:
    from ntm_rules.web.saving import Saving, save
    from ntm_rules.web.views.standings import all_stood

    def verdicts() -> dict[str, str]:
        found = {one.dossier.commune: one.judged.find("8.1.b") for one in all_stood(practice.round)}
        return {commune: result.verdict.name for commune, result in found.items() if result is not None}

    before = verdicts()
    assert len(asked(verdicts)) == 2, "the last row of each dossier, and the dossiers"
    officer, dossier = practice.person("cb.03390"), practice.dossier("03390")
    save(practice.law, dossier.pk, officer, [Saving(TREATED, Entry("80"), 0, "k")])
    assert verdicts() == before | {"03390": "MET"}
    save(practice.law, dossier.pk, officer, [Saving(TREATED, Entry("79,99"), 1, "k2")])
    assert verdicts() == before | {"03390": "NOT_MET"}


def test_what_was_undone_is_not_kept(practice: Practice) -> None:
    """A number of a row may come again where its transaction was undone; its time does not."""
    from django.db import transaction

    from ntm_rules.web.reading import reported_in
    from ntm_rules.web.saving import Saving, save

    dossier, officer = practice.dossier("03390"), practice.person("cb.03390")
    for figure in ("80", "79"):
        with transaction.atomic():
            save(practice.law, dossier.pk, officer, [Saving(TREATED, Entry(figure), 0, "k")])
            assert reported_in(practice.law, dossier).entries == {TREATED: Entry(figure)}
            transaction.set_rollback(True)
    assert reported_in(practice.law, dossier).entries == {}


def test_what_agencies_do_is_read_again_when_one_has_acted(practice: Practice) -> None:
    from ntm_rules.appraisal.findings import Act, ItemState
    from ntm_rules.web.appraising import Wanted, act
    from ntm_rules.web.findings import items_of_round

    dossier, agency = practice.dossier(ACCEPTED), practice.law.owners[TREATED]
    seen = items_of_round(practice.round).get(dossier.pk, {}).get(TREATED)
    assert len(asked(lambda: items_of_round(practice.round))) == 1
    wanted = Wanted(TREATED, Act.OWN, seen.seen if seen else 0, Entry("81"), "Theo biên bản")
    assert act(practice.law, dossier.pk, agency, practice.person(f"cv.{agency}"), [wanted]).done == [TREATED]
    now = items_of_round(practice.round)[dossier.pk][TREATED]
    assert (now.state, now.proposal.entry if now.proposal else None) == (ItemState.PROPOSED, Entry("81"))


def test_who_saved_a_figure_is_called_as_the_account_is_now(practice: Practice, signed_in: SignedIn) -> None:
    from ntm_rules.web.models import Person

    client, pk = signed_in("cb.03394"), practice.dossier(OPEN).pk
    page = f"/ho-so/{pk}/muc/{practice.law.section_of[TREATED].criterion.id}"  # type: ignore[union-attr]  # of a criterion
    client.get(page)
    Person.objects.filter(username="cb.03394").update(full_name="Lò Thị Mới")
    assert ", Lò Thị Mới" in client.get(page).content.decode()


MOST_QUESTIONS = {
    "/ho-so/{dossier}": 10, "/ho-so/{dossier}/muc/8": 10, "/": 10, "/dot/{round}": 12, "/dot/{round}/tien-do": 16,
}  # fmt: skip
"""A page -> how often it may ask the database, however many figures there are."""


@pytest.mark.parametrize("page", MOST_QUESTIONS)
def test_a_page_asks_the_database_a_few_times(practice: Practice, signed_in: SignedIn, page: str) -> None:
    client = signed_in("thuong-truc" if "round" in page else "cb.03394")
    address = page.format(dossier=practice.dossier(OPEN).pk, round=practice.round.pk)
    assert client.get(address).status_code == 200
    found = asked(lambda: client.get(address))
    assert len(found) <= MOST_QUESTIONS[page], "\n".join(found)


def test_dossiers_that_were_longest_not_asked_for_go_first(practice: Practice) -> None:
    from ntm_rules.web.kept import Kept
    from ntm_rules.web.models import Figure

    kept: Kept[int] = Kept(most=1)
    made: list[int] = []

    def of(*dossiers: int) -> dict[int, int]:
        return kept.of(Figure.objects.filter(dossier__in=dossiers), lambda owed: {d: made.append(d) or d for d in owed})

    one, other = practice.dossier(OPEN).pk, practice.dossier(SUBMITTED).pk
    assert of(one) == of(one) == {one: one}
    assert (made, len(kept)) == ([one], 1)
    assert of(one, other) == {one: one, other: other}
    assert (made, len(kept)) == ([one, other], 1)
    assert of(one) == {one: one}
    assert made == [one, other, one]
