-- --- Which plan versions are the actor's ------------------------------------------------

create or replace function access_owner.child_plans(p_self uuid, p_children uuid[]) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Plan versions shown to a youth as the child, where she is one of the children. As with entries
-- she is shown no more than each of her guardians until she is of age (I21): a guardian may be
-- able to use the child's e-identification.
    select coalesce(array_agg(distinct r.version_id), '{}') from plans_release r
    join cases_case k on k.id = r.case_id join people_child c on c.id = k.child_id
    where r.to_child_id = p_self and c.id = r.to_child_id and r.valid @> access.at() and c.id = any(p_children)
      and (access_owner.grown_at(c.born_on) <= access.at()
        or not exists (select from access_owner.deciding(c.id) g
            where not exists (select from plans_release o where o.version_id = r.version_id
                and o.to_guardian_id = g.person and o.valid @> access.at())))
$$;

create or replace function access.my_child_plans() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select access_owner.child_plans((select access.my_self()), (select access.my_open_children()))
$$;

create or replace function access.their_child_plans(p_guardian uuid, p_self uuid) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Of the plans that the actor's own unit writes, those that the youth is shown.
    select coalesce(array_agg(v.id), '{}') from plans_planversion v
    where v.owner_unit_id = (select access.my_unit())
      and v.id = any((select access_owner.child_plans(p_self, access.their_open_children(p_guardian, p_self)))::uuid[])
$$;

create or replace function access.my_plan_versions() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Versions shown whole: to her unit in a case of hers, to her as guardian, or to her as the youth.
    select coalesce(array_agg(distinct r.version_id), '{}') from plans_release r
    where r.valid @> access.at() and r.rows = 'all'
      and ((r.to_unit_id = (select access.my_unit()) and r.case_id = any((select access.my_cases())::uuid[]))
        or (r.to_guardian_id = (select access.my_guardian())
            and r.case_id = any((select access.my_plan_cases())::uuid[]))
        or (r.to_child_id = (select access.my_self()) and r.version_id = any((select access.my_child_plans())::uuid[])))
$$;

create or replace function access.my_row_versions() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Versions of which only the unit's own rows are shown (police, leisure).
    select coalesce(array_agg(distinct r.version_id), '{}') from plans_release r
    where r.valid @> access.at() and r.rows = 'own' and r.to_unit_id = (select access.my_unit()) and r.case_id = any((select access.my_cases())::uuid[])
$$;

create or replace function access.my_plans() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct v.plan_id), '{}') from plans_planversion v
    where v.id = any((select access.my_plan_versions() || access.my_row_versions())::uuid[])
$$;

create or replace function access.my_draft_versions() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(v.id), '{}') from plans_planversion v
    where v.owner_unit_id = (select access.my_unit()) and v.case_id = any((select access.my_held_cases())::uuid[])
      and v.agreed_at is null and v.discarded_at is null
$$;

create or replace function access.my_hidden_goals() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Goals that build on an entry of which no trace may reach the actor in her family: what
-- derives from it inherits that (OSL 12:3). Empty for whoever acts for a unit.
    select coalesce(array_agg(distinct c.goal_id), '{}') from plans_citation c
    where c.cited_id = any((select access.my_hidden_versions())::uuid[])
$$;

create or replace function access.my_partial_versions() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Plan versions of which a goal is hidden from the actor; their follow-up tells of all goals.
    select coalesce(array_agg(distinct g.version_id), '{}') from plans_goal g where g.id = any((select access.my_hidden_goals())::uuid[])
$$;

create or replace function access.their_hidden_goals(p_guardian uuid, p_self uuid) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Of the plans that the actor's own unit writes, the goals that are out of the plan of somebody in
-- the family; whatever the cause. None for a unit.
    select coalesce(array_agg(distinct c.goal_id), '{}') from plans_citation c join cases_version v on v.id = c.cited_id
    where (p_guardian is not null or p_self is not null)
      and c.owner_unit_id = (select access.my_unit()) and c.case_id = any((select access.my_cases())::uuid[])
      and v.entry_id = any((select access_owner.their_hidden_entries(p_guardian, p_self))::uuid[])
$$;

create or replace function access.their_partial_versions(p_guardian uuid, p_self uuid) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Plan versions of which such a goal is out; their follow-up tells of all goals.
    select coalesce(array_agg(distinct g.version_id), '{}') from plans_goal g
    where g.id = any((select access.their_hidden_goals(p_guardian, p_self))::uuid[])
      and g.owner_unit_id = (select access.my_unit())
$$;

create or replace function access.may_go_on_building(p_case uuid, p_goal uuid, p_cited uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- A goal builds on what its writer may read; what it built on in an earlier version of the
-- plan stays when that is closed to the writer: a goal never loses what is inherited.
    select access.may_cite(p_case, p_cited) or exists (select from plans_goal g
        join plans_goal earlier on earlier.lineage = g.lineage and earlier.case_id = g.case_id and earlier.id <> g.id
        join plans_citation c on c.goal_id = earlier.id and c.cited_id = p_cited
        where g.id = p_goal and g.case_id = p_case)
$$;

create or replace function access.my_row_lineages() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Insatser whose status the actor may read: the rows of the versions shown to her.
    select coalesce(array_agg(distinct i.lineage), '{}') from plans_insats i
    where (i.version_id = any((select access.my_plan_versions())::uuid[])
            and (i.goal_id is null or i.goal_id <> all((select access.my_hidden_goals())::uuid[])))
       or (i.version_id = any((select access.my_row_versions())::uuid[]) and i.unit_id = (select access.my_unit()))
$$;

create or replace function access.my_unit_lineages() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Insatser that are the acting unit's to report on, in a version agreed.
    select coalesce(array_agg(distinct i.lineage), '{}') from plans_insats i join plans_planversion v on v.id = i.version_id
    where i.unit_id = (select access.my_unit()) and v.agreed_at is not null and i.case_id = any((select access.my_cases())::uuid[])
      and (v.owner_unit_id = (select access.my_unit()) or v.id = any((select access.my_plan_versions() || access.my_row_versions())::uuid[]))
$$;

create or replace function access.my_releases() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Releases to the actor, in force, whose document she may hold. Of a closed case there is no
-- document: a file is read by whoever finds it.
    select coalesce(array_agg(r.id), '{}') from plans_release r
    where r.valid @> access.at()
      and ((r.to_guardian_id = (select access.my_guardian())
            and r.case_id = any((select access.my_plan_cases())::uuid[]))
        or (r.to_child_id = (select access.my_self()) and r.version_id = any((select access.my_child_plans())::uuid[])))
      and not exists (select from access_owner.closed_cases() o where o.case_id = r.case_id)
$$;

create or replace function access.may_go_on_citing(p_plan_version uuid, p_case uuid, p_version uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- What a draft cites already may stay in it when it is closed to the draft's writer;
-- whoever reads the plan is shown it only if it is shown to her.
    select access.may_cite(p_case, p_version) or exists (select from plans_planversion v
        where v.id = p_plan_version and p_version in (v.child_words_id, v.wheel_id))
$$;

create or replace function access.is_row_of(p_case uuid, p_lineage uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
return exists (select from plans_insats i where i.case_id = p_case and i.lineage = p_lineage);

create or replace function access.is_my_draft_case(p_case uuid, p_version uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
return exists (select from plans_planversion v where v.id = p_version and v.case_id = p_case);

create or replace function access.release_covers(p_case uuid, p_version uuid, p_consent uuid, p_unit uuid, p_rows text, p_valid tstzrange) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Whether a version may be shown to a unit: consent covers the plan, or for police
-- and leisure the practical plan and then their own rows only.
    select access.is_my_draft_case(p_case, p_version)
       and access.consent_covers(p_case, p_consent, p_unit,
            case when u.kind in ('police', 'leisure') then 'practical' else 'plan' end, p_valid)
       and (p_rows = 'own' or u.kind not in ('police', 'leisure'))
    from agencies_unit u where u.id = p_unit
$$;

-- --- Plans, versions and rows -------------------------------------------------------------

call access_owner.protect('plans_plan', 'select, insert, update (state, reviewed_at)');
create policy read on plans_plan for select to barnensbasta_app
    using ((owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[])) or id = any((select access.my_plans())::uuid[]));
create policy add on plans_plan for insert to barnensbasta_app
    with check (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_held_cases())::uuid[])
        and created_by_id = (select access.account()));
create policy change on plans_plan for update to barnensbasta_app
    using (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_held_cases())::uuid[]))
    with check (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_held_cases())::uuid[]));

call access_owner.protect('plans_planversion', 'select, insert, delete, update (edit_no, edited_by_name, edited_at,
    next_follow_up_on, proposed_at, agreed_at, agreed_by_id, child_words_id, wheel_id, discarded_at)');
create policy read on plans_planversion for select to barnensbasta_app
    using ((owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[]))
        or id = any((select access.my_plan_versions())::uuid[]) or id = any((select access.my_row_versions())::uuid[]));
create policy add on plans_planversion for insert to barnensbasta_app
    with check (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_held_cases())::uuid[]) and agreed_at is null
        and access.may_cite(case_id, child_words_id) and access.may_cite(case_id, wheel_id));
create policy change on plans_planversion for update to barnensbasta_app
    using (agreed_at is null and discarded_at is null and owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_held_cases())::uuid[]))
    with check (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_held_cases())::uuid[])
        and (agreed_by_id is null or agreed_by_id = (select access.account()))
        and access.may_go_on_citing(id, case_id, child_words_id) and access.may_go_on_citing(id, case_id, wheel_id));
create policy drop_draft on plans_planversion for delete to barnensbasta_app
    using (agreed_at is null and owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_held_cases())::uuid[]));

call access_owner.protect('plans_goal', 'select, insert, delete, update (position, text, sign, wheel_area)');
create policy read on plans_goal for select to barnensbasta_app
    using ((owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[]))
        or (version_id = any((select access.my_plan_versions())::uuid[]) and id <> all((select access.my_hidden_goals())::uuid[])));
create policy write on plans_goal for all to barnensbasta_app
    using (version_id = any((select access.my_draft_versions())::uuid[]))
    with check (owner_unit_id = (select access.my_unit()) and version_id = any((select access.my_draft_versions())::uuid[]) and access.is_my_draft_case(case_id, version_id));

call access_owner.protect('plans_insats', 'select, insert, delete, update (position, what, contact_name, contact_title,
    contact_phone, contact_id, unit_name, unit_id, goal_id, starts_on, due_on)');
create policy read on plans_insats for select to barnensbasta_app
    using ((owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[]))
        or (version_id = any((select access.my_plan_versions())::uuid[])
            and (goal_id is null or goal_id <> all((select access.my_hidden_goals())::uuid[])))
        or (unit_id = (select access.my_unit()) and version_id = any((select access.my_row_versions())::uuid[])));
create policy write on plans_insats for all to barnensbasta_app
    using (version_id = any((select access.my_draft_versions())::uuid[]))
    with check (owner_unit_id = (select access.my_unit()) and version_id = any((select access.my_draft_versions())::uuid[]) and access.is_my_draft_case(case_id, version_id));

-- What a goal builds on is read by the unit that writes the plan, and by whoever may read the
-- entry itself.
call access_owner.protect('plans_citation', 'select, insert, delete');
create policy read on plans_citation for select to barnensbasta_app
    using ((owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[]))
        or (version_id = any((select access.my_plan_versions())::uuid[]) and cited_id = any((select access.my_versions())::uuid[])));
create policy add on plans_citation for insert to barnensbasta_app
    with check (owner_unit_id = (select access.my_unit()) and version_id = any((select access.my_draft_versions())::uuid[])
        and access.may_go_on_building(case_id, goal_id, cited_id));
create policy drop_draft on plans_citation for delete to barnensbasta_app
    using (version_id = any((select access.my_draft_versions())::uuid[]));

call access_owner.protect('plans_status', 'select, insert');
create policy read on plans_status for select to barnensbasta_app
    using ((unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[]))
        or lineage = any((select access.my_row_lineages())::uuid[])
        or case_id = any((select access.my_held_cases())::uuid[]));
create policy add on plans_status for insert to barnensbasta_app
    with check (unit_id = (select access.my_unit()) and case_id = any((select access.my_assigned_cases())::uuid[])
        and lineage = any((select access.my_unit_lineages())::uuid[]) and set_by_id = (select access.account())
        and access.is_row_of(case_id, lineage));

-- --- Who is shown a version, and what they answer --------------------------------------------

call access_owner.protect('plans_release', 'select, insert, update (valid)');
create policy read on plans_release for select to barnensbasta_app
    using ((owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[]))
        or (to_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[]))
        or (to_guardian_id = (select access.my_guardian()) and case_id = any((select access.my_plan_cases())::uuid[]))
        or (to_child_id = (select access.my_self()) and valid @> (select access.at())
            and version_id = any((select access.my_child_plans())::uuid[])));
create policy add on plans_release for insert to barnensbasta_app
    with check (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_held_cases())::uuid[])
        and (consent_id is null or to_unit_id is not null)
        and case
            when to_unit_id is not null then access.release_covers(case_id, version_id, consent_id, to_unit_id, rows, valid)
            when to_guardian_id is not null then rows = 'all' and access.stands_in_case(case_id, to_guardian_id, 'plan')
            else rows = 'all' and exists (select from cases_case k where k.id = case_id and k.child_id = to_child_id)
        end);
create policy finish on plans_release for update to barnensbasta_app
    using (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_held_cases())::uuid[]))
    with check (owner_unit_id = (select access.my_unit()) and (isempty(valid) or upper(valid) <= access.at()));

call access_owner.protect('plans_unitreply', 'select, insert, update (agrees, comment, replied_by_id, replied_by_name, replied_at), delete');
create policy read on plans_unitreply for select to barnensbasta_app
    using ((owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[]))
        or (unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[])));
create policy add on plans_unitreply for insert to barnensbasta_app
    with check (unit_id = (select access.my_unit()) and replied_by_id = (select access.account())
        and (version_id = any((select access.my_plan_versions())::uuid[]) or version_id = any((select access.my_row_versions())::uuid[])
            or version_id = any((select access.my_draft_versions())::uuid[])));
create policy change on plans_unitreply for update to barnensbasta_app
    using (unit_id = (select access.my_unit()) and case_id = any((select access.my_assigned_cases())::uuid[]))
    with check (unit_id = (select access.my_unit()) and replied_by_id = (select access.account()));
create policy clear on plans_unitreply for delete to barnensbasta_app
    using (version_id = any((select access.my_draft_versions())::uuid[]));

call access_owner.protect('plans_familyreply', 'select, insert');
create policy read on plans_familyreply for select to barnensbasta_app
    using ((owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[]))
        or (case_id = any((select access.my_family_cases())::uuid[])
            and (guardian_id = (select access.my_guardian()) or child_id = (select access.my_self()))));
-- A guardian answers about her child's plan and the youth about her own, also where they are
-- the same person.
create policy add on plans_familyreply for insert to barnensbasta_app
    with check (((guardian_id = (select access.my_guardian()) and child_id is null and access.stands_in_case(case_id, guardian_id, 'answers'))
            or (child_id = (select access.my_self()) and guardian_id is null
                and exists (select from cases_case k where k.id = plans_familyreply.case_id and k.child_id = plans_familyreply.child_id)))
        and version_id = any((select access.my_plan_versions())::uuid[]));

call access_owner.protect('plans_followup', 'select, insert');
create policy read on plans_followup for select to barnensbasta_app
    using ((owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[]))
        or (version_id = any((select access.my_plan_versions())::uuid[]) and version_id <> all((select access.my_partial_versions())::uuid[])));
create policy add on plans_followup for insert to barnensbasta_app
    with check (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_held_cases())::uuid[]) and held_by_id = (select access.account())
        and access.is_my_draft_case(case_id, version_id));

-- What came of a goal or an insats is read by whoever reads that: the inner select is under its own
-- policy. Composite keys hold it to its follow-up's version, and so to the unit that owns both.
call access_owner.protect('plans_goalresult', 'select, insert');
create policy read on plans_goalresult for select to barnensbasta_app
    using (exists (select from plans_goal g where g.id = goal_id));
create policy add on plans_goalresult for insert to barnensbasta_app
    with check (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_held_cases())::uuid[]));

call access_owner.protect('plans_insatsresult', 'select, insert');
create policy read on plans_insatsresult for select to barnensbasta_app
    using (exists (select from plans_insats i where i.id = insats_id));
create policy add on plans_insatsresult for insert to barnensbasta_app
    with check (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_held_cases())::uuid[]));

call access_owner.protect('plans_document', 'select, insert, update (pdf, sha256, pages)');
create policy read on plans_document for select to barnensbasta_app
    using (release_id = any((select access.my_releases())::uuid[]));
-- One that was emptied, since what it showed has been hidden, is made again in its place.
create policy fill on plans_document for update to barnensbasta_app
    using (release_id = any((select access.my_releases())::uuid[]) and pages = 0)
    with check (pages > 0);
create policy add on plans_document for insert to barnensbasta_app
    with check (release_id = any((select access.my_releases())::uuid[]));

-- --- What never changes (I24): whose a row is, what it belongs to, and what was written ---------

call access_owner.immutable('plans_plan', '{case_id,owner_unit_id,kind,created_by_id,created_at}');
call access_owner.immutable('plans_planversion', '{plan_id,case_id,owner_unit_id,no}');
call access_owner.immutable('plans_goal', '{version_id,case_id,owner_unit_id,lineage}');
call access_owner.immutable('plans_insats', '{version_id,case_id,owner_unit_id,lineage}');
call access_owner.immutable_but('plans_release', '{valid}');
call access_owner.immutable('plans_document', '{release_id}');
call access_owner.immutable('plans_unitreply', '{version_id,case_id,owner_unit_id,unit_id}');
call access_owner.immutable_but('plans_familyreply', '{}');
call access_owner.immutable_but('plans_followup', '{}');
call access_owner.immutable_but('plans_goalresult', '{}');
call access_owner.immutable_but('plans_insatsresult', '{}');
call access_owner.immutable_but('plans_status', '{}');
call access_owner.immutable_but('plans_citation', '{}');
