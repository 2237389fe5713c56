"""The Swedish texts: ``python -m barnensbasta.translations compile|check``.

In Python alone (Babel), so that no machine needs gettext. The texts of a language stand in one or
more .po files anywhere under ``locale/<language>/``, one for each area; together they make the
one .mo file that Django reads and git ignores.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
NOT_OURS = {"node_modules", ".venv", "var", "tests", "staticfiles", "docs"}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")

Identity = str | tuple[str, str]


def texts(language: Path) -> tuple[Catalog, list[str]]:
    """All .po files of a language as one catalogue, and what is wrong between them."""
    whole, wrong = Catalog(locale=language.name, charset="utf-8"), []
    for file in sorted(language.rglob("*.po")):
        with file.open("rb") as source:
            part = read_po(source, locale=language.name, abort_invalid=True)
        for message in part:
            if not message.id or message.fuzzy:
                continue
            known = whole.get(message.id, message.context)
            if known and known.string != message.string:
                wrong.append(
                    f"{language.name}/{file.relative_to(language)}: {message.id!r} has another translation elsewhere"
                )
            whole[message.id] = message
    return whole, wrong


def compile_all() -> None:
    """Write each language's .mo where it is missing or older than its texts."""
    for language in sorted(path for path in LOCALE.glob("*") if path.is_dir()):
        target = language / "LC_MESSAGES/django.mo"
        sources = list(language.rglob("*.po"))
        if not sources:
            continue
        if target.exists() and target.stat().st_mtime >= max(path.stat().st_mtime for path in sources):
            continue
        target.parent.mkdir(exist_ok=True)
        whole, _ = texts(language)
        buffer = BytesIO()
        write_mo(buffer, whole)
        # Whole or not at all: a server may be reading the old one.
        temporary = target.with_suffix(".tmp")
        temporary.write_bytes(buffer.getvalue())
        temporary.replace(target)


def sources() -> Iterator[tuple[Path, str]]:
    """Our Python files and, as something like Python, our templates."""
    from django.utils.translation.template import templatize

    ours = (path for path in ROOT.iterdir() if path.name not in NOT_OURS and not path.name.startswith("."))
    files = (file for path in ours for file in ([path] if path.is_file() else path.rglob("*")))
    for path in sorted(file for file in files if file.suffix in {".py", ".html", ".txt"}):
        inner = path.relative_to(ROOT)
        if path.suffix != ".py" and "templates" not in inner.parts:
            continue
        text = path.read_text()
        if path.suffix != ".py":
            # Indentation means nothing in a template and would stop the tokenizer.
            text = "\n".join(line.strip() for line in templatize(text, origin=str(inner)).splitlines())
        yield inner, text


def used() -> Catalog:
    """Every text that the code asks for."""
    found = Catalog(charset="utf-8")
    for path, text in sources():
        for line, function, arguments, _ in extract_python(BytesIO(text.encode()), KEYWORDS, [], {}):
            given = (arguments,) if isinstance(arguments, str) else tuple(arguments or ())
            add(found, KEYWORDS[str(function)], given, (path.as_posix(), line))
    return found


def add(
    catalog: Catalog,
    positions: tuple[int | tuple[int, str], ...] | None,
    given: tuple[str | None, ...],
    place: tuple[str, int],
) -> None:
    context, identity = None, []
    for position in positions or (1,):
        index = position[0] if isinstance(position, tuple) else position
        text = given[index - 1] if index <= len(given) else None
        if not text:
            return  # a variable, not a text
        if isinstance(position, tuple):
            context = text
        else:
            identity.append(text)
    key: Identity = identity[0] if len(identity) == 1 else (identity[0], identity[1])
    catalog.add(key, locations=[place], context=context)


def is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return all(strings)


def placeholders(value: object) -> set[str]:
    parts = value if isinstance(value, (list, tuple)) else [value]
    return {found for part in parts for found in PLACEHOLDER.findall(str(part))}


def check() -> int:
    """Every text that the code asks for has a translation with the same placeholders, and no other."""
    wanted = used()
    failed = False
    for language in sorted(path for path in LOCALE.glob("*") if path.is_dir()):
        have, wrong = texts(language)
        missing = Catalog(charset="utf-8", header_comment=f"# Missing in {language.name}:")
        for message in wanted:
            if not message.id:
                continue
            known = have.get(message.id, message.context)
            if known is None or not is_translated(known):
                missing[message.id] = message
            elif placeholders(known.string) - placeholders(known.id):
                wrong.append(f"{message.id!r}: the translation has a placeholder that the text has not")
        unused = [
            message.id for message in have if message.id and not wanted.get(message.id, message.context)
        ]
        wrong += [f"{language.name}: nothing asks for {text!r}" for text in unused]
        failed = failed or bool(wrong) or len(missing) > 0
        for line in wrong:
            print(line)
        if len(missing):
            buffer = BytesIO()
            write_po(buffer, missing, omit_header=True, sort_by_file=True)
            print(
                f"# {len(missing)} texts without translation in {language.name}\n{buffer.getvalue().decode()}"
            )
    return int(failed)


def main() -> int:
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command == "compile":
        compile_all()
        return 0
    if command == "check":
        return check()
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
