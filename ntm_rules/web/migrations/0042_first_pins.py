"""Every round that is there has the version of the law with which it was opened."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def pin(apps: Any, _editor: Any) -> None:
    """Write the version down with which each round was opened."""
    rounds = apps.get_model("web", "Round").objects.defer("before").order_by("pk")
    pins = apps.get_model("web", "Pin").objects
    for one in rounds:
        said = {"round": one, "law_id": one.law_id, "rules_sha256": one.rules_sha256}
        pins.create(**said, by_id=one.opened_by_id, at=one.opened_at)


class Migration(migrations.Migration):
    """No way back: what was written down stays."""

    dependencies = (("web", "0041_pins"),)
    operations = (migrations.RunPython(pin),)
