"""``manage.py load_demo``: the demo county, once."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError

from barnensbasta.demo.county import build
from barnensbasta.demo.reviewing import review_log
from barnensbasta.demo.writing import is_loaded, write
from kit.dates import today
from web.public.personas import PASSWORD


class Command(BaseCommand):
    """Loads the county into a database that has nobody in it yet, else does nothing."""

    help = "Load the demo county, unless the database already has accounts."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Only in the demo.")
        if is_loaded("loader"):
            return
        began = time.monotonic()
        count = write(build(today(), password=make_password(PASSWORD)), using="loader")
        review_log(today(), using="loader")
        self.stdout.write(f"{count} rows in {time.monotonic() - began:.1f} s")
