-- The policies of consents stand in cases/policies.sql: who owns one depends on her cases.
-- Here are the legal grounds, which are the same for everybody, and who changes them (access.law_change).

call access_owner.protect('consent_legalbasis', 'select, insert, update (signed_by_id, signed_at, declined_by_id, declined_at, declined_because)');

create or replace function access.next_basis_no(p_code text) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
-- The number of a ground's next version, to those who know of all; nothing for a ground that is none.
    select max(no) + 1 from consent_legalbasis where code = p_code and (select access.my_staff_role()) in ('administrator', 'lawyer')
$$;

-- What is, was or will be the law: everybody. What is only proposed, or was declined: those who
-- propose and sign.
create policy read on consent_legalbasis for select to barnensbasta_app
    using (no = 1 or signed_at is not null or (select access.my_staff_role()) in ('administrator', 'lawyer'));
-- An administrator proposes in her own name, the next version, from today at the earliest.
create policy add on consent_legalbasis for insert to barnensbasta_app
    with check ((select access.my_staff_role()) = 'administrator'
        and proposed_by_id = access.account() and proposed_at = access.at() and no = access.next_basis_no(code)
        and starts_on >= (access.at() at time zone 'Europe/Stockholm')::date
        and signed_by_id is null and signed_at is null and declined_by_id is null and declined_at is null);
-- A lawyer, who is somebody else, signs it or declines it, once and now.
create policy change on consent_legalbasis for update to barnensbasta_app
    using (no > 1 and signed_at is null and declined_at is null
        and (select access.my_staff_role()) = 'lawyer' and proposed_by_id <> access.account())
    with check ((signed_by_id = access.account() and signed_at = access.at() and declined_at is null)
        or (declined_by_id = access.account() and declined_at = access.at() and signed_at is null));

create or replace function access_owner.party(p_unit uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
-- access.law.party_of, for the database; a test holds the two together.
    select case when not o.is_public then 'FRI' else case u.kind
        when 'maternity_care' then 'HSV' when 'child_health' then 'HSV' when 'health_care' then 'HSV'
        when 'preschool' then 'FSK' when 'school' then 'SKOLA' when 'youth_follow_up' then 'SKOLA'
        when 'pupil_health' then 'EH' when 'pupil_medical' then 'EMI' when 'independent_school' then 'FRI'
        when 'social_services' then 'SOC' when 'family_centre' then 'SOC' when 'family_counselling' then 'FR'
        when 'leisure' then 'KF' when 'police' then 'POL' end end
    from agencies_unit u join agencies_organisation o on o.id = u.organisation_id where u.id = p_unit
$$;

create or replace function access.bases_in_force() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Of each legal ground the version that holds: the latest that has begun, and later ones than
-- the first only when a lawyer has signed them.
    select coalesce(array_agg(x.id), '{}') from (
        select distinct on (b.code) b.id from consent_legalbasis b
        where b.starts_on <= (access.at() at time zone 'Europe/Stockholm')::date and (b.no = 1 or b.signed_at <= access.at())
        order by b.code, b.no desc) x
$$;

create or replace function access.basis_allows(p_basis text, p_no integer, p_second text, p_duty text, p_case uuid, p_from uuid, p_to uuid, p_category text, p_beyond_consent boolean) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- access.law: whether the matrix, the child's age, the kind of information and, where a statute is
-- to be named, that statute let a unit be shown something on a ground. What else is written down
-- about it is judged by the policy alone.
    select exists (select from consent_legalbasis b, agencies_unit mine, agencies_unit theirs, cases_case k
        join people_child c on c.id = k.child_id
        where b.code = p_basis and b.no = p_no and b.id = any((select access.bases_in_force())::uuid[])
          and mine.id = p_from and theirs.id = p_to and k.id = p_case
          and access_owner.party(p_from) = any(b.owners) and access_owner.party(p_to) = any(b.recipients)
          and access_owner.party(p_from) <> 'FR'
          and (not b.same_authority or mine.organisation_id = theirs.organisation_id)
          and (b.child_under is null or access.at() < (c.born_on + make_interval(years => b.child_under)) at time zone 'Europe/Stockholm')
          and (p_category = 'practical' or access_owner.party(p_to) <> 'KF')
          and (not p_beyond_consent or not 'consent' = any(b.needs))
          and (b.second = '' or b.second = p_second)
          -- The statute named binds this owner towards this recipient, within this system.
          and case when b.duties = '[]' then p_duty = '' else exists (select from jsonb_array_elements(b.duties) d
              where d->>'code' = p_duty and not coalesce((d->>'outside')::boolean, false)
                and d->'owners' ? access_owner.party(p_from) and d->'to' ? access_owner.party(p_to)) end)
$$;

-- A version of the law is what it was when it was proposed.
call access_owner.immutable_but('consent_legalbasis', '{signed_by_id,signed_at,declined_by_id,declined_at,declined_because}');
