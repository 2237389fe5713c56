"""The demo's people: invented names, and what to try as each of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PASSWORD = "barnens-basta"  # noqa: S105  one for all, in the demo only


@dataclass(frozen=True)
class Persona:
    """Somebody to sign in as. ``does`` says what to try, ``step`` where in the story."""

    username: str
    name: str
    title: str
    place: str
    does: str | Promise
    step: str = ""


@dataclass(frozen=True)
class Group:
    """People who belong together on the page."""

    title: str | Promise
    text: str | Promise
    people: tuple[Persona, ...]


STORY = Group(
    _("Follow one child"),
    _("Milo is four and speaks little. Sign in as each of these in turn and follow him to a plan."),
    (
        Persona(
            "forskola",
            "Maj Trollvik",
            "specialpedagog",
            "Förskolan Trollsländan",
            _("Notices that Milo speaks little. Choose Uppmärksamma and write what she has seen."),
            "1",
        ),
        Persona(
            "bvc",
            "Ines Flodmark",
            "BVC-sjuksköterska",
            "BVC Lessebo",
            _("Takes the signal from the inbox, fills in the wheel and asks for consent."),
            "2",
        ),
        Persona(
            "ny-mamma",
            "Nadia Tranberg",
            "vårdnadshavare",
            "Milos mamma",
            _("Answers the consent on her phone, reads the plan and sees who has read."),
            "3",
        ),
        Persona(
            "ny-pappa",
            "Elias Tranberg",
            "vårdnadshavare",
            "Milos pappa",
            _("Answers for himself. Nothing is shared until both have said yes."),
            "3",
        ),
        Persona(
            "logoped",
            "Loke Asperud",
            "logoped",
            "Logopedmottagningen",
            _("Takes the invitation and sees exactly what has been shown to him."),
            "4",
        ),
    ),
)

FAMILIES = Group(
    _("More families"),
    _("Each reads what has been shown to her, and nothing else."),
    (
        Persona(
            "a-mamma",
            "Amira Almhage",
            "vårdnadshavare",
            "Yaras mamma",
            _("Has a plan in force. Read it and download the PDF."),
        ),
        Persona(
            "a-pappa", "Sami Almhage", "vårdnadshavare", "Yaras pappa", _("The same plan, his own answers.")
        ),
        Persona(
            "c-mamma",
            "Tora Sjöglimt",
            "vårdnadshavare",
            "Tindras mamma",
            _("Take back the consent for one of the units."),
        ),
        Persona(
            "c-pappa",
            "Jon Sjöglimt",
            "vårdnadshavare",
            "Tindras pappa",
            _("Sees his own answers, never her contact details."),
        ),
        Persona("ungdom", "Malte Rydhed", "16 år", "Ungdom", _("Is 16 and reads his own plan.")),
    ),
)

COLLEAGUES = Group(
    _("People who work with children"),
    _("They see the children whom they are assigned to, in the unit that they act for."),
    (
        Persona(
            "rektor",
            "Stig Högsvan",
            "rektor",
            "Furulundsskolan",
            _("Is responsible for Tindra, who is nine."),
        ),
        Persona("mentor", "Tuva Lindhage", "mentor", "Furulundsskolan", _("Works with Tindra every day.")),
        Persona(
            "kurator",
            "Kim Sävström",
            "kurator",
            "Elevhälsan Furulundsskolan",
            _("Has talks with Tindra, in a unit with secrecy of its own."),
        ),
        Persona(
            "soc",
            "Saga Brännvall",
            "socialsekreterare",
            "Socialtjänsten barn och unga",
            _("Gives support without an investigation."),
        ),
        Persona(
            "soc-ledare",
            "Rut Hallmyr",
            "1:e socialsekreterare",
            "Socialtjänsten barn och unga",
            _("Leads the unit. Must say why before she opens a case."),
        ),
        Persona(
            "fritid",
            "Frida Kullgren",
            "fritidsledare",
            "Fritidsgården Kupolen",
            _("Sees only the rows of the plan that are hers."),
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
            "BVC-sjuksköterska",
            "BVC Lessebo",
            _("Works beside Ines but is assigned to no child."),
        ),
        Persona(
            "soc2",
            "Alva Roslund",
            "socialsekreterare",
            "Socialtjänsten barn och unga",
            _("Is assigned to no child."),
        ),
        Persona(
            "soc-vaxjo",
            "Vera Stenlid",
            "socialsekreterare",
            "Socialtjänsten, Växjö",
            _("Works in another municipality."),
        ),
        Persona(
            "polis",
            "Pelle Norrby",
            "områdespolis",
            "Lokalpolisområdet",
            _("Sees only rows of his own, and has none."),
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
            "styrgrupp",
            "Lessebo",
            _("Reads six figures on the whole municipality."),
        ),
        Persona(
            "admin",
            "Hugo Sandrask",
            "administratör",
            "Lessebo kommun",
            _("Looks after units, colleagues and settings."),
        ),
        Persona(
            "dataskydd",
            "Disa Ravnholt",
            "dataskyddsombud",
            "Lessebo kommun",
            _("Reads which role may do what, and who has it."),
        ),
    ),
)

GROUPS = (STORY, FAMILIES, COLLEAGUES, OUTSIDE, OFFICE)
BY_NAME = {persona.username: persona for group in GROUPS for persona in group.people}


def groups_of(usernames: set[str]) -> list[Group]:
    """The groups, with only those people who have an account; empty groups left out."""
    found = (
        Group(group.title, group.text, tuple(p for p in group.people if p.username in usernames))
        for group in GROUPS
    )
    return [group for group in found if group.people]
