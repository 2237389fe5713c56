"""Django's registration of the app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts, children and guardians."""

    name = "people"
    label = "people"
