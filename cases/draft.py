"""What somebody has typed and not yet saved."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from agencies.models import Unit
from kit.identity import Identified


class Draft(Identified):
    """What somebody has typed and not yet saved, per account and form.

    ``target`` names the form, such as ``entry:new`` or ``plan:edit``; a draft
    is its writer's alone and only while the case is readable to her.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True)
    case = models.ForeignKey("cases.Case", models.CASCADE, null=True, blank=True)
    target = models.CharField(max_length=120)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "unit", "case", "target"],
                nulls_distinct=False,
                name="one_draft_of_a_form",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
