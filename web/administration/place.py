"""The municipality whose settings are looked at."""

from __future__ import annotations

from django.http import Http404

from agencies.models import Municipality
from agencies.queries import municipality_administered
from web.request import Request


def own_place(request: Request) -> Municipality:
    """The municipality that the actor is administrator of, or 404."""
    place = municipality_administered(request.actor)
    if place is None:
        raise Http404
    return place
