"""Personnummer and coordination numbers: what is taken, what is refused and why."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.conf import LazySettings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from people.numbers import (
    InvalidNumber,
    LegalSex,
    PersonalNumber,
    allows_test_numbers,
    is_reserve_number,
    is_test_number,
    make_test_number,
    parse,
    reserve_number,
)

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(1975, 1, 1), TODAY)
SEXES = st.sampled_from(LegalSex)

# What careless and hostile people type in the field.
HOSTILE = (
    "20241301-2380",
    "000000000000",
    "20150916-0006",
    "２０１５０９１６２３８８",
    "20150916+2383",
    "20180101TF01x",
    "1e12",
    "201509162383; DROP",
    "",
    " ",
    "-",
    "+",
    "٢٠٢٢٠٧٠٩٢٣٨٤",
    "2022-07-09-2384",
    "20220709--2384",
    "20220709-2385",
    "20220230-2384",
    "20220760-2384",
    "220709-238",
    "18220709-2384",
    "20220709-2384\n20220709-2384",
    "202207092384" * 100,
    "000000600000",
    "000000000060",
    "\x00",
    "<script>",
)


@pytest.mark.parametrize("typed", HOSTILE)
def test_the_hostile_are_refused_in_plain_swedish(typed: str) -> None:
    with translation.override("sv"), pytest.raises(InvalidNumber) as refusal:
        parse(typed, today=TODAY)
    message = str(refusal.value)
    assert message.endswith((".", "2384."))
    assert any(word in message for word in ("Skriv numret", "Kontrollera", "Lämna numret"))


@pytest.mark.parametrize(
    "typed",
    [
        "202207092384",
        "20220709-2384",
        "20220709 2384",
        " 2022 07 09 - 2384 ",
        "20220709–2384",
        "20220709‑2384",
        "2207092384",
        "220709-2384",
        "20220709\u00a02384",
    ],
)
def test_however_it_is_typed_it_is_twelve_digits(typed: str) -> None:
    number = parse(typed, today=TODAY)
    assert str(number) == "202207092384"
    assert number.formatted == "20220709-2384"
    assert number.born_on == date(2022, 7, 9)
    assert number.legal_sex is LegalSex.FEMALE
    assert not number.is_coordination


def test_ten_digits_mean_the_latest_century_that_has_been() -> None:
    born_tomorrow = make_test_number(TODAY + timedelta(days=1), LegalSex.MALE)
    assert parse(born_tomorrow.digits[2:], today=TODAY + timedelta(days=1)) == born_tomorrow
    with pytest.raises(InvalidNumber):
        # A hundred years ago it is another number's check digit only by chance; the date decides.
        parse(born_tomorrow.digits, today=TODAY)
    assert parse(born_tomorrow.digits[2:], today=TODAY).born_on == date(1926, 11, 23)


def test_a_plus_is_for_those_who_turn_a_hundred() -> None:
    old = make_test_number(date(1915, 12, 31), LegalSex.FEMALE).digits
    assert parse(f"{old[2:8]}+{old[8:]}", today=TODAY).born_on == date(1915, 12, 31)
    assert parse(f"{old[:8]}+{old[8:]}", today=TODAY).digits == old
    with pytest.raises(InvalidNumber):
        parse("20151231+2389", today=TODAY)


@given(DAYS, SEXES)
def test_the_rule_gives_numbers_that_are_right(born_on: date, sex: LegalSex) -> None:
    made = make_test_number(born_on, sex)
    assert parse(made.digits, today=TODAY) == made
    assert (made.born_on, made.legal_sex, made.is_test) == (born_on, sex, True)


@given(DAYS, SEXES)
def test_a_coordination_number_has_sixty_more(born_on: date, sex: LegalSex) -> None:
    made = make_test_number(born_on, sex, coordination=True)
    assert parse(made.digits, today=TODAY) == made
    assert made.is_coordination
    assert made.born_on == born_on
    assert int(made.digits[6:8]) == born_on.day + 60


@given(st.text())
def test_anything_is_a_number_or_refused(typed: str) -> None:
    try:
        digits = parse(typed, today=TODAY).digits
    except InvalidNumber:
        return
    assert digits.isascii()
    assert len(digits) == 12


@pytest.mark.parametrize("typed", ["191500722390", "191500882392"])
def test_a_number_without_day_of_birth_is_refused_unless_that_is_handled(typed: str) -> None:
    with pytest.raises(InvalidNumber), translation.override("sv"):
        parse(typed, today=TODAY)
    assert parse(typed, allow_incomplete=True, today=TODAY).born_on is None


def test_production_refuses_test_numbers(settings: LazySettings) -> None:
    assert allows_test_numbers()
    settings.ALLOW_TEST_NUMBERS = False
    with translation.override("sv"), pytest.raises(InvalidNumber, match="testnummer"):
        parse("20220709-2384", today=TODAY)
    with pytest.raises(InvalidNumber):
        parse("20220769-2388", today=TODAY)


def test_what_the_rule_calls_a_test_number() -> None:
    assert is_test_number("202207092384")
    assert is_test_number("202207092392")
    assert not is_test_number("202207092402")
    assert not is_test_number("197012312389")
    assert not PersonalNumber("202207092402").is_test


def test_a_reserve_number_is_as_the_database_makes_it() -> None:
    child = uuid.UUID("0a1b2c3d-4e5f-4678-9abc-def012345678")
    assert reserve_number(child) == "R0A1B2C3D4E5F"
    assert is_reserve_number("R0A1B2C3D4E5F")
    assert not is_reserve_number("R0a1b2c3d4e5f")
    assert not is_reserve_number("R0A1B2C3D4E5F0")
