"""A row of its own for a child's protected identity."""

import uuid
from typing import ClassVar

import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """See above."""

    dependencies: ClassVar = [
        ("people", "0006_password_apart"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Protection",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("marked", "Confidentiality marking (sekretessmarkering)"),
                            ("registered", "Protected registration (skyddad folkbokföring)"),
                            ("assumed", "Assumed identity (fingerade personuppgifter)"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("population_register", "the population register"),
                            ("family", "the family says so"),
                            ("police", "the police or the prosecutor"),
                            ("staff", "our own judgement of the risk"),
                        ],
                        max_length=24,
                    ),
                ),
                ("raised_at", models.DateTimeField()),
                ("valid", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("given_name", models.CharField(blank=True, max_length=120)),
                ("family_name", models.CharField(blank=True, max_length=120)),
                ("number", models.CharField(blank=True, db_index=True, max_length=12)),
                ("lower_asked_at", models.DateTimeField(blank=True, null=True)),
                ("lower_reason", models.CharField(blank=True, max_length=400)),
                ("child", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="people.child")),
                (
                    "lower_asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lowered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
