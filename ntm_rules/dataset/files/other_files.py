"""Files that hold no table of figures, and which kind each is: told by its name, or by how it begins."""

from __future__ import annotations

from collections.abc import Iterable

_KINDS: dict[str, tuple[str, ...]] = {
    "file-is-a-paper": (
        ".pdf", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".webp", ".djvu", ".xps",
    ),
    "file-is-a-text": (".docx", ".doc", ".docm", ".rtf", ".odt", ".wps", ".pptx", ".ppt"),
    "file-is-packed": (".zip", ".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz"),
    "file-of-another-spreadsheet": (".ods", ".xlsb", ".xlt", ".xltx", ".numbers", ".et", ".fods"),
}  # fmt: skip
_OF_EXTENSION = {extension: code for code, extensions in _KINDS.items() for extension in extensions}

_BEGINNINGS = (
    (b"%PDF", "file-is-a-paper", "PDF"),
    (b"\x89PNG", "file-is-a-paper", "PNG"),
    (b"\xff\xd8\xff", "file-is-a-paper", "JPEG"),
    (b"GIF8", "file-is-a-paper", "GIF"),
    (b"{\\rtf", "file-is-a-text", "RTF"),
    (b"Rar!", "file-is-packed", "RAR"),
    (b"7z\xbc\xaf", "file-is-packed", "7Z"),
    (b"\x1f\x8b", "file-is-packed", "GZ"),
)
_PARTS = (
    ("word/document.xml", "file-is-a-text", "DOCX"),
    ("ppt/presentation.xml", "file-is-a-text", "PPTX"),
    ("xl/workbook.bin", "file-of-another-spreadsheet", "XLSB"),
    ("mimetype", "file-of-another-spreadsheet", "ODF"),
)


def kind_of_extension(extension: str) -> str:
    """Return the problem of a file that is not read, by its extension.

    >>> kind_of_extension(".pdf"), kind_of_extension(".json")
    ('file-is-a-paper', 'file-type-unsupported')
    """
    return _OF_EXTENSION.get(extension, "file-type-unsupported")


def kind_of_beginning(data: bytes) -> tuple[str, str]:
    """Return the problem of a file that is no workbook, by its first bytes, and what it is called; blank if unknown.

    >>> kind_of_beginning(b"%PDF-1.7"), kind_of_beginning(b"abc")
    (('file-is-a-paper', 'PDF'), ('', ''))
    """
    return next(((code, name) for begins, code, name in _BEGINNINGS if data.startswith(begins)), ("", ""))


def kind_of_parts(names: Iterable[str]) -> tuple[str, str]:
    """Return the problem of a zip that is no workbook, by the names of its parts, and what it is called.

    >>> kind_of_parts(["[content_types].xml", "word/document.xml"]), kind_of_parts(["phieu.xlsx"])
    (('file-is-a-text', 'DOCX'), ('file-is-packed', 'ZIP'))
    """
    parts = set(names)
    for mark, code, name in _PARTS:
        if mark in parts:
            return code, name
    return ("", "") if "[content_types].xml" in parts else ("file-is-packed", "ZIP")
