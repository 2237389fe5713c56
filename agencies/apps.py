"""Django's registration of the app."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Municipalities, organisations, units and their staff."""

    name = "agencies"
    label = "agencies"
