"""The components page holds every component, and what it draws is well wired."""

import itertools
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from kit import components_demo, icons

ROOT = Path(__file__).resolve().parents[2]
COTTON = ROOT / "templates/cotton"
# Shown by another component, or only as a page of their own.
ELSEWHERE = {"error-summary", "confirm", "icon"}


class Elements(HTMLParser):
    """Every start tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for _, attrs in self.found if attribute in attrs]


def draw(rf: RequestFactory, template: str, query: str = "") -> str:
    request = rf.get("/komponenter/" + query)
    request.user = AnonymousUser()
    with translation.override("sv"):
        return render_to_string(template, components_demo.context(request), request=request)


@pytest.fixture(params=["", "?fel"])
def drawn(rf: RequestFactory, request: pytest.FixtureRequest) -> str:
    return draw(rf, "components/index.html", request.param)


def test_every_component_is_shown() -> None:
    page = (ROOT / "templates/components/index.html").read_text(encoding="utf-8")
    known = {path.stem for path in COTTON.glob("[!_]*.html")}
    shown = set(re.findall(r"<c-([a-z-]+)", page)) - {"slot"}
    assert known - shown == ELSEWHERE


def test_components_are_rendered_not_sent(drawn: str) -> None:
    assert "<c-" not in drawn
    assert "{{" not in drawn
    assert "{%" not in drawn


def test_nothing_is_inline(drawn: str) -> None:
    elements = Elements(drawn)
    assert not elements.values("style")
    assert not [attrs for tag, attrs in elements.found if tag == "script" and "src" not in attrs]
    assert not [name for _, attrs in elements.found for name in attrs if name.startswith("on")]


def test_every_reference_has_its_target_and_every_id_is_one(drawn: str) -> None:
    elements = Elements(drawn)
    ids = Counter(elements.values("id"))
    assert [name for name, times in ids.items() if times > 1] == []
    for attribute in ("for", "aria-labelledby", "aria-describedby"):
        for value in elements.values(attribute):
            assert set(value.split()) <= set(ids), (attribute, value)
    assert {link[1:] for link in elements.values("href") if link.startswith("#") and link != "#"} <= set(ids)


def test_headings_leave_no_level_out(drawn: str) -> None:
    levels = [int(tag[1]) for tag, _ in Elements(drawn).found if re.fullmatch(r"h[1-6]", tag)]
    body = levels[levels.index(1) :]
    assert body.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(body))


def test_an_error_stands_in_the_title_and_before_the_h1(rf: RequestFactory) -> None:
    page = draw(rf, "components/index.html", "?fel")
    assert "<title>Fel: " in page
    assert page.index("ds-error-summary") < page.index("<h1>")
    assert "Fel:" not in draw(rf, "components/index.html").split("</title>")[0]


@pytest.mark.parametrize("layout", ["desk", "family", "steering", "administration", "public"])
def test_the_skip_link_comes_first_and_the_way_out_second(rf: RequestFactory, layout: str) -> None:
    page = draw(rf, f"layouts/{layout}.html")
    links = [attrs for tag, attrs in Elements(page).found if tag == "a"]
    assert links[0]["href"] == "#main"
    assert ("data-quick-exit" in links[1]) is (layout == "family")


def test_a_family_s_tab_says_nothing_of_the_service(rf: RequestFactory) -> None:
    page = draw(rf, "layouts/family.html")
    title = page.split("<title>")[1].split("</title>")[0]
    assert " ".join(title.split()) == "Översikt – Min sida"
    assert "neutral" in page.split("</head>")[0]


@pytest.mark.parametrize("name", ["500", "503"])
def test_the_last_resort_needs_nothing(name: str) -> None:
    page = render_to_string(f"{name}.html")
    assert "<h1>" in page
    assert "112" in page


def test_the_missing_and_the_forbidden_page_are_one(rf: RequestFactory) -> None:
    page = draw(rf, "404.html")
    assert "Sidan finns inte, eller så får du inte se den." in page
    assert "Be om åtkomst" in page


def test_an_unknown_icon_is_a_programming_error() -> None:
    with pytest.raises(KeyError):
        icons.icon("unicorn")
    assert all("<svg" in icons.icon(name) for name in icons.icon_names())
