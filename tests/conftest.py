"""Fixtures shared by all tests: the real set, the sample, one batch run of it, other programs."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import settings

from ntm_rules.__main__ import main
from ntm_rules.i18n import call_rows_below, use_language
from ntm_rules.report.own_files import Own
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.loader import LoadedSet, find_set, load_overlay, load_set
from ntm_rules.rulebook.resolve import resolve
from tests import skipped
from tests.examples import FULL, USUAL

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

settings.register_profile("default", deadline=None, max_examples=USUAL)
settings.register_profile("full", deadline=None, max_examples=FULL)
settings.register_profile("mutation", deadline=None, max_examples=25, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
SAMPLE = SAMPLES / "lai-chau-2026"
ILLUSTRATIVE = SAMPLES / "minh-hoa.overlay.yaml"


def results_in(folder: Path) -> list[Path]:
    """Return what a run wrote into a folder, in order, but for the hidden list of its own files."""
    return sorted(path for path in folder.iterdir() if path.name != Own.NAME)


def pytest_configure(config: pytest.Config) -> None:
    """Write down what is skipped, if that is wanted; and see that nothing is compiled twice.

    Where Python may not write beside sources, the processes of tests keep what they compile elsewhere.
    Else each of them, some fifty, compiles pandas and all the rest anew: a minute in all.
    """
    if (path := config.getoption("skipped_to")) and not hasattr(config, "workerinput"):
        config.pluginmanager.register(skipped.Skipped(path))
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(ROOT / ".pytest_cache" / "compiled"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Two options by which a run with every extra takes up what a newcomer's run without them skipped."""
    parser.addoption("--skipped-to", metavar="FILE", type=Path, help="write down what is skipped, a line each")
    parser.addoption("--skipped-in", metavar="FILE", type=Path, help="mark what such a file names as skipped_elsewhere")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """With `-n`, keep modules whole: what their tests share is made once. An explicit `--dist` is done as it says."""
    from tests.workers import WholeUnits

    return WholeUnits(config, log) if config.getoption("dist") == "load" else None


OTHER_PROGRAMS = frozenset({"libreoffice", "browser", "on_postgresql"})
"""Fixtures that start a program of their own, which takes seconds: what they open is looked at with `-m long`."""


@pytest.hookimpl(tryfirst=True)  # before pytest looks which tests are marked
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what another program or PostgreSQL has a part in; in a process of `-n`, put the longest units of work first."""
    for item in items:
        if OTHER_PROGRAMS & set(getattr(item, "fixturenames", ())) or _on_postgresql(item):
            item.add_marker("long")
    if path := config.getoption("skipped_in"):
        skipped.mark(items, path)
    if hasattr(config, "workerinput"):
        from tests.workers import longest_first

        items[:] = [items[at] for at in longest_first([item.nodeid for item in items])]


def _on_postgresql(item: pytest.Item) -> bool:
    called = getattr(item, "callspec", None)
    return called is not None and any(
        isinstance(value, str) and value == "postgresql" for value in called.params.values()
    )


def pytest_collection_finish() -> None:
    """Leave thousands of collected tests, which stay to the end, out of every search for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


@pytest.fixture(autouse=True)
def vietnamese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test starts in the default language, whatever the environment says."""
    monkeypatch.delenv("NTM_LANG", raising=False)
    use_language(None)
    call_rows_below(None)
    yield
    use_language(None)
    call_rows_below(None)


@pytest.fixture(scope="session")
def loaded() -> LoadedSet:
    """The Lai Châu set as written."""
    return load_set(find_set("lai-chau-2026-2030"))


@pytest.fixture(scope="session")
def lai_chau(loaded: LoadedSet) -> CriteriaSet:
    """The Lai Châu set in force at the end of 2026, without overlays."""
    return resolve(loaded, as_of=dt.date(2026, 12, 31))


@pytest.fixture(scope="session")
def filled(loaded: LoadedSet) -> CriteriaSet:
    """The Lai Châu set with every pending target filled by the illustrative overlay."""
    return resolve(loaded, as_of=dt.date(2026, 12, 31), overlays=[load_overlay(ILLUSTRATIVE)])


Ntm = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def ntm() -> Ntm:
    """Run the command in this process: the same entry point, output captured, a wide terminal."""

    def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        out, err = io.StringIO(), io.StringIO()
        status: object = 0
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("COLUMNS", "200")
            for name, value in environment.items():
                patch.setenv(name, value)
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                try:
                    main([str(argument) for argument in arguments])
                except SystemExit as stop:
                    status = stop.code
                finally:
                    use_language(None)
                    call_rows_below(None)
        assert isinstance(status, int)
        return subprocess.CompletedProcess(arguments, status, out.getvalue(), err.getvalue())

    return run


@pytest.fixture(scope="session")
def ntm_process() -> Ntm:
    """Run the installed `ntm` in a process of its own, as a person does."""

    def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        inherited = {k: v for k, v in os.environ.items() if k not in ("NTM_LANG", "LANGUAGE")}
        command = shutil.which("ntm", path=str(Path(sys.executable).parent))
        assert command, "the package is not installed in this environment"
        return subprocess.run(
            [command, *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**inherited, "COLUMNS": "200", **environment},
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def sample_run(
    tmp_path_factory: pytest.TempPathFactory, ntm_process: Ntm
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The README's first command, run once: its folder and what it printed."""
    out = tmp_path_factory.mktemp("out")
    return out, ntm_process("batch", SAMPLE, "--out", out)


class ReportRun(NamedTuple):
    """One run of `ntm report`: the file or folder it wrote, and what was printed."""

    out: Path
    done: subprocess.CompletedProcess[str]


@pytest.fixture(scope="session")
def report_runs(tmp_path_factory: pytest.TempPathFactory, ntm: Ntm) -> Mapping[str, ReportRun]:
    """Papers in Word, written once: of the sample, bare and illustrated, in both languages, and of the other set."""
    out, table = tmp_path_factory.mktemp("papers"), SAMPLES / "lai-chau-2026.csv"
    other = ROOT / "tests" / "other_set"
    zone = ("--criteria", other / "criteria" / "bien-xanh-2031-2035", "--commune", "90010")
    asked: dict[str, tuple[Path, tuple[str | Path, ...]]] = {
        "commune": (out / "khun-ha.docx", ("self-assessment", SAMPLE / "03430-khun-ha.xlsx")),
        "commune-en": (
            out / "binh-lu-en.docx",
            ("self-assessment", SAMPLE / "03390-binh-lu.xlsx", "--overlay", ILLUSTRATIVE, "--lang", "en"),
        ),
        "zone": (out / "hon-may.docx", ("self-assessment", other / "data.csv", *zone)),
        "province": (out / "tinh", ("province", table, "--overlay", ILLUSTRATIVE)),
        "agency": (out / "cq", ("agency", table, "--agency", "so-cong-thuong")),
    }
    return {name: ReportRun(path, ntm("report", *words, "-o", path)) for name, (path, words) in asked.items()}


@pytest.fixture(scope="session")
def libreoffice() -> str:
    """LibreOffice's command; tests that need it are skipped where it is missing."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if not found:
        pytest.skip("LibreOffice is not installed")
    return found


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """A browser without a window, with a profile of its own; tests that need it are skipped where it is missing."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("chromium and chromedriver are not installed")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    for argument in (
        "--headless=new",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--no-first-run",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        f"--user-data-dir={tmp_path_factory.mktemp('profile')}",
        *(["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []),
    ):
        options.add_argument(argument)
    opened = webdriver.Chrome(options=options, service=Service(driver))
    try:
        yield opened
    finally:
        opened.quit()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what is told to run on the durable engine where that cannot work: only an extra brings it."""
    called = getattr(item, "callspec", None)
    if called is not None and called.params.get("engine") == "durable":
        _skip_without_durable()


@pytest.fixture(scope="session")
def durable() -> str:
    """The engine's name; tests that need durable-rules are skipped where it cannot be imported."""
    _skip_without_durable()
    return "durable"


def _skip_without_durable() -> None:
    from ntm_rules.evaluation.durable_session import why_unusable

    problem = why_unusable()
    if problem is not None:
        pytest.skip(problem.render("en"))
