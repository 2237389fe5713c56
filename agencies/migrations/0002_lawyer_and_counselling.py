"""The lawyer as a role, family counselling as a kind of unit."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_initial"),
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
                    ("steering", "steering group"),
                    ("administrator", "administrator"),
                    ("data_protection", "data protection officer"),
                    ("guardian", "guardian"),
                    ("youth", "youth"),
                ],
                max_length=24,
            ),
        ),
        migrations.AlterField(
            model_name="unit",
            name="kind",
            field=models.CharField(
                choices=[
                    ("maternity_care", "Maternity care"),
                    ("child_health", "Child health care"),
                    ("health_care", "Other health care"),
                    ("preschool", "Preschool"),
                    ("school", "School"),
                    ("pupil_health", "Pupil health"),
                    ("pupil_medical", "Medical pupil health"),
                    ("independent_school", "Independent school"),
                    ("social_services", "Social services"),
                    ("family_centre", "Family centre"),
                    ("family_counselling", "Family counselling"),
                    ("leisure", "Culture and leisure"),
                    ("police", "Police"),
                    ("youth_follow_up", "Municipal youth follow-up"),
                ],
                max_length=24,
            ),
        ),
    ]
