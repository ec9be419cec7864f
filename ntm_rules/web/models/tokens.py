"""Tokens of programs that read."""

from __future__ import annotations

from django.db import models

from ntm_rules.web.models.people import Person


class Token(models.Model):
    """What a program shows to read some kinds of data until a day; the token itself is kept as its hash alone."""

    name = models.CharField(max_length=120)
    """Of whom it is, and for what."""
    sha256 = models.CharField(max_length=64, unique=True)
    scopes = models.CharField(max_length=200)
    """Values of `Scope`, with a blank between."""
    until = models.DateField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name
