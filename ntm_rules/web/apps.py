"""The application as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """All that is kept of an appraisal, under one label."""

    name = "ntm_rules.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
