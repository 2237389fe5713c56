"""The family's PDF: made as its recipient, of what she may see and nothing else."""

from __future__ import annotations

import hashlib
import io
from datetime import date, timedelta
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from cases.models import Process
from cases.wheel import Perspective, Sector, SectorScore, Wheel
from consent.models import Scope
from notices import services
from notices.models import Delivery
from people.models import Guardianship
from plans.models import Document, Goal, Insats, Plan, PlanVersion, Release
from tests.database import as_loader
from tests.worlds import World

# Enough on a machine that does much else.
MINUTE = timedelta(minutes=1)

WORDS = "Jag vill leka med Bo."
HARD = "Blir inte förstådd i leken."


@pytest.fixture
def plan(world: World) -> PlanVersion:
    """An agreed plan over three units, with a wheel and the child's words, shown to both guardians."""
    case = world.open_case(state="implementing")
    world.consent(case, "bvc", "logoped", "preschool")
    wheel = world.entry("bvc", "bvc", case, "wheel", data=scores(3, hard=HARD))
    before = world.entry("bvc", "bvc", case, "wheel", data=scores(2), happened_on=world.day(-90))
    words = world.entry("bvc", "bvc", case, "child_words", body=WORDS)
    for version in (wheel, before, words):
        world.show(version, to_guardian="mamma")
    agreed = agreed_plan(world, case, wheel=wheel, child_words=words)
    for guardian in ("mamma", "pappa"):
        world.release(agreed, to_guardian=guardian)
    return agreed


def scores(value: int, hard: str = "") -> dict[str, Any]:
    seen = [SectorScore(sector, value if sector != Sector.RESPONSIBLE else None) for sector in Sector]
    seen[2] = SectorScore(Sector.ACHIEVING, value, works="Leker länge.", hard=hard)
    return Wheel(Perspective.PROFESSIONAL, tuple(seen)).data()


def agreed_plan(world: World, case: Any, **cited: Any) -> PlanVersion:
    bvc = world.units["bvc"]
    at_once: dict[str, Any] = {"case": case, "owner_unit": bvc}
    with as_loader():
        plan = Plan.objects.create(
            **at_once, state="agreed", created_by=world.accounts["bvc"], created_at=world.at
        )
        version = PlanVersion.objects.create(
            plan=plan, **at_once, no=1, edited_at=world.at, next_follow_up_on=date(2027, 3, 2), **cited
        )
        at_once["version"] = version
        goal = Goal.objects.create(
            **at_once, position=0, text="Bli förstådd på förskolan", sign="Andra barn svarar honom."
        )
        for position, (unit, name, title, what) in enumerate(
            (
                ("bvc", "Ines Flodmark", "BVC-sjuksköterska", "Ringa familjen varannan vecka"),
                ("logoped", "Loke Asperud", "logoped", "Språklek en gång i veckan"),
                ("preschool", "Maj Trollvik", "specialpedagog", "Bilder i hallen"),
            )
        ):
            Insats.objects.create(
                **at_once,
                goal=goal if unit != "preschool" else None,
                position=position,
                what=what,
                unit=world.units[unit],
                unit_name=world.units[unit].name,
                contact_name=name,
                contact_title=title,
                contact_phone="010-123 45 67",
                starts_on=date(2026, 12, 1),
                due_on=date(2027, 2, 28),
            )
        Insats.objects.create(**at_once, position=9, what="Läsa tillsammans på kvällen")
        version.agreed_at, version.agreed_by = world.at, world.accounts["bvc"]
        version.save(update_fields=["agreed_at", "agreed_by"])
    return version


def release_to(version: PlanVersion, guardian: str, world: World) -> Release:
    with as_loader():
        return Release.objects.get(version=version, to_guardian=world.guardians[guardian])


def ordered(world: World, release: Release, username: str, key: str = "k") -> str:
    """Order the document and sweep; return how it ended."""
    with world.act("bvc") as actor:
        services.queue(
            by=actor,
            recipient=world.accounts[username].pk,
            kind="plan_document",
            key=key,
            subject=release.pk,
        )
    services.sweep(claims_for=MINUTE)
    with as_loader():
        return Delivery.objects.get(outbox__key=key, outbox__recipient__username=username).result


def newest(release: Release, *, after: Document | None = None) -> Document:
    with as_loader():
        return Document.objects.filter(release=release).exclude(pk__in=[after.pk] if after else []).get()


def text_of(document: Document) -> str:
    """What one reads, with line breaks as spaces."""
    pages = pypdfium2.PdfDocument(bytes(document.pdf))
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    return " ".join(text.replace("\u00ad", "").replace("\ufffe", "").split())


def test_the_guardian_gets_the_plan_as_agreed(world: World, plan: PlanVersion) -> None:
    release = release_to(plan, "mamma", world)
    assert ordered(world, release, "mamma") == "sent"
    document = newest(release)
    text = text_of(document)
    for words in (
        "Plan för Barn",
        "Version 1, överenskommen",
        "Bli förstådd på förskolan",
        "Andra barn svarar honom.",
        "Ringa familjen varannan vecka",
        "Loke Asperud, logoped",
        "från 1 december 2026 till och med 28 februari 2027",
        "Det gör vi också",
        "Bilder i hallen",
        "Läsa tillsammans på kvällen",
        "2 mars 2027",
        "010-123 45 67",
        WORDS,
        HARD,
        "Förra gången",
        "112",
    ):
        assert words in text, words
    assert "Pausad" not in text
    assert document.sha256 == hashlib.sha256(bytes(document.pdf)).hexdigest()


def test_it_is_an_accessible_document_of_so_many_pages(world: World, plan: PlanVersion) -> None:
    release = release_to(plan, "mamma", world)
    ordered(world, release, "mamma")
    document = newest(release)
    with pikepdf.open(io.BytesIO(bytes(document.pdf))) as pdf:
        assert document.pages == len(pdf.pages)
        assert pdf.Root.Lang == "sv"
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert "Barn" in about["dc:title"]


def test_wheel_and_childs_words_only_where_they_are_shown(world: World, plan: PlanVersion) -> None:
    release = release_to(plan, "pappa", world)
    assert ordered(world, release, "pappa") == "sent"
    text = text_of(newest(release))
    assert "Bli förstådd på förskolan" in text
    assert WORDS not in text
    assert HARD not in text
    assert "Hjulet" not in text


def test_a_unit_without_consent_is_paused_in_the_new_document(world: World, plan: PlanVersion) -> None:
    release = release_to(plan, "mamma", world)
    ordered(world, release, "mamma")
    before = newest(release)
    with as_loader():
        Scope.objects.filter(unit=world.units["logoped"]).update(
            state="withdrawn", valid=DateTimeTZRange(world.days(-2), world.days(-0.01))
        )
    ordered(world, release, "mamma", key="after")
    text = text_of(newest(release, after=before))
    assert "Språklek en gång i veckan Pausad" in text
    assert text.count("Pausad") == 1
    assert "Planen fortsätter. Det som är pausat väntar på samtycke." in text
    assert text.count("Loke Asperud") == 2  # in the row, and still among those to ring
    with as_loader():
        assert Document.objects.filter(release=release).count() == 2


@pytest.mark.parametrize("why", ["another's", "custody ended", "release ended", "unknown"])
def test_nothing_is_made_of_what_one_may_not_see(world: World, plan: PlanVersion, why: str) -> None:
    release = release_to(plan, "mamma", world)
    with as_loader():
        if why == "another's":
            release = release_to(plan, "pappa", world)
        elif why == "custody ended":
            Guardianship.objects.filter(guardian=world.guardians["mamma"]).update(
                valid=DateTimeTZRange(world.days(-1000), world.days(-1))
            )
        elif why == "release ended":
            Release.objects.filter(pk=release.pk).update(
                valid=DateTimeTZRange(world.days(-1), world.days(-0.1))
            )
        else:
            release.pk = plan.pk
    assert ordered(world, release, "mamma") == "dropped"
    with as_loader():
        assert Document.objects.count() == 0


def test_only_its_recipient_reads_it(world: World, plan: PlanVersion) -> None:
    release = release_to(plan, "mamma", world)
    ordered(world, release, "mamma")
    for username, count in (("mamma", 1), ("pappa", 0), ("bvc", 0), ("logoped", 0), (None, 0)):
        with world.act(username):
            assert Document.objects.count() == count


def test_the_youth_gets_her_own(world: World) -> None:
    case = world.open_case(world.youth)
    version = agreed_plan(world, case)
    release = world.release_to_youth(version)
    assert ordered(world, release, "ungdom") == "sent"
    assert f"Plan för {world.youth.given_name}" in text_of(newest(release))


def test_a_case_that_rests_and_a_later_date_are_said(world: World, plan: PlanVersion) -> None:
    with as_loader():
        Process.objects.update(next_on=date(2027, 6, 1), next_step="follow_up", state="dormant")
    release = release_to(plan, "mamma", world)
    ordered(world, release, "mamma")
    text = text_of(newest(release))
    assert "Arbetet vilar just nu." in text
    assert "1 juni 2027" in text
