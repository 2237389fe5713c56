"""Django's registration of the app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """One outbox for mail; no personal data leaves by it."""

    name = "notices"
    label = "notices"
