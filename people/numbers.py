"""Personnummer and coordination numbers: what people type, as a value that is right.

A number is twelve ASCII digits, YYYYMMDDNNNC. A coordination number
(samordningsnummer, lag 2022:1697) has 60 added to the day. The third digit of the
birth number (NNN) is odd for men and even for women (FBL 18 §).
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NoReturn

from django.conf import settings
from django.utils.translation import gettext as _
from personnummer.personnummer import Personnummer, PersonnummerException

from kit.dates import today as swedish_today

COORDINATION_DAYS = 60
TEST_BIRTH_NUMBERS = {"female": "238", "male": "239"}
TEST_NUMBERS_FROM_YEAR = 1975
OLDEST = 130

# A dash, as phones and word processors write it, is a dash; nothing else is made right.
_DASHES = str.maketrans({"‐": "-", "‑": "-", "–": "-", "−": "-"})
_SPACES = re.compile(r"[ \u00a0\u2009\u202f\t]+")
_SHAPE = re.compile(r"(?P<century>[0-9]{2})?(?P<short>[0-9]{6})(?P<sign>[-+])?(?P<last>[0-9]{4})", re.ASCII)
_RESERVE = re.compile(r"R[0-9A-F]{12}", re.ASCII)


class InvalidNumber(ValueError):
    """What was typed is no number that we take. The message is for people."""


class LegalSex(StrEnum):
    """The legal sex that a number shows."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True)
class PersonalNumber:
    """A personnummer or coordination number that is right: twelve digits."""

    digits: str

    def __str__(self) -> str:
        return self.digits

    @property
    def is_coordination(self) -> bool:
        """Whether it is a coordination number (day + 60)."""
        return int(self.digits[6:8]) >= COORDINATION_DAYS

    @property
    def born_on(self) -> date | None:
        """Day of birth; some coordination numbers lack month or day, then ``None``."""
        year, month, day = int(self.digits[:4]), int(self.digits[4:6]), int(self.digits[6:8])
        day -= COORDINATION_DAYS if self.is_coordination else 0
        return date(year, month, day) if month and day else None

    @property
    def legal_sex(self) -> LegalSex:
        """By the parity of the third digit of the birth number."""
        return LegalSex.MALE if int(self.digits[10]) % 2 else LegalSex.FEMALE

    @property
    def formatted(self) -> str:
        """20220709-2384, as people read it."""
        return f"{self.digits[:8]}-{self.digits[8:]}"

    @property
    def is_test(self) -> bool:
        """Whether it is one of the numbers that are for tests only."""
        return is_test_number(self.digits)


def parse(text: str, *, allow_incomplete: bool = False, today: date | None = None) -> PersonalNumber:
    """The number that somebody typed, with ten or twelve digits.

    Ten digits mean the latest century in which the person is born already; a plus
    sign a hundred years earlier. Coordination numbers without month or day are
    refused unless ``allow_incomplete``. Test numbers are refused where
    ``settings.ALLOW_TEST_NUMBERS`` is false, as in production.

    Raises :class:`InvalidNumber` with a message in plain words.
    """
    on = today or swedish_today()
    digits = _twelve_digits(text, on)
    number = PersonalNumber(digits)
    try:
        _check(number, on)
    except InvalidNumber as error:
        if sum(each.isdigit() for each in text) == len(digits):
            raise
        raise InvalidNumber(
            _("The number is not right. Check the digits, and write all twelve, like 20220709-2384.")
        ) from error
    if number.born_on is None and not allow_incomplete:
        raise InvalidNumber(
            _("This number has no day of birth. Leave the number empty and write the day of birth.")
        )
    if number.is_test and not allows_test_numbers():
        raise InvalidNumber(_("This is a test number. It can't be used here."))
    return number


def is_test_number(digits: str) -> bool:
    """Whether twelve digits are a test number by the published rule: from birth
    year 1975 on, birth number 238 or 239. Such numbers are given to nobody."""
    return int(digits[:4]) >= TEST_NUMBERS_FROM_YEAR and digits[8:11] in TEST_BIRTH_NUMBERS.values()


def allows_test_numbers() -> bool:
    """Only in demo and tests."""
    return bool(getattr(settings, "ALLOW_TEST_NUMBERS", getattr(settings, "DEMO", False)))


def make_test_number(born_on: date, sex: LegalSex, *, coordination: bool = False) -> PersonalNumber:
    """The test number of a day of birth and a legal sex, by the rule."""
    day = born_on.day + (COORDINATION_DAYS if coordination else 0)
    eleven = f"{born_on.year:04}{born_on.month:02}{day:02}{TEST_BIRTH_NUMBERS[sex]}"
    return PersonalNumber(eleven + check_digit(eleven[2:]))


def reserve_number(child_id: uuid.UUID) -> str:
    """The reserve number of a child without a number: R and twelve characters of
    its id, as the database function that receives signals makes it."""
    return f"R{child_id.hex[:12].upper()}"


def is_reserve_number(text: str) -> bool:
    """Whether the text is a reserve number."""
    return bool(_RESERVE.fullmatch(text))


def check_digit(nine: str) -> str:
    """The Luhn digit of nine digits (FBL 18 §)."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(nine))
    return str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)


def _twelve_digits(text: str, on: date) -> str:
    """The twelve digits of what was typed, the century filled in."""
    typed = _SPACES.sub("", text.strip().translate(_DASHES))
    found = _SHAPE.fullmatch(typed)
    if not found:
        raise InvalidNumber(_("Write the number with twelve digits, like 20220709-2384."))
    short = f"{found['short']}{found['last']}"
    if found["century"]:
        _check_sign(int(found["century"] + short[:2]), found["sign"], on)
        return f"{found['century']}{short}"
    year = on.year - (on.year - int(short[:2])) % 100
    if f"{year:04}{short[2:4]}{_plain_day(short)}" > f"{on:%Y%m%d}":
        year -= 100
    return f"{year - (100 if found['sign'] == '+' else 0):04}{short[2:]}"


def _plain_day(short: str) -> str:
    """The day of the month in ten digits, without what a coordination number adds."""
    return f"{int(short[4:6]) % COORDINATION_DAYS:02}"


def _check_sign(year: int, sign: str | None, on: date) -> None:
    """A plus is written from the year in which somebody turns a hundred."""
    if sign == "+" and on.year - year < 100:
        _refuse()


def _check(number: PersonalNumber, on: date) -> None:
    """Date and check digit are right, and the person is born and may be alive."""
    digits = number.digits
    if on.year - int(digits[:4]) > OLDEST:
        _refuse()
    try:
        born_on = number.born_on
    except ValueError as error:
        raise InvalidNumber(_("There is no such day of birth. Check the digits.")) from error
    if digits[8:11] == "000" or check_digit(digits[2:11]) != digits[11]:
        _refuse()
    if born_on is None:
        if not number.is_coordination or int(digits[4:6]) > 12 or int(digits[6:8]) > 31 + COORDINATION_DAYS:
            _refuse()
    else:
        try:
            Personnummer(digits)
        except PersonnummerException:
            _refuse()
    if (born_on or date(int(digits[:4]), 1, 1)) > on:
        raise InvalidNumber(_("This day of birth has not been yet. Check the number."))


def _refuse() -> NoReturn:
    raise InvalidNumber(_("The number is not right. Check the digits."))
