"""The request as views get it: with the one who acts."""

from django.http import HttpRequest

from access.actor import Actor


class Request(HttpRequest):
    """For annotations: ``access.middleware`` has set the actor."""

    actor: Actor
    # Set where the domain refuses: the policy's code, for the audit.
    refused_for: str
