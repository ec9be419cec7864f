"""Recognised communes that went into another unit, which is reviewed again."""

from __future__ import annotations

from django.db import models

from ntm_rules.web.models.council import Decision
from ntm_rules.web.models.dossiers import Said


class Rereview(Said):
    """A dossier reviews a unit again into which a recognised commune went."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="rereviews")
    """The recognition of the commune that is no more."""
    reason = models.TextField()

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["dossier", "decision"], name="rereview_once"),)

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.decision_id}"
