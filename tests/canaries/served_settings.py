"""As the tests', but logging all there is in production's words."""

from barnensbasta.logs import logging_config
from barnensbasta.settings.test import *  # noqa: F403

LOGGING = logging_config(json=True, level="DEBUG")
