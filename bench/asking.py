"""Browsers that ask as fast as they are answered, each on a connection and in a session of its own."""

from __future__ import annotations

import http.client
import re
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from bench.pages import Page

HOST = "barnensbasta.example"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
AUDIENCE = re.compile(r'name="audience" value="(unit[^"]*)"')
NEXT = re.compile(r"[?&]efter=([0-9a-f-]{36})")
# What differs between two drawings of the same page: tokens, and how long the session lasts yet.
PASSING = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|data-session-(?:seconds|longest)="\d+"|nonce="[^"]*"'
)


@dataclass
class Browser:
    """One that is signed in."""

    port: int
    session: str
    cookies: dict[str, str] = field(init=False)
    line: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.cookies = {"__Host-session": self.session}
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        """Status and body."""
        headers = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "Referer": f"https://{HOST}/",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.line.request(method, path, body or None, headers)
        response = self.line.getresponse()
        for value in response.headers.get_all("Set-Cookie") or ():
            name, _, rest = value.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return response.status, response.read().decode()


@dataclass(frozen=True)
class Question:
    """A page or its floor, ready to be asked again and again."""

    method: str
    path: str
    body: str
    status: int


def prepare(browser: Browser, page: Page) -> tuple[Question, Question]:
    """The page and its floor as this browser asks for them: with its token, and after which row."""
    path = page.path
    for _ in range(page.pages_before):
        after = NEXT.search(browser.ask("GET", path)[1])
        if after is None:
            raise RuntimeError(f"{page.name}: the list ends before that page")
        path = f"{page.path.partition('?')[0]}?efter={after[1]}"
    body = ""
    if page.posted:
        form = browser.ask("GET", page.path)[1]
        token, audience = TOKEN.search(form), AUDIENCE.search(form)
        if token is None:
            raise RuntimeError(f"{page.name}: no form")
        fields = {**page.posted, "csrfmiddlewaretoken": token[1]}
        if "audience" in fields and audience:
            fields |= {"audience": audience[1], "happened_on": time.strftime("%Y-%m-%d")}
        body = urlencode(fields)
    method = "POST" if body else "GET"
    floor = f"/golv/{quote(page.name)}" + (f"?{path.partition('?')[2]}" if "?" in path else "")
    status = 302 if page.saves else 200
    return Question(method, path, body, status), Question(method, floor, body, status)


def answer(browser: Browser, question: Question) -> str:
    """The body, without what passes."""
    status, body = browser.ask(question.method, question.path, question.body)
    if status != question.status:
        raise RuntimeError(f"{question.method} {question.path} answered {status}: {body[:300]}")
    return PASSING.sub("", body)


def times(browsers: list[Browser], questions: list[Question], total: int) -> list[float]:
    """How many seconds each of ``total`` answers took, all browsers asking at once."""
    found: list[float] = []
    failed: list[BaseException] = []

    def go(browser: Browser, question: Question) -> None:
        try:
            for _ in range(max(1, total // len(browsers))):
                began = time.perf_counter()
                answer(browser, question)
                found.append(time.perf_counter() - began)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=go, args=pair) for pair in zip(browsers, questions, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return found
