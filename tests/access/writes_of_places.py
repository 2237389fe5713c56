"""Who may write what in the fixed world: places, who works there, and who proposes and confirms it."""

from __future__ import annotations

from tests.access.attempts import (
    ALLOWED,
    IMPOSSIBLE,
    NO_ROW,
    NOW,
    REFUSED,
    TWICE,
    Attempts,
    period,
)

# What PostgreSQL says of a block that went well.
DONE = -1

# One line for each attempt.
# fmt: off


def places(a: Attempts) -> None:
    world, rows = a.fixed.world, a.fixed.rows
    account, unit = world.accounts, world.units
    rows["municipality_vaxjo"] = unit["social_vaxjo"].municipality  # type: ignore[assignment]
    rows["unit_preschool"], rows["membership_forskola"] = unit["preschool"], world.memberships["forskola"]
    rows |= {f"membership_{name}": world.memberships[name] for name in ("admin", "dataskydd")}
    rows["staff_bvc"] = account["bvc"].staffmember
    a.update("admin changes her municipality", "admin", "municipality", ALLOWED,
        report_url="https://ny.invalid/")
    a.update("admin changes another municipality", "admin", "municipality_vaxjo", NO_ROW,
        report_url="https://x.invalid/")
    a.update("bvc changes the municipality", "bvc", "municipality", NO_ROW, report_url="https://x.invalid/")
    a.update("admin renames a municipality", "admin", "municipality", REFUSED, name="Nybo")
    a.update("admin changes a unit of hers", "admin", "unit_preschool", ALLOWED, phone="1")
    a.update("admin changes another's unit", "admin", "unit_bvc", NO_ROW, phone="1")
    a.update("unit administrator changes her unit", "enhetsadmin", "unit_bvc", ALLOWED, phone="1")
    a.update("admin changes a unit's kind", "admin", "unit_preschool", REFUSED, kind="police")
    a.insert("admin names a colleague that she doesn't confirm", "admin", "staff_bvc", REFUSED,
        account_id=account["granne"])
    a.insert("admin names herself anew", "admin", "staff_bvc", REFUSED, account_id=account["admin"])
    a.insert("bvc names a colleague", "bvc", "staff_bvc", REFUSED, account_id=account["granne"])
    a.update("bvc changes her phone", "bvc", "staff_bvc", ALLOWED, phone="1")
    a.update("bvc changes a colleague's phone", "bvc", "staff_logoped", NO_ROW, phone="1")
    a.update("bvc gives her name to another account", "bvc", "staff_bvc", REFUSED,
        account_id=account["granne"])
    new = {"account_id": account["bvc2"]}
    a.insert("admin employs alone", "admin", "membership_forskola", REFUSED, **new)
    a.insert("admin employs elsewhere", "admin", "membership_forskola", REFUSED, **new, unit_id=unit["bvc"])
    a.insert("admin employs herself", "admin", "membership_forskola", REFUSED, account_id=account["admin"])
    a.insert("admin appoints to the steering group", "admin", "membership_forskola", REFUSED, **new,
        unit_id=None, role="steering", municipality_id="0761")
    a.insert("admin appoints an ombud", "admin", "membership_forskola", REFUSED, **new,
        role="data_protection")
    a.insert("unit administrator employs alone", "enhetsadmin", "membership_forskola", REFUSED, **new,
        unit_id=unit["bvc"])
    a.insert("unit administrator employs elsewhere", "enhetsadmin", "membership_forskola", REFUSED, **new)
    a.insert("steering group employs", "styrgrupp", "membership_forskola", REFUSED, **new)
    a.insert("bvc employs", "bvc", "membership_logoped", REFUSED, **new, unit_id=unit["bvc"])
    ended = {"valid": period(world.days(-365), world.at)}
    a.update("admin ends a membership", "admin", "membership_forskola", ALLOWED, **ended)
    a.update("admin ends one elsewhere", "admin", "membership_logoped", NO_ROW, **ended)
    a.update("admin ends her own", "admin", "membership_admin", NO_ROW, **ended)
    a.update("admin ends the ombud's", "admin", "membership_dataskydd", NO_ROW, **ended)
    a.update("admin prolongs a membership", "admin", "membership_forskola", REFUSED,
        valid=period(world.days(-365), None))
    a.update("admin moves somebody", "admin", "membership_forskola", REFUSED, unit_id=unit["school"])
    a.update("admin gives another role", "admin", "membership_forskola", REFUSED, role="lead")
    a.update("unit administrator ends one elsewhere", "enhetsadmin", "membership_forskola", NO_ROW, **ended)
    a.update("bvc ends a colleague's", "bvc", "membership_logoped", NO_ROW, **ended)


def expectations(a: Attempts) -> None:
    """Vem gör vad: the administrator of the municipality itself, in her own name, now."""
    account = a.fixed.world.accounts
    new = {"no": 3, "written_by_id": account["admin"], "written_at": NOW}
    a.insert("admin words what is expected", "admin", "expectation", ALLOWED, **new)
    a.insert("admin words it twice", "admin", "expectation", TWICE, **new | {"no": 2})
    a.insert("admin words the first", "admin", "expectation", IMPOSSIBLE, **new | {"no": 1})
    a.insert("admin words it for another municipality", "admin", "expectation", REFUSED, **new,
        municipality_id="0780")
    a.insert("admin words it in another's name", "admin", "expectation", REFUSED,
        **new | {"written_by_id": account["jurist"]})
    a.insert("admin words it as of yesterday", "admin", "expectation", REFUSED,
        **new | {"written_at": a.fixed.world.days(-1).isoformat()})
    a.insert("a unit administrator words it", "enhetsadmin", "expectation", REFUSED,
        **new | {"written_by_id": account["enhetsadmin"]})
    a.insert("bvc words what is expected", "bvc", "expectation", REFUSED,
        **new | {"written_by_id": account["bvc"]})
    a.update("admin mends a wording", "admin", "expectation", REFUSED, text="x")
    a.delete("admin removes a wording", "admin", "expectation", REFUSED)


def deadlines(a: Attempts) -> None:
    """How long a step may take: as with the wordings."""
    account = a.fixed.world.accounts
    new = {"no": 3, "set_by_id": account["admin"], "set_at": NOW}
    a.insert("admin sets a deadline", "admin", "deadline_setting", ALLOWED, **new)
    a.insert("admin sets it twice", "admin", "deadline_setting", TWICE, **new | {"no": 2})
    a.insert("admin sets the first", "admin", "deadline_setting", IMPOSSIBLE, **new | {"no": 1})
    a.insert("admin sets none at all", "admin", "deadline_setting", IMPOSSIBLE, **new, working_days=0)
    a.insert("admin sets it for another municipality", "admin", "deadline_setting", REFUSED, **new,
        municipality_id="0780")
    a.insert("admin sets it in another's name", "admin", "deadline_setting", REFUSED,
        **new | {"set_by_id": account["jurist"]})
    a.insert("admin sets it as of yesterday", "admin", "deadline_setting", REFUSED,
        **new | {"set_at": a.fixed.world.days(-1).isoformat()})
    a.insert("a unit administrator sets a deadline", "enhetsadmin", "deadline_setting", REFUSED,
        **new | {"set_by_id": account["enhetsadmin"]})
    a.insert("bvc sets a deadline", "bvc", "deadline_setting", REFUSED, **new | {"set_by_id": account["bvc"]})
    a.update("admin mends a deadline", "admin", "deadline_setting", REFUSED, working_days=9)
    a.delete("admin removes a deadline", "admin", "deadline_setting", REFUSED)


def breaks(a: Attempts) -> None:
    """School breaks: the administrator of the municipality itself, in her own name, now."""
    account = a.fixed.world.accounts

    def day(number: int) -> str:
        return a.fixed.world.day(number).isoformat()

    at = {"added_at": NOW, "first_on": day(300), "last_on": day(310)}
    new = at | {"added_by_id": account["admin"]}
    a.insert("admin adds a break", "admin", "school_break", ALLOWED, **new)
    a.insert("admin adds it twice", "admin", "school_break", TWICE,
        **new | {"first_on": day(200)})
    a.insert("admin adds one backwards", "admin", "school_break", IMPOSSIBLE,
        **new | {"last_on": day(299)})
    a.insert("admin adds one elsewhere", "admin", "school_break", REFUSED, **new, municipality_id="0780")
    a.insert("admin adds one in another's name", "admin", "school_break", REFUSED,
        **at, added_by_id=account["jurist"])
    a.insert("admin adds one as of yesterday", "admin", "school_break", REFUSED,
        **new | {"added_at": a.fixed.world.days(-1).isoformat()})
    a.insert("a unit administrator adds a break", "enhetsadmin", "school_break", REFUSED,
        **at, added_by_id=account["enhetsadmin"])
    a.insert("bvc adds a break", "bvc", "school_break", REFUSED, **at, added_by_id=account["bvc"])
    a.update("admin moves a break", "admin", "school_break", REFUSED, last_on=day(270))
    a.delete("admin removes a break", "admin", "school_break", ALLOWED)
    a.delete("bvc removes a break", "bvc", "school_break", NO_ROW)
    a.delete("a unit administrator removes a break", "enhetsadmin", "school_break", NO_ROW)


def appointments(a: Attempts) -> None:
    """One proposes, another confirms (threat 20)."""
    world, account, unit = a.fixed.world, a.fixed.world.accounts, a.fixed.world.units
    new = {"account_key": account["logoped"].pk, "proposed_at": NOW}
    mine = new | {"proposed_by_id": account["enhetsadmin"]}
    a.insert("unit administrator proposes", "enhetsadmin", "appointment_bvc", ALLOWED, **mine)
    a.insert("she proposes a log reviewer", "enhetsadmin", "appointment_bvc", ALLOWED, **mine, role="log_reviewer")
    a.insert("she proposes an administrator", "enhetsadmin", "appointment_bvc", REFUSED, **mine,
        role="administrator")
    a.insert("she proposes elsewhere", "enhetsadmin", "appointment_bvc", REFUSED, **mine, unit_id=unit["logoped"])
    a.insert("she proposes in another's name", "enhetsadmin", "appointment_bvc", REFUSED,
        **new, proposed_by_id=account["bvc-ledare"])
    a.insert("she proposes as of yesterday", "enhetsadmin", "appointment_bvc", REFUSED,
        **mine | {"proposed_at": world.days(-1).isoformat()})
    a.insert("she proposes herself", "enhetsadmin", "appointment_bvc", IMPOSSIBLE,
        **mine | {"account_key": account["enhetsadmin"].pk})
    a.insert("she proposes what is confirmed", "enhetsadmin", "appointment_bvc", REFUSED, **mine,
        outcome="confirmed", decided_by_id=account["bvc-ledare"], decided_at=NOW)
    a.insert("she proposes the same twice", "enhetsadmin", "appointment_bvc", TWICE,
        proposed_by_id=account["enhetsadmin"], proposed_at=NOW)
    a.insert("the head proposes", "bvc-ledare", "appointment_bvc", REFUSED, **new,
        proposed_by_id=account["bvc-ledare"])
    a.insert("bvc proposes a colleague", "bvc", "appointment_bvc", REFUSED, **new, proposed_by_id=account["bvc"])
    yes = {"outcome": "confirmed", "decided_by_id": account["bvc-ledare"], "decided_at": NOW}
    no = yes | {"outcome": "declined", "because": "x"}
    a.update("the head confirms", "bvc-ledare", "appointment_bvc", ALLOWED, **yes)
    a.update("the head declines", "bvc-ledare", "appointment_bvc", ALLOWED, **no)
    a.update("the head takes back", "bvc-ledare", "appointment_bvc", REFUSED, **yes | {"outcome": "taken_back"})
    a.update("the head confirms in another's name", "bvc-ledare", "appointment_bvc", REFUSED,
        **yes | {"decided_by_id": account["bvc"]})
    a.update("the head confirms as of yesterday", "bvc-ledare", "appointment_bvc", REFUSED,
        **yes | {"decided_at": world.days(-1).isoformat()})
    a.update("the head confirms her own role", "bvc-ledare", "appointment_of_the_head", NO_ROW, **yes)
    a.update("the head confirms what she proposed", "bvc-ledare", "appointment_by_the_head", REFUSED, **yes)
    a.update("the head confirms elsewhere", "bvc-ledare", "appointment_preschool", NO_ROW, **yes)
    a.update("the head confirms again", "bvc-ledare", "appointment_confirmed", NO_ROW, **yes)
    a.update("the head mends the role", "bvc-ledare", "appointment_bvc", REFUSED, role="lead")
    own = {"decided_by_id": account["enhetsadmin"], "decided_at": NOW}
    a.update("the proposer confirms", "enhetsadmin", "appointment_bvc", REFUSED, **own, outcome="confirmed")
    a.update("the proposer declines", "enhetsadmin", "appointment_bvc", REFUSED, **own, outcome="declined")
    a.update("the proposer takes back", "enhetsadmin", "appointment_bvc", ALLOWED, **own, outcome="taken_back")
    a.update("bvc confirms", "bvc", "appointment_bvc", NO_ROW, **yes | {"decided_by_id": account["bvc"]})
    a.delete("the proposer removes it", "enhetsadmin", "appointment_bvc", REFUSED)
    every = "update agencies_appointment set outcome = 'confirmed', decided_at = access.at(), decided_by_id = "
    a.blind("a log reviewer confirms everything", "granskare", f"{every} '{account['granskare'].pk}'",
        "agencies_appointment", 0)


def appointments_at_once(a: Attempts) -> None:
    """What a yes lets whoever gives it do at that instant, and no other."""
    a.blind("the head gives the role that she confirms", "bvc-ledare", _confirming(
        a, "appointment_bvc", """insert into agencies_membership
            (id, account_id, unit_id, role, title, valid, appointment_id)
            select gen_random_uuid(), account_key, unit_id, role, title, tstzrange(access.at(), null), id from this"""),
        "agencies_membership", DONE)
    a.blind("the head confirms one role and gives another's", "bvc-ledare", _confirming(
        a, "appointment_bvc", f"""insert into agencies_membership
            (id, account_id, unit_id, role, title, valid, appointment_id)
            select gen_random_uuid(), account_key, unit_id, role, title, tstzrange(access.at(), null),
                '{a.fixed.key("appointment_preschool")}' from this"""),  # noqa: S608
        "agencies_membership", REFUSED)
    a.blind("the head names the colleague whom she confirms", "bvc-ledare", _confirming(
        a, "appointment_new", """insert into agencies_staffmember (account_id, name, phone, email)
            select account_key, name, phone, email from this where access.account_open(account_key, 'ny', 'x')"""),
        "agencies_staffmember", DONE)


def _confirming(a: Attempts, name: str, then: str) -> str:
    """A block that says yes to a proposal and then does something with it, as ``this``."""
    return f"""do $block$ begin
        update agencies_appointment
            set outcome = 'confirmed', decided_by_id = access.account(), decided_at = access.at()
            where id = '{a.fixed.key(name)}';
        if not found then raise insufficient_privilege; end if;
        with this as (select * from agencies_appointment where id = '{a.fixed.key(name)}') {then};
    end $block$"""  # noqa: S608
