"""Malte Rydhed, 16 years: a plain case that he reads himself, day 84."""

from __future__ import annotations

from barnensbasta.demo.agreement import NO_HEALTH, PRACTICAL
from barnensbasta.demo.families import Family, years_ago
from barnensbasta.demo.places import LESSEBO
from barnensbasta.demo.planning import Aim, PlanStory, Step
from barnensbasta.demo.stage import Stage
from barnensbasta.demo.story import Kind
from barnensbasta.demo.wheels import wheel
from cases.wheel import Perspective, Sector
from consent.models import Route
from people.numbers import LegalSex
from plans.models import FamilyReply, Status

AGO = 84
S = Sector


def tell_case_youth(stage: Stage) -> PlanStory:
    """The whole story until today."""
    with stage.rows.area("case youth"):
        school = stage.staff.colleague(stage.places.unit("Introduktionsprogrammet Lessebo"))
        advice, leisure = stage.staff.persona("soc"), stage.staff.persona("fritid")
        story = PlanStory(stage.rows, stage.moments, _family(stage), AGO, traced=True)
        (mother,), malte = story.family.guardians, story.child
        story.signal(
            leisure, school.unit,
            "Malte är här mitt på dagen två eller tre gånger i veckan. Han säger att han inte hittar tillbaka till "
            "skolan efter praktiken. Han vill ha hjälp men vet inte med vad.",
            "Han är bra på att laga mopeder, håller tider här och tar hand om de yngre.",
        )  # fmt: skip
        story.take_signal(school, 1)
        talk = story.entry(
            school, 4, Kind.NOTE,
            "Samtal med Malte och Mona. Malte vill bli mekaniker. Han missar morgnarna, mest måndag och fredag. "
            "Matematiken känns hopplös. Han vill inte ha fler möten än nödvändigt.",
        )  # fmt: skip
        story.show(talk, school, guardians=(mother,), to_child=True)
        story.entry(
            school, 6, Kind.ASSESSMENT,
            "Skolan ändrar schemat och ger stöd i matematik. Råd och stöd och fritidsgården behövs för att kvällar och "
            "morgnar ska fungera. Samverkan.", data={"outcome": "collaborate"},
        )  # fmt: skip
        consent = story.ask(
            school, 7,
            "Att Malte kommer till skolan på morgonen och får använda det han är bra på. Skolan, råd och stöd och "
            "fritidsgården får visa varandra det som behövs för det.",
            {school.unit: NO_HEALTH, advice.unit: NO_HEALTH, leisure.unit: PRACTICAL},
        )  # fmt: skip
        story.reply(consent, mother, 8, route=Route.PHONE, noted_by=school, clock="16.10")
        story.reply(consent, malte, 8, clock="21.05")
        story.join(advice, 9)
        story.join(leisure, 9, "15.00")
        story.show(talk, school, 10, units=(advice.unit,))
        words = story.entry(
            school, 14, Kind.CHILD_WORDS,
            "”Jag går upp om det är något jag ska göra med händerna. Sluta fråga om närvaro, fråga vad jag gjort.”",
        )  # fmt: skip
        story.show(words, school, units=(advice.unit,), to_child=True)
        own = story.entry(
            school, 14, Kind.WHEEL, "Malte fyllde i själv.",
            data=wheel(Perspective.CHILD, "332432-4", {
                S.ACHIEVING: ("Verkstaden.", "Matte."),
                S.ACTIVE: ("Kupolen.", "Dagarna är långa."),
            }),
        )  # fmt: skip
        story.show(own, school, to_child=True)
        _plan(story, stage)
        story.family_reply(
            malte, 22, FamilyReply.Value.YES_BUT, "Kan vi ses på verkstaden i stället för i mötesrummet?"
        )
        story.family_reply(mother, 24, FamilyReply.Value.YES)
        story.status(
            "garage", school, 30, Status.Value.ONGOING, "Tre förmiddagar i veckan, har kommit varje gång."
        )
        story.status("mornings", advice, 40, Status.Value.ONGOING)
        story.status("leader", leisure, 45, Status.Value.ONGOING, "Har lett två kvällar tillsammans med mig.")
        better = story.entry(
            school, 60, Kind.OBSERVATION,
            "Malte har varit här 17 av 20 förmiddagar. Han räknade ut utväxlingen på en moped själv och förklarade för "
            "en kamrat. Matteläraren var med och såg.",
        )  # fmt: skip
        story.show(better, school, guardians=(mother,), units=(advice.unit,), to_child=True)
        story.finish()
        story.order_documents()
        return story


def _family(stage: Stage) -> Family:
    families = stage.families
    account = stage.staff.add_account("ungdom", signs_in=True)
    born = years_ago(stage.moments.today, 16, 120)
    child = families.child("Malte", "Rydhed", born, LegalSex.MALE, LESSEBO, account=account)
    school = stage.places.unit("Introduktionsprogrammet Lessebo")
    families.listed(child, school, since=stage.moments.day(200))
    return families.custody(child, (families.guardian("Mona", "Rydhed"),))


def _plan(story: PlanStory, stage: Stage) -> None:
    school = stage.staff.colleague(stage.places.unit("Introduktionsprogrammet Lessebo"))
    advice, leisure = stage.staff.persona("soc"), stage.staff.persona("fritid")
    story.plan(
        school, 21,
        (
            Aim("school", "Malte är i skolan eller på verkstaden varje förmiddag.", "Fyra dagar av fem, fyra veckor i rad.",
                S.ACHIEVING),
            Aim("own", "Malte har något eget två kvällar i veckan.", "Han är ledare på Kupolen.", S.ACTIVE),
        ),
        (
            Step("garage", "Förmiddagar på verkstaden, matematik där i stället för i sal", school, "school", 24, 112),
            Step("mornings", "Samtal med Malte och Mona om kvällar och morgnar, varannan vecka", advice, "school", 28, 112),
            Step("leader", "Ledare på prov tisdag och fredag", leisure, "own", 30, 112),
            Step("phone", "Malte laddar telefonen i köket på natten"),
        ),
        112,
    )  # fmt: skip
