-- Closed circles: protected identities, locked cases, who is named, who of the family is let in.
-- Nobody who serves has a right to the tables; these functions answer and write, each only
-- for whoever may know of the case (docs/adr/0015-closed-circles.md).

call access_owner.protect('cases_lock', '');
call access_owner.protect('cases_named', '');
call access_owner.protect('cases_admission', '');
call access_owner.protect('cases_protectionreview', '');

-- --- What is so -------------------------------------------------------------------------------

create or replace function access_owner.is_closed_circle(p_case uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from access_owner.closed_cases() c where c.case_id = p_case)
$$;

create or replace function access.is_protected(p_child uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Whether the child's identity is protected: what a disclosure asks (a new menprövning each time
-- and a second person). Answers those who may know of the child through their work; else false.
    select p_child = any((select access.my_case_children())::uuid[])
       and exists (select from people_protection p where p.child_id = p_child and p.valid @> access.at())
$$;

create or replace function access_owner.keeps_no_whereabouts(p_child uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Skyddad folkbokföring: no address, phone, e-mail, school or BVC is kept of the child.
    select exists (select from people_protection p where p.child_id = p_child and p.level = 'registered' and p.valid @> access.at())
$$;

create or replace function access.circle_mark(p_case uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
-- How a closed case is marked to those who may know of it: "protected", "locked", or "named"
-- where nothing but the circle may show (fingerade uppgifter look ordinary). Empty: not closed.
    select case when not p_case = any((select access.my_known_cases())::uuid[]) then ''
        when exists (select from people_protection p join cases_case k on k.child_id = p.child_id
            where k.id = p_case and p.valid @> access.at() and p.level <> 'assumed') then 'protected'
        when exists (select from cases_lock l where l.case_id = p_case and l.valid @> access.at()) then 'locked'
        when access_owner.is_closed_circle(p_case) then 'named' else '' end
$$;

create or replace function access.keeps_no_whereabouts(p_case uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- The same to those who register the family, so that nobody is asked for what is not kept.
    select exists (select from cases_case c where c.id = p_case and c.id = any((select access.my_held_cases())::uuid[])
        and access_owner.keeps_no_whereabouts(c.child_id))
$$;

create or replace function access_owner.holds(p_case uuid, p_unit uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from cases_process s where s.case_id = p_case and p_unit in (s.responsible_unit_id, s.coordinator_unit_id))
$$;

create or replace function access.leads_holder(p_case uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Arbetsledare of the unit that holds a case that is open to her.
    select p_case = any((select access.my_led_in_full())::uuid[]) and coalesce(access_owner.holds(p_case, (select access.my_lead_unit())), false)
$$;

create or replace function access_owner.may_close(p_case uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Whoever works on a case in the unit that holds it, and that unit's arbetsledare.
    select p_case = any((select access.my_held_cases())::uuid[]) or access.leads_holder(p_case)
$$;

create or replace function access_owner.name_for(p_case uuid, p_account uuid, p_unit uuid, p_reason text, p_given boolean) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
-- A person who works in a unit that takes part is named, or asked for, once.
declare
    the_id uuid;
begin
    if not exists (select from agencies_membership m where m.account_id = p_account and m.unit_id = p_unit
            and m.valid @> access.at() and m.role in ('caseworker', 'lead', 'lawyer'))
        or not exists (select from cases_participation p join agencies_unit u on u.group_id = p.group_id
            where p.content_object_id = p_case and u.id = p_unit and p.valid @> access.at())
        or exists (select from cases_named n where n.case_id = p_case and n.account_id = p_account and n.unit_id = p_unit
            and (n.valid @> access.at() or (n.valid is null and n.ended_by_id is null and not p_given))) then
        return null;
    end if;
    delete from cases_named where case_id = p_case and account_id = p_account and unit_id = p_unit and valid is null;
    the_id := gen_random_uuid();
    insert into cases_named (id, case_id, account_id, unit_id, reason, asked_by_id, asked_at, given_by_id, given_at, valid)
    values (the_id, p_case, p_account, p_unit, p_reason, access.account(), access.at(),
        case when p_given then access.account() end, case when p_given then access.at() end,
        case when p_given then tstzrange(access.at(), null) end);
    return the_id;
end $$;

create or replace function access_owner.open_circle(p_case uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
-- Nothing closes the case any more: who was named or let in is so no longer.
begin
    if not access_owner.is_closed_circle(p_case) then
        update cases_named set valid = tstzrange(lower(valid), access.at()), ended_by_id = access.account() where case_id = p_case and valid @> access.at();
        update cases_named set ended_by_id = access.account() where case_id = p_case and valid is null;
        update cases_admission set valid = tstzrange(lower(valid), access.at()), ended_by_id = access.account() where case_id = p_case and valid @> access.at();
    end if;
end $$;

-- --- Protected identity -------------------------------------------------------------------------

create or replace function access_owner.forget_whereabouts(p_child uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
-- What says where the child is to be found is removed, not hidden (OSL 21:3; Navet 01020).
begin
    update people_guardian set phone = '', email = '' where id in (
        select s.guardian_id from people_guardianship s where s.child_id = p_child and s.valid @> access.at());
    delete from people_youthcontact where child_id = p_child;
    delete from agencies_listing where child_id = p_child;
end $$;

create or replace function access_owner.ask_to_review_siblings(p_child uuid) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
-- Whoever holds the open case of a child with the same guardian looks over its protection too.
declare
    asked integer;
begin
    insert into cases_protectionreview (id, case_id, asked_at, outcome, reason)
    select gen_random_uuid(), x.case_id, access.at(), '', '' from (
        select distinct p.case_id from people_guardianship mine join people_guardianship theirs on theirs.guardian_id = mine.guardian_id
        join cases_process p on p.child_id = theirs.child_id and p.closed_at is null
        where mine.child_id = p_child and theirs.child_id <> p_child and mine.valid @> access.at() and theirs.valid @> access.at()
          and not exists (select from people_protection o where o.child_id = theirs.child_id and o.valid @> access.at())
          and not exists (select from cases_protectionreview r where r.case_id = p.case_id and r.done_at is null)) x;
    get diagnostics asked = row_count;
    return asked;
end $$;

create or replace function access_owner.protect_child(p_child uuid, p_level text, p_source text, p_alias text) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
-- Raises the protection, once, or from a marking to protected registration. Name and number move
-- from the child's row to the protection's, and an alias takes their place; copies of them in
-- signals, invitations and kept drafts go too. Fingerade uppgifter stay where they are.
declare
    c people_child;
    old people_protection;
    the_id uuid := gen_random_uuid();
begin
    perform pg_advisory_xact_lock(hashtextextended(p_child::text, 4));
    select * into c from people_child where id = p_child for update;
    select * into old from people_protection where child_id = p_child and valid @> access.at();
    if c.id is null or p_alias = '' or (old.id is not null and (old.level <> 'marked' or p_level <> 'registered')) then
        return null;
    end if;
    update people_protection set valid = tstzrange(lower(valid), access.at()), given_name = '', family_name = '', number = '' where id = old.id;
    insert into people_protection (id, child_id, level, source, raised_by_id, raised_at, valid, given_name, family_name, number, lower_reason)
    values (the_id, p_child, p_level, p_source, access.account(), access.at(),
        tstzrange(case when old.id is null then access.at() else lower(old.valid) end, null),
        case when p_level = 'assumed' then '' else coalesce(old.given_name, c.given_name) end,
        case when p_level = 'assumed' then '' else coalesce(old.family_name, c.family_name) end,
        case when p_level = 'assumed' then '' else coalesce(old.number, c.number, '') end, '');
    if p_level <> 'assumed' and old.id is null then
        update people_child set given_name = p_alias, family_name = upper(substr(replace(the_id::text, '-', ''), 1, 4)),
            number = null, reserve_number = coalesce(c.reserve_number, 'R' || upper(substr(replace(the_id::text, '-', ''), 1, 12)))
        where id = p_child returning * into c;
        update cases_signal set typed_name = trim(c.given_name || ' ' || c.family_name), typed_number = '', yes_from = ''
        where case_id in (select k.id from cases_case k where k.child_id = p_child);
        update cases_invitation set child_name = trim(c.given_name || ' ' || c.family_name)
        where case_id in (select k.id from cases_case k where k.child_id = p_child);
        delete from cases_draft d using people_protection p
        where p.id = the_id and d.case_id is null
          and (d.fields::text like '%' || nullif(p.number, '') || '%'
            or d.fields::text like '%' || to_json(trim(p.given_name || ' ' || p.family_name))::text || '%');
    end if;
    if p_level = 'registered' then
        perform access_owner.forget_whereabouts(p_child);
    end if;
    perform access_owner.ask_to_review_siblings(p_child);
    return the_id;
end $$;

create or replace function access.protection_raise(p_case uuid, p_level text, p_source text, p_alias text) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
-- One action of whoever works on the child's case, or leads it, in the unit that holds it. She is
-- named for it, and for nobody else does the case go on being there.
declare
    the_child uuid;
    the_id uuid;
    was_closed boolean;
    k record;
begin
    if not access_owner.may_close(p_case) then
        return null;
    end if;
    select child_id into the_child from cases_case where id = p_case;
    was_closed := access_owner.is_closed_circle(p_case);
    the_id := access_owner.protect_child(the_child, p_level, p_source, p_alias);
    if the_id is not null and not was_closed then
        for k in select c.id from cases_case c where c.child_id = the_child loop
            perform access_owner.name_for(k.id, access.account(), (select access.my_unit()), 'raised the protection', true);
        end loop;
    end if;
    update cases_protectionreview set outcome = 'raised', done_by_id = access.account(), done_at = access.at()
    where the_id is not null and done_at is null and case_id in (select c.id from cases_case c where c.child_id = the_child);
    return the_id;
end $$;

create or replace function access.protection_raise_from_register(p_number text, p_level text, p_alias text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- The population register says so (within a day of its change). Answers background work that acts
-- as nobody, never a page. Nobody is named by it: the arbetsledare who hold the case are asked to name.
declare
    the_child uuid;
begin
    if not access.background() then
        return null;
    end if;
    select c.id into the_child from people_child c where c.number = p_number;
    return the_child is not null and access_owner.protect_child(the_child, p_level, 'population_register', p_alias) is not null;
end $$;

create or replace function access.protection_lower_ask(p_case uuid, p_reason text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- One of two asks for the protection to be lowered; never by time, never by itself.
begin
    update people_protection p set lower_asked_by_id = access.account(), lower_asked_at = access.at(), lower_reason = p_reason
    from cases_case k where k.id = p_case and p.child_id = k.child_id and p.valid @> access.at()
      and length(trim(p_reason)) >= 10 and access_owner.may_close(p_case);
    return found;
end $$;

create or replace function access.protection_lower(p_case uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- The second person lowers it: another one than asked, and who is named too. Name and number come
-- back. Where the number has been given to another child meanwhile, this one keeps its reserve number.
declare
    p people_protection;
begin
    select o.* into p from people_protection o join cases_case k on k.child_id = o.child_id
    where k.id = p_case and o.valid @> access.at() and o.lower_asked_by_id <> access.account() and access_owner.may_close(p_case) for update of o;
    if p.id is null then
        return false;
    end if;
    if p.level <> 'assumed' then
        perform pg_advisory_xact_lock(hashtextextended(p.number, 0));
        update people_child c set given_name = p.given_name, family_name = p.family_name,
            number = case when p.number <> '' and not exists (select from people_child o where o.number = p.number) then p.number end,
            reserve_number = case when p.number <> '' and not exists (select from people_child o where o.number = p.number) then null else c.reserve_number end
        where c.id = p.child_id;
    end if;
    update people_protection set valid = tstzrange(lower(valid), access.at()), lowered_by_id = access.account(),
        given_name = '', family_name = '', number = '' where id = p.id;
    perform access_owner.open_circle(k.id) from cases_case k where k.child_id = p.child_id;
    return true;
end $$;

create or replace function access.protection_show(p_case uuid) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
-- The child's own name and number, to whoever works on the case and so is named for it.
    select jsonb_build_object('name', trim(p.given_name || ' ' || p.family_name), 'number', p.number)
    from people_protection p join cases_case k on k.child_id = p.child_id
    where k.id = p_case and p_case = any((select access.my_assigned_cases())::uuid[]) and p.valid @> access.at() and p.level <> 'assumed'
$$;

-- --- Locked cases ----------------------------------------------------------------------------------

create or replace function access.case_lock(p_case uuid, p_reason text) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
-- One action of whoever works on the case in the unit that holds it, or leads that unit.
declare
    the_id uuid := gen_random_uuid();
begin
    perform pg_advisory_xact_lock(hashtextextended(p_case::text, 5));
    if length(trim(p_reason)) < 10 or not access_owner.may_close(p_case)
        or exists (select from cases_lock l where l.case_id = p_case and l.valid @> access.at()) then
        return null;
    end if;
    insert into cases_lock (id, case_id, reason, locked_by_id, locked_at, valid, unlock_reason)
    values (the_id, p_case, p_reason, access.account(), access.at(), tstzrange(access.at(), null), '');
    perform access_owner.name_for(p_case, access.account(), (select access.my_unit()), 'locked the case', true);
    return the_id;
end $$;

create or replace function access.case_unlock_ask(p_case uuid, p_reason text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update cases_lock set unlock_asked_by_id = access.account(), unlock_asked_at = access.at(), unlock_reason = p_reason
    where case_id = p_case and valid @> access.at() and length(trim(p_reason)) >= 10 and access_owner.may_close(p_case);
    return found;
end $$;

create or replace function access.case_unlock(p_case uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- The second person, another one than asked.
begin
    update cases_lock set valid = tstzrange(lower(valid), access.at()), unlocked_by_id = access.account()
    where case_id = p_case and valid @> access.at() and unlock_asked_by_id <> access.account() and access_owner.may_close(p_case);
    if found then
        perform access_owner.open_circle(p_case);
        return true;
    end if;
    return false;
end $$;

-- --- Who is named --------------------------------------------------------------------------------------

create or replace function access.named_ask(p_case uuid, p_account uuid, p_unit uuid, p_reason text) returns uuid
language sql security definer set search_path = public, pg_temp as $$
-- Somebody who is named, in the unit that holds the case, asks for a colleague.
    select access_owner.name_for(p_case, p_account, p_unit, p_reason, false)
    where length(trim(p_reason)) >= 10 and access_owner.may_close(p_case) and access_owner.is_closed_circle(p_case)
$$;

create or replace function access_owner.has_nobody(p_case uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Nobody in the units that hold a closed case is named for it now.
    select access_owner.is_closed_circle(p_case) and not exists (select from cases_named n join cases_process s on s.case_id = n.case_id
        join agencies_membership m on m.account_id = n.account_id and m.unit_id = n.unit_id and m.valid @> access.at() and m.role in ('caseworker', 'lead', 'lawyer')
        where n.case_id = p_case and n.valid @> access.at() and n.unit_id in (s.responsible_unit_id, s.coordinator_unit_id))
$$;

create or replace function access.named_put(p_case uuid, p_account uuid, p_unit uuid, p_reason text) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
-- An arbetsledare of the unit that holds the case names: where she is named herself, or where
-- nobody is left. Whoever is named works on the case from now on.
declare
    the_id uuid;
begin
    if length(trim(p_reason)) < 10 or not access_owner.holds(p_case, (select access.my_lead_unit())) or not access_owner.is_closed_circle(p_case)
        or not (p_case = any((select access.my_led_in_full())::uuid[])
            or (access_owner.has_nobody(p_case) and p_unit = (select access.my_lead_unit()))) then
        return null;
    end if;
    the_id := access_owner.name_for(p_case, p_account, p_unit, p_reason, true);
    if the_id is not null then
        perform access_owner.assign(p_case, p_account, p_unit, tstzrange(access.at(), null), 'named');
    end if;
    return the_id;
end $$;

create or replace function access.named_give(p_named uuid) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
-- An arbetsledare of the unit that holds the case gives what somebody else has asked for. Returns the case.
declare
    n cases_named;
begin
    update cases_named o set given_by_id = access.account(), given_at = access.at(), valid = tstzrange(access.at(), null)
    where o.id = p_named and o.valid is null and o.ended_by_id is null and o.asked_by_id <> access.account()
      and access_owner.is_closed_circle(o.case_id) and access_owner.holds(o.case_id, (select access.my_lead_unit()))
    returning o.* into n;
    if n.id is not null then
        perform access_owner.assign(n.case_id, n.account_id, n.unit_id, tstzrange(access.at(), null), 'named');
    end if;
    return n.case_id;
end $$;

create or replace function access.named_end(p_named uuid) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
-- An arbetsledare who is named, or the person herself, ends it; one asked for is turned down by
-- an arbetsledare of the unit that holds the case. Returns the case.
declare
    the_case uuid;
begin
    update cases_named o set ended_by_id = access.account(), valid = case when o.valid is not null then tstzrange(lower(o.valid), access.at()) end
    where o.id = p_named and o.ended_by_id is null and (o.valid is null or o.valid @> access.at())
      and ((o.account_id = access.account() and o.unit_id = (select access.my_unit()) and o.valid is not null)
        or (access_owner.holds(o.case_id, (select access.my_lead_unit())) and (o.valid is null or o.case_id = any((select access.my_led_in_full())::uuid[]))))
    returning o.case_id into the_case;
    return the_case;
end $$;

create or replace function access.named_waiting() returns table (id uuid, case_id uuid, person text, unit text, asked_by text, reason text, asked_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
-- What an arbetsledare of a unit that holds closed cases has to say yes or no to: whom those who
-- are named ask for, and cases that nobody is named for. Never the child, nor its alias.
    select n.id, null::uuid, f.name, u.name, a.name, n.reason, n.asked_at from cases_named n
    join agencies_staffmember f on f.account_id = n.account_id join agencies_unit u on u.id = n.unit_id
    left join agencies_staffmember a on a.account_id = n.asked_by_id
    where n.valid is null and n.ended_by_id is null and access_owner.is_closed_circle(n.case_id)
      and access_owner.holds(n.case_id, (select access.my_lead_unit()))
    union all
    select null, c.case_id, '', '', '', '', min(c.since) from access_owner.closed_cases() c join cases_process s on s.case_id = c.case_id
    where (select access.my_lead_unit()) in (s.responsible_unit_id, s.coordinator_unit_id) and access_owner.has_nobody(c.case_id)
    group by c.case_id
    order by 7
$$;

-- --- Who of the family is let in ----------------------------------------------------------------------------

create or replace function access.admit(p_case uuid, p_person uuid, p_reason text) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
-- One guardian now, or the youth, of a closed case's child: decided for her alone by somebody who
-- is named, in the unit that holds the case.
declare
    the_child uuid;
    the_id uuid := gen_random_uuid();
begin
    select k.child_id into the_child from cases_case k where k.id = p_case and p_case = any((select access.my_held_cases())::uuid[])
        and access_owner.is_closed_circle(p_case) and length(trim(p_reason)) >= 10;
    if the_child is null or not (p_person = the_child or access.stands_in_case(p_case, p_person, 'plan') or access.stands_in_case(p_case, p_person, 'shown'))
        or exists (select from cases_admission a where a.case_id = p_case and coalesce(a.guardian_id, a.youth_id) = p_person and a.valid @> access.at()) then
        return null;
    end if;
    insert into cases_admission (id, case_id, child_id, guardian_id, youth_id, reason, decided_by_id, decided_at, valid)
    values (the_id, p_case, the_child, nullif(p_person, the_child), case when p_person = the_child then the_child end,
        p_reason, access.account(), access.at(), tstzrange(access.at(), null));
    return the_id;
end $$;

create or replace function access.admission_end(p_case uuid, p_person uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update cases_admission a set valid = tstzrange(lower(a.valid), access.at()), ended_by_id = access.account()
    where a.case_id = p_case and coalesce(a.guardian_id, a.youth_id) = p_person and a.valid @> access.at()
      and p_case = any((select access.my_held_cases())::uuid[]);
    return found;
end $$;

-- --- What the page shows ---------------------------------------------------------------------------------------

create or replace function access.circle(p_case uuid) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
-- Protection, lock, who is named and who of the family is let in: to whoever may close the case.
-- That uppgifter are fingerade is told to whoever raised it, and once lowering is asked for to
-- the second person: nothing marks it to others.
    select jsonb_build_object(
        'protection', (select jsonb_build_object('level', p.level, 'source', p.source, 'raised_at', p.raised_at,
                'by', (select f.name from agencies_staffmember f where f.account_id = p.raised_by_id),
                'asked_by', (select f.name from agencies_staffmember f where f.account_id = p.lower_asked_by_id),
                'asked_by_me', p.lower_asked_by_id is not distinct from access.account(), 'reason', p.lower_reason)
            from people_protection p join cases_case k on k.child_id = p.child_id where k.id = p_case and p.valid @> access.at()
              and (p.level <> 'assumed' or p.raised_by_id = access.account() or p.lower_asked_by_id is not null)),
        'lock', (select jsonb_build_object('reason', l.reason, 'locked_at', l.locked_at,
                'by', (select f.name from agencies_staffmember f where f.account_id = l.locked_by_id),
                'asked_by', (select f.name from agencies_staffmember f where f.account_id = l.unlock_asked_by_id),
                'asked_by_me', l.unlock_asked_by_id is not distinct from access.account(), 'unlock_reason', l.unlock_reason)
            from cases_lock l where l.case_id = p_case and l.valid @> access.at()),
        'named', (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'account', n.account_id, 'unit_id', n.unit_id, 'name', f.name,
                'unit', u.name, 'since', lower(n.valid), 'asked', n.valid is null, 'reason', n.reason) order by n.valid is null, f.name), '[]')
            from cases_named n join agencies_staffmember f on f.account_id = n.account_id join agencies_unit u on u.id = n.unit_id
            where n.case_id = p_case and (n.valid @> access.at() or (n.valid is null and n.ended_by_id is null))),
        'choices', (select coalesce(jsonb_agg(distinct jsonb_build_object('account', m.account_id, 'unit_id', u.id, 'name', f.name, 'unit', u.name)), '[]')
            from agencies_membership m join agencies_unit u on u.id = m.unit_id join agencies_staffmember f on f.account_id = m.account_id
            where m.valid @> access.at() and m.role in ('caseworker', 'lead', 'lawyer') and m.account_id <> access.account()
              and (u.id = (select access.my_unit()) or exists (select from cases_assignment a where a.content_object_id = p_case
                  and a.user_id = m.account_id and a.unit_id = u.id and a.valid @> access.at()))
              and not exists (select from cases_named n where n.case_id = p_case and n.account_id = m.account_id and n.unit_id = u.id
                  and (n.valid @> access.at() or (n.valid is null and n.ended_by_id is null)))),
        'family', (select coalesce(jsonb_agg(x.row order by x.name), '[]') from (
            select trim(g.given_name || ' ' || g.family_name) as name, jsonb_build_object('person', g.id, 'name', trim(g.given_name || ' ' || g.family_name),
                'youth', false, 'in', (select jsonb_build_object('since', a.decided_at, 'reason', a.reason) from cases_admission a
                    where a.case_id = p_case and a.guardian_id = g.id and a.valid @> access.at())) as row
            from people_guardianship s join people_guardian g on g.id = s.guardian_id join cases_case k on k.child_id = s.child_id
            where k.id = p_case and s.valid @> access.at() and not s.contested
            union all
            select '', jsonb_build_object('person', c.id, 'name', '', 'youth', true, 'in', (select jsonb_build_object('since', a.decided_at, 'reason', a.reason)
                from cases_admission a where a.case_id = p_case and a.youth_id = c.id and a.valid @> access.at()))
            from people_child c join cases_case k on k.child_id = c.id
            where k.id = p_case and c.account_id is not null and (c.born_on + interval '16 years') at time zone 'Europe/Stockholm' <= access.at()) x))
    where access_owner.may_close(p_case)
$$;

-- --- Siblings ---------------------------------------------------------------------------------------------------------

create or replace function access.protection_reviews() returns table (id uuid, case_id uuid, asked_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
-- Reviews that wait for those who hold the case. Not which child the other one is.
    select r.id, r.case_id, r.asked_at from cases_protectionreview r
    where r.done_at is null and r.case_id = any((select access.my_held_cases())::uuid[])
$$;

create or replace function access.protection_review_done(p_case uuid, p_reason text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- No protection is needed, and why.
begin
    update cases_protectionreview set outcome = 'not_needed', reason = p_reason, done_by_id = access.account(), done_at = access.at()
    where case_id = p_case and done_at is null and length(trim(p_reason)) >= 10 and p_case = any((select access.my_held_cases())::uuid[]);
    return found;
end $$;

-- --- Nothing is sent, nothing is kept -----------------------------------------------------------------------------------

create or replace function access.is_quiet(p_subject uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Whether a mail would be about a closed case: its case, signal, invitation, version, consent,
-- plan version or release. Such a mail is not sent at all, and counts in no digest.
    select exists (select from access_owner.closed_cases() c where c.case_id in (
        select p_subject
        union all select s.case_id from cases_signal s where s.id = p_subject
        union all select i.case_id from cases_invitation i where i.id = p_subject
        union all select v.case_id from cases_version v where v.id = p_subject
        union all select v.case_id from plans_planversion v where v.id = p_subject
        union all select r.case_id from plans_release r where r.id = p_subject
        union all select k.id from consent_consent q join cases_case k on k.child_id = q.child_id where q.id = p_subject))
$$;

create or replace function access_owner.keep_no_whereabouts() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
-- Skyddad folkbokföring: whoever writes, imports too, where a child is listed or how its family is
-- reached finds that it is not kept. It is passed over without an error, which would tell.
begin
    if tg_table_name = 'people_guardian' then
        if exists (select from people_guardianship s where s.guardian_id = new.id and s.valid @> access.at()
                and access_owner.keeps_no_whereabouts(s.child_id)) then
            new.phone := '';
            new.email := '';
        end if;
        return new;
    elsif tg_table_name = 'people_guardianship' then
        if access_owner.keeps_no_whereabouts(new.child_id) then
            update people_guardian set phone = '', email = '' where id = new.guardian_id;
        end if;
        return null;
    end if;
    return case when access_owner.keeps_no_whereabouts(new.child_id) then null else new end;
end $$;
create or replace trigger keep_no_whereabouts before insert or update on agencies_listing
    for each row execute function access_owner.keep_no_whereabouts();
create or replace trigger keep_no_whereabouts before insert or update on people_youthcontact
    for each row execute function access_owner.keep_no_whereabouts();
create or replace trigger keep_no_whereabouts before update on people_guardian
    for each row execute function access_owner.keep_no_whereabouts();
create or replace trigger keep_no_whereabouts after insert on people_guardianship
    for each row execute function access_owner.keep_no_whereabouts();

-- --- What never changes (I24) ------------------------------------------------------------------

call access_owner.immutable_but('cases_lock', '{valid,unlock_asked_by_id,unlock_asked_at,unlock_reason,unlocked_by_id}');
call access_owner.immutable('cases_named', '{case_id,account_id,unit_id,reason,asked_by_id,asked_at}');
call access_owner.immutable_but('cases_admission', '{valid,ended_by_id}');
call access_owner.immutable('cases_protectionreview', '{case_id,asked_at}');
