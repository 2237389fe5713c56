"""What in a text looks as if it says who somebody is: numbers, addresses, names. Pure Python.

For texts about a child that nobody is to name. It finds what people write without thinking, and
what somebody writes to get around it as far as a rule can; it can't know every name there is, so the page says
what may not be written, and whoever reads it is bound by secrecy.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Set
from dataclasses import dataclass
from enum import StrEnum

from cases.first_names import ALSO_WORDS, FIRST_NAMES


class Kind(StrEnum):
    """What it looks like. Only a name can be a false alarm that the writer sees past."""

    NUMBER = "number"
    PHONE = "phone"
    CONTACT = "contact"
    ADDRESS = "address"
    NAME = "name"


@dataclass(frozen=True)
class Finding:
    """One of them, with the words as they were found."""

    kind: Kind
    words: str


def identifying(text: str, *, known: Set[str] = frozenset()) -> list[Finding]:
    """All that is found, each once. ``known`` are words, in lower case, of what has a name and is no
    person: the units and the municipalities."""
    plain = _plain(text)
    found = [*_numbers(plain), *_contacts(plain), *_addresses(plain), *_names(plain, known)]
    return list(dict.fromkeys(found))


def key_of(name: str) -> str:
    """By which a word is the same word, however it is typed."""
    return _plain(name).casefold()


def words_of(text: str) -> set[str]:
    """The words of a unit's name or the like, as ``known`` takes them."""
    return {part.casefold() for word in _WORD.findall(_plain(text)) for part in _PARTS.split(word)}


# --- As people see it -----------------------------------------------------------------------

# Letters of other alphabets that look like these, as they are used to get past.
_TWINS = str.maketrans("АВЕКМНОРСТХаеорсухіΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTXaeopcyxiABEZHIKMNOPTYXo")


def _plain(text: str) -> str:
    """Without what isn't seen, each digit as 0–9, each dash as a hyphen, each space as a space."""
    seen = []
    for char in unicodedata.normalize("NFKC", text):
        category = unicodedata.category(char)
        if category in {"Cf", "Me", "Mn"}:
            continue
        if category == "Nd":
            char = str(unicodedata.digit(char))
        elif category == "Pd" or char == "\u2212":
            char = "-"
        elif category in {"Zl", "Zp"} or char in "\r\v\f\x85":
            char = "\n"
        elif category in {"Zs", "Cc"} and char != "\n":
            char = " "
        elif char in "\u2018\u2019\u02bc\u00b4\u0060":
            char = "'"
        seen.append(char)
    return unicodedata.normalize("NFC", "".join(seen)).translate(_TWINS)


# --- Numbers ----------------------------------------------------------------------------------

_RUN = re.compile(r"\+?\d(?:[\s\-+./:_()*·]{0,3}\d)*")
_CLOCKS = re.compile(r"(?:[01]?\d|2[0-4])[.:][0-5]\d\s?-\s?(?:[01]?\d|2[0-4])[.:][0-5]\d")
_YEARS = re.compile(r"(?:19|20)\d\d\s?[-/]\s?(?:19|20)\d\d")
_FROM_HERE = ("0", "46")
SHORTEST_PHONE, SHORTEST_NUMBER = 7, 9


def _numbers(text: str) -> Iterator[Finding]:
    for match in _RUN.finditer(text):
        run = match[0]
        if _CLOCKS.fullmatch(run) or _YEARS.fullmatch(run):
            continue
        digits = re.sub(r"\D", "", run)
        if _is_day(digits) or _is_personal(digits):
            yield Finding(Kind.NUMBER, " ".join(run.split()))
        elif len(digits) >= SHORTEST_PHONE and (run.startswith("+") or digits.startswith(_FROM_HERE)):
            yield Finding(Kind.PHONE, " ".join(run.split()))
        elif len(digits) >= SHORTEST_NUMBER:
            yield Finding(Kind.NUMBER, " ".join(run.split()))


def _is_personal(digits: str) -> bool:
    """Ten or twelve digits that begin with a day; 60 is added in a coordination number."""
    return len(digits) in {10, 12} and _is_day(digits[:-4])


def _is_day(digits: str) -> bool:
    """Year, month and day, as a personnummer begins and as a birthday is written."""
    if len(digits) == 8 and digits[:2] not in {"19", "20"}:
        return False
    if len(digits) not in {6, 8}:
        return False
    month, day = int(digits[-4:-2]), int(digits[-2:])
    return 1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91)


# --- Where somebody is to be found -----------------------------------------------------------

_AT = re.compile(r"\S{0,80}\s?(?:@|\(at\)|\[at\]|\bsnabel-a\b)\s?\S{0,80}", re.IGNORECASE)
_STREET = re.compile(
    r"\b(?:gatan|vägen|[^\W\d_]{2,}(?:gatan|gata|vägen|väg|stigen|stig|gränd|gränden|torget|allén|backen|platsen|leden|plan))"
    r"\s+\d{1,3}(?!\d)\s?[a-h]?\b",
    re.IGNORECASE,
)


def _contacts(text: str) -> Iterator[Finding]:
    for match in _AT.finditer(text):
        yield Finding(Kind.CONTACT, " ".join(match[0].split()))


def _addresses(text: str) -> Iterator[Finding]:
    for match in _STREET.finditer(text):
        yield Finding(Kind.ADDRESS, " ".join(match[0].split()))


# --- Names --------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_PARTS = re.compile(r"[-']")
_SURNAME = re.compile(r"\w{2,}(?:sson|ssons)")
_END = re.compile(r"[.!?]\W*$")
_SAID = re.compile(r":\s*[\"'”“»(]+$")
# A full stop after these ends no sentence.
_SHORT = re.compile(
    r"(?:^|\W)(?:[A-ZÅÄÖ]|\w\.\s?\w{1,3}|ca|dvs|dr|kl|resp|tel|ev|bl|m\.\s?fl|o\.\s?s\.\s?v)\.\s*$"
)
# As far as a full stop, a quotation mark or the start of a line is looked for.
LOOKS_BACK = 40
# What is written with a capital letter and names nobody.
_CAPITALS = """
adhd add ast npf npe autism asperger barnahus barnhälsovården barnhälsovård barnkonventionen bbic bhv bup bvc
buc dbt cps ehm eh elevhälsan familjecentralen familjerätten fbv fk försäkringskassan fritids hab habiliteringen
hvb iup ivo iq jo kaa kbt lgr lpfö lss lvu mi mvc ocd osl polisen ptsd pdl psl rfsu region regionen sip sis sfi
skollagen skolverket sol socialtjänsten socialstyrelsen soc spsm språkstörning ssk ssp su sva tbo tv ung åp öpt
rädda barnen bris maskrosbarn röda korset svenska kyrkan facebook instagram snapchat tiktok youtube roblox
fortnite minecraft discord whatsapp google teams ipad iphone internet lego sverige svensk engelska arabiska
somaliska tigrinja dari pashto farsi persiska kurdiska sorani kurmanji finska norska danska polska ryska
ukrainska spanska turkiska bosniska kroatiska serbiska albanska romani samiska meänkieli jiddisch tyska franska
thai vietnamesiska kinesiska urdu swahili syrien irak iran afghanistan somalia eritrea ukraina polen finland
norge danmark tyskland turkiet ryssland europa eu norden ramadan jul påsk lucia eid måndag tisdag onsdag torsdag
fredag lördag söndag måndagen tisdagen onsdagen torsdagen fredagen lördagen söndagen januari februari mars
september oktober november december vi ni er ert era du dig hej tack obs ps nej ja
"""
ALLOWED = frozenset(_CAPITALS.split())


def _names(text: str, known: Set[str]) -> Iterator[Finding]:
    for match in _WORD.finditer(text):
        begins = _begins_sentence(text[max(0, match.start() - LOOKS_BACK) : match.start()])
        if _looks_like_name(match[0], known, begins=begins):
            yield Finding(Kind.NAME, match[0])


def _begins_sentence(before: str) -> bool:
    """At the start, on a new line, after the end of another sentence, or where somebody is quoted."""
    line = before[before.rfind("\n") + 1 :]
    if not line.strip(" \t-*•\"'”“»(0123456789.)"):
        return True
    if _SAID.search(line):
        return True
    return bool(_END.search(line)) and not _SHORT.search(line)


def _looks_like_name(word: str, known: Set[str], *, begins: bool) -> bool:
    for number, part in enumerate(_PARTS.split(word)):
        lower = part.casefold()
        bare = lower[:-1] if lower.endswith("s") and len(lower) > 2 else lower
        capital = part != part.lower()
        if any(unicodedata.category(char) == "Lo" for char in part) or _SURNAME.fullmatch(lower):
            return True
        if lower in ALLOWED or bare in ALLOWED:
            continue
        if {lower, bare} & FIRST_NAMES and (capital or not {lower, bare} & ALSO_WORDS):
            return True
        if not capital or len(part) == 1 or {lower, bare} & known:
            continue
        if not (begins and number == 0):
            return True
    return False
