"""Django's registration of the app."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    """Tools that know nothing of children, agencies or cases."""

    name = "kit"
