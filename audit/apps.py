"""Django's registration of the app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Append-only events: changes, reads and refusals."""

    name = "audit"
    label = "audit"
