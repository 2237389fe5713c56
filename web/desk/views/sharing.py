"""Show what exists to more people, stop, and see who sees what."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.permissions import Permission
from access.words import why
from cases.models import Entry, Version
from cases.queries.audience import Around, Content, around
from cases.queries.sharing import Shown, candidates, name_of, own_disclosure, refusal, shown_now
from cases.queries.sharing import who_sees_what as sight_of
from cases.services.disclosing import share_version, stop_sharing, waiting_for_signature
from plans.queries.readers import plan_readers
from web.desk.case_page import CasePage, get_case
from web.desk.events import title_of
from web.desk.forms.entries import ShareForm
from web.desk.previews import first_previews, record_previews
from web.desk.sharing_words import chosen_words, offered, plan_row, refused, sight_rows
from web.desk.views.entries import own_version
from web.desk.wheel_pictures import picture_of
from web.desk.words import after_of
from web.desk.writing import attempt, is_whole
from web.request import Request

CONFIRM = "confirm"


@require_http_methods(["GET", "POST"])
def share(request: Request, case_id: uuid.UUID, entry_id: uuid.UUID) -> HttpResponse:
    """Choose who, look at exactly what they will see, confirm. What is looked at has an
    address, with ids alone in it, so that the browser's way back leads to it."""
    page = get_case(request, case_id, own=True, action=None)
    version = own_version(page, entry_id).newest
    page.standing.require(Permission.SHARE_WITH_UNIT)
    page.record_read("opened_entry", object=version.pk)
    nearby, shown = around(page.case, page.actor), shown_now(version, page.actor)
    form = _form(request, version, nearby, shown)
    whole = form.is_bound and _may_be_shown(request, form, version, nearby, shown)
    if whole and request.method == "POST" and CONFIRM not in request.POST:
        return redirect(f"{request.path}?{form.chosen_ids()}")
    if whole and CONFIRM in request.POST:
        done = attempt(
            form, lambda: share_version(version=version, audience=form.audience(), by=page.actor) or True
        )
        if done:
            waits = bool(waiting_for_signature(version))
            text = _("Saved. It waits for a signature.") if waits else _("Shown to those you chose.")
            messages.success(request, text)
            return redirect("desk:entry", case_id=case_id, entry_id=entry_id)
    return _share_page(request, page, version, form, nearby, shown)


@require_http_methods(["GET", "POST"])
def stop(request: Request, case_id: uuid.UUID, entry_id: uuid.UUID, disclosure_id: uuid.UUID) -> HttpResponse:
    """Stop showing an entry to somebody, after a page that says what happens."""
    page = get_case(request, case_id, own=True, action=None)
    disclosure = own_disclosure(case_id, entry_id, disclosure_id, page.actor)
    if disclosure is None:
        raise Http404
    page.standing.require(Permission.WRITE_ENTRY)
    if request.method == "POST":
        stop_sharing(disclosure=disclosure, by=page.actor)
        messages.success(request, _("Not shown any more."))
        return redirect("desk:entry", case_id=case_id, entry_id=entry_id)
    page.record_read("opened_sharing", object=disclosure.version_id)
    context = {
        "case_page": page,
        "disclosure": disclosure,
        "title": title_of(disclosure.version),
        "heading": _("Stop showing this to %(name)s?") % {"name": name_of(disclosure)},
    }
    return render(request, "desk/sharing_stop.html", context)


@require_GET
def who_sees_what(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Rows: what is written, and the plan. Columns: everybody around the child."""
    page = get_case(request, case_id, action="opened_sharing")
    nearby = around(page.case, page.actor)
    sight = sight_of(nearby, after=after_of(request))
    plan = plan_readers(case_id, page.actor)
    context = {
        "case_page": page,
        "columns": sight.columns,
        "rows": [*plan_row(page, plan, sight), *sight_rows(page, sight)],
        "older": sight.older,
    }
    return render(request, "desk/sharing_table.html", context)


def _form(request: Request, version: Version, nearby: Around, shown: list[Shown]) -> ShareForm:
    """Those who may be shown it; those who have an older version are ticked."""
    found = candidates(version, nearby, shown)
    behind = [f"{kind}:{pk}" for kind, pk in (c.recipient for c in found if c.has and not c.has_newest)]
    looked_at = request.GET if "to" in request.GET else None
    return ShareForm(
        request.POST if request.method == "POST" else looked_at,
        options=offered(found),
        childs_own=Content.of(version).childs_own,
        initial={"to": behind},
    )


def _may_be_shown(
    request: Request, form: ShareForm, version: Version, nearby: Around, shown: list[Shown]
) -> bool:
    if not is_whole(form, request):
        return False
    reason = refusal(version, form.audience(), nearby, shown)
    if reason:
        form.add_error("to", why(reason))
    return not reason


def _share_page(
    request: Request,
    page: CasePage,
    version: Version,
    form: ShareForm,
    nearby: Around,
    shown: list[Shown],
) -> HttpResponse:
    """The choice; or, once it is whole, the page that asks for the last yes."""
    context: dict[str, Any] = {
        "case_page": page,
        "form": form,
        "version": version,
        "title": title_of(version),
    }
    context["wheel"] = picture_of(version) if version.kind == Entry.Kind.WHEEL else None
    if form.is_bound and form.is_valid():
        context["chosen"] = chosen_words(form.audience(), version, nearby)
        context["previews"] = first_previews(page, form.audience())
        record_previews(page, context["previews"])
        return render(request, "desk/sharing_confirm.html", context)
    found = candidates(version, nearby, shown)
    context["options"], context["refused"] = offered(found), refused(found)
    context["shown"] = [one for one in shown if one.newest]
    return render(request, "desk/sharing_choose.html", context, status=422 if form.errors else 200)
