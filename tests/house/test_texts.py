"""What people read can be translated: English in the code, Swedish in ``locale/sv``.

Swedish is known by its letters and its commonest words. What may be Swedish in the code
is listed here with the reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from barnensbasta.local import ROOT
from tests.test_consistency import python_files, texts

LETTERS = re.compile("[åäöÅÄÖ]")
WORDS = re.compile(
    r"\b(och|inte|det|som|har|eller|till|sig|barnet|planen|familjen|bara|inget|ingen|är|av|du|ni|vi|kan|ska"
    r"|med|alla|deras|dig|för|efter|när|vad|vem|hur|nu)\b",
    re.I,
)

# Data, not texts of the interface.
DATA = {
    "barnensbasta/demo/": "what invented people are called, say and write",
    "kit/components_demo.py": "the components page, which exists under development only",
    "templates/components/": "the components page, which exists under development only",
    "templates/400.html": "must be readable where nothing else works: no tags",
    "templates/500.html": "must be readable where nothing else works: no tags",
    "templates/503.html": "must be readable where nothing else works: no tags",
    "web/public/personas.py": "names, titles and places of invented people",
    "cases/first_names.py": "first names that people in Sweden have",
    "cases/identifying.py": "Swedish words and streets that a text in Swedish is searched for",
    "web/desk/titles.py": "the endings of Swedish titles, which are Swedish in any language",
}
# Names that stay in English sentences too.
NAMES = (
    *("Barnens bästa", "Uppmärksamma", "BVC-sjuksköterska", "Lämna sidan snabbt", "Vem har läst"),
    *("Vem får läsa?", "Ni är här"),
    # Terms of the law and of the service.
    *("orosanmälningar", "orosanmälan", "Orosanmälan"),
    # Terms of law without an English equivalent.
    *("nödöppningar", "nödöppning", "Nödöppning", "skyddad folkbokföring"),
)


def is_swedish(text: str) -> bool:
    """Whether somebody would have to translate it for a reader of another language."""
    for name in NAMES:
        text = text.replace(name, "")
    in_words = " " in text.strip() and WORDS.search(text)
    return bool(LETTERS.search(text) or in_words)


def listed(name: str) -> str | None:
    """The line of the list that a file stands under."""
    return next((path for path in DATA if name.startswith(path)), None)


def literals(source: str) -> Iterator[tuple[int, str]]:
    """Every string of a module with its line, docstrings aside."""
    tree = ast.parse(source)
    remarks = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in remarks:
            yield node.lineno, node.value


def bare(template: str) -> Iterator[tuple[int, str]]:
    """Every line of a template without its tags, variables, comments and translated blocks."""
    blocks = r"\{% blocktranslate.*?endblocktranslate %\}|\{% comment.*?endcomment %\}"
    blanked = re.sub(
        blocks + r"|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<!--.*?-->",
        lambda found: "\n" * found.group().count("\n"),
        template,
        flags=re.S,
    )
    for line, text in enumerate(blanked.splitlines(), start=1):
        yield line, re.sub(r'"[!#-~]*"', '""', text)  # addresses, names of classes and the like


def swedish() -> Iterator[tuple[str, int, str]]:
    """Each Swedish text in the code, wherever it stands."""
    for name, source in python_files():
        if not name.startswith("tests/"):
            yield from ((name, line, text) for line, text in literals(source) if is_swedish(text))
    for name, source in texts(".html", ".txt"):
        if name.startswith("templates/"):
            yield from ((name, line, text) for line, text in bare(source) if is_swedish(text))


def test_texts_are_translatable() -> None:
    """No Swedish in the code but for what is listed, and nothing listed that holds none."""
    found = list(swedish())
    assert not [f"{name}:{line}: {text.strip()[:80]}" for name, line, text in found if not listed(name)]
    assert {listed(name) for name, _, _ in found} == set(DATA)
    assert all((ROOT / path).exists() for path in DATA)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Planen är ett utkast.", True),
        ("Ni ger stödet själva.", True),
        ("Har inte slutat", True),
        ("The plan is a draft.", False),
        ("vem-har-last/", False),
        ("Barnens bästa is for children under 18.", False),
        ("You can do it", False),
    ],
)
def test_swedish_is_known_when_it_is_seen(text: str, found: bool) -> None:
    assert is_swedish(text) is found


def test_a_template_is_read_without_what_is_translated() -> None:
    source = (
        '<p title="Läge">{% translate "å" %}</p>\n{% blocktranslate %}ä\nä{% endblocktranslate %}\n{# ö #}'
    )
    assert [line for line, text in bare(source) if is_swedish(text)] == [1]
