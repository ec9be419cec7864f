"""What outputs show as tables, made once: columns named by key, typed cells; `xlsx`, `word`, CSV and screen only draw them."""

from ntm_rules.report.tables.table import (
    SAME,
    Cell,
    Column,
    Kind,
    Link,
    Role,
    Table,
    Term,
    code_of,
    marks,
    numbers,
    texts,
    words_of,
    yes_or_no,
)  # fmt: skip

__all__ = [
    "SAME", "Cell", "Column", "Kind", "Link", "Role", "Table", "Term", "code_of", "marks", "numbers", "texts", "words_of",
    "yes_or_no",
]  # fmt: skip
