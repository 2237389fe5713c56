"""The page on which the sender of a signal is told, and where she reads it."""

from __future__ import annotations

from cases.models import Signal
from tests.database import as_loader
from tests.web.desk.test_inbox import text_of
from tests.worlds import World


def test_told_and_read(world: World) -> None:
    """From the case page to the sender's own; what no yes covers is not there to choose."""
    case = world.open_case()
    signal = world.signal(to_unit="bvc", case=case, taken_by="bvc")
    with as_loader():
        Signal.objects.filter(pk=signal.pk).update(yes_from="Mamma", yes_on=world.day(-2))
    nurse, address = world.client("bvc"), f"/barn/{case.pk}/aterkoppling/{signal.pk}/"
    assert address in nurse.get(f"/barn/{case.pk}/").content.decode()
    page = text_of(nurse.get(address))
    assert "Vi har pratat med familjen." in page
    assert "En plan för barnet har börjat." not in page
    for wrong in ({}, {"what": "plan"}):
        assert nurse.post(address, wrong).status_code == 422
    assert nurse.post(address, {"what": "talked"}).status_code == 302
    assert "Det här har de fått veta" in text_of(nurse.get(address))
    sender = world.client("forskola")
    assert "Återkoppling har kommit" in text_of(sender.get("/mitt-arbete/"))
    read = text_of(sender.get(f"/signal/{signal.pk}/"))
    assert "Vi har pratat med familjen." in read
    assert world.units["bvc"].name not in read
