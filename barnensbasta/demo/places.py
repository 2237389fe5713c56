"""The county's municipalities, organisations and units.

Names and codes of the municipalities are facts. Units, numbers and addresses are
invented: no subscriber's number begins with a zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.contrib.auth.models import Group

from access.units import UnitKind as K
from agencies.models import Municipality, Organisation, Unit
from barnensbasta.demo.rows import Rows

COUNTY = "07"
REGION = "Region Kronoberg"
POLICE = "Polismyndigheten"


@dataclass(frozen=True)
class Town:
    """A municipality: code, name, area code, and its preschools and schools."""

    code: str
    name: str
    area: str
    host: str
    preschools: tuple[str, ...]
    schools: tuple[str, ...]


LESSEBO = Town(
    "0761", "Lessebo", "0478", "lessebo",
    ("Förskolan Trollsländan", "Förskolan Vitsippan", "Förskolan Tallbacken"),
    ("Furulundsskolan", "Hultaskolan"),
)  # fmt: skip
TOWNS = (
    LESSEBO,
    Town("0760", "Uppvidinge", "0474", "uppvidinge", ("Förskolan Blåklinten",), ("Älghultsängens skola",)),
    Town("0763", "Tingsryd", "0477", "tingsryd", ("Förskolan Näckrosen",), ("Sjövikens skola",)),
    Town("0764", "Alvesta", "0472", "alvesta", ("Förskolan Lokstallet",), ("Rönnbackens skola",)),
    Town("0765", "Älmhult", "0476", "almhult", ("Förskolan Kantarellen",), ("Linnéängens skola",)),
    Town("0767", "Markaryd", "0433", "markaryd", ("Förskolan Gullvivan",), ("Ekhagens skola",)),
    Town("0780", "Växjö", "0470", "vaxjo", ("Förskolan Sländan", "Förskolan Myran"),
         ("Dungeskolan", "Backängens skola")),
    Town("0781", "Ljungby", "0372", "ljungby", ("Förskolan Ljungblomman",), ("Kvarnängens skola",)),
)  # fmt: skip

HOURS = {
    K.MATERNITY_CARE: "Måndag–fredag 8–16, telefon 8–10",
    K.CHILD_HEALTH: "Måndag–fredag 8–16, telefon 8–9 och 13–14",
    K.HEALTH_CARE: "Måndag–fredag 8–16",
    K.PRESCHOOL: "Måndag–fredag 6–18",
    K.SCHOOL: "Måndag–fredag 7.30–16",
    K.PUPIL_HEALTH: "Måndag–fredag 8–15.30",
    K.PUPIL_MEDICAL: "Måndag–torsdag 8–15",
    K.SOCIAL_SERVICES: "Måndag–fredag 8–16.30",
    K.FAMILY_CENTRE: "Måndag–torsdag 9–15",
    K.LEISURE: "Tisdag–fredag 14–21, lördag 17–22",
    K.POLICE: "Dygnet runt 114 14, akut 112",
    K.YOUTH_FOLLOW_UP: "Måndag–fredag 8–16",
}
DOES = {
    K.MATERNITY_CARE: "Vi följer graviditeten och förbereder er för att bli föräldrar.",
    K.CHILD_HEALTH: "Vi följer hur barn växer och mår, från födelsen tills skolan börjar.",
    K.HEALTH_CARE: "Vi undersöker och behandlar barn som behöver vård.",
    K.PRESCHOOL: "Vi tar hand om barnet på dagarna med lek, omsorg och lärande.",
    K.SCHOOL: "Vi undervisar och ser till att varje elev får det stöd hen behöver i skolan.",
    K.PUPIL_HEALTH: "Kurator, psykolog och specialpedagog som hjälper elever att må bra och klara skolan.",
    K.PUPIL_MEDICAL: "Skolsköterska och skolläkare: hälsobesök, vaccinationer och råd.",
    K.SOCIAL_SERVICES: "Vi ger råd och stöd till familjer. Ni kan prata med oss utan utredning.",
    K.FAMILY_CENTRE: "Öppen förskola och samtal för föräldrar. Alla är välkomna utan att anmäla sig.",
    K.LEISURE: "Ett ställe att vara på efter skolan, med vuxna som lyssnar och saker att göra.",
    K.POLICE: "Vi förebygger brott i området och pratar gärna med unga och föräldrar.",
    K.YOUTH_FOLLOW_UP: "Vi hör av oss till unga under 20 som inte går i gymnasiet och hittar en väg vidare.",
}

# Where people turn for what the unit is often asked, and can't do.
DOES_NOT = {
    K.CHILD_HEALTH: "Vi tar inte emot barn som är akut sjuka. Ring 1177.",
    K.HEALTH_CARE: "Vi gör inga bedömningar åt skola eller socialtjänst utan att familjen har bett om det.",
    K.SCHOOL: "Vi ställer inga diagnoser och ger ingen behandling.",
    K.PUPIL_HEALTH: "Vi behandlar inte psykisk sjukdom. Det gör barn- och ungdomspsykiatrin.",
    K.SOCIAL_SERVICES: "Vi kan inte lova plats eller pengar i ett samtal. Det prövas för sig.",
    K.LEISURE: "Vi har ingen vård och skriver inga intyg.",
    K.POLICE: "Vi svarar inte på frågor om en utredning pågår.",
}
ON_CALL = {
    K.CHILD_HEALTH: "1177, dygnet runt",
    K.HEALTH_CARE: "1177, dygnet runt",
    K.SOCIAL_SERVICES: "Socialjouren, kvällar och helger",
    K.POLICE: "112 när det är bråttom",
}


@dataclass
class Places:
    """The units, to be found by name or by kind and municipality."""

    rows: Rows
    municipalities: dict[str, Municipality] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    _by_name: dict[str, Unit] = field(default_factory=dict)
    _by_kind: dict[tuple[str, str], list[Unit]] = field(default_factory=dict)
    _numbers: dict[str, Iterator[int]] = field(default_factory=dict)

    def unit(self, name: str) -> Unit:
        """The unit of a name."""
        return self._by_name[name]

    def units(self, town: str, kind: K) -> list[Unit]:
        """The municipality's units of a kind, the default first."""
        return self._by_kind.get((town, kind.value), [])

    def all(self) -> list[Unit]:
        """Every unit."""
        return list(self._by_name.values())

    def phone(self, area: str) -> str:
        """The next invented number of an area."""
        number = next(self._numbers.setdefault(area, iter(range(10, 1000))))
        return f"{area}-{number // 100:03} {number % 100:02}"

    def add_unit(
        self,
        organisation: str,
        name: str,
        kind: K,
        *,
        town: Town | None,
        does: str = "",
        default: bool = False,
    ) -> Unit:
        """A unit with its group, number, hours and what it does."""
        unit = self.rows.add(
            Unit(
                organisation=self.organisations[organisation],
                municipality=self.municipalities[town.name] if town else None,
                kind=kind,
                name=name,
                phone="114 14" if kind is K.POLICE else self.phone(town.area if town else "0470"),
                hours=HOURS[kind],
                does=does or DOES[kind],
                does_not=DOES_NOT.get(kind, ""),
                on_call=ON_CALL.get(kind, ""),
                is_default=default,
            )
        )
        unit.group = self.rows.add(Group(name=f"unit-{unit.pk}"))
        self._by_name[name] = unit
        self._by_kind.setdefault((town.name if town else "", kind.value), []).append(unit)
        return unit

    def add_organisation(self, name: str, town: Town | None) -> Organisation:
        """A personuppgiftsansvarig authority."""
        made = Organisation(name=name, municipality=self.municipalities[town.name] if town else None)
        self.organisations[name] = self.rows.add(made)
        return made


def build_places(rows: Rows) -> Places:
    """Municipalities, authorities and units."""
    places = Places(rows)
    with rows.area("places"):
        for town in TOWNS:
            places.municipalities[town.name] = _municipality(rows, town)
        places.add_organisation(REGION, None)
        places.add_organisation(POLICE, None)
        for town in TOWNS:
            _build_town(places, town)
        _build_region(places)
    return places


def _municipality(rows: Rows, town: Town) -> Municipality:
    return rows.add(
        Municipality(
            code=town.code,
            name=town.name,
            county_code=COUNTY,
            report_url=f"https://{town.host}.example/orosanmalan",
            social_services_phone=f"{town.area}-000 01",
            emergency_social_phone=f"{town.area}-000 09",
        )
    )


def _build_town(places: Places, town: Town) -> None:
    """The units that every municipality has."""
    school, social, leisure = (
        f"Barn- och utbildningsnämnden {town.name}",
        f"Socialnämnden {town.name}",
        f"Kultur- och fritidsnämnden {town.name}",
    )
    for name in (school, social, leisure, f"{town.name} kommun"):
        places.add_organisation(name, town)
    add = places.add_unit
    add(REGION, f"Barnmorskemottagningen {town.name}", K.MATERNITY_CARE, town=town, default=True)
    add(REGION, f"BVC {town.name}", K.CHILD_HEALTH, town=town, default=True)
    for place, name in enumerate(town.preschools):
        add(school, name, K.PRESCHOOL, town=town, default=place == 0)
    for place, name in enumerate(town.schools):
        add(school, name, K.SCHOOL, town=town, default=place == 0)
        add(school, f"Elevhälsan {name}", K.PUPIL_HEALTH, town=town, default=place == 0)
    add(school, f"Skolsköterskorna {town.name}", K.PUPIL_MEDICAL, town=town, default=True)
    own = "Socialtjänsten barn och unga" if town is LESSEBO else f"Socialtjänsten {town.name}"
    add(social, own, K.SOCIAL_SERVICES, town=town, default=True)
    add(social, f"Familjecentralen {town.name}", K.FAMILY_CENTRE, town=town, default=True)
    own = "Fritidsgården Kupolen" if town is LESSEBO else f"Fritidsgården {town.name}"
    add(leisure, own, K.LEISURE, town=town, default=True)
    add(leisure, f"Kulturskolan {town.name}", K.LEISURE, town=town,
        does="Vi undervisar i musik, dans, teater och bild efter skolan.")  # fmt: skip
    add(school, f"Aktivitetsansvaret {town.name}", K.YOUTH_FOLLOW_UP, town=town, default=True)


def _build_region(places: Places) -> None:
    """What the region and the police have for several municipalities."""
    add = places.add_unit
    add(REGION, "Logopedmottagningen", K.HEALTH_CARE, town=None,
        does="Vi hjälper barn som har svårt med tal, språk eller att svälja.")  # fmt: skip
    add(REGION, "Barn- och ungdomspsykiatrin", K.HEALTH_CARE, town=None,
        does="Vi utreder och behandlar barn och unga som mår psykiskt dåligt.")  # fmt: skip
    add(REGION, "Barn- och ungdomshabiliteringen", K.HEALTH_CARE, town=None,
        does="Vi ger stöd och träning till barn med funktionsnedsättning och deras familjer.")  # fmt: skip
    school = f"Barn- och utbildningsnämnden {LESSEBO.name}"
    add(school, "Introduktionsprogrammet Lessebo", K.SCHOOL, town=LESSEBO,
        does="Gymnasieskola för unga som behöver mer tid eller en annan väg in.")  # fmt: skip
    add(POLICE, "Polisen lokalpolisområdet", K.POLICE, town=LESSEBO, default=True)
    add(POLICE, "Polisen Växjö", K.POLICE, town=next(t for t in TOWNS if t.name == "Växjö"), default=True)
