"""The first version of each legal ground. Later ones are rows that people add; the file that
this reads says how things were and is not changed."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from django.db import migrations

FILE = Path(__file__).resolve().parent.parent / "legal_bases.toml"


def add(apps: Any, schema_editor: Any) -> None:
    """One row for each ground."""
    bases = tomllib.loads(FILE.read_text(encoding="utf-8"))["basis"]
    rows = apps.get_model("consent", "LegalBasis")
    rows.objects.using(schema_editor.connection.alias).bulk_create(
        rows(no=1, starts_on=date(2025, 7, 1), **basis) for basis in bases
    )


def remove(apps: Any, schema_editor: Any) -> None:
    """All of them."""
    apps.get_model("consent", "LegalBasis").objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    """Data alone."""

    dependencies: ClassVar = [("consent", "0002_legal_basis")]
    operations: ClassVar = [migrations.RunPython(add, remove)]
