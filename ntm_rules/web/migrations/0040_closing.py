"""Rounds closed, and opened again."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ntm_rules.web.guards import GUARDED_ROUND, statements


def guard(_apps: Any, editor: Any) -> None:
    """Let the database refuse to change what was told of a round."""
    for statement in statements(editor.connection.vendor, GUARDED_ROUND):
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = (("web", "0030_sign_in_and_tokens"),)

    operations = [
        migrations.AddField(
            model_name="round",
            name="closed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("closes", models.BooleanField()),
                ("reason", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="closures", to="web.round"
                    ),
                ),
            ],
            options={"ordering": ("pk",)},
        ),
        migrations.RunPython(guard),
    ]
