"""What a unit keeps to itself: hidden from one guardian, and notes of orosanmälningar."""

import uuid

import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# A decision belongs to the case and the owner of its entry, since policies read a row's own columns.
FORWARD = """
alter table cases_hiding add constraint hiding_of_owned_entry
    foreign key (entry_id, case_id, owner_unit_id) references cases_entry (id, case_id, owner_unit_id);
create unique index one_hiding_in_force on cases_hiding (entry_id, guardian_id) where upper_inf(valid);
"""
BACKWARD = """
drop index one_hiding_in_force;
alter table cases_hiding drop constraint hiding_of_owned_entry;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_initial"),
        ("cases", "0006_disclosure_rests_on_a_ground"),
        ("people", "0004_guardian_number"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Concern",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("note", models.UUIDField(default=uuid.uuid4)),
                ("no", models.PositiveIntegerField()),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("made", "We made an orosanmälan"),
                            ("considered", "We considered one and did not make it"),
                        ],
                        max_length=12,
                    ),
                ),
                ("happened_on", models.DateField()),
                ("reason", models.TextField()),
                ("consulted", models.BooleanField(default=False)),
                (
                    "reply",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("opened", "An investigation is opened"),
                            ("not_opened", "No investigation is opened"),
                            ("ongoing", "An investigation was going on already"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reply_on", models.DateField(blank=True, null=True)),
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
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="cases.case")),
                (
                    "owner_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("note", "no"), name="version_number_of_a_concern"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reply", ""), ("reply_on__isnull", True)),
                            models.Q(
                                ("reply_on__isnull", False),
                                ("what", "made"),
                                models.Q(("reply", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="reply_to_what_was_made",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hiding",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("reason", models.TextField()),
                ("decided_by_name", models.CharField(max_length=120)),
                ("decided_at", models.DateTimeField()),
                ("review_on", models.DateField()),
                ("valid", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="cases.case")),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hidings", to="cases.entry"
                    ),
                ),
                (
                    "guardian",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.guardian"
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.unit"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["entry", "guardian"], name="hiding_of_entry")],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
