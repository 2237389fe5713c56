"""The legal grounds: what holds, what waits, who proposes a new version and who signs it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.law_change import SignatureFacts, decide_signature
from access.permissions import Permission
from access.roles import LAW_MAKERS, Role, has_permission
from access.words import why
from consent.models import LegalBasis, Standing
from consent.proposals import decline_version, propose_version, proposed, sign_version
from consent.versions import Ground, ground_of, grounds, waiting_versions
from kit import dates
from kit.errors import Refused
from web.administration.law.forms import DeclineForm, VersionForm
from web.administration.law.words import judged, lines_of, names_of, starts
from web.door import only_for
from web.request import Request

START = "/lagstod/"
CONFIRMED, CHANGE, DECLINE = "confirmed", "change", "decline"

lawmakers = only_for(*LAW_MAKERS)


@lawmakers
@require_GET
def overview(request: Request) -> HttpResponse:
    """Each ground as it holds, and what waits for a lawyer."""
    found = grounds(request.actor)
    waiting = waiting_versions(request.actor)
    names = names_of(waiting)
    context = {
        "grounds": found,
        "waiting": [(row, names.get(row.proposed_by_id, "")) for row in waiting if row.proposed_by_id],
        "signs": has_permission(request.actor.role, Permission.SIGN_LAW),
    }
    return render(request, "administration/law_list.html", context)


@lawmakers
@require_GET
def show(request: Request, code: str) -> HttpResponse:
    """One ground: what it says now, what waits, and every version that it has had."""
    ground = _ground(request, code)
    names = names_of(ground.versions)
    context = {
        "ground": ground,
        "lines": lines_of(ground.in_force),
        "starts": starts(ground.in_force, request.actor.today),
        "history": [
            judged(row, names, in_force=ground.in_force, today=request.actor.today)
            for row in reversed(ground.versions)
        ],
        "proposes": has_permission(request.actor.role, Permission.PROPOSE_LAW),
    }
    return render(request, "administration/law_ground.html", context)


@only_for(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def propose(request: Request, code: str) -> HttpResponse:
    """Word a new version, see the difference, and then propose it."""
    ground = _ground(request, code)
    form = VersionForm(request.POST or None, before=ground.latest, today=request.actor.today)
    if form.is_bound and CHANGE not in request.POST and form.is_valid():
        try:
            if CONFIRMED in request.POST:
                propose_version(proposal=form.proposal(), by=request.actor)
                messages.success(request, _("The proposal waits for a lawyer's signature."))
                return redirect(f"{START}{code}/")
            return _confirm(request, ground, form)
        except Refused as refused:
            form.refuse(refused)
    if CHANGE in request.POST:
        form.full_clean()
        form.errors.clear()
    context = {"form": form, "ground": ground}
    return render(request, "administration/law_propose.html", context, status=422 if form.errors else 200)


def _confirm(request: Request, ground: Ground, form: VersionForm) -> HttpResponse:
    before, row = proposed(form.proposal(), by=request.actor)
    lines = lines_of(row, before)
    context = {
        "confirming": form,
        "ground": ground,
        "before": before,
        "row": row,
        "changed": [line for line in lines if line.changes],
        "starts": starts(row, request.actor.today),
        "kept": [
            (name, value) for name, values in request.POST.lists() for value in values if name in form.fields
        ],
    }
    return render(request, "administration/law_confirm.html", context)


@lawmakers
@require_http_methods(["GET", "POST"])
def judge(request: Request, code: str, no: int) -> HttpResponse:
    """A version beside the one that it replaces; a lawyer signs it, or says why not."""
    ground = _ground(request, code)
    row = next((one for one in ground.versions if one.no == no and no > 1), None)
    if row is None:
        raise Http404
    form = DeclineForm(request.POST if DECLINE in request.POST else None)
    if request.method == "POST" and _judged(request, row, form):
        return redirect(f"{START}{code}/")
    return _version_page(request, ground, row, form)


def _judged(request: Request, row: LegalBasis, form: DeclineForm) -> bool:
    """Sign it or decline it; whether that was done."""
    if DECLINE not in request.POST:
        sign_version(version=row, by=request.actor)
        begins = dates.in_words(max(row.starts_on, request.actor.today))
        messages.success(request, _("Signed. The new version holds from %(day)s.") % {"day": begins})
        return True
    if not form.is_valid():
        return False
    decline_version(version=row, because=form.cleaned_data["because"], by=request.actor)
    messages.success(request, _("Declined. Whoever proposed it sees why."))
    return True


def _version_page(request: Request, ground: Ground, row: LegalBasis, form: DeclineForm) -> HttpResponse:
    before = ground.replaced_by(row)
    lines = lines_of(row, before)
    waits = row.standing == Standing.WAITING
    facts = SignatureFacts(request.actor.role, request.actor.account_id, row.proposed_by_id, judged=False)
    decision = decide_signature(facts)
    context = {
        "ground": ground,
        "row": row,
        "before": before,
        "changed": [line for line in lines if line.changes],
        "same": [line for line in lines if not line.changes],
        "told": judged(row, names_of([row]), in_force=ground.in_force, today=request.actor.today),
        "may": waits and bool(decision),
        "cannot": why(decision.reason) if waits and not decision else "",
        "form": form,
        "declining": bool(form.errors),
    }
    return render(request, "administration/law_version.html", context, status=422 if form.errors else 200)


def _ground(request: Request, code: str) -> Ground:
    found = ground_of(code, request.actor)
    if found is None:
        raise Http404
    return found
