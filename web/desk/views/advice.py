"""*Vad får jag dela?*: two questions, and what the law answers."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from access.ages import months_later
from access.law import BasisFacts, advise, party_of
from access.law_words import SECONDS, asks, law_why
from agencies.models import Unit
from consent.law import law_at
from web.desk.forms.grounds import AdviceForm
from web.door import staff_only
from web.request import Request

# Nobody is named, so the child is taken to be of school age; grounds that end at an age say so.
SOME_CHILD = 10 * 12


@staff_only
@require_GET
def what_may_i_share(request: Request) -> HttpResponse:
    """For the actor's own unit; about no child in particular."""
    form = AdviceForm(request.GET if request.GET else None)
    answers = _answers(request, form) if form.is_bound and form.is_valid() else None
    context = {"form": form, "answers": answers, "unit": request.actor.unit_name}
    return render(request, "desk/advice.html", context, status=422 if form.errors else 200)


def _answers(request: Request, form: AdviceForm) -> list[dict[str, object]]:
    actor = request.actor
    unit = Unit.objects.select_related("organisation").get(pk=actor.writes_as[1])
    law = law_at(actor.at)
    assert actor.unit_kind is not None  # noqa: S101 (staff only)
    facts = BasisFacts(
        owner=party_of(actor.unit_kind, is_public=unit.organisation.is_public),
        recipient=form.recipient(),
        born_on=_some_birthday(actor.today),
        at=actor.at,
        same_authority=True,
        category="practical",
        consent_until=actor.at,
    )
    return [
        {
            "row": law.rows[advice.basis.code],
            "holds": bool(advice.decision),
            "why": "" if advice.decision else law_why(advice.decision, advice.basis, actor.unit_kind.rule),
            "asks": asks(advice.basis.needs) if advice.decision else "",
            "second": str(SECONDS.get(advice.basis.second, "")) if advice.decision else "",
            "lawyer": advice.basis.lawyer_only,
        }
        for advice in advise(law.all(), facts, form.matter())
    ]


def _some_birthday(today: date) -> date:
    return months_later(today, -SOME_CHILD)
