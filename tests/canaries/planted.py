"""What is planted in the data: names, a number, phone numbers, addresses and texts that stand nowhere else.

Each canary is looked for by itself, so that one that is never seen on a page that may show it fails too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection

from people.models import Child, Guardian
from people.numbers import LegalSex, PersonalNumber, make_test_number
from tests.database import as_loader
from tests.worlds import World

# ASCII, so that no encoding hides one; none is a part of another.
CHILD, FAMILY, CLOSED_CHILD, GUARDIAN = "Kanarieada", "Kanariesson", "Kanariesval", "Kanariemona"
UNIT, COLLEAGUE = "Kanarielogopedi", "Kanariekollega"
PHONE = "076-174 06 11"
MAIL_DOMAIN = "kanarieholk.invalid"
TEXTS = {
    name: f"Kanarie{name}"
    for name in (
        "iakttagelse", "fungerar", "jasvar", "anteckning", "rubrik", "beslut", "syfte", "barnsyn", "egen",
        "delad", "maal", "insats", "svar", "nodskal", "granskning", "orsak", "lasskal",
    )
}  # fmt: skip
_SIGNS = re.compile(r"[\s\u00a0\u2011+-]")


@dataclass(frozen=True)
class Canaries:
    """All of them, each with how it can look."""

    looks: Mapping[str, tuple[str, ...]]

    def found_in(self, text: str, *, but: Iterable[str] = ()) -> set[str]:
        """Which stand in a text, however it is written."""
        low = text.lower()
        digits = _SIGNS.sub("", low)
        return {
            name for name, looks in self.looks.items()
            if name not in but and any(look in (digits if look.isdigit() else low) for look in looks)
        }  # fmt: skip


def canaries(number: PersonalNumber) -> Canaries:
    """The words, the number with and without its century, the phone at home and abroad."""
    words = {word: (word.lower(),) for word in (CHILD, FAMILY, CLOSED_CHILD, GUARDIAN, UNIT, COLLEAGUE)}
    words |= {word: (word.lower(),) for word in TEXTS.values()}
    phone = _SIGNS.sub("", PHONE)
    return Canaries(
        words
        | {"number": (number.digits, number.digits[2:]), "phone": (phone, f"46{phone[1:]}")}
        | {"address": (MAIL_DOMAIN,)}
    )


def plant(world: World, sex: LegalSex = LegalSex.FEMALE) -> PersonalNumber:
    """Into the cast: the child of four, her mother, the logoped's unit and a colleague, and a child
    whose case will be closed. ``sex`` gives another number."""
    born_on: date = world.child.born_on
    number = make_test_number(born_on, sex)
    with as_loader(), connection.cursor() as cursor:
        Child.objects.filter(pk=world.child.pk).update(
            given_name=CHILD, family_name=FAMILY, number=number.digits, reserve_number=None
        )
        Child.objects.filter(pk=world.children["grannbarn"].pk).update(given_name=CLOSED_CHILD)
        Guardian.objects.filter(pk=world.guardians["mamma"].pk).update(given_name=GUARDIAN, phone=PHONE)
        cursor.execute("update people_guardian set email = id || '@' || %s", [MAIL_DOMAIN])
        cursor.execute("update agencies_staffmember set email = account_id || '@' || %s", [MAIL_DOMAIN])
        cursor.execute("update agencies_unit set name = %s where id = %s", [UNIT, world.units["logoped"].pk])
        cursor.execute(
            "update agencies_staffmember set name = %s where account_id = %s",
            [f"{COLLEAGUE} Testsson", world.accounts["logoped"].pk],
        )
    for row in (world.child, world.children["grannbarn"], world.guardians["mamma"], world.units["logoped"]):
        with as_loader():
            row.refresh_from_db()
    return number
