"""Rounds closed, and opened again."""

from __future__ import annotations

from django.db import models

from ntm_rules.web.models.council import Told
from ntm_rules.web.models.rounds import Round


class Closure(Told):
    """A round was closed, or opened again; the latest row says which."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="closures")
    closes = models.BooleanField()
    reason = models.TextField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.round_id} {self.closes}"
