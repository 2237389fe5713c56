"""The story by its pages, with canaries in every field: from the signal to the log review."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from cases.models import Case, Emergency, Invitation, Signal, Version
from cases.services import circle
from consent.models import Consent
from notices import services as notices
from people.models import Password, Protection
from people.numbers import PersonalNumber
from plans.models import Document, PlanVersion
from reviews.models import ReviewedAccess
from tests.canaries.planted import CHILD, FAMILY, TEXTS, canaries
from tests.canaries.trail import Trail
from tests.database import as_loader
from tests.reviews.support import made, opens, workday
from tests.web.desk.looking import post_and_look
from tests.web.desk.test_consents_and_plans import fields_of, save_a_draft
from tests.web.desk.test_entries import filled
from tests.worlds import World

PASSWORD = "tre ord som hjälper"
MINUTE = timedelta(minutes=1)


class Story:
    """Each step is a method; ``tell`` goes through them."""

    def __init__(self, world: World, trail: Trail, number: PersonalNumber) -> None:
        self.world, self.trail, self.number = world, trail, number
        self.birds = canaries(number)
        self.browsers: dict[str, Client] = {}
        self.today = world.today
        self.case: Case

    def tell(self) -> None:
        """In the order in which it happens."""
        self.noticed()
        self.taken()
        self.asked_and_answered()
        self.written_and_shared()
        self.planned()
        self.read_by_the_family()
        self.searched()
        self.reminded()
        self.opened_in_an_emergency()
        self.log_reviewed()
        self.taken_back()
        self.closed_to_all_but_named()
        self.worked_off()

    # --- Helpers ---------------------------------------------------------------------------------

    def who(self, username: str) -> Client:
        """Somebody's browser; the same from step to step."""
        if username not in self.browsers:
            self.browsers[username] = self.trail.client(self.world, username)
        return self.browsers[username]

    def post(self, username: str, path: str, fields: dict[str, Any], status: int = 302) -> Any:
        """Send a form and, where it leads on, go there."""
        answer = post_and_look(self.who(username), path, fields)
        assert answer.status_code == status, (path, answer.status_code, answer.content.decode()[:4000])
        return self.who(username).get(answer["Location"]) if status == 302 else answer

    def page(self, username: str, path: str, status: int = 200) -> str:
        """Look at a page."""
        answer = self.who(username).get(path)
        assert answer.status_code == status, (path, answer.status_code)
        return "" if answer.streaming else str(answer.content.decode(errors="replace"))

    def at(self, below: str = "") -> str:
        """An address of the case."""
        return f"/barn/{self.case.pk}/{below}"

    def home(self, below: str = "") -> str:
        """An address of the child's, for the family."""
        return f"/familj/{self.world.child.pk}/{below}"

    def worked_off(self) -> None:
        """The work in the background: papers and mails."""
        notices.sweep(claims_for=MINUTE)

    def _save(self, username: str, code: str, **values: str) -> Version:
        path = self.at("anteckning/ny/")
        answer = self.who(username).get(path)
        self.post(username, path, filled(answer, code, **values))
        with as_loader():
            return Version.objects.get(case=self.case, body=values["body"])

    # --- Steps -----------------------------------------------------------------------------------

    def noticed(self) -> None:
        day = str(self.today - timedelta(days=1))
        child = {
            "name": f"{CHILD} {FAMILY}",
            "number": self.number.formatted,
            "born_on": "",
            "municipality": "0761",
        }
        self.post("forskola", "/uppmarksamma/barnet/", child | {"number": "20220709-2399"}, 422)
        self.post("forskola", "/uppmarksamma/barnet/", child)
        seen = {"seen": TEXTS["iakttagelse"], "seen_on": day, "works": TEXTS["fungerar"]}
        self.post("forskola", "/uppmarksamma/iakttagelse/", seen)
        family = {"family": "yes", "yes_from": TEXTS["jasvar"], "yes_on": str(self.today)}
        self.post("forskola", "/uppmarksamma/familjen/", family)
        self.post("forskola", "/uppmarksamma/kontrollera/", {})
        self.page("forskola", "/mitt-arbete/")

    def taken(self) -> None:
        with as_loader():
            signal = Signal.objects.get()
        self.page("bvc", "/enheten/")
        self.post("bvc", reverse("desk:take_signal", args=[signal.pk]), {})
        self.page("bvc", reverse("desk:signal", args=[signal.pk]))
        with as_loader():
            self.case = Case.objects.get()
        self.page("bvc", self.at())
        self.page("bvc", self.at("personer/"))
        self._save("bvc", "unit", body=TEXTS["anteckning"])

    def asked_and_answered(self) -> None:
        self.post("bvc", self.at("beslut/"), {"outcome": "collaborate", "reasons": TEXTS["beslut"]})
        units = {name: self.world.units[name].pk for name in ("logoped", "preschool")}
        fields: dict[str, Any] = {
            "purpose": TEXTS["syfte"], "child_asked": "on", "child_view": TEXTS["barnsyn"],
            "first_on": str(self.today), "last_on": str(self.today + timedelta(days=200)),
        }  # fmt: skip
        for pk in units.values():
            fields |= {f"unit_{pk}": "on", f"categories_{pk}": ["plan", "basis", "health"]}
        self.post("bvc", self.at("samtycke/nytt/"), fields)
        with as_loader():
            self.consent = Consent.objects.get()
        for guardian in ("mamma", "pappa"):
            self.page(guardian, self.home())
            self.post(guardian, self.home(f"samtycke/{self.consent.pk}/"), {"all": "yes_to_all"})
        for username, unit in (("logoped", "logoped"), ("forskola", "preschool")):
            with as_loader():
                invitation = Invitation.objects.get(to_unit=units[unit])
            self.page(username, "/enheten/")
            self.post(username, reverse("desk:take_invitation", args=[invitation.pk]), {})

    def written_and_shared(self) -> None:
        self.worked_off()
        version = self._save("bvc", "all", body=TEXTS["delad"])
        self._save("logoped", "unit", body=TEXTS["egen"])
        for username in ("bvc", "logoped"):
            self.page(username, self.at(f"anteckning/{version.entry_id}/"))
            self.page(username, self.at("handelser/"))
        self.page("bvc", self.at("vem-ser-vad/"))
        self.page("bvc2", self.at(f"anteckning/{version.entry_id}/"), 404)
        new = self.at("anteckning/ny/")
        draft = re.search(r'"(/utkast/\?[^"]+)"', self.page("bvc", new))
        assert draft
        self.post("bvc", html.unescape(draft[1]), {"body": TEXTS["rubrik"]}, 200)
        self.page("bvc", new)

    def planned(self) -> None:
        save_a_draft(self.world, self.who("bvc"), self.case)
        path = self.at("plan/redigera/")
        fields = fields_of(self.page("bvc", path))
        one, two = fields["row_order"].split(",")
        for row, name in ((one, "bvc"), (two, "logoped")):
            fields[f"{row}-who"] = f"{self.world.units[name].pk}/{self.world.accounts[name].pk}"
        fields |= {f"{fields['goal_order']}-text": TEXTS["maal"], f"{one}-what": TEXTS["insats"]}
        self.post("bvc", path, fields)
        with as_loader():
            version = PlanVersion.objects.get()
        self.post("bvc", self.at(f"plan/{version.pk}/foresla/"), {})
        self.post("logoped", self.at(f"plan/{version.pk}/svar/"), {"agrees": "yes"})
        self.post("bvc", self.at(f"plan/{version.pk}/faststall/"), {})
        self.version = version
        self.worked_off()

    def read_by_the_family(self) -> None:
        self.page("mamma", self.home())
        reply = {"value": "yes", "comment": TEXTS["svar"]}
        self.post("mamma", self.home(f"plan/{self.version.pk}/svar/"), reply)
        self.page("bvc", self.at("plan/"))
        self.page("mamma", self.home("anteckningar/"))
        self.page("mamma", self.home("vem-har-last/"))
        assert self.who("mamma").post(self.home("vem-har-last/spara/")).status_code == 200
        self.page("mamma", self.home("dokument/"))
        with as_loader():
            document = Document.objects.get(release__to_guardian=self.world.guardians["mamma"])
        self.page("mamma", self.home(f"dokument/{document.pk}/"))

    def searched(self) -> None:
        for typed in (CHILD, f"{CHILD} {FAMILY}", self.number.formatted, self.number.digits):
            for username in ("bvc", "soc"):
                self.post(username, "/barn/", {"name_or_number": typed}, 200)
        self.who("soc").post("/logga-in/", {"username": CHILD, "password": self.number.digits})

    def reminded(self) -> None:
        assert self.version.pk
        with as_loader():
            due = PlanVersion.objects.get(pk=self.version.pk).next_follow_up_on
        assert due
        for days in (-14, 8):
            call_command("send_reminders", as_of=str(due + timedelta(days=days)), verbosity=0)
        self.worked_off()

    def opened_in_an_emergency(self) -> None:
        with as_loader():
            account = self.world.accounts["bvc2"]
            account.set_password(PASSWORD)
            Password.objects.filter(account=account).update(hash=account.password)
        why = {
            "number": self.number.digits,
            "code": "stand_in",
            "text": f"{TEXTS['nodskal']} kollegan är sjuk.",
        }
        self.post("bvc2", "/nodoppning/", why)
        self.post("bvc2", "/nodoppning/losenord/", {"password": PASSWORD})
        self.page("bvc2", self.at("handelser/"))
        self.worked_off()
        with as_loader():
            emergency = Emergency.objects.get()
        path = f"/nodoppning/granska/{emergency.pk}/"
        self.page("bvc-ledare", path)
        self.post(
            "bvc-ledare", path, {"verdict": "wrong", "note": f"{TEXTS['granskning']} ska tala med henne."}
        )
        self.page("bvc-ledare", "/nodoppning/granska/")
        self.page("bvc-ledare", path)

    def log_reviewed(self) -> None:
        with as_loader():
            self.case.assignment_set.update(valid=self.world.period((self.world.days(-300), None)))
        opens(self.world, "bvc", self.case, self.world.clock(workday(self.world), 22), action="opened_entry")
        review, _ = made(self.world)
        self.worked_off()
        with as_loader():
            access = ReviewedAccess.objects.get(review=review)
        self.page("granskare", f"/granskning/{review.pk}/")
        path = f"/granskning/{review.pk}/{access.pk}/"
        self.page("granskare", path)
        self.post("granskare", path, {"judgement": "asked", "reason": f"{TEXTS['orsak']} jourade."})
        self.page("granskare", path)
        self.post("granskare", f"/granskning/{review.pk}/signera/", {})

    def taken_back(self) -> None:
        path = self.home(f"samtycke/{self.consent.pk}/ta-tillbaka/")
        self.page("mamma", path)
        self.post("mamma", path, {"units": [str(self.world.units["logoped"].pk)]})
        self.page("logoped", self.at("plan/"), 404)
        self.worked_off()

    def closed_to_all_but_named(self) -> None:
        other = self.world.open_case(self.world.children["grannbarn"])
        self.page("bvc", f"/barn/{other.pk}/")
        with self.world.act("bvc") as actor:
            circle.raise_protection(
                case=other, level=Protection.Level.MARKED, source=Protection.Source.STAFF, by=actor
            )
        for username in ("bvc", "bvc-ledare", "bvc2", "granne"):
            for path in (f"/barn/{other.pk}/", "/mitt-arbete/", "/barn/", "/familj/"):
                self.who(username).get(path)
        self.post("bvc", self.at("skydd/las/"), {"reason": f"{TEXTS['lasskal']} ett beslut i dag."})
        for path in ("", "skydd/"):
            self.page("bvc", self.at(path))
        self.page("mamma", self.home("anteckningar/"))
