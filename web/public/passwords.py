"""Changing one's own password."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from kit.errors import Refused
from people import services
from people.models import Account
from web.addresses import client_address
from web.door import for_signed_in
from web.public.forms import PasswordForm
from web.request import Request
from web.waiting import too_many


@never_cache
@sensitive_post_parameters()
@for_signed_in
@require_http_methods(["GET", "POST"])
def change(request: Request) -> HttpResponse:
    """Old password and a new one twice in; other sessions are over, this one goes on."""
    account = services.account_to_sign_in(request.user.get_username())
    if account is None:  # closed since the request began
        raise Http404
    form = PasswordForm(account, request.POST or None)
    status = 200
    if request.method == "POST":
        status = _try_change(request, account, form)
        if status == 200:
            messages.success(request, _("Your password is changed. You are signed out everywhere else."))
            return redirect("/")
    context = {"form": form, "demo": settings.DEMO}
    return render(request, "public/password_change.html", context, status=status)


def _try_change(request: Request, account: Account, form: PasswordForm) -> int:
    """Change it and return 200, or put the reason into the form and return its status."""
    username, address = account.username, client_address(request)
    until = services.wait_for_sign_in(username=username, address=address, by=request.actor)
    if until is not None:
        form.is_valid()
        form.errors.clear()
        form.add_error(None, too_many(until))
        return 429
    if not form.is_valid():
        if form.has_error("old_password", "password_incorrect"):
            services.note_failed_sign_in(username=username, address=address, by=request.actor)
        return 422
    try:
        services.change_password(
            account=account, password=form.cleaned_data["new_password1"], by=request.actor
        )
    except Refused as refused:
        form.refuse(refused)
        return 422
    update_session_auth_hash(request, account)
    return 200
