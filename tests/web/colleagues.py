"""The second person of those who give a role."""

from __future__ import annotations

from agencies.models import Appointment
from tests.database import as_loader
from tests.worlds import World


def confirm_all(world: World, unit: str = "preschool") -> str:
    """The head of the unit says yes to what waits; the last page that she got."""
    name = f"ledare-{unit}"
    if name not in world.accounts:
        world.add_staff(name, unit, role="lead")
    browser, page = world.client(name), ""
    with as_loader():
        waiting = list(Appointment.objects.filter(unit=world.unit(unit), outcome=""))
    for appointment in waiting:
        response = browser.post(f"/nya-roller/{appointment.pk}/", {"confirm": "1"})
        assert response.status_code in {200, 302}
        page = response.content.decode()
    assert waiting
    return page
