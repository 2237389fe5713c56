"""A mail that says that a nödöppning is to be reviewed."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """See above."""

    dependencies: ClassVar = [
        ("notices", "0006_review_mail"),
    ]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="delivery",
            name="kind",
            field=models.CharField(
                choices=[
                    ("news_mail", "Something new to read"),
                    ("digest_mail", "Reminders of the day"),
                    ("plan_document", "The plan as PDF"),
                    ("review_mail", "A log review waits"),
                    ("emergency_mail", "A nödöppning to review"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="outbox",
            name="kind",
            field=models.CharField(
                choices=[
                    ("news_mail", "Something new to read"),
                    ("digest_mail", "Reminders of the day"),
                    ("plan_document", "The plan as PDF"),
                    ("review_mail", "A log review waits"),
                    ("emergency_mail", "A nödöppning to review"),
                ],
                max_length=16,
            ),
        ),
    ]
