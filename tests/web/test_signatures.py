"""Signatures of a PDF that came back: intact, on the very bytes handed out, with what the certificate says and no more."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ntm_rules.errors import NtmError

pytest.importorskip("django", reason="the extra web is not installed")
pytest.importorskip("pyhanko", reason="the extra signed is not installed")

from ntm_rules.web.signatures import Signature, roots_said, signatures_of, signatures_told
from tests.web.signing import Holder, added_to, holder, paper, signed, with_revocations, words_changed

ROOT = holder("Gốc (bịa)")
HEAD = holder("Lò Văn A", ROOT)
PAPER = paper()
SIGNED = signed(PAPER, HEAD)


def of(content: bytes, *roots: Holder, handed_out: bytes = PAPER) -> list[Signature]:
    return list(signatures_of(handed_out, content, "a.pdf", [root.pem for root in roots]).signatures)


def refused(content: bytes, handed_out: bytes = PAPER) -> str:
    with pytest.raises(NtmError) as error:
        signatures_of(handed_out, content, "a.pdf")
    return error.value.messages[0].render("en")


def test_what_a_certificate_says_is_told() -> None:
    (one,) = of(SIGNED)
    begins, ends = HEAD.certificate.not_valid_before_utc, HEAD.certificate.not_valid_after_utc
    assert (one.field, one.subject, one.issuer) == ("Ky1", "Lò Văn A, UBND xã (bịa)", "Gốc (bịa), UBND xã (bịa)")
    assert (one.serial, one.valid_from, one.valid_until) == (
        format(HEAD.certificate.serial_number, "x"), begins.date().isoformat(), ends.date().isoformat(),
    )  # fmt: skip
    assert (one.trusted, one.within) == (None, True)
    assert re.match(r"\d{4}-\d\d-\d\dT", one.signed_at)


def test_trust_is_judged_by_the_roots_that_are_set_up_and_by_no_other() -> None:
    other = holder("Gốc (bịa)")  # of the same name, with another key
    assert [of(SIGNED)[0].trusted, of(SIGNED, ROOT)[0].trusted, of(SIGNED, other)[0].trusted] == [None, True, False]
    assert of(SIGNED, other, ROOT)[0].trusted is True
    late = signed(PAPER, holder("Lò Văn A", ROOT, begins=-400, ends=-30))
    assert [(one.trusted, one.within) for one in of(late, ROOT)] == [(False, False)]


def test_revocation_is_told_as_the_paper_carries_it_and_nobody_is_asked() -> None:
    other, another_root = holder("Vàng Thị B", ROOT), holder("Gốc (bịa)")
    assert of(SIGNED, ROOT)[0].revoked is None, "it carries nothing"
    assert of(with_revocations(SIGNED, ROOT, other), ROOT)[0].revoked is False
    assert of(with_revocations(SIGNED, ROOT, HEAD), ROOT)[0].revoked is True
    assert of(with_revocations(SIGNED, ROOT, HEAD))[0].revoked is None, "no root is set up to rely on"
    assert of(with_revocations(SIGNED, another_root), ROOT)[0].revoked is None, "a list that somebody else has signed"
    assert of(with_revocations(SIGNED, ROOT, until=-3), ROOT)[0].revoked is None, "a list that holds no more"
    assert signatures_of(PAPER, with_revocations(SIGNED, ROOT), "a.pdf").untouched


def test_several_sign_one_after_the_other() -> None:
    both = signed(SIGNED, holder("Vàng Thị B", ROOT), "Ky2")
    assert [one.subject.split(",")[0] for one in of(both)] == ["Lò Văn A", "Vàng Thị B"]
    assert [one.field for one in of(both, handed_out=SIGNED)] == ["Ky2"], "the first was there when it was handed out"


def test_another_paper_an_unsigned_one_and_one_changed_since_are_refused() -> None:
    assert "does not begin with the same bytes" in refused(signed(paper(b"BT (khac) Tj ET"), HEAD))
    assert "does not begin with the same bytes" in refused(SIGNED.replace(b"BT ET", b"BT EX", 1))
    assert "bears no signature that was added" in refused(PAPER)
    assert "bears no signature that was added" in refused(SIGNED, handed_out=SIGNED)
    assert "After the signature “Ky1” something was changed" in refused(added_to(SIGNED, words_changed))
    assert "After the signature “Ky1” something was changed" in refused(SIGNED + b"\n% more\n")


def test_a_signature_that_does_not_fit_the_bytes_is_refused() -> None:
    assert "The signature “Ky9” is not intact" in refused(PAPER + SIGNED[len(PAPER) :].replace(b"Ky1", b"Ky9"))
    early = added_to(PAPER, words_changed)  # before the signature, and covered by it
    assert not signatures_of(PAPER, signed(early, HEAD), "a.pdf").untouched
    assert signatures_of(PAPER, SIGNED, "a.pdf").untouched


@pytest.mark.parametrize(
    "hostile",
    [
        SIGNED[:-60], SIGNED[: len(PAPER) + 40], PAPER + b"%PDF-1.7 trailer", PAPER + b"\nxref\n0 99999999\ntrailer\n<<>>",
        PAPER + b"\nstartxref\n7\n%%EOF\n", PAPER + b"1 0 obj " + b"[" * 20_000 + b"\nstartxref\n0\n%%EOF",
    ],
)  # fmt: skip
def test_what_no_reader_reads_is_refused_in_words(hostile: bytes) -> None:
    assert refused(hostile).startswith("“a.pdf” ")


def test_what_was_found_is_told_and_read_again() -> None:
    found = signatures_of(PAPER, SIGNED, "a.pdf")
    assert signatures_told(found.told()) == found


def test_roots_are_files_with_certificates(tmp_path: Path) -> None:
    file = tmp_path / "ntm-web.toml"
    (tmp_path / "ca.pem").write_bytes(ROOT.pem + HEAD.pem)
    (tmp_path / "key.pem").write_bytes(b"-----BEGIN PRIVATE KEY-----")
    assert roots_said({"roots": ["ca.pem"]}, file) == (ROOT.pem + HEAD.pem,)
    assert roots_said({}, file) == ()
    with pytest.raises(NtmError) as error:
        roots_said({"roots": ["key.pem", "gone.pem"], "root": 1}, file)
    assert len(error.value.messages) == 3


@pytest.mark.long  # starts processes
def test_a_process_of_its_own_says_the_same_and_takes_the_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    from ntm_rules.web import signatures_apart as apart

    assert apart.signatures_apart(PAPER, SIGNED, "a.pdf", [ROOT.pem]) == signatures_of(
        PAPER, SIGNED, "a.pdf", [ROOT.pem]
    )
    with pytest.raises(NtmError) as error:
        apart.signatures_apart(PAPER, added_to(SIGNED, words_changed), "a.pdf")
    assert "“Ky1”" in error.value.messages[0].render("en")
    monkeypatch.setattr(apart, "SECONDS", 0.05)
    with pytest.raises(NtmError) as error:
        apart.signatures_apart(PAPER, SIGNED, "a.pdf")
    assert "takes more time or memory" in error.value.messages[0].render("en")
