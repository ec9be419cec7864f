"""Names of files, arguments and overlays with characters that steer a terminal: shown by number, never obeyed."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import docx
import pytest

from tests.conftest import ILLUSTRATIVE, SAMPLE, Ntm, results_in

STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
FORM = SAMPLE / "03430-khun-ha.xlsx"
EVIL, TURNED = "b\x1b]0;x\x07.xlsx", "a\u202exslx.xlsx"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("a") / "th\x9bư\u2066 mục"
    found.mkdir()
    shutil.copy(FORM, found / EVIL)
    shutil.copy(SAMPLE / "03390-binh-lu.xlsx", found / TURNED)
    shutil.copy(ILLUSTRATIVE, found.parent / "c\u202ed.overlay.yaml")
    (found / "hai\ndòng.csv").write_text("x\n", encoding="utf-8")
    return found


def overlay(folder: Path) -> Path:
    return folder.parent / "c\u202ed.overlay.yaml"


@pytest.mark.parametrize(
    "words",
    [
        ("batch", "DATA", "-o", "OUT"),
        ("batch", "DATA", "--overlay", "OVERLAY", "-o", "OUT"),
        ("assess", "FORM"),
        ("assess", "OVERLAY"),
        ("explain", "FORM", "--commune", "03430", "--indicator", "8.1", "--format", "json"),
        ("report", "self-assessment", "FORM", "-o", "OUT.docx"),
        ("report", "province", "DATA", "--overlay", "OVERLAY", "-o", "OUT"),
        ("report", "agency", "DATA", "--agency", "so-y-te", "-o", "OUT"),
        ("report", "letters", "DATA", "--commune", "03430", "-o", "OUT"),
        ("report", "html", "DATA", "--overlay", "OVERLAY", "-o", "OUT"),
        ("whatif", "DATA", "--overlay", "OVERLAY", "--out", "OUT"),
        ("whatif", "DATA", "--set", "8.1.b=\x1b[31m"),
        ("rules", "check", "OVERLAY"),
        ("rules", "check", "OVERLAY", "--format", "github"),
        ("rules", "check", "OVERLAY", "--format", "sarif"),
        ("rules", "show", "--overlay", "OVERLAY"),
        ("rules", "show", "8.\x1b]0;x"),
        ("rules", "diff", "git:\x1b", "lai-chau-2026-2030"),
        ("batch", "không\u202ecó", "-o", "OUT"),
        ("batch", "DATA", "--criteria", "\x9b2J", "-o", "OUT"),
        ("batch", "DATA", "--as-of", "\x1b2026", "-o", "OUT"),
        ("batch", "DATA", "--year", "\x1b2026", "-o", "OUT"),
        ("batch", "--tù\x1by", "x"),
        ("ba\x1btch",),
        ("assess", "FORM", "--commune", "\u202eabc"),
        ("report", "agency", "DATA", "--agency", "\u2066so", "-o", "OUT"),
        ("template", "--commune", "03394", "--year", "2026", "--previous", "DATA", "-o", "OUT.xlsx"),
    ],
    ids=lambda words: ascii(" ".join(words)),
)
def test_nothing_steers_the_terminal_or_stands_in_a_page(
    ntm: Ntm, folder: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    out = tmp_path / "ra\x1b[2J\u202e"
    places = {
        "DATA": folder, "FORM": folder / EVIL, "OVERLAY": overlay(folder),
        "OUT": out, "OUT.docx": out / "a.docx", "OUT.xlsx": out / "a.xlsx",
    }  # fmt: skip
    done = ntm(*(places.get(word, word) for word in words))
    said = done.stdout + done.stderr
    assert said
    assert not STEERS.search(said), ascii(said)
    for path in results_in(out) if out.is_dir() else []:
        if path.suffix in (".html", ".csv", ".json"):
            assert not STEERS.search(path.read_text(encoding="utf-8")), path.name
        elif path.suffix == ".docx":
            assert not STEERS.search("".join(p.text for p in docx.Document(str(path)).paragraphs)), path.name


def test_the_name_is_told_so_that_it_can_be_found(ntm: Ntm, folder: Path, tmp_path: Path) -> None:
    done = ntm("batch", folder, "-o", tmp_path)
    assert "b\\x1b]0;x\\x07.xlsx, trang tính «Số liệu», ô E79" in done.stdout.replace("\n", " ")
    assert "hai\\x0adòng.csv" in done.stdout.replace("\n", " ")
