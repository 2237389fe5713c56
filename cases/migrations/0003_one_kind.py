"""A version is of its entry's kind: what protects the child's own words is the kind
on the version, so that it can't be written as another."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
alter table cases_entry add constraint entry_with_kind unique (id, kind);
alter table cases_version add constraint version_of_entrys_kind
    foreign key (entry_id, kind) references cases_entry (id, kind);
"""

BACKWARD = """
alter table cases_version drop constraint version_of_entrys_kind;
alter table cases_entry drop constraint entry_with_kind;
"""


class Migration(migrations.Migration):
    """One composite key more."""

    dependencies: ClassVar = [("cases", "0002_one_owner")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]
