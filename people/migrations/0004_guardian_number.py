"""A guardian's personnummer, and her relation to the child."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """See above."""

    dependencies: ClassVar = [("people", "0003_youth_contact")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="GuardianNumber",
            fields=[
                (
                    "guardian",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="people.guardian",
                    ),
                ),
                ("number", models.CharField(db_index=True, max_length=12)),
            ],
        ),
        migrations.AddField(
            model_name="guardianship",
            name="relation",
            field=models.CharField(
                blank=True,
                choices=[
                    ("mother", "mother"),
                    ("father", "father"),
                    ("parent", "parent"),
                    ("appointed", "specially appointed guardian"),
                ],
                max_length=12,
            ),
        ),
    ]
