"""New versions of the legal grounds: proposed, seen beside what holds, signed or declined, and who may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from access.reasons import Reason
from audit.models import Event
from consent.law import law_at
from consent.models import LegalBasis, Standing
from consent.proposals import Proposal, Wording, decline_version, propose_version, sign_version
from kit.errors import Refused
from tests.database import as_loader
from tests.web.counting import statements
from tests.web.desk.test_entries import text_of
from tests.worlds import Teamwork, World

B6 = "/lagstod/B6/"
WHY = "Riksdagen har höjt åldern."


def filled(world: World, code: str = "B6", **changes: Any) -> dict[str, Any]:
    """The form as it comes, with ``changes``."""
    with as_loader():
        row = LegalBasis.objects.filter(code=code).order_by("no")[0]
    values = {name: getattr(row, name) for name in Wording.__dataclass_fields__}
    values |= {"starts_on": world.today.isoformat(), "why": WHY, "based_on": 1} | changes
    return {name: value for name, value in values.items() if value not in (None, False)}


def rows(code: str = "B6") -> list[LegalBasis]:
    with as_loader():
        return list(LegalBasis.objects.filter(code=code).order_by("no"))


def proposal(world: World, code: str = "B6", **changes: Any) -> Proposal:
    """What an administrator proposes: the first version with ``changes``."""
    (first, *_) = rows(code)
    own = {"based_on": 1, "starts_on": world.today, "why": WHY}
    values = {name: changes.pop(name, value) for name, value in own.items()}
    wording = Wording(
        **{n: changes.get(n, getattr(Wording.of(first), n)) for n in Wording.__dataclass_fields__}
    )
    return Proposal(code, wording=wording, **values)


def test_from_proposal_to_law(world: World) -> None:
    """Two pages for the administrator, one for the lawyer; the change holds from the signature."""
    admin, lawyer = world.client("admin"), world.client("jurist")
    change = filled(world, child_under="21")
    confirm = admin.post(f"{B6}ny/", change)
    text = text_of(confirm)
    assert confirm.status_code == 200 and len(rows()) == 1  # noqa: PT018
    assert "Det som skiljer från version 1" in text and WHY in text  # noqa: PT018
    assert "[tillagt:" in text and "Socialtjänsten" not in text  # what is the same is not said  # noqa: PT018
    back = admin.post(f"{B6}ny/", change | {"change": "1"})
    assert back.status_code == 200 and 'value="21"' in text_of(back)  # noqa: PT018
    assert admin.post(f"{B6}ny/", change | {"confirmed": "1"})["Location"] == B6
    (_, waiting) = rows()
    assert (waiting.no, waiting.child_under, waiting.signed_at) == (2, 21, None)
    assert "En ny version väntar på en jurist" in text_of(admin.get(B6))
    assert "Föreslå en ny version" not in text_of(admin.get(B6))
    assert "1 ny version av ett lagstöd väntar" in text_of(lawyer.get("/mitt-arbete/"))
    assert "B6 · Barnet behöver" in text_of(lawyer.get("/lagstod/")).split("Gäller")[0]
    assert law_at(world.at).bases["B6"].child_under == 18
    signed = lawyer.post(f"{B6}2/", {"sign": "1"})
    assert signed["Location"] == B6
    assert "Underskrivet. Den nya versionen gäller från" in text_of(lawyer.get(B6))
    assert law_at(world.at + timedelta(minutes=1)).bases["B6"].child_under == 21
    history = text_of(admin.get(B6))
    assert "Föreslaget av Admin Testsson" in history and "Underskrivet av Jurist Testsson" in history  # noqa: PT018
    assert "Ersatt" in history
    with as_loader():
        told = list(Event.objects.filter(object=waiting.pk).order_by("sequence"))
    assert [one.action for one in told] == ["law_proposed", "law_signed"]
    assert all(one.detail == {"basis": "B6", "version": "2"} for one in told)
    assert WHY not in str([one.detail for one in told])


def test_declined_with_a_reason(world: World) -> None:
    """It never holds, and whoever proposed it reads why; then another can be proposed."""
    row, lawyer = world.law_version("B6", child_under=21), world.client("jurist")
    empty = lawyer.post(f"{B6}2/", {"decline": "1", "because": " "})
    assert empty.status_code == 422 and "Skriv varför du inte skriver under" in text_of(empty)  # noqa: PT018
    assert lawyer.post(f"{B6}2/", {"decline": "1", "because": "Inte beslutat än."}).status_code == 302
    page = text_of(world.client("admin").get(B6))
    assert "Avböjt av Jurist Testsson" in page and "Inte beslutat än." in page  # noqa: PT018
    assert "Föreslå en ny version" in page
    assert law_at(world.at + timedelta(days=1)).bases["B6"].child_under == 18
    assert "Din bedömning" not in text_of(lawyer.get(f"{B6}2/"))
    with as_loader():
        (event,) = Event.objects.filter(action="law_declined")
    assert event.object == row.pk and "beslutat" not in str(event.detail)  # noqa: PT018


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "Inget är ändrat"),
        ({"text": ""}, "Skriv vad lagstödet säger"),
        ({"owners": []}, "Välj vems sekretess det bryter"),
        ({"needs": []}, "Välj minst en sak som måste fyllas i."),
        ({"needs": ["consent", "support"]}, "krävs av lagstödet B1"),
        ({"needs": ["duty"]}, "nämner ingen lag"),
        ({"child_under": "21", "starts_on": "2025-07-01"}, "kan inte börja gälla före i dag"),
        ({"child_under": "0"}, "1"),
        ({"child_under": "21", "why": " "}, "Skriv varför det ändras"),
        ({"owners": ["SOC", "FR"]}, "Familjerådgivning"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    world: World, changes: dict[str, Any], says: str
) -> None:
    answer = world.client("admin").post(
        f"{B6}ny/", filled(world, name="Ett annat namn") | changes if changes else filled(world)
    )
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert not changes or 'value="Ett annat namn"' in text_of(answer)
    assert len(rows()) == 1


def test_a_row_and_the_tables_filters_say_the_same_of_it(world: World) -> None:
    """``standing`` of a row, and ``decided`` and ``waiting`` of all."""
    world.law_version("B3", declined=True)
    world.law_version("B3", 3)
    world.law_version("B9", signed=True)
    with as_loader():
        everything = set(LegalBasis.objects.all())
        decided, waiting = set(LegalBasis.objects.decided()), set(LegalBasis.objects.waiting())
    assert decided == {row for row in everything if row.standing == Standing.DECIDED}
    assert waiting == {row for row in everything if row.standing == Standing.WAITING}
    assert {(row.code, row.no) for row in everything - decided - waiting} == {("B3", 2)}


def test_one_at_a_time_and_from_the_latest(world: World) -> None:
    """While one waits no other is proposed; and nobody proposes from what no longer holds."""
    with world.act("admin") as admin:
        propose_version(proposal=proposal(world, child_under=21), by=admin)
        with pytest.raises(Refused) as refused:
            propose_version(proposal=proposal(world, child_under=20), by=admin)
    assert refused.value.code == Reason.LAW_WAITS_ALREADY
    with world.act("jurist") as lawyer:
        sign_version(version=rows()[1], by=lawyer)
        with pytest.raises(Refused) as refused:
            sign_version(version=rows()[1], by=lawyer)
    assert refused.value.code == Reason.LAW_JUDGED
    with world.act("admin") as admin:
        with pytest.raises(Refused, match="under tiden"):
            propose_version(proposal=proposal(world, child_under=20), by=admin)
        assert propose_version(proposal=proposal(world, child_under=20, based_on=2), by=admin).no == 3


def test_a_later_day_waits_for_its_day(world: World) -> None:
    """Signed today for next month: until then the old version holds, and none begins before it."""
    later = world.day(40)
    with world.act("admin") as admin:
        row = propose_version(proposal=proposal(world, child_under=21, starts_on=later), by=admin)
    with world.act("jurist") as lawyer:
        sign_version(version=row, by=lawyer)
    assert law_at(world.days(39)).bases["B6"].child_under == 18
    assert law_at(world.days(41)).bases["B6"].child_under == 21
    assert "Börjar senare" in text_of(world.client("admin").get(B6))
    with world.act("admin") as admin, pytest.raises(Refused) as refused:
        propose_version(proposal=proposal(world, child_under=20, based_on=2), by=admin)
    assert refused.value.code == Reason.LAW_STARTS_TOO_EARLY


def test_who_may(world: World) -> None:
    """An administrator proposes and never signs; a lawyer signs, never what she proposed herself."""
    row = world.law_version("B6", child_under=21)
    own = world.law_version("B5", name="x", proposed_by_id=world.accounts["jurist"].pk)
    with world.act("admin") as admin, pytest.raises(Refused) as refused:
        sign_version(version=row, by=admin)
    assert refused.value.code == Reason.SIGNED_BY_LAWYER
    with world.act("jurist") as lawyer:
        with pytest.raises(Refused) as refused:
            sign_version(version=own, by=lawyer)
        assert refused.value.code == Reason.LAW_NOT_ONES_OWN
        with pytest.raises(Refused):
            propose_version(proposal=proposal(world, "B4", name="x"), by=lawyer)
        with pytest.raises(Refused, match="varför"):
            decline_version(version=row, because=" ", by=lawyer)
    page = text_of(world.client("admin").get(f"{B6}2/"))
    assert "Bara en jurist kan skriva under" in page and "Din bedömning" not in page  # noqa: PT018
    assert "En annan jurist" in text_of(world.client("jurist").get("/lagstod/B5/2/"))


@pytest.mark.parametrize("username", ["bvc", "soc-ledare", "enhetsadmin", "dataskydd", "styrgrupp", "mamma"])
def test_what_waits_is_nobody_elses(world: World, username: str) -> None:
    """Neither by the filter nor by the database; what is signed is everybody's."""
    world.law_version("B6", child_under=21)
    world.law_version("B4", signed=True, name="x")
    with world.act(username) as actor:
        filtered = LegalBasis.objects.visible_to(actor).filter(no=2)
        assert list(filtered.values_list("code", flat=True)) == ["B4"]
        assert list(LegalBasis.objects.filter(no=2).values_list("code", flat=True)) == ["B4"]
    assert world.client(username).get("/lagstod/").status_code in {404, 302}


def test_an_older_decision_keeps_its_words_and_waits_in_vain(world: World) -> None:
    """What was decided is told in the words of its version; what still waits for a signature is
    decided anew when the ground has another wording."""
    team: Teamwork = world.teamwork()
    waiting = world.waits_for_signature(team.closed_note, "school", by="bvc2", second="colleague")
    world.law_version("B2", signed=True, name="Ett nytt namn")
    browser, case = world.client("bvc"), team.case.pk
    tests = f"/barn/{case}/anteckning/{team.closed_note.entry_id}/menprovningar/"
    sign = f"/barn/{case}/skriv-under/{waiting.pk}/"
    page = text_of(browser.get(sign))
    assert "Uppgiften är inte hemlig här" in page and "Ett nytt namn" not in page  # noqa: PT018
    assert "Lagstödet har fått en ny lydelse" in page and "Skriv under och visa" not in page  # noqa: PT018
    assert browser.post(sign, {"sign": "1"}).status_code == 403
    assert browser.post(sign, {"refuse": "1", "because": "Lagstödet har ändrats."}).status_code == 302
    assert "Uppgiften är inte hemlig här" not in text_of(
        browser.get("/vad-far-jag-dela/?till=SKOLA&om=harmless")
    )
    assert "Ett nytt namn" not in text_of(browser.get(tests))


def test_the_list_costs_the_same_for_many_versions(world: World) -> None:
    """One that waits or four, and none or three declined."""
    browser = world.client("jurist")
    world.law_version("B3")
    before = len(statements(browser, "/lagstod/"))
    for code in ("B4", "B6", "B9"):
        world.law_version(code, declined=True)
        world.law_version(code, 3)
    assert len(statements(browser, "/lagstod/")) == before
