"""Rounds, and the law each has pinned: the files of its set and overlays, byte for byte."""

from __future__ import annotations

from django.db import models

from ntm_rules.web.models.people import Person


class Law(models.Model):
    """A criteria set as its files stood when a round pinned it."""

    sha256 = models.CharField(max_length=64, unique=True)
    """Of `files`."""
    files = models.BinaryField()
    """The set's files as a ZIP that is the same for the same files."""
    set_id = models.CharField(max_length=80)
    version = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.set_id} {self.version}"


class Round(models.Model):
    """One year's assessment: the law it pinned, its communes (dossiers), its days."""

    title = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    law = models.ForeignKey(Law, on_delete=models.PROTECT, related_name="rounds")
    pinned = models.ForeignKey("web.Pin", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """The version of the law that was pinned last; None: as the round was opened."""
    rules_sha256 = models.CharField(max_length=64)
    """Of the rules resolved for the year, overlays laid on."""
    submit_by = models.DateField()
    appraise_by = models.DateField(null=True, blank=True)
    illustrative = models.BooleanField(default=False)
    """All figures in it are invented."""
    before_name = models.CharField(max_length=200, blank=True)
    before = models.BinaryField(null=True, blank=True)
    """A file with the figures of the year before, which growth starts from."""
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    """When it was closed; None: it goes on."""

    class Meta:
        ordering = ("-year", "-pk")

    def __str__(self) -> str:
        return self.title

    @property
    def is_closed(self) -> bool:
        """Whether nothing of it changes any more but decisions."""
        return self.closed_at is not None


def rounds_with_law() -> models.QuerySet[Round]:
    """Return rounds with their laws, but for what may be large and no page shows: the law's files, last year's figures."""
    return Round.objects.select_related("law").defer("law__files", "before")


class Overlay(models.Model):
    """A file of a later decision that a round laid on its set, in its place among all that it ever laid on."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="overlays")
    pin = models.ForeignKey("web.Pin", on_delete=models.PROTECT, null=True, blank=True, related_name="overlays")
    """The version of the law that it belongs to; None: as the round was opened."""
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        ordering = ("place",)
        constraints = (models.UniqueConstraint(fields=["round", "place"], name="overlay_place_once"),)

    def __str__(self) -> str:
        return self.name
