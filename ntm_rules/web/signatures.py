"""The signatures that a PDF bears: whether it is whole, begins with the bytes handed out, and whose certificates they are.

Read by pyHanko, which is the extra `signed`; a file that somebody sends may be made to harm whoever reads it, so
`signatures_apart` lets a process of its own do it, with limits.
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ntm_rules.errors import NtmError, system_reason
from ntm_rules.i18n import N_, Message

MOST_SIGNATURES = 20
NOT_INSTALLED = N_(
    "The check of signatures is not installed on this server (extra `signed`); the administrator installs it."
)
OTHER_PAPER = N_("“{name}” is not the paper that was handed out: it does not begin with the same bytes.")
SAME_FILE = N_("Sign the very file of this page, with a program that adds the signature and does not print it anew.")
UNREADABLE = N_("“{name}” cannot be read as a PDF with signatures: {reason}")
BROKEN = N_(
    "The signature “{field}” is not intact: the paper was changed after it was signed, or the signature is damaged."
)
CHANGED_SINCE = N_(
    "After the signature “{field}” something was changed in the paper that no later signature covers or allows."
)
TOO_MANY = N_("“{name}” bears more than {most} signatures.")
UNSIGNED = N_("“{name}” bears no signature that was added to the paper handed out.")


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature, and what its certificate says."""

    field: str
    subject: str
    issuer: str
    serial: str
    valid_from: str
    valid_until: str
    """Days, ISO."""
    signed_at: str
    """As the signer's computer says; no time stamp is asked for. Empty: it does not say."""
    trusted: bool | None
    """Its certificate leads to a root that is set up here; None: no root is."""
    within: bool | None
    """It was signed within the time of the certificate, by its own word; None: it does not say when."""
    revoked: bool | None = None
    """By what the paper carries of revocation (PAdES-LT) and a trusted issuer has signed; None: nothing that says so."""


@dataclass(frozen=True, slots=True)
class Signatures:
    """What was found in a paper that came back."""

    signatures: Sequence[Signature]
    untouched: bool
    """Nothing but signatures was added to the paper handed out; else a number, a day or a stamp came with them."""

    def told(self) -> str:
        """Return it as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def signatures_told(json_text: str) -> Signatures:
    """Return what was found, from its JSON."""
    held: dict[str, Any] = json.loads(json_text)
    return Signatures([Signature(**each) for each in held["signatures"]], held["untouched"])


def installed() -> bool:
    """Tell whether signatures can be read here."""
    return find_spec("pyhanko") is not None


def roots_said(settings: Mapping[str, Any], file: Path) -> tuple[bytes, ...]:
    """Return the certificates that the settings let signatures be trusted by, as they stand in their files (PEM).

    Raises:
        NtmError: everything that is wrong with what is said.
    """
    wrong = [
        Message("{file}, signing: unknown setting {key}", file=file, key=key) for key in settings if key != "roots"
    ]
    found, named = [], settings.get("roots", [])
    if not isinstance(named, list):
        wrong.append(Message("{file}, signing.roots is a list of files", file=file))
        named = []
    for one in named:
        path = file.parent / str(one)
        held = path.read_bytes() if path.is_file() else b""
        if b"-----BEGIN CERTIFICATE-----" not in held:
            wrong.append(Message("{file}, signing.roots: {path} holds no certificate (PEM)", file=file, path=path))
        found.append(held)
    if wrong:
        raise NtmError(*wrong)
    return tuple(found)


def signatures_of(handed_out: bytes, content: bytes, name: str, roots: Sequence[bytes] = ()) -> Signatures:
    """Return the signatures that were added to a PDF; `roots`: certificates (PEM) that are trusted.

    Raises:
        NtmError: everything that speaks against it.
    """
    if not installed():
        raise NtmError(Message(NOT_INSTALLED))
    if not content.startswith(handed_out):
        raise NtmError(Message(OTHER_PAPER, name=name), Message(SAME_FILE))
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        before, reader = PdfFileReader(io.BytesIO(handed_out)), PdfFileReader(io.BytesIO(content))
        if reader.encrypted:
            raise NtmError(Message(UNREADABLE, name=name, reason=Message("it is encrypted")))
        added = list(reader.embedded_regular_signatures)[len(before.embedded_regular_signatures) :]
        if not added:
            raise NtmError(Message(UNSIGNED, name=name), Message(SAME_FILE))
        if len(added) > MOST_SIGNATURES:
            raise NtmError(Message(TOO_MANY, name=name, most=MOST_SIGNATURES))
        judged = list(_judged(added, roots))
        wrong = [each for each in judged if isinstance(each, Message)]
        if wrong:
            raise NtmError(*wrong)
        return Signatures([each for each in judged if isinstance(each, Signature)], _untouched(reader, before))
    except NtmError:
        raise
    except Exception as error:
        raise NtmError(Message(UNREADABLE, name=name, reason=system_reason(error))) from error


def _judged(added: Sequence[Any], roots: Sequence[bytes]) -> Iterator[Signature | Message]:
    """Yield each signature, or what is wrong with it."""
    from asn1crypto import pem, x509
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # what it would say is said to whoever sent the file
    trusted = [
        x509.Certificate.load(found) for root in roots for _kind, _said, found in pem.unarmor(root, multiple=True)
    ]
    usage = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
    for at, each in enumerate(added):
        context = ValidationContext(trust_roots=trusted, allow_fetching=False)
        status = validate_pdf_signature(each, context, key_usage_settings=usage)
        if not (status.intact and status.valid):
            yield Message(BROKEN, field=each.field_name)
            continue
        allowed = ModificationLevel.LTA_UPDATES if at == len(added) - 1 else ModificationLevel.FORM_FILLING
        level, covered = status.modification_level, status.coverage is SignatureCoverageLevel.ENTIRE_FILE
        revised = each.signed_revision + 1 < each.reader.xrefs.total_revisions
        if level is None or level > allowed or not (covered or revised):
            yield Message(CHANGED_SINCE, field=each.field_name)
            continue
        yield _signature(each, status, bool(status.trusted) if trusted else None, _revoked(each, trusted, usage))


def _revoked(each: Any, trusted: Sequence[Any], usage: Any) -> bool | None:
    """Tell whether a certificate is revoked, by lists and answers that the paper itself carries; nobody is asked."""
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.dss import DocumentSecurityStore

    if not trusted or "/DSS" not in each.reader.root:
        return None
    said = {"trust_roots": trusted, "allow_fetching": False, "revocation_mode": "require"}
    context = DocumentSecurityStore.read_dss(each.reader).as_validation_context(said)
    status = validate_pdf_signature(each, context, key_usage_settings=usage)
    return True if status.revoked else False if status.trusted else None


def _signature(each: Any, status: Any, trusted: bool | None, revoked: bool | None) -> Signature:
    certificate, at = status.signing_cert, status.signer_reported_dt
    begins, ends = certificate.not_valid_before, certificate.not_valid_after
    return Signature(
        each.field_name, _name(certificate.subject.native), _name(certificate.issuer.native),
        format(certificate.serial_number, "x"), begins.date().isoformat(), ends.date().isoformat(),
        at.isoformat() if at else "", trusted, begins <= at <= ends if at is not None and at.tzinfo is not None else None, revoked,
    )  # fmt: skip


def _name(parts: Mapping[str, object]) -> str:
    """Return whose a certificate is: the name, then what else tells who it is."""
    told = ("common_name", "organizational_unit_name", "organization_name", "locality_name", "state_or_province_name")
    found = [value for key in told if (value := parts.get(key))]
    flat = [str(one) for value in found for one in (value if isinstance(value, list) else [value])]
    return ", ".join(dict.fromkeys(flat)) or ", ".join(str(value) for value in parts.values())


def _untouched(reader: Any, before: Any) -> bool:
    """Tell whether nothing of a paper handed out was put otherwise since: its pages got fields of signatures, and no more.

    An object that is written again must say what it said, but for what a signature adds to it.
    """
    beside = {before.trailer.raw_get(key).reference for key in ("/Info",) if key in before.trailer}
    for owner, key in [(before.root, "/AcroForm"), *((page, "/Annots") for page in _pages(before))]:
        held: Any = owner.raw_get(key) if key in owner else None
        if hasattr(held, "reference"):
            beside.add(held.reference)
    later = range(before.xrefs.total_revisions, reader.xrefs.total_revisions)
    again = {ref for revision in later for ref in reader.xrefs.explicit_refs_in_revision(revision)}
    for ref in again:
        if before.xrefs[ref] is None or any(ref == one for one in beside):
            continue
        old, new = before.get_object(ref), reader.get_object(ref)
        if _said(old) != _said(new):
            return False
    return True


def _pages(before: Any) -> Iterator[Any]:
    """Yield the pages of a PDF."""
    for at in range(int(before.root["/Pages"]["/Count"])):
        yield before.find_page_for_modification(at)[0].get_object()


_ADDED = {
    "/Page": frozenset({"/Annots"}),
    "/Catalog": frozenset({"/AcroForm", "/Perms", "/DSS", "/Extensions", "/Metadata", "/Version"}),
}
"""Kind of object -> what a signature adds to it."""


def _said(held: Any) -> object:
    """Return what an object says, but for what a signature adds to it."""
    if not isinstance(held, dict):
        return _written(held)
    added = _ADDED.get(str(held.get("/Type", "")), frozenset())
    said = {str(key): _written(held.raw_get(key)) for key in held if key not in added}  # type: ignore[attr-defined]  # a PDF's
    return said, getattr(held, "data", b"")


def _written(held: Any) -> bytes:
    stream = io.BytesIO()
    held.write_to_stream(stream)
    return stream.getvalue()
