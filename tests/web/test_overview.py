"""Over a round: the pages of results are those of the command, progress stands apart, days go into a calendar."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import icalendar
import pytest

from tests.web.conftest import ACCEPTED, OPEN, SUBMITTED, Practice, SignedIn

LEADER = "thuong-truc"


def results(practice: Practice, file: str = "index.html", layer: str = "self") -> str:
    return f"/dot/{practice.round.pk}/ket-qua/{layer}/{file}"


# --- results -----------------------------------------------------------------------------------


@pytest.mark.long
def test_the_pages_of_a_layer_are_those_of_the_command_on_its_figures(
    practice: Practice, signed_in: SignedIn, tmp_path: Path
) -> None:
    from django.utils import timezone

    from ntm_rules.report.site.pages import render_site
    from ntm_rules.runs.reading import YearsRead, read_years
    from ntm_rules.runs.site import site_contents
    from ntm_rules.web.models import Round

    client = signed_in(LEADER)
    handed_out = client.get(f"/dot/{practice.round.pk}/lop/self.csv").content
    table = tmp_path / f"tu-danh-gia-{practice.round.year}.csv"
    table.write_bytes(handed_out)
    inputs = [table]
    one = Round.objects.get(pk=practice.round.pk)
    if one.before:
        inputs.append(tmp_path / f"nam-truoc{Path(one.before_name).suffix.lower()}")
        inputs[-1].write_bytes(bytes(one.before))
    read = read_years(practice.law.rulebook, inputs, [practice.round.year])
    assert isinstance(read, YearsRead)
    files = render_site(replace(site_contents(read), day=timezone.localdate()))  # the day where the province is
    for file in ("index.html", f"don-vi-{SUBMITTED}.html", "chi-tieu-8-1.html", "mot-trang.html", "gan-dat-chuan.html"):
        shown = client.get(results(practice, file)).content.decode()
        own = re.sub(r"<li[^>]*><a[^>]*>←.*?</li>\s*", "", shown, flags=re.DOTALL)
        assert " ".join(own.split()) == " ".join(files[file].decode().split()), file
        assert f'href="/dot/{practice.round.pk}"' in shown
        assert "SỐ LIỆU MINH HỌA" in shown


def test_figures_of_communes_that_have_not_submitted_are_told_to_be_among_the_results(
    practice: Practice, signed_in: SignedIn
) -> None:
    entering = [one for one in practice.round.dossiers.filter(state="open") if one.figures.exists()]
    assert entering
    head = signed_in(LEADER).get(results(practice, "mot-trang.html")).content.decode()
    assert f"gồm số liệu của {len(entering)} xã chưa nộp" in head
    assert (
        "chưa nộp" not in signed_in(LEADER).get(results(practice, layer="agency")).content.decode().split("←")[1][:300]
    )


def test_every_link_of_a_page_leads_somewhere_and_no_script_stands_within(
    practice: Practice, signed_in: SignedIn
) -> None:
    client = signed_in(LEADER)
    response = client.get(results(practice))
    policy = response["Content-Security-Policy"]
    assert "style-src-attr 'unsafe-inline'" in policy
    assert "script-src 'self'" in policy
    page = response.content.decode()
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*src=)", page)
    files = sorted(set(re.findall(r'(?:href|src)="([^"#/:]+)', page)))
    assert len(files) > 40
    for file in [name for name in files if not name.startswith("chi-tieu-")][:12]:
        assert client.get(results(practice, file)).status_code == 200, file


def test_a_layer_in_which_nothing_is_confirmed_says_so_and_an_unknown_one_is_not_there(
    practice: Practice, signed_in: SignedIn
) -> None:
    client = signed_in(LEADER)
    assert client.get(results(practice, layer="council")).status_code == 404
    assert client.get(results(practice, layer="x")).status_code == 404
    assert client.get(results(practice, "khong-co.css")).status_code == 404
    assert client.get(results(practice, "don-vi-99999.html")).status_code == 302
    agency = client.get(results(practice, layer="agency")).content.decode()
    assert "don-vi-03544.html" in agency  # the one commune whose findings are all confirmed
    assert f"don-vi-{OPEN}.html" not in agency


@pytest.mark.parametrize("name", [f"cb.{OPEN}", f"ct.{OPEN}", "cv.so-y-te", "ld.so-y-te", "quan-tri"])
def test_results_of_all_communes_are_for_the_province(practice: Practice, signed_in: SignedIn, name: str) -> None:
    assert signed_in(name).get(results(practice)).status_code == 404


def test_an_overview_is_made_anew_once_something_was_saved(
    practice: Practice, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ntm_rules.web import overviews
    from ntm_rules.web.events import note

    made = []
    monkeypatch.setattr(overviews, "_site", lambda *_asked: made.append(1))
    from ntm_rules.appraisal.layers import Layer
    from ntm_rules.web.layer_tables import LayerTable

    overviews._kept.clear()
    for fresh, expected in ((60.0, 1), (60.0, 1), (0.0, 2), (0.0, 2)):
        monkeypatch.setattr(overviews, "FRESH", fresh)
        if expected == 2 and len(made) == 1:
            note("figure", None)
        overviews.overview_of(practice.round, LayerTable(Layer.SELF))
        assert len(made) == expected
    overviews._kept.clear()


# --- progress ----------------------------------------------------------------------------------


def test_progress_counts_who_has_worked_and_shows_no_result(practice: Practice, signed_in: SignedIn) -> None:
    from ntm_rules.web.progress import of_agencies, of_communes
    from ntm_rules.web.views.standings import all_stood

    communes = of_communes(practice.round, all_stood(practice.round))
    agencies = of_agencies(practice.round, practice.law)
    page = signed_in("cv.so-y-te").get(f"/dot/{practice.round.pk}/tien-do").content.decode()
    assert f"<b>{sum(one.dossier.state != 'open' for one in communes)}/36</b>" in page
    assert f"<b>{sum(one.confirmed for one in agencies)}/{sum(one.figures for one in agencies)}</b>" in page
    assert 'class="badge' not in page
    assert signed_in(f"cb.{OPEN}").get(f"/dot/{practice.round.pk}/tien-do").status_code == 404


def test_who_is_late_stands_on_top_with_the_days(practice: Practice, signed_in: SignedIn) -> None:
    from django.utils import timezone

    from ntm_rules.web.models import Round

    late = timezone.localdate() - dt.timedelta(days=3)
    Round.objects.filter(pk=practice.round.pk).update(submit_by=late)
    page = signed_in(LEADER).get(f"/dot/{practice.round.pk}/tien-do").content.decode()
    assert "Xã Sin Suối Hồ: chậm 3 ngày" in page
    submitted = practice.law.rules.communes[SUBMITTED].name
    assert f"Xã {submitted}: chậm" not in page


# --- days --------------------------------------------------------------------------------------


def test_the_calendar_holds_the_days_of_whoever_asks(practice: Practice, signed_in: SignedIn) -> None:
    def events(name: str) -> dict[str, dt.date]:
        response = signed_in(name).get("/han.ics")
        assert response["Content-Type"].startswith("text/calendar")
        calendar = icalendar.Calendar.from_ical(response.content)
        return {str(one["summary"]): one["dtstart"].dt for one in calendar.walk("VEVENT")}

    own = events(f"cb.{OPEN}")
    assert own == {f"Xã Sin Suối Hồ nộp hồ sơ: {practice.round.title}": practice.round.submit_by}
    assert events(f"cb.{SUBMITTED}") == {}
    office = events(LEADER)
    assert len(office) > 10
    agency = events("cv.so-y-te")
    assert all("Sở Y tế" in words for words in agency)
    assert events("quan-tri") == {}


# --- finding -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "asked", "found"),
    [
        (LEADER, "binh lu", "Bình Lư"),
        (LEADER, "BÌNH LƯ", "Bình Lư"),
        (LEADER, "so y te", "Sở Y tế"),
        (LEADER, "ngheo da chieu", "/ket-qua/self/chi-tieu-6-1.html"),
        ("cv.so-y-te", "ngheo da chieu", "/co-quan/so-nong-nghiep-moi-truong"),
        (f"cb.{OPEN}", "nuoc sach", "nước sạch"),
        (f"cb.{OPEN}", "sin suoi", "Sin Suối Hồ"),
    ],
)
def test_words_without_diacritics_find_what_is_open_to_whoever_asks(
    practice: Practice, signed_in: SignedIn, name: str, asked: str, found: str
) -> None:
    page = signed_in(name).get("/tim", {"q": asked}).content.decode()
    assert found in page.split("</form>", 1)[1]


def test_what_is_not_open_to_somebody_is_not_found(practice: Practice, signed_in: SignedIn) -> None:
    page = signed_in(f"cb.{OPEN}").get("/tim", {"q": "binh lu"}).content.decode()
    assert "Không tìm thấy" in page
    page = signed_in("cv.so-y-te").get("/tim", {"q": "sin suoi"}).content.decode()  # not accepted yet
    assert "Không tìm thấy" in page
    assert practice.dossier(ACCEPTED).state != "open"


def test_what_is_asked_for_is_shown_as_it_was_written(signed_in: SignedIn) -> None:
    page = signed_in(LEADER).get("/tim", {"q": '"><b>x'}).content.decode()
    assert "&#34;&gt;&lt;b&gt;x" in page
    assert "<b>x" not in page


# --- who takes part ----------------------------------------------------------------------------


def opening(communes: str) -> dict[str, str]:
    return {
        "title": "Đợt thử",
        "year": "2027",
        "set_id": "lai-chau-2026-2030",
        "submit_by": "2999-12-01",
        "communes": communes,
    }


def test_a_round_may_be_of_some_communes_named_by_code_or_name(practice: Practice, signed_in: SignedIn) -> None:
    from ntm_rules.web.models import Round

    response = signed_in(LEADER).post("/dot/moi", opening("03394\nBình Lư; xa ta leng"))
    assert response.status_code == 302
    opened = Round.objects.get(title="Đợt thử")
    assert [one.commune for one in opened.dossiers.all()] == ["03390", "03394", "03405"]
    assert signed_in(LEADER).get(f"/dot/{opened.pk}/tien-do").content.decode().count("/ho-so/") == 3


def test_all_that_is_wrong_with_a_new_round_is_said_at_once(signed_in: SignedIn) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    said = opening("99999") | {"title": "", "submit_by": "2020-01-01"}
    page = signed_in(LEADER).post("/dot/moi", said).content.decode()
    for words in ("Ghi tên đợt", "đã qua", "99999"):
        assert words in page
    wrong = SimpleUploadedFile("sai.overlay.yaml", b"id: x\nset_: 1\n")
    page = signed_in(LEADER).post("/dot/moi", said | {"overlays": wrong}).content.decode()
    for words in ("đã qua", "sai.overlay.yaml", "Chọn lại các tệp"):
        assert words in page


def test_communes_that_there_are_not_are_all_told_and_nothing_is_opened(signed_in: SignedIn) -> None:
    from ntm_rules.web.models import Round

    response = signed_in(LEADER).post("/dot/moi", opening("99999, Bình Lưu, Đoàn Kết"))
    page = response.content.decode()
    assert response.status_code == 422
    told = page[page.index('role="alert"') :].partition("</div>")[0]
    assert told.count("<li>") == 3
    for name in ("99999", "Bình Lưu", "Đoàn Kết"):  # the last is a ward
        assert name in told
    assert "99999, Bình Lưu, Đoàn Kết</textarea>" in page
    assert not Round.objects.filter(title="Đợt thử").exists()


def test_recognition_is_what_decisions_say_and_not_the_communes_word(practice: Practice, signed_in: SignedIn) -> None:
    from ntm_rules.web.deciding import register

    recognised = {one.dossier.commune for one in register() if one.revoked is None}
    assert recognised
    content = signed_in(LEADER).get(f"/dot/{practice.round.pk}/lop/self.csv").content.decode("utf-8-sig")
    rows = [row.split(",") for row in content.splitlines() if f",{practice.law.rules.recognition}," in row]
    assert {row[0] for row in rows if row[3] == "Đạt"} == recognised


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"submit_by": "2020-01-01"}, "đã qua"),
        ({"appraise_by": "2999-11-01"}, "trước ngày các xã nộp"),
        ({"appraise_by": "mai"}, "không phải là ngày"),
    ],
)
def test_days_that_cannot_be_are_refused(signed_in: SignedIn, days: dict[str, str], words: str) -> None:
    response = signed_in(LEADER).post("/dot/moi", opening("") | days)
    assert response.status_code == 422
    assert words in response.content.decode()
