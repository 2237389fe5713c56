"""Units that a child can meet."""

from __future__ import annotations

from django.db.models import Q

from agencies.models import Unit


def units_near(municipality_code: str) -> list[Unit]:
    """Units of the municipality, and those that belong to none (the region, the
    police), by kind and name."""
    return list(
        Unit.objects.filter(Q(municipality=municipality_code) | Q(municipality__isnull=True)).order_by(
            "kind", "name"
        )
    )
