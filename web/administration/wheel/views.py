"""The wheel's words: what holds, and a new edition with its reason. No child anywhere."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.roles import Role
from cases.editions import WheelEdition
from cases.services.wheel_words import word_wheel
from cases.wheel_words import latest_words
from kit.errors import Refused
from web.administration.wheel.forms import WordsForm
from web.door import only_for
from web.request import Request


@only_for(Role.ADMINISTRATOR)
@require_GET
def overview(request: Request) -> HttpResponse:
    """The words that hold now, and every edition with its reason."""
    editions = WheelEdition.objects.visible_to(request.actor).order_by("-no")
    context = {"words": latest_words(), "editions": editions}
    return render(request, "administration/wheel_words.html", context)


@only_for(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def word(request: Request) -> HttpResponse:
    """A new edition, begun with the words that hold now."""
    form = WordsForm(request.POST or None, words=latest_words())
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            word_wheel(words=form.worded(), based_on=data["based_on"], why=data["why"], by=request.actor)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved. New wheels are filled in with these words."))
            return redirect("administration:wheel")
    status = 422 if form.errors else 200
    return render(request, "administration/wheel_word.html", {"form": form}, status=status)
