"""Papers handed out to be signed, the links on which they come back, and what came back."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ntm_rules.web.guards import GUARDED_PAPERS, statements

PROTECT = django.db.models.deletion.PROTECT
ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def guard(_apps: Any, editor: Any) -> None:
    """Let the database refuse to change what went out and what came back."""
    for statement in statements(editor.connection.vendor, GUARDED_PAPERS):
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = (("web", "0044_remarks"),)

    operations = [
        migrations.CreateModel(
            name="Paper",
            fields=[
                ID,
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("by", models.ForeignKey(on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("dossier", models.ForeignKey(on_delete=PROTECT, related_name="%(class)ss", to="web.dossier")),
            ],
            options={"ordering": ("pk",)},
        ),
        migrations.CreateModel(
            name="PaperLink",
            fields=[
                ID,
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("made_by", models.ForeignKey(on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("paper", models.ForeignKey(on_delete=PROTECT, related_name="links", to="web.paper")),
            ],
            options={"ordering": ("pk",)},
        ),
        migrations.CreateModel(
            name="SignedPaper",
            fields=[
                ID,
                ("at", models.DateTimeField()),
                ("name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("found", models.TextField()),
                ("by", models.ForeignKey(on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("dossier", models.ForeignKey(on_delete=PROTECT, related_name="%(class)ss", to="web.dossier")),
                ("paper", models.ForeignKey(on_delete=PROTECT, related_name="returned", to="web.paper")),
            ],
            options={"ordering": ("pk",)},
        ),
        migrations.RunPython(guard),
    ]
