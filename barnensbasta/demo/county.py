"""The whole county, from a seed, a day and a password's hash."""

from __future__ import annotations

from datetime import date

from barnensbasta.demo import SEED
from barnensbasta.demo.breaks import tell_breaks
from barnensbasta.demo.case_a import tell_case_a
from barnensbasta.demo.case_c import tell_case_c
from barnensbasta.demo.case_f import tell_case_f, tell_protected_child
from barnensbasta.demo.case_youth import tell_case_youth
from barnensbasta.demo.families import Families, build_milo
from barnensbasta.demo.history import tell_history
from barnensbasta.demo.law import tell_law
from barnensbasta.demo.log import tell_log
from barnensbasta.demo.moments import Moments
from barnensbasta.demo.places import build_places
from barnensbasta.demo.roles import tell_roles
from barnensbasta.demo.rows import Rows
from barnensbasta.demo.staff import build_staff
from barnensbasta.demo.stage import Stage
from barnensbasta.demo.telling import tell_senders
from barnensbasta.demo.unnamed import tell_questions
from barnensbasta.demo.worklists import tell_worklists


def build(today: date, *, password: str, seed: str = SEED) -> Rows:
    """All rows of the demo on a day. ``password`` is a hash, made once by the caller."""
    rows = Rows(seed)
    moments = Moments(today)
    places = build_places(rows)
    staff = build_staff(rows, places, moments, password)
    stage = Stage(rows, moments, places, staff, Families(rows, moments))
    build_milo(stage.families, staff, places.unit("BVC Lessebo"), places.unit("Förskolan Trollsländan"))
    tell_case_a(stage)
    tell_case_c(stage)
    tell_case_youth(stage)
    tell_case_f(stage)
    tell_protected_child(stage)
    tell_law(stage)
    tell_roles(stage)
    tell_breaks(stage)
    tell_questions(stage)
    tell_worklists(stage)
    tell_history(stage)
    tell_senders(stage)
    tell_log(stage)
    return rows
