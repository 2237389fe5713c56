"""Forms sent with what is wrong in them, and the pages that say that something is."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

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


def _unnamed(one: Round) -> None:
    """A question with nothing in it, and one more question with nothing in it."""
    one.sends("desk:unnamed_ask", "/fraga-utan-namn/")
    ((answered,),) = one.stack.rows("select question_id from cases_unnamedmessage where no = 2")
    path = one.fill("desk:unnamed", question_id=answered)
    one.sends("desk:unnamed", path, form="main form:has(textarea)")


def _notice(one: Round) -> None:
    """The three screens, each with nothing first and then as it should be."""
    page = one.page
    _unnamed(one)
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


def _not_signed(one: Round) -> None:
    """What a colleague wants to show: declined without a reason."""
    ((case, disclosure),) = one.stack.rows(
        "select case_id, id from cases_disclosure where second <> '' and signed_by_id is null and isempty(valid)"
    )
    path = one.fill("desk:sign", case_id=case, disclosure_id=disclosure)
    one.sends("desk:sign", path, form="main form:has(textarea)")


def _case(one: Round) -> None:
    """Everything that the owner of a case writes."""
    _new_case(one)
    _kept(one)
    _not_signed(one)
    yara, juni = Child.named(one.stack, "Yara"), Child.named(one.stack, "Juni")
    for name in (
        "desk:hand_over",
        "desk:meeting_new",
        "desk:meeting_change",
        "desk:meeting_held",
        "desk:meeting_cancel",
        "desk:feedback",
        "desk:kin_link",
        "desk:kin_unlink",
        "desk:entry_new",
        "desk:wheel_new",
        "desk:decision",
        "desk:consent_ask",
        "desk:follow_up",
    ):
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
    _protected(one)
    _grounds(one)


def _kept(one: Round) -> None:
    """What a unit keeps to itself, and who has a part in the child's affairs."""
    yara = Child.named(one.stack, "Yara")
    for name in (
        "desk:hide", "desk:hiding", "desk:concern_new", "desk:concern", "desk:guardian_end", "desk:adult_new",
        "desk:adult_end",
    ):  # fmt: skip
        for path in yara.paths(name, one.routes[name]):
            if one.page.request.get(path).status == 200:
                one.sends(name, path)
                break


def _grounds(one: Round) -> None:
    """Another ground than consent: no unit chosen, and no ground."""
    yara = Child.named(one.stack, "Yara")
    for name, field in (("desk:ground_unit", 'name="unit"'), ("desk:ground", 'name="basis"')):
        for path in yara.paths(name, one.routes[name]):
            answer = one.page.request.get(path)
            if answer.status == 200 and field in answer.text():
                one.sends(name, path)
                break


def _partner(one: Round) -> None:
    yara = Child.named(one.stack, "Yara")
    for path in yara.paths("desk:plan_reply", one.routes["desk:plan_reply"]):
        if one.page.request.get(path).status == 200:
            one.sends("desk:plan_reply", path)
            break


def _lead(one: Round) -> None:
    """A nödöppning to review; assigning and opening, on a case that she has not opened."""
    _review(one)
    ((proposed,),) = one.stack.rows("select id from agencies_appointment where outcome = ''")
    path = one.fill("administration:appointment", appointment_id=proposed)
    one.sends("administration:appointment", path, form="main form:has(textarea)")
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


def _closed(one: Round) -> None:
    """A locked case, one of a protected child's brother, and a plain one that is about to be closed.
    Before them a hand-over declined without a reason, and nobody chosen who is responsible."""
    ((handover,),) = one.stack.rows("select id from cases_handover where outcome = ''")
    path = one.fill("desk:handover", handover_id=handover)
    one.sends("desk:handover", path, form="main form:has(textarea)")
    nova, ture = Child.named(one.stack, "Nova"), Child.named(one.stack, "Ture")
    one.sends("desk:responsible", next(nova.paths("desk:responsible", one.routes["desk:responsible"])))
    names = ("desk:protection_raise", "desk:case_unlock", "desk:named_add", "desk:closed_print")
    for child, name in (
        *((nova, name) for name in names),
        (ture, "desk:case_lock"),
        (ture, "desk:protection_review"),
    ):
        one.sends(name, next(child.paths(name, one.routes[name])))
    for path in nova.paths("desk:family_let_in", one.routes["desk:family_let_in"]):
        one.page.goto(path)
        if one.page.locator("main form [name=reason]").count():
            one.sends("desk:family_let_in", path)
            break


def _protected(one: Round) -> None:
    """The nurse who is named for a protected child: its name on a page of its own."""
    child = Child.named(one.stack, "Barn")
    one.sends(
        "desk:protection_lower",
        next(child.paths("desk:protection_lower", one.routes["desk:protection_lower"])),
    )
    one.page.goto(next(child.paths("desk:circle", one.routes["desk:circle"])))
    one.page.get_by_role("button", name="Visa barnets namn och nummer").click()
    one.page.wait_for_url("**/skydd/visa/")
    one.check("desk:identity", len(one.page.content().encode()))


def _emergency(one: Round) -> None:
    """Whose case and why, the password, the banner, and the end."""
    ((number,),) = one.stack.rows("select number from people_child where given_name = 'Tindra'")
    filled: dict[str, str] = {
        "number": str(number),
        "code": "acute",
        "text": "Tindra står här och kollegan är sjuk i dag.",
    }
    one.sends("desk:emergency", "/nodoppning/", {"number": "1", "text": "kort"})
    one.sends("desk:emergency", "/nodoppning/", filled, status=200)
    page = one.page
    page.go_back()  # to a form, filled in, and not to the answer of one
    expect(page.get_by_label("personnummer")).to_have_value(str(number))
    page.go_forward()
    one.see("desk:emergency_confirm", "/nodoppning/losenord/")
    one.sends("desk:emergency_confirm", "/nodoppning/losenord/", {"password": "fel"})
    page.fill("[name=password]", "barnens-basta")
    page.get_by_role("button", name="Öppna nu").click()
    page.wait_for_url("**/barn/*/")
    one.check("desk:emergency", len(page.content().encode()))
    page.get_by_role("button", name="Avsluta nu").click()
    page.wait_for_url("**/mitt-arbete/")


def _review(one: Round) -> None:
    ((emergency,),) = one.stack.rows("select id from cases_emergency order by opened_at desc limit 1")
    one.see("desk:emergency_reviews", "/nodoppning/granska/")
    one.sends("desk:emergency_review", one.fill("desk:emergency_review", emergency_id=emergency))


def _guardian(one: Round) -> None:
    yara = Child.named(one.stack, "Yara")
    for name in ("family:plan_reply", "family:consent_withdraw"):
        for path in yara.paths(name, one.routes[name]):
            if one.page.request.get(path, max_redirects=0).status == 200:
                one.sends(name, path)
                break
    backwards = {"fran": "2026-02-02", "till": "2026-02-01"}
    one.sends(
        "family:readings_save",
        next(yara.paths("family:readings_save", one.routes["family:readings_save"])),
        backwards,
    )
    path = next(yara.paths("family:readings", one.routes["family:readings"]))
    one.page.goto(f"{path}?fran=2026-02-02&till=2026-02-01")
    one.check("family:readings 422", len(one.page.content().encode()))


def _reviewer(one: Round) -> None:
    ((review, access),) = one.stack.rows(
        "select r.id, a.id from reviews_logreview r join reviews_reviewedaccess a on a.review_id = r.id"
        " join agencies_unit u on u.id = r.unit_id where u.name = 'BVC Lessebo' and r.signed_at is null"
        " order by a.no limit 1"
    )
    path = one.fill("administration:review_access", review_id=review, access_id=access)
    one.sends("administration:review_access", path)
    one.sends("administration:review_access", path, {"judgement": "misuse"})


def _administrator(one: Round) -> None:
    ((unit,),) = one.stack.rows("select id from agencies_unit where name = 'Furulundsskolan'")
    for name in ("administration:colleague_new", "administration:colleague_known"):
        one.sends(name, one.fill(name, unit_id=unit))
    name = "administration:unit_edit"
    one.sends(name, one.fill(name, unit_id=unit), {"phone": "ring mig"})
    one.sends("administration:municipality_edit", "/administration/kommunen/")
    one.sends("administration:expectation", "/administration/vem-gor-vad/notice/family/")
    one.sends("administration:deadline", "/administration/tidsgranser/decide/")
    one.sends("administration:breaks", "/administration/lov/")
    one.sends("administration:membership_end", membership(one))
    one.sends("administration:law_propose", "/lagstod/B6/ny/")
    one.sends("administration:wheel_new", "/administration/hjulet/nya-ord/")


def _lawyer(one: Round) -> None:
    """One that waits: declined without a reason."""
    ((code, no),) = one.stack.rows(
        "select code, no from consent_legalbasis where no > 1 and signed_at is null and declined_at is null"
    )
    path = one.fill("administration:law_version", code=code, no=no)
    one.sends("administration:law_version", path, form="main form:has(textarea)")


ERRORS: dict[str, Callable[[Round], None]] = {
    "": _public,
    "tva-enheter": _two_units,
    "forskola": _notice,
    "bvc": _case,
    "logoped": _partner,
    "rektor": _closed,
    "soc2": _emergency,
    "soc-ledare": _lead,
    "a-mamma": _guardian,
    "admin": _administrator,
    "jurist": _lawyer,
    "granskare": _reviewer,
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
    "desk:handover_withdraw",
    "family:consent_withdraw",
}
