"""Kinds of events with longer names. What is stored, and so the chain, stays as it is."""

from django.db import migrations, models

KINDS = ["read", "print", "export", "emergency", "write", "denied", "sign_in", "account", "role"]
WORDS = ["Read", "Print", "Export", "Emergency", "Write", "Denied", "Sign In", "Account", "Role"]


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_day_and_number")]

    operations = [
        migrations.AlterField(
            "event", "kind", models.CharField(max_length=16, choices=list(zip(KINDS, WORDS, strict=True)))
        ),
    ]
