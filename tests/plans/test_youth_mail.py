"""The youth's own mail: at the address that is hers, read when it is sent, and naming nobody."""

from __future__ import annotations

from django.core import mail
from django.db import connection, transaction

from people.models import YouthContact
from plans.models import PlanVersion
from plans.services.agreeing import agree_plan
from tests.database import as_loader
from tests.plans.test_deliveries import news, run, to
from tests.worlds import World


def test_a_youth_is_told_of_a_new_version_of_her_plan(world: World) -> None:
    """She who has an account of her own; so are her guardians, and nothing names anybody."""
    case = world.open_case(world.youth, "pupil_health", "kurator")
    plan = world.plan(case, "pupil_health", "kurator", rows=("pupil_health", None), agreed=False)
    with world.act("kurator") as actor:
        agree_plan(version=PlanVersion.objects.get(pk=plan.pk), by=actor)
    assert ("news_mail", "sent") in run()
    assert to() == [f"{name}@example.invalid" for name in ("far", "mor", "ungdom")]
    (hers,) = (message for message in mail.outbox if message.to == ["ungdom@example.invalid"])
    assert hers.subject == "Det finns något nytt att läsa"
    text = hers.subject + str(hers.body)
    names = (world.youth.given_name, world.youth.family_name, "Kurator", "pupil_health", str(case.pk))
    assert [name for name in names if name in text] == []


def test_a_youths_address_is_read_when_the_mail_is_sent(world: World) -> None:
    """The one that she has then; under sixteen and without one nothing is sent."""
    case = world.open_case(world.youth, "pupil_health", "kurator")
    release = world.release_to_youth(world.plan(case, "pupil_health", "kurator"))
    news(world, "ungdom", release.pk)
    with as_loader():
        YouthContact.objects.update(email="ny@example.invalid")
    run()
    assert to() == ["ny@example.invalid"]
    for change in ("update people_child set born_on = born_on + 60", "delete from people_youthcontact"):
        with transaction.atomic():
            with as_loader(), connection.cursor() as cursor:
                cursor.execute(change)
            news(world, "ungdom", release.pk, key=change)
            assert ("news_mail", "dropped") in run()
            transaction.set_rollback(True)
    assert to() == ["ny@example.invalid"]


def test_a_youths_address_is_hers_alone(world: World) -> None:
    """Not her guardian's and not her helpers', though they read her row."""
    world.open_case(world.youth, "pupil_health", "kurator")
    for username, seen in (("ungdom", 1), ("mor", 0), ("kurator", 0), ("admin", 0), (None, 0)):
        with world.act(username):
            assert YouthContact.objects.count() == seen, username
