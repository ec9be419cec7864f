"""What people are told of: shown in the application, and sent by e-mail where that is set up."""

from __future__ import annotations

from django.db import models

from ntm_rules.web.models.dossiers import Dossier
from ntm_rules.web.models.people import Person
from ntm_rules.web.models.rounds import Round


class Notice(models.Model):
    """One thing that one person is told of; written with the event that it is about."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=30)
    """A key of `ntm_rules.web.notices.KINDS`."""
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, related_name="+")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, null=True, related_name="+")
    agency = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True)
    """What somebody wrote beside: a reason, a note."""
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    """How often sending it has failed."""
    try_after = models.DateTimeField(null=True)
    fault = models.CharField(max_length=200, blank=True)
    """Why it could not be sent the last time."""

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"
