"""The password's hash in a table of its own; a stamp that sessions hang on; no last sign-in."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

MOVE = "insert into people_password (account_id, hash) select id, password from people_account"
MOVE_BACK = "update people_account a set password = p.hash from people_password p where p.account_id = a.id"
# The column's default is one value for all rows that are there.
STAMP = "update people_account set stamp = gen_random_uuid()"


class Migration(migrations.Migration):
    """See above. Every session ends with it: what it kept was of the hash."""

    dependencies: ClassVar = [("people", "0005_custody_ended")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Password",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="people.account",
                    ),
                ),
                ("hash", models.CharField(max_length=128)),
            ],
        ),
        migrations.AddField("account", "stamp", models.UUIDField(default=uuid.uuid4)),
        migrations.RunSQL(STAMP, migrations.RunSQL.noop),
        # Back again it is empty, until what was moved is moved back.
        migrations.AlterField("account", "password", models.CharField(max_length=128, default="")),
        migrations.RunSQL(MOVE, MOVE_BACK),
        migrations.RunSQL("set constraints all immediate", "set constraints all immediate"),
        migrations.RemoveField("account", "password"),
        migrations.RemoveField("account", "last_login"),
    ]
