"""Units reviewed again after a merger; room for the key of a unit that is no more."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ntm_rules.web.guards import GUARDED_REREVIEWS, statements

PROTECT = django.db.models.deletion.PROTECT


def guard(_apps: Any, editor: Any) -> None:
    """Let the database refuse to change what was told of a review."""
    for statement in statements(editor.connection.vendor, GUARDED_REREVIEWS):
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = (("web", "0042_first_pins"),)

    operations = [
        migrations.AlterField(model_name="dossier", name="commune", field=models.CharField(max_length=20)),
        migrations.CreateModel(
            name="Rereview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("reason", models.TextField()),
                ("by", models.ForeignKey(on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("decision", models.ForeignKey(on_delete=PROTECT, related_name="rereviews", to="web.decision")),
                ("dossier", models.ForeignKey(on_delete=PROTECT, related_name="%(class)ss", to="web.dossier")),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [models.UniqueConstraint(fields=("dossier", "decision"), name="rereview_once")],
            },
        ),
        migrations.RunPython(guard),
    ]
