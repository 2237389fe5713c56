-- --- Which cases, versions and consents are the actor's ------------------------------
-- Validity stands in these arrays, never in the policy that an updater needs.

create or replace function access.my_cases() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- The unit takes part in full AND the person is assigned in the unit she acts for.
    select coalesce(array_agg(distinct a.content_object_id), '{}') from cases_assignment a
    join cases_participation p on p.content_object_id = a.content_object_id
        and p.group_id = (select access.my_group()) and p.kind = 'full' and p.valid @> access.at()
    where a.user_id = access.account() and a.unit_id = (select access.my_unit()) and a.valid @> access.at()
$$;

create or replace function access.my_own_cases() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- As my_cases, where consent has ended and only the unit's own entries remain.
    select coalesce(array_agg(distinct a.content_object_id), '{}') from cases_assignment a
    join cases_participation p on p.content_object_id = a.content_object_id
        and p.group_id = (select access.my_group()) and p.kind = 'own' and p.valid @> access.at()
    where a.user_id = access.account() and a.unit_id = (select access.my_unit()) and a.valid @> access.at()
      and not a.content_object_id = any((select access.my_cases())::uuid[])
$$;

create or replace function access.my_led_cases() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Cases in which the unit that the actor leads takes part in full.
    select coalesce(array_agg(distinct p.content_object_id), '{}') from cases_participation p
    join agencies_unit u on u.group_id = p.group_id
    where u.id = (select access.my_lead_unit()) and p.kind = 'full' and p.valid @> access.at()
$$;

create or replace function access.my_known_cases() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Cases that the actor may know of through her work: hers, her unit's own, those she leads.
    select access.my_cases() || access.my_own_cases() || access.my_led_cases()
$$;

create or replace function access.my_held_cases() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Cases of the actor's that her unit is responsible for or coordinates.
    select coalesce(array_agg(s.case_id), '{}') from cases_process s
    where s.case_id = any((select access.my_cases())::uuid[])
      and (select access.my_unit()) in (s.responsible_unit_id, s.coordinator_unit_id)
$$;

create or replace function access.sees_others() returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- access.policy.sees_others, for the database: police and leisure see their own part of a
-- case and nothing of the other units (R1.2); the unit that holds the case sees it whole.
    select coalesce((select u.kind not in ('police', 'leisure') from agencies_unit u where u.id = (select access.my_unit())), false)
$$;

create or replace function access.my_process_cases() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Cases whose process, which names the units that hold it, the actor may know.
    select case when (select access.sees_others()) then access.my_cases() || access.my_led_cases() else access.my_held_cases() end
$$;

create or replace function access.my_held_children() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct c.child_id), '{}') from cases_case c where c.id = any((select access.my_held_cases())::uuid[])
$$;

create or replace function access.my_work_children() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Children whose guardians the actor may know: she works on the case, and her unit
-- gets more than its own plan rows.
    select coalesce(array_agg(distinct c.child_id), '{}') from cases_case c, agencies_unit u
    where c.id = any((select access.my_cases())::uuid[]) and u.id = (select access.my_unit()) and (select access.sees_others())
$$;

create or replace function access.my_known_guardians() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct s.guardian_id), '{}') from people_guardianship s
    where s.child_id = any((select access.my_work_children())::uuid[]) and s.valid @> access.at()
$$;

create or replace function access.my_case_children() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Children whose names the actor may see through a case.
    select coalesce(array_agg(distinct c.child_id), '{}') from cases_case c where c.id = any((select access.my_known_cases())::uuid[])
$$;

create or replace function access.my_family_cases() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(c.id), '{}') from cases_case c where c.child_id = any((select access.my_family_children())::uuid[])
$$;

create or replace function access.my_versions() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Versions shown to the actor: to her unit in a case of hers, to her as guardian
-- of the case's child, or to her as the child.
    select coalesce(array_agg(distinct d.version_id), '{}') from cases_disclosure d
    where d.valid @> access.at()
      and ((d.to_unit_id = (select access.my_unit()) and d.case_id = any((select access.my_cases())::uuid[]))
        or (d.case_id = any((select access.my_family_cases())::uuid[])
            and (d.to_guardian_id = (select access.my_guardian()) or d.to_child_id = (select access.my_self()))))
$$;

create or replace function access.my_shown_entries() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct v.entry_id), '{}') from cases_version v where v.id = any((select access.my_versions())::uuid[])
$$;

create or replace function access.my_asked_consents() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Consents of the actor's family: she is asked, or she is the child.
    select coalesce(array_agg(distinct s.consent_id), '{}') from consent_scope s
    join consent_answer a on a.scope_id = s.id join consent_consent c on c.id = s.consent_id
    where c.child_id = any((select access.my_family_children())::uuid[])
      and (a.guardian_id = (select access.my_guardian()) or a.child_id = (select access.my_self()))
$$;

create or replace function access.my_asked_scopes() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(s.id), '{}') from consent_scope s where s.consent_id = any((select access.my_asked_consents())::uuid[])
$$;

create or replace function access.my_team_scopes() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- A consent in force shows its units to one another, and nothing of the others; to a unit
-- that sees only its own part it shows that unit's own scope.
    select coalesce(array_agg(other.id), '{}') from consent_scope mine
    join consent_consent c on c.id = mine.consent_id
    join consent_scope other on other.consent_id = mine.consent_id and other.state = 'given' and other.valid @> access.at()
    join cases_case k on k.child_id = c.child_id and k.id = any((select access.my_cases())::uuid[])
    where mine.unit_id = (select access.my_unit()) and mine.state = 'given' and mine.valid @> access.at()
      and (other.id = mine.id or (select access.sees_others()) or k.id = any((select access.my_held_cases())::uuid[]))
$$;

create or replace function access.my_team_consents() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- With purpose and period, which tell of the others: not for who sees only her own part.
    select coalesce(array_agg(distinct s.consent_id), '{}') from consent_scope s
    where s.id = any((select access.my_team_scopes())::uuid[]) and (select access.sees_others())
$$;

create or replace function access.my_held_scopes() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(s.id), '{}') from consent_scope s join consent_consent c on c.id = s.consent_id
    where c.from_unit_id = (select access.my_unit()) and c.child_id = any((select access.my_held_children())::uuid[])
$$;

create or replace function access.my_open_scopes() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Of the scopes that the actor asked about or is asked about, those whose answers may still
-- be changed. A yes that all have given is taken back through consent_withdraw alone, which
-- also closes what it had opened; what was taken back or has ended stays so.
    select coalesce(array_agg(s.id), '{}') from consent_scope s
    where s.state in ('waiting', 'refused', 'conflict')
      and (s.id = any((select access.my_held_scopes())::uuid[]) or s.id = any((select access.my_asked_scopes())::uuid[]))
$$;

create or replace function access.may_be_asked(p_scope uuid, p_guardian uuid, p_child uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Only the consent's own child and its guardians now can be asked (FB 6:11, 6:13).
    select exists (select from consent_scope s join consent_consent c on c.id = s.consent_id
        where s.id = p_scope and (p_child is null or p_child = c.child_id)
          and (p_guardian is null or exists (select from people_guardianship g where g.child_id = c.child_id
              and g.guardian_id = p_guardian and not g.contested and g.valid @> access.at())))
$$;

create or replace function access.may_cite(p_case uuid, p_version uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- A plan can cite what its writer may read, in the same case.
    select p_version is null or exists (select from cases_version v where v.id = p_version and v.case_id = p_case
        and p_case = any((select access.my_cases())::uuid[]) and (v.owner_unit_id = (select access.my_unit()) or v.id = any((select access.my_versions())::uuid[])))
$$;

create or replace function access.consent_covers(p_case uuid, p_consent uuid, p_unit uuid, p_category text, p_valid tstzrange) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Whether a consent in force for the case's child lets the unit be shown the
-- category for the whole of the period (B1).
    select exists (select from consent_scope s
        join consent_consent c on c.id = s.consent_id join cases_case k on k.child_id = c.child_id
        where k.id = p_case and c.id = p_consent and s.unit_id = p_unit and s.state = 'given'
          and s.valid @> access.at() and s.valid @> p_valid
          and (p_category is null or p_category = any(s.categories))
          -- Police and leisure get category praktisk plan and nothing else (R1.2).
          and (p_category = 'practical' or not exists (select from agencies_unit u where u.id = p_unit and u.kind in ('police', 'leisure'))))
$$;

create or replace function access.version_category(p_version uuid) returns text
language sql stable security definer set search_path = public, pg_temp
return (select v.category from cases_version v where v.id = p_version);

create or replace function access.is_guardian_in(p_case uuid, p_guardian uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- A guardian of the case's child now, whose custody nobody contests.
    select exists (select from people_guardianship s join cases_case k on k.child_id = s.child_id
        where k.id = p_case and s.guardian_id = p_guardian and not s.contested and s.valid @> access.at())
$$;

create or replace function access.guardian_may_be_shown(p_case uuid, p_guardian uuid, p_version uuid, p_child_asked boolean) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- A guardian of the case's child; the child's own words and wheel only when the
-- child was asked (OSL 12:3).
    select access.is_guardian_in(p_case, p_guardian)
      and exists (select from cases_version v where v.id = p_version
        and (p_child_asked or not (v.kind = 'child_words' or (v.kind = 'wheel' and v.data->>'perspective' = 'child'))))
$$;

-- --- Children and guardians ----------------------------------------------------------

call access_owner.protect('people_child', 'select, update (language, interpreter_language)');
create policy read on people_child for select to barnensbasta_app
    using (id = any((select access.my_case_children())::uuid[]) or id = any((select access.my_family_children())::uuid[]));
create policy change on people_child for update to barnensbasta_app
    using (id = any((select access.my_held_children())::uuid[])) with check (id = any((select access.my_held_children())::uuid[]));

call access_owner.protect('people_guardianship', 'select');
create policy read on people_guardianship for select to barnensbasta_app
    using (child_id = any((select access.my_work_children())::uuid[])
        or (guardian_id = (select access.my_guardian()) and child_id = any((select access.my_children())::uuid[])));

call access_owner.protect('people_guardian', 'select');
create policy read on people_guardian for select to barnensbasta_app
    using (id = (select access.my_guardian()) or id = any((select access.my_known_guardians())::uuid[]));

call access_owner.protect('agencies_listing', 'select');
create policy read on agencies_listing for select to barnensbasta_app
    using (child_id = any((select access.my_held_children())::uuid[]));

-- --- Consent --------------------------------------------------------------------------

call access_owner.protect('consent_consent', 'select, insert');
create policy read on consent_consent for select to barnensbasta_app
    using ((from_unit_id = (select access.my_unit()) and child_id = any((select access.my_held_children())::uuid[]))
        or id = any((select access.my_team_consents())::uuid[])
        or id = any((select access.my_asked_consents())::uuid[]));
create policy add on consent_consent for insert to barnensbasta_app
    with check (from_unit_id = (select access.my_unit()) and child_id = any((select access.my_held_children())::uuid[])
        and asked_by_id = (select access.account()) and state = 'waiting');

call access_owner.protect('consent_scope', 'select, insert');
create policy read on consent_scope for select to barnensbasta_app
    using (id = any((select access.my_held_scopes())::uuid[]) or id = any((select access.my_team_scopes())::uuid[])
        or consent_id = any((select access.my_asked_consents())::uuid[]));
create policy add on consent_scope for insert to barnensbasta_app
    with check (state = 'waiting' and valid is null
        and exists (select from consent_consent c where c.id = consent_id and c.from_unit_id = (select access.my_unit())
            and c.asked_by_id = (select access.account()) and c.state = 'waiting'));

call access_owner.protect('consent_answer', 'select, insert, update (reply, route, replied_at, noted_by_id)');
create policy read on consent_answer for select to barnensbasta_app
    using (scope_id = any((select access.my_held_scopes())::uuid[])
        or ((guardian_id = (select access.my_guardian()) or child_id = (select access.my_self()))
            and scope_id = any((select access.my_asked_scopes())::uuid[])));
create policy add on consent_answer for insert to barnensbasta_app
    with check (reply = '' and scope_id = any((select access.my_held_scopes())::uuid[])
        and access.may_be_asked(scope_id, guardian_id, child_id));
create policy note on consent_answer for update to barnensbasta_app
    using (scope_id = any((select access.my_held_scopes())::uuid[]) and scope_id = any((select access.my_open_scopes())::uuid[]))
    with check (scope_id = any((select access.my_held_scopes())::uuid[])
        and route <> 'electronic' and noted_by_id = (select access.account()));
create policy reply on consent_answer for update to barnensbasta_app
    using ((guardian_id = (select access.my_guardian()) or child_id = (select access.my_self()))
        and scope_id = any((select access.my_asked_scopes())::uuid[]) and scope_id = any((select access.my_open_scopes())::uuid[]))
    with check ((guardian_id = (select access.my_guardian()) or child_id = (select access.my_self()))
        and route = 'electronic' and noted_by_id is null);

-- --- Case and process -----------------------------------------------------------------

call access_owner.protect('cases_case', 'select');
create policy read on cases_case for select to barnensbasta_app
    using (id = any((select access.my_cases())::uuid[]) or id = any((select access.my_own_cases())::uuid[])
        or id = any((select access.my_led_cases())::uuid[]) or child_id = any((select access.my_family_children())::uuid[]));

call access_owner.protect('cases_process', 'select, update (state, responsible_unit_id, responsible_id, coordinator_unit_id,
    coordinator_id, next_step, next_on, state_since, closed_at, close_reason)');
create policy read on cases_process for select to barnensbasta_app
    using (case_id = any((select access.my_process_cases())::uuid[]));
create policy change on cases_process for update to barnensbasta_app
    using (case_id = any((select access.my_held_cases())::uuid[]))
    with check (case_id = any((select access.my_held_cases())::uuid[]));

call access_owner.protect('cases_participation', 'select');
create policy read on cases_participation for select to barnensbasta_app
    using (content_object_id = any((select access.my_held_cases())::uuid[])
        or (group_id = (select access.my_group()) and content_object_id = any((select access.my_known_cases())::uuid[])));

call access_owner.protect('cases_assignment', 'select, insert, delete');
create policy read on cases_assignment for select to barnensbasta_app
    using (unit_id = (select access.my_unit()) and (user_id = (select access.account())
        or content_object_id = any((select access.my_known_cases())::uuid[])));
create policy add on cases_assignment for insert to barnensbasta_app
    with check (unit_id = (select access.my_lead_unit()) and content_object_id = any((select access.my_led_cases())::uuid[])
        and granted_by_id = (select access.account()));
create policy finish on cases_assignment for delete to barnensbasta_app
    using (unit_id = (select access.my_lead_unit()) or (unit_id = (select access.my_unit()) and user_id = (select access.account())));

call access_owner.protect('cases_grantperiod', '');

-- --- Signals and invitations ------------------------------------------------------------

call access_owner.protect('cases_signal', 'select');
create policy read on cases_signal for select to barnensbasta_app
    using ((from_unit_id = (select access.my_unit()) and (sent_by_id = (select access.account()) or from_unit_id = (select access.my_lead_unit())))
        or (to_unit_id = (select access.my_unit()) and (taken_by_id is null or case_id = any((select access.my_cases())::uuid[])))
        or to_unit_id = (select access.my_lead_unit()));
call access_owner.protect('cases_signaltext', 'select');
create policy read on cases_signaltext for select to barnensbasta_app
    using ((from_unit_id = (select access.my_unit()) and (sent_by_id = (select access.account()) or from_unit_id = (select access.my_lead_unit())))
        or (to_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[])));

call access_owner.protect('cases_invitation', 'select');
create policy read on cases_invitation for select to barnensbasta_app
    using ((from_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[]))
        or (to_unit_id = (select access.my_unit()) and (taken_by_id is null or taken_by_id = (select access.account())))
        or to_unit_id = (select access.my_lead_unit()));

-- --- Entries, versions, disclosures -------------------------------------------------------

call access_owner.protect('cases_entry', 'select, insert');
create policy read on cases_entry for select to barnensbasta_app
    using ((owner_unit_id = (select access.my_unit())
            and (case_id = any((select access.my_cases())::uuid[]) or case_id = any((select access.my_own_cases())::uuid[])))
        or id = any((select access.my_shown_entries())::uuid[]));
create policy add on cases_entry for insert to barnensbasta_app
    with check (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[])
        and created_by_id = (select access.account()));

call access_owner.protect('cases_version', 'select, insert');
create policy read on cases_version for select to barnensbasta_app
    using ((owner_unit_id = (select access.my_unit())
            and (case_id = any((select access.my_cases())::uuid[]) or case_id = any((select access.my_own_cases())::uuid[])))
        or id = any((select access.my_versions())::uuid[]));
create policy add on cases_version for insert to barnensbasta_app
    with check (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[])
        and author_id = (select access.account()));

call access_owner.protect('cases_disclosure', 'select, insert, update (valid)');
create policy read on cases_disclosure for select to barnensbasta_app
    using ((owner_unit_id = (select access.my_unit())
            and (case_id = any((select access.my_cases())::uuid[]) or case_id = any((select access.my_own_cases())::uuid[])))
        or (to_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[]))
        or (case_id = any((select access.my_family_cases())::uuid[])
            and (to_guardian_id = (select access.my_guardian()) or to_child_id = (select access.my_self()))));
create policy add on cases_disclosure for insert to barnensbasta_app
    with check (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[])
        and decided_by_id = (select access.account()) and (consent_id is null or to_unit_id is not null)
        and case
            -- Who knows nothing of the other units shows them nothing; her own rows are theirs to read.
            when to_unit_id is not null then ((select access.sees_others()) or case_id = any((select access.my_held_cases())::uuid[]))
                and access.consent_covers(case_id, consent_id, to_unit_id, access.version_category(version_id), valid)
            when to_guardian_id is not null then access.guardian_may_be_shown(case_id, to_guardian_id, version_id, child_asked)
            else exists (select from cases_case k where k.id = case_id and k.child_id = to_child_id)
        end);
create policy finish on cases_disclosure for update to barnensbasta_app
    using (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[]))
    with check (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[])
        and (isempty(valid) or upper(valid) <= access.at()));

-- --- Drafts ---------------------------------------------------------------------------------

call access_owner.protect('cases_draft', 'select, insert, update, delete');
create policy own on cases_draft for all to barnensbasta_app
    using (account_id = (select access.account()) and unit_id is not distinct from (select access.my_unit())
        and (case_id is null or case_id = any((select access.my_cases())::uuid[])))
    with check (account_id = (select access.account()) and unit_id is not distinct from (select access.my_unit())
        and (case_id is null or case_id = any((select access.my_cases())::uuid[])));
