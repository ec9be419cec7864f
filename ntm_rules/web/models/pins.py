"""Versions of the law of a round: what was looked at, what was pinned in place of what, and why."""

from __future__ import annotations

from django.db import models

from ntm_rules.web.models.council import Told
from ntm_rules.web.models.rounds import Law, Round


class Pin(Told):
    """A set and its later decisions as their files stood when a round was opened, or when they were looked at for it."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="pins")
    law = models.ForeignKey(Law, on_delete=models.PROTECT, related_name="+")
    rules_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.round_id} {self.law_id}"


class Repinning(Told):
    """A round follows another version of the law from now on."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="repinnings")
    pin = models.OneToOneField(Pin, on_delete=models.PROTECT, related_name="repinning")
    before = models.ForeignKey(Pin, on_delete=models.PROTECT, related_name="+")
    """What was pinned until then: decided dossiers keep it."""
    reason = models.TextField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.round_id} {self.pin_id}"
