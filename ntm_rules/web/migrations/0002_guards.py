"""Guards against changing what was once said."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from ntm_rules.web.guards import statements


def set_up(_apps: Any, editor: Any) -> None:
    """Let the database refuse to change versions and events."""
    for statement in statements(editor.connection.vendor):
        editor.execute(statement)


class Migration(migrations.Migration):
    """No way back: what guards the records is not taken away."""

    dependencies = (("web", "0001_initial"),)
    operations = (migrations.RunPython(set_up),)
