"""What a family answers about a plan: who may, and as whom; for each child by itself."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import ProgrammingError, transaction

from access.roles import Role
from audit.models import Event
from cases.services.consents import answer_consent
from consent.models import Answer
from kit.errors import Refused
from people.models import Child
from plans.deliveries import _releases_to
from plans.models import FamilyReply, PlanVersion, Release
from plans.queries.family import own_replies
from plans.services.agreeing import reply_for_family
from plans.services.withdrawing import withdraw_consent
from tests.database import as_loader
from tests.worlds import World


@dataclass(frozen=True)
class Parent:
    """A youth of 17, ``ung``, who has a child of her own: each of them with a plan shown to her."""

    world: World
    herself: Child
    child: Child
    own_plan: PlanVersion
    childs_plan: PlanVersion
    releases: frozenset[object]


@pytest.fixture
def parent(world: World) -> Parent:
    guardian = world.add_guardian("ung")
    herself = world.add_child("ung", world.born(17), ("mor",))
    with as_loader():
        Child.objects.filter(pk=herself.pk).update(account=guardian.account)
    child = world.add_child("bebis", world.born(0), ("ung",))
    own_plan = world.plan(world.open_case(herself))
    childs_plan = world.plan(world.open_case(child))
    releases: list[Release] = [
        world.release(own_plan, to_child=herself),
        world.release(own_plan, to_guardian="mor"),
        world.release(childs_plan, to_guardian="ung"),
    ]
    hers = frozenset(release.pk for release in (releases[0], releases[2]))
    return Parent(world, herself, child, own_plan, childs_plan, hers)


def replies() -> set[tuple[object, object, object]]:
    """Version, guardian and child of each answer."""
    with as_loader():
        return set(FamilyReply.objects.values_list("version", "guardian", "child"))


def test_a_youth_with_a_child_answers_as_each(parent: Parent) -> None:
    """As the guardian about her child's plan, as the child about her own."""
    with parent.world.act("ung") as actor:
        assert actor.role is Role.GUARDIAN
        for version in (parent.own_plan, parent.childs_plan):
            reply_for_family(version=version, value="yes", comment="", by=actor)
        own = own_replies(parent.herself.pk, actor)
        childs = own_replies(parent.child.pk, actor)
    guardian = parent.world.guardians["ung"].pk
    assert replies() == {
        (parent.own_plan.pk, None, parent.herself.pk),
        (parent.childs_plan.pk, guardian, None),
    }
    assert [reply.version_id for reply in own] == [parent.own_plan.pk]
    assert [reply.version_id for reply in childs] == [parent.childs_plan.pk]


def test_she_gets_the_documents_of_both(parent: Parent) -> None:
    with parent.world.act("ung") as actor:
        assert set(_releases_to(actor).values_list("pk", flat=True)) == parent.releases


@pytest.mark.parametrize("own", [True, False])
def test_the_database_knows_as_whom(parent: Parent, own: bool) -> None:
    """Not as the guardian of herself, nor as a child about somebody else's plan."""
    version = parent.own_plan if own else parent.childs_plan
    who = {"guardian": parent.world.guardians["ung"]} if own else {"child": parent.herself}
    with (
        parent.world.act("ung") as actor,
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        FamilyReply.objects.create(
            version=version, case=version.case, owner_unit=version.owner_unit, value="no",
            replied_at=actor.at, **who,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("username", "code"),
    [("bvc", "role_may_not"), ("granne", "not_of_the_family"), ("far", "not_of_the_family")],
)
def test_nobody_else_answers(parent: Parent, username: str, code: str) -> None:
    """Staff by their role; a guardian of other children, and one whose custody is contested."""
    parent.world.add_guardianship("far", parent.herself, contested=True)
    with parent.world.act(username) as actor, pytest.raises(Refused) as caught:
        reply_for_family(version=_known(parent), value="yes", comment="", by=actor)
    assert caught.value.code == code
    assert replies() == set()


def _known(parent: Parent) -> PlanVersion:
    """The plan of somebody whom the one who tries can't read, as if she had come by it."""
    version = parent.own_plan
    version.case.child = parent.herself
    return version


# --- Consent ---------------------------------------------------------------------------------


def test_a_youth_with_a_child_answers_consent_for_both(parent: Parent) -> None:
    """Her child's as its guardian, her own as the child, and only hers."""
    world = parent.world
    consents = [
        world.consent(version.case, "bvc", "logoped", state="waiting")
        for version in (parent.own_plan, parent.childs_plan)
    ]
    for consent in consents:
        with world.act("ung") as actor:
            hers = {answer.pk: "yes" for answer in Answer.objects.filter(scope__consent=consent)}
            assert len(hers) == 2
            answer_consent(consent=consent, replies=hers, by=actor)
    with as_loader():
        said = set(Answer.objects.filter(reply="yes").values_list("guardian", "child"))
        assert Answer.objects.filter(reply="", guardian=world.guardians["mor"]).count() == 2
    assert said == {(world.guardians["ung"].pk, None), (None, parent.herself.pk)}


@pytest.mark.parametrize(("username", "code"), [("bvc", "role_may_not"), ("granne", "not_of_the_family")])
def test_nobody_else_answers_or_takes_back(world: World, username: str, code: str) -> None:
    consent = world.consent(world.open_case(), "bvc", "logoped", state="waiting")
    consent.child = world.child
    with as_loader():
        answers = {answer.pk: "yes" for answer in Answer.objects.all()}
    with world.act(username) as actor:
        with pytest.raises(Refused) as caught:
            answer_consent(consent=consent, replies=answers, by=actor)
        assert caught.value.code == code
        with pytest.raises(Refused) as caught:
            withdraw_consent(consent=consent, unit_ids=[world.units["logoped"].pk], by=actor)
        assert caught.value.code == code
    with as_loader():
        assert not Answer.objects.exclude(reply="").exists()
        assert not Event.objects.filter(action="consent_answered").exists()
