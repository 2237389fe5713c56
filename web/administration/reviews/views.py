"""Loggranskning: a unit's reviewer judges and signs; the dataskyddsombud sees that it is done."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.roles import Role
from audit.services import record
from kit.errors import Refused
from reviews import queries, services
from reviews.models import ReviewedAccess
from reviews.queries import Progress
from reviews.rules import LEAST, MOST, SHARE, WHAT_FLAGS_MEAN, Flag, Judgement
from web.administration.reviews.forms import JudgementForm
from web.administration.reviews.words import as_file, opened_lines, row_of
from web.door import only_for
from web.files import to_save
from web.request import Request

START = "/granskning/"
PAGE = 50
FILTERS = ("", "kvar", "regler")

reviewers = only_for(Role.LOG_REVIEWER)


@only_for(Role.LOG_REVIEWER, Role.DATA_PROTECTION)
@require_GET
def overview(request: Request) -> HttpResponse:
    """The unit's reviews, the open ones first; for a dataskyddsombud figures alone."""
    actor = request.actor
    if actor.role is Role.DATA_PROTECTION:
        context = {"figures": queries.figures(actor), "followed": queries.reviews_to_follow(actor)}
        return render(request, "administration/review_figures.html", context)
    found = queries.reviews_of(actor)
    context = {
        "open": [one for one in found if one.review.signed_at is None],
        "signed": [one for one in found if one.review.signed_at],
    }
    return render(request, "administration/review_overview.html", context)


@reviewers
@require_GET
def show(request: Request, review_id: uuid.UUID) -> HttpResponse:
    """One month: how it was made, and each access that it takes up."""
    progress = _review(request, review_id)
    record(by=request.actor, kind="read", action="opened_review", object=review_id)
    chosen = request.GET.get("visa", "")
    accesses = _filtered(progress, request, chosen)
    page = _page_number(request)
    rows = list(accesses[(page - 1) * PAGE : page * PAGE + 1])
    context = {
        "progress": progress,
        "review": progress.review,
        "rows": [row_of(one, request.actor.account_id) for one in rows[:PAGE]],
        "chosen": chosen if chosen in FILTERS else "",
        "rules": [(Flag(flag).label, meaning) for flag, meaning in WHAT_FLAGS_MEAN.items()],
        "share": round(SHARE * 100),
        "least": LEAST,
        "most": MOST,
        "next_page": page + 1 if len(rows) > PAGE else None,
        "previous_page": page - 1 if page > 1 else None,
    }
    return render(request, "administration/review_show.html", context)


@reviewers
@require_http_methods(["GET", "POST"])
def access(request: Request, review_id: uuid.UUID, access_id: uuid.UUID) -> HttpResponse:
    """One access: who, when, in what role, which kind of pages, and what the reviewer found."""
    progress = _review(request, review_id)
    found = queries.accesses_in(progress.review, request.actor)
    one = found.filter(pk=access_id).first()
    if one is None:
        raise Http404
    record(by=request.actor, kind="read", action="opened_review_access", object=access_id)
    posted = request.POST if request.method == "POST" else None
    form = JudgementForm(posted, initial={"judgement": one.judgement, "reason": one.reason})
    if request.method == "POST" and form.is_valid() and _judged(form, one, request):
        following = found.filter(judgement="", no__gt=one.no).first() or found.filter(judgement="").first()
        messages.success(request, _("Saved."))
        return redirect(f"{START}{review_id}/{following.pk}/" if following else f"{START}{review_id}/")
    context = {
        "progress": progress,
        "review": progress.review,
        "row": row_of(one, request.actor.account_id),
        "opened": opened_lines(queries.events_of(one)),
        "form": form,
        "before": found.filter(no__lt=one.no).last(),
        "after": found.filter(no__gt=one.no).first(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "administration/review_access.html", context, status=status)


@reviewers
@require_http_methods(["GET", "POST"])
def sign(request: Request, review_id: uuid.UUID) -> HttpResponse:
    """Confirm that the review is done."""
    progress = _review(request, review_id)
    if not progress.is_ready:
        raise Refused(_("The review can be signed when everything in it is judged, and only once."))
    if request.method == "POST":
        services.sign(review=progress.review, by=request.actor)
        messages.success(request, _("The review is signed."))
        return redirect(f"{START}{review_id}/")
    return render(
        request, "administration/review_sign.html", {"progress": progress, "review": progress.review}
    )


@reviewers
@require_GET
def download(request: Request, review_id: uuid.UUID) -> HttpResponse:
    """A signed review as a file."""
    progress = _review(request, review_id)
    if progress.review.signed_at is None:
        raise Refused(_("The review can be taken out when it is signed."))
    record(by=request.actor, kind="export", action="review_exported", object=review_id)
    accesses = queries.accesses_in(progress.review, request.actor)
    text = as_file(progress.review, [row_of(one, request.actor.account_id) for one in accesses])
    return to_save(text, what="loggranskning", when=f"{progress.review.month:%Y-%m}", ending="csv")


def _review(request: Request, review_id: uuid.UUID) -> Progress:
    """A review of the actor's unit, or 404."""
    progress = queries.review_of(review_id, request.actor)
    if progress is None:
        raise Http404
    return progress


def _filtered(progress: Progress, request: Request, chosen: str) -> QuerySet[ReviewedAccess]:
    accesses = queries.accesses_in(progress.review, request.actor)
    if chosen == "kvar":
        return accesses.filter(judgement="")
    return accesses.exclude(flags=[]) if chosen == "regler" else accesses


def _judged(form: JudgementForm, access: ReviewedAccess, request: Request) -> bool:
    data = form.cleaned_data
    try:
        services.judge(
            access=access, judgement=Judgement(data["judgement"]), reason=data["reason"], by=request.actor
        )
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def _page_number(request: Request) -> int:
    asked = request.GET.get("sida", "1")
    return int(asked) if asked.isdecimal() and 0 < int(asked) < 1000 else 1
