"""Django's registration of the door."""

from django.apps import AppConfig


class FamilyDoorConfig(AppConfig):
    """The family door."""

    name = "web.family"
    label = "web_family"
