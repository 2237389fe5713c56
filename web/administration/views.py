"""Units, colleagues, roles and the municipality's settings. No child and no case anywhere."""

from __future__ import annotations

import uuid
from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.roles import FAMILY, ROLES, Role
from access.words import ROLES_IN_WORDS, role_label
from agencies import queries, services
from agencies.appointments import propose_known_colleague, propose_new_colleague
from agencies.models import Unit
from agencies.rules import EndReason
from kit.errors import Refused
from reviews.queries import reviews_to_follow
from web.administration.appointments.words import waiting_line
from web.administration.forms import EndForm, KnownColleagueForm, MunicipalityForm, NewColleagueForm, UnitForm
from web.administration.place import own_place
from web.administration.words import PERMISSION_WORDS
from web.door import only_for
from web.request import Request

START = "/administration/"
PAGE = 100

managers = only_for(Role.ADMINISTRATOR, Role.UNIT_ADMINISTRATOR)
overseers = only_for(Role.ADMINISTRATOR, Role.DATA_PROTECTION)


@only_for(Role.ADMINISTRATOR, Role.UNIT_ADMINISTRATOR, Role.DATA_PROTECTION)
@require_GET
def overview(request: Request) -> HttpResponse:
    """The units that somebody looks after; for a dataskyddsombud the roles."""
    if request.actor.role is Role.DATA_PROTECTION:
        return redirect(f"{START}roller/")
    units = queries.units_with_staff(request.actor)
    by_organisation = groupby(units, key=lambda pair: pair[0].organisation.name)
    context = {
        "organisations": [(name, list(pairs)) for name, pairs in by_organisation],
        "place": queries.municipality_administered(request.actor),
        "above": queries.above_units(request.actor),
        "to_confirm": queries.appointments_to_confirm(request.actor),
    }
    return render(request, "administration/overview.html", context)


def _unit(request: Request, unit_id: uuid.UUID) -> Unit:
    """A unit that the actor administers, or 404."""
    return get_object_or_404(queries.units_administered(request.actor), pk=unit_id)


@managers
@require_GET
def unit_show(request: Request, unit_id: uuid.UUID) -> HttpResponse:
    """A unit's particulars and who works there."""
    unit = _unit(request, unit_id)
    colleagues = queries.colleagues_of(unit, request.actor)
    waiting = queries.appointments_waiting(request.actor, unit=unit)
    context = {
        "unit": unit,
        "kind": unit.get_kind_display(),
        "colleagues": colleagues,
        "waiting": [waiting_line(one, request.actor) for one in waiting],
    }
    return render(request, "administration/unit_show.html", context)


@managers
@require_http_methods(["GET", "POST"])
def unit_edit(request: Request, unit_id: uuid.UUID) -> HttpResponse:
    """Change how the unit is reached and what it says that it does."""
    unit = _unit(request, unit_id)
    initial = {name: getattr(unit, name) for name in UnitForm.base_fields}
    form = UnitForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.change_unit(
            unit=unit,
            card=form.card,
            shared_computers=form.cleaned_data["shared_computers"],
            by=request.actor,
        )
        messages.success(request, _("The unit's particulars are saved."))
        return redirect(f"{START}enhet/{unit.pk}/")
    status = 422 if request.method == "POST" else 200
    return render(request, "administration/unit_edit.html", {"form": form, "unit": unit}, status=status)


@managers
@require_http_methods(["GET", "POST"])
def colleague_new(request: Request, unit_id: uuid.UUID) -> HttpResponse:
    """Propose a new colleague; another person confirms it, and gets what she signs in with."""
    unit = _unit(request, unit_id)
    form = NewColleagueForm(request.POST or None, today=request.actor.today)
    if request.method == "POST" and form.is_valid():
        try:
            propose_new_colleague(unit=unit, colleague=form.colleague, post=form.post, by=request.actor)
        except Refused as refused:
            form.refuse(refused)
        else:
            return _proposed(request, unit)
    status = 422 if request.method == "POST" else 200
    return render(request, "administration/colleague_new.html", {"form": form, "unit": unit}, status=status)


@managers
@require_http_methods(["GET", "POST"])
def colleague_known(request: Request, unit_id: uuid.UUID) -> HttpResponse:
    """Propose that somebody who has an account has a role in this unit too."""
    unit = _unit(request, unit_id)
    form = KnownColleagueForm(request.POST or None, today=request.actor.today)
    if request.method == "POST" and form.is_valid():
        username = form.cleaned_data["username"]
        try:
            propose_known_colleague(unit=unit, username=username, post=form.post, by=request.actor)
        except Refused as refused:
            form.add_error("username", refused.reason)
        else:
            return _proposed(request, unit)
    status = 422 if request.method == "POST" else 200
    return render(request, "administration/colleague_known.html", {"form": form, "unit": unit}, status=status)


def _proposed(request: Request, unit: Unit) -> HttpResponse:
    messages.success(
        request,
        _("Proposed. Another administrator, or the head of the unit, must confirm it before it holds."),
    )
    return redirect(f"{START}enhet/{unit.pk}/")


@managers
@require_http_methods(["GET", "POST"])
def membership_end(request: Request, membership_id: uuid.UUID) -> HttpResponse:
    """Confirm, with a reason, that a colleague's role ends now."""
    colleague = queries.membership_to_end(request.actor, membership_id)
    if colleague is None:
        raise Http404
    if colleague.is_me:
        raise Refused(_("You cannot end your own role. Ask another administrator."))
    unit_id = colleague.membership.unit_id
    back = f"{START}enhet/{unit_id}/" if unit_id else START
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = EndReason(form.cleaned_data["reason"])
        services.end_membership(membership=colleague.membership, reason=reason, by=request.actor)
        messages.success(request, _("The role has ended."))
        return redirect(back)
    context = {"form": form, "colleague": colleague, "back": back}
    status = 422 if request.method == "POST" else 200
    return render(request, "administration/membership_end.html", context, status=status)


@only_for(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def municipality_edit(request: Request) -> HttpResponse:
    """The three ways to report that a child is at risk."""
    place = own_place(request)
    initial = {
        "report_url": place.report_url,
        "social_services_phone": place.social_services_phone,
        "emergency_phone": place.emergency_social_phone,
    }
    form = MunicipalityForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.change_municipality(municipality=place, by=request.actor, **form.cleaned_data)
        messages.success(request, _("The municipality's settings are saved."))
        return redirect(START)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "administration/municipality_edit.html", {"form": form, "place": place}, status=status
    )


@overseers
@require_GET
def roles_list(request: Request) -> HttpResponse:
    """Which role may do what, and how many have it."""
    counts = queries.role_counts(request.actor)
    roles = [
        {
            "key": role.value,
            "label": role_label(role).capitalize(),
            "description": ROLES_IN_WORDS[role].description,
            "may": [PERMISSION_WORDS[p] for p in PERMISSION_WORDS if p in permissions],
            "people": counts.get(role, 0),
            "is_family": role in FAMILY,
        }
        for role, permissions in ROLES.items()
    ]
    context = {"roles": roles, "followed": reviews_to_follow(request.actor)}
    return render(request, "administration/roles_list.html", context)


@overseers
@require_GET
def role_holders(request: Request, role: str) -> HttpResponse:
    """Who has a role."""
    if role not in set(Role):
        raise Http404
    number = request.GET.get("sida", "1")
    page = int(number) if number.isdecimal() and 0 < int(number) < 1000 else 1
    found = queries.holders_of(Role(role), request.actor, skip=(page - 1) * PAGE, most=PAGE + 1)
    context = {
        "description": ROLES_IN_WORDS[Role(role)].description,
        "label": role_label(Role(role)).capitalize(),
        "colleagues": found[:PAGE],
        "next_page": page + 1 if len(found) > PAGE else None,
        "previous_page": page - 1 if page > 1 else None,
    }
    return render(request, "administration/role_holders.html", context)
