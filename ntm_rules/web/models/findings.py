"""What agencies say of a commune's figures, act by act; who stands in for whom; days that were put off."""

from __future__ import annotations

from django.db import models

from ntm_rules.appraisal.entries import CELLS, Entry
from ntm_rules.appraisal.findings import Act, Deed
from ntm_rules.web.models.dossiers import Said
from ntm_rules.web.models.people import Person
from ntm_rules.web.models.rounds import Round


class Finding(Said):
    """One act on one figure of a dossier: proposed, confirmed, sent back, asked, answered; the acts in a row are the finding."""

    agency = models.CharField(max_length=60)
    measure = models.CharField(max_length=80)
    act = models.CharField(max_length=10)
    figure = models.PositiveIntegerField(default=0)
    """The version of the commune's figure that it is about; 0: there was none."""
    value = models.TextField(blank=True)
    numerator = models.TextField(blank=True)
    denominator = models.TextField(blank=True)
    previous = models.TextField(blank=True)
    document = models.TextField(blank=True)
    note = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    cause = models.CharField(max_length=60, blank=True)
    """Of a request to the commune: one of the reasons that the procedure enumerates."""
    due = models.DateField(null=True, blank=True)
    """Of a request to the commune: by when it answers."""

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.measure} {self.act}"

    @property
    def deed(self) -> Deed:
        """The act as the rules of the appraisal see it."""
        entry = Entry(*(getattr(self, name) for name in CELLS))
        return Deed(self.pk, self.measure, Act(self.act), self.by_id, entry, self.reason)


class Substitution(models.Model):
    """Somebody stands in for the head of an agency for some days; a later row ends it."""

    agency = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stands_in")
    since = models.DateField()
    until = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ends = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="ended")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.agency} {self.person_id}"


class Extension(models.Model):
    """A day that was put off for one commune or agency of a round, or for all of them, with the reason."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="extensions")
    what = models.CharField(max_length=10)
    """`submit` or `appraise`."""
    place = models.CharField(max_length=60, blank=True)
    """Code of a commune or id of an agency; empty: all."""
    day = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.what} {self.place} {self.day}"
