"""A new edition of the wheel's words. Wheels that are filled in keep theirs."""

from __future__ import annotations

import uuid

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from access.actor import Actor
from access.facts import ActionFacts
from access.permissions import Permission
from access.policy import decide
from access.words import require
from audit.services import record
from cases.editions import WheelEdition
from cases.wheel import FACES, HIGHEST
from cases.wheel_words import WheelWords, latest_words
from kit.errors import Refused

LONGEST_NAME, LONGEST_PROMPT, LONGEST_WORD, LONGEST_WHY = 28, 200, 40, 2000


@transaction.atomic
def word_wheel(*, words: WheelWords, based_on: int, why: str, by: Actor) -> WheelEdition:
    """Save the next edition, which new wheels are filled in with from now on."""
    require(decide(Permission.WORD_WHEEL, ActionFacts(role=by.role)))
    assert by.account_id is not None  # noqa: S101 (nobody has the role without an account)
    latest = latest_words()
    if latest.no != based_on:
        raise Refused(_("Somebody else has changed the words meanwhile. Read them and begin again."))
    if not why.strip():
        raise Refused(_("Write why it is changed."), field="why")
    if words.as_data() == latest.as_data():
        raise Refused(_("Nothing has been changed."))
    _check(words, why)
    edition = WheelEdition(
        id=uuid.uuid4(),
        no=latest.no + 1,
        words=words.as_data(),
        why=why.strip(),
        made_by_id=by.account_id,
        made_at=by.at,
    )
    try:
        with transaction.atomic():
            edition.save(force_insert=True)
    except IntegrityError as error:
        # Somebody else was first by a moment.
        raise Refused(
            _("Somebody else has changed the words meanwhile. Read them and begin again.")
        ) from error
    record(by=by, kind="write", action="wheel_worded", object=edition.pk, version=edition.no)
    return edition


def _check(words: WheelWords, why: str) -> None:
    """Every word is there and fits, whatever the form let through."""
    names = [one.name for one in words.sectors.values()]
    prompts = [text for one in words.sectors.values() for text in (one.adult, one.older, one.younger)]
    said = [*words.scale, *words.faces]
    if len(words.scale) != HIGHEST or len(words.faces) != len(FACES):
        raise Refused(_("The scale has five words, and three faces."))
    if len(set(names)) != len(names):
        raise Refused(_("Two areas have the same name."))
    for texts, longest in ((names, LONGEST_NAME), (prompts, LONGEST_PROMPT), (said, LONGEST_WORD)):
        if any(not text.strip() or len(text) > longest or "\x00" in text for text in texts):
            raise Refused(_("A text is empty or too long."))
    if len(why) > LONGEST_WHY:
        raise Refused(_("The text is too long. Shorten it."), field="why")
