"""Django's registration of the door."""

from django.apps import AppConfig


class SteeringDoorConfig(AppConfig):
    """The steering door."""

    name = "web.steering"
    label = "web_steering"
