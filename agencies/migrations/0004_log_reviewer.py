"""Who reviews a unit's log, as a role."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0003_shared_computers"),
    ]

    operations = [
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[
                    ("caseworker", "caseworker"),
                    ("lead", "head of unit"),
                    ("lawyer", "lawyer"),
                    ("unit_administrator", "unit administrator"),
                    ("log_reviewer", "log reviewer"),
                    ("steering", "steering group"),
                    ("administrator", "administrator"),
                    ("data_protection", "data protection officer"),
                    ("guardian", "guardian"),
                    ("youth", "youth"),
                ],
                max_length=24,
            ),
        ),
    ]
