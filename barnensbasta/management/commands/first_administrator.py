"""``manage.py first_administrator``: somebody who can come in where nobody can yet."""

from __future__ import annotations

import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from access.actor import Actor, acting_as, flush_events
from access.roles import Role
from access.words import role_label
from agencies.models import Membership, Organisation, StaffMember
from audit.services import record
from people.models import Account

USING = "migrator"
ENOUGH = 2


class Command(BaseCommand):
    """An administrator of an organisation, by the owner of the tables: no page does this.

    Only until there are two, since one proposes a role and another confirms it; from then on roles
    are given in the pages, by those who answer for it. The audit says that it was done, and by nobody
    who was signed in. The password comes from the terminal or from stdin, never from the command
    line, which others see.
    """

    help = "Open an account for one of the first two administrators; the password from stdin."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", required=True, help="opaque: not a name and not a number")
        parser.add_argument("--name", required=True)
        parser.add_argument("--organisation", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        password = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            validate_password(password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        # The event stands before the account is there for good, or neither does.
        with acting_as(None) as nobody, transaction.atomic(using=USING):
            if Membership.objects.using(USING).filter(role=Role.ADMINISTRATOR).count() >= ENOUGH:
                raise CommandError("There are two administrators already, who give others their roles.")
            if Account.objects.using(USING).filter(username=options["username"]).exists():
                raise CommandError("That user name is taken.")
            self._open(password=password, by=nobody, **options)
            flush_events(nobody)
        self.stdout.write("Done: sign in with that user name.")

    def _open(
        self, *, username: str, name: str, organisation: str, password: str, by: Actor, **_: Any
    ) -> None:
        place, _made = Organisation.objects.using(USING).get_or_create(name=organisation)
        account = Account.objects.db_manager(USING).create_account(username, password)
        StaffMember.objects.using(USING).create(account=account, name=name)
        post = Membership.objects.using(USING).create(
            account=account,
            organisation=place,
            role=Role.ADMINISTRATOR,
            title=role_label(Role.ADMINISTRATOR),
            valid=DateTimeTZRange(timezone.now(), None),
        )
        record(
            by=by, kind="role", action="first_administrator", object=post.pk,
            account=account.pk, organisation=place.pk,
        )  # fmt: skip
