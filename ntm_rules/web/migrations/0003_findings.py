"""What agencies find, who stands in, days put off; nothing of it can be changed."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ntm_rules.web.guards import GUARDED_APPRAISAL, statements


def guard(_apps: Any, editor: Any) -> None:
    """Let the database refuse to change what agencies found."""
    for statement in statements(editor.connection.vendor, GUARDED_APPRAISAL):
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = (("web", "0002_guards"),)

    operations = [
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=10)),
                ("place", models.CharField(blank=True, max_length=60)),
                ("day", models.DateField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="extensions", to="web.round"
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("agency", models.CharField(max_length=60)),
                ("measure", models.CharField(max_length=80)),
                ("act", models.CharField(max_length=10)),
                ("figure", models.PositiveIntegerField(default=0)),
                ("value", models.TextField(blank=True)),
                ("numerator", models.TextField(blank=True)),
                ("denominator", models.TextField(blank=True)),
                ("previous", models.TextField(blank=True)),
                ("document", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
                ("cause", models.CharField(blank=True, max_length=60)),
                ("due", models.DateField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="web.dossier"
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Substitution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agency", models.CharField(max_length=60)),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ends",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ended",
                        to="web.substitution",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stands_in",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.RunPython(guard),
    ]
