"""What residents write on the public page of a dossier, and what the standing office lets appear."""

from __future__ import annotations

from django.db import models

from ntm_rules.web.models.council import Told
from ntm_rules.web.models.dossiers import Dossier


class Remark(models.Model):
    """One resident's words; no account, no address: a name that may stay empty. Never changed, never deleted."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="remarks")
    at = models.DateTimeField()
    name = models.CharField(max_length=80, blank=True)
    opinion = models.CharField(max_length=12, blank=True)
    """A key of `ntm_rules.appraisal.remarks.Opinion`; empty: none was given."""
    text = models.TextField()
    by_id = None
    """Nobody who is known."""

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.pk}"


class Moderation(Told):
    """A remark is let appear, or kept back with the reason; the latest row counts."""

    remark = models.ForeignKey(Remark, on_delete=models.PROTECT, related_name="moderations")
    shows = models.BooleanField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.remark_id} {self.shows}"
