"""Give the database the keys that verify who acts, as the settings say (ACTOR_KEY or SECRET_KEY)."""

from typing import Any

from django.core.management.base import BaseCommand

from access import rls


class Command(BaseCommand):
    """To replace a key without a pause: the new one first, the old one as fallback, this command,
    restart what serves, take the fallback away, this command again. ``apply_policies`` does it too."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Install them."""
        self.stdout.write(f"{rls.install_keys()} keys installed.")
