"""A delivery says for whom, of which kind and about what, so that it outlives its outbox row."""

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
    """The columns; filled by the next."""

    dependencies: ClassVar = [
        ("notices", "0002_heartbeat"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.AlterField(
            "delivery",
            "outbox",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to="notices.outbox",
            ),
        ),
        migrations.AddField(
            "delivery",
            "recipient",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("delivery", "kind", models.CharField(max_length=16, choices=KINDS, null=True)),
        migrations.AddField("delivery", "subject", models.UUIDField(null=True, blank=True)),
    ]
