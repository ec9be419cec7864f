"""The Excel form handed out filled and taken back: looked at first, taken over answer by answer, never a word lost."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from tests.web.conftest import OPEN, Practice, SignedIn

TREATED = "household_waste_treated_share"
EMPTY = "03390"


def filled(content: bytes, answers: dict[str, Any]) -> bytes:
    """Return a form with answers typed into the column of values."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    left = dict(answers)
    for sheet in book:
        for row in sheet.iter_rows():
            names = {cell.value: cell for cell in row if isinstance(cell.value, str)}
            for measure in [name for name in left if name in names]:
                head = next(r for r in sheet.iter_rows(max_row=12) if any(c.value == "Giá trị" for c in r))
                column = next(c.column for c in head if c.value == "Giá trị")
                sheet.cell(names[measure].row, column).value = left.pop(measure)
    assert not left
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def upload(client: Any, pk: int, content: bytes, name: str = "phieu.xlsx") -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return client.post(f"/ho-so/{pk}/nop-phieu", {"file": SimpleUploadedFile(name, content)})


@pytest.mark.long
def test_a_form_changes_nothing_until_it_is_confirmed(practice: Practice, signed_in: SignedIn) -> None:
    client, dossier = signed_in(f"cb.{EMPTY}"), practice.dossier(EMPTY)
    form = filled(client.get(f"/ho-so/{dossier.pk}/phieu.xlsx").content, {TREATED: "81,5"})
    response = upload(client, dossier.pk, form)
    assert response.status_code == 302
    page = client.get(response["Location"]).content.decode()
    assert "81,5" in page
    assert dossier.figures.count() == 0
    client.post(response["Location"], {f"{TREATED}:take": "1", f"{TREATED}:base": "0"})
    (figure,) = dossier.figures.all()
    assert (figure.measure, figure.value, figure.way) == (TREATED, "81,5", "excel")
    client.post(response["Location"], {f"{TREATED}:take": "1", f"{TREATED}:base": "0"})
    assert dossier.figures.count() == 1


def test_what_somebody_changed_meanwhile_is_not_taken_over(practice: Practice, signed_in: SignedIn) -> None:
    client, dossier = signed_in(f"cb.{EMPTY}"), practice.dossier(EMPTY)
    form = filled(client.get(f"/ho-so/{dossier.pk}/phieu.xlsx").content, {TREATED: "81"})
    where = upload(client, dossier.pk, form)["Location"]
    client.post(f"/ho-so/{dossier.pk}/so-lieu/{TREATED}", {"value": "70", "base": 0, "key": "a"})
    client.post(where, {f"{TREATED}:take": "1", f"{TREATED}:base": "0"})
    assert [figure.value for figure in dossier.figures.all()] == ["70"]


def test_a_cell_left_empty_keeps_what_is_saved(practice: Practice, signed_in: SignedIn) -> None:
    client, dossier = signed_in(f"cb.{EMPTY}"), practice.dossier(EMPTY)
    blank = client.get(f"/ho-so/{dossier.pk}/phieu.xlsx").content
    client.post(f"/ho-so/{dossier.pk}/so-lieu/{TREATED}", {"value": "70", "base": 0, "key": "a"})
    page = client.get(upload(client, dossier.pk, blank)["Location"]).content.decode()
    assert "Phiếu không làm thay đổi gì" in page


@pytest.mark.long
def test_what_cannot_be_read_is_shown_and_not_offered(practice: Practice, signed_in: SignedIn) -> None:
    client, dossier = signed_in(f"cb.{EMPTY}"), practice.dossier(EMPTY)
    form = filled(client.get(f"/ho-so/{dossier.pk}/phieu.xlsx").content, {TREATED: "1.234"})
    where = upload(client, dossier.pk, form)["Location"]
    page = client.get(where).content.decode()
    assert "có thể là 1234 hoặc 1,234" in page
    assert f"{TREATED}:take" not in page
    client.post(where, {f"{TREATED}:take": "1", f"{TREATED}:base": "0"})
    assert dossier.figures.count() == 0


def test_the_form_of_another_commune_is_refused(practice: Practice, signed_in: SignedIn) -> None:
    client, dossier = signed_in(f"cb.{EMPTY}"), practice.dossier(EMPTY)
    other = signed_in("cb.03394").get(f"/ho-so/{practice.dossier(OPEN).pk}/phieu.xlsx").content
    response = upload(client, dossier.pk, other)
    assert response.status_code == 422
    assert "chưa nhận gì" in response.content.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "«phieu.xlsx»: "),
        (b"not a workbook", "không phải tệp Excel"),
        (b"PK\x03\x04broken", "bị hỏng"),
        (b"%PDF-1.7", "bản chụp văn bản (PDF)"),
    ],
)
def test_what_is_no_form_is_refused_with_what_is_wrong_and_what_to_do(
    practice: Practice, signed_in: SignedIn, content: bytes, words: str
) -> None:
    response = upload(signed_in(f"cb.{EMPTY}"), practice.dossier(EMPTY).pk, content)
    assert response.status_code == 422
    page = response.content.decode()
    assert "không ghi là của xã nào" not in page
    assert words in page
    assert "xin bản khác" in page or "Chép số liệu" in page
