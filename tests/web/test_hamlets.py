"""Rounds over sets that ask for figures of each hamlet: typed, from Excel, appraised, judged at every layer as `ntm batch` does."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ntm_rules.appraisal.entries import Entry
from ntm_rules.appraisal.findings import Act, ItemState
from ntm_rules.appraisal.hamlets import MOST_HAMLETS
from ntm_rules.appraisal.layers import Layer
from ntm_rules.evaluation.verdicts import Verdict
from tests.conftest import ROOT
from tests.web.conftest import PASSWORD, Practice, SignedIn
from tests.web.databases import on_a_restored_one, on_both

SET = ROOT / "tests" / "turns" / "criteria" / "thon-ban-2026-2030"
ONE, TWO, AGENCY = "93010", "93020", "so-a"
PAVED, HALLS, ROADS, LOUD = "hamlet_paved_share", "hamlet_halls", "hamlet_has_roads", "hamlet_loudspeaker"


class Hamlets(NamedTuple):
    """A round over the set, and who signs in."""

    round: Any
    law: Any
    signed_in: SignedIn

    def dossier(self, commune: str = ONE) -> Any:
        return self.round.dossiers.select_related("round__law").get(commune=commune)

    def verdict(self, requirement: str, commune: str = ONE) -> Verdict:
        from ntm_rules.web.views.standings import stood

        found = stood(self.dossier(commune)).judged.find(requirement)
        assert found is not None
        return found.verdict

    def posts(self, who: str, path: str, said: dict[str, Any]) -> Any:
        return self.signed_in(who).post(f"/ho-so/{self.dossier().pk}/{path}", said)

    def page(self, who: str = "cb.thon", path: str = "muc/1") -> str:
        return str(self.signed_in(who).get(f"/ho-so/{self.dossier().pk}/{path}".rstrip("/")).content.decode())

    def entries(self) -> dict[str, Entry]:
        from ntm_rules.web.reading import entries_of, figures_of

        return entries_of(figures_of(self.dossier()))


@pytest.fixture
def hamlets(practice: Practice, signed_in: SignedIn) -> Hamlets:
    """A round of three communes, opened, with an officer and a head of one and the people of its one agency."""
    return opened(practice, signed_in, SET)


def opened(practice: Practice, signed_in: SignedIn, folder: Path) -> Hamlets:
    from ntm_rules.appraisal.roles import Role
    from ntm_rules.web.laws import law_in_force
    from ntm_rules.web.opening import RoundAsked, open_round
    from ntm_rules.web.practice import _person

    for name, role, place in (
        ("cb.thon", Role.COMMUNE_OFFICER, ONE), ("cb2.thon", Role.COMMUNE_OFFICER, ONE), ("ct.thon", Role.COMMUNE_HEAD, ONE),
        ("cv.thon", Role.AGENCY_EXPERT, AGENCY), ("ld.thon", Role.AGENCY_HEAD, AGENCY),
    ):  # fmt: skip
        _person(name, name, practice.person("thuong-truc").password, role, place, hashed=True)
    asked = RoundAsked("Thôn bản", 2026, str(folder), dt.date(2026, 12, 1))
    one = open_round(practice.person("thuong-truc"), asked)
    return Hamlets(one, law_in_force(one), signed_in)


def add(hamlets: Hamlets, names: str, who: str = "cb.thon") -> Any:
    return hamlets.posts(who, "thon", {"section": "1", "names": names})


def typed(hamlets: Hamlets, kept: str, who: str = "cb.thon", **cells: object) -> dict[str, Any]:
    """Type one figure as the browser does; return what it is answered."""
    said = {"base": cells.pop("base", 0), "key": f"{kept}{cells}{who}"[:64], **cells}
    response = hamlets.posts(who, f"so-lieu/{kept}", said)
    assert response.status_code == 200, response.status_code
    answer: dict[str, Any] = response.json()
    return answer


def fill(hamlets: Hamlets) -> None:
    """Three hamlets, two of which have paved roads and halls; the third has no road."""
    add(hamlets, "Bản A\nBản B\nBản C")
    typed(hamlets, "hamlets_in_commune", value="3")
    for number, paved, halls, roads in ((1, "90", "1", "Có"), (2, "70,5", "2", "Có"), (3, "", "0", "Không")):
        for kept, value in ((PAVED, paved), (HALLS, halls), (ROADS, roads), (LOUD, roads)):
            assert typed(hamlets, f"{kept}@{number}", value=value)["state"] == "saved"


def test_hamlets_are_named_and_their_figures_typed_and_judged_at_once(hamlets: Hamlets) -> None:
    assert "Chưa có thôn, bản nào" in hamlets.page()
    assert hamlets.verdict("1.2") is Verdict.NO_DATA
    assert add(hamlets, " Bản A \n\nBản  B\nBản A").status_code == 302
    assert [hamlets.entries()[kept].value for kept in ("@1", "@2")] == ["Bản A", "Bản B"]
    answer = typed(hamlets, f"{HALLS}@1", value="1")
    assert (answer["state"], answer["version"]) == ("saved", 1)
    assert "Bản B" in answer["live"]["requirement-1.2"]
    typed(hamlets, f"{HALLS}@2", value="0")
    assert hamlets.verdict("1.2") is Verdict.NOT_MET
    typed(hamlets, f"{HALLS}@2", value="2", base=1)
    assert hamlets.verdict("1.2") is Verdict.MET


def test_they_are_called_what_the_set_of_the_round_calls_them(
    practice: Practice, signed_in: SignedIn, tmp_path: Path
) -> None:
    from ntm_rules.web.laws import forget

    shutil.copytree(SET, tmp_path / "ap")
    header = tmp_path / "ap" / "criteria-set.yaml"
    types = (
        'commune_types:\n  - {id: xa, title: {vi: xã, en: commune}, full_name: {vi: "Xã {name}", en: "{name} commune"},\n'
        "     below: {one: {vi: ấp, en: quarter}, several: {vi: ấp, en: quarters}}}\n"
    )
    header.write_text(header.read_text(encoding="utf-8") + types, encoding="utf-8")
    forget()  # a round of another test had the same number
    quarters = opened(practice, signed_in, tmp_path / "ap")
    page = quarters.page()
    assert "Chưa có ấp nào" in page
    assert "thôn, bản" not in page.casefold()
    assert "Đã thêm 1 ấp." in str(signed_in("cb.thon").post(*_added(quarters), follow=True).content.decode())
    forget()


def _added(quarters: Hamlets) -> tuple[str, dict[str, str]]:
    return f"/ho-so/{quarters.dossier().pk}/thon", {"section": "1", "names": "Ấp 1"}


def test_what_cannot_be_read_is_refused_at_its_hamlet(hamlets: Hamlets) -> None:
    add(hamlets, "Bản A\nBản B")
    typed(hamlets, f"{PAVED}@1", value="80")
    answer = typed(hamlets, f"{PAVED}@2", value="80.5")
    assert answer["state"] == "refused"
    assert any("80,5" in words for words in answer["said"])
    assert typed(hamlets, f"{PAVED}@1", value="81", base=1)["said"] == []


@pytest.mark.parametrize("name", ["bản a", "  BẢN   A ", "=1+1", "x" * 101, "…"])
def test_a_name_that_is_taken_or_is_none_is_refused_with_why(hamlets: Hamlets, name: str) -> None:
    add(hamlets, "Bản A\nBản B")
    answer = typed(hamlets, "@2", value=name, base=1)
    assert answer["state"] == "refused"
    assert answer["said"]
    assert hamlets.entries()["@2"] == Entry("Bản B")


def test_a_hamlet_is_renamed_removed_and_brought_back_with_all_its_versions(hamlets: Hamlets) -> None:
    from ntm_rules.web.models import Figure

    add(hamlets, "Bản A\nBản B")
    typed(hamlets, f"{HALLS}@1", value="1")
    assert typed(hamlets, "@1", value="Bản Mới", base=1)["state"] == "saved"
    assert typed(hamlets, "@1", value="", base=2)["state"] == "refused", "a name is not emptied by the way"
    hamlets.posts("cb.thon", "thon", {"section": "1", "remove": "1:1"})
    assert "@1" in hamlets.entries(), "somebody renamed it since the page was looked at"
    hamlets.posts("cb.thon", "thon", {"section": "1", "remove": "1:2"})
    assert set(hamlets.entries()) == {"@2"}
    add(hamlets, "bản mới")
    assert hamlets.entries() == {"@1": Entry("bản mới"), "@2": Entry("Bản B"), f"{HALLS}@1": Entry("1")}
    names = (
        Figure.objects.filter(dossier=hamlets.dossier(), measure="@1")
        .order_by("version")
        .values_list("value", flat=True)
    )
    assert list(names) == ["Bản A", "Bản Mới", "", "bản mới"]
    log = hamlets.page(path="nhat-ky")
    assert "Tên thôn, bản bản mới" in log or "Bản Mới" in log


def test_two_who_add_or_type_at_once_lose_nothing(hamlets: Hamlets) -> None:
    add(hamlets, "Bản A")
    add(hamlets, "Bản B", "cb2.thon")
    assert [hamlets.entries()[f"@{n}"].value for n in (1, 2)] == ["Bản A", "Bản B"]
    assert typed(hamlets, "@3", value="Bản C")["state"] == "saved"
    answer = typed(hamlets, "@3", "cb2.thon", value="Bản D")
    assert (answer["state"], answer["theirs"]["cells"]["value"]) == ("conflict", "Bản C")
    typed(hamlets, f"{HALLS}@1", value="1")
    assert typed(hamlets, f"{HALLS}@1", "cb2.thon", value="2")["state"] == "conflict"
    assert typed(hamlets, f"{HALLS}@1", "cb2.thon", value="1")["state"] == "saved", "the same is saved once"


def test_without_script_the_page_saves_names_and_figures_together(hamlets: Hamlets) -> None:
    add(hamlets, "Bản A")
    page = hamlets.page()
    assert f'name="{HALLS}@1:value"' in page
    said = {"@1:base": 1, "@1:value": "Bản Một", f"{HALLS}@1:base": 0, f"{HALLS}@1:value": "2", f"{PAVED}@1:base": 0,
            f"{PAVED}@1:numerator": "3,5", f"{PAVED}@1:denominator": "4"}  # fmt: skip
    assert hamlets.posts("cb.thon", "muc/1", said).status_code == 302
    assert hamlets.entries() == {
        "@1": Entry("Bản Một"), f"{HALLS}@1": Entry("2"), f"{PAVED}@1": Entry(numerator="3,5", denominator="4")
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "said"),
    [("so-lieu/hamlet_halls", {"value": "1"}), ("so-lieu/hamlet_halls@0", {"value": "1"}), ("so-lieu/hamlets_paved@1", {"value": "1"}),
     ("so-lieu/khong_co@1", {"value": "1"}), ("thon", {"section": "9", "names": "x"}), ("thon", {"section": "1", "remove": "1"})],
)  # fmt: skip
def test_what_is_no_figure_of_a_hamlet_has_no_page(hamlets: Hamlets, path: str, said: dict[str, str]) -> None:
    assert hamlets.posts("cb.thon", path, said).status_code == 404


def test_a_figure_of_a_hamlet_that_is_not_there_is_not_taken(hamlets: Hamlets) -> None:
    assert typed(hamlets, f"{HALLS}@7", value="1")["state"] == "closed"
    assert typed(hamlets, "@9999", value="Bản")["state"] == "closed"


def test_the_excel_form_goes_out_with_the_hamlets_and_comes_back(hamlets: Hamlets, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    from ntm_rules.web.excel import proposed
    from ntm_rules.web.hamlets import numbers_by_name

    fill(hamlets)
    content = hamlets.signed_in("cb.thon").get(f"/ho-so/{hamlets.dossier().pk}/phieu.xlsx").content
    again = proposed(hamlets.law, ONE, content, "a.xlsx", hamlets.entries(), numbers_by_name(hamlets.dossier()))
    assert (again.entries, again.mistakes, again.not_exact) == ({}, [], [])
    file = tmp_path / "phieu.xlsx"
    file.write_bytes(content)
    book = load_workbook(file)
    sheet = next(book[name] for name in book.sheetnames if "Thôn" in name or "thôn" in name)
    places = {cell.value: (cell.row, cell.column) for row in sheet.iter_rows() for cell in row if cell.value}
    row, column = places["Bản C"]
    halls = next(at for words, (_row, at) in places.items() if str(words).startswith("Số nhà văn hóa"))
    sheet.cell(row, halls).value = 4
    sheet.cell(row + 1, column).value = "Bản D"
    sheet.cell(row + 1, halls).value = 1
    book.save(file)
    found = proposed(
        hamlets.law, ONE, file.read_bytes(), "a.xlsx", hamlets.entries(), numbers_by_name(hamlets.dossier())
    )
    assert found.entries == {"@4": Entry("Bản D"), f"{HALLS}@3": Entry("4"), f"{HALLS}@4": Entry("1")}
    with file.open("rb") as stream:
        where = hamlets.posts("cb.thon", "nop-phieu", {"file": stream})["Location"]
    client = hamlets.signed_in("cb.thon")
    page = client.get(where).content.decode()
    assert "Bản D: Số nhà văn hóa của thôn" in page
    takes = {f"{kept}:take": "1" for kept in found.entries}
    bases = {f"{kept}:base": {f"{HALLS}@3": 1}.get(kept, 0) for kept in found.entries}
    assert client.post(where, takes | bases).status_code == 302
    assert hamlets.entries()[f"{HALLS}@4"] == Entry("1")


def _is_appraised(hamlets: Hamlets) -> None:
    """The agency takes another figure for one hamlet, sets one aside, agrees to the rest; its head confirms."""
    from ntm_rules.web.findings import appraised
    from ntm_rules.web.views.standings import stood

    one = hamlets.dossier()
    hamlets.posts("ct.thon", "buoc/submit", {"seen": one.version})
    hamlets.signed_in("thuong-truc").post(f"/ho-so/{one.pk}/buoc/accept", {"seen": hamlets.dossier().version})
    page = hamlets.page("cv.thon", f"co-quan/{AGENCY}")
    assert "Bản B: Số nhà văn hóa của thôn" in page
    here = stood(hamlets.dossier())
    items = appraised(here.law, here.dossier, here.figures).of(AGENCY)
    said: dict[str, Any] = {}
    for item in items:
        said |= {f"{item.measure}:act": Act.AGREE.value, f"{item.measure}:seen": item.seen}
    said |= {f"{PAVED}@2:act": "own", f"{PAVED}@2:value": "60", f"{PAVED}@2:reason": "Đo lại"}
    said |= {f"{LOUD}@1:act": "set-aside", f"{LOUD}@1:reason": "Loa hỏng"}
    assert hamlets.posts("cv.thon", f"co-quan/{AGENCY}", said).status_code == 302
    here = stood(hamlets.dossier())
    items = appraised(here.law, here.dossier, here.figures).of(AGENCY)
    assert {item.state for item in items} == {ItemState.PROPOSED}
    ticked = [f"{one.pk}:{item.measure}:{item.seen}" for item in items]
    hamlets.signed_in("ld.thon").post(
        f"/dot/{hamlets.round.pk}/co-quan/{AGENCY}/xac-nhan", {"item": ticked, "do": "confirm"}
    )
    here = stood(hamlets.dossier())
    assert appraised(here.law, here.dossier, here.figures).done


def _of_batch(hamlets: Hamlets, layer: Layer, folder: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """Return every verdict that `ntm batch` comes to on the exported table."""
    from ntm_rules.evaluation.batch import evaluate
    from ntm_rules.runs.reading import YearsRead, read_years
    from ntm_rules.web.layer_tables import LayerTable, table_of

    table = folder / f"{layer.value}.csv"
    table.write_bytes(table_of(hamlets.round, LayerTable(layer)))
    read = read_years(hamlets.law.rulebook, [table], [2026])
    assert isinstance(read, YearsRead)
    assert list(read.dataset.problems) == []
    rules = hamlets.law.rulebook.for_year(2026)
    judged = evaluate(rules, read.dataset.records, years=[2026])
    at = list(judged.records.codes).index(ONE)
    return {
        (node.level, node.id): (Verdict(int(judged.verdicts[row, at])).name, "")
        for row, node in enumerate(judged.table)
    }


@on_both
def test_every_layer_comes_to_what_batch_makes_of_its_exported_figures(hamlets: Hamlets, tmp_path: Path) -> None:
    from ntm_rules.web.findings import appraised
    from ntm_rules.web.verifying import verified
    from ntm_rules.web.views.standings import stood

    fill(hamlets)
    add(hamlets, "Bản D")  # listed, and nothing is known of it
    typed(hamlets, "hamlets_in_commune", value="4", base=1)
    _is_appraised(hamlets)
    here = stood(hamlets.dossier())
    standing = appraised(here.law, here.dossier, here.figures)
    for layer, judged in ((Layer.SELF, here.judged), (Layer.AGENCY, standing.confirmed)):
        batch = _of_batch(hamlets, layer, tmp_path)
        for requirement in hamlets.law.rules.requirements():
            found = judged.find(requirement.id)
            assert found is not None
            assert batch["requirement", requirement.id][0] == found.verdict.name, (layer, requirement.id)
    found = [judged.find("1.1") for judged in (here.judged, standing.confirmed)]
    assert [one and one.verdict for one in found] == [Verdict.NO_DATA, Verdict.NOT_MET]
    page = hamlets.page("cv.thon", "doi-chieu")
    assert "Đo lại" in page
    assert [str(fault) for fault in verified().faults] == []


def test_the_list_is_frozen_once_the_dossier_is_submitted_and_what_is_asked_for_opens_again(hamlets: Hamlets) -> None:
    from django.utils import timezone

    fill(hamlets)
    one = hamlets.dossier()
    hamlets.posts("ct.thon", "buoc/submit", {"seen": one.version})
    assert add(hamlets, "Bản E").status_code == 404
    hamlets.signed_in("thuong-truc").post(f"/ho-so/{one.pk}/buoc/accept", {"seen": hamlets.dossier().version})
    due = (timezone.localdate() + dt.timedelta(5)).isoformat()
    asked = {"item": f"{HALLS}@2:0", "reason": "Ảnh chụp", "due": due, "cause": ""}
    reasons = hamlets.law.procedure.return_reasons
    asked["cause"] = reasons[0].id if reasons else ""
    assert hamlets.posts("cv.thon", f"co-quan/{AGENCY}/yeu-cau", asked).status_code == 302
    assert "Bản B: Số nhà văn hóa của thôn" in hamlets.page(path="")
    assert typed(hamlets, f"{HALLS}@2", value="3", base=1)["state"] == "saved"
    for kept, value in ((f"{HALLS}@1", "9"), ("@1", "Bản Khác")):
        assert hamlets.posts("cb.thon", f"so-lieu/{kept}", {"value": value, "base": 1}).status_code == 404


def test_an_agency_finds_nothing_on_a_hamlet_that_is_not_there(hamlets: Hamlets) -> None:
    fill(hamlets)
    one = hamlets.dossier()
    hamlets.posts("ct.thon", "buoc/submit", {"seen": one.version})
    hamlets.signed_in("thuong-truc").post(f"/ho-so/{one.pk}/buoc/accept", {"seen": hamlets.dossier().version})
    for number in (4, 99999):
        kept = f"{HALLS}@{number}"
        for path, said in (
            (f"dot/{hamlets.round.pk}/co-quan/{AGENCY}/dong-y", {"item": f"{one.pk}:{kept}:0"}),
            (f"ho-so/{one.pk}/co-quan/{AGENCY}/yeu-cau", {"item": f"{kept}:0", "reason": "x", "due": "2099-01-01"}),
        ):
            hamlets.signed_in("cv.thon").post(f"/{path}", said)
    assert not one.findings.exists()
    hamlets.signed_in("cv.thon").post(
        f"/dot/{hamlets.round.pk}/co-quan/{AGENCY}/dong-y", {"item": f"{one.pk}:{HALLS}@3:0"}
    )
    assert [finding.measure for finding in one.findings.all()] == [f"{HALLS}@3"]


def test_the_collections_tell_which_figures_are_of_hamlets(hamlets: Hamlets) -> None:
    from ntm_rules.web.extracts import COLLECTIONS

    fill(hamlets)
    rows = {row[1]: row for row in COLLECTIONS["figures"].rows(hamlets.round, 0)}
    assert rows["@1"][3] == "Bản A"
    assert rows[f"{PAVED}@2"][3] == "70,5"
    assert PASSWORD not in str(rows)


def test_as_many_hamlets_as_there_may_be_are_saved_in_one_page_and_no_more(hamlets: Hamlets) -> None:
    add(hamlets, "\n".join(f"Bản {number}" for number in range(MOST_HAMLETS + 1)))
    assert len(hamlets.entries()) == MOST_HAMLETS
    page = hamlets.page()
    said = {name: "0" if name.endswith(":base") else "" for name in re.findall(r'name="([^"@]*@\d+:[a-z]+)"', page)}
    assert len(said) > 2000
    said |= {f"@{number}:base": "1" for number in range(1, MOST_HAMLETS + 1)}
    said |= {f"@{number}:value": f"Bản {number - 1}" for number in range(1, MOST_HAMLETS + 1)}
    assert hamlets.posts("cb.thon", "muc/1", said | {f"{HALLS}@{MOST_HAMLETS}:value": "2"}).status_code == 302
    assert hamlets.entries()[f"{HALLS}@{MOST_HAMLETS}"] == Entry("2")


def _shown(name: str, pk: int) -> tuple[list[str], dict[str, Any], Any]:
    """Return the tables of what is missing on a dossier's page, every row that is kept, and what verifying finds."""
    from django.test import Client

    from ntm_rules.web.models import Person
    from ntm_rules.web.verifying import verified
    from tests.web.test_backup import everything

    client = Client()
    client.force_login(Person.objects.get(username=name))
    page = client.get(f"/ho-so/{pk}").content.decode()
    rows = {model: found for model, found in everything().items() if model != "person"}  # who signed in last
    return re.findall(r'<table class="stack gaps.*?</table>', page, re.S), rows, verified()


@on_both
@pytest.mark.long  # a whole installation restored
def test_a_backup_brings_hamlets_back_with_their_figures_findings_and_gaps(hamlets: Hamlets, tmp_path: Path) -> None:
    fill(hamlets)
    add(hamlets, "Bản D")
    hamlets.posts("cb.thon", "thon", {"section": "1", "remove": "4:1"})
    typed(hamlets, f"{HALLS}@3", value="0", base=1)
    _is_appraised(hamlets)
    pk = hamlets.dossier().pk
    before = _shown("cb.thon", pk)
    assert on_a_restored_one(tmp_path, lambda: _shown("cb.thon", pk)) == before
    gaps, rows, found = before
    assert "Bản C" in gaps[0]
    assert [row["value"] for row in rows["figure"] if row["measure"] == "@4"] == ["Bản D", ""]
    assert {row["measure"] for row in rows["finding"]} >= {f"{PAVED}@2", f"{LOUD}@1"}
    assert found.faults == []
