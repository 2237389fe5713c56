"""Grounds in law, each with its versions (R1.4)."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LegalBasis",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(max_length=4)),
                ("no", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("text", models.TextField()),
                ("provision", models.CharField(max_length=120)),
                (
                    "owners",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), size=None
                    ),
                ),
                (
                    "recipients",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), size=None
                    ),
                ),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), default=list, size=None
                    ),
                ),
                (
                    "matters",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), default=list, size=None
                    ),
                ),
                ("duties", models.JSONField(default=list)),
                ("same_authority", models.BooleanField(default=False)),
                ("child_under", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("second", models.CharField(blank=True, max_length=12)),
                ("lawyer_only", models.BooleanField(default=False)),
                ("rank", models.PositiveSmallIntegerField()),
                ("starts_on", models.DateField()),
                ("proposed_at", models.DateTimeField(null=True)),
                ("signed_at", models.DateTimeField(null=True)),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("code", "no"), name="legal_basis_version"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_by__isnull", True),
                            models.Q(("signed_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="legal_basis_signed_by_another",
                    ),
                ],
            },
        ),
    ]
