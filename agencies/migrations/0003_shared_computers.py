"""Units whose computers are shared ("delad dator")."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """See above."""

    dependencies: ClassVar = [("agencies", "0002_lawyer_and_counselling")]

    operations: ClassVar = [
        migrations.AddField("unit", "shared_computers", models.BooleanField(default=False)),
    ]
