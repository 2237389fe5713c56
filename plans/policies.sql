-- --- Which plan versions are the actor's ------------------------------------------------

create or replace function access.my_plan_versions() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Versions shown whole: to her unit in a case of hers, to her as guardian, or to her as the youth.
    select coalesce(array_agg(distinct r.version_id), '{}') from plans_release r
    where r.valid @> access.at() and r.rows = 'all'
      and ((r.to_unit_id = (select access.my_unit()) and r.case_id = any((select access.my_cases())::uuid[]))
        or (r.case_id = any((select access.my_family_cases())::uuid[])
            and (r.to_guardian_id = (select access.my_guardian()) or r.to_child_id = (select access.my_self()))))
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

create or replace function access.my_row_lineages() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Insatser whose status the actor may read: the rows of the versions shown to her.
    select coalesce(array_agg(distinct i.lineage), '{}') from plans_insats i
    where i.version_id = any((select access.my_plan_versions())::uuid[])
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
-- Releases to the actor, in force, whose document she may hold.
    select coalesce(array_agg(r.id), '{}') from plans_release r
    where r.valid @> access.at()
      and r.case_id = any((select access.my_family_cases())::uuid[])
      and (r.to_guardian_id = (select access.my_guardian()) or r.to_child_id = (select access.my_self()))
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

call access_owner.protect('plans_planversion', 'select, insert, update, delete');
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

call access_owner.protect('plans_goal', 'select, insert, update, delete');
create policy read on plans_goal for select to barnensbasta_app
    using ((owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[])) or version_id = any((select access.my_plan_versions())::uuid[]));
create policy write on plans_goal for all to barnensbasta_app
    using (version_id = any((select access.my_draft_versions())::uuid[]))
    with check (owner_unit_id = (select access.my_unit()) and version_id = any((select access.my_draft_versions())::uuid[]) and access.is_my_draft_case(case_id, version_id));

call access_owner.protect('plans_insats', 'select, insert, update, delete');
create policy read on plans_insats for select to barnensbasta_app
    using ((owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[]))
        or version_id = any((select access.my_plan_versions())::uuid[])
        or (unit_id = (select access.my_unit()) and version_id = any((select access.my_row_versions())::uuid[])));
create policy write on plans_insats for all to barnensbasta_app
    using (version_id = any((select access.my_draft_versions())::uuid[]))
    with check (owner_unit_id = (select access.my_unit()) and version_id = any((select access.my_draft_versions())::uuid[]) and access.is_my_draft_case(case_id, version_id));

call access_owner.protect('plans_status', 'select, insert');
create policy read on plans_status for select to barnensbasta_app
    using ((unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[]))
        or lineage = any((select access.my_row_lineages())::uuid[])
        or case_id = any((select access.my_held_cases())::uuid[]));
create policy add on plans_status for insert to barnensbasta_app
    with check (unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[])
        and lineage = any((select access.my_unit_lineages())::uuid[]) and set_by_id = (select access.account())
        and access.is_row_of(case_id, lineage));

-- --- Who is shown a version, and what they answer --------------------------------------------

call access_owner.protect('plans_release', 'select, insert, update (valid)');
create policy read on plans_release for select to barnensbasta_app
    using ((owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[]))
        or (to_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[]))
        or (case_id = any((select access.my_family_cases())::uuid[])
            and (to_guardian_id = (select access.my_guardian()) or to_child_id = (select access.my_self()))));
create policy add on plans_release for insert to barnensbasta_app
    with check (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_held_cases())::uuid[])
        and (consent_id is null or to_unit_id is not null)
        and case
            when to_unit_id is not null then access.release_covers(case_id, version_id, consent_id, to_unit_id, rows, valid)
            when to_guardian_id is not null then rows = 'all' and access.is_guardian_in(case_id, to_guardian_id)
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
    using (unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[]))
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
    with check (((guardian_id = (select access.my_guardian()) and child_id is null and access.is_guardian_in(case_id, guardian_id))
            or (child_id = (select access.my_self()) and guardian_id is null
                and exists (select from cases_case k where k.id = plans_familyreply.case_id and k.child_id = plans_familyreply.child_id)))
        and version_id = any((select access.my_plan_versions())::uuid[]));

call access_owner.protect('plans_followup', 'select, insert');
create policy read on plans_followup for select to barnensbasta_app
    using ((owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[])) or version_id = any((select access.my_plan_versions())::uuid[]));
create policy add on plans_followup for insert to barnensbasta_app
    with check (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_held_cases())::uuid[]) and held_by_id = (select access.account())
        and access.is_my_draft_case(case_id, version_id));

call access_owner.protect('plans_document', 'select, insert');
create policy read on plans_document for select to barnensbasta_app
    using (release_id = any((select access.my_releases())::uuid[]));
create policy add on plans_document for insert to barnensbasta_app
    with check (release_id = any((select access.my_releases())::uuid[]));
