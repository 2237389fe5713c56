"""Production's settings as somebody careless might change them; test_refusals.py starts with them."""

from barnensbasta.settings.production import *  # noqa: F403

DEBUG = True
DEMO = True
ALLOW_TEST_NUMBERS = True
SECRET_KEY = "changeme"
SILENCED_SYSTEM_CHECKS = ["running.E001"]  # silences what Django says; it silences no refusal
