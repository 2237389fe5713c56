"""Paper of a closed case: blocked, but for whoever is named and says why."""

from __future__ import annotations

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from access.actor import Actor
from access.permissions import Permission
from audit.services import record
from cases.facts import standing
from cases.models import Case
from kit import dates, pdf
from kit.errors import Refused
from plans.document import context_of_version, units_in_force
from plans.models import PlanVersion


class PrintReason(models.TextChoices):
    """Why the plan of a closed case has to leave the screen. A code, so that the audit can keep it."""

    MEETING = "meeting", gettext_lazy("It is needed at a meeting without a screen")
    FAMILY = "family", gettext_lazy("The family has asked for it on paper")
    AUTHORITY = "authority", gettext_lazy("A court or another authority has asked for it")


@transaction.atomic
def print_closed_plan(*, case: Case, reason: PrintReason, by: Actor) -> pdf.Pdf:
    """The agreed plan as a PDF that says on every page who printed it and when.

    Only for whoever works on the closed case, and so is named for it; it is recorded.
    """
    how = standing(case.pk, by)
    how.require(Permission.READ_CONTENT)
    version = PlanVersion.objects.agreed().visible_to(by).filter(case=case).order_by("-no").first()
    if not how.circle or not how.facts.assigned or version is None:
        raise Refused(_("There is no agreed plan to print."))
    footer = _("Protected. Printed by %(name)s, %(instant)s. Don't leave it lying.") % {
        "name": by.name,
        "instant": dates.instant(by.at),
    }
    covered = units_in_force(case.child_id)
    made = pdf.render(
        "pdf/plan.html", context_of_version(version, case.child, by, footer=footer, covered=covered)
    )
    record(by=by, kind="print", action="printed_closed_plan", case=case.pk, child=case.child_id,
           object=version.pk, reason=reason.value)  # fmt: skip
    return made
