"""Forms sent with what is wrong in them, and the pages that say that something is."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.e2e.pages.facts import Child
from tests.e2e.pages.rounds import Round

COLLEAGUE = """
    select m.id from agencies_membership m join agencies_unit u on u.id = m.unit_id
    join people_account a on a.id = m.account_id
    where u.name = 'Kulturskolan Lessebo' and m.role = 'caseworker' order by a.username limit 1"""


def membership(one: Round) -> str:
    """A colleague's role that can be ended."""
    ((found,),) = one.stack.rows(COLLEAGUE)
    return one.fill("administration:membership_end", membership_id=found)


def _public(one: Round) -> None:
    one.sends("public:sign_in", "/logga-in/", {"username": "bvc", "password": "fel"})


def _two_units(one: Round) -> None:
    one.sends("public:choose_workplace", "/byt-enhet/")
    one.sends("public:change_password", "/byt-losenord/")
    one.sends("public:change_password", "/byt-losenord/", dict.fromkeys(PASSWORDS, "kort"))


def _notice(one: Round) -> None:
    """The three screens, each with nothing first and then as it should be."""
    page = one.page
    one.sends("desk:notice_step", "/uppmarksamma/barnet/")
    one.sends("desk:notice_step", "/uppmarksamma/barnet/", {"name": "Liv Exempel", "number": "20200101-0000"})
    page.fill("[name=number]", "")
    page.fill("[name=born_on]", "2021-03-01")
    page.get_by_role("button", name="Fortsätt").click()
    page.wait_for_url("**/iakttagelse/")
    one.see("desk:notice_step", page.url)
    one.sends("desk:notice_step", page.url)
    page.fill("[name=seen]", "Är ofta trött.")
    page.fill("[name=seen_on]", "2026-01-07")
    page.get_by_role("button", name="Fortsätt").click()
    page.wait_for_url("**/familjen/")
    one.see("desk:notice_step", page.url)
    one.sends("desk:notice_step", page.url)
    one.sends("desk:notice_step", page.url, {"family": "yes"})
    page.get_by_role("radio", name="Nej, inte än").check()
    page.get_by_role("button", name="Fortsätt").click()
    page.wait_for_url("**/kontrollera/")
    one.see("desk:notice_check", page.url)
    one.see("desk:notice", "/uppmarksamma/")
    page.goto("/uppmarksamma/")
    page.get_by_role("button", name=re.compile("^Kasta")).click()
    page.wait_for_url("**/barnet/")
    for (signal,) in one.stack.rows(
        "select s.id from cases_signal s join people_account a on a.id = s.sent_by_id"
        " where a.username = 'forskola' and s.delivered_at is null"
    ):
        path = one.fill("desk:signal", signal_id=signal)
        page.goto(path)
        if page.locator("main form").count():
            one.sends("desk:signal", path)
            break


def _new_case(one: Round) -> None:
    """Who the child is and who has custody, and closing what has no plan."""
    vilja = Child.named(one.stack, "Vilja")
    for name in ("desk:guardian_new", "desk:child_number", "desk:close"):
        one.sends(name, next(vilja.paths(name, one.routes[name])))


def _case(one: Round) -> None:
    """Everything that the owner of a case writes."""
    _new_case(one)
    yara, juni = Child.named(one.stack, "Yara"), Child.named(one.stack, "Juni")
    for name in ("desk:entry_new", "desk:wheel_new", "desk:decision", "desk:consent_ask", "desk:follow_up"):
        one.sends(name, next(yara.paths(name, one.routes[name])))
    for name in ("desk:consent_note", "desk:consent_withdraw"):
        child = juni if name == "desk:consent_note" else yara
        for path in child.paths(name, one.routes[name]):
            one.page.goto(path)
            if one.page.locator("main form [name=route]").count():
                one.sends(name, path)
                break
    for name, values in (("desk:entry_correct", {"based_on": "1"}), ("desk:share", {})):
        for path in yara.paths(name, one.routes[name]):
            if one.page.request.get(path).status == 200:
                one.sends(name, path, values)
                break
    one.sends("desk:plan_edit", next(yara.paths("desk:plan_edit", one.routes["desk:plan_edit"])))
    for path in yara.paths("desk:plan_status", one.routes["desk:plan_status"]):
        if one.page.request.get(path).status == 200:
            one.sends("desk:plan_status", path)
            break
    one.sends("desk:cases", "/barn/", {"name_or_number": "20200101-0000"})


def _partner(one: Round) -> None:
    yara = Child.named(one.stack, "Yara")
    for path in yara.paths("desk:plan_reply", one.routes["desk:plan_reply"]):
        if one.page.request.get(path).status == 200:
            one.sends("desk:plan_reply", path)
            break


def _lead(one: Round) -> None:
    """Assigning and opening, on a case that she has not opened."""
    form = "form[action$='tilldela/']"
    for link in one.page.request.get("/barn/").text().split('href="')[1:]:
        path = link.split('"')[0]
        text = one.page.request.get(path).text() if re.fullmatch(r"/barn/[0-9a-f-]{36}/", path) else ""
        if "tilldela/" in text and "oppna/" in text:
            break
    else:
        raise AssertionError("soc-ledare has no case left to open")
    one.sends("desk:case", path, form=form)
    one.sends("desk:open", f"{path}oppna/")


def _guardian(one: Round) -> None:
    yara = Child.named(one.stack, "Yara")
    for name in ("family:plan_reply", "family:consent_withdraw"):
        for path in yara.paths(name, one.routes[name]):
            if one.page.request.get(path, max_redirects=0).status == 200:
                one.sends(name, path)
                break


def _administrator(one: Round) -> None:
    ((unit,),) = one.stack.rows("select id from agencies_unit where name = 'Furulundsskolan'")
    for name in ("administration:colleague_new", "administration:colleague_known"):
        one.sends(name, one.fill(name, unit_id=unit))
    name = "administration:unit_edit"
    one.sends(name, one.fill(name, unit_id=unit), {"phone": "ring mig"})
    one.sends("administration:municipality_edit", "/administration/kommunen/")
    one.sends("administration:membership_end", membership(one))


ERRORS: dict[str, Callable[[Round], None]] = {
    "": _public,
    "tva-enheter": _two_units,
    "forskola": _notice,
    "bvc": _case,
    "logoped": _partner,
    "soc-ledare": _lead,
    "a-mamma": _guardian,
    "admin": _administrator,
}

PASSWORDS = ("old_password", "new_password1", "new_password2")

# Forms that nothing can be wrong in: they ask for a yes and nothing else.
NEVER_WRONG = {
    "desk:people",  # assigns: what is wrong stands on the case's head
    "desk:plan_propose",
    "desk:plan_agree",
    "desk:plan_discard",
    "desk:share_stop",
    "desk:unassign",
    "family:consent_withdraw",
}
