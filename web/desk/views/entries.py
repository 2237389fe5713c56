"""Notes: write one, read one, correct one."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.permissions import Permission
from cases.models import Version
from cases.queries.audience import Audience
from cases.queries.entries import EntryView, entry_view, journaled
from cases.queries.kept import hidings_of
from cases.queries.sharing import former_audience, shown_by, shown_now
from cases.services.disclosing import waiting_for_signature
from cases.services.entries import correct_entry, write_entry
from cases.wheel import Wheel
from cases.wheel_words import WheelWords, words_of
from consent.models import Category
from kit.errors import Conflict, Refused
from web.desk.case_page import CasePage, get_case
from web.desk.events import title_of
from web.desk.forms.audience import AudienceForm, Readers, ReadersForm
from web.desk.forms.entries import CorrectionForm, NoteForm
from web.desk.forms.wheels import WheelForm
from web.desk.journal import journal_text
from web.desk.previews import CHANGE, look_first
from web.desk.wheel_pictures import picture_of
from web.desk.writing import DISCARD, Typing, attempt, is_whole, typing
from web.request import Request


@require_http_methods(["GET", "POST"])
def write(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """A new note; the save is also the decision who may read it."""
    page = get_case(request, case_id, action=None)
    page.standing.require(Permission.WRITE_ENTRY)
    draft = typing(page, "entry:new")
    if DISCARD in request.POST:
        draft.discard()
        return redirect(request.path)
    initial = {"happened_on": page.actor.today, **draft.fields}
    form = NoteForm(_posted(request), readers=Readers(page), today=page.actor.today, initial=initial)
    if form.is_bound and is_whole(form, request) and CHANGE not in request.POST:
        audience = form.cleaned_data["audience"]
        looks = look_first(request, page, audience, form.written())
        if looks:
            return looks
        done = attempt(
            form,
            lambda: write_entry(case=page.case, written=form.written(), audience=audience, by=page.actor),
        )
        if done:
            return saved(request, done, audience)
    page.record_read("opened_writing")
    context = {"case_page": page, "form": form, "draft": draft}
    return render(request, "desk/entry_write.html", context, status=422 if form.errors else 200)


@require_GET
def readers(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """*Vem får läsa?* alone, drawn anew when what it depends on changes."""
    page = get_case(request, case_id, action="opened_writing")
    version = own_version(page, request.GET["entry"]).newest if request.GET.get("entry") else None
    former = former_audience(version, page.actor) if version else None
    form = ReadersForm(readers=Readers(page, former=former), chosen=request.GET, version=version)
    return render(request, "desk/entry_readers.html", {"form": form})


@require_GET
def show(request: Request, case_id: uuid.UUID, entry_id: uuid.UUID) -> HttpResponse:
    """The newest version that the actor may read, and what changed before it."""
    page = get_case(request, case_id, own=True, action=None)
    entry = entry_view(case_id, entry_id, page.actor)
    if entry is None:
        raise Http404
    page.record_read("opened_entry", object=entry.newest.pk, **shown_by(entry.newest, page.actor))
    shown = shown_now(entry.newest, page.actor) if entry.mine and page.works_on else []
    context = {
        "case_page": page,
        "entry": entry,
        "title": title_of(entry.newest),
        "wheel": picture_of(entry.newest) if entry.newest.kind == "wheel" else None,
        "compared": entry.changed_since(_id_or_none(request.GET.get("jamfor"))),
        "shown": shown,
        "hidings": hidings_of(entry.entry, page.actor) if entry.mine else [],
        "may_hide": entry.mine and page.may(Permission.HIDE_FROM_GUARDIAN),
        "behind": [one for one in shown if not one.newest],
        "may_correct": entry.mine and page.may(Permission.WRITE_ENTRY),
        "may_share": entry.mine and page.may(Permission.SHARE_WITH_UNIT),
        "journal_text": journal_text(entry.newest) if page.standing.may_print else "",
        "journaled": journaled(entry.newest, page.actor),
    }
    return render(request, "desk/entry_show.html", context)


@require_http_methods(["GET", "POST"])
def correct(request: Request, case_id: uuid.UUID, entry_id: uuid.UUID) -> HttpResponse:
    """A new version. Those who have the old one keep it until they are shown this one."""
    page = get_case(request, case_id, own=True, action=None)
    version = own_version(page, entry_id).newest
    page.standing.require(Permission.WRITE_ENTRY)
    draft = typing(page, f"correct:{entry_id}")
    if DISCARD in request.POST:
        draft.discard()
        return redirect(request.path)
    page.record_read("opened_entry", object=version.pk)
    form = correction_form(page, version, draft, _posted(request))
    if form.is_bound and is_whole(form, request) and CHANGE not in request.POST:
        looks = look_first(request, page, form.cleaned_data["audience"], form.written())
        if looks:
            return looks
        try:
            return _corrected(request, page, version, form) or _correct_page(
                request, page, version, form, draft
            )
        except Conflict as conflict:
            theirs = own_version(page, entry_id).newest
            form = correction_form(page, theirs, draft, {**request.POST.dict(), "based_on": theirs.no})
            return _correct_page(request, page, theirs, form, draft, conflict=conflict.theirs)
    return _correct_page(request, page, version, form, draft)


def _words_of(version: Version) -> WheelWords:
    """A wheel that is corrected keeps the words that it was filled in with."""
    wheel = Wheel.of(version.data)
    return words_of([wheel])[wheel.edition]


def correction_form(page: CasePage, version: Version, draft: Typing, data: Any) -> NoteForm | WheelForm:
    """The form that the entry was written in, without what can't be changed."""
    readers = Readers(page, former=former_audience(version, page.actor))
    if version.kind == version.entry.Kind.WHEEL:
        return WheelForm(
            data,
            readers=readers,
            today=page.actor.today,
            guardians=[],
            words=_words_of(version),
            born_on=page.child.born_on,
            version=version,
            initial=draft.fields,
        )
    initial = {
        "happened_on": version.happened_on,
        "body": version.body,
        "health": version.category == Category.HEALTH,
        "beyond_consent": version.beyond_consent,
        "based_on": version.no,
    }
    return CorrectionForm(
        data, readers=readers, today=page.actor.today, version=version, initial={**initial, **draft.fields}
    )


def own_version(page: CasePage, entry_id: uuid.UUID | str) -> EntryView:
    """An entry of the actor's own unit; 404 where she can't read it, and a reason
    where it is shown to her by others."""
    known = _id_or_none(str(entry_id))
    entry = entry_view(page.case.pk, known, page.actor) if known else None
    if entry is None:
        raise Http404
    if not entry.mine:
        raise Refused(_("Only the unit that wrote this can correct it or show it to others."))
    return entry


def saved(request: Request, version: Version, audience: Audience) -> HttpResponse:
    """To what was saved, saying whether others see it. No names: messages lie in the session."""
    if audience and waiting_for_signature(version):
        text = _("Saved. It waits for a signature.")
    elif audience:
        text = _("Saved and shown to those you chose.")
    elif version.no > 1 and shown_now(version, request.actor):
        text = _("The correction is saved. Others do not see it before you show it to them.")
    else:
        text = _("Saved. Only your unit can read it.")
    messages.success(request, text)
    return redirect("desk:entry", case_id=version.case_id, entry_id=version.entry_id)


def _corrected(request: Request, page: CasePage, version: Version, form: Any) -> HttpResponse | None:
    audience = form.cleaned_data["audience"]
    done = attempt(
        form,
        lambda: correct_entry(
            entry=version.entry,
            written=form.written(),
            audience=audience,
            based_on=form.cleaned_data["based_on"] or 0,
            by=page.actor,
        ),
    )
    return saved(request, done, audience) if done else None


def _correct_page(
    request: Request,
    page: CasePage,
    version: Version,
    form: AudienceForm,
    draft: Typing,
    *,
    conflict: str = "",
) -> HttpResponse:
    """``conflict`` says who saved meanwhile; then both texts stand on the page."""
    context = {
        "case_page": page,
        "form": form,
        "draft": draft,
        "version": version,
        "title": title_of(version),
        "conflict": conflict,
        "wheel": picture_of(version) if conflict and version.kind == "wheel" else None,
    }
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "desk/entry_correct.html", context, status=status)


def _posted(request: Request) -> Any:
    """What was posted, also where it is nothing."""
    return request.POST if request.method == "POST" else None


def _id_or_none(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        return None
