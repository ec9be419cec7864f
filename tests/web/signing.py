"""PDFs and certificates made for tests, and signatures put on them as a signing program does."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any, NamedTuple

import pytest

pytest.importorskip("pyhanko", reason="the extra signed is not installed")

from asn1crypto import crl, keys, x509
from cryptography import x509 as made
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore


class Holder(NamedTuple):
    """Somebody with a certificate."""

    certificate: made.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


def holder(name: str, issuer: Holder | None = None, begins: int = -1, ends: int = 365) -> Holder:
    """Return somebody with a certificate, by days from now; without an issuer it is a root."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    said = ((NameOID.COUNTRY_NAME, "VN"), (NameOID.ORGANIZATION_NAME, "UBND xã (bịa)"), (NameOID.COMMON_NAME, name))
    subject, root = made.Name([made.NameAttribute(*one) for one in said]), issuer is None
    builder = made.CertificateBuilder(issuer.certificate.subject if issuer else subject, subject, key.public_key())
    builder = builder.serial_number(made.random_serial_number()).not_valid_before(now + dt.timedelta(days=begins))
    builder = builder.not_valid_after(now + dt.timedelta(days=ends))
    builder = builder.add_extension(made.BasicConstraints(root, None), critical=True)
    usage = made.KeyUsage(not root, not root, False, False, False, root, root, False, False)
    certificate = builder.add_extension(usage, critical=True).sign(issuer.key if issuer else key, hashes.SHA256())
    return Holder(certificate, key)


def paper(words: bytes = b"BT ET") -> bytes:
    """Return a PDF of one page."""
    writer, stream = PdfFileWriter(), io.BytesIO()
    size = generic.ArrayObject([generic.NumberObject(each) for each in (0, 0, 595, 842)])
    writer.insert_page(PageObject(writer.add_object(generic.StreamObject(stream_data=words)), size))
    writer.write(stream)
    return stream.getvalue()


def signed(content: bytes, by: Holder, field: str = "Ky1") -> bytes:
    """Return a PDF with a signature added."""
    certificate = x509.Certificate.load(by.certificate.public_bytes(Encoding.DER))
    store = SimpleCertificateStore()
    store.register(certificate)
    key = keys.PrivateKeyInfo.load(by.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    signer = signers.SimpleSigner(certificate, key, store)
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    found: bytes = signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name=field), signer).getvalue()
    return found


def with_revocations(content: bytes, issuer: Holder, *revoked: Holder, until: int = 7) -> bytes:
    """Return a signed PDF that carries its issuer's list of what is revoked, as PAdES-LT does; `until`: days that it holds."""
    now = dt.datetime.now(dt.UTC)
    listed = made.CertificateRevocationListBuilder().issuer_name(issuer.certificate.subject)
    listed = listed.last_update(now - dt.timedelta(days=30)).next_update(now + dt.timedelta(days=until))
    for one in revoked:
        entry = made.RevokedCertificateBuilder().serial_number(one.certificate.serial_number)
        listed = listed.add_revoked_certificate(entry.revocation_date(now - dt.timedelta(days=20)).build())
    signed_list = listed.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)
    stream = io.BytesIO(content)
    signature = PdfFileReader(stream).embedded_signatures[-1]
    DocumentSecurityStore.add_dss(stream, signature.pkcs7_content, crls=[crl.CertificateList.load(signed_list)])
    return stream.getvalue()


def added_to(content: bytes, change: Any) -> bytes:
    """Return a PDF with something else added behind it."""
    writer, stream = IncrementalPdfFileWriter(io.BytesIO(content)), io.BytesIO()
    change(writer)
    writer.write(stream)
    return stream.getvalue()


def words_changed(writer: IncrementalPdfFileWriter) -> None:
    """Put other words on the first page."""
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT (khac) Tj ET"))
    writer.update_container(page)
