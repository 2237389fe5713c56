"""What says who somebody is, is found: as people write it, and as they write to get past it."""

from __future__ import annotations

import time

import pytest

from cases.first_names import ALSO_WORDS, FIRST_NAMES
from cases.identifying import Kind, identifying, words_of

KNOWN = words_of("Växjö BVC Lessebo Förskolan Trollsländan")

NUMBERS = [
    "20120510-1234", "120510-1234", "120510+1234", "1205101234", "201205101234", "12 05 10 12 34", "120510 - 1234",
    "1205\n10\n-12\n34", "1205\r\n10 12\u20281234", "120570-1234", "2012.05.70.1234", "120510\u20131234",
    "12:05:10:1234",
    "١٢٠٥١٠١٢٣٤", "१२०५१०-१२३४", "１２０５１０－１２３４",
    "1\u200b2\u200d0\u00ad5\u20601\ufeff0-1234", "120510\u00a01234",
    "född 2012-05-10", "född 120510", "¹²0510-1234", "nr 123456789", "12_05_10_1234",
]  # fmt: skip
PHONES = [
    "0470-123 45",
    "070-123 45 67",
    "+46 70 123 45 67",
    "0046701234567",
    "(0470) 12345",
    "070\u200b1234567",
]
CONTACTS = ["a.b@c.se", "a.b @ c.se", "a＠b.se", "@alva06", "namn(at)mail.se", "snabel-a"]
ADDRESSES = ["Storgatan 12", "storgatan 12 b", "Norra vägen\n3", "Ekstigen 4", "STORGATAN 12"]
# The name, and the text that it stands in.
NAMES = [
    ("Alva", "Alva slår andra."), ("Alvas", "Alvas mamma ringde."), ("alva", "vi såg alva i dag"),
    ("ALVA", "Vi såg ALVA."), ("Lo", "Lo leker ensam."), ("Lo", "Vi undrar om Lo."), ("Lo", "Vad gör vi?\nLo slår."),
    ("Zeb", "Barnet heter Zeb."), ("Zorbax", "Det gäller t.ex. Zorbax."), ("Anna-Lena", "Anna-Lena är ledsen."),
    ("Xa-Yi", "Xa-Yi är ledsen."), ("O'Connor", "Hos familjen O'Connor."), ("O'Connor", "Hos familjen O’Connor."),
    ("Fatima", "Fatima pratar lite."), ("al-Rahman", "Abd al-Rahman pratar lite."), ("Mohammed", "mohammed. Mohammed."),
    ("محمد", "محمد är ledsen."), ("李雷", "Barnet 李雷 är ledset."), ("Andersson", "Andersson slår."),
    ("svensson", "hos svensson"), ("Svensson", "Rektor A. Svensson såg det."), ("Alva", "Al\u200bva slår."),
    ("Alva", "A\u00adlva slår."), ("Alva", "Ａｌｖａ slår."), ("Alva", "\u0410lva slår."), ("Åke", "A\u030ake slår."),
    ("Zeb", "Barnet (Zeb) slår."), ("Zeb", "Han kallas ”Zeb” här."), ("Trollet", "Vi kallar hen Trollet."),
    ("zEB", "Vi såg zEB."), ("Björn", "Björn är ledsen."),
]  # fmt: skip
HARMLESS = [
    "Barnet är 5 år och biter andra. Vad kan vi göra?",
    "BVC och BUP säger olika. Hur gör ni i Växjö, på Trollsländan?",
    "Mamman talar Arabiska. BUP:s svar dröjde, ADHD-utredningen likaså.",
    "Vi har provat sedan 2024/2025, klockan 8.00-9.30, med 3 vuxna och 22 barn.",
    "Läsåret 2023-2024 kostade det 250 000 kr. Ring 1177, 112 eller 114 14.",
    "De är 3, 4, 5, 6, 7, 8 och 9 år. Barn A slår barn B.",
    "Barnet säger: ”Jag vill inte.”\n- Vi väntar.\n2. Vi lyssnar.\n• Vi ser.",
    "Det var en storm, och solen sken på min sten. Vi bor vid vägen.",
    "Hej! Hur länge är det vanligt? … Det undrar vi.",
]


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_are_found(text: str) -> None:
    """With any separator, in any digits, over lines, with what isn't seen between them."""
    assert [one.kind for one in identifying(f"Det gäller {text} sedan länge.")][:1] == [Kind.NUMBER]


@pytest.mark.parametrize(
    ("kind", "text"),
    [(Kind.PHONE, t) for t in PHONES] + [(Kind.CONTACT, t) for t in CONTACTS] + [(Kind.ADDRESS, t) for t in ADDRESSES],
)  # fmt: skip
def test_where_somebody_is_found_is_found(kind: Kind, text: str) -> None:
    found = {one.kind for one in identifying(f"Det är {text}, tror jag.", known=KNOWN)}
    # Some phone numbers could be somebody's personnummer too.
    assert found & ({kind} if kind is not Kind.PHONE else {Kind.PHONE, Kind.NUMBER})


@pytest.mark.parametrize(("name", "text"), NAMES)
def test_names_are_found(name: str, text: str) -> None:
    """At the start of a sentence by the project's own list, else by the capital letter."""
    assert name in [one.words for one in identifying(text, known=KNOWN) if one.kind is Kind.NAME]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_tells_of_nobody_passes(text: str) -> None:
    assert identifying(text, known=KNOWN) == []


def test_a_first_name_is_one_even_where_a_unit_has_it() -> None:
    """Förskolan Alva doesn't let every Alva through."""
    assert identifying("Det gäller Alva.", known=words_of("Förskolan Alva"))


def test_each_is_said_once_in_the_order_of_the_kinds() -> None:
    found = identifying("Zeb, Zeb och 120510-1234")
    assert [(one.kind, one.words) for one in found] == [(Kind.NUMBER, "120510-1234"), (Kind.NAME, "Zeb")]


def test_the_names_are_in_lower_case_and_no_common_word_is_always_a_name() -> None:
    assert all(name == name.casefold() for name in FIRST_NAMES)
    always = FIRST_NAMES - ALSO_WORDS
    assert not always & {"min", "sol", "maj", "hans", "per", "liten", "even", "glad", "storm", "dag", "vide"}


@pytest.mark.parametrize(
    "text", ["." * 4000, ". a" * 1300, "a" * 4000, "1 " * 2000, "@" * 4000, "a.a." * 1000, "A-" * 2000]
)
def test_no_text_takes_long(text: str) -> None:
    """Whatever is pasted."""
    began = time.monotonic()
    identifying(text)
    assert time.monotonic() - began < 1
