"""The arbetsledare: heads, content for a purpose and 24 hours, colleagues."""

from __future__ import annotations

from typing import Any

import pytest

from audit.models import Event
from cases.models import Assignment, Case, GrantPeriod, Process
from tests.database import as_loader
from tests.worlds import World

CONTENT = (
    "handelser/",
    "personer/",
    "logg/",
    "hjul/",
    "plan/",
    "samtycke/",
    "vem-ser-vad/",
    "anteckning/ny/",
)


@pytest.fixture
def case(world: World) -> Case:
    """A case of the lead's unit that she doesn't work on."""
    case = world.open_case(next_step="talk", next_on=world.day(3))
    world.entry("bvc", "bvc", case, body="Pratar lite.")
    return case


def text_of(response: Any) -> str:
    """The page."""
    return str(response.content.decode())


def test_the_head_and_no_content(world: World, case: Case) -> None:
    """Name, step, responsible, next date; every page of content is a 404."""
    client = world.client("bvc-ledare")
    page = text_of(client.get(f"/barn/{case.pk}/"))
    for part in ("Barn Familjesson", "Uppmärksamma", "Bvc Testsson", "Prata med familjen"):
        assert part in page
    assert "Pratar lite." not in page
    assert "Mamma" not in page
    for below in CONTENT:
        assert client.get(f"/barn/{case.pk}/{below}").status_code == 404, below
    with as_loader():
        head = Event.objects.get(kind="read")
    assert (head.action, head.child) == ("opened_head", None)


def test_content_opens_for_a_purpose_and_a_day(world: World, case: Case) -> None:
    """A few words are asked for; then it is open for 24 hours, and stands in the log."""
    client = world.client("bvc-ledare")
    address = f"/barn/{case.pk}/oppna/"
    assert "24 timmar" in text_of(client.get(address))
    for purpose in ("", "nej", "          "):
        answer = client.post(address, {"purpose": purpose})
        assert answer.status_code == 422
        assert "Skriv med några ord varför" in text_of(answer)
    page = text_of(client.post(address, {"purpose": "Vikarierar för Ines, som är sjuk."}, follow=True))
    assert "öppet för dig i 24 timmar" in page
    assert "Pratar lite." in page
    assert client.get(address).status_code == 302
    with as_loader():
        opened = Assignment.objects.get(user=world.accounts["bvc-ledare"])
        assert (opened.valid.upper - opened.valid.lower).total_seconds() == 24 * 3600
        assert Event.objects.filter(action="opened_as_lead", child=world.child.pk).count() == 1
    with world.act("bvc-ledare", at=world.days(2)) as actor:
        assert not Case.objects.worked_on_by(actor).exists()


def test_a_colleague_is_assigned(world: World, case: Case) -> None:
    """From then on she works with the child; only the unit's own can be chosen."""
    client = world.client("bvc-ledare")
    address = f"/barn/{case.pk}/tilldela/"
    page = text_of(client.get(f"/barn/{case.pk}/"))
    assert "Bvc2 Testsson" in page
    assert "Soc Testsson" not in page
    assert world.client("bvc2").get(f"/barn/{case.pk}/").status_code == 404
    for wrong in ("", "nonsense", str(world.accounts["soc"].pk)):
        answer = client.post(address, {"account": wrong})
        assert answer.status_code == 422, wrong
        assert "<title>Fel:" in text_of(answer)
    answer = client.post(address, {"account": str(world.accounts["bvc2"].pk)}, follow=True)
    assert "Bvc2 Testsson kan arbeta med barnet nu" in text_of(answer)
    assert "Pratar lite." in text_of(world.client("bvc2").get(f"/barn/{case.pk}/"))


def test_a_lead_who_chooses_herself_says_why(world: World, case: Case) -> None:
    """The form asks; what was typed stays; the family then reads why, in the log."""
    client, me = world.client("bvc-ledare"), str(world.accounts["bvc-ledare"].pk)
    address = f"/barn/{case.pk}/tilldela/"
    assert f'data-only-with="account={me}"' in text_of(client.get(f"/barn/{case.pk}/"))
    answer = client.post(address, {"account": me, "reason": "Kort."})
    assert answer.status_code == 422
    assert "Skriv med några ord varför du behöver arbeta med barnet." in text_of(answer)
    assert "Kort." in text_of(answer)
    assert f'data-only-with="account={me}"' in text_of(answer)
    why = "Tar över efter Ines, som har slutat."
    assert "Pratar lite." in text_of(client.post(address, {"account": me, "reason": why}, follow=True))
    assert why not in text_of(client.get(f"/barn/{case.pk}/logg/"))
    assert "Tilldelade sig själv som arbetsledare" in text_of(client.get(f"/barn/{case.pk}/logg/"))
    log = text_of(world.client("mamma").get(f"/familj/{world.child.pk}/vem-har-last/"))
    assert "Började arbeta med barnet, som chef för verksamheten" in log
    assert f"Varför: {why}" in log


def test_a_lead_who_works_on_the_case_assigns_from_the_people(world: World, case: Case) -> None:
    """She sees no head page, so the form stands there; for others it doesn't."""
    world.assign("bvc-ledare", "bvc", case)
    form = f'action="/barn/{case.pk}/tilldela/"'
    assert form in text_of(world.client("bvc-ledare").get(f"/barn/{case.pk}/personer/"))
    assert form not in text_of(world.client("bvc").get(f"/barn/{case.pk}/personer/"))
    answer = world.client("bvc-ledare").post(
        f"/barn/{case.pk}/tilldela/", {"account": str(world.accounts["bvc2"].pk)}
    )
    assert answer["Location"] == f"/barn/{case.pk}/?tilldelad={world.accounts['bvc2'].pk}"


def test_an_assignment_is_ended(world: World, case: Case) -> None:
    """After a page that says what happens; she is a stranger from then on, and can be chosen again."""
    world.assign("bvc2", "bvc", case)
    client, colleague = world.client("bvc-ledare"), world.accounts["bvc2"].pk
    address = f"/barn/{case.pk}/tilldela/{colleague}/ta-bort/"
    head = text_of(client.get(f"/barn/{case.pk}/"))
    assert f'href="{address}"' in head
    assert f'value="{colleague}"' not in head  # she works here already
    assert "Ska Bvc2 Testsson sluta arbeta med barnet?" in text_of(client.get(address))
    assert world.client("bvc2").get(f"/barn/{case.pk}/").status_code == 200
    assert "arbetar inte längre med barnet" in text_of(client.post(address, follow=True))
    assert world.client("bvc2").get(f"/barn/{case.pk}/").status_code == 404
    assert client.get(address).status_code == 404
    assert f'value="{colleague}"' in text_of(client.get(f"/barn/{case.pk}/"))
    with as_loader():
        assert Event.objects.get(action="unassigned").case == case.pk
        assert GrantPeriod.objects.filter(account=colleague).exists()


def test_the_responsible_is_never_taken_away(world: World, case: Case) -> None:
    responsible = world.accounts["bvc"].pk
    answer = world.client("bvc-ledare").post(f"/barn/{case.pk}/tilldela/{responsible}/ta-bort/")
    assert answer.status_code == 403
    assert "Din kollega är ansvarig för ärendet." in text_of(answer)
    assert 'aria-label="Huvudmeny"' in text_of(answer)  # the door's own menu stays
    assert world.client("bvc").get(f"/barn/{case.pk}/").status_code == 200


def test_what_is_opened_says_when_it_closes(world: World, case: Case) -> None:
    client = world.client("bvc-ledare")
    client.post(f"/barn/{case.pk}/oppna/", {"purpose": "Vikarierar för Ines, som är sjuk."})
    for page in ("", "personer/"):
        assert "Öppnat av arbetsledare: stängs " in text_of(client.get(f"/barn/{case.pk}/{page}"))
    assert "stängs" not in text_of(world.client("bvc").get(f"/barn/{case.pk}/"))


def test_the_units_late_cases_stand_on_the_leads_first_page(world: World, case: Case) -> None:
    """And "nothing waits" is not said beside it."""
    with as_loader():
        Process.objects.filter(case=case).update(next_on=world.day(-3))
    page = text_of(world.client("bvc-ledare").get("/mitt-arbete/"))
    assert "1 av enhetens ärenden är försenat." in page
    assert "Inget väntar på dig" not in page
    assert "enhetens ärenden" not in text_of(world.client("bvc2").get("/mitt-arbete/"))


def test_who_does_not_lead_is_refused_with_the_reason(world: World, case: Case) -> None:
    """She may read the case, so it is a 403 in plain words and not a 404."""
    client = world.client("bvc")
    for answer in (
        client.get(f"/barn/{case.pk}/oppna/"),
        client.post(f"/barn/{case.pk}/oppna/", {"purpose": "Jag vill läsa."}),
        client.post(f"/barn/{case.pk}/tilldela/", {"account": str(world.accounts["bvc2"].pk)}),
    ):
        assert answer.status_code == 403
        assert "Din roll får inte göra det här" in text_of(answer)
    with as_loader():
        assert Assignment.objects.count() == 1


@pytest.mark.parametrize("username", ["soc-ledare", "rektor", "bvc2", "soc-vaxjo", "polis", "mamma", "admin"])
def test_another_units_lead_is_a_stranger(world: World, case: Case, username: str) -> None:
    """404 for the head, for opening and for assigning."""
    client = world.client(username)
    assert client.get(f"/barn/{case.pk}/").status_code == 404
    assert client.get(f"/barn/{case.pk}/oppna/").status_code == 404
    purpose = {"purpose": "Jag vill gärna läsa."}
    assert client.post(f"/barn/{case.pk}/oppna/", purpose).status_code == 404
    assert client.post(f"/barn/{case.pk}/tilldela/", {"account": "x"}).status_code == 404


# --- Where her unit has only what is its own ------------------------------------------------------


@pytest.fixture
def reader(world: World, case: Case) -> Case:
    """The same case: the social services are shown a note of it without consent, and nobody there works
    on it."""
    world.participate("social", case, kind="own")
    return case


def test_the_lead_of_a_unit_that_only_reads_hands_it_on(world: World, reader: Case) -> None:
    """She sees that there is a case, and for whom; nothing of how it stands with the others, and nothing
    that is written. She lets a colleague read, and takes it from her again."""
    client, colleague = world.client("soc-ledare"), world.accounts["soc"].pk
    address = f"/barn/{reader.pk}/"
    assert f'href="{address}"' in text_of(client.get("/enheten/"))
    page = text_of(client.get(address))
    assert "Barn Familjesson" in page
    assert "Ingen än" in page
    for part in ("<dt>Steg</dt>", "Bvc Testsson", "Prata med familjen", "Pratar lite.", "handelser/"):
        assert part not in page, part
    for below in CONTENT:
        assert client.get(address + below).status_code == 404, below
    assert world.client("soc").get(address).status_code == 404
    answer = text_of(client.post(f"{address}tilldela/", {"account": str(colleague)}, follow=True))
    assert "Soc Testsson kan arbeta med barnet nu" in answer
    assert "Din enhet deltar inte nu" in text_of(world.client("soc").get(address))
    assert client.post(f"{address}tilldela/{colleague}/ta-bort/").status_code == 302
    assert world.client("soc").get(address).status_code == 404


def test_she_opens_what_is_her_units_own_for_a_purpose(world: World, reader: Case) -> None:
    """For a day, as any content; then she reads what her unit has been shown and no more, once."""
    client, address = world.client("soc-ledare"), f"/barn/{reader.pk}/"
    purpose = {"purpose": "Ingen här har läst det än."}
    for _ in range(2):
        page = text_of(client.post(f"{address}oppna/", purpose, follow=True))
        assert "Din enhet deltar inte nu" in page
    assert "Öppnat av arbetsledare: stängs " in page
    assert "Tilldela en kollega" in page
    assert "Pratar lite." not in page
    with as_loader():
        assert Assignment.objects.filter(user=world.accounts["soc-ledare"]).count() == 1
    with world.act("soc-ledare", at=world.days(2)) as actor:
        assert not Process.objects.visible_to(actor).exists()
        assert not Process.objects.exists()


def test_where_it_takes_part_no_more_she_sees_nothing(world: World, case: Case) -> None:
    world.participate("social", case, kind="own", valid=(world.days(-9), world.days(-1)))
    assert world.client("soc-ledare").get(f"/barn/{case.pk}/").status_code == 404
    assert world.client("rektor").get(f"/barn/{case.pk}/").status_code == 404


def test_a_closed_case_is_none_of_hers_there_either(world: World, reader: Case) -> None:
    reason = {"reason": "Barnahus håller i samrådet nu."}
    assert world.client("bvc-ledare").post(f"/barn/{reader.pk}/skydd/las/", reason).status_code == 302
    assert world.client("soc-ledare").get(f"/barn/{reader.pk}/").status_code == 404
