"""Who may write what about a meeting past the services: a first version, and the one after the newest."""

from __future__ import annotations

from tests.access.attempts import ALLOWED, IMPOSSIBLE, NOW, REFUSED, TWICE, Attempts

# One line for each attempt.
# fmt: off
NEW_MEETING = "5d9f4a2e-7f5e-4b1c-9c35-000000000001"


def meetings(a: Attempts) -> None:
    """Case A is BVC's, where only "bvc" works on it; case B the school's, and BVC takes part on consent."""
    world, rows = a.fixed.world, a.fixed.rows
    account, unit = world.accounts, world.units
    bvc, logoped, school, social = (str(unit[name].pk) for name in ("bvc", "logoped", "school", "social"))
    mamma, granne = (str(world.guardians[name].pk) for name in ("mamma", "granne"))
    new = {"meeting": NEW_MEETING, "no": 1, "written_at": NOW}
    go_on = {"no": 3, "written_at": NOW}
    a.insert("bvc invites to a meeting", "bvc", "meeting_a", ALLOWED, **new)
    a.insert("bvc changes a meeting", "bvc", "meeting_a", ALLOWED, **go_on)
    a.insert("bvc writes a version that is there", "bvc", "meeting_a", REFUSED, no=2, written_at=NOW)
    a.insert("bvc skips a version of a meeting", "bvc", "meeting_a", REFUSED, no=4, written_at=NOW)
    a.insert("bvc begins a meeting with its second version", "bvc", "meeting_a", REFUSED, **new | {"no": 2})
    a.insert("bvc invites as of yesterday", "bvc", "meeting_a", REFUSED, meeting=NEW_MEETING, no=1)
    a.insert("bvc invites in a colleague's name", "bvc", "meeting_a", REFUSED, **new, written_by_id=account["bvc2"])
    a.insert("bvc2 invites unassigned", "bvc2", "meeting_a", REFUSED, **new, written_by_id=account["bvc2"])
    a.insert("a lead invites unassigned", "bvc-ledare", "meeting_a", REFUSED, **new,
        written_by_id=account["bvc-ledare"])
    a.insert("logoped invites to another's case", "logoped", "meeting_a", REFUSED, **new, unit_id=logoped,
        written_by_id=account["logoped"])
    a.insert("polis changes a meeting that invites it", "polis", "meeting_a", REFUSED, **go_on,
        unit_id=str(unit["police"].pk), written_by_id=account["polis"])
    a.insert("tva-enheter invites to the school's case", "tva-enheter", "meeting_b", REFUSED, **new, unit_id=bvc,
        units=[bvc], written_by_id=account["tva-enheter"])
    a.insert("bvc invites for another unit", "bvc", "meeting_a", REFUSED, **new, unit_id=logoped)
    a.insert("bvc invites without its own unit", "bvc", "meeting_a", REFUSED, **new, units=[logoped])
    a.insert("bvc invites a unit that takes no part", "bvc", "meeting_a", REFUSED, **new, units=[bvc, school])
    a.insert("bvc invites a unit whose part has ended", "bvc", "meeting_a", REFUSED, **new, units=[bvc, social])
    a.insert("bvc invites another child's guardian", "bvc", "meeting_a", REFUSED, **new, guardians=[granne])
    a.insert("bvc invites both at home", "bvc", "meeting_a", ALLOWED, **new,
        guardians=[mamma, str(world.guardians["pappa"].pk)])
    a.insert("bvc moves a meeting to another case", "bvc", "meeting_a", REFUSED, **go_on, case_id=rows["case_b"])
    a.insert("bvc books a time that was not proposed", "bvc", "meeting_a", REFUSED, **go_on,
        starts_at=world.days(4).isoformat())
    a.insert("bvc books no time", "bvc", "meeting_a", IMPOSSIBLE, **go_on, starts_at=None)
    a.insert("bvc proposes no time", "bvc", "meeting_a", REFUSED, **go_on, proposed=[])
    cancelled = go_on | {"state": "cancelled", "reason": "Sjuk."}
    a.insert("bvc cancels a meeting", "bvc", "meeting_a", ALLOWED, **cancelled)
    a.insert("bvc cancels without a reason", "bvc", "meeting_a", IMPOSSIBLE, **cancelled | {"reason": ""})
    a.insert("bvc cancels and invites others", "bvc", "meeting_a", REFUSED, **cancelled, units=[bvc])
    a.insert("bvc has held a meeting to come", "bvc", "meeting_a", REFUSED, **go_on, state="held")
    held = go_on | {"no": 2, "state": "held"}
    a.insert("bvc has held a meeting", "bvc", "meeting_today", ALLOWED, **held, present_guardians=[mamma])
    a.insert("bvc has held it with somebody uninvited", "bvc", "meeting_today", IMPOSSIBLE, **held,
        present_units=[logoped])
    a.insert("bvc goes on with what is held", "bvc", "meeting_held", REFUSED, **go_on | {"no": 2}, state="booked")
    a.insert("bvc invites to the same twice", "bvc", "meeting_a", TWICE, **new | {"no": 1, "id": rows["meeting_a"]})
    a.update("bvc rewrites a meeting", "bvc", "meeting_a", REFUSED, place="x")
    a.delete("bvc removes a meeting", "bvc", "meeting_a", REFUSED)
