"""A signal that is not to be sent on, and next steps after each decision."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """See above."""

    dependencies: ClassVar = [("cases", "0003_one_kind")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="signal",
            name="ended_as",
            field=models.CharField(
                blank=True,
                choices=[("family_no", "The family said no"), ("not_needed", "It is no longer needed")],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="signal",
            name="ended_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="process",
            name="next_step",
            field=models.CharField(
                blank=True,
                choices=[
                    ("talk", "Talk with the family"),
                    ("find_out", "Find out more, together"),
                    ("hand_over", "Ask the family about the other service"),
                    ("support", "Follow up your own support"),
                    ("close", "Close the case"),
                    ("ask", "Ask the family for consent"),
                    ("answer", "The family answers about consent"),
                    ("plan", "Make the plan together"),
                    ("follow_up", "Follow up the plan together"),
                ],
                max_length=12,
            ),
        ),
    ]
