"""The event log: who did what, when; each event holds the hash of the one before it."""

from __future__ import annotations

from django.db import models

from ntm_rules.web.models.dossiers import Dossier
from ntm_rules.web.models.people import Person


class Event(models.Model):
    """One thing that happened; never changed, never deleted."""

    number = models.PositiveBigIntegerField(unique=True)
    """From 1, without a gap."""
    at = models.CharField(max_length=40)
    """As it was hashed: ISO 8601 in UTC."""
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, null=True, related_name="events")
    kind = models.CharField(max_length=30)
    told = models.TextField()
    """What happened, as canonical JSON."""
    before = models.CharField(max_length=64)
    """The hash of the event before; zeros for the first."""
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"
