"""Django's registration of the door."""

from django.apps import AppConfig


class AdministrationDoorConfig(AppConfig):
    """The administration door."""

    name = "web.administration"
    label = "web_administration"
