"""What waits for the personas besides the long stories: inboxes, invitations, things overdue."""

from __future__ import annotations

from access.units import UnitKind as K
from agencies.models import Unit
from barnensbasta.demo.families import Family, years_ago
from barnensbasta.demo.names import SURNAMES
from barnensbasta.demo.places import LESSEBO, TOWNS, Town
from barnensbasta.demo.planning import PlanStory
from barnensbasta.demo.shaping import Shape, Told
from barnensbasta.demo.staff import Worker
from barnensbasta.demo.stage import Stage
from barnensbasta.demo.story import add_signal
from barnensbasta.demo.themes import THEMES
from people.numbers import LegalSex

BOY, GIRL = LegalSex.MALE, LegalSex.FEMALE
SLEEP, MOVING, SPEAKING, PARTING, EATING, ALONE, READING, MORNINGS, ABSENCE, *_ = THEMES


def tell_worklists(stage: Stage) -> None:
    """Enough for each persona to have something to do, and not more than a page."""
    with stage.rows.area("worklists"):
        _for_child_health(stage)
        _for_preschool(stage)
        _for_speech(stage)
        _for_school(stage)
        _for_social_services(stage)


def _family(
    stage: Stage, given: str, years: int, days: int, sex: LegalSex, *, town: Town = LESSEBO
) -> Family:
    """A family of two guardians without accounts."""
    families = stage.families
    surname = stage.rows.chance.choice(SURNAMES)
    child = families.child(given, surname, years_ago(stage.moments.today, years, days), sex, town)
    guardians = (families.guardian("Malin", surname), families.guardian("Jonas", surname))
    return families.custody(child, guardians)


def _told(stage: Stage, family: Family, told: Told) -> PlanStory:
    return Shape(stage, family, told).tell()


def _for_child_health(stage: Stage) -> None:
    """BVC Lessebo: one signal over a working day old and one fresh, an overdue
    follow-up, and a consent that one guardian hasn't answered."""
    staff, units = stage.staff, stage.places
    bvc, nurse = units.unit("BVC Lessebo"), staff.persona("bvc")
    vitsippan, tallbacken = units.unit("Förskolan Vitsippan"), units.unit("Förskolan Tallbacken")
    old = _family(stage, "Ellie", 4, 200, GIRL)
    _told(stage, old, Told(SPEAKING, 6, staff.colleague(vitsippan), bvc, until="noticed"))
    fresh = _family(stage, "Theo", 3, 30, BOY)
    _told(stage, fresh, Told(PARTING, 1, staff.colleague(tallbacken), bvc, until="noticed"))
    late = _family(stage, "Ivar", 4, 120, BOY)
    centre = staff.colleague(units.unit("Familjecentralen Lessebo"), 1)
    _told(
        stage, late,
        Told(EATING, 105, staff.colleague(vitsippan, 1), bvc, responsible=nurse, until="planned",
             partners=(centre, staff.colleague(vitsippan, 1)), first_follow_up=96),
    )  # fmt: skip
    asked = _family(stage, "Juni", 2, 260, GIRL)
    _told(
        stage, asked,
        Told(SPEAKING, 12, staff.colleague(tallbacken), bvc, responsible=nurse, until="asked",
             partners=(staff.colleague(tallbacken), staff.colleague(units.unit("Logopedmottagningen")))),
    )  # fmt: skip


def _for_preschool(stage: Stage) -> None:
    """Trollsländan: noticed, but nobody has talked with the family yet."""
    family = _family(stage, "Nils", 4, 300, BOY)
    stage.families.listed(family.child, stage.places.unit("Förskolan Trollsländan"))
    add_signal(
        stage.rows, family, stage.staff.persona("forskola"), stage.moments.at(4, "15.10"),
        "Nils vill inte gå ut på gården längre. Han håller för öronen när dörren öppnas och gråter en stund.",
        "Han leker länge med tåget när det är få barn i rummet.",
        yes="", family_knows=False,
    )  # fmt: skip


def _for_speech(stage: Stage) -> None:
    """Logopedmottagningen: an invitation from Tingsryd, and a case in Alvesta."""
    units, staff = stage.places, stage.staff
    speech = staff.persona("logoped")
    tingsryd = next(town for town in TOWNS if town.name == "Tingsryd")
    sender, bvc = _preschool_and_bvc(stage, tingsryd)
    family = _family(stage, "Alfred", 3, 190, BOY, town=tingsryd)
    _told(
        stage,
        family,
        Told(SPEAKING, 14, sender, bvc, until="agreed", partners=(sender, speech), joined=(sender,)),
    )
    alvesta = next(town for town in TOWNS if town.name == "Alvesta")
    sender, bvc = _preschool_and_bvc(stage, alvesta)
    family = _family(stage, "Leia", 4, 40, GIRL, town=alvesta)
    _told(
        stage,
        family,
        Told(SPEAKING, 80, sender, bvc, until="planned", partners=(sender, speech), first_follow_up=84),
    )
    assert units.unit("Logopedmottagningen") is speech.unit  # noqa: S101


def _preschool_and_bvc(stage: Stage, town: Town) -> tuple[Worker, Unit]:
    preschool = stage.places.units(town.name, K.PRESCHOOL)[0]
    return stage.staff.colleague(preschool), stage.places.units(town.name, K.CHILD_HEALTH)[0]


def _for_school(stage: Stage) -> None:
    """Furulundsskolan and its elevhälsa: a signal, a case of a colleague's that the
    kurator works on, and an invitation to elevhälsan and to fritidsgården."""
    units, staff = stage.places, stage.staff
    school, pupil_health = units.unit("Furulundsskolan"), units.unit("Elevhälsan Furulundsskolan")
    deputy, mentor = staff.colleague(school, 0), staff.colleague(school, 1)
    family = _family(stage, "Vincent", 8, 90, BOY)
    _told(stage, family, Told(READING, 2, mentor, school, until="noticed"))
    family = _family(stage, "Signe", 9, 210, GIRL)
    partners = (staff.persona("kurator"), staff.colleague(units.unit("Logopedmottagningen"), 1))
    _told(
        stage, family,
        Told(READING, 66, mentor, school, responsible=deputy, until="planned", partners=partners, first_follow_up=70),
    )  # fmt: skip
    family = _family(stage, "Melvin", 7, 150, BOY)
    invited = (staff.colleague(pupil_health), staff.persona("fritid"))
    _told(
        stage,
        family,
        Told(ALONE, 13, mentor, school, responsible=deputy, until="agreed", partners=invited, joined=()),
    )


def _for_social_services(stage: Stage) -> None:
    """Socialtjänsten: an invitation that nobody has taken for days, and a case of råd och stöd."""
    units, staff = stage.places, stage.staff
    hulta = units.unit("Hultaskolan")
    advice, health = staff.persona("soc"), staff.colleague(units.unit("Elevhälsan Hultaskolan"))
    family = _family(stage, "Molly", 10, 60, GIRL)
    _told(
        stage, family,
        Told(MORNINGS, 16, staff.colleague(hulta, 1), hulta, until="agreed", partners=(advice, health), joined=(health,)),
    )  # fmt: skip
    family = _family(stage, "August", 8, 240, BOY)
    _told(
        stage, family,
        Told(MORNINGS, 92, staff.colleague(hulta, 1), hulta, until="planned", partners=(advice, health),
             first_follow_up=106),
    )  # fmt: skip
