"""What came of goals and insatser at a follow-up: rows of their own, read as the goal and the
insats are, instead of codes in the follow-up, which whoever reads it whole read."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

# What was judged before moves over; of an insats it is what its unit had last said by then.
MOVE = """
insert into plans_goalresult (id, follow_up_id, version_id, case_id, owner_unit_id, goal_id, value, held_on, written_at)
select gen_random_uuid(), f.id, f.version_id, f.case_id, f.owner_unit_id, g.id, j.value, f.held_on, f.held_at
from plans_followup f cross join jsonb_each_text(f.goals) j
join plans_goal g on g.version_id = f.version_id and g.lineage::text = j.key
where j.value in ('reached', 'partly', 'not');
insert into plans_insatsresult (id, follow_up_id, version_id, case_id, owner_unit_id, insats_id, value, reason, held_on, written_at)
select gen_random_uuid(), f.id, f.version_id, f.case_id, f.owner_unit_id, i.id, s.value,
    case when s.value = 'not_done' then coalesce(nullif(s.comment, ''), '-') else '' end, f.held_on, f.held_at
from plans_followup f join plans_insats i on i.version_id = f.version_id,
lateral (select t.value, t.comment from plans_status t where t.lineage = i.lineage and t.case_id = i.case_id
    and t.set_at <= f.held_at order by t.set_at desc limit 1) s
where s.value in ('done', 'ongoing', 'not_done');
"""


def _to(model: str, related_name: str = "+") -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=model)


def _fields(name: str, of: str) -> list[tuple[str, models.Field]]:
    key = models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)
    return [
        ("id", key),
        ("held_on", models.DateField()),
        ("written_at", models.DateTimeField()),
        ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="cases.case")),
        ("follow_up", _to("plans.followup", f"{name}_results")),
        (name, _to(of, "results")),
        ("owner_unit", _to("agencies.unit")),
        ("version", _to("plans.planversion")),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_initial"),
        ("cases", "0001_initial"),
        ("plans", "0004_citation"),
    ]

    operations = [
        migrations.CreateModel(
            name="GoalResult",
            fields=[
                *_fields("goal", "plans.goal"),
                (
                    "value",
                    models.CharField(
                        choices=[("reached", "Reached"), ("partly", "Partly"), ("not", "Not yet")],
                        max_length=8,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("follow_up", "goal"), name="one_result_of_a_goal")
                ],
            },
        ),
        migrations.CreateModel(
            name="InsatsResult",
            fields=[
                *_fields("insats", "plans.insats"),
                (
                    "value",
                    models.CharField(
                        choices=[("done", "Done task"), ("ongoing", "Going on"), ("not_done", "Not done")],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=400)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("follow_up", "insats"), name="one_result_of_an_insats"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), ("value", "not_done"), _negated=True),
                        name="not_done_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="followup", name="goals"),
        migrations.AlterField(
            model_name="followup",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("continue", "Go on"),
                    ("change", "Change the plan"),
                    ("step_up", "More support is needed"),
                    ("step_down", "Less support is needed"),
                    ("close", "Close"),
                ],
                max_length=12,
            ),
        ),
    ]
