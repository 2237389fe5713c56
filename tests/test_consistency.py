"""The repository tests itself: what was agreed on stays so, without anybody remembering it."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template import engines
from django.template.loader import get_template

from access.permissions import Permission
from access.roles import ROLES
from barnensbasta.local import ROOT

LONGEST_FILE, LONGEST_FUNCTION = 400, 60
OUR_APPS = ("people", "agencies", "consent", "cases", "plans", "steering", "reviews", "notices", "audit")


@cache
def tracked() -> tuple[str, ...]:
    """What git knows or would know of: no dependencies, no output."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(name for name in listed.splitlines() if (ROOT / name).is_file())


def texts(*endings: str) -> Iterator[tuple[str, str]]:
    """Tracked files with one of the endings, and their text."""
    for name in tracked():
        if name.endswith(endings) and (ROOT / name).is_file():
            yield name, (ROOT / name).read_text(encoding="utf-8")


def python_files() -> list[tuple[str, str]]:
    """Our Python, migrations aside."""
    return [(name, text) for name, text in texts(".py") if "/migrations/" not in name]


def table_rows(document: str) -> list[list[str]]:
    """The rows of all tables of a document, as cells."""
    lines = (ROOT / document).read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]


def models() -> set[str]:
    """Every model of ours, as ``app.Model``."""
    return {m._meta.label for m in apps.get_models() if m._meta.app_label in OUR_APPS}


# --- Size and shape -------------------------------------------------------------------------


def test_no_file_is_long() -> None:
    """A module that passes about 400 lines becomes a package."""
    long = {name: n for name, text in python_files() if (n := text.count("\n")) > LONGEST_FILE}
    assert not long


def test_no_function_is_long() -> None:
    """What doesn't fit on a screen is several things."""
    long = []
    for name, text in python_files():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long.append(f"{name}: {node.name} has {lines} lines")
    assert not long


def test_no_module_is_a_drawer() -> None:
    """A name says what is inside."""
    drawers = {"utils.py", "helpers.py", "managers.py", "misc.py", "common.py"}
    assert not [name for name in tracked() if Path(name).name in drawers]


def test_the_domain_has_no_hidden_paths() -> None:
    """No Django signals and no logic in ``save()``: what happens stands in a service."""
    hidden = re.compile(r"django\.dispatch|db\.models\.signals|def save\(self")
    assert not [n for n, text in python_files() if n.startswith(OUR_APPS) and hidden.search(text)]


# --- What must not be here ---------------------------------------------------------------------


def test_no_file_names_the_machine_it_was_made_on() -> None:
    """Paths, hosts and package sources of one machine mean nothing on another."""
    # In pieces, so that this file does not hold what it looks for.
    forbidden = [
        "/wo" + "rk/",
        "../sha" + "red",
        "pypi" + ".org",
        "registry.npm" + "js",
        "/ro" + "ot/",
        "/ho" + "me/",
    ]
    found = []
    for name in tracked():
        raw = (ROOT / name).read_bytes()
        if b"\0" not in raw[:8000]:
            text = raw.decode("utf-8", errors="replace")
            found += [f"{name}: {word}" for word in forbidden if word in text]
    assert not found


def test_lock_files_carry_no_address() -> None:
    """Where a package is fetched from is the machine's business."""
    for name in ("package-lock.json", *(n for n in tracked() if n.startswith("requirements/"))):
        assert not re.search(
            r"https?://(?!opencollective|github|feross|www\.)[^\s\"]+\.(tgz|whl|tar\.gz)",
            (ROOT / name).read_text(),
        )
        assert '"resolved"' not in (ROOT / name).read_text()


def test_no_administration_past_the_policies() -> None:
    """django.contrib.admin logs object names and knows no policy."""
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert not [name for name, text in python_files() if name != SELF and "django.contrib.admin" in text]


SELF = "tests/test_consistency.py"


def test_only_grants_knows_guardian() -> None:
    """Its shortcuts don't say that unit AND person are needed, so nobody else calls them."""
    importing = re.compile(r"^\s*(from|import) guardian\b", re.M)
    shortcuts = re.compile(r"\b(get_objects_for_user|get_objects_for_group|get_perms|has_perm|assign_perm)\(")
    assert [name for name, text in python_files() if importing.search(text)] == ["access/grants.py"]
    assert not [name for name, text in python_files() if name != SELF and shortcuts.search(text)]


def test_nothing_looks_past_the_default_manager_in_the_doors() -> None:
    """Doors fetch through queries that take the actor: no raw SQL and no connection there."""
    raw = re.compile(r"\.raw\(|connection\.cursor|RawSQL|\.extra\(|_base_manager")
    assert not [name for name, text in python_files() if name.startswith("web/") and raw.search(text)]


def test_no_clock_but_ours() -> None:
    """Rules judge by ``actor.at``; policies by ``access.at()`` and never by ``now()``."""
    python = re.compile(r"timezone\.now\(\)|datetime\.now\(|date\.today\(|datetime\.today\(|localdate\(\)")
    domain = ("people/", "consent/", "cases/", "plans/", "agencies/", "web/")
    here = [n for n, text in python_files() if n.startswith(domain) and python.search(text)]
    assert here == ["web/public/health.py"]  # which judges nobody
    for name, text in texts("policies.sql", "definers.sql", "circle.sql", "emergency.sql"):
        calls = [
            line for line in text.splitlines() if re.search(r"\bnow\(\)|current_timestamp|current_date", line)
        ]
        # access.at() itself, and kept_since: no clock that can be set removes anything for good.
        expected = 2 if name == "access/policies.sql" else 0
        assert len([line for line in calls if not line.strip().startswith("--")]) == expected, name


def test_no_test_takes_the_day_of_utc_for_the_day() -> None:
    """``world.today``, ``world.day(3)`` and ``as_day``: between 00 and 02 in Sweden UTC still has yesterday."""
    utc = re.compile(
        r"(?:\b|_)at(?:\.date\(\)|:%)|\.days\([^()]*\)\)*\.date\(\)|timedelta\([^()]*\)\)\.date\(\)"
    )
    ours = [
        (name, text) for name, text in python_files() if name.startswith(("tests/", "barnensbasta/demo/"))
    ]
    assert [f"{name}: {line}" for name, text in ours for line in text.splitlines() if utc.search(line)] == []


def test_definers_do_not_ask_again_for_each_row() -> None:
    """``any(access.my_cases())`` is called for every row, ``any((select …))`` once."""
    for name, text in texts("policies.sql", "definers.sql", "circle.sql", "emergency.sql"):
        assert not re.search(r"any\(access\.my_", text), name
        assert not re.search(r"(?<!:)= access\.my_(unit|guardian|self|group|lead_unit)\(\)", text), name


# --- Layers -------------------------------------------------------------------------------------------


def test_the_layers_are_checked() -> None:
    """import-linter knows every package of ours, so that `make check` holds the house together."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    packages = {name.split("/")[0] for name in tracked() if name.endswith("/__init__.py")} - {"tests"}
    assert set(config["root_packages"]) == packages
    layers = next(c for c in config["contracts"] if c["type"] == "layers")["layers"]
    assert {part.strip() for layer in layers for part in layer.split("|")} == packages
    doors = next(c for c in config["contracts"] if c["type"] == "independence")["modules"]
    assert set(doors) == {f"web.{p.parent.name}" for p in (ROOT / "web").glob("*/apps.py")}


def test_only_doors_have_views() -> None:
    """Urls, views and forms stand in web/; form fields that all share in kit/."""
    for name, _ in python_files():
        if Path(name).name in {"urls.py", "views.py", "forms.py"}:
            assert name.startswith(("web/", "tests/")) or name in {"barnensbasta/urls.py", "kit/forms.py"}, (
                name
            )


# --- Words ---------------------------------------------------------------------------------------------


def test_every_model_is_in_the_glossary() -> None:
    """Swedish term, identifier, definition and legal source; and no row for what is gone."""
    rows = [row for row in table_rows("docs/glossary.md") if len(row) == 4 and row[1].startswith("`")]
    named = [row[1].strip("`") for row in rows]
    assert {name for name in named if re.fullmatch(r"[a-z]+\.[A-Z]\w+", name)} == models()
    assert len(named) == len(set(named))
    assert all(cell for row in rows for cell in row)


def test_every_model_has_a_retention_class() -> None:
    """How long it is kept, and why; and no row for what is gone."""
    rows = table_rows("docs/retention.md")
    classes = {row[0] for row in rows if len(row) == 3 and re.fullmatch(r"[a-z]+", row[0])}
    kept = {row[0].strip("`"): row[1] for row in rows if row[0].startswith("`")}
    assert set(kept) == models()
    assert set(kept.values()) <= classes
    assert all(row[2] for row in rows)


def test_every_permission_belongs_to_a_role() -> None:
    """A permission that nobody can have is a mistake or forgotten."""
    assert {p for permissions in ROLES.values() for p in permissions} == set(Permission)


def test_every_domain_model_says_what_it_is() -> None:
    """A docstring of its own, not Django's."""
    for model in apps.get_models():
        if model._meta.label in models():
            assert model.__doc__
            assert not model.__doc__.startswith(f"{model.__name__}("), model


# --- Templates ---------------------------------------------------------------------------------------


def test_components_and_fragments_work_together() -> None:
    """In one order of the loaders a component is left as it stands, with status 200."""
    pill = '<c-status-pill kind="success">Klart</c-status-pill>'
    text = f"{{% partialdef part %}}{pill}{{% endpartialdef %}}{{% partial part %}}"
    html = engines["django"].from_string(_compiled(text)).render({})
    assert "Klart" in html
    assert "<c-" not in html


def _compiled(text: str) -> str:
    """What cotton's loader makes of a template's text."""
    from django_cotton.compiler_regex import CottonCompiler

    return str(CottonCompiler().process(text))


def test_no_template_is_left_over() -> None:
    """Each is rendered by a view, included, extended or used as a component somewhere."""
    everything = "\n".join(text for _, text in texts(".py", ".html", ".txt"))
    by_django = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
    by_name = {"mail/"}  # folders whose templates are chosen by a name: "mail/{template}.txt"
    unused = []
    for name in tracked():
        if not name.startswith("templates/"):
            continue
        short = name.removeprefix("templates/")
        if short.startswith("cotton/"):
            component = short.removeprefix("cotton/").removesuffix(".html").replace("/", ".")
            used = f"<c-{component}" in everything or f'"{short}"' in everything
        else:
            used = (
                short in by_django
                or short.startswith(tuple(by_name))
                or f'"{short}' in everything
                or f"'{short}" in everything
            )
        if not used:
            unused.append(short)
    assert not unused


@pytest.mark.parametrize(
    "name", sorted(n.removeprefix("templates/") for n in tracked() if n.startswith("templates/"))
)
def test_every_template_can_be_read(name: str) -> None:
    """By the loaders that the pages use."""
    assert get_template(name)
