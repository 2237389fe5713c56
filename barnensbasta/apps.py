"""Django's registration of the project itself."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """The project's own commands, and Celery's application for whoever queues a task."""

    name = "barnensbasta"
    label = "barnensbasta"

    def ready(self) -> None:
        """Bind shared tasks to our application, in every thread; say what keeps from starting."""
        from barnensbasta.celery import app
        from barnensbasta.refusals import register_checks

        app.set_default()
        register_checks()
