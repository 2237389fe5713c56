"""Django's registration of the app."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Loggranskning: a unit's own look, each month, at who has opened what."""

    name = "reviews"
    label = "reviews"
