"""Django's registration of the app."""

from django.apps import AppConfig


class SteeringConfig(AppConfig):
    """Figures for the steering group, never a child."""

    name = "steering"
    label = "steering"
