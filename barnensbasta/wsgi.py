"""The pages as a WSGI application."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "barnensbasta.settings.production")
application = get_wsgi_application()
# What is loaded by now lives as long as the process: spare the collector looking at it again.
gc.freeze()
