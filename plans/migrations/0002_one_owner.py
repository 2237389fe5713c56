"""A plan's rows belong to the case and the owner of their version, an insats to a goal of
its own version: composite foreign keys, since policies read a row's own columns."""

from typing import ClassVar

from django.db import migrations

OF_A_VERSION = ("goal", "insats", "release", "unitreply", "familyreply", "followup")

FORWARD = """
alter table plans_plan add constraint plan_with_owner unique (id, case_id, owner_unit_id);
alter table plans_planversion add constraint planversion_with_owner unique (id, case_id, owner_unit_id);
alter table plans_planversion add constraint version_of_owned_plan
    foreign key (plan_id, case_id, owner_unit_id) references plans_plan (id, case_id, owner_unit_id);
alter table plans_goal add constraint goal_with_version unique (id, version_id);
alter table plans_insats add constraint insats_of_own_goal
    foreign key (goal_id, version_id) references plans_goal (id, version_id);
""" + "".join(
    f"""
alter table plans_{name} add constraint {name}_of_owned_version
    foreign key (version_id, case_id, owner_unit_id) references plans_planversion (id, case_id, owner_unit_id);
"""
    for name in OF_A_VERSION
)

BACKWARD = (
    "".join(f"alter table plans_{name} drop constraint {name}_of_owned_version;\n" for name in OF_A_VERSION)
    + """
alter table plans_insats drop constraint insats_of_own_goal;
alter table plans_goal drop constraint goal_with_version;
alter table plans_planversion drop constraint version_of_owned_plan;
alter table plans_planversion drop constraint planversion_with_owner;
alter table plans_plan drop constraint plan_with_owner;
"""
)


class Migration(migrations.Migration):
    """Composite keys."""

    dependencies: ClassVar = [("plans", "0001_initial")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]
