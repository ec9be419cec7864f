"""What people write in words, such as a reason: whether it is owed, and how long it may be."""

from __future__ import annotations

from ntm_rules.i18n import N_, Message

WHY_OWED = N_("Say in words why.")


def note_faults(note: str, most: int, demand: str = "") -> list[Message]:
    """Return what is wrong with a note; `demand`: what is said where nothing is written, though something has to be."""
    faults = [Message(demand)] if demand and not note.strip() else []
    if len(note) > most:
        faults.append(Message("The note is longer than {most} characters.", most=most))
    return faults
