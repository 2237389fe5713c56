"""What a disclosure rests on: the ground, its test of harm and the second signature (R1.3)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0002_lawyer_and_counselling"),
        ("cases", "0004_signal_ended"),
        ("consent", "0003_first_legal_bases"),
        ("people", "0004_guardian_number"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="disclosure",
            name="disclosure_to_one",
        ),
        migrations.AddField(
            model_name="disclosure",
            name="basis_no",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="duty",
            field=models.CharField(blank=True, max_length=24),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="ends_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="grounds",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("not_secret", "Not secret here"),
                    ("lifted", "Secrecy is lifted"),
                    ("refused", "Not shown"),
                ],
                default="lifted",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="rule",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="second",
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="signed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="signed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="test",
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name="version",
            name="beyond_consent",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="disclosure",
            name="basis",
            field=models.CharField(max_length=4),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="consent",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to="consent.consent"
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("to_child__isnull", True),
                        ("to_guardian__isnull", True),
                        ("to_unit__isnull", False),
                        models.Q(("basis", "B14"), _negated=True),
                    ),
                    models.Q(
                        ("basis", "B14"),
                        ("to_child__isnull", True),
                        ("to_guardian__isnull", False),
                        ("to_unit__isnull", True),
                    ),
                    models.Q(
                        ("basis", "B14"),
                        ("to_child__isnull", False),
                        ("to_guardian__isnull", True),
                        ("to_unit__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="disclosure_to_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("basis", "B1"), ("consent__isnull", False)),
                    models.Q(models.Q(("basis", "B1"), _negated=True), ("consent__isnull", True)),
                    _connector="OR",
                ),
                name="disclosure_names_its_consent",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("signed_by__isnull", True),
                    models.Q(("signed_by", models.F("decided_by")), _negated=True),
                    _connector="OR",
                ),
                name="disclosure_signed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid__isempty", True), ("second", ""), ("signed_by__isnull", False), _connector="OR"
                ),
                name="disclosure_open_when_signed",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid__isempty", True), models.Q(("outcome", "refused"), _negated=True), _connector="OR"
                ),
                name="disclosure_refused_is_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("consent__isnull", True), ("taken_at__isnull", True)),
                fields=("case", "to_unit"),
                name="one_invitation_to_read",
            ),
        ),
    ]
