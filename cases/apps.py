"""Django's registration of the app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """One case for each child: process, entries and who may read them."""

    name = "cases"
    label = "cases"
