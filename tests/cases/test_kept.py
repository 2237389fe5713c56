"""What a unit keeps to itself: hidden from one guardian, and notes of orosanmälningar."""

from __future__ import annotations

import pytest

from cases.models import Concern, Disclosure, Hiding, Version
from cases.queries.kept import concerns_of, hidings_due
from cases.services.concerns import ConcernText, correct_concern, note_concern
from cases.services.disclosing import share_version
from cases.services.entries import Audience
from kit.errors import Conflict, Refused
from notices.models import Outbox
from plans.models import Citation, Document, Goal
from plans.services.drafting import GoalText, PlanText, save_plan, start_plan
from plans.services.hiding import Reasoned, hide_entry, keep_hidden, lift_hiding
from plans.services.withdrawing import withdraw_consent
from tests.database import as_loader
from tests.worlds import Teamwork, World


@pytest.fixture
def team(world: World) -> Teamwork:
    return world.teamwork()


def why(world: World, days: int = 90) -> Reasoned:
    return Reasoned("Barnet kan fara illa.", world.day(days))


def hide(world: World, version: Version, guardian: str = "mamma") -> Hiding:
    with world.act("bvc") as actor:
        pk = world.guardians[guardian].pk
        return hide_entry(entry=version.entry, guardian_id=pk, why=why(world), by=actor)


def reads(world: World, username: str, version: Version) -> bool:
    with world.act(username) as actor:
        return Version.objects.visible_to(actor).filter(pk=version.pk).exists()


def test_hiding_ends_what_is_shown_and_bars_what_would_be(world: World, team: Teamwork) -> None:
    """The one guardian loses it at once, the unit that has it keeps it, nobody can show it her again."""
    assert reads(world, "mamma", team.note)
    hide(world, team.note)
    assert not reads(world, "mamma", team.note)
    assert reads(world, "logoped", team.note)
    with as_loader():
        assert Disclosure.objects.get(version=team.note, to_guardian=world.guardians["mamma"]).valid.upper
    audience = Audience(guardians=frozenset({world.guardians["mamma"].pk}))
    with world.act("bvc") as actor, pytest.raises(Refused) as refused:
        share_version(version=team.note, audience=audience, by=actor)
    assert refused.value.code == "hidden_from_guardian"


@pytest.mark.parametrize("username", ["logoped", "mamma", "bvc2"])
def test_only_the_owner_who_works_on_the_case_hides(world: World, team: Teamwork, username: str) -> None:
    with world.act(username) as actor, pytest.raises(Refused):
        hide_entry(entry=team.note.entry, guardian_id=world.guardians["pappa"].pk, why=why(world), by=actor)
    with world.act("bvc") as actor, pytest.raises(Refused):
        hide_entry(entry=team.note.entry, guardian_id=world.guardians["granne"].pk, why=why(world), by=actor)


def test_it_never_lifts_by_itself_and_waits_to_be_looked_over(world: World, team: Teamwork) -> None:
    """A line on Mitt arbete from two weeks before the day; years after it is still hidden."""
    hiding = hide(world, team.note)
    for days, due in ((70, 0), (77, 1), (2000, 1)):
        with world.act("bvc", at=world.days(days)) as actor:
            assert len(hidings_due(actor)) == due, days
        with world.act("mamma", at=world.days(days)) as actor:
            assert not Version.objects.visible_to(actor).filter(pk=team.note.pk).exists()
    with world.act("bvc2") as actor:
        assert hidings_due(actor) == []
    with world.act("bvc", at=world.days(80)) as actor:
        kept = keep_hidden(hiding=hiding, why=Reasoned("Fortfarande.", world.day(200)), by=actor)
        assert hidings_due(actor) == []
    with as_loader():
        before = Hiding.objects.get(pk=hiding.pk)
    assert (before.reason, before.lifted_by, kept.reason) == (
        "Barnet kan fara illa.", world.accounts["bvc"], "Fortfarande.",
    )  # fmt: skip


def test_lifted_by_hand_it_shows_nothing_by_itself(world: World, team: Teamwork) -> None:
    hiding = hide(world, team.note)
    with world.act("bvc") as actor:
        lift_hiding(hiding=hiding, by=actor)
    assert not reads(world, "mamma", team.note)
    with world.act("bvc") as actor:
        audience = Audience(guardians=frozenset({world.guardians["mamma"].pk}))
        share_version(version=team.note, audience=audience, by=actor)
    assert reads(world, "mamma", team.note)


def test_the_paper_is_emptied_at_once_and_no_mail_says_so(world: World, team: Teamwork) -> None:
    """What she holds is gone from her page in the same second; it is made again as of its day."""
    old, newest = (world.document(team.releases["mamma"]) for _ in range(2))
    of_pappa = world.document(team.releases["pappa"])
    hide(world, team.note)
    with as_loader():
        left = Document.objects.filter(release=team.releases["mamma"]).get()
        assert (left.pages, bytes(left.pdf), left.rendered_at) == (0, b"", newest.rendered_at)
        assert left.pk in {old.pk, newest.pk}
        assert Document.objects.get(pk=of_pappa.pk).pages
        assert set(Outbox.objects.values_list("kind", flat=True)) == {"plan_document"}
    page = world.client("mamma").get(f"/familj/{world.child.pk}/dokument/{left.pk}/")
    assert page.status_code == 404


def test_a_goal_keeps_what_it_builds_on_from_version_to_version(world: World, team: Teamwork) -> None:
    """Copied, rewritten, and also when what it builds on is closed to its writer: what is
    inherited is never lost, and never added past what one may read."""
    text = GoalText(lineage=Goal().lineage, text="Mål", cites=frozenset({team.note.pk, team.logoped_note.pk}))
    with world.act("bvc") as actor:
        draft = start_plan(case=team.case, kind="childs_plan", by=actor)
        save_plan(version=draft, text=PlanText(goals=(text,)), edit_no=draft.edit_no, by=actor)
        assert set(Citation.objects.values_list("cited", flat=True)) == {team.note.pk, team.logoped_note.pk}
    with as_loader():
        Disclosure.objects.filter(version=team.logoped_note).update(valid=(world.days(-2), world.days(-1)))
    with world.act("bvc") as actor:
        rewritten = GoalText(lineage=text.lineage, text="Målet", cites=frozenset())
        save_plan(version=draft, text=PlanText(goals=(rewritten,)), edit_no=1, by=actor)
        assert list(Citation.objects.values_list("cited", flat=True)) == [team.logoped_note.pk]
        other = GoalText(lineage=Goal().lineage, text="Nytt", cites=frozenset({team.logoped_note.pk}))
        with pytest.raises(Refused):
            save_plan(version=draft, text=PlanText(goals=(other,)), edit_no=2, by=actor)


# --- Orosanmälan -----------------------------------------------------------------------------


def made(world: World, **changes: object) -> ConcernText:
    values: dict[str, object] = {"what": "made", "happened_on": world.today, "reason": "Vi såg."}
    return ConcernText(**{**values, **changes})  # type: ignore[arg-type]


def test_a_note_is_corrected_by_a_new_version(world: World, team: Teamwork) -> None:
    """Also for the answer that comes later; who started from an older one overwrites nothing."""
    with world.act("bvc") as actor:
        first = note_concern(case=team.case, text=made(world), by=actor)
        answered = made(world, reply="opened", reply_on=world.today)
        second = correct_concern(concern=first, text=answered, by=actor)
        with pytest.raises(Conflict):
            correct_concern(concern=first, text=made(world, reason="Annat."), by=actor)
        (note,) = concerns_of(team.case.pk, actor)
    assert (note.newest, note.earlier) == (second, [first])
    with as_loader():
        assert Concern.objects.get(pk=first.pk).reply == ""


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": " "},
        {"what": "sent"},
        {"what": "considered", "reply": "opened"},
        {"reply": "opened"},
        {"reply": "why", "reply_on": True},
    ],
)
def test_only_the_three_lawful_answers(world: World, team: Teamwork, changes: dict[str, object]) -> None:
    """OSL 26:9 a: opened, not opened, ongoing; and only to what was made."""
    if "reply" in changes:
        changes = {
            **changes,
            "reply_on": world.today if changes.get("reply_on") or "what" in changes else None,
        }
    with world.act("bvc") as actor, pytest.raises(Refused):
        note_concern(case=team.case, text=made(world, **changes), by=actor)
    with world.act("bvc") as actor, pytest.raises(Refused):
        note_concern(case=team.case, text=made(world, happened_on=world.day(1)), by=actor)


def test_a_note_outlives_the_consent(world: World, team: Teamwork) -> None:
    """Taken back, the unit keeps what it noted, and the receipt says nothing of it."""
    with as_loader():
        Version.objects.filter(owner_unit=world.units["preschool"]).delete()
    with world.act("forskola") as actor:
        note_concern(case=team.case, text=made(world), by=actor)
    with world.act("mamma") as actor:
        closed = withdraw_consent(consent=team.consent, unit_ids=[world.units["preschool"].pk], by=actor)
    assert [vars(one).keys() for one in closed] == [{"unit": 0, "shown": 0, "plans": 0}.keys()]
    with world.act("forskola") as actor:
        assert [note.newest.reason for note in concerns_of(team.case.pk, actor)] == ["Vi såg."]
    with world.act("bvc") as actor:
        assert concerns_of(team.case.pk, actor) == []
