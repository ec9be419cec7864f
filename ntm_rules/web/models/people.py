"""People who sign in, and their roles: of a commune, an agency, or the province."""

from __future__ import annotations

from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from ntm_rules.appraisal.roles import Actor, Appointment, Role


class People(BaseUserManager):
    """Finds people by the name they sign in with."""

    def create_user(self, username: str, password: str | None = None, **said: object) -> Person:
        """Make an account."""
        person: Person = self.model(username=username, **said)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody with an account; one that is closed stays, for what it did."""

    username = models.CharField(max_length=80, unique=True)
    full_name = models.CharField(max_length=120)
    position = models.CharField(max_length=160, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="vi")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = People()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        ordering = ("username",)

    def __str__(self) -> str:
        return self.full_name or self.username

    @cached_property
    def actor(self) -> Actor:
        """Who this is to the rules of the appraisal: the roles held, and those of whom one stands in for today."""
        known = {role.value for role in Role}
        held = {Appointment(Role(one.role), one.place) for one in self.roles.all() if one.role in known}
        if any(one.role is Role.AGENCY_EXPERT for one in held):
            today = timezone.localdate()
            rows = self.stands_in.filter(ends=None, ended=None, since__lte=today, until__gte=today)
            mine = {one.place for one in held if one.role is Role.AGENCY_EXPERT}
            held |= {Appointment(Role.AGENCY_HEAD, one.agency) for one in rows if one.agency in mine}
        return Actor(self.pk, frozenset(held))


class RoleHeld(models.Model):
    """A role of one person, of one commune or agency."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=24, choices=[(role.value, role.value) for role in Role])
    place = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "role", "place"], name="role_once"),)
        ordering = ("role", "place")

    def __str__(self) -> str:
        return f"{self.role} {self.place}".strip()
