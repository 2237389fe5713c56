"""What every page of the family's door shares: the child or 404, and where the links lead.

A view below ``/familj/<child_id>/`` begins with ``page = get_child(request, child_id, "…")``
and hands ``{"family": page, …}`` to a template that extends ``layouts/family.html``.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from access.actor import Actor
from access.facts import AdultFacts, AdultKind, AdultRight, CustodyFacts, FamilyFacts
from access.family import FamilyView, family_view
from access.reasons import Reason
from access.roles import FAMILY
from agencies.models import Municipality
from audit.services import record
from cases.models import OtherAdult
from cases.queries.family import FamilyOverview, family_overview
from consent.queries import ConsentTable, consent_tables
from people.models import Child, Guardianship
from web.request import Request


@dataclass(frozen=True)
class Number:
    """Somewhere to ring at once."""

    name: str
    phone: str
    when: str


@dataclass(frozen=True)
class FamilyPage:
    """One child as one person of the family sees it in one request."""

    child: Child
    actor: Actor
    several: bool

    @cached_property
    def facts(self) -> FamilyFacts:
        """How the reader stands to the child, as the policy takes it."""
        child: Any = self.child  # as :func:`children_of` annotates it
        given = (
            AdultFacts(AdultKind(child.kind), frozenset(map(AdultRight, child.rights)))
            if child.kind
            else None
        )
        return FamilyFacts(
            born_on=child.born_on,
            at=self.actor.at,
            custody=CustodyFacts(self.actor.guardian_id) if child.custody else None,
            is_the_child=self.is_me,
            adult=given,
        )

    @cached_property
    def view(self) -> FamilyView:
        """What the reader has of the child, by custody, age and given rights."""
        return family_view(self.facts)

    @property
    def name(self) -> str:
        """The child's given name."""
        return self.child.given_name

    @property
    def is_me(self) -> bool:
        """Whether the reader is the child herself: then the page says "du"."""
        return self.child.pk == self.actor.child_id

    @property
    def me(self) -> uuid.UUID | None:
        """The key of the reader's own answers."""
        return self.child.pk if self.is_me else self.actor.guardian_id

    def path(self, below: str = "") -> str:
        """An address of the child: ``page.path("samtycke/")``."""
        return f"/familj/{self.child.pk}/{below}"

    def record_reading(
        self, action: str, object: uuid.UUID | None = None, *, kind: str = "read", **detail: str
    ) -> None:
        """The family's own reading, or taking out of a file, with its own role: "Vem har läst"
        leaves it out. It rests on their own right to what has been shown (OSL 12:1, 12:3)."""
        known: dict[str, Any] = {"basis": Reason.OWN_RIGHT.value, **detail}
        record(by=self.actor, kind=kind, action=action, child=self.child.pk, object=object, **known)

    @property
    def home(self) -> str:
        """The overview's address."""
        return self.path()

    @property
    def links(self) -> list[tuple[str, str]]:
        """The menu: address and word."""
        return [
            (self.path(), _("Overview")),
            (self.path("#plan"), _("The plan")),
            (self.path("#helpers"), pgettext("youth", "Who helps you") if self.is_me else _("Who helps you")),
            *([(self.path("samtycke/"), _("Consent"))] if self.view.answers else []),
            *([(self.path("dokument/"), _("Documents"))] if self.view.plan else []),
            *([(self.path("vem-har-last/"), _("Who has read"))] if self.view.log else []),
        ]

    @cached_property
    def overview(self) -> FamilyOverview | None:
        """Where the latest case stands; one statement, once."""
        return family_overview(self.child.pk, self.actor)

    @cached_property
    def tables(self) -> list[ConsentTable]:
        """The consents that the reader is asked for, newest first; three statements, once."""
        return consent_tables(self.child.pk, self.actor)

    @property
    def crisis(self) -> list[Number]:
        """Whom to ring at once: the country's numbers and the municipality's own."""
        found = [
            Number(_("SOS Alarm"), "112", _("When somebody is in danger now")),
            Number(_("The social services"), getattr(self.child, "social_phone", "") or "", _("On weekdays")),
            Number(
                _("The emergency social services"),
                getattr(self.child, "night_phone", "") or "",
                _("Evenings, nights and weekends"),
            ),
            Number(_("Medical advice"), "1177", _("Day and night")),
            Number(_("Bris, for everybody under 18"), "116 111", _("Day and night")),
        ]
        return [number for number in found if number.phone]


def children_of(actor: Actor) -> list[Child]:
    """The children whose page the actor may open, eldest first: one statement."""
    if actor.role not in FAMILY:
        raise Http404
    at_home = Municipality.objects.filter(code=OuterRef("municipality_code"))
    custody = Guardianship.objects.in_force(actor.at).filter(child=OuterRef("pk"), guardian=actor.guardian_id)
    given = OtherAdult.objects.in_force(actor.at).filter(child=OuterRef("pk"), person=actor.guardian_id)
    children = (
        Child.objects.of_guardian(actor)
        .annotate(
            social_phone=Subquery(at_home.values("social_services_phone")[:1]),
            custody=Exists(custody),
            kind=Subquery(given.values("kind")[:1]),
            rights=Subquery(given.values("rights")[:1]),
            night_phone=Subquery(at_home.values("emergency_social_phone")[:1]),
        )
        .order_by("born_on", "given_name")
    )
    return list(children)


def get_child(
    request: Request, child_id: uuid.UUID, action: str | None = None, *, needs: str = ""
) -> FamilyPage:
    """The child's page for her guardian or herself; 404 for everybody else, and for whoever
    has not what the page ``needs``: ``"answers"``, ``"log"`` or ``"plan"``.

    The reading is recorded under ``action``; without one the view does it
    when it has found what is read.
    """
    actor: Actor = request.actor
    children = children_of(actor)
    child = next((child for child in children if child.pk == child_id), None)
    if child is None:
        raise Http404
    page = FamilyPage(child, actor, several=len(children) > 1)
    if needs and not getattr(page.view, needs):
        raise Http404
    if action is not None:
        page.record_reading(action)
    return page
