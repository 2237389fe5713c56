"""Where a youth wants her mail."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table more."""

    dependencies: ClassVar = [("people", "0002_sign_in_attempt")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="YouthContact",
            fields=[
                (
                    "child",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="contact",
                        serialize=False,
                        to="people.child",
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
            ],
        ),
    ]
