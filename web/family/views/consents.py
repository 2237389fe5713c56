"""Consent: who may read, answering, and taking back."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from cases.services.consents import answer_consent
from kit.errors import Refused
from plans.services.withdrawing import withdraw_consent
from web.family.consents import ConsentShown, keep_receipt, kept_receipt
from web.family.forms import MyAnswersForm, WithdrawForm
from web.family.page import FamilyPage, get_child
from web.request import Request


@require_GET
def listing(request: Request, child_id: uuid.UUID) -> HttpResponse:
    """Every consent in words: who, what, for what, until when, and whose answer is missing."""
    page = get_child(request, child_id, "family_opened_consents", needs="answers")
    shown = [ConsentShown(table, page) for table in page.tables]
    context = {
        "family": page,
        "current": [consent for consent in shown if not consent.is_over],
        "over": [consent for consent in shown if consent.is_over],
    }
    return render(request, "family/consents.html", context)


@require_http_methods(["GET", "POST"])
def answer(request: Request, child_id: uuid.UUID, consent_id: uuid.UUID) -> HttpResponse:
    """The question, yes to all as large as no to all, or one by one."""
    page, shown = _fetch(request, child_id, consent_id)
    sent = request.POST if request.method == "POST" else None
    form = MyAnswersForm(sent, table=shown.table, person=shown.me, at=page.actor.at)
    if request.method == "POST" and form.is_valid():
        try:
            answer_consent(consent=shown.table.consent, replies=form.replies(), by=page.actor)
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("family:consent_answered", child_id=child_id, consent_id=consent_id)
    context = {"family": page, "form": form, "shown": shown}
    return render(request, "family/consent_answer.html", context, status=422 if form.errors else 200)


@require_GET
def answered(request: Request, child_id: uuid.UUID, consent_id: uuid.UUID) -> HttpResponse:
    """What was answered, and what happens now."""
    page, shown = _fetch(request, child_id, consent_id)
    return render(request, "family/consent_answered.html", {"family": page, "shown": shown})


@require_http_methods(["GET", "POST"])
def withdraw(request: Request, child_id: uuid.UUID, consent_id: uuid.UUID) -> HttpResponse:
    """Choose units, then one page that says what happens; no reason is asked."""
    page, shown = _fetch(request, child_id, consent_id)
    given = shown.given_by_me
    if not given:
        raise Http404
    sent = request.POST if request.method == "POST" else request.GET
    asked = "units" in sent or "next" in sent or request.method == "POST"
    form = WithdrawForm(sent if asked else None, given=given)
    if not form.is_valid():
        context = {"family": page, "shown": shown, "form": form}
        return render(request, "family/withdraw_choose.html", context, status=422 if form.errors else 200)
    if request.method == "POST":
        closed = withdraw_consent(consent=shown.table.consent, unit_ids=form.unit_ids(), by=page.actor)
        keep_receipt(request, consent_id, form.chosen, closed)
        return redirect("family:consent_withdrawn", child_id=child_id, consent_id=consent_id)
    units = [(unit, shown.holds_plan(unit)) for unit in form.chosen]
    context = {"family": page, "shown": shown, "form": form, "units": units}
    return render(request, "family/withdraw_confirm.html", context)


@require_GET
def withdrawn(request: Request, child_id: uuid.UUID, consent_id: uuid.UUID) -> HttpResponse:
    """The receipt: what closed, and what stays by law."""
    page, shown = _fetch(request, child_id, consent_id)
    lines = kept_receipt(request, shown)
    if not lines:
        raise Http404
    return render(request, "family/withdrawn.html", {"family": page, "shown": shown, "lines": lines})


def _fetch(request: Request, child_id: uuid.UUID, consent_id: uuid.UUID) -> tuple[FamilyPage, ConsentShown]:
    """The page and one consent that the reader is asked for, or 404."""
    page = get_child(request, child_id, needs="answers")
    table = next((table for table in page.tables if table.consent.pk == consent_id), None)
    if table is None:
        raise Http404
    page.record_reading("family_opened_consent", consent_id)
    return page, ConsentShown(table, page)
