"""What the database itself refuses: changing or deleting what was once said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

GUARDED = ("web_figure", "web_evidence", "web_taken", "web_event", "web_handedin", "web_law", "web_overlay")
"""Tables of versions, steps, events and pinned law."""
GUARDED_APPRAISAL = ("web_finding", "web_substitution", "web_extension")
"""Tables of what agencies find, of who stands in and of days put off."""
GUARDED_COUNCIL = (
    "web_comment", "web_seat", "web_session", "web_attendance", "web_minutes", "web_vote", "web_conclusion", "web_decision",
)  # fmt: skip
"""Tables of comments, of the council and of decisions."""

GUARDED_ROUND = ("web_closure",)
"""Tables of rounds closed."""
GUARDED_PINS = ("web_pin", "web_repinning")
"""Tables of the versions of a round's law."""

GUARDED_REREVIEWS = ("web_rereview",)
"""Tables of units reviewed again."""
GUARDED_PAPERS = ("web_paper", "web_signedpaper")
"""Tables of papers handed out and come back signed."""

GUARDED_REMARKS = ("web_remark", "web_moderation")
"""Tables of what residents write, and of what appears."""


def statements(vendor: str, tables: Sequence[str] = GUARDED) -> Iterator[str]:
    """Yield what sets the guards up on a kind of database; none are known for others."""
    if vendor == "sqlite":
        for table in tables:
            for act in ("UPDATE", "DELETE"):
                yield (
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
                )
    elif vendor == "postgresql":
        yield (
            "CREATE OR REPLACE FUNCTION ntm_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        for table in tables:
            yield (
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION ntm_append_only()"
            )
            yield (
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION ntm_append_only()"
            )
    else:
        raise NotImplementedError(vendor)
