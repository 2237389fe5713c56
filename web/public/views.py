"""Coming in, choosing a workplace, going out."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access import actor as actors
from access.actor import FAMILY_HAT, Workplace
from access.middleware import MEMBERSHIP_KEY, let_idle
from access.words import role_label
from cases.queries.people import UnitChild, unit_children
from cases.services.emergency import end_emergencies
from kit.forms import OptionLabel
from people import services
from people.models import Account
from web.addresses import SIGN_IN, client_address, own_path, start_of
from web.context import stay_of
from web.door import for_signed_in, only_looks
from web.public.forms import SignInForm, WorkplaceForm
from web.public.personas import BY_NAME, CHILD, PASSWORD, STORY, groups_of
from web.request import Request
from web.waiting import too_many


@require_GET
def start(request: Request) -> HttpResponse:
    """Everybody to her own first page; the unknown to the sign-in page."""
    if request.actor.account_id is None:
        return redirect(SIGN_IN)
    address = start_of(request.actor)
    return redirect(address) if address else render(request, "public/no_workplace.html")


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """User name and password in, the wanted page out."""
    form = SignInForm(request.POST or None)
    following = own_path(request.POST.get("next") or request.GET.get("next", ""))
    status = 200
    if request.method == "POST":
        status = _try_sign_in(request, form) if form.is_valid() else 422
        if status == 200:
            return redirect(following or "/")
    context = {
        "form": form,
        "next": following,
        "session_ended": "utgangen" in request.GET,
        "demo": settings.DEMO,
    }
    return render(request, "public/sign_in.html", context, status=status)


def _try_sign_in(request: Request, form: SignInForm) -> int:
    """Sign in and return 200, or put the reason into the form and return its status."""
    username, address = form.cleaned_data["username"], client_address(request)
    until = services.wait_for_sign_in(username=username, address=address, by=request.actor)
    if until is not None:
        form.add_error(None, too_many(until))
        return 429
    account = authenticate(request, username=username, password=form.cleaned_data["password"])
    if not isinstance(account, Account):
        services.note_failed_sign_in(username=username, address=address, by=request.actor)
        form.add_error(None, _("The user name or the password is wrong. Check both and try again."))
        return 422
    request.session.flush()  # nothing of an earlier session follows along
    login(request, account)
    request.actor = actors.begin(account.pk)
    if request.actor.role is not None:
        # The session is for this workplace, and ends with it.
        request.session[MEMBERSHIP_KEY] = str(request.actor.membership_id or FAMILY_HAT)
    let_idle(request)
    services.renew_password_hash(account=account, by=request.actor)
    services.note_sign_in(username=username, by=request.actor)
    # A nödöppning is of one session: what an earlier one left open ends.
    end_emergencies(by=request.actor)
    return 200


@require_POST
def sign_out(request: Request) -> HttpResponse:
    """End the session and have the browser forget what it kept."""
    if request.actor.account_id is not None:
        end_emergencies(by=request.actor)
        services.note_sign_out(by=request.actor)
    logout(request)
    messages.success(request, _("You have signed out."))
    response = redirect(SIGN_IN)
    # Not "cookies": that would sign out of every service on the same host.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@for_signed_in
@require_POST
def stay(request: Request) -> HttpResponse:
    """Somebody is still there: the door has prolonged the session, up to its longest."""
    return HttpResponse(status=204)


@only_looks
@for_signed_in
@require_GET
def session_left(request: Request) -> HttpResponse:
    """What the script asks before it warns and before a form is sent: how long the session
    lasts, whose it is, and the token that its forms need."""
    stays = stay_of(request, request.actor)
    if stays is None:
        raise Http404
    answer = {"seconds": stays.left.seconds, "longest": stays.left.longest, "who": stays.who}
    return JsonResponse({**answer, "token": get_token(request)})


@for_signed_in
@require_http_methods(["GET", "POST"])
def choose_workplace(request: Request) -> HttpResponse:
    """Which of her workplaces, or the family's hat, somebody acts for."""
    choices = [(str(place.membership), _label(place)) for place in request.actor.workplaces]
    initial = {"membership": str(request.actor.membership_id or FAMILY_HAT)}
    form = WorkplaceForm(request.POST or None, choices=choices, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["membership"]
        services.note_workplace(membership_id=uuid.UUID(chosen), by=request.actor)
        request.session[MEMBERSHIP_KEY] = chosen
        return redirect("/")
    context = {"form": form, "choices": choices}
    return render(request, "public/workplace_choose.html", context, status=422 if form.errors else 200)


def _label(place: Workplace) -> OptionLabel:
    """A workplace as its option shows it."""
    if place.membership == FAMILY_HAT:
        return OptionLabel(_("My family"), hint=_("What concerns your own children."))
    title = place.title or role_label(place.role)
    return OptionLabel(place.name, hint=title[:1].upper() + title[1:])


@never_cache
@require_GET
def personas_list(request: Request) -> HttpResponse:
    """Whom one can sign in as; in the demo only."""
    if not settings.DEMO:
        raise Http404
    known = set(Account.objects.values_list("username", flat=True).filter(username__in=BY_NAME))
    context = {"groups": groups_of(known), "password": PASSWORD, "milo": _milo(request)}
    return render(request, "public/personas_list.html", context)


def _milo(request: Request) -> UnitChild | None:
    """The child of the demo's story, as the one who notices him finds him in her unit's list."""
    maj = Account.objects.filter(username=STORY.people[0].username).first()
    if maj is None:
        return None
    try:
        children = unit_children(actors.begin(maj.pk))
    finally:
        actors.begin(request.actor.account_id, request.actor.membership_id or FAMILY_HAT)
    return next((child for child in children if child.name == CHILD), None)
