"""A version belongs to the case and the owner of its entry, a disclosure to those
of its version: composite foreign keys, since policies read a row's own columns."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
alter table cases_entry add constraint entry_with_owner unique (id, case_id, owner_unit_id);
alter table cases_version add constraint version_with_owner unique (id, case_id, owner_unit_id);
alter table cases_version add constraint version_of_owned_entry
    foreign key (entry_id, case_id, owner_unit_id) references cases_entry (id, case_id, owner_unit_id);
alter table cases_disclosure add constraint disclosure_of_owned_version
    foreign key (version_id, case_id, owner_unit_id) references cases_version (id, case_id, owner_unit_id);
create index assignment_of_account on cases_assignment (user_id, unit_id);
create index participation_of_group on cases_participation (group_id, kind);
create index disclosure_to_unit_in_case on cases_disclosure (to_unit_id, case_id);
"""

BACKWARD = """
drop index disclosure_to_unit_in_case;
drop index participation_of_group;
drop index assignment_of_account;
alter table cases_disclosure drop constraint disclosure_of_owned_version;
alter table cases_version drop constraint version_of_owned_entry;
alter table cases_version drop constraint version_with_owner;
alter table cases_entry drop constraint entry_with_owner;
"""


class Migration(migrations.Migration):
    """Composite keys and the indexes that the access arrays use."""

    dependencies: ClassVar = [("cases", "0001_initial")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]
