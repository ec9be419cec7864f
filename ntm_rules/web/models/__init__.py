"""What is kept. What was once said stays: figures, evidence, steps and events are versions that nothing changes."""

from ntm_rules.web.models.closing import Closure
from ntm_rules.web.models.council import (
    Attendance,
    Comment,
    Conclusion,
    Decision,
    Minutes,
    Seat,
    Session,
    Vote,
)
from ntm_rules.web.models.dossiers import Dossier, Evidence, Figure, HandedIn, Taken
from ntm_rules.web.models.events import Event
from ntm_rules.web.models.findings import Extension, Finding, Substitution
from ntm_rules.web.models.notices import Notice
from ntm_rules.web.models.papers import Paper, PaperLink, SignedPaper
from ntm_rules.web.models.people import Person, RoleHeld
from ntm_rules.web.models.pins import Pin, Repinning
from ntm_rules.web.models.remarks import Moderation, Remark
from ntm_rules.web.models.rereviews import Rereview
from ntm_rules.web.models.rounds import Law, Overlay, Round
from ntm_rules.web.models.signing import FailedSignIn, Identity, SecondFactor
from ntm_rules.web.models.tokens import Token

__all__ = [
    "Attendance", "Closure", "Comment", "Conclusion", "Decision", "Dossier", "Event", "Evidence", "Extension",
    "FailedSignIn", "Figure", "Finding", "HandedIn", "Identity", "Law", "Minutes", "Moderation", "Notice",
    "Overlay", "Paper", "PaperLink", "Person", "Pin", "Remark", "Repinning", "Rereview", "RoleHeld", "Round",
    "Seat", "SecondFactor", "Session", "SignedPaper", "Substitution", "Taken", "Token", "Vote",
]  # fmt: skip
