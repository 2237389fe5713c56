"""Made-up values for the components page, which shows each component in every state (debug only).

The page is also a target of the accessibility tests. All persons and units here are invented.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest

from kit.forms import BaseForm, DateField, OptionLabel
from kit.wheel import SectorView, WheelView


class DemoForm(BaseForm):
    """One field of each kind."""

    text = forms.CharField(
        label="Vad har du sett eller hört?",
        help_text="Skriv det som hänt. Skriv inte vad du tror.",
        widget=forms.Textarea,
        error_messages={"required": "Skriv vad du har sett eller hört"},
    )
    title = forms.CharField(label="Kort rubrik", required=False)
    number = forms.CharField(
        label="Personnummer",
        help_text="Tolv siffror, till exempel 20220614-2389.",
        error_messages={"required": "Skriv barnets personnummer"},
    )
    seen_on = DateField(label="När såg du det?")
    unit = forms.ChoiceField(
        label="Enhet", choices=[("", "Välj enhet"), ("bvc", "BVC Lessebo"), ("log", "Logopedmottagningen")]
    )
    knows = forms.ChoiceField(
        label="Vet familjen om att du skriver?",
        choices=[("yes", "Ja"), ("no", "Nej"), ("unsure", "Jag vet inte")],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj om familjen vet att du skriver"},
    )
    areas = forms.MultipleChoiceField(
        label="Vilka områden gäller det?",
        choices=[
            ("safe", "Trygg"),
            ("healthy", "Må bra"),
            ("achieving", OptionLabel("Utvecklas", hint="Språk, lärande, självkänsla")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    score = forms.ChoiceField(
        label="Utvecklas",
        choices=[
            ("1", "1 Mycket svårt"),
            ("2", "2 Svårt"),
            ("3", "3 Både bra och svårt"),
            ("4", "4 Ganska bra"),
            ("5", "5 Bra"),
            ("", "Inte pratat om"),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    sure = forms.BooleanField(label="Jag har pratat med familjen om det här")
    audience = forms.ChoiceField(
        label="Vem får läsa?",
        choices=[
            ("unit", OptionLabel("Bara min enhet", hint="BVC Lessebo", action="Spara för BVC Lessebo")),
            (
                "family",
                OptionLabel(
                    "Min enhet och familjen",
                    hint="Nadia och Elias Tranberg",
                    action="Spara och visa för Nadia och Elias",
                ),
            ),
            (
                "team",
                OptionLabel(
                    "Teamet",
                    hint="Loke Asperud, logoped. Maj Trollvik, förskolan.",
                    action="Spara och visa för Loke Asperud och Maj Trollvik",
                ),
            ),
        ],
        widget=forms.RadioSelect,
        initial="unit",
    )


@dataclass(frozen=True)
class Acting:
    """Who the demo page says is signed in."""

    name: str = "Ines Flodmark"
    unit: str = "BVC Lessebo"
    can_change_unit: bool = True


def demo_wheel() -> WheelView:
    """Case A before and after, with one area that nobody talked about."""
    return WheelView(
        title="Milos hjul, det personalen ser",
        now_label="Nu, 12 november 2026",
        previous_label="Förra gången, 14 maj 2026",
        sectors=[
            SectorView("Trygg", 4, 4, works="Söker tröst hos sina föräldrar."),
            SectorView("Må bra", 4, 3),
            SectorView("Utvecklas", 3, 2, works="Leker länge med bilar.", hard="Blir inte förstådd."),
            SectorView("Omvårdad", 5, 5),
            SectorView("Aktiv", 4, 4),
            SectorView("Respekterad", 2, 3),
            SectorView("Ansvars\u00adtagande", None, 3),
            SectorView("Delaktig", 1, 2, hard="Står ofta bredvid leken."),
        ],
    )


def first_wheel() -> WheelView:
    """A first wheel, just begun: nothing to compare with and little talked about."""
    labels = [
        "Trygg",
        "Må bra",
        "Utvecklas",
        "Omvårdad",
        "Aktiv",
        "Respekterad",
        "Ansvars\u00adtagande",
        "Delaktig",
    ]
    sectors = [SectorView(label, 3 if label == "Trygg" else None) for label in labels]
    return WheelView(
        title="Milos hjul, nyss påbörjat", now_label="Nu, 12 november 2026", sectors=sectors, uid="first"
    )


def context(request: HttpRequest) -> dict[str, Any]:
    """Everything that ``templates/components/index.html`` shows.

    ``?fel`` puts the wrong form first as ``form``, so that the page has the error summary and "Fel:".
    """
    wrong = DemoForm({"fel-title": "Talar lite", "fel-seen_on": "i går", "fel-areas": ["safe"]}, prefix="fel")
    right = DemoForm(prefix="tom")
    return {
        "acting": Acting(),
        "empty_form": right,
        "wrong_form": wrong,
        "form": wrong if "fel" in request.GET else None,
        "pill_kinds": [
            ("neutral", "Planerad"),
            ("info", "Ny"),
            ("active", "Pågår"),
            ("waiting", "Väntar på svar"),
            ("success", "Klar"),
            ("late", "Försenad 7 dagar"),
            ("paused", "Pausad"),
            ("closed", "Avslutad"),
        ],
        "wheel": demo_wheel(),
        "first_wheel": first_wheel(),
        "unit": DemoUnit(),
        "family_steps": [
            "Vi såg att Milo behövde stöd",
            "Vi tog reda på mer",
            "Vi gör det vi har planerat",
            "Vi tittar på hur det går",
        ],
    }


@dataclass(frozen=True)
class DemoPerson:
    """One who works for a unit."""

    name: str = "Loke Asperud"
    title: str = "Logoped"
    phone: str = "0470-000 02"


@dataclass(frozen=True)
class DemoUnit:
    """A unit of the team."""

    name: str = "Logopedmottagningen Växjö"
    phone: str = "0470-000 20"
    hours: str = "Vardagar klockan 8–16"
    does: str = "Vi hjälper barn som har svårt med tal och språk."
    does_not: str = "Vi gör inga hörselprov. Det gör BVC."
    on_call: str = "1177, dygnet runt"
    people: tuple[DemoPerson, ...] = (DemoPerson(),)


@dataclass(frozen=True)
class DemoAction:
    """One insats."""

    what: str
    who: str
    when: str
    state: str = ""


@dataclass(frozen=True)
class DemoGoal:
    """One goal."""

    text: str
    sign: str
    actions: list[DemoAction]


@dataclass(frozen=True)
class DemoContact:
    """One person to ring."""

    name: str
    role: str
    what: str
    phone: str
    hours: str = ""
    first: bool = False


@dataclass(frozen=True)
class DemoWords:
    """What the child said."""

    text: str
    when: str


@dataclass(frozen=True)
class DemoCrisis:
    """One number for emergencies."""

    name: str
    phone: str
    what: str = ""


@dataclass(frozen=True)
class DemoPlan:
    """The shape that ``templates/pdf/plan.html`` asks for."""

    title: str
    made: str
    now: str
    next_title: str
    next_when: str
    next_where: str
    goals: list[DemoGoal]
    family_does: list[str]
    wheels: list[WheelView]
    contacts: list[DemoContact]
    child_words: list[DemoWords]
    child_name: str


def demo_contacts() -> list[DemoContact]:
    """Three people to turn to."""
    return [
        DemoContact(
            "Ines Flodmark",
            "Sjuksköterska på BVC",
            "Ines håller ihop planen. Ring henne om ni undrar något.",
            "0470-000 01",
            "Vardagar klockan 8–12",
            first=True,
        ),
        DemoContact(
            "Loke Asperud",
            "Logoped",
            "Loke hjälper Milo att hitta sätt att göra sig förstådd.",
            "0470-000 02",
        ),
        DemoContact(
            "Maj Trollvik",
            "Specialpedagog på förskolan Trollsländan",
            "Maj arbetar med bilder och lek.",
            "0470-000 03",
        ),
    ]


def demo_plan() -> DemoPlan:
    """A plan of ordinary length over three units."""
    understands = DemoGoal(
        text="Milo blir förstådd när han vill något",
        sign="Milo visar eller säger vad han vill utan att bli ledsen, de flesta dagar.",
        actions=[
            DemoAction(
                "Logopeden träffar Milo och visar bilder som ni kan använda hemma",
                "Loke Asperud, logoped",
                "från 1 december till och med 15 mars",
                "Pågår",
            ),
            DemoAction(
                "Bilder vid måltid och lek, tre gånger i veckan",
                "Maj Trollvik, förskolan",
                "från 23 november till och med 15 mars",
                "Pågår",
            ),
        ],
    )
    hears = DemoGoal(
        text="Vi vet att Milo hör bra",
        sign="",
        actions=[DemoAction("Hörselprov på BVC", "Ines Flodmark, BVC", "senast 4 december", "Planerad")],
    )
    return DemoPlan(
        title="Milos plan",
        made="Version 1, överenskommen 21 november 2026",
        now="Milo leker gärna men har svårt att bli förstådd. BVC, förskolan och logopeden hjälps åt.",
        next_title="Vi träffas och ser hur det har gått",
        next_when="onsdag 2 december 2026 klockan 15.00",
        next_where="BVC Lessebo, rum 12. Tolk i arabiska är beställd.",
        goals=[understands, hears],
        family_does=[
            "Läser en bok på kvällen, på det språk som känns bäst",
            "Använder bilderna vid frukosten",
        ],
        wheels=[demo_wheel()],
        contacts=demo_contacts(),
        child_words=[DemoWords("”Bilen! Min bil. Maj leka.”", "18 november 2026")],
        child_name="Milo",
    )


def pdf_context() -> dict[str, Any]:
    """Everything that ``templates/pdf/plan.html`` shows."""
    return {
        "language": "sv",
        "direction": "ltr",
        "footer": "Barnens bästa i Kronoberg",
        "plan": demo_plan(),
        "crisis": [
            DemoCrisis("SOS Alarm", "112", "när någon är i fara nu"),
            DemoCrisis("Sjukvårdsrådgivningen", "1177", "råd om sjukdom, dygnet runt"),
            DemoCrisis("Bris", "116 111", "för barn och unga som vill prata med en vuxen"),
        ],
    }
