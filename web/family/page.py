"""What every page of the family's door shares: the child or 404, and where the links lead.

A view below ``/familj/<child_id>/`` begins with ``page = get_child(request, child_id, "…")``
and hands ``{"family": page, …}`` to a template that extends ``layouts/family.html``.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from access.actor import Actor
from access.roles import FAMILY
from agencies.models import Municipality
from audit.services import record
from cases.queries.family import FamilyOverview, family_overview
from consent.queries import ConsentTable, consent_tables
from people.models import Child
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

    def record_reading(self, action: str, object: uuid.UUID | None = None) -> None:
        """The family's own reading, with its own role: "Vem har läst" leaves it out."""
        record(by=self.actor, kind="read", action=action, child=self.child.pk, object=object)

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
            (self.path("samtycke/"), _("Consent")),
            (self.path("dokument/"), _("Documents")),
            (self.path("vem-har-last/"), _("Who has read")),
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
    children = (
        Child.objects.of_guardian(actor)
        .annotate(
            social_phone=Subquery(at_home.values("social_services_phone")[:1]),
            night_phone=Subquery(at_home.values("emergency_social_phone")[:1]),
        )
        .order_by("born_on", "given_name")
    )
    return list(children)


def get_child(request: Request, child_id: uuid.UUID, action: str | None = None) -> FamilyPage:
    """The child's page for her guardian or herself; 404 for everybody else.

    The reading is recorded under ``action``; without one the view does it
    when it has found what is read.
    """
    actor: Actor = request.actor
    children = children_of(actor)
    child = next((child for child in children if child.pk == child_id), None)
    if child is None:
        raise Http404
    page = FamilyPage(child, actor, several=len(children) > 1)
    if action is not None:
        page.record_reading(action)
    return page
