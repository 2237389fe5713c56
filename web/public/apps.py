"""Django's registration of the door."""

from django.apps import AppConfig


class PublicDoorConfig(AppConfig):
    """The public door."""

    name = "web.public"
    label = "web_public"
