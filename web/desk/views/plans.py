"""The plan: read it, write it, agree on it, carry out one's own rows."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.permissions import Permission
from cases.queries.meetings import meetings_invited
from cases.queries.team import team_of
from kit.errors import Conflict, Refused
from plans.models import Insats, Plan, PlanVersion
from plans.queries.editing import agreed_versions, citable, plan_version, words_and_wheels
from plans.queries.view import newest_versions, takes_over
from plans.queries.work import plans_to_look_over
from plans.services.agreeing import agree_plan, propose_plan, reply_for_unit
from plans.services.doing import look_over_plan, set_status
from plans.services.drafting import discard_plan, save_plan, start_plan
from web.desk.case_page import CasePage, get_case
from web.desk.drafts import typed_before
from web.desk.forms.follow_ups import StatusForm, UnitReplyForm
from web.desk.forms.plans import PlanEditor
from web.desk.plan_page import PlanPage, shown_follow_ups
from web.request import Request

HAND_BACK = 422


@require_GET
def show(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """The plan as this actor sees it: agreed, draft, statuses, replies, versions."""
    page = get_case(request, case_id, action="opened_plan")
    agreed, draft = newest_versions(case_id, page.actor)
    team = team_of(case_id, page.actor)
    meetings = meetings_invited(page.actor, case_id=case_id)
    context = {
        "case_page": page,
        "agreed": PlanPage.of(agreed, page, team),
        "draft": PlanPage.of(draft, page, team),
        "versions": agreed_versions(case_id, page.actor),
        "follow_ups": shown_follow_ups(case_id, page.actor),
        "may_edit": page.may(Permission.EDIT_PLAN),
        "takes_over": page.holds and agreed is not None and takes_over(agreed, page.actor),
        "meetings": [each for each in meetings if each.is_open],
        "meetings_before": [each for each in reversed(meetings) if not each.is_open],
        "may_arrange": page.may(Permission.ARRANGE_MEETING),
        "look_over": plans_to_look_over(page.actor).filter(case=case_id).first() if page.holds else None,
    }
    return render(request, "desk/plan_show.html", context)


@require_GET
def version(request: Request, case_id: uuid.UUID, version_id: uuid.UUID) -> HttpResponse:
    """An older version, as it was agreed."""
    page = get_case(request, case_id, action="opened_plan")
    shown = PlanPage.of(_version(page, version_id), page, team_of(case_id, page.actor))
    return render(request, "desk/plan_version.html", {"case_page": page, "plan": shown})


@require_POST
def start(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Begin the plan, or its next version as a copy."""
    page = get_case(request, case_id, action=None)
    start_plan(case=page.case, kind=Plan.Kind.CHILDS_PLAN, by=page.actor)
    return redirect("desk:plan_edit", case_id=case_id)


@require_POST
def looked_over(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Say that one has seen what happened, and leave the plan as it is."""
    page = get_case(request, case_id, action=None)
    page.standing.require(Permission.EDIT_PLAN)
    asked = False
    for plan in plans_to_look_over(page.actor).filter(case=case_id):
        asked |= plan.family_asks  # type: ignore[attr-defined]
        look_over_plan(plan=plan, by=page.actor)
    noted = _("Noted. What the family has answered stands until they answer anew, or the plan is changed.")
    messages.success(request, noted if asked else _("Noted. The plan goes on as it is."))
    return redirect("desk:plan", case_id=case_id)


@require_http_methods(["GET", "POST"])
def discard(request: Request, case_id: uuid.UUID, version_id: uuid.UUID) -> HttpResponse:
    """Throw a draft away, after saying what that means."""
    page = get_case(request, case_id, action=None)
    page.standing.require(Permission.EDIT_PLAN)
    draft = _version(page, version_id)
    if draft.agreed_at is not None:
        raise Refused(_("The plan is already agreed."))
    if request.method == "POST":
        discard_plan(version=draft, by=page.actor)
        messages.success(request, _("The draft is thrown away."))
        return redirect("desk:plan", case_id=case_id)
    page.record_read("opened_plan_draft", object=draft.pk)
    agreed, _draft = newest_versions(case_id, page.actor)
    context = {"case_page": page, "draft": draft, "agreed": agreed}
    return render(request, "desk/plan_discard.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Write the draft. A button may add, move or remove; saving saves all of it."""
    page = get_case(request, case_id, action="opened_plan")
    page.standing.require(Permission.EDIT_PLAN)
    _agreed, draft = newest_versions(case_id, page.actor)
    if draft is None:
        return redirect("desk:plan", case_id=case_id)
    if request.method == "GET":
        fields, saved = typed_before(page, "plan")
        editor = _editor(page, draft, fields or None)
        return _editor_page(request, page, editor.draw(), saved=saved)
    editor = _editor(page, draft, request.POST.dict())
    if button := request.POST.get("press"):
        focus = editor.press(button)
        _focus_on(focus, editor.draw())
        return _editor_page(request, page, editor)
    return _save(request, page, draft, editor)


def _focus_on(key: str, editor: PlanEditor) -> None:
    """The first field of what was added or moved has the focus on the page that comes back."""
    for form in editor.forms:
        if key and form.prefix == key:
            next(iter(form.fields.values())).widget.attrs["autofocus"] = True


def _save(request: Request, page: CasePage, draft: PlanVersion, editor: PlanEditor) -> HttpResponse:
    """Save what was typed, or hand it back with what is wrong."""
    if not editor.check():
        return _editor_page(request, page, editor, status=HAND_BACK)
    try:
        save_plan(version=draft, text=editor.text(), edit_no=editor.edit_no, by=page.actor)
    except Refused as refused:
        editor.refuse(refused)
        return _editor_page(request, page, editor, status=HAND_BACK)
    except Conflict as conflict:
        return _both_texts(request, page, draft, editor, conflict.theirs)
    messages.success(request, _("The draft is saved. Only your unit sees it."))
    return redirect("desk:plan", case_id=page.case.pk)


def _both_texts(
    request: Request, page: CasePage, draft: PlanVersion, editor: PlanEditor, who: str
) -> HttpResponse:
    """Somebody else saved first: her text beside what was typed, nothing lost."""
    theirs = PlanVersion.objects.select_related("plan").get(pk=draft.pk)
    editor.typed["edit_no"] = str(theirs.edit_no)
    editor.check()
    return _editor_page(
        request, page, editor, status=409, who=who,
        theirs=PlanPage.of(theirs, page, editor.team),
    )  # fmt: skip


def _editor(page: CasePage, draft: PlanVersion, typed: dict[str, str] | None) -> PlanEditor:
    """The form over the draft, or over what was typed instead of it."""
    words, wheels = words_and_wheels(page.case, page.actor)
    editor = PlanEditor(
        draft,
        typed,
        team=team_of(page.case.pk, page.actor),
        words=words,
        wheels=wheels,
        citable=citable(draft, page.actor),
        today=page.actor.today,
    )
    editor.checks = False
    return editor


def _editor_page(
    request: Request, page: CasePage, editor: PlanEditor, *, status: int = 200, **more: object
) -> HttpResponse:
    context = {
        "case_page": page,
        "editor": editor,
        "forms": editor.forms if editor.checks else [],
        **more,
    }
    return render(request, "desk/plan_edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def propose(request: Request, case_id: uuid.UUID, version_id: uuid.UUID) -> HttpResponse:
    """Show the draft to the units of the team, after saying who they are."""
    page = get_case(request, case_id, action=None)
    page.standing.require(Permission.EDIT_PLAN)
    draft = _version(page, version_id)
    if request.method == "POST":
        propose_plan(version=draft, by=page.actor)
        messages.success(request, _("The units can now read the proposal and answer."))
        return redirect("desk:plan", case_id=case_id)
    page.record_read("opened_plan_draft", object=draft.pk)
    context = {"case_page": page, "plan": PlanPage.of(draft, page, team_of(case_id, page.actor))}
    return render(request, "desk/plan_propose.html", context)


@require_http_methods(["GET", "POST"])
def reply(request: Request, case_id: uuid.UUID, version_id: uuid.UUID) -> HttpResponse:
    """A unit says whether it can do its rows as written."""
    page = get_case(request, case_id, action="opened_plan")
    proposed = _version(page, version_id)
    form = UnitReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reply_for_unit(
            version=proposed,
            agrees=form.cleaned_data["agrees"] == "yes",
            comment=form.cleaned_data["comment"],
            by=page.actor,
        )
        messages.success(request, _("Your answer is saved."))
        return redirect("desk:plan", case_id=case_id)
    shown = PlanPage.of(proposed, page, team_of(case_id, page.actor))
    context = {"case_page": page, "form": form, "plan": shown}
    return render(request, "desk/plan_reply.html", context, status=HAND_BACK if form.errors else 200)


@require_http_methods(["GET", "POST"])
def agree(request: Request, case_id: uuid.UUID, version_id: uuid.UUID) -> HttpResponse:
    """Fix the version, after saying who will read it."""
    page = get_case(request, case_id, action=None)
    page.standing.require(Permission.AGREE_PLAN)
    draft = _version(page, version_id)
    if request.method == "POST":
        agree_plan(version=draft, by=page.actor)
        messages.success(request, _("The plan is agreed. The family can read it now."))
        return redirect("desk:plan", case_id=case_id)
    page.record_read("opened_plan_draft", object=draft.pk)
    context = {"case_page": page, "plan": PlanPage.of(draft, page, team_of(case_id, page.actor))}
    return render(request, "desk/plan_agree.html", context)


@require_http_methods(["GET", "POST"])
def status(request: Request, case_id: uuid.UUID, insats_id: uuid.UUID) -> HttpResponse:
    """Say how one's own insats goes."""
    page = get_case(request, case_id, action="opened_plan")
    row = Insats.objects.visible_to(page.actor).filter(case=case_id, pk=insats_id).first()
    if row is None:
        raise Http404
    form = StatusForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_status(insats=row, **form.cleaned_data, by=page.actor)
        messages.success(request, _("Saved. Everyone who sees the row sees how it goes."))
        return redirect("desk:plan", case_id=case_id)
    context = {"case_page": page, "form": form, "row": row}
    return render(request, "desk/plan_status.html", context, status=HAND_BACK if form.errors else 200)


def _version(page: CasePage, version_id: uuid.UUID) -> PlanVersion:
    found = plan_version(page.case.pk, version_id, page.actor)
    if found is None:
        raise Http404
    return found
