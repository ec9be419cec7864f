"""One commune in one round: where it stands, and every version of what it said."""

from __future__ import annotations

from django.db import models

from ntm_rules.appraisal.entries import CELLS, Entry
from ntm_rules.appraisal.states import State
from ntm_rules.web.models.people import Person
from ntm_rules.web.models.rounds import Round


class Dossier(models.Model):
    """One commune in one round. Only a step changes it (`ntm_rules.web.stepping`)."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="dossiers")
    commune = models.CharField(max_length=20)
    """Its code; of a unit that is no more and whose code another bears, the code with its last day."""
    state = models.CharField(max_length=20, default=State.OPEN.value)
    version = models.PositiveIntegerField(default=1)
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    pinned = models.ForeignKey("web.Pin", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """The version of the law under which it was decided, where its round follows another since."""

    class Meta:
        ordering = ("commune",)
        constraints = (models.UniqueConstraint(fields=["round", "commune"], name="dossier_once"),)

    def __str__(self) -> str:
        return f"{self.commune} {self.round_id}"

    @property
    def stands(self) -> State:
        """Where it stands on its way."""
        return State(self.state)


def dossiers_with_round() -> models.QuerySet[Dossier]:
    """Return dossiers with their rounds and laws, but for what may be large and no page shows: the law's files, last year's."""
    return Dossier.objects.select_related("round__law").defer("round__law__files", "round__before")


def locked_dossier(pk: int, **of: object) -> Dossier:
    """Return a dossier that nobody else changes before this transaction ends, with its round as it stands now."""
    rows = dossiers_with_round().select_for_update(of=("self",))
    found: Dossier = rows.get(pk=pk, **of)
    # PostgreSQL joins the round as it stood before the wait for the lock: whether it was closed meanwhile is asked again
    found.round.closed_at = Round.objects.values_list("closed_at", flat=True).get(pk=found.round_id)
    return found


class Said(models.Model):
    """What somebody said at some time; never changed, never deleted."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="%(class)ss")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class Figure(Said):
    """One version of one figure, as typed: the latest is the one that counts."""

    measure = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    """From 1, for each measure of a dossier."""
    value = models.TextField(blank=True)
    numerator = models.TextField(blank=True)
    denominator = models.TextField(blank=True)
    previous = models.TextField(blank=True)
    document = models.TextField(blank=True)
    note = models.TextField(blank=True)
    way = models.CharField(max_length=10)
    """How it came: `form` or `excel`."""
    key = models.CharField(max_length=64, unique=True)
    """What tells one saving from another, so that saving twice is saving once."""

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["dossier", "measure", "version"], name="figure_version_once"),)

    def __str__(self) -> str:
        return f"{self.measure} {self.version}"

    @property
    def entry(self) -> Entry:
        """What was typed."""
        return Entry(*(getattr(self, name) for name in CELLS))


class Evidence(Said):
    """One evidence file put to a figure, or withdrawn again (the later row says so)."""

    measure = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=8)
    """What its content is: a key of `ntm_rules.web.evidence_files.KINDS`."""
    size = models.PositiveIntegerField()
    withdraws = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="withdrawn")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class HandedIn(Said):
    """A filled form that was uploaded and may be taken over."""

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class Taken(Said):
    """A step that a dossier took."""

    step = models.CharField(max_length=20)
    start = models.CharField(max_length=20)
    end = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    """Of the dossier after it."""
    reason = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["dossier", "version"], name="step_version_once"),)

    def __str__(self) -> str:
        return self.step
