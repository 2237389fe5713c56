"""The pages as a WSGI application. ``barnensbasta.serving`` says how gunicorn runs it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "barnensbasta.settings.production")
application = get_wsgi_application()
