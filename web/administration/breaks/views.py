"""School breaks: those to come, the form of another one, and removing one that was written wrong."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from access.roles import Role
from agencies.breaks import add_break, breaks_of, remove_break
from kit.errors import Refused
from web.administration.breaks.forms import BreakForm
from web.administration.place import own_place
from web.door import only_for
from web.request import Request

START = "/administration/lov/"


@only_for(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def overview(request: Request) -> HttpResponse:
    """The breaks to come, and one more."""
    place = own_place(request)
    form = BreakForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_break(municipality=place, by=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The break is added."))
            return redirect(START)
    breaks = breaks_of(place.code, since=request.actor.today)
    context = {"place": place, "breaks": breaks, "form": form}
    return render(request, "administration/break_list.html", context, status=422 if form.errors else 200)


@only_for(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def remove(request: Request, break_id: uuid.UUID) -> HttpResponse:
    """Remove a break to come, after one more yes."""
    place = own_place(request)
    found = next((b for b in breaks_of(place.code, since=request.actor.today) if b.pk == break_id), None)
    if found is None:
        raise Http404
    if request.method == "POST":
        remove_break(break_=found, by=request.actor)
        messages.success(request, _("The break is removed."))
        return redirect(START)
    return render(request, "administration/break_remove.html", {"place": place, "break": found})
