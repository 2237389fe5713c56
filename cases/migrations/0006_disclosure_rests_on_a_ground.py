"""A disclosure names a version of a legal ground that exists, and those made before say which
rule was tested (R1.3)."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
update cases_disclosure d set
    rule = case when d.basis = 'B14' then 'OSL 12:1, 12:3' else x.rule end, test = x.test,
    outcome = case when x.test = 'none' and d.basis <> 'B14' then 'not_secret' else 'lifted' end
from (select u.id,
    case u.kind when 'social_services' then 'OSL 26:1' when 'family_centre' then 'OSL 26:1' when 'preschool' then 'OSL 23:1'
        when 'school' then 'OSL 23:2 st. 2' when 'youth_follow_up' then 'OSL 23:2 st. 2' when 'pupil_health' then 'OSL 23:2 st. 1'
        when 'independent_school' then 'SkolL 29:14' when 'police' then 'OSL 35:1' when 'leisure' then '' else 'OSL 25:1' end as rule,
    case u.kind when 'school' then 'straight' when 'youth_follow_up' then 'straight' when 'leisure' then 'none' else 'reversed' end as test
    from agencies_unit u) x
where x.id = d.owner_unit_id and d.rule = '';
alter table cases_disclosure add constraint disclosure_rests_on_a_ground
    foreign key (basis, basis_no) references consent_legalbasis (code, no);
"""

BACKWARD = "alter table cases_disclosure drop constraint disclosure_rests_on_a_ground;"


class Migration(migrations.Migration):
    """A composite key, which Django has not."""

    dependencies: ClassVar = [("cases", "0005_grounds_of_disclosure")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]
