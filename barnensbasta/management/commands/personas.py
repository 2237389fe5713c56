"""``manage.py personas``: the people one can sign in as in the demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from agencies.models import Membership, StaffMember
from people.models import Child, Guardian
from web.public.personas import BY_NAME, PASSWORD


def shown() -> dict[str, str]:
    """User name → name, title and place, as the database has them."""
    people = {}
    for person in (
        *Guardian.objects.using("loader").filter(account__username__in=BY_NAME).select_related("account"),
        *Child.objects.using("loader").filter(account__username__in=BY_NAME).select_related("account"),
    ):
        if person.account:
            people[person.account.username] = person.name
    staff = StaffMember.objects.using("loader").filter(account__username__in=BY_NAME)
    names = {member.account_id: member.name for member in staff}
    memberships = Membership.objects.using("loader").filter(account_id__in=names)
    # Of two workplaces the first.
    for one in memberships.select_related("account", "unit", "organisation", "municipality").order_by(
        "valid"
    ):
        place = one.unit or one.organisation or one.municipality
        parts = (names[one.account_id], one.title, place.name if place else "")
        people.setdefault(one.account.username, ", ".join(filter(None, parts)))
    return people


class Command(BaseCommand):
    """Prints a user name, a name and a place on each line, and the one password."""

    help = "List the demo's people."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Only in the demo.")
        people = shown()
        self.stdout.write(f"Sign in as (password {PASSWORD}):")
        for username in BY_NAME:
            if username in people:
                self.stdout.write(f"  {username:<11} {people[username]}")
