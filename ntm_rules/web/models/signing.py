"""What signing in asks for besides a password, and what was tried in vain."""

from __future__ import annotations

from django.db import models

from ntm_rules.web.models.people import Person


class SecondFactor(models.Model):
    """The secret that one person's telephone shares with us, from which both reckon the code of each half minute."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="second_factor")
    secret = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    last_step = models.PositiveBigIntegerField()
    """The half minute of the last code that was taken: none is taken twice."""

    def __str__(self) -> str:
        return str(self.person)


class Identity(models.Model):
    """Who somebody is to a sign-in provider, as an administrator has set it."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="identity")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["issuer", "subject"], name="identity_once"),)

    def __str__(self) -> str:
        return self.subject


class FailedSignIn(models.Model):
    """A wrong password or code; forgotten once it no longer counts."""

    username = models.CharField(max_length=80)
    address = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["at"], name="failed_sign_in_at"),)

    def __str__(self) -> str:
        return f"{self.username} {self.at}"
