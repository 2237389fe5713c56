"""The pages that every footer links to, and how to ask for access."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from agencies.queries import leads_of_my_unit
from kit import components_demo
from web.public import accessibility as statement
from web.request import Request


@require_GET
def accessibility(request: Request) -> HttpResponse:
    """Tillgänglighetsredogörelse (lag 2018:1937, 13 §; MDFFS 2019:2)."""
    return render(request, "public/accessibility.html", {"statement": statement})


@require_GET
def personal_data(request: Request) -> HttpResponse:
    """What the service does with personal data (GDPR art. 13 and 14)."""
    return render(request, "public/personal_data.html")


@require_GET
def help_page(request: Request) -> HttpResponse:
    """Where to turn."""
    return render(request, "public/help.html")


@require_GET
def ask_access(request: Request) -> HttpResponse:
    """Whom to ask: one's own arbetsledare, who can assign one to a case."""
    return render(request, "public/access_ask.html", {"leads": leads_of_my_unit(request.actor)})


@require_GET
def components(request: Request) -> HttpResponse:
    """Every component in every state; only while developing."""
    return render(request, "components/index.html", components_demo.context(request))
