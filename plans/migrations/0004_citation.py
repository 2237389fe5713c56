"""That a goal builds on an entry."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
alter table plans_citation add constraint citation_of_own_goal
    foreign key (goal_id, version_id) references plans_goal (id, version_id);
alter table plans_citation add constraint citation_of_owned_version
    foreign key (version_id, case_id, owner_unit_id) references plans_planversion (id, case_id, owner_unit_id);
"""
BACKWARD = """
alter table plans_citation drop constraint citation_of_owned_version;
alter table plans_citation drop constraint citation_of_own_goal;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_initial"),
        ("cases", "0007_kept_to_itself"),
        ("plans", "0003_discarded_and_reviewed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Citation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="cases.case")),
                (
                    "cited",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.version"
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="citations", to="plans.goal"
                    ),
                ),
                (
                    "owner_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.unit"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="plans.planversion"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("goal", "cited"), name="one_citation_in_a_goal")
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
