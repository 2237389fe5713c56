-- What is written of a child and its guardians, past what the writer may see.

create or replace function access.unit_children() returns table (name text, number text, born_on date)
language sql stable security definer set search_path = public, pg_temp as $$
-- The children of one's own preschool or school: who is enrolled there now, and nothing of
-- any case. Who notices one of them chooses in this list instead of typing a second child.
-- A child whose identity is protected is not among them but for whoever is named for its case.
    select trim(c.given_name || ' ' || c.family_name), coalesce(c.number, ''), c.born_on
    from agencies_listing l join people_child c on c.id = l.child_id join agencies_unit u on u.id = l.unit_id
    where l.unit_id = (select access.my_unit()) and l.valid @> access.at() and u.kind in ('preschool', 'school', 'independent_school')
      and not exists (select from access_owner.hidden_children() h where h.child_id = c.id)
    order by 1, 3 limit 2000
$$;

create or replace function access_owner.listed_child(p_unit uuid, p_name text, p_born_on date) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
-- The one child of that name and day of birth who is enrolled at the preschool or school.
    select case when count(distinct c.id) = 1 then (array_agg(c.id))[1] end
    from agencies_listing l join people_child c on c.id = l.child_id join agencies_unit u on u.id = l.unit_id
    where l.unit_id = p_unit and l.valid @> access.at() and u.kind in ('preschool', 'school', 'independent_school')
      and c.born_on = p_born_on
      and lower(trim(c.given_name || ' ' || c.family_name)) = lower(regexp_replace(trim(p_name), '\s+', ' ', 'g'))
$$;

create or replace function access_owner.held_child(p_case uuid) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
-- The child of an open case that the actor works on in the unit that holds it.
    select s.child_id from cases_process s
    where s.case_id = p_case and s.closed_at is null and s.case_id = any((select access.my_held_cases())::uuid[])
$$;

create or replace function access.birthday(p_born_on date, p_age integer) returns timestamptz
language sql immutable set search_path = public, pg_temp as $$
-- access.ages.birthday, for the database: 00:00 in Sweden on the day a person turns so old; on
-- 28 February in other years for whoever is born on the 29th. A test holds the two together.
    select (p_born_on + make_interval(years => p_age)) at time zone 'Europe/Stockholm'
$$;

create or replace function access_owner.grown_at(p_born_on date) returns timestamptz
language sql immutable set search_path = public, pg_temp as $$
-- Custody ends at 00:00 on the eighteenth birthday (FB 6:2).
    select access.birthday(p_born_on, 18)
$$;

create or replace function access.guardian_add(p_case uuid, p jsonb) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
-- A guardian whom the unit that holds the case has got to know of. One of the same number
-- and the same name is the same person; with another name nothing is told and nothing joined.
declare
    the_child people_child;
    the_guardian uuid;
    the_name text := trim((p->>'given') || ' ' || (p->>'family'));
    now_held tstzrange;
begin
    select c.* into the_child from people_child c where c.id = access_owner.held_child(p_case);
    now_held := tstzrange((p->>'since')::date::timestamp at time zone 'Europe/Stockholm', access_owner.grown_at(the_child.born_on));
    if the_child.id is null or the_name = '' or not now_held @> access.at() then
        return null;
    end if;
    perform pg_advisory_xact_lock(hashtextextended(coalesce(nullif(p->>'number', ''), the_child.id::text), 3));
    if exists (select from people_guardianship s join people_guardian g on g.id = s.guardian_id
            where s.child_id = the_child.id and s.valid @> access.at() and lower(trim(g.given_name || ' ' || g.family_name)) = lower(the_name)) then
        return null;
    end if;
    select g.id into the_guardian from people_guardiannumber n join people_guardian g on g.id = n.guardian_id
    where n.number = nullif(p->>'number', '') and lower(trim(g.given_name || ' ' || g.family_name)) = lower(the_name) limit 1;
    if the_guardian is null then
        the_guardian := gen_random_uuid();
        insert into people_guardian (id, given_name, family_name, phone, email, language)
        values (the_guardian, p->>'given', p->>'family',
            case when access_owner.keeps_no_whereabouts(the_child.id) then '' else p->>'phone' end, '', 'sv');
        insert into people_guardiannumber (guardian_id, number) select the_guardian, p->>'number' where p->>'number' <> '';
    end if;
    insert into people_guardianship (id, child_id, guardian_id, source, relation, contested, valid, end_reason)
    values (gen_random_uuid(), the_child.id, the_guardian, p->>'source', p->>'relation', false, now_held, '');
    return the_guardian;
end $$;

create or replace function access.child_number_add(p_case uuid, p_number text, p_born_on date) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- The personnummer of a child who had a reserve number, with the day of birth that it says.
-- False, and nothing more, where the number is not to be had.
declare
    the_child people_child;
begin
    select c.* into the_child from people_child c where c.id = access_owner.held_child(p_case) and c.number is null for update;
    if the_child.id is null then
        return false;
    end if;
    perform pg_advisory_xact_lock(hashtextextended(p_number, 0));
    update people_child set number = p_number, reserve_number = null, born_on = p_born_on
    where id = the_child.id and not exists (select from people_child other where other.number = p_number);
    if not found then
        return false;
    end if;
    update people_guardianship set valid = tstzrange(lower(valid), access_owner.grown_at(p_born_on))
    where child_id = the_child.id and upper(valid) = access_owner.grown_at(the_child.born_on) and lower(valid) < access_owner.grown_at(p_born_on);
    return true;
end $$;

create or replace function access.has_test_numbers() returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Whether any child or guardian has a published test number (people.numbers.is_test_number):
-- yes or no and nothing more, so that production can refuse to start on a demo's data.
    select exists (
        select from (select c.number from people_child c union all select g.number from people_guardiannumber g) held
        where held.number collate "C" ~ '^(197[5-9]|19[89]|[2-9][0-9]{3})' and substr(held.number, 9, 3) in ('238', '239')
    )
$$;
