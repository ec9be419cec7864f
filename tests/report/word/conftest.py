"""Papers written once by the command, from the sample and from the other set, and the same as PDF by LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import Dataset
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import Rulebook, open_rulebook
from ntm_rules.runs.self_assessment import checks_beside
from tests.conftest import ILLUSTRATIVE, SAMPLE, ReportRun

KHUN_HA = SAMPLE / "03430-khun-ha.xlsx"
YEAR = 2026
TABLE_SAMPLE = SAMPLE.parent / "lai-chau-2026.csv"
"""The sample without its planted mistakes, in one file: quick to read."""


@pytest.fixture(scope="session")
def papers(report_runs: Mapping[str, ReportRun]) -> Mapping[str, Path]:
    """Name -> Word file, written by the command."""
    files = {"province": "bao-cao-tong-hop.docx", "agency": "so-cong-thuong.docx"}
    return {name: run.out / files[name] if name in files else run.out for name, run in report_runs.items()}


@pytest.fixture(scope="session")
def printed(
    papers: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory, libreoffice: str
) -> Mapping[str, Path]:
    """Name -> PDF of each paper, converted in one go."""
    out = tmp_path_factory.mktemp("pdf")
    profile = f"-env:UserInstallation={(out / 'profile').as_uri()}"
    command = [
        libreoffice,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(out),
        *map(str, papers.values()),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {name: out / f"{path.stem}.pdf" for name, path in papers.items()}


@pytest.fixture(scope="session")
def bare() -> Rulebook:
    """The Lai Châu set without overlays."""
    return open_rulebook(LawAsked("lai-chau-2026-2030"))


@pytest.fixture(scope="session")
def illustrated() -> Rulebook:
    """The Lai Châu set with its illustrative overlay."""
    return open_rulebook(LawAsked("lai-chau-2026-2030", [ILLUSTRATIVE]))


@pytest.fixture(scope="session")
def sample(bare: Rulebook) -> Dataset:
    """The sample of 36 communes."""
    return read_dataset([TABLE_SAMPLE], bare.questionnaire())


@pytest.fixture(scope="session")
def khun_ha(bare: Rulebook) -> Evaluation:
    """The commune of the paper "commune", judged."""
    records = read_dataset([KHUN_HA], bare.questionnaire()).records
    return evaluate(bare.for_year(YEAR), records, years=[YEAR])


@pytest.fixture(scope="session")
def under_illustration(illustrated: Rulebook, sample: Dataset) -> Evaluation:
    """All communes under the illustrative overlay, as in the paper "province"."""
    return evaluate(illustrated.for_year(YEAR), sample.records, years=[YEAR])


@pytest.fixture(scope="session")
def bare_evaluation(bare: Rulebook, sample: Dataset) -> Evaluation:
    """All communes under the bare law, as in the paper "agency"."""
    return evaluate(bare.for_year(YEAR), sample.records, years=[YEAR])


@pytest.fixture(scope="session")
def read_back(printed: Mapping[str, Path]) -> Mapping[str, list[str]]:
    """Name -> the text of each page of a PDF, one space between words; skipped where poppler is missing.

    pypdf gives letters in the order of their fonts, and LibreOffice may take Vietnamese ones from another font.
    """
    reader = shutil.which("pdftotext")
    if not reader:
        pytest.skip("pdftotext (poppler) is not installed")
    found = {}
    for name, path in printed.items():
        done = subprocess.run([reader, "-layout", path, "-"], check=True, capture_output=True, timeout=60)
        text = done.stdout.decode("utf-8").replace("\N{NON-BREAKING HYPHEN}", "-").replace("\N{ZERO WIDTH SPACE}", "")
        found[name] = [" ".join(page.split()) for page in text.split("\f") if page.strip()]
    return found


@pytest.fixture(scope="session")
def checks(papers: Mapping[str, Path]) -> Mapping[str, Path]:
    """Name of a commune's paper -> its sheet of checks."""
    return {name: checks_beside(papers[name]) for name in ("commune", "commune-en", "zone")}
