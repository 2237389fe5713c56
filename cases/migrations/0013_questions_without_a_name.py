"""Questions about a child whom nobody names."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """See above."""

    dependencies: ClassVar = [
        ("agencies", "0005_appointment"),
        ("cases", "0012_journaled"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="UnnamedQuestion",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "age",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "I don't want to say"),
                            ("0-2", "0-2 years"),
                            ("3-5", "3-5 years"),
                            ("6-9", "6-9 years"),
                            ("10-12", "10-12 years"),
                            ("13-15", "13-15 years"),
                            ("16-17", "16-17 years"),
                        ],
                        max_length=5,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("read_no", models.PositiveSmallIntegerField(default=0)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "from_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.unit"
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UnnamedMessage",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("no", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("tried", models.TextField(blank=True)),
                ("said_no_name", models.BooleanField(default=False)),
                ("author_name", models.CharField(max_length=120)),
                ("author_title", models.CharField(max_length=80)),
                ("written_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="cases.unnamedquestion",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="unnamedquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("to_unit", models.F("from_unit")), _negated=True),
                name="question_to_another_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="unnamedmessage",
            constraint=models.UniqueConstraint(
                fields=("question", "no"), name="message_number_of_a_question"
            ),
        ),
        migrations.AddConstraint(
            model_name="unnamedmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("no__gte", 1), ("no__lte", 4)), name="message_within_its_turns"
            ),
        ),
        migrations.AddConstraint(
            model_name="unnamedmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("no", 1), ("tried", ""), _connector="OR"), name="message_tried_when_asked"
            ),
        ),
    ]
