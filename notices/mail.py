"""Mail that says only that there is something to read, and where to sign in."""

from __future__ import annotations

import uuid
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation


def message_id(work: uuid.UUID) -> str:
    """The same for each attempt, so that a mail server or reader can tell a repeat."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2]
    return f"<{work}@{domain}>"


def send(*, to: str, template: str, work: uuid.UUID) -> str:
    """Send a fixed text and return its Message-ID. Nothing of a person, child or unit goes in.

    Raises what the mail server's refusal or absence raises.
    """
    identity = message_id(work)
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(f"mail/{template}.txt", {"address": settings.SERVICE_URL})
    subject, _, body = text.strip().partition("\n")
    EmailMessage(
        subject.strip(),
        body.strip() + "\n",
        to=[to],
        headers={"Message-ID": identity, "Auto-Submitted": "auto-generated"},
    ).send()
    return identity
