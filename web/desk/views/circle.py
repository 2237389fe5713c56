"""A child's protected identity, a locked case, and who is named for it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.permissions import Permission
from access.roles import Role
from cases.queries.circle import Choice, circle_of, identity_of, names_waiting, protection_reviews
from cases.queries.lists import colleagues
from cases.services import circle
from kit.errors import Refused
from kit.forms import BaseForm
from people.models import Protection
from plans.services.printing import PrintReason, print_closed_plan
from web.desk.case_page import CasePage, get_case
from web.desk.forms.circle import LockForm, NameForm, PrintForm, RaiseForm, ReasonForm
from web.door import only_for
from web.files import to_save
from web.request import Request

staff_only = only_for(Role.CASEWORKER, Role.LEAD)
leads_only = only_for(Role.LEAD)


def _page(request: Request, case_id: uuid.UUID) -> CasePage:
    """The case, for whoever may close it or open it again."""
    page = get_case(request, case_id, head=True, action=None)
    page.standing.require(Permission.CLOSE_CIRCLE)
    page.record_head()
    return page


def _try(form: BaseForm, deed: Callable[[], Any]) -> bool:
    """Do it; what is refused goes into the form."""
    try:
        deed()
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


@staff_only
@require_GET
def overview(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """What protects the child, who is named, and who of the family is let in."""
    page = _page(request, case_id)
    context = {
        "case_page": page,
        "circle": circle_of(case_id, page.actor),
        "may_let_in": page.may(Permission.REGISTER_FAMILY),
        "review": any(each == case_id for each, _at in protection_reviews(page.actor)),
    }
    return render(request, "desk/circle_show.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def raise_protection(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Protect the identity: one person, one action, at once."""
    page = _page(request, case_id)
    form = RaiseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        level, source = (
            Protection.Level(form.cleaned_data["level"]),
            Protection.Source(form.cleaned_data["source"]),
        )
        if _try(
            form, lambda: circle.raise_protection(case=page.case, level=level, source=source, by=page.actor)
        ):
            messages.success(request, _("The child is protected from now on. Only you can see the case."))
            return redirect("desk:circle", case_id=case_id)
    return _render(request, "desk/circle_raise.html", page, form)


@staff_only
@require_http_methods(["GET", "POST"])
def lower_protection(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Two persons: one asks, another decides."""
    page = _page(request, case_id)
    return _open_again(request, page, "protection", circle.lower_protection, _("The protection is lowered."))


@staff_only
@require_http_methods(["GET", "POST"])
def lock(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Lock the case to named staff."""
    page = _page(request, case_id)
    form = LockForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if _try(form, lambda: circle.lock_case(case=page.case, reason=reason, by=page.actor)):
            messages.success(request, _("The case is locked. Only those who are named can see it."))
            return redirect("desk:circle", case_id=case_id)
    return _render(request, "desk/circle_lock.html", page, form)


@staff_only
@require_http_methods(["GET", "POST"])
def unlock(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Two persons: one asks, another decides."""
    page = _page(request, case_id)
    return _open_again(request, page, "lock", circle.unlock_case, _("The case is no longer locked."))


def _open_again(
    request: Request, page: CasePage, what: str, open_again: Callable[..., bool], done: str
) -> HttpResponse:
    """Ask or, where somebody else has asked, decide."""
    found = circle_of(page.case.pk, page.actor)
    closing = getattr(found, what) if found else None
    if closing is None:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    second = closing.is_mine_to_end
    if request.method == "POST" and (second or form.is_valid()):
        reason = "" if second else form.cleaned_data["reason"]
        if _try(form, lambda: open_again(case=page.case, reason=reason, by=page.actor)):
            messages.success(
                request, done if second else _("Asked for. Another colleague who is named decides.")
            )
            return redirect("desk:circle", case_id=page.case.pk)
    return _render(request, "desk/circle_open.html", page, form, closing=closing, second=second, what=what)


@staff_only
@require_http_methods(["GET", "POST"])
def name(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Name a colleague, or ask the arbetsledare to."""
    page = _page(request, case_id)
    found = circle_of(case_id, page.actor)
    form = NameForm(
        request.POST if request.method == "POST" else None, choices=found.choices if found else []
    )
    if request.method == "POST" and form.is_valid():
        who, reason = form.colleague(), form.cleaned_data["reason"]
        if _try(form, lambda: circle.name_colleague(case=page.case, who=who, reason=reason, by=page.actor)):
            leads = page.standing.facts.leads_holder
            messages.success(request, _("Your colleague can see the case now.") if leads
                             else _("Asked for. Your arbetsledare decides."))  # fmt: skip
            return redirect("desk:circle", case_id=case_id)
    return _render(request, "desk/circle_name.html", page, form)


@staff_only
@require_http_methods(["GET", "POST"])
def end_name(request: Request, case_id: uuid.UUID, named_id: uuid.UUID) -> HttpResponse:
    """Somebody is named no longer."""
    page = _page(request, case_id)
    found = circle_of(case_id, page.actor)
    person = next((each for each in found.named if each.id == named_id), None) if found else None
    if person is None:
        raise Http404
    form = BaseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and _try(form, lambda: circle.end_naming(named_id=named_id, by=page.actor)):
        messages.success(request, _("From now on the case is hidden from that person."))
        return redirect("desk:work") if person.is_me else redirect("desk:circle", case_id=case_id)
    return _render(request, "desk/circle_end_name.html", page, form, person=person)


@staff_only
@require_http_methods(["GET", "POST"])
def family(request: Request, case_id: uuid.UUID, person_id: uuid.UUID) -> HttpResponse:
    """Let one of the family in, or shut her out again."""
    page = _page(request, case_id)
    page.standing.require(Permission.REGISTER_FAMILY)
    found = circle_of(case_id, page.actor)
    person = next((each for each in found.family if each.person_id == person_id), None) if found else None
    if person is None or not page.circle:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    valid = request.method == "POST" and (person.since or form.is_valid())
    if valid and _try(form, lambda: _let_in_or_out(page, person_id, form, out=bool(person.since))):
        messages.success(request, _("Saved. It holds from now on."))
        return redirect("desk:circle", case_id=case_id)
    return _render(request, "desk/circle_family.html", page, form, person=person)


def _let_in_or_out(page: CasePage, person_id: uuid.UUID, form: ReasonForm, *, out: bool) -> None:
    if out:
        circle.shut_out(case=page.case, person_id=person_id, by=page.actor)
    else:
        reason = form.cleaned_data["reason"]
        circle.let_in(case=page.case, person_id=person_id, reason=reason, by=page.actor)


@staff_only
@require_POST
def show_identity(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """The child's own name and number, on this one page; it is recorded."""
    page = get_case(request, case_id, action=None)
    identity = identity_of(case_id, page.actor)
    if identity is None:
        raise Http404
    page.record_read("identity_shown")
    return render(request, "desk/circle_identity.html", {"case_page": page, "identity": identity})


@staff_only
@require_http_methods(["GET", "POST"])
def print_plan(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """The agreed plan as a PDF with who printed it and when on every page."""
    page = get_case(request, case_id, action=None)
    if not page.circle or not page.standing.facts.assigned:
        raise Http404
    form = PrintForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = print_closed_plan(
                case=page.case, reason=PrintReason(form.cleaned_data["reason"]), by=page.actor
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return to_save(bytes(made), what="plan", when=page.actor.today)
    page.record_head()
    return _render(request, "desk/circle_print.html", page, form)


@staff_only
@require_http_methods(["GET", "POST"])
def review(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """A child with the same guardian is protected: does this one need it too?"""
    page = _page(request, case_id)
    if not any(each == case_id for each, _at in protection_reviews(page.actor)):
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if _try(form, lambda: circle.needs_no_protection(case=page.case, reason=reason, by=page.actor)):
            messages.success(request, _("Noted. The line is gone from My work."))
            return redirect("desk:case", case_id=case_id)
    return _render(request, "desk/circle_review.html", page, form)


@leads_only
@require_http_methods(["GET", "POST"])
def naming(request: Request) -> HttpResponse:
    """Whom the arbetsledare is asked to name for closed cases. Never which child."""
    actor = request.actor
    own = [Choice(account, actor.unit_id, name, actor.unit_name) for account, name, _t in colleagues(actor)
           if actor.unit_id]  # fmt: skip
    mine = (
        Choice(actor.account_id, actor.unit_id, actor.name, actor.unit_name)
        if actor.account_id and actor.unit_id
        else None
    )
    form = NameForm(
        request.POST if "case" in request.POST else None,
        choices=[*([mine] if mine else []), *(c for c in own if c != mine)],
    )
    if request.method == "POST" and _answer(request, form):
        return redirect("desk:naming")
    context = {"waiting": names_waiting(actor), "name_form": form, "form": form}
    return render(request, "desk/naming.html", context, status=422 if request.method == "POST" else 200)


def _answer(request: Request, form: NameForm) -> bool:
    """Yes, no, or the first who is named."""
    by = request.actor
    if form.is_bound:
        case_id = _uuid(request.POST["case"])
        if not form.is_valid() or not _try(form, lambda: circle.name_for_empty(
            case_id=case_id, who=form.colleague(), reason=form.cleaned_data["reason"], by=by
        )):  # fmt: skip
            return False
        messages.success(request, _("Your colleague can see the case now."))
        return True
    yes = "yes" in request.POST
    deed = circle.give_naming if yes else circle.end_naming
    try:
        deed(named_id=_uuid(request.POST.get("named", "")), by=by)
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("Your colleague can see the case now.") if yes else _("Turned down."))
    return True


def _uuid(value: str) -> uuid.UUID:
    try:
        return uuid.UUID(value)
    except ValueError:
        raise Http404 from None


def _render(request: Request, template: str, page: CasePage, form: BaseForm, **more: Any) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors)
    return render(request, template, {"case_page": page, "form": form, **more}, status=422 if wrong else 200)
