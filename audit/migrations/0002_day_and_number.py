"""Each day's events are numbered and chained to the day before."""

from django.db import migrations, models

# What is there is numbered by the day it was added on, as far as that is known: by its time.
NUMBER = """
update audit_event e set day = found.day, no = found.no from (
    select sequence, day, row_number() over (partition by day order by sequence) as no
    from (
        select sequence, max((at at time zone 'Europe/Stockholm')::date) over (order by sequence) as day
        from audit_event
    ) as dated
) as found
where found.sequence = e.sequence
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.AddField("event", "day", models.DateField(null=True)),
        migrations.AddField("event", "no", models.PositiveIntegerField(null=True)),
        migrations.RunSQL(NUMBER, migrations.RunSQL.noop),
        migrations.AlterField("event", "day", models.DateField()),
        migrations.AlterField("event", "no", models.PositiveIntegerField()),
        migrations.AddConstraint(
            "event", models.UniqueConstraint(fields=("day", "no"), name="event_numbered_within_its_day")
        ),
    ]
