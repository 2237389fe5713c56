"""No delivery without its recipient and kind."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KINDS = [
    ("news_mail", "Something new to read"),
    ("digest_mail", "Reminders of the day"),
    ("plan_document", "The plan as PDF"),
]


class Migration(migrations.Migration):
    """Both are required from now on."""

    dependencies: ClassVar = [("notices", "0004_fill_deliveries")]
    operations: ClassVar = [
        migrations.AlterField(
            "delivery",
            "recipient",
            models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField("delivery", "kind", models.CharField(max_length=16, choices=KINDS)),
    ]
