"""Figures judged: once while nothing changes, anew when anything does, and in whatever language the page is."""

from __future__ import annotations

from dataclasses import replace

from ntm_rules.appraisal.entries import Entry
from tests.web.conftest import OPEN, Practice, SignedIn

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
