"""What residents write on the public page, and what of it appears."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ntm_rules.web.guards import GUARDED_REMARKS, statements

PROTECT = django.db.models.deletion.PROTECT


def guard(_apps: Any, editor: Any) -> None:
    """Let the database refuse to change what was written."""
    for statement in statements(editor.connection.vendor, GUARDED_REMARKS):
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = (("web", "0043_rereviews"),)

    operations = [
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("name", models.CharField(blank=True, max_length=80)),
                ("opinion", models.CharField(blank=True, max_length=12)),
                ("text", models.TextField()),
                ("dossier", models.ForeignKey(on_delete=PROTECT, related_name="remarks", to="web.dossier")),
            ],
            options={"ordering": ("pk",)},
        ),
        migrations.CreateModel(
            name="Moderation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("shows", models.BooleanField()),
                ("reason", models.TextField(blank=True)),
                ("by", models.ForeignKey(on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("remark", models.ForeignKey(on_delete=PROTECT, related_name="moderations", to="web.remark")),
            ],
            options={"ordering": ("pk",)},
        ),
        migrations.RunPython(guard),
    ]
