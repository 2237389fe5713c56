"""Case C: Tindra Sjöglimt, 9 years. A parent who is ill, two homes, the school responsible.

Day 112: fritidsgården was closed out at day 50 when her mother took back her yes, and
came back at day 64. The second version of the plan is followed up in eight days.
"""

from __future__ import annotations

from dataclasses import dataclass

from agencies.models import Unit
from barnensbasta.demo import handing, meeting
from barnensbasta.demo.agreement import PRACTICAL
from barnensbasta.demo.emergency import opened_in_emergency
from barnensbasta.demo.families import Family, years_ago
from barnensbasta.demo.places import LESSEBO
from barnensbasta.demo.planning import Aim, PlanStory, Step
from barnensbasta.demo.staff import Worker
from barnensbasta.demo.stage import Stage
from barnensbasta.demo.story import Kind
from barnensbasta.demo.wheels import wheel
from cases.models import Concern, Handover, Version
from cases.wheel import Perspective, Sector
from consent.models import Category, Consent, Route
from people.models import Guardian
from people.numbers import LegalSex
from plans.models import FamilyReply, FollowUp, Status

AGO = 112
BASIS = (Category.PLAN, Category.BASIS, Category.PRACTICAL)
S = Sector


@dataclass(frozen=True)
class Team:
    """Those around Tindra."""

    head: Worker
    mentor: Worker
    counsellor: Worker
    advice: Worker
    leisure: Worker

    @property
    def school(self) -> Unit:
        """The unit that is responsible."""
        return self.head.unit


def tell_case_c(stage: Stage) -> PlanStory:
    """The whole story until today."""
    with stage.rows.area("case c"):
        team = Team(*(stage.staff.persona(who) for who in ("rektor", "mentor", "kurator", "soc", "fritid")))
        story = PlanStory(stage.rows, stage.moments, _family(stage), AGO, traced=True)
        _notice(story, team)
        talk, seen, first_words = _find_out(story, team)
        consent = _ask(story, team)
        words = _share(story, team, (talk, seen, first_words))
        _first_plan(story, team, seen, words)
        _carry_out(story, team)
        _leisure_goes_and_comes(story, team, consent)
        _second_plan(story, team, words)
        _until_now(story, team)
        _considered(story, team)
        _handed_back(story, team)
        _met_today(story, team)
        opened_in_emergency(stage, story)
        story.finish()
        story.order_documents()
        return story


def _family(stage: Stage) -> Family:
    families = stage.families
    child = families.child(
        "Tindra", "Sjöglimt", years_ago(stage.moments.today, 9, 160), LegalSex.FEMALE, LESSEBO
    )
    families.listed(child, stage.places.unit("Furulundsskolan"), since=years_ago(stage.moments.today, 3, 90))
    return families.custody(child, families.persona_parents(stage.staff, "c-mamma", "c-pappa"))


def _parents(story: PlanStory) -> tuple[Guardian, Guardian]:
    mother, father = story.family.guardians
    return mother, father


def _notice(story: PlanStory, team: Team) -> None:
    story.signal(
        team.mentor,
        team.school,
        "Tindra har somnat på lektionen fyra gånger på två veckor. Hon säger att hon lagar sin egen middag ibland "
        "och att det är tyst hemma. Hon har slutat gå ut på rasten och sitter hellre i biblioteket.",
        "Hon läser mycket, hjälper yngre barn och svarar gärna när man frågar i lugn och ro.",
    )
    story.take_signal(team.head, 1)
    story.assign(team.mentor, story.at(1, "11.00"), "assigned", by=team.head)


def _find_out(story: PlanStory, team: Team) -> tuple[Version, Version, Version]:
    mother, father = _parents(story)
    talk = story.entry(
        team.head, 3, Kind.NOTE,
        "Samtal med Tora och Jon, var för sig på deras önskan. Tora är sjukskriven och orkar lite på "
        "eftermiddagarna. Jon har flyttat till en lägenhet i närheten och har Tindra varannan helg. Båda vill att "
        "någon vuxen hinner prata med Tindra.",
    )  # fmt: skip
    story.show(talk, team.head, guardians=(mother, father))
    first_words = story.entry(
        team.mentor, 5, Kind.CHILD_WORDS,
        "”Jag vill inte vara ensam vid maten. Mamma blir glad när jag spelar på telefonens piano.” Tindra sa ja till "
        "att mamma får läsa det här.",
        clock="10.30",
    )  # fmt: skip
    story.show(first_words, team.mentor, guardians=(mother,), child_asked=True)
    seen = story.entry(
        team.mentor, 6, Kind.WHEEL, "Mentorns och rektorns bild efter samtalen.",
        data=wheel(Perspective.PROFESSIONAL, "32322343", {
            S.SAFE: ("Trygg i klassrummet.", "Vet inte alltid vem som är hemma."),
            S.HEALTHY: ("", "Trött, huvudvärk flera gånger i veckan."),
            S.NURTURED: ("Båda föräldrarna vill hennes bästa.", "Ensam vid middagen flera dagar."),
            S.ACTIVE: ("Tycker om musik.", "Har ingen fritidsaktivitet."),
            S.RESPONSIBLE: ("Tar stort ansvar.", "Tar hand om sådant som vuxna borde."),
        }),
    )  # fmt: skip
    story.show(seen, team.mentor, guardians=(mother, father))
    story.entry(
        team.mentor, 6, Kind.WHEEL, "Tindra fyllde i själv med Tuva. Hon ville inte prata om alla delar.",
        data=wheel(Perspective.CHILD, "-13-2--3", {
            S.HEALTHY: ("", "Jag är trött hela tiden."),
            S.ACTIVE: ("Musik är kul.", "Det finns inget att gå till."),
        }), clock="14.40",
    )  # fmt: skip
    # Day 8: an orosanmälan is considered, with a consultation without name, and not made. Its note,
    # with the reason, stands here.
    story.entry(
        team.head, 9, Kind.ASSESSMENT,
        "Skolan kan ge läxhjälp och någon att prata med, men inte stöd hemma eller en plats att vara på. Samverkan med "
        "elevhälsan, råd och stöd och fritidsgården föreslås.",
        data={"outcome": "collaborate"}, clock="9.00",
    )  # fmt: skip
    return talk, seen, first_words


def _ask(story: PlanStory, team: Team) -> Consent:
    mother, father = _parents(story)
    units = dict.fromkeys((team.school, team.counsellor.unit, team.advice.unit), BASIS)
    consent = story.ask(
        team.head, 9,
        "Se till att Tindra har en vuxen vid middagen, någon att prata med och något eget att göra. Skolan, "
        "elevhälsan, råd och stöd och fritidsgården får visa varandra det som behövs för det.",
        {**units, team.leisure.unit: PRACTICAL}, clock="9.40",
    )  # fmt: skip
    story.reply(consent, mother, 9, route=Route.PAPER, noted_by=team.head, clock="15.10")
    story.reply(consent, father, 10)
    story.join(team.counsellor, 11, "8.20")
    story.join(team.advice, 11, "10.00")
    story.join(team.leisure, 12, "14.30")
    return consent


def _share(story: PlanStory, team: Team, written: tuple[Version, Version, Version]) -> Version:
    """Returns the words that stand in the plan."""
    talk, seen, first_words = written
    mother, father = _parents(story)
    others = (team.counsellor.unit, team.advice.unit)
    story.show(talk, team.head, 12, units=others)
    story.show(seen, team.mentor, 12, units=others)
    story.show(first_words, team.mentor, 12, units=(team.counsellor.unit,))
    words = story.entry(
        team.counsellor, 14, Kind.CHILD_WORDS,
        "”Det bästa vore om någon var hemma och lagade mat, och om jag fick spela på ett riktigt piano.” Tindra vill "
        "att det här står i planen och att mamma läser det. Om pappa vill hon tänka till nästa gång.",
        clock="10.45",
    )  # fmt: skip
    story.show(
        words, team.counsellor, guardians=(mother,), units=(team.school, team.advice.unit), child_asked=True
    )
    practical = story.entry(
        team.counsellor, 16, Kind.NOTE,
        "Tindra kan komma till Kupolen tisdagar och torsdagar klockan 15–17. Hon vill att Frida möter vid dörren "
        "första gången. Jon hämtar på torsdagar.",
        category=Category.PRACTICAL,
    )  # fmt: skip
    story.show(practical, team.counsellor, guardians=(mother, father), units=(team.leisure.unit, team.school))
    met = story.entry(
        team.counsellor, 16, Kind.NOTE,
        "Möte i skolan med Tora, Jon, Stig, Tuva, Saga och mig. Tindra var med första halvan och berättade själv om "
        "maten och musiken. Vi kom överens om att jag samordnar och är den som familjen ringer.",
        clock="15.00",
    )  # fmt: skip
    story.show(met, team.counsellor, guardians=(mother, father), units=(team.school, team.advice.unit))
    asked = handing.ask(
        story, team.head, team.counsellor, Handover.Kind.COORDINATION,
        "Vi kom överens på mötet om att Kim håller ihop arbetet. Jag är ansvarig som förut.", story.at(16, "15.30"),
    )  # fmt: skip
    handing.accept(story, asked, team.counsellor, story.at(16, "16.00"))
    return words


AIMS = (
    Aim("dinner", "En vuxen är hemma vid middagen.", "Tindra äter med en vuxen minst fem dagar i veckan.", S.NURTURED),
    Aim("talk", "Tindra har någon att prata med.", "Hon vet när hon träffar Kim och vem hon kan ringa.", S.HEALTHY),
    Aim("own", "Tindra har en aktivitet som hon själv valt.", "Hon går dit två veckor i rad och vill tillbaka.",
        S.ACTIVE),
)  # fmt: skip


def _steps(team: Team, *, last: int) -> tuple[Step, ...]:
    return (
        Step("kim", "Samtal en gång i veckan, onsdagar efter lunch", team.counsellor, "talk", 18, last),
        Step(
            "group", "Gruppen för barn som har en sjuk förälder, åtta gånger", team.advice, "talk", 24, last
        ),
        Step(
            "evenings", "Råd till Tora och Jon om kvällarna, varannan vecka", team.advice, "dinner", 20, last
        ),
        Step("homework", "Läxcafé måndag och onsdag till klockan 15.30", team.mentor, "talk", 19, last),
    )


def _first_plan(story: PlanStory, team: Team, seen: Version, words: Version) -> None:
    mother, father = _parents(story)
    steps = (
        *_steps(team, last=58),
        Step("kupolen", "Frida möter Tindra på Kupolen tisdagar och torsdagar", team.leisure, "own", 20, 58),
        Step(
            "schedule",
            "Tora och Jon skriver veckans middagar på kylskåpet: vem är hemma vilken dag",
            None,
            "dinner",
        ),
    )
    story.plan(team.counsellor, 17, AIMS, steps, 58, words=words, wheel=seen)
    story.family_reply(mother, 18, FamilyReply.Value.YES)
    story.family_reply(father, 19, FamilyReply.Value.YES)


def _carry_out(story: PlanStory, team: Team) -> None:
    mother, father = _parents(story)
    story.status("kim", team.counsellor, 21, Status.Value.ONGOING)
    story.status("homework", team.mentor, 22, Status.Value.ONGOING, "Kommer båda dagarna, ofta först.")
    story.status("kupolen", team.leisure, 23, Status.Value.ONGOING, "Var här första gången i torsdags.")
    story.read(team.head, 24)
    story.status("evenings", team.advice, 26, Status.Value.ONGOING, "Två samtal med Tora, ett med Jon.")
    story.status("group", team.advice, 27, Status.Value.ONGOING, "Gruppen har startat, sex barn.")
    leisure = story.entry(
        team.leisure, 30, Kind.OBSERVATION,
        "Tindra har varit här fyra gånger. Hon satt länge vid pianot i stora rummet och visade två yngre barn. Hon "
        "gick hem klockan 17 med sin pappa.",
        category=Category.PRACTICAL,
    )  # fmt: skip
    story.show(leisure, team.leisure, guardians=(mother, father))
    tired = story.entry(
        team.mentor, 36, Kind.OBSERVATION,
        "Tindra har inte somnat på någon lektion på två veckor. Hon var ute på rasten tre dagar av fem.",
    )  # fmt: skip
    story.show(tired, team.mentor, guardians=(mother, father), units=(team.counsellor.unit, team.advice.unit))
    advice = story.entry(
        team.advice, 44, Kind.NOTE,
        "Tora och Jon har gjort ett schema för kvällarna och följer det de flesta dagar. Måndagar är svårast. Jon "
        "provar att komma och laga mat då.",
    )  # fmt: skip
    story.show(advice, team.advice, guardians=(mother, father), units=(team.counsellor.unit,))


def _leisure_goes_and_comes(story: PlanStory, team: Team, consent: Consent) -> None:
    mother, father = _parents(story)
    story.withdraw(consent, mother, team.leisure.unit, 50)
    called = story.entry(
        team.counsellor, 52, Kind.NOTE,
        "Tora ringde. Hon hade hört att andra föräldrar på Kupolen pratade om familjen och ville att fritidsgården "
        "inte skulle få veta mer. Tindra får fortfarande gå dit som alla andra.",
    )  # fmt: skip
    story.show(called, team.counsellor, guardians=(mother,))
    after = story.entry(
        team.mentor, 57, Kind.WHEEL, "Inför uppföljningen.",
        data=wheel(Perspective.PROFESSIONAL, "43332343", {
            S.HEALTHY: ("Piggare, färre huvudvärksdagar.", ""),
            S.NURTURED: ("Middag med en vuxen de flesta dagar.", "Måndagar är svåra."),
            S.ACTIVE: ("", "Osäker på om hon får gå till Kupolen."),
        }),
    )  # fmt: skip
    story.show(after, team.mentor, guardians=(mother, father), units=(team.counsellor.unit, team.advice.unit))
    story.entry(
        team.mentor, 57, Kind.WHEEL, "Tindra fyllde i själv igen.",
        data=wheel(Perspective.CHILD, "334332-3", {
            S.HEALTHY: ("Jag sover bättre nu.", "Måndagar är jobbiga."),
            S.ACTIVE: ("Gruppen är rolig.", "Jag saknar pianot."),
        }), clock="14.40",
    )  # fmt: skip
    story.follow_up(
        team.counsellor, 58, FollowUp.Outcome.CHANGE,
        {"dinner": "partly", "talk": "reached", "own": "not"},
        "Alla utom fritidsgården var med. Tindra vill fortsätta hos Kim och i gruppen. Hon saknar pianot. Tora och Jon "
        "vill tänka en vecka om Kupolen.",
        next_day=120,
    )  # fmt: skip
    again = story.ask(
        team.counsellor, 62,
        "Samma som förut, med fritidsgården med igen: Frida får veta när Tindra kommer och att hon får öva piano.",
        {**dict.fromkeys((team.school, team.counsellor.unit, team.advice.unit), BASIS), team.leisure.unit: PRACTICAL},
    )  # fmt: skip
    story.reply(again, mother, 63)
    story.reply(again, father, 64, clock="18.20")


def _second_plan(story: PlanStory, team: Team, words: Version) -> None:
    mother, _father = _parents(story)
    steps = (
        *_steps(team, last=120),
        Step("kupolen", "Tindra övar piano på Kupolen tisdagar och torsdagar, Frida öppnar musikrummet", team.leisure,
             "own", 68, 120),
        Step("schedule", "Tora och Jon skriver veckans middagar på kylskåpet; Jon lagar mat på måndagar", None, "dinner"),
    )  # fmt: skip
    version = story.plan(team.counsellor, 66, AIMS, steps, 120, words=words)
    story.read(team.leisure, 67, "opened_plan", version.pk)
    story.family_reply(mother, 67, FamilyReply.Value.YES)


def _considered(story: PlanStory, team: Team) -> None:
    """Day 8: the school weighed an orosanmälan, asked without saying a name, and made none."""
    story.rows.add(
        Concern(
            note=story.rows.new_id(),
            no=1,
            case=story.case,
            owner_unit=team.school,
            what=Concern.What.CONSIDERED,
            happened_on=story.on(8),
            reason="Vi övervägde en orosanmälan sedan Tindra berättat att hon ofta är ensam vid middagen. Stig ringde "
            "socialtjänsten och rådgjorde utan att säga vem barnet är. Vi bedömde tillsammans att Tindra får mat och "
            "tillsyn, att båda föräldrarna vill ha hjälp och att hon inte far illa nu. Vi gör ingen anmälan i dag och "
            "tar upp frågan igen om det ändras.",
            consulted=True,
            author=team.head.account,
            author_name=team.head.name,
            author_title=team.head.title,
            written_at=story.at(8, "15.20"),
        )
    )


def _met_today(story: PlanStory, team: Team) -> None:
    """A talk of the counsellor's with both homes, today."""
    meeting.invite(
        story, team.counsellor, story.moments.at(9, "10.30"), story.moments.today, "15.00",
        purpose="other", purpose_text="Hur vi går vidare i vår", units=(team.school, team.advice.unit),
        guardians=_parents(story), form="screen", place="Länken står i kallelsen från skolan",
    )  # fmt: skip


def _handed_back(story: PlanStory, team: Team) -> None:
    """Two days ago: the counsellor is to be away, and asks the head of the school; it waits."""
    handing.ask(
        story, team.counsellor, team.head, Handover.Kind.COORDINATION,
        "Jag är ledig från nästa månad och det mesta går bra nu. Tindra vet om det och vill att du håller ihop "
        "arbetet. Nästa uppföljning är bokad, och Jon vill ha en påminnelse dagen innan.",
        story.moments.at(2, "10.00"),
    )  # fmt: skip


def _until_now(story: PlanStory, team: Team) -> None:
    mother, father = _parents(story)
    story.status("kupolen", team.leisure, 72, Status.Value.ONGOING, "Kommer båda dagarna och övar.")
    story.status(
        "group",
        team.advice,
        84,
        Status.Value.DONE,
        "Åtta träffar gjorda. Tindra vill träffa två av barnen igen.",
    )
    story.read(team.mentor, 85)
    piano = story.entry(
        team.leisure, 88, Kind.NOTE,
        "Tindra vill spela på öppet hus om fyra veckor. Hon övar tisdagar och torsdagar; nyckeln ligger hos mig.",
        category=Category.PRACTICAL,
    )  # fmt: skip
    story.show(piano, team.leisure, guardians=(mother, father))
    story.status("homework", team.mentor, 92, Status.Value.ONGOING, "Behövs bara på onsdagar nu.")
    story.entry(
        team.counsellor, 98, Kind.CHILD_WORDS,
        "”Det är lugnare nu. Jag vill inte att de frågar mig om mamma hela tiden.” Tindra vill fundera på vem som får "
        "läsa det här.",
        clock="10.50",
    )  # fmt: skip
    late = story.entry(
        team.advice, 104, Kind.NOTE,
        "Samtal med Tora och Jon tillsammans. Middagarna fungerar sex dagar av sju. De vill glesa ut samtalen hos oss.",
    )  # fmt: skip
    story.show(late, team.advice, guardians=(mother, father), units=(team.counsellor.unit, team.school))
    story.status("evenings", team.advice, 105, Status.Value.ONGOING, "Glesas ut till en gång i månaden.")
    story.read(team.counsellor, 105, "opened_entry", late.pk)
    story.read(team.head, 109)
