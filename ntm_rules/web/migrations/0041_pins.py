"""Versions of the law of a round, and the law under which a dossier was decided."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ntm_rules.web.guards import GUARDED_PINS, statements

PROTECT = django.db.models.deletion.PROTECT


def guard(_apps: Any, editor: Any) -> None:
    """Let the database refuse to change a version of the law."""
    for statement in statements(editor.connection.vendor, GUARDED_PINS):
        editor.execute(statement)


def _key() -> models.BigAutoField[int, int]:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _pinned(related_name: str) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(blank=True, null=True, on_delete=PROTECT, related_name=related_name, to="web.pin")


def _of(to: str, related_name: str = "+") -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(on_delete=PROTECT, related_name=related_name, to=to)


class Migration(migrations.Migration):
    dependencies = (("web", "0040_closing"),)

    operations = [
        migrations.CreateModel(
            name="Pin",
            fields=[
                ("id", _key()),
                ("at", models.DateTimeField()),
                ("rules_sha256", models.CharField(max_length=64)),
                ("by", _of(settings.AUTH_USER_MODEL)),
                ("law", _of("web.law")),
                ("round", _of("web.round", "pins")),
            ],
            options={"ordering": ("pk",)},
        ),
        migrations.AddField(model_name="dossier", name="pinned", field=_pinned("+")),
        migrations.AddField(model_name="overlay", name="pin", field=_pinned("overlays")),
        migrations.AddField(model_name="round", name="pinned", field=_pinned("+")),
        migrations.CreateModel(
            name="Repinning",
            fields=[
                ("id", _key()),
                ("at", models.DateTimeField()),
                ("reason", models.TextField()),
                ("before", _of("web.pin")),
                ("by", _of(settings.AUTH_USER_MODEL)),
                ("pin", models.OneToOneField(on_delete=PROTECT, related_name="repinning", to="web.pin")),
                ("round", _of("web.round", "repinnings")),
            ],
            options={"ordering": ("pk",)},
        ),
        migrations.RunPython(guard),
    ]
