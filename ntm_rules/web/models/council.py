"""After the agencies: residents' comments, the council's seats, sessions, attendance, votes, minutes, conclusions; decisions."""

from __future__ import annotations

from django.db import models

from ntm_rules.web.models.dossiers import Said
from ntm_rules.web.models.people import Person
from ntm_rules.web.models.rounds import Round


class Told(models.Model):
    """What somebody wrote down of a round at some time; never changed, never deleted."""

    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class Comment(Said):
    """Residents' comments on a commune, as the standing office records them; the latest version counts."""

    households = models.PositiveIntegerField()
    surveyed = models.PositiveIntegerField()
    satisfied = models.PositiveIntegerField()
    document = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.satisfied}/{self.surveyed}/{self.households}"


class Seat(Told):
    """Somebody is a member of the council of a round; a later row ends it."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats")
    post = models.CharField(max_length=160, blank=True)
    ends = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="ended")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.person}"


class Session(Told):
    """A session of the council."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="sessions")
    day = models.DateField()
    place = models.CharField(max_length=200)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.day}"


class Attendance(Told):
    """Whether a member attends a session; the latest row of each counts."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    present = models.BooleanField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.person_id} {self.present}"


class Minutes(Told):
    """What the secretary writes of a session; the latest version counts, and one of them closes it."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="minutes")
    text = models.TextField(blank=True)
    closes = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.session_id} {self.closes}"


class Vote(Said):
    """A member's vote on a commune, cast once."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="votes")
    choice = models.CharField(max_length=10)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["session", "dossier", "by"], name="vote_once"),)

    def __str__(self) -> str:
        return f"{self.session_id} {self.dossier_id}"


class Conclusion(Said):
    """What the council concludes of a criterion, or of the commune where none is named; the latest version counts."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="conclusions")
    criterion = models.CharField(max_length=20, blank=True)
    concluded = models.CharField(max_length=10)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.criterion} {self.concluded}"


class Decision(Said):
    """A decision that recognises a commune, refuses that or revokes it, as it was signed elsewhere."""

    kind = models.CharField(max_length=10)
    """A step: `recognise`, `refuse` or `revoke`."""
    number = models.CharField(max_length=80, blank=True)
    day = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    file_kind = models.CharField(max_length=8, blank=True)
    size = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["dossier", "kind"], name="decision_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
