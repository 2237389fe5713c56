"""A result belongs to its follow-up's version, and to a goal or insats in it."""

from django.db import migrations

# Composite keys: a result is of its follow-up's version, and of a goal or insats in it.
FORWARD = """
alter table plans_followup add constraint followup_with_version unique (id, version_id);
alter table plans_insats add constraint insats_with_version unique (id, version_id);
alter table plans_goalresult add constraint goalresult_of_own_goal
    foreign key (goal_id, version_id) references plans_goal (id, version_id);
alter table plans_insatsresult add constraint insatsresult_of_own_insats
    foreign key (insats_id, version_id) references plans_insats (id, version_id);
""" + "".join(
    f"""
alter table plans_{name} add constraint {name}_of_own_followup
    foreign key (follow_up_id, version_id) references plans_followup (id, version_id);
alter table plans_{name} add constraint {name}_of_owned_version
    foreign key (version_id, case_id, owner_unit_id) references plans_planversion (id, case_id, owner_unit_id);
"""
    for name in ("goalresult", "insatsresult")
)

BACKWARD = """
alter table plans_goalresult drop constraint goalresult_of_own_followup,
    drop constraint goalresult_of_owned_version, drop constraint goalresult_of_own_goal;
alter table plans_insatsresult drop constraint insatsresult_of_own_followup,
    drop constraint insatsresult_of_owned_version, drop constraint insatsresult_of_own_insats;
alter table plans_insats drop constraint insats_with_version;
alter table plans_followup drop constraint followup_with_version;
"""


class Migration(migrations.Migration):
    """Composite keys; apart, since rows were moved in the migration before."""

    dependencies = [("plans", "0008_results")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
