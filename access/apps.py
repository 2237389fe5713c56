"""Django's registration of the app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The one place that decides who may see and do what."""

    name = "access"
    label = "access"
