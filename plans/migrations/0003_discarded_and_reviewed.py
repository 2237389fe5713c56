"""A draft can be discarded, and a plan looked over after consent has changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two instants, empty for what there is."""

    dependencies: ClassVar = [("plans", "0002_one_owner")]

    operations: ClassVar = [
        migrations.AddField("plan", "reviewed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("planversion", "discarded_at", models.DateTimeField(blank=True, null=True)),
    ]
