"""Ask the family, note its answers, and note that somebody takes a yes back."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.facts import AdultRight
from access.family import child_view_is_asked
from access.permissions import Permission
from access.policy import ADULT_AT, MATURITY_FROM, age_on
from access.reasons import Reason
from access.words import why
from agencies.nearby import units_near
from cases.models import Maturity
from cases.queries.invitations import invitations_of
from cases.queries.people import child_view_of, maturity_of
from cases.queries.proposal import proposed_units
from cases.queries.team import those_with
from cases.services.consents import ask_consent, note_answers
from cases.services.maturity import note_maturity, sign_maturity
from consent.models import Route, State
from consent.queries import ConsentTable, PersonAsked, consent_table, consent_tables
from consent.renewals import Ending, ending_consents
from kit.dates import as_day
from kit.errors import Refused
from plans.services.withdrawing import Closed, note_withdrawal
from web.desk.case_page import CasePage, get_case
from web.desk.forms.consents import (
    ConsentForm,
    MaturityForm,
    NotedAnswersForm,
    WithdrawalForm,
    half_a_year,
)
from web.desk.words import and_list
from web.desk.writing import attempt
from web.request import Request

# The receipt of a withdrawal: its place in the session and in the address.
RECEIPT = "kvitto"
# In the address of a question: begin as the consent that ends soon.
RENEW = "fornya"


@require_GET
def overview(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Every consent of the case, its state in words, and what may be done now."""
    page = get_case(request, case_id)
    may_ask = page.may(Permission.ASK_CONSENT)
    context = {
        "case_page": page,
        "tables": [ShownConsent(table, page) for table in consent_tables(page.case.child_id, page.actor)],
        "may_ask": may_ask,
        "why_not": why(may_ask.reason),
        "ending": _ending(page),
    }
    return render(request, "desk/consent_list.html", context)


@require_http_methods(["GET", "POST"])
def ask(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Choose units, what they may be shown, what for and how long."""
    page = get_case(request, case_id)
    page.standing.require(Permission.ASK_CONSENT)
    form = _consent_form(request, page)
    if request.method == "POST" and form.is_valid():
        try:
            consent = ask_consent(case=page.case, asked=form.asked(), by=page.actor)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The question is ready to be answered."))
            return redirect("desk:consent", case_id=case_id, consent_id=consent.pk)
    guardians = those_with(AdultRight.ANSWERS, page.case, page.actor)
    names = and_list([guardian.name for guardian in guardians])
    context = {"case_page": page, "form": form, "guardians": guardians, "guardians_names": names}
    return render(request, "desk/consent_ask.html", context, status=422 if form.errors else 200)


@require_GET
def table(request: Request, case_id: uuid.UUID, consent_id: uuid.UUID) -> HttpResponse:
    """One table: units down, people across, with each one's answer."""
    page, found = _fetch(request, case_id, consent_id)
    context = {
        "case_page": page,
        "shown": ShownConsent(found, page),
        "may_note": page.may(Permission.NOTE_ANSWER),
        "invitations": invitations_of(page.case, page.actor),
        "child_view": child_view_of(found.consent, page.actor),
        "maturity": maturity_of(found.consent, page.actor) if _may_decide_alone(page) else None,
        "may_assess": _may_decide_alone(page) and page.may(Permission.ASK_CONSENT),
    }
    return render(request, "desk/consent_table.html", context)


@require_http_methods(["GET", "POST"])
def note(request: Request, case_id: uuid.UUID, consent_id: uuid.UUID, person_id: uuid.UUID) -> HttpResponse:
    """Note one person's answers, given on paper, by phone or in person."""
    page, found = _fetch(request, case_id, consent_id)
    page.standing.require(Permission.NOTE_ANSWER)
    person = _person(found, person_id)
    today, asked_on = page.actor.today, as_day(found.consent.asked_at)
    form = NotedAnswersForm(
        request.POST or None, table=found, person=person, today=today, asked_on=asked_on,
        initial={"answered_on": today},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        state = note_answers(
            consent=found.consent,
            replies=form.replies(),
            route=Route(form.cleaned_data["route"]),
            answered_on=form.cleaned_data["answered_on"],
            by=page.actor,
        )
        messages.success(request, noted_words(state))
        return redirect("desk:consent", case_id=case_id, consent_id=consent_id)
    context = {"case_page": page, "form": form, "person": person, "consent": found.consent}
    return render(request, "desk/consent_note.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def maturity(request: Request, case_id: uuid.UUID, consent_id: uuid.UUID) -> HttpResponse:
    """That the youth can decide alone: one notes why, another of the unit signs."""
    page, found = _fetch(request, case_id, consent_id)
    page.standing.require(Permission.ASK_CONSENT)
    assessment = maturity_of(found.consent, page.actor)
    form = MaturityForm(request.POST if request.method == "POST" and assessment is None else None)
    if request.method == "POST" and assessment is not None:
        sign_maturity(maturity=assessment, by=page.actor)
        messages.success(request, _("Signed. The youth's answer alone decides now."))
        return redirect("desk:consent", case_id=case_id, consent_id=consent_id)
    noted = (
        attempt(form, lambda: _note_maturity(page, found, form))
        if form.is_bound and form.is_valid()
        else None
    )
    if noted is not None:
        messages.success(request, _("Noted. Nothing changes before somebody else in the unit has signed."))
        return redirect("desk:consent", case_id=case_id, consent_id=consent_id)
    context = {
        "case_page": page,
        "form": form,
        "assessment": assessment,
        "consent": found.consent,
        "cannot": "" if assessment or _may_decide_alone(page) else why(Reason.NOT_OF_THAT_AGE),
        "is_mine": assessment is not None and assessment.noted_by_id == page.actor.account_id,
    }
    return render(request, "desk/maturity.html", context, status=422 if form.errors else 200)


def _may_decide_alone(page: CasePage) -> bool:
    """From 15, until she decides in any case."""
    return MATURITY_FROM <= age_on(page.child.born_on, page.actor.today) < ADULT_AT


def _note_maturity(page: CasePage, found: ConsentTable, form: MaturityForm) -> Maturity:
    reason = form.cleaned_data["reason"]
    return note_maturity(case=page.case, consent=found.consent, reason=reason, by=page.actor)


@require_http_methods(["GET", "POST"])
def withdraw(
    request: Request, case_id: uuid.UUID, consent_id: uuid.UUID, person_id: uuid.UUID
) -> HttpResponse:
    """Note that somebody takes a yes back; it takes effect at once. What it closed stands on a page
    of its own, which can be gone back to."""
    page, found = _fetch(request, case_id, consent_id)
    page.standing.require(Permission.NOTE_ANSWER)
    person = _person(found, person_id)
    if RECEIPT in request.GET:
        return _receipt(request, page, found)
    form = WithdrawalForm(request.POST or None, units=found.given_by(person_id))
    if request.method == "POST" and form.is_valid():
        closed = note_withdrawal(
            consent=found.consent,
            unit_ids=form.unit_ids(),
            guardian_id=None if person.is_child else person_id,
            child_id=person_id if person.is_child else None,
            route=Route(form.cleaned_data["route"]),
            by=page.actor,
        )
        # Ids and numbers only, since a session has no policies.
        scopes = {unit.unit_name: str(unit.scope.pk) for unit in found.units}
        rows = [[scopes[one.unit], one.shown, one.plans] for one in closed if one.unit in scopes]
        request.session[RECEIPT] = {"consent": str(consent_id), "rows": rows}
        return redirect(f"{request.path}?{RECEIPT}=1")
    context = {"case_page": page, "form": form, "person": person, "consent": found.consent}
    return render(request, "desk/consent_withdraw.html", context, status=422 if form.errors else 200)


def _receipt(request: Request, page: CasePage, found: ConsentTable) -> HttpResponse:
    """What the withdrawal that she noted last closed; the consent itself where that was another's."""
    kept = request.session.get(RECEIPT) or {}
    if kept.get("consent") != str(found.consent.pk):
        return redirect("desk:consent", case_id=page.case.pk, consent_id=found.consent.pk)
    names = {str(unit.scope.pk): unit.unit_name for unit in found.units}
    closed = [Closed(names[scope], *numbers) for scope, *numbers in kept["rows"] if scope in names]
    context = {"case_page": page, "closed": closed, "consent": found.consent}
    return render(request, "desk/consent_withdrawn.html", context)


def _consent_form(request: Request, page: CasePage) -> ConsentForm:
    """A new question; with ``?fornya`` it begins as the one that ends soon."""
    candidates = [u for u in units_near(page.child.municipality_code) if u.pk != page.actor.unit_id]
    purpose = _("So that those who meet %(name)s can give support together.") % {
        "name": page.child.given_name
    }
    proposed, chosen = proposed_units(page.case, page.actor), {}
    if ending := _ending(page) if RENEW in request.GET else None:
        purpose, proposed = ending.purpose, set(ending.units) - {page.actor.unit_id}
        chosen = {f"categories_{unit}": ending.units[unit] for unit in proposed}
    return ConsentForm(
        request.POST or None,
        candidates=candidates,
        proposed=proposed,
        asks_child_view=child_view_is_asked(page.child.born_on, page.actor.at),
        initial={**half_a_year(page.actor.today, page.child.municipality_code), "purpose": purpose, **chosen},
    )


def _ending(page: CasePage) -> Ending | None:
    """The consent of the child that ends soon, for whoever may ask."""
    if not page.may(Permission.ASK_CONSENT):
        return None
    return next(iter(ending_consents([page.case.child_id], page.actor)), None)


def _fetch(request: Request, case_id: uuid.UUID, consent_id: uuid.UUID) -> tuple[CasePage, ConsentTable]:
    page = get_case(request, case_id)
    found = consent_table(consent_id, page.case.child_id, page.actor)
    if found is None:
        raise Http404
    return page, found


def _person(found: ConsentTable, person_id: uuid.UUID) -> PersonAsked:
    for person in found.people:
        if person.key == person_id:
            return person
    raise Http404


def noted_words(state: State) -> str:
    """What follows from an answer that was noted; the page below says for which units."""
    if state == State.GIVEN:
        return _("The answer is noted. Everybody has said yes, so the units are invited now.")
    if state == State.PARTLY:
        return _("The answer is noted. The units that everybody has said yes to are invited now.")
    if state == State.WAITING:
        return _("The answer is noted. Nothing is shared until everybody has answered.")
    return _("The answer is noted. Nothing is shared.")


class ShownConsent:
    """A consent as the page words it."""

    def __init__(self, found: ConsentTable, page: CasePage) -> None:
        self.table = found
        self.consent = found.consent
        self.state = found.state_now(page.actor.at)
        self.missing = [person.name for person in found.missing]
        # Answers are shown to the unit that asked, and to one that has taken the case over from it.
        self.mine = found.consent.from_unit_id == page.actor.unit_id or bool(found.people)
        self.rows = [
            (unit, unit.in_force(page.actor.at), [(p.name, unit.answers.get(p.key)) for p in found.people])
            for unit in found.units
        ]

    @property
    def people(self) -> list[tuple[PersonAsked, bool, bool]]:
        """Each who was asked, whether there is something to answer, and a yes to take back."""
        answerable = {key for unit in self.table.units if unit.is_open for key in unit.answers}
        return [
            (person, person.key in answerable, bool(self.table.given_by(person.key)))
            for person in self.table.people
        ]

    @property
    def pill(self) -> str:
        """The kind of pill the state is drawn as."""
        return {
            "waiting": "waiting", "given": "success", "partly": "success", "conflict": "danger",
            "refused": "closed", "withdrawn": "closed", "expired": "closed",
        }[self.state.value]  # fmt: skip
