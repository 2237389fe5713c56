"""What each delivery was, from the outbox row that it still has."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
update notices_delivery d set recipient_id = o.recipient_id, kind = o.kind, subject = o.subject
from notices_outbox o where o.id = d.outbox_id;
"""


class Migration(migrations.Migration):
    """Data alone."""

    dependencies: ClassVar = [("notices", "0003_delivery_by_itself")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
