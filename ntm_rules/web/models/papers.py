"""Papers handed out to be signed, the links on which they come back, and what came back."""

from __future__ import annotations

from django.db import models

from ntm_rules.web.models.dossiers import Said
from ntm_rules.web.models.people import Person


class Paper(Said):
    """A PDF as it was handed out to be signed."""

    kind = models.CharField(max_length=20)
    """A key of `ntm_rules.appraisal.papers.SIGNED`."""
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class PaperLink(models.Model):
    """A link on which a paper comes back once, without an account: whoever has it signs. Only its hash is kept."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="links")
    sha256 = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    """When it was used, or another took its place."""

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.paper_id} {self.until}"


class SignedPaper(Said):
    """A paper as it came back, with what was found of its signatures; `by`: who gave the link."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="returned")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    found = models.TextField()
    """JSON: what `ntm_rules.web.signatures` found, on the day on which it came back."""

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name
