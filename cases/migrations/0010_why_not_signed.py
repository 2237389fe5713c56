"""Why a second person did not sign."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """See above."""

    dependencies: ClassVar = [("cases", "0009_closed_circles")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="disclosure",
            name="declined_because",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                name="disclosure_declined_is_refused",
                condition=models.Q(
                    ("declined_because", ""),
                    models.Q(("outcome", "refused"), ("signed_by__isnull", False)),
                    _connector="OR",
                ),
            ),
        ),
    ]
