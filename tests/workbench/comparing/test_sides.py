"""What A and B can be: a set, an overlay, a day, a git revision; and what is said when they are none."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import tarfile
from pathlib import Path

import pytest

from ntm_rules.errors import NtmError
from ntm_rules.workbench.comparing import revisions
from ntm_rules.workbench.comparing.lawdiff import Nature, diff_laws
from ntm_rules.workbench.comparing.revisions import revision_of, set_at_revision
from ntm_rules.workbench.comparing.sides import LawSide, read_sides
from tests.rulebook.tiny import OVERLAY, RULES_1, RULES_2, Tiny, said
from tests.workbench.comparing.conftest import tiny_in


def git(folder: Path, *arguments: str) -> None:
    own = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *own, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Tiny:
    """A repository with the tiny set in a subfolder: committed, then its target raised and committed."""
    tiny = tiny_in(tmp_path / "kho" / "criteria" / "tiny")
    git(tmp_path, "init", "-q", "kho")
    git(tmp_path / "kho", "add", "-A")
    git(tmp_path / "kho", "commit", "-q", "-m", "Mức đạt 80%")
    tiny.change(RULES_1, "at_least: 80", "at_least: 85")
    git(tmp_path / "kho", "commit", "-q", "-a", "-m", "Mức đạt 85%")
    return tiny


def sides(criteria: Path | None, *texts: str, **more: object) -> tuple[LawSide, LawSide]:
    one, other = texts
    settings = {"overlays": [], "known_on": None} | more
    return read_sides((one, other), criteria=str(criteria) if criteria else None, **settings)  # type: ignore[arg-type]


def refused(criteria: Path | None, *texts: str) -> list[str]:
    with pytest.raises(NtmError) as error:
        sides(criteria, *texts)
    return said(error.value)


def test_a_folder_and_an_overlay_laid_on_it(tiny: Tiny) -> None:
    overlay = tiny.write("overlay.yaml", OVERLAY)
    before, after = sides(None, str(tiny.folder), str(overlay))
    assert (before.overlays, [o.id for o in after.overlays]) == ((), ["decision-9"])
    assert after.loaded is before.loaded, "the overlay is laid on the set that the other side names"


def test_overlays_given_for_both_are_laid_first(tiny: Tiny) -> None:
    first, second = tiny.write("a.yaml", OVERLAY), tiny.write("b.yaml", OVERLAY.replace("decision-9", "decision-10"))
    before, after = sides(tiny.folder, str(second), "2026-12-31", overlays=[first])
    assert [o.id for o in before.overlays] == ["decision-9", "decision-10"]
    assert [o.id for o in after.overlays] == ["decision-9"]


@pytest.mark.parametrize("text", ["2027-12-31", "31/12/2027"])
def test_a_day_is_the_set_on_that_day(tiny: Tiny, text: str) -> None:
    _before, after = sides(tiny.folder, "2026-12-31", text)
    assert after.day == dt.date(2027, 12, 31)


def test_a_revision_is_the_set_as_it_stood(repository: Tiny) -> None:
    before, after = sides(repository.folder, "git:HEAD~1", str(repository.folder))
    assert before.label.startswith("git:HEAD~1 (")
    assert before.label.endswith("Mức đạt 80%)")
    assert len(before.commit) == 40
    (changed,) = diff_laws(before, after).indicators
    assert [(w.subject.id, w.field, w.before["value"], w.after["value"]) for w in changed.words] == [
        ("1.1.b", "target", "80", "85")
    ]
    assert changed.nature is Nature.EFFECT_ONLY


def test_what_git_knows_needs_no_prefix_and_the_working_tree_is_left_alone(repository: Tiny) -> None:
    git(repository.folder, "tag", "truoc", "HEAD~1")
    repository.change(RULES_2, "at_least: kha", "at_least: tot")
    before, after = sides(repository.folder, "truoc", "HEAD")
    assert [i.id for i in diff_laws(before, after).indicators] == ["1.1"], "what is not committed is not there"
    assert "at_least: tot" in (repository.folder / RULES_2).read_text(encoding="utf-8")


def test_the_prefix_decides_where_a_folder_is_called_like_a_revision(
    repository: Tiny, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    git(repository.folder, "tag", "ban-1", "HEAD~1")
    folder = tiny_in(tmp_path / "noi-khac" / "ban-1")
    folder.change(RULES_1, "at_least: 80", "at_least: 99")
    monkeypatch.chdir(tmp_path / "noi-khac")
    as_folder, as_revision = sides(repository.folder, "ban-1", "git:ban-1")
    targets = [
        str(next(n for n in side.loaded.rules["1"][0].all or () if n.id == "1.1.b").at_least)
        for side in (as_folder, as_revision)
    ]
    assert targets == ["99", "80"]


def test_a_set_that_was_not_there_yet_is_told(repository: Tiny, tmp_path: Path) -> None:
    later = tiny_in(tmp_path / "kho" / "criteria" / "later")
    (message,) = refused(later.folder, "git:HEAD", str(later.folder))
    assert "has no folder criteria/later" in message


def test_a_revision_this_program_cannot_read_is_told_with_every_mistake(repository: Tiny) -> None:
    repository.change(RULES_2, "graded: party_grade", "graded: party_grad")
    git(repository.folder, "commit", "-q", "-a", "-m", "lỗi")
    git(repository.folder, "checkout", "-q", "HEAD~1", "--", ".")
    head, mistake = refused(repository.folder, "git:HEAD", str(repository.folder))
    assert head.startswith("The criteria set of revision HEAD (")
    assert mistake.startswith("02/rules.yaml, line 8, [1].graded: “party_grad” is not defined")


@pytest.mark.parametrize("text", ["git:khong-co", "git:", "git:--output=x", "git:-h"])
def test_no_such_revision(repository: Tiny, text: str) -> None:
    (message,) = refused(repository.folder, text, "2026-12-31")
    assert message.startswith(f"There is no revision “{text.removeprefix('git:')}” in the repository")


def test_a_set_outside_every_repository(tiny: Tiny) -> None:
    (message,) = refused(tiny.folder, "git:HEAD", "2026-12-31")
    assert "is not in a git repository; name a folder instead" in message


def test_without_git_installed(repository: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revisions.shutil, "which", lambda _name: None)
    (message,) = refused(repository.folder, "git:HEAD", "2026-12-31")
    assert message == "git is not installed, so a revision cannot be read; name folders instead"


def test_what_is_none_of_these_is_told_with_all_that_was_tried(tiny: Tiny) -> None:
    (message,) = refused(tiny.folder, "khong-biet", "2026-12-31")
    assert "“khong-biet” is no criteria set's id or folder" in message
    assert "write git:khong-biet to see why" in message


def archive(name: str, kind: bytes = tarfile.REGTYPE, size: int = 1) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        member = tarfile.TarInfo(name)
        member.type, member.size, member.linkname = kind, (size if kind == tarfile.REGTYPE else 0), "/etc/passwd"
        tar.addfile(member, io.BytesIO(b"x" * size))
    return out.getvalue()


@pytest.mark.parametrize(
    "packed",
    [
        archive("../ra-ngoai"),
        archive("/tuyet-doi"),
        archive("a/../../b"),
        archive("lien-ket", tarfile.SYMTYPE),
        archive("c:x"),
    ],
)
def test_an_archive_that_leads_out_writes_nothing(
    repository: Tiny, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, packed: bytes
) -> None:
    revision = revision_of("HEAD", repository.folder)
    monkeypatch.setattr(revisions, "_git", lambda *_arguments: packed)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(NtmError) as error:
        set_at_revision(revision)
    assert "holds something that is no plain file" in said(error.value)[0]
    assert sorted(tmp_path.rglob("*")) == before


def test_a_link_in_a_revision_is_refused(repository: Tiny) -> None:
    (repository.folder / "lien-ket").symlink_to("/etc/hostname")
    git(repository.folder, "add", "-A")
    git(repository.folder, "commit", "-q", "-m", "liên kết")
    (message,) = refused(repository.folder, "git:HEAD", "2026-12-31")
    assert "no plain file of a criteria set: lien-ket" in message
