"""Case A: Yara Almhage, 3 years. Speech and language, two languages, BVC responsible.

Day 70 of the case: the plan is agreed, the first follow-up is five days away.
"""

from __future__ import annotations

from dataclasses import dataclass

from agencies.models import Unit
from barnensbasta.demo import meeting
from barnensbasta.demo.families import Family, years_ago
from barnensbasta.demo.places import LESSEBO
from barnensbasta.demo.planning import Aim, PlanStory, Step
from barnensbasta.demo.staff import Worker
from barnensbasta.demo.stage import Stage
from barnensbasta.demo.story import Kind
from barnensbasta.demo.wheels import wheel
from cases.models import Version
from cases.wheel import Perspective, Sector
from consent.models import Category, Route
from people.numbers import LegalSex
from plans.models import FamilyReply, Status

AGO = 70
S = Sector


@dataclass(frozen=True)
class Team:
    """Those around Yara."""

    bvc: Worker
    preschool: Worker
    speech: Worker
    family_centre: Worker

    @property
    def others(self) -> tuple[Unit, Unit, Unit]:
        """The units that BVC asks for."""
        return self.preschool.unit, self.speech.unit, self.family_centre.unit


def tell_case_a(stage: Stage) -> PlanStory:
    """The whole story until today."""
    with stage.rows.area("case a"):
        staff, places = stage.staff, stage.places
        team = Team(
            staff.persona("bvc"),
            staff.persona("forskola"),
            staff.persona("logoped"),
            staff.colleague(places.unit("Familjecentralen Lessebo")),
        )
        story = PlanStory(stage.rows, stage.moments, _family(stage), AGO, traced=True)
        _notice(story, team)
        shown = _find_out(story, team)
        _ask(story, team)
        _share(story, team, shown)
        words = _learn_more(story, team)
        _plan(story, team, shown[-1], words)
        _carry_out(story, team)
        story.finish()
        story.order_documents()
        return story


def _family(stage: Stage) -> Family:
    families, places = stage.families, stage.places
    born = years_ago(stage.moments.today, 3, 80)
    child = families.child(
        "Yara", "Almhage", born, LegalSex.FEMALE, LESSEBO, language="ar", interpreter_language="ar"
    )
    families.listed(child, places.unit("BVC Lessebo"))
    families.listed(child, places.unit("Förskolan Trollsländan"), since=years_ago(stage.moments.today, 1, 90))
    return families.custody(child, families.persona_parents(stage.staff, "a-mamma", "a-pappa", language="ar"))


def _notice(story: PlanStory, team: Team) -> None:
    story.signal(
        team.preschool,
        team.bvc.unit,
        "Yara visar och pekar mer än hon pratar. På förskolan har vi hört ungefär tio ord, de flesta på svenska. "
        "När andra barn leker en låtsaslek står hon bredvid och tittar. Ber vi om två saker i rad gör hon den första.",
        "Sång, rörelselekar och att bläddra i en bok med en vuxen. Hon söker kontakt och skrattar mycket.",
    )
    story.take_signal(team.bvc, 1)


def _find_out(story: PlanStory, team: Team) -> list[Version]:
    """BVC talks with the family and looks; the wheel stands last in what it returns."""
    mother, father = story.family.guardians
    talk = story.entry(
        team.bvc, 3, Kind.NOTE,
        "Samtal med Amira och Sami, med tolk i arabiska på telefon. Hemma pratar de arabiska. Yara säger ungefär "
        "femton ord på arabiska och förstår mer än hon säger. Båda är lite oroliga och glada att förskolan hörde "
        "av sig. De vill veta om hörseln är bra. Vi bestämde tid för språkscreening på torsdag.",
    )  # fmt: skip
    story.show(talk, team.bvc, guardians=(mother, father))
    screening = story.entry(
        team.bvc, 4, Kind.OBSERVATION,
        "Språkscreening vid tre år med tolk. Yara pekade rätt på tre av fem bilder på arabiska och på två av fem på "
        "svenska. Hon följde uppmaningar i ett steg men inte i två. Hon var med och ville visa. Öronen såg bra ut; "
        "hörselprov behövs för att veta.",
        category=Category.HEALTH, clock="10.30",
    )  # fmt: skip
    story.show(screening, team.bvc, guardians=(mother, father))
    seen = story.entry(
        team.bvc, 4, Kind.WHEEL, "Tillsammans med Amira och Sami efter screeningen.",
        data=wheel(Perspective.PROFESSIONAL, "43254332", {
            S.SAFE: ("Kommer gärna till förskolan och blir tröstad av föräldrarna.", ""),
            S.HEALTHY: ("Äter och växer bra.", "Vi vet inte hur hon hör."),
            S.ACHIEVING: ("Nyfiken och uthållig med pussel.", "Få ord på båda språken, förstår ett steg i taget."),
            S.NURTURED: ("Trygga föräldrar som leker och sjunger mycket.", ""),
            S.ACTIVE: ("Springer, klättrar och dansar.", ""),
            S.INCLUDED: ("Vill vara med.", "Kommer inte in i leken när den kräver ord."),
        }), clock="11.30",
    )  # fmt: skip
    story.show(seen, team.bvc, guardians=(mother, father))
    parents = story.entry(
        team.bvc, 4, Kind.WHEEL, "Så ser Amira och Sami på det, sagt med tolk.",
        data=wheel(Perspective.GUARDIAN, "5425443-", {
            S.ACHIEVING: ("Hon lär sig sånger fort.", "Vi önskar att hon kunde säga vad hon vill."),
            S.NURTURED: ("Vi läser varje kväll.", ""),
        }), clock="12.00",
    )  # fmt: skip
    story.show(parents, team.bvc, guardians=(mother, father))
    story.entry(
        team.bvc, 5, Kind.ASSESSMENT,
        "Yara behöver mer än BVC kan ge: förskolan är den som träffar henne varje dag, logopeden kan bedöma språket "
        "på båda språken och familjecentralen har en föräldragrupp på arabiska. Samverkan föreslås.",
        data={"outcome": "collaborate"}, clock="9.00",
    )  # fmt: skip
    return [talk, screening, parents, seen]


def _ask(story: PlanStory, team: Team) -> None:
    mother, father = story.family.guardians
    consent = story.ask(
        team.bvc, 5,
        "Hjälpa Yara att förstå och prata mer, på arabiska och svenska. BVC, förskolan, logopeden och "
        "familjecentralen får visa varandra det som behövs för det.",
        team.others, clock="9.30",
    )  # fmt: skip
    story.reply(consent, mother, 5, route=Route.IN_PERSON, noted_by=team.bvc, clock="10.15")
    story.reply(consent, father, 5)
    story.join(team.preschool, 6, "8.10")
    story.join(team.speech, 7)
    story.join(team.family_centre, 8)


def _share(story: PlanStory, team: Team, shown: list[Version]) -> None:
    talk, screening, _parents, seen = shown
    story.show(talk, team.bvc, 8, units=(team.preschool.unit, team.speech.unit))
    story.show(screening, team.bvc, 8, units=(team.preschool.unit, team.speech.unit))
    story.show(seen, team.bvc, 8, units=team.others)
    story.read(team.speech, 9)
    story.read(team.preschool, 9)


def _learn_more(story: PlanStory, team: Team) -> Version:
    """Each adds what it knows; returns Yara's own words."""
    mother, father = story.family.guardians
    hearing = story.entry(
        team.bvc, 10, Kind.NOTE,
        "Remiss till logoped är skickad. Tid för hörselprov är bokad om tre veckor, familjen har fått kallelsen på "
        "arabiska.",
        category=Category.HEALTH,
    )  # fmt: skip
    story.show(hearing, team.bvc, guardians=(mother, father), units=(team.speech.unit, team.preschool.unit))
    daily = story.entry(
        team.preschool, 12, Kind.OBSERVATION,
        "Vi har skrivit ner vad Yara säger under en vecka: 14 ord på svenska. Hon pratar mest när gruppen är liten "
        "och när det finns en bild att peka på. I sångsamlingen gör hon alla rörelser.",
    )  # fmt: skip
    story.show(daily, team.preschool, guardians=(mother, father), units=(team.bvc.unit, team.speech.unit))
    words = story.entry(
        team.preschool, 14, Kind.CHILD_WORDS,
        "”Med. Yara med.” Yara pekade på bilden av dockvrån och tog fram två kastruller.", clock="10.10",
    )  # fmt: skip
    story.show(words, team.preschool, units=(team.bvc.unit, team.speech.unit))
    story.show(words, team.preschool, 15, guardians=(mother, father), child_asked=True)
    story.entry(
        team.speech, 15, Kind.NOTE, "Inför bedömningen: boka tolk i arabiska, skärm räcker inte. Låna förskolans bilder.",
        category=Category.HEALTH,
    )  # fmt: skip
    assessed = story.entry(
        team.speech, 17, Kind.ASSESSMENT,
        "Bedömning med tolk. Yara är sen i båda språken, mest i att uttrycka sig. Hon har god vilja att "
        "kommunicera och härmar gester. Bildstöd i vardagen och korta språkstunder varje vecka väntas hjälpa. "
        "Föräldrarna ska fortsätta på arabiska; det stjälper inte svenskan.",
        category=Category.HEALTH,
    )  # fmt: skip
    story.show(assessed, team.speech, guardians=(mother, father), units=(team.bvc.unit, team.preschool.unit))
    day = story.on(33)
    story.correct(
        hearing, team.bvc, 18,
        f"Remiss till logoped är skickad. Hörselprovet är flyttat till den {day.day}/{day.month} klockan 10. Familjen "
        "har fått en ny kallelse på arabiska.",
    )  # fmt: skip
    return words


AIMS = (
    Aim("two-steps", "Yara förstår när vi ber om två saker i rad, på arabiska eller svenska.",
        "Hon hämtar stövlarna och ställer dem vid dörren utan att vi pekar.", S.ACHIEVING),
    Aim("play", "Yara är med i leken varje dag.",
        "Personalen ser henne i lek med minst ett annat barn varje dag.", S.INCLUDED),
)  # fmt: skip


def _plan(story: PlanStory, team: Team, seen: Version, words: Version) -> None:
    mother, father = story.family.guardians
    met = story.entry(
        team.bvc, 19, Kind.NOTE,
        "Möte på BVC med Amira, Sami, Maj, Loke och föräldrastödjaren, tolk på plats. Alla vill att Yara ska komma in "
        "i leken. Vi kom överens om vem som gör vad och att hörseln undersöks först. Nästa gång ses vi på BVC.",
    )  # fmt: skip
    story.show(met, team.bvc, guardians=(mother, father), units=team.others)
    start = meeting.invite(
        story, team.bvc, story.moments.at(AGO - 12, "15.00"), story.on(19), "13.00", units=team.others, guardians=(mother, father),
        place="BVC Lessebo, rum 2", interpreter_language="arabiska", interpreter_form="place", interpreter_booked=True,
    )  # fmt: skip
    meeting.hold(story, start, team.bvc, story.at(19, "15.10"))
    steps = (
        Step("hearing", "Hörselprov och remiss till logoped", team.bvc, "two-steps", 10, 40),
        Step("therapy", "Språkträning var tredje vecka, med tolk", team.speech, "two-steps", 24, 160),
        Step("pictures", "Bildstöd i hallen, vid maten och i dockvrån", team.preschool, "play", 21, 75),
        Step("group", "Liten språkgrupp, tre gånger 15 minuter i veckan", team.preschool, "two-steps", 24, 75),
        Step("parents", "Föräldragruppen ”Prata hemma” på arabiska, sex träffar", team.family_centre,
             "two-steps", 28, 70),
        Step("home", "Vi läser och sjunger på arabiska en stund varje kväll"),
        Step("home-pictures", "Vi använder samma bilder hemma vid maten"),
    )  # fmt: skip
    version = story.plan(team.bvc, 20, AIMS, steps, 75, words=words, wheel=seen)
    story.read(team.family_centre, 21, "opened_plan", version.pk)
    story.family_reply(mother, 21, FamilyReply.Value.YES)
    story.family_reply(
        father, 22, FamilyReply.Value.YES_BUT, "Jag arbetar kvällar. Lägg gärna träffarna före klockan 15."
    )


def _carry_out(story: PlanStory, team: Team) -> None:
    mother, father = story.family.guardians
    story.status("pictures", team.preschool, 23, Status.Value.ONGOING, "Bilderna sitter uppe på tre ställen.")
    story.status("group", team.preschool, 25, Status.Value.ONGOING, "Startad med fyra barn.")
    story.status("parents", team.family_centre, 28, Status.Value.ONGOING, "Båda föräldrarna kom, klockan 13.")
    story.status(
        "therapy", team.speech, 31, Status.Value.ONGOING, "Första träffen gjord, nästa om tre veckor."
    )
    story.status("hearing", team.bvc, 33, Status.Value.DONE, "Hörseln är normal på båda öronen.")
    story.read(team.preschool, 34)
    better = story.entry(
        team.preschool, 41, Kind.OBSERVATION,
        "Yara säger nu ett trettiotal ord hos oss och har börjat sätta ihop två: ”mera mjölk”, ”Yara bok”. I dockvrån "
        "lagade hon mat med två andra barn i tio minuter.",
    )  # fmt: skip
    story.show(better, team.preschool, guardians=(mother, father), units=(team.bvc.unit, team.speech.unit))
    trained = story.entry(
        team.speech, 55, Kind.NOTE,
        "Andra träffen. Yara följer två steg när vi visar med bild, ibland utan. Amira visar fint hur de gör hemma.",
        category=Category.HEALTH,
    )  # fmt: skip
    story.show(trained, team.speech, guardians=(mother, father), units=(team.bvc.unit, team.preschool.unit))
    story.read(team.bvc, 57)
    story.status("parents", team.family_centre, 62, Status.Value.ONGOING, "Fem av sex träffar gjorda.")
    called = story.entry(
        team.bvc, 64, Kind.NOTE,
        "Ringde Sami med tolk inför uppföljningen. Han berättar att Yara säger ”mer” och ”kom” på arabiska och frågar "
        "efter de andra barnen på helgen. De vill prata om bytet av avdelning på mötet.",
    )  # fmt: skip
    story.show(called, team.bvc, guardians=(mother, father))
    meeting.invite(
        story, team.bvc, story.moments.at(AGO - 64, "16.30"), story.moments.day(-5), "13.30", purpose="follow_up",
        units=(team.preschool.unit, team.speech.unit), guardians=(mother, father), place="BVC Lessebo, rum 2",
        interpreter_language="arabiska", interpreter_form="place", interpreter_booked=False,
    )  # fmt: skip
    story.read(team.speech, 66, "opened_entry", better.pk)
    story.read(team.bvc, 67)
