"""Django's registration of the app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Barnets plan: goals, insatser, follow-up and the family's document."""

    name = "plans"
    label = "plans"
