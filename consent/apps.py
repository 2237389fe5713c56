"""Django's registration of the app."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """Who agreed to what, for whom and until when."""

    name = "consent"
    label = "consent"
