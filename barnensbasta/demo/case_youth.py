"""Malte Rydhed, 16 years: a plain case that he reads himself, day 84."""

from __future__ import annotations

from dataclasses import dataclass

from barnensbasta.demo.agreement import NO_HEALTH, PRACTICAL
from barnensbasta.demo.families import Family, years_ago
from barnensbasta.demo.places import LESSEBO
from barnensbasta.demo.planning import Aim, PlanStory, Step
from barnensbasta.demo.staff import Worker
from barnensbasta.demo.stage import Stage
from barnensbasta.demo.story import Kind
from barnensbasta.demo.wheels import wheel
from cases.models import Version
from cases.wheel import Perspective, Sector
from consent.models import Route
from people.numbers import LegalSex
from plans.models import FamilyReply, PlanVersion, Status

AGO = 84
S = Sector


@dataclass(frozen=True)
class Team:
    """Those around Malte."""

    school: Worker
    advice: Worker
    leisure: Worker


def tell_case_youth(stage: Stage) -> PlanStory:
    """The whole story until today."""
    with stage.rows.area("case youth"):
        school = stage.places.unit("Introduktionsprogrammet Lessebo")
        team = Team(stage.staff.colleague(school), stage.staff.persona("soc"), stage.staff.persona("fritid"))
        story = PlanStory(stage.rows, stage.moments, _family(stage), AGO, traced=True)
        talk = _notice(story, team)
        _ask(story, team)
        _share(story, team, talk)
        version = _plan(story, team)
        story.read(team.advice, 29, "opened_plan", version.pk)
        _carry_out(story, team)
        story.finish()
        story.order_documents()
        return story


def _family(stage: Stage) -> Family:
    families = stage.families
    account = stage.staff.add_account("ungdom", signs_in=True)
    born = years_ago(stage.moments.today, 16, 120)
    child = families.child("Malte", "Rydhed", born, LegalSex.MALE, LESSEBO, account=account)
    families.contact(child)
    school = stage.places.unit("Introduktionsprogrammet Lessebo")
    families.listed(child, school, since=stage.moments.day(200))
    return families.custody(child, (families.guardian("Mona", "Rydhed"),))


def _notice(story: PlanStory, team: Team) -> Version:
    (mother,) = story.family.guardians
    story.signal(
        team.leisure, team.school.unit,
        "Malte är här mitt på dagen två eller tre gånger i veckan. Han säger att han inte hittar tillbaka till "
        "skolan efter praktiken. Han vill ha hjälp men vet inte med vad.",
        "Han är bra på att laga mopeder, håller tider här och tar hand om de yngre.",
    )  # fmt: skip
    story.take_signal(team.school, 1)
    talk = story.entry(
        team.school, 4, Kind.NOTE,
        "Samtal med Malte och Mona. Malte vill bli mekaniker. Han missar morgnarna, mest måndag och fredag. "
        "Matematiken känns hopplös. Han vill inte ha fler möten än nödvändigt.",
    )  # fmt: skip
    story.show(talk, team.school, guardians=(mother,), to_child=True)
    return talk


def _ask(story: PlanStory, team: Team) -> None:
    (mother,) = story.family.guardians
    story.entry(
        team.school, 6, Kind.ASSESSMENT,
        "Skolan ändrar schemat och ger stöd i matematik. Råd och stöd och fritidsgården behövs för att kvällar och "
        "morgnar ska fungera. Samverkan.", data={"outcome": "collaborate"},
    )  # fmt: skip
    consent = story.ask(
        team.school, 7,
        "Att Malte kommer till skolan på morgonen och får använda det han är bra på. Skolan, råd och stöd och "
        "fritidsgården får visa varandra det som behövs för det.",
        {team.school.unit: NO_HEALTH, team.advice.unit: NO_HEALTH, team.leisure.unit: PRACTICAL},
    )  # fmt: skip
    story.reply(consent, mother, 8, route=Route.PHONE, noted_by=team.school, clock="16.10")
    story.reply(consent, story.child, 8, clock="21.05")
    story.join(team.advice, 9)
    story.join(team.leisure, 9, "15.00")


def _share(story: PlanStory, team: Team, talk: Version) -> None:
    school, advice = team.school, team.advice.unit
    story.show(talk, school, 10, units=(advice,))
    story.read(team.advice, 11)
    words = story.entry(
        school, 14, Kind.CHILD_WORDS,
        "”Jag går upp om det är något jag ska göra med händerna. Sluta fråga om närvaro, fråga vad jag gjort.”",
    )  # fmt: skip
    story.show(words, school, units=(advice,), to_child=True)
    own = story.entry(
        school, 14, Kind.WHEEL, "Malte fyllde i själv.",
        data=wheel(Perspective.CHILD, "332432-4", {
            S.ACHIEVING: ("Verkstaden.", "Matte."),
            S.ACTIVE: ("Kupolen.", "Dagarna är långa."),
        }),
    )  # fmt: skip
    story.show(own, school, to_child=True)


def _plan(story: PlanStory, team: Team) -> PlanVersion:
    last = 112
    aims = (
        Aim("school", "I skolan eller på verkstaden varje förmiddag.",
            "Fyra dagar av fem, fyra veckor i rad.", S.ACHIEVING),
        Aim("own", "Något eget två kvällar i veckan.", "Ledare på Kupolen.", S.ACTIVE),
    )  # fmt: skip
    garage = "Förmiddagar på verkstaden, matematik där i stället för i sal"
    mornings = "Samtal med Malte och Mona om kvällar och morgnar, varannan vecka"
    steps = (
        Step("garage", garage, team.school, "school", 24, last),
        Step("mornings", mornings, team.advice, "school", 28, last),
        Step("leader", "Ledare på prov tisdag och fredag", team.leisure, "own", 30, last),
        Step("phone", "Ladda telefonen i köket på natten"),
    )
    return story.plan(team.school, 21, aims, steps, last)


def _carry_out(story: PlanStory, team: Team) -> None:
    (mother,) = story.family.guardians
    but = "Kan vi ses på verkstaden i stället för i mötesrummet?"
    story.family_reply(story.child, 22, FamilyReply.Value.YES_BUT, but)
    story.family_reply(mother, 24, FamilyReply.Value.YES)
    often = "Tre förmiddagar i veckan, har kommit varje gång."
    story.status("garage", team.school, 30, Status.Value.ONGOING, often)
    story.status("mornings", team.advice, 40, Status.Value.ONGOING)
    story.status(
        "leader", team.leisure, 45, Status.Value.ONGOING, "Har lett två kvällar tillsammans med mig."
    )
    better = story.entry(
        team.school, 60, Kind.OBSERVATION,
        "Malte har varit här 17 av 20 förmiddagar. Han räknade ut utväxlingen på en moped själv och förklarade för "
        "en kamrat. Matteläraren var med och såg.",
    )  # fmt: skip
    story.show(better, team.school, guardians=(mother,), units=(team.advice.unit,), to_child=True)
    story.read(team.advice, 61, "opened_entry", better.pk)
    story.read(team.school, 70)
