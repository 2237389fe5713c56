"""A small world for a test, loaded through the loader's role in the test's own transaction.

The cast is always the same; cases, consents, entries and plans are what the test adds::

    case = world.open_case()                                  # held by BVC, worked on by "bvc"
    consent = world.consent(case, "logoped", "preschool")     # all have said yes
    world.assign("logoped", "logoped", case)
    version = world.entry("bvc", "bvc", case, body="Pratar lite.")
    world.show(version, to_unit="logoped", consent=consent)
    with world.act("logoped") as actor:
        assert version in Version.objects.visible_to(actor)
    world.client("logoped").get(f"/barn/{case.pk}/")

``world.teamwork()`` is all of that at once. Periods begin a day before :attr:`World.at` unless said
otherwise; instants that a test counts in days are easiest as ``world.days(-3)``.
"""

from tests.worlds.world import Teamwork, World

__all__ = ["Teamwork", "World"]
