"""The people one can sign in as. Names and units are invented."""

from __future__ import annotations

from dataclasses import dataclass

from access.roles import Role


@dataclass(frozen=True)
class Persona:
    """An account of the demo. ``place`` is a unit, an organisation or a
    municipality; empty for the family. ``tries`` says what to try."""

    username: str
    name: str
    title: str
    place: str
    tries: str
    role: Role = Role.CASEWORKER


_G, _Y = Role.GUARDIAN, Role.YOUTH

PERSONAS: tuple[Persona, ...] = (
    Persona("forskola", "Maj Trollvik", "specialpedagog", "Förskolan Trollsländan",
            "Uppmärksamma att Milo Tranberg, 4 år, talar lite. Prata med familjen om det som väntar."),
    Persona("bvc", "Ines Flodmark", "BVC-sjuksköterska", "BVC Lessebo",
            "Ta det som väntar på enheten, följ Yara Almhage och skriv hennes plan vidare."),
    Persona("bvc2", "Bea Lindmyr", "BVC-sjuksköterska", "BVC Lessebo",
            "Samma enhet som Ines, men inget ärende: se att ärendena inte syns."),
    Persona("logoped", "Loke Asperud", "logoped", "Logopedmottagningen",
            "Ta en inbjudan, läs det som andra visat för dig om Yara, skriv och dela."),
    Persona("rektor", "Stig Högsvan", "rektor", "Furulundsskolan",
            "Skolans ärenden. Ansvarig för Tindra Sjöglimt.", Role.LEAD),
    Persona("mentor", "Tuva Lindhage", "mentor", "Furulundsskolan",
            "Den som först såg att Tindra var trött. Läs och skriv i hennes ärende."),
    Persona("kurator", "Kim Sävström", "kurator", "Elevhälsan Furulundsskolan",
            "Samordnar Tindras plan. Läs hennes egna ord och vem som får se dem."),
    Persona("soc-ledare", "Rut Hallmyr", "1:e socialsekreterare", "Socialtjänsten barn och unga",
            "Enhetens ärenden utan innehåll. Öppna ett och ange varför.", Role.LEAD),
    Persona("soc", "Saga Brännvall", "socialsekreterare, råd och stöd", "Socialtjänsten barn och unga",
            "Råd och stöd i Tindras plan: uppdatera din egen rad."),
    Persona("soc2", "Alva Roslund", "socialsekreterare", "Socialtjänsten barn och unga",
            "Samma enhet som Saga, men inget ärende."),
    Persona("fritid", "Frida Kullgren", "fritidsledare", "Fritidsgården Kupolen",
            "Se bara dina egna rader i planen. Tindras mamma tog tillbaka sitt ja och sa ja igen."),
    Persona("polis", "Pelle Norrby", "områdespolis", "Polisen lokalpolisområdet",
            "Inget ärende. Kan uppmärksamma ett barn."),
    Persona("soc-vaxjo", "Vera Stenlid", "socialsekreterare", "Socialtjänsten Växjö",
            "En annan kommun: ser inget från Lessebo."),
    Persona("tva-enheter", "Embla Grankotte", "specialpedagog", "Förskolan Trollsländan",
            "Arbetar för två enheter: byt enhet högst upp på sidan."),
    Persona("a-mamma", "Amira Almhage", "vårdnadshavare", "",
            "Yaras mamma: läs planen, svara och se vem som har läst.", _G),
    Persona("a-pappa", "Sami Almhage", "vårdnadshavare", "",
            "Yaras pappa: ett eget konto med det som visats för honom.", _G),
    Persona("c-mamma", "Tora Sjöglimt", "vårdnadshavare", "",
            "Tindras mamma: ta tillbaka ett samtycke och se vad som stängs.", _G),
    Persona("c-pappa", "Jon Sjöglimt", "vårdnadshavare", "",
            "Tindras pappa: Tindras egna ord har inte visats för honom.", _G),
    Persona("ny-mamma", "Nadia Tranberg", "vårdnadshavare", "",
            "Milos mamma: här är det tomt tills någon frågar om samtycke.", _G),
    Persona("ny-pappa", "Elias Tranberg", "vårdnadshavare", "",
            "Milos pappa: svara ja eller nej från mobilen.", _G),
    Persona("ungdom", "Malte Rydhed", "ungdom, 16 år", "",
            "Läs din egen plan och svara på den.", _Y),
    Persona("styrgrupp", "Greta Ekmark", "styrgrupp", "Lessebo",
            "Sex siffror för hela kommunen, aldrig ett barn.", Role.STEERING),
    Persona("admin", "Hugo Sandrask", "administratör", "Lessebo kommun",
            "Enheter och personal, inget ur ärenden.", Role.ADMINISTRATOR),
    Persona("dataskydd", "Disa Ravnholt", "dataskyddsombud", "Lessebo kommun",
            "Granska hur tjänsten används, inget ur ärenden.", Role.DATA_PROTECTION),
)  # fmt: skip

# The second workplace of the one who has two.
SECOND_WORKPLACE = ("tva-enheter", "Familjecentralen Lessebo", "föräldrastödjare")

BY_USERNAME = {persona.username: persona for persona in PERSONAS}
