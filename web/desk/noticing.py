"""The screens of Uppmärksamma: their order, their drafts, and the whole when all is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Self

from django.http import QueryDict
from django.utils.translation import gettext as _

from access.actor import Actor
from access.units import UnitKind
from agencies.models import Municipality
from cases.models import Case, Draft
from cases.queries.known import known_case
from cases.queries.people import UnitChild, unit_children
from cases.rules import responsible_kind
from cases.services.drafts import discard_draft, drafts_of, save_draft
from cases.services.signals import Noticed
from kit.forms import BaseForm
from web.desk.drafts import draft_url
from web.desk.forms.signals import SAID_YES, UNAWARE, ChildForm, FamilyForm, SeenForm

ADDRESS = "/uppmarksamma/"
CHECK = "kontrollera"


@dataclass(frozen=True)
class Screen:
    """One screen: its word in the address, its draft's target, its template."""

    name: str
    target: str
    template: str


STEPS = (
    Screen("barnet", "signal:child", "desk/signal_child.html"),
    Screen("iakttagelse", "signal:seen", "desk/signal_seen.html"),
    Screen("familjen", "signal:family", "desk/signal_family.html"),
)


@dataclass(frozen=True)
class Place:
    """Where a screen stands among all, for the page."""

    number: int
    total: int
    template: str
    draft_url: str
    back: str


@dataclass(frozen=True)
class Notice:
    """What one person has filled in so far."""

    actor: Actor
    drafts: dict[str, Draft]
    municipalities: list[tuple[str, str]]
    children: list[UnitChild]

    @classmethod
    def of(cls, actor: Actor) -> Self:
        """Her drafts of the screens, the municipalities, and the children of her own unit."""
        rows = Municipality.objects.order_by("name").values_list("code", "name")
        drafts = drafts_of(targets=[s.target for s in STEPS], actor=actor)
        return cls(actor, drafts, list(rows), unit_children(actor))

    def place(self, name: str) -> Place | None:
        """The screen by its word in the address."""
        for number, screen in enumerate(STEPS, start=1):
            if screen.name == name:
                back = f"{ADDRESS}{STEPS[number - 2].name}/" if number > 1 else ADDRESS
                return Place(number, len(STEPS) + 1, screen.template, draft_url(screen.target), back)
        return None

    def form(self, name: str, posted: QueryDict | None = None) -> BaseForm:
        """The screen's form: with what is posted, else with its draft."""
        draft = self.drafts.get(_screen(name).target)
        initial: dict[str, Any] = dict(draft.fields) if draft else {}
        today = self.actor.today
        if name == "barnet":
            initial.setdefault("municipality", self.actor.municipality_code)
            places, own = self.municipalities, self.children
            return ChildForm(posted, today=today, municipalities=places, children=own, initial=initial)
        if name == "iakttagelse":
            start = {"seen_on": today, **initial}
            return SeenForm(posted, today=today, born_on=self.child.get("born_on"), initial=start)
        return FamilyForm(posted, today=today, initial=initial)

    def filled(self, name: str) -> BaseForm | None:
        """The screen's form bound to its draft; ``None`` where nothing is kept."""
        draft = self.drafts.get(_screen(name).target)
        if draft is None:
            return None
        posted = QueryDict(mutable=True)
        for key, value in draft.fields.items():
            posted.setlist(key, value if isinstance(value, list) else [value])
        return self.form(name, posted)

    @cached_property
    def child(self) -> dict[str, Any]:
        """The child as filled in on the first screen; empty before that."""
        form = self.filled("barnet")
        return form.cleaned_data if form is not None and form.is_valid() else {}

    @cached_property
    def known(self) -> Case | None:
        """The child's open case, where it is one that she may see anyway: then nothing needs to be sent."""
        if not self.child:
            return None
        child = self.child
        return known_case(self.actor, name=child["name"], number=child["number"], born_on=child["born_on"])

    @property
    def child_name(self) -> str:
        """Which child it is about; empty before that is filled in."""
        draft = self.drafts.get(_screen("barnet").target)
        typed = str(draft.fields.get("name", "")) if draft else ""
        return str(self.child.get("name", "")) or typed

    def first_missing_before(self, name: str) -> str:
        """The first screen before ``name`` that is not rightly filled in; "" if none."""
        for screen in STEPS:
            if screen.name == name:
                return ""
            form = self.filled(screen.name)
            if form is None or not form.is_valid():
                return screen.name
        return ""

    def noticed(self) -> Noticed:
        """The whole, from screens that are all rightly filled in."""
        data: dict[str, Any] = {}
        for screen in STEPS:
            form = self.filled(screen.name)
            assert form is not None and form.is_valid()  # noqa: S101, PT018 (first_missing_before said so)
            data |= form.cleaned_data
        said_yes = data["family"] == SAID_YES
        return Noticed(
            name=data["name"],
            number=data["number"],
            born_on=data["born_on"],
            municipality_code=data["municipality"],
            seen=data["seen"],
            seen_on=data["seen_on"],
            works=data["works"],
            family_knows=data["family"] != UNAWARE,
            yes_from=data["yes_from"] if said_yes else "",
            yes_on=data["yes_on"] if said_yes else None,
        )

    @property
    def municipality(self) -> str:
        """The chosen municipality's name."""
        return dict(self.municipalities).get(self.noticed().municipality_code, "")

    @property
    def receiver(self) -> str:
        """To whom it goes, by the child's age."""
        return receiver(self.noticed().born_on, self.actor.today)


@dataclass(frozen=True)
class Begun:
    """What somebody has begun and not sent: about whom, when, and where to go on."""

    child_name: str
    saved_at: datetime
    address: str


def begun(actor: Actor) -> Begun | None:
    """What the actor has begun, if she has."""
    notice = Notice.of(actor)
    if not notice.drafts:
        return None
    latest = max(draft.saved_at for draft in notice.drafts.values())
    missing = notice.first_missing_before(CHECK) or CHECK
    return Begun(notice.child_name, latest, f"{ADDRESS}{missing}/")


def keep(name: str, posted: QueryDict, actor: Actor) -> None:
    """Keep a screen that is rightly filled in."""
    fields = {key: posted.get(key, "") for key in posted}
    save_draft(case_id=None, target=_screen(name).target, fields=fields, by=actor)


def after(name: str, *, checking: bool) -> str:
    """The address of the next screen; straight back to the check if one came from there."""
    names = [screen.name for screen in STEPS]
    last = checking or name == names[-1]
    return f"{ADDRESS}{CHECK if last else names[names.index(name) + 1]}/"


def discard(actor: Actor) -> None:
    """Forget the drafts."""
    for screen in STEPS:
        discard_draft(case_id=None, target=screen.target, by=actor)


def receiver(born_on: date, today: date) -> str:
    """Who receives by the child's age, in words. Never the unit that really did:
    that could tell that the child has a case."""
    words = {
        UnitKind.MATERNITY_CARE: _("the midwife clinic"),
        UnitKind.CHILD_HEALTH: _("the child's BVC"),
        UnitKind.SCHOOL: _("the child's school"),
    }
    return words[responsible_kind(born_on, today)]


def _screen(name: str) -> Screen:
    return next(screen for screen in STEPS if screen.name == name)
