import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0002_denied_accesses"),
    ]

    operations = [
        migrations.AlterField(
            model_name="reviewedaccess",
            name="flags",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("unassigned", "Was not assigned"),
                        ("self_assigned", "Assigned herself"),
                        ("own_name", "May know the family"),
                        ("off_hours", "Unusual hour"),
                        ("many", "Many children in a day"),
                        ("after_closing", "After the case was closed"),
                        ("denied", "Turned away many times"),
                    ],
                    max_length=16,
                ),
                size=None,
            ),
        ),
    ]
