"""Papers written once by the command, from the sample and from the other set, and the same as PDF by LibreOffice."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from ntm_rules.cli.rulebook import Rulebook, open_rulebook
from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import Dataset
from ntm_rules.evaluation.batch import Evaluation, evaluate
from tests.conftest import ILLUSTRATIVE, SAMPLE, Ntm
from tests.other_set.conftest import DATA, LAW

KHUN_HA, BINH_LU = SAMPLE / "03430-khun-ha.xlsx", SAMPLE / "03390-binh-lu.xlsx"
YEAR = 2026
TABLE_SAMPLE = SAMPLE.parent / "lai-chau-2026.csv"
"""The sample without its planted mistakes, in one file: quick to read."""


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory, ntm: Ntm) -> Mapping[str, Path]:
    """Name -> Word file, written by the command."""
    out = tmp_path_factory.mktemp("papers")
    written = {
        "commune": out / "khun-ha.docx",
        "commune-en": out / "binh-lu-en.docx",
        "zone": out / "hon-may.docx",
        "province": out / "tinh" / "bao-cao-tong-hop.docx",
        "agency": out / "cq" / "so-cong-thuong.docx",
    }
    illustrative = ("--overlay", ILLUSTRATIVE)
    runs = [
        ntm("report", "self-assessment", KHUN_HA, "-o", written["commune"]),
        ntm("report", "self-assessment", BINH_LU, *illustrative, "--lang", "en", "-o", written["commune-en"]),
        ntm("report", "self-assessment", DATA, *LAW, "--commune", "90010", "-o", written["zone"]),
        ntm("report", "province", TABLE_SAMPLE, *illustrative, "-o", written["province"].parent),
        ntm("report", "agency", TABLE_SAMPLE, "--agency", "so-cong-thuong", "-o", written["agency"].parent),
    ]
    assert [run.returncode for run in runs] == [3, 0, 0, 0, 0], [run.stderr for run in runs]
    return written


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
    return open_rulebook("lai-chau-2026-2030", [])


@pytest.fixture(scope="session")
def illustrated() -> Rulebook:
    """The Lai Châu set with its illustrative overlay."""
    return open_rulebook("lai-chau-2026-2030", [ILLUSTRATIVE])


@pytest.fixture(scope="session")
def sample(bare: Rulebook) -> Dataset:
    """The sample of 36 communes."""
    return read_dataset([TABLE_SAMPLE], bare.questionnaire())


@pytest.fixture(scope="session")
def khun_ha(bare: Rulebook) -> Evaluation:
    """The commune of the paper "commune", judged."""
    records = read_dataset([KHUN_HA], bare.questionnaire()).records
    return evaluate(bare.for_year(YEAR, None), records, years=[YEAR])


@pytest.fixture(scope="session")
def under_illustration(illustrated: Rulebook, sample: Dataset) -> Evaluation:
    """All communes under the illustrative overlay, as in the paper "province"."""
    return evaluate(illustrated.for_year(YEAR, dt.date(YEAR, 12, 31)), sample.records, years=[YEAR])


@pytest.fixture(scope="session")
def bare_evaluation(bare: Rulebook, sample: Dataset) -> Evaluation:
    """All communes under the bare law, as in the paper "agency"."""
    return evaluate(bare.for_year(YEAR, None), sample.records, years=[YEAR])
