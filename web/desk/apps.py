"""Django's registration of the door."""

from django.apps import AppConfig


class DeskDoorConfig(AppConfig):
    """The desk door."""

    name = "web.desk"
    label = "web_desk"
