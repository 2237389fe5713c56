"""Show a note on another legal ground than consent; sign it; read the tests of harm."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.permissions import Permission
from access.roles import has_permission
from cases.models import Disclosure, Entry, Version
from cases.queries import grounds as grounds_of
from cases.queries.grounds import Grounds, other_units, unsigned
from cases.services import grounds as services
from consent.law import law_at
from web.desk.case_page import CasePage, get_case
from web.desk.events import title_of
from web.desk.forms.grounds import DeclineForm, GroundForm, RefusalForm, UnitForm
from web.desk.ground_words import signing, test_lines
from web.desk.previews import CHANGE, look_first_at
from web.desk.views.entries import own_version
from web.desk.wheel_pictures import picture_of
from web.desk.writing import attempt, is_whole
from web.request import Request

REFUSE = "refuse"


@require_http_methods(["GET", "POST"])
def choose_unit(request: Request, case_id: uuid.UUID, entry_id: uuid.UUID) -> HttpResponse:
    """Which unit: the law answers for one recipient at a time."""
    page, version = _own(request, case_id, entry_id)
    page.record_read("opened_entry", object=version.pk)
    posted = request.POST if request.method == "POST" else None
    form = UnitForm(posted, units=other_units(page.actor))
    if form.is_bound and form.is_valid():
        return redirect("desk:ground", case_id=case_id, entry_id=entry_id, unit_id=form.chosen())
    context = {"case_page": page, "form": form, "version": version, "title": title_of(version)}
    return render(request, "desk/ground_unit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def show_on_ground(
    request: Request, case_id: uuid.UUID, entry_id: uuid.UUID, unit_id: uuid.UUID
) -> HttpResponse:
    """The grounds that can hold here and now, what each asks for, and the decision."""
    page, version = _own(request, case_id, entry_id)
    page.record_read("opened_entry", object=version.pk)
    unit = next((unit for unit in other_units(page.actor) if unit.pk == unit_id), None)
    if unit is None:
        raise Http404
    grounds = Grounds.of(version, unit, page.actor)
    form, refusal = _ground_form(request, grounds), _refusal_form(request)
    done = None
    if form.is_bound and is_whole(form, request) and CHANGE not in request.POST:
        done = look_first_at(request, page, unit, version) or _shown(request, grounds, form)
    elif refusal.is_bound and is_whole(refusal, request):
        done = _refused(request, grounds, refusal)
    return done or _ground_page(request, page, grounds, form, refusal)


def _shown(request: Request, grounds: Grounds, form: GroundForm) -> HttpResponse | None:
    """Decided, and to its tests of harm; ``None`` with the reason in the form if it is refused."""
    version, unit, by = grounds.version, grounds.to_unit, grounds.actor
    weighed = form.weighed()
    made = attempt(
        form, lambda: services.show_on_ground(version=version, to_unit=unit, weighed=weighed, by=by)
    )
    if made is None:
        return None
    messages.success(request, _("Shown.") if not made.second else _("Saved. It waits for a signature."))
    return redirect("desk:harm_tests", case_id=version.case_id, entry_id=version.entry_id)


def _refused(request: Request, grounds: Grounds, form: RefusalForm) -> HttpResponse | None:
    """Noted that it is not shown; ``None`` with the reason in the form if that is refused."""
    version, unit, by = grounds.version, grounds.to_unit, grounds.actor
    text = form.cleaned_data["text"]
    if (
        attempt(form, lambda: services.refuse_to_show(version=version, to_unit=unit, text=text, by=by))
        is None
    ):
        return None
    messages.success(request, _("Noted. Nothing is shown."))
    return redirect("desk:harm_tests", case_id=version.case_id, entry_id=version.entry_id)


@require_GET
def tests_of_harm(request: Request, case_id: uuid.UUID, entry_id: uuid.UUID) -> HttpResponse:
    """Every decision to show or not to show this, on which ground, by whom."""
    page = get_case(request, case_id, own=True, action=None)
    version = own_version(page, entry_id).newest
    page.record_read("opened_tests", object=version.pk)
    found = grounds_of.tests_of_harm(case_id, entry_id, page.actor)
    lines = test_lines(found, law_at(page.actor.at), page.actor)
    context = {"case_page": page, "version": version, "title": title_of(version), "lines": lines}
    return render(request, "desk/harm_tests.html", context)


@require_http_methods(["GET", "POST"])
def sign(request: Request, case_id: uuid.UUID, disclosure_id: uuid.UUID) -> HttpResponse:
    """The second person reads what is to be shown and why, and says yes or no."""
    page = get_case(request, case_id, action=None)
    waiting = unsigned(case_id, disclosure_id, page.actor)
    if waiting is None:
        raise Http404
    page.record_read("opened_entry", object=waiting.version_id)
    is_mine = waiting.decided_by_id == page.actor.account_id
    form = DeclineForm(request.POST if REFUSE in request.POST else None, is_mine=is_mine)
    done = ""
    if "sign" in request.POST:
        services.sign(disclosure=waiting, by=page.actor)
        done = _("Signed and shown.")
    elif form.is_bound and is_whole(form, request):
        done = attempt(form, lambda: _declined(form, waiting, page)) or ""
    if done:
        messages.success(request, done)
        return redirect("desk:harm_tests", case_id=case_id, entry_id=waiting.version.entry_id)
    context = {"case_page": page, "form": form, **signing(waiting, law_at(page.actor.at), page)}
    context |= _preview(waiting.version)
    return render(request, "desk/ground_sign.html", context, status=422 if form.errors else 200)


def _declined(form: DeclineForm, waiting: Disclosure, page: CasePage) -> str:
    """No, and why; the words that say so."""
    services.decline(disclosure=waiting, because=form.cleaned_data.get("because", ""), by=page.actor)
    return _("Noted. Nothing is shown.")


def _own(request: Request, case_id: uuid.UUID, entry_id: uuid.UUID) -> tuple[CasePage, Version]:
    """A note of the actor's own unit that she may show to others."""
    page = get_case(request, case_id, own=True, action=None)
    version = own_version(page, entry_id).newest
    page.standing.require(Permission.SHARE_WITH_UNIT)
    return page, version


def _ground_form(request: Request, grounds: Grounds) -> GroundForm:
    to_lawyer = has_permission(grounds.actor.role, Permission.USE_ANY_BASIS)
    posted = request.POST if request.method == "POST" and REFUSE not in request.POST else None
    return GroundForm(
        posted, offered=grounds.offered(to_lawyer=to_lawyer), law=grounds.law, facts=grounds.facts()
    )


def _refusal_form(request: Request) -> RefusalForm:
    return RefusalForm(request.POST if REFUSE in request.POST else None, prefix="no")


def _ground_page(
    request: Request, page: CasePage, grounds: Grounds, form: GroundForm, refusal: RefusalForm
) -> HttpResponse:
    context = {
        "case_page": page,
        "form": form,
        "refusal": refusal,
        "forms": [form, refusal],
        "unit": grounds.to_unit,
        "signatures": signatures_asked(form),
        **_preview(grounds.version),
    }
    return render(
        request, "desk/ground_show.html", context, status=422 if form.errors or refusal.errors else 200
    )


def signatures_asked(form: GroundForm) -> bool:
    """Whether any of the grounds on the page asks for a second person."""
    return any(basis.second for basis in form.bases.values())


def _preview(version: Version) -> dict[str, object]:
    """What the recipient will read."""
    wheel = picture_of(version) if version.kind == Entry.Kind.WHEEL else None
    return {"version": version, "title": title_of(version), "wheel": wheel}
