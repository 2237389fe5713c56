"""Case F: Nova Ekskär, 8 years. A locked case (Barnahus), day 60; and a child with a protected identity.

Nothing here says what has happened: "skyddsläge" and whom to ring. The orosanmälan was made outside the
system. The case is locked to named staff from its first day; at day 40 the one guardian whom it is decided
about is let in, and the other goes on meeting no trace of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from access.law import LONGEST_SHARE_MONTHS, Second
from access.policy import midnight, months_later
from access.units import UnitKind
from barnensbasta.demo.closing import let_in, lock, name, protect
from barnensbasta.demo.families import Family, years_ago
from barnensbasta.demo.places import LESSEBO
from barnensbasta.demo.planning import Aim, PlanStory, Step
from barnensbasta.demo.staff import Worker
from barnensbasta.demo.stage import Stage
from barnensbasta.demo.story import Kind
from barnensbasta.demo.wheels import wheel
from cases.harm import harm_of
from cases.models import Disclosure, ProtectionReview, Version
from cases.rules import ProcessState
from cases.wheel import Perspective, Sector
from kit.dates import as_day
from people.models import Protection
from people.numbers import LegalSex
from plans.models import FamilyReply, Status

AGO = 60
PROTECTED_AGO = 33
S = Sector


@dataclass(frozen=True)
class Team:
    """Those who are named."""

    head: Worker
    teacher: Worker


def tell_case_f(stage: Stage) -> PlanStory:
    """The whole story until today."""
    with stage.rows.area("case f"):
        team = Team(stage.staff.persona("rektor"), stage.staff.persona("mentor"))
        story = PlanStory(stage.rows, stage.moments, _family(stage), AGO, traced=True)
        _lock(story, team)
        _first_weeks(story, team)
        mother, _father = story.family.guardians
        let_in(
            story, mother, team.head, story.at(40, "15.00"),
            "Samråd med socialtjänsten i dag: Nova bor hos sin mamma, som ska kunna följa planen här.",
        )  # fmt: skip
        _plan(story, team, _pictures(story, team))
        story.finish()
        return story


def tell_protected_child(stage: Stage) -> PlanStory:
    """A child of three with skyddad folkbokföring: one nurse is named, her unit sees nothing."""
    with stage.rows.area("protected child"):
        nurse = stage.staff.persona("bvc")
        families = stage.families
        born = years_ago(stage.moments.today, 3, 210)
        child = families.child("Svea", "Enebacken", born, LegalSex.FEMALE, LESSEBO)
        family = families.custody(child, (families.guardian("Siri", "Enebacken"),))
        story = PlanStory(stage.rows, stage.moments, family, PROTECTED_AGO, traced=True)
        story.signal(
            nurse, nurse.unit,
            "Sover oroligt sedan flytten och vill inte vara ensam i ett rum. Har slutat säga vissa ord.",
            "Leker länge med pussel och tycker om när man läser.",
        )  # fmt: skip
        protect(story, nurse, story.at(0, "9.45"), Protection.Level.REGISTERED, "7C2A")
        story.take_signal(nurse, 1)
        note = story.entry(
            nurse, 3, Kind.NOTE,
            "Samtal på mottagningen. Mamma vill ha samma sköterska varje gång. Tider ges bara muntligt.",
        )  # fmt: skip
        _waits_for_signature(stage, story, nurse, note)
        story.finish()
        _sibling(stage, family, story)
        return story


def _waits_for_signature(stage: Stage, story: PlanStory, nurse: Worker, note: Version) -> None:
    """A colleague is named too; she has judged that BUP needs to know, and of a protected child a
    second person signs."""
    colleague = stage.staff.colleague(nurse.unit)
    since = story.at(4, "9.00")
    story.assign(colleague, since, "named", by=nurse)
    name(story, colleague, nurse, since, f"Ersätter när {nurse.name.split()[0]} är borta.")
    at = story.at(PROTECTED_AGO - 2, "10.15")
    made = Disclosure(
        version=note,
        case=story.case,
        owner_unit=nurse.unit,
        to_unit=stage.places.unit("Barn- och ungdomspsykiatrin"),
        basis="B6",
        grounds="Barnet behöver hjälp med sömn och oro, och det ska vara en och samma kontakt.",
        second=Second.COLLEAGUE.value,
        decided_by=colleague.account,
        decided_at=at,
        ends_at=midnight(months_later(as_day(at), LONGEST_SHARE_MONTHS)),
        valid=DateTimeTZRange(empty=True),
        **harm_of(UnitKind(nurse.unit.kind), note.category),
    )
    story.disclosures.append(story.rows.add(made))
    story.trace(colleague, at, "write", "disclosure_to_sign", note.pk)


def _sibling(stage: Stage, family: Family, protected: PlanStory) -> None:
    """Whoever holds the case of the child's brother is asked to look over his protection too."""
    head = stage.staff.persona("rektor")
    born = years_ago(stage.moments.today, 9, 60)
    child = stage.families.child("Ture", "Enebacken", born, LegalSex.MALE, LESSEBO)
    stage.families.listed(child, head.unit, since=years_ago(stage.moments.today, 1, 20))
    story = PlanStory(
        stage.rows, stage.moments, stage.families.custody(child, family.guardians), PROTECTED_AGO + 20
    )
    story.signal(
        head, head.unit, "Ny i klassen. Säger lite och går ensam på rasterna.", "Bra på att bygga och rita."
    )
    story.take_signal(head, 1)
    story.finish()
    stage.rows.add(ProtectionReview(case=story.case, asked_at=protected.case.opened_at))


def _family(stage: Stage) -> Family:
    families = stage.families
    born = years_ago(stage.moments.today, 8, 140)
    child = families.child("Nova", "Ekskär", born, LegalSex.FEMALE, LESSEBO)
    families.listed(child, stage.places.unit("Furulundsskolan"), since=years_ago(stage.moments.today, 2, 90))
    return families.custody(
        child, (families.guardian("Ninni", "Ekskär"), families.guardian("Nils", "Ekskär"))
    )


def _lock(story: PlanStory, team: Team) -> None:
    """A plain signal with the guardians' yes came first; the same day the case is locked."""
    story.signal(
        team.teacher, team.head.unit,
        "Nova är trött och har ont i magen på morgnarna sedan några veckor.",
        "Läser mycket och hjälper gärna andra. Har två nära kamrater.",
        clock="8.20",
    )  # fmt: skip
    story.take_signal(team.head, 0, "8.50")
    locked = story.at(0, "13.10")
    lock(
        story, team.head, locked, "Skyddsläge från i dag. Beslutat av rektor efter samtal med socialtjänsten."
    )
    story.assign(team.teacher, locked, "named", by=team.head)
    name(story, team.teacher, team.head, locked, "Novas trygga vuxna i skolan.")


def _first_weeks(story: PlanStory, team: Team) -> None:
    story.entry(
        team.head, 0, Kind.NOTE,
        "Skyddsläge. Ingen i familjen ska nås genom skolan utan att socialtjänsten säger det. Kontakter: "
        "socialtjänstens mottagning på dagtid, socialjouren kvällar och helger, Barnahus samordnare. Frågor till "
        "Nova ställs inte här.",
        clock="13.40",
    )  # fmt: skip
    story.entry(
        team.head, 2, Kind.NOTE,
        "Samråd har hållits. Skolan gör skoldagen som vanlig: samma tider, samma platser, Tuva möter vid grinden.",
    )  # fmt: skip
    story.entry(
        team.teacher, 4, Kind.NOTE,
        "Nova var borta förmiddagen med en vuxen som hon själv hade valt. Åt lunch med klassen och ville läsa efteråt.",
        clock="14.30",
    )  # fmt: skip


def _pictures(story: PlanStory, team: Team) -> Version:
    mother, _father = story.family.guardians
    talk = story.entry(
        team.head, 41, Kind.NOTE,
        "Samtal med Ninni. Krisstöd hos BUP har börjat och en familjebehandlare kommer hem på tisdagar. Hon vill att "
        "Nova går tillbaka till simningen.",
    )  # fmt: skip
    story.show(talk, team.head, guardians=(mother,))
    return story.entry(
        team.teacher, 42, Kind.WHEEL, "Tuvas bild efter sex veckor.",
        data=wheel(Perspective.PROFESSIONAL, "12323233", {
            S.SAFE: ("Skolan och biblioteket.", "Rädd när någon hämtar tidigt."),
            S.HEALTHY: ("", "Sover dåligt."),
        }),
    )  # fmt: skip


def _plan(story: PlanStory, team: Team, picture: Version) -> None:
    mother, _father = story.family.guardians
    story.move(ProcessState.ASSESSMENT, story.at(43, "10.00"))
    story.move(ProcessState.CONSENT, story.at(44, "10.00"))
    aims = (
        Aim("safe", "Nova är trygg hemma och på vägen till skolan.", "Hon säger det själv.", S.SAFE),
        Aim("sleep", "Nova sover hela natten.", "Fem nätter av sju.", S.HEALTHY),
        Aim("school", "Skoldagen är som vanligt.", "Alla lektioner, alla raster.", S.ACHIEVING),
    )
    steps = (
        Step(
            "adult",
            "Tuva är Novas trygga vuxna: möter vid grinden och finns varje rast",
            team.teacher,
            "school",
            45,
            90,
        ),
        Step(
            "calm", "En plats att läsa på när hon behöver vara för sig själv", team.teacher, "school", 45, 90
        ),
        Step("evening", "Samma läggning varje kväll, med bok"),
        Step("swim", "Simning på lördagar med en kamrat"),
    )
    story.plan(team.head, 45, aims, steps, 90, wheel=picture)
    story.family_reply(mother, 46, FamilyReply.Value.YES)
    story.status(
        "adult", team.teacher, 52, Status.Value.ONGOING, "Kommer varje morgon. Går själv till klassrummet nu."
    )
    story.read(team.head, 55)
