"""The demo's people: who they are, and what to try as each of them. Everybody is invented.

The one list: the page *Try the demo* shows it, ``barnensbasta.demo`` builds accounts and
memberships from it, ``manage.py personas`` prints it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from access.roles import FAMILY, Role
from access.words import role_label

PASSWORD = "barnens-basta"  # noqa: S105  one for all, in the demo only


@dataclass(frozen=True)
class Persona:
    """Somebody to sign in as. ``does`` says what to try, ``step`` where in the story.

    Staff have a ``title`` and, as ``place``, a unit, an organisation or a municipality;
    of a family the page says who she is to whom.
    """

    username: str
    name: str
    does: str | Promise
    title: str = ""
    place: str = ""
    role: Role = Role.CASEWORKER
    relation: str | Promise = ""
    step: str = ""
    # Whether the page says the day of birth and the number of the child of the story, to type.
    types_child: bool = False

    @property
    def is_family(self) -> bool:
        """Guardian or youth: works nowhere."""
        return self.role in FAMILY

    @property
    def called(self) -> str:
        """Her title, or what she is."""
        return self.title or role_label(self.role)

    @property
    def where(self) -> str:
        """Her place, or who she is to whom."""
        return self.place or str(self.relation)


@dataclass(frozen=True)
class Group:
    """People who belong together on the page."""

    title: str | Promise
    text: str | Promise
    people: tuple[Persona, ...]


def _guardian(username: str, name: str, relation: Promise, does: Promise, step: str = "") -> Persona:
    return Persona(username, name, does, role=Role.GUARDIAN, relation=relation, step=step)


CHILD = "Milo Tranberg"
PRESCHOOL, BVC, SOCIAL = "Förskolan Trollsländan", "BVC Lessebo", "Socialtjänsten barn och unga"

STORY = Group(
    _("Follow one child"),
    _("Milo is four and speaks little. Sign in as each of these in turn and follow him to a plan."),
    (
        Persona(
            "forskola",
            "Maj Trollvik",
            _("Notices that Milo speaks little. Choose Uppmärksamma and write what she has seen."),
            "specialpedagog",
            PRESCHOOL,
            step="1",
            types_child=True,
        ),
        Persona(
            "bvc",
            "Ines Flodmark",
            _("Receives what Maj has noticed, fills in the wheel and asks for consent."),
            "BVC-sjuksköterska",
            BVC,
            step="2",
        ),
        _guardian(
            "ny-mamma",
            "Nadia Tranberg",
            _("Milo's mother"),
            _("Answers the consent on her phone, reads the plan and sees who has read."),
            "3",
        ),
        _guardian(
            "ny-pappa",
            "Elias Tranberg",
            _("Milo's father"),
            _("Answers for himself. Nothing is shared until both have said yes."),
            "3",
        ),
        Persona(
            "logoped",
            "Loke Asperud",
            _("Takes the invitation and sees exactly what has been shown to him."),
            "logoped",
            "Logopedmottagningen",
            step="4",
        ),
    ),
)

FAMILIES = Group(
    _("More families"),
    _("Each reads what has been shown to her, and nothing else."),
    (
        _guardian(
            "a-mamma",
            "Amira Almhage",
            _("Yara's mother"),
            _("Has a plan in force. Read it and download the PDF."),
        ),
        _guardian("a-pappa", "Sami Almhage", _("Yara's father"), _("The same plan, his own answers.")),
        _guardian(
            "c-mamma",
            "Tora Sjöglimt",
            _("Tindra's mother"),
            _("Take back the consent for one of the units."),
        ),
        _guardian(
            "c-pappa",
            "Jon Sjöglimt",
            _("Tindra's father"),
            _("Sees his own answers, never her contact details."),
        ),
        Persona(
            "ungdom",
            "Malte Rydhed",
            _("Is 16 and reads his own plan."),
            role=Role.YOUTH,
            relation=_("16 years old"),
        ),
    ),
)

COLLEAGUES = Group(
    _("People who work with children"),
    _("They see the children whom they are assigned to, in the unit that they act for."),
    (
        Persona(
            "rektor",
            "Stig Högsvan",
            _("Is rektor at the school of Tindra, who is nine. Kim holds the work together."),
            "rektor",
            "Furulundsskolan",
            Role.LEAD,
        ),
        Persona("mentor", "Tuva Lindhage", _("Works with Tindra every day."), "mentor", "Furulundsskolan"),
        Persona(
            "kurator",
            "Kim Sävström",
            _("Has talks with Tindra, in a unit with secrecy of its own."),
            "kurator",
            "Elevhälsan Furulundsskolan",
        ),
        Persona(
            "soc",
            "Saga Brännvall",
            _("Gives support without an investigation."),
            "socialsekreterare, råd och stöd",
            SOCIAL,
        ),
        Persona(
            "soc-ledare",
            "Rut Hallmyr",
            _("Leads the unit. Must say why before she opens a case."),
            "1:e socialsekreterare",
            SOCIAL,
            Role.LEAD,
        ),
        Persona(
            "jurist",
            "Tage Rosenkvist",
            _("Judges on which legal ground something may be shown, and signs."),
            "kommunjurist",
            SOCIAL,
            Role.LAWYER,
        ),
        Persona(
            "fritid",
            "Frida Kullgren",
            _("Sees only the rows of the plan that are hers."),
            "fritidsledare",
            "Fritidsgården Kupolen",
        ),
        Persona(
            "tva-enheter",
            "Embla Grankotte",
            _("Works for two units. Change unit at the top of the page."),
            "specialpedagog",
            PRESCHOOL,
        ),
    ),
)

OUTSIDE = Group(
    _("People who may not see"),
    _("Try to reach a child whom they do not work with. The page does not exist for them."),
    (
        Persona(
            "bvc2",
            "Bea Lindmyr",
            _("Works beside Ines but is assigned to no child."),
            "BVC-sjuksköterska",
            BVC,
        ),
        Persona("soc2", "Alva Roslund", _("Is assigned to no child."), "socialsekreterare", SOCIAL),
        Persona(
            "soc-vaxjo",
            "Vera Stenlid",
            _("Works in another municipality."),
            "socialsekreterare",
            "Socialtjänsten Växjö",
        ),
        Persona(
            "polis",
            "Pelle Norrby",
            _("Sees only rows of his own, and has none."),
            "områdespolis",
            "Polisen lokalpolisområdet",
        ),
    ),
)

OFFICE = Group(
    _("Those who govern and look after"),
    _("Figures, units and roles. Never a child."),
    (
        Persona(
            "styrgrupp",
            "Greta Ekmark",
            _("Reads six figures on the whole municipality."),
            "styrgrupp",
            "Lessebo",
            Role.STEERING,
        ),
        Persona(
            "admin",
            "Hugo Sandrask",
            _("Looks after units, colleagues and settings."),
            "administratör",
            "Lessebo kommun",
            Role.ADMINISTRATOR,
        ),
        Persona(
            "granskare",
            "Ylva Brinkmyr",
            _("Goes through what colleagues at the BVC have opened. Sees no child."),
            "loggranskare",
            BVC,
            Role.LOG_REVIEWER,
        ),
        Persona(
            "dataskydd",
            "Disa Ravnholt",
            _("Reads which role may do what, and who has it."),
            "dataskyddsombud",
            "Lessebo kommun",
            Role.DATA_PROTECTION,
        ),
    ),
)

GROUPS = (STORY, FAMILIES, COLLEAGUES, OUTSIDE, OFFICE)
PERSONAS = tuple(persona for group in GROUPS for persona in group.people)
BY_NAME = {persona.username: persona for persona in PERSONAS}

# The second workplace of the one who has two: user name, unit, title there.
SECOND_WORKPLACE = ("tva-enheter", "Familjecentralen Lessebo", "föräldrastödjare")


def groups_of(usernames: set[str]) -> list[Group]:
    """The groups, with only those people who have an account; empty groups left out."""
    found = (
        Group(group.title, group.text, tuple(p for p in group.people if p.username in usernames))
        for group in GROUPS
    )
    return [group for group in found if group.people]
