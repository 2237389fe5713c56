"""What the stories are told with."""

from __future__ import annotations

from dataclasses import dataclass

from barnensbasta.demo.families import Families
from barnensbasta.demo.moments import Moments
from barnensbasta.demo.places import Places
from barnensbasta.demo.rows import Rows
from barnensbasta.demo.staff import Staff


@dataclass(frozen=True)
class Stage:
    """The rows so far, the days, the units, who works there, and the families."""

    rows: Rows
    moments: Moments
    places: Places
    staff: Staff
    families: Families
