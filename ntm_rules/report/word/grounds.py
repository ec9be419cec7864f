"""The legal grounds of a paper, one a line in italics, as Nghị định 30/2020/NĐ-CP has them: kind, number, day, issuer, subject."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from ntm_rules.i18n import _, current_language
from ntm_rules.report.word.layout import Paper
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.models import Document, Overlay, OverlayDocument
from ntm_rules.wording.dates import on_day

SPAN = re.compile(r"(?<=\d) - (?=\d)")
"""Between two years ("2026 - 2030"): no line breaks there."""
KINDS = {
    "NQ": "Nghị quyết",
    "NĐ": "Nghị định",
    "QĐ": "Quyết định",
    "KH": "Kế hoạch",
    "TT": "Thông tư",
    "CT": "Chỉ thị",
    "HD": "Hướng dẫn",
    "CTr": "Chương trình",
    "KL": "Kết luận",
    "TB": "Thông báo",
    "QC": "Quy chế",
    "ĐA": "Đề án",
    "BC": "Báo cáo",
    "TTr": "Tờ trình",
    "L": "Luật",
    "PL": "Pháp lệnh",
}
"""Sign in a document's number -> its kind, by Nghị định 30/2020/NĐ-CP, Annex III, and the law on legal documents."""
NAMED_ALONE = ("Luật", "Pháp lệnh", "Bộ luật", "Hiến pháp")
"""Kinds whose name goes on with the subject: "Luật Tổ chức chính quyền địa phương"."""


RANKS = (
    re.compile(r"^(Hiến pháp|Bộ luật|Luật|Pháp lệnh)\b|/QH\d*\b|/UBTVQH"),
    re.compile(r"/NĐ-CP\b|/NQ-CP\b"),
    re.compile(r"/(QĐ|CT)-TTg\b"),
    re.compile(r"/TT-|/TTLT-"),
    re.compile(r"NQ/TU\b|NQ/TW\b|NQ/ĐU\b"),
    re.compile(r"/NQ-HĐND\b"),
    re.compile(r"/QĐ-"),
)
"""Which grounds stand first, the highest of the law above: by what stands in the title or the number."""


def add_grounds(paper: Paper, rules: CriteriaSet, legal_basis: Sequence[str], overlays: Sequence[Overlay]) -> None:
    """Add the documents that a paper rests on: those of the set, then those laid over it that are in force."""
    lines = list(ground_lines(rules, legal_basis, overlays))
    for at, line in enumerate(lines, 1):
        whole = SPAN.sub("\N{NO-BREAK SPACE}-\N{NO-BREAK SPACE}", line)
        paper.add(f"{whole}{'.' if at == len(lines) else ';'}", italic=True)


def ground_lines(rules: CriteriaSet, legal_basis: Sequence[str], overlays: Sequence[Overlay]) -> Iterator[str]:
    """Yield each ground without the mark at its end, the highest of the law first; what is only illustrative is none.

    A document that the set does not know stands by the name given, after the others.
    """
    known: list[Document | OverlayDocument] = [
        rules.documents[id_] for id_ in dict.fromkeys(legal_basis) if id_ in rules.documents
    ]
    known += [overlay.document for overlay in overlays if overlay.document and not overlay.illustrative]
    for document in sorted(known, key=rank):
        yield ground_words(document)
    for id_ in dict.fromkeys(legal_basis):
        if id_ not in rules.documents:
            yield _("Pursuant to {document}", document=id_)


def rank(document: Document | OverlayDocument) -> int:
    """Return the place of a document among the grounds of a paper, 0 for a law of the National Assembly."""
    words = document.number or document.title.vi
    return next((at for at, sign in enumerate(RANKS) if sign.search(words)), len(RANKS))


def ground_words(document: Document | OverlayDocument) -> str:
    """Return one document as a ground ("Căn cứ Kế hoạch số 5434/KH-UBND ngày 01 tháng 7 năm 2026 của ... triển khai ...")."""
    language = current_language()
    title = " ".join(str(document.title).split()).rstrip(" .;")
    if language != "vi":
        parts = [document.number or "", on_day(document.date), document.issuer or ""]
        told = ", ".join(part for part in parts if part)
        return _("Pursuant to {document}", document=f"{title} ({told})" if told else title)
    subject = _kind_and_subject(title, document.number or "")[1]
    name = called(document)
    issued = f" ngày {_long_day(document.date)}" if document.date else ""
    issuer = f" của {document.issuer}" if document.issuer else ""
    about = "" if name == title or not subject else f" {subject}"
    return f"Căn cứ {name}{issued}{issuer}{about}"


def called(document: Document | OverlayDocument) -> str:
    """Return what a document is called in short: its kind and number ("Kế hoạch số 5434/KH-UBND"), else its title."""
    title = " ".join(str(document.title).split()).rstrip(" .;")
    if current_language() != "vi":
        return document.number or title
    kind = _kind_and_subject(title, document.number or "")[0]
    if not document.number:
        return title if kind in NAMED_ALONE else kind
    return f"{kind} số {document.number}"


def _kind_and_subject(title: str, number: str) -> tuple[str, str]:
    """Return the kind of a document, by its title or else by the sign in its number, and what it is about."""
    for kind in sorted({*KINDS.values(), *NAMED_ALONE, "Quy định", "Công văn"}, key=len, reverse=True):
        if title.casefold().startswith(f"{kind.casefold()} "):
            return kind, title[len(kind) + 1 :]
    signs = re.split(r"[/\-]", number)
    kind = next((KINDS[sign] for sign in signs if sign in KINDS), "văn bản" if number else "")
    lowered = f"{title[:1].lower()}{title[1:]}"
    about = lowered if lowered.startswith(("về ", "ban hành ")) else f"về {lowered}"
    return (kind, about) if kind else (title, "")


def _long_day(date: dt.date) -> str:
    """Return a day as such papers write it: days below 10 and January and February with a zero."""
    month = f"{date.month:02d}" if date.month < 3 else str(date.month)
    return f"{date.day:02d} tháng {month} năm {date.year}"
