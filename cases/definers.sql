-- Writes that reach past what the writer may see, each as narrow as it can be.

create or replace function access_owner.keep_closed_grant() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
-- Keeps the period of a participation or assignment that ends or changes, so that
-- questions about the past can be answered.
begin
    if tg_table_name = 'cases_participation' then
        insert into cases_grantperiod (id, what, case_id, unit_id, account_id, kind, valid, reason)
        select gen_random_uuid(), 'participation', old.content_object_id, u.id, null, old.kind,
               old.valid * tstzrange(null, access.at()), old.reason
        from agencies_unit u where u.group_id = old.group_id;
    else
        insert into cases_grantperiod (id, what, case_id, unit_id, account_id, kind, valid, reason)
        values (gen_random_uuid(), 'assignment', old.content_object_id, old.unit_id, old.user_id, '',
               old.valid * tstzrange(null, access.at()), old.reason);
    end if;
    return coalesce(new, old);
end $$;
create or replace trigger keep_closed_participation before update or delete on cases_participation
    for each row execute function access_owner.keep_closed_grant();
create or replace trigger keep_closed_assignment before update or delete on cases_assignment
    for each row execute function access_owner.keep_closed_grant();

create or replace function access_owner.grant_participation(p_case uuid, p_unit uuid, p_kind text, p_consent uuid, p_valid tstzrange, p_reason text) returns void
language sql security definer set search_path = public, pg_temp as $$
    insert into cases_participation (id, group_id, permission_id, content_object_id, kind, consent_id, valid, granted_by_id, granted_at, reason)
    select gen_random_uuid(), u.group_id, p.id, p_case, p_kind, p_consent, p_valid, access.account(), access.at(), p_reason
    from agencies_unit u, auth_permission p join django_content_type t on t.id = p.content_type_id
    where u.id = p_unit and t.app_label = 'cases' and p.codename = 'take_part_case'
$$;

create or replace function access_owner.assign(p_case uuid, p_account uuid, p_unit uuid, p_valid tstzrange, p_reason text) returns void
language sql security definer set search_path = public, pg_temp as $$
    insert into cases_assignment (id, user_id, permission_id, content_object_id, unit_id, valid, granted_by_id, granted_at, reason)
    select gen_random_uuid(), p_account, p.id, p_case, p_unit, p_valid, access.account(), access.at(), p_reason
    from auth_permission p join django_content_type t on t.id = p.content_type_id
    where t.app_label = 'cases' and p.codename = 'work_on_case'
      and not exists (select from cases_assignment a where a.content_object_id = p_case and a.user_id = p_account
          and a.unit_id = p_unit and a.valid @> p_valid)
$$;

create or replace function access_owner.deliver_signal(p_signal uuid, p_to_kind text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
-- Finds or makes the child and its one open case and puts the signal in the
-- responsible unit's inbox. Its caller learns nothing of what was found. Without a
-- number the child can be one of the sender's own preschool or school.
declare
    s cases_signal;
    the_child uuid;
    the_case uuid;
    the_unit uuid;
begin
    select * into s from cases_signal where id = p_signal for update;
    perform pg_advisory_xact_lock(hashtextextended(coalesce(nullif(s.typed_number, ''), s.id::text), 0));
    -- The number of a protected child stands apart from the child's row.
    select id into the_child from (
        select c.id from people_child c where s.typed_number <> '' and c.number = s.typed_number
        union all
        select p.child_id from people_protection p where s.typed_number <> '' and p.number = s.typed_number and p.valid @> access.at()
    ) known(id) limit 1;
    if s.typed_number = '' then
        the_child := access_owner.listed_child(s.from_unit_id, s.typed_name, s.born_on);
        perform pg_advisory_xact_lock(hashtextextended(coalesce(c.number, c.id::text), 0)) from people_child c where c.id = the_child;
    end if;
    if the_child is null then
        the_child := gen_random_uuid();
        insert into people_child (id, number, reserve_number, given_name, family_name, born_on, municipality_code, language, interpreter_language)
        values (the_child, nullif(s.typed_number, ''),
            case when s.typed_number = '' then 'R' || upper(substr(replace(the_child::text, '-', ''), 1, 12)) end,
            left(split_part(s.typed_name, ' ', 1), 120), left(trim(substr(s.typed_name, length(split_part(s.typed_name, ' ', 1)) + 1)), 120),
            s.born_on, s.municipality_id, 'sv', '');
    end if;
    select p.case_id, p.responsible_unit_id into the_case, the_unit from cases_process p
    where p.child_id = the_child and p.closed_at is null;
    if the_case is null then
        select l.unit_id into the_unit from agencies_listing l join agencies_unit u on u.id = l.unit_id
        where l.child_id = the_child and l.valid @> access.at()
          and (u.kind = p_to_kind or (p_to_kind = 'school' and u.kind = 'independent_school'))
        order by lower(l.valid) desc limit 1;
        if the_unit is null then
            select u.id into the_unit from agencies_unit u
            where u.municipality_id = s.municipality_id and u.kind = p_to_kind and u.is_default;
        end if;
        if the_unit is null then
            raise exception 'no default unit of this kind' using errcode = 'BB001';
        end if;
        the_case := gen_random_uuid();
        insert into cases_case (id, child_id, opened_at) values (the_case, the_child, access.at());
        insert into cases_process (case_id, child_id, state, responsible_unit_id, next_step, state_since, close_reason)
        values (the_case, the_child, 'noticed', the_unit, '', access.at(), '');
        perform access_owner.grant_participation(the_case, the_unit, 'full', null, tstzrange(access.at(), null), 'responsible by age');
    end if;
    update cases_signal set to_unit_id = the_unit, case_id = the_case, delivered_at = access.at() where id = s.id;
    update cases_signaltext set to_unit_id = the_unit, case_id = the_case where signal_id = s.id;
end $$;

create or replace function access.signal_send(p jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
-- A signal on a child that the sender may not know of. It returns nothing, alike
-- whether the child or a case was known. Without the guardians' yes it stays
-- with the sender's unit and no case arises.
begin
    if access.my_unit() is null then
        raise exception 'no acting unit' using errcode = 'BB002';
    end if;
    insert into cases_signal (id, from_unit_id, sent_by_id, sent_at, municipality_id, typed_name, typed_number, born_on, yes_from, yes_on, yes_noted_by_id, ended_as)
    values ((p->>'id')::uuid, access.my_unit(), access.account(), access.at(), p->>'municipality', p->>'name', p->>'number', (p->>'born_on')::date,
        p->>'yes_from', (p->>'yes_on')::date, case when p->>'yes_from' <> '' then access.account() end, '');
    insert into cases_signaltext (signal_id, from_unit_id, sent_by_id, seen, seen_on, works, family_knows)
    values ((p->>'id')::uuid, access.my_unit(), access.account(), p->>'seen', (p->>'seen_on')::date, p->>'works', (p->>'family_knows')::boolean);
    if p->>'yes_from' <> '' then
        perform access_owner.deliver_signal((p->>'id')::uuid, p->>'to_kind');
    end if;
end $$;

create or replace function access.signal_forward(p_signal uuid, p_yes_from text, p_yes_on date, p_to_kind text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- The family has now said yes: the sender's own waiting signal goes its way.
begin
    update cases_signal set yes_from = p_yes_from, yes_on = p_yes_on, yes_noted_by_id = access.account(), ended_as = '', ended_on = null
    where id = p_signal and from_unit_id = (select access.my_unit()) and sent_by_id = access.account() and to_unit_id is null and p_yes_from <> '';
    if not found then
        return false;
    end if;
    perform access_owner.deliver_signal(p_signal, p_to_kind);
    return true;
end $$;

create or replace function access.signal_end(p_signal uuid, p_as text, p_on date) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- The sender's own waiting signal is not to be sent on; with an empty reason it waits again.
begin
    update cases_signal set ended_as = p_as, ended_on = case when p_as <> '' then p_on end
    where id = p_signal and from_unit_id = (select access.my_unit()) and sent_by_id = access.account() and to_unit_id is null
      and (p_as = '' or (p_as in ('family_no', 'not_needed') and p_on <= (access.at() at time zone 'Europe/Stockholm')::date));
    return found;
end $$;

create or replace function access.signal_take(p_signal uuid) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
-- Takes a signal out of the unit's inbox: the taker is assigned, and becomes
-- responsible where nobody was. Returns the case, or null if it was not there to take.
declare
    the_case uuid;
begin
    update cases_signal set taken_by_id = access.account(), taken_at = access.at()
    where id = p_signal and to_unit_id = (select access.my_unit()) and taken_by_id is null
      and not exists (select from access_owner.shut_out() o where o.case_id = cases_signal.case_id) returning case_id into the_case;
    if the_case is null then
        return null;
    end if;
    perform access_owner.assign(the_case, access.account(), access.my_unit(), tstzrange(access.at(), null), 'took the signal');
    update cases_process set responsible_id = access.account()
    where case_id = the_case and responsible_unit_id = (select access.my_unit()) and responsible_id is null;
    update cases_process set state = 'dialogue', state_since = access.at(), next_step = 'talk' where case_id = the_case and state = 'noticed';
    return the_case;
end $$;

create or replace function access.signal_join(p_signal uuid, p_case uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- A signal in the unit's inbox that is about a child whose case the actor works on there: it
-- joins that case. Only where it was typed without a number, its own case holds nothing else,
-- and name and day of birth are the same; that case is closed as registered by mistake.
declare
    the_case uuid;
begin
    update cases_signal s set case_id = p_case, taken_by_id = access.account(), taken_at = access.at()
    from cases_case old join cases_process op on op.case_id = old.id join people_child oc on oc.id = old.child_id,
         cases_case new join cases_process np on np.case_id = new.id join people_child nc on nc.id = new.child_id
    where s.id = p_signal and s.to_unit_id = (select access.my_unit()) and s.taken_by_id is null and s.case_id = old.id
      and not exists (select from access_owner.closed_cases() o where o.case_id in (old.id, p_case))
      and op.state = 'noticed' and op.closed_at is null and op.responsible_unit_id = (select access.my_unit()) and oc.number is null
      and not exists (select from cases_signal o where o.case_id = old.id and o.id <> s.id)
      and new.id = p_case and new.id <> old.id and new.id = any((select access.my_held_cases())::uuid[]) and np.closed_at is null
      and nc.born_on = oc.born_on and lower(trim(nc.given_name || ' ' || nc.family_name)) = lower(trim(oc.given_name || ' ' || oc.family_name))
    returning old.id into the_case;
    if the_case is null then
        return false;
    end if;
    update cases_signaltext set case_id = p_case where signal_id = p_signal;
    update cases_process set state = 'closed', state_since = access.at(), closed_at = access.at(), close_reason = 'mistake', next_step = '', next_on = null
    where case_id = the_case;
    return true;
end $$;

create or replace function access.invitation_take(p_invitation uuid) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
-- Takes an invitation: the taker is assigned in her unit, whose participation the consent,
-- or what is shown to it on another ground, has already opened.
declare
    the_case uuid;
begin
    update cases_invitation i set taken_by_id = access.account(), taken_at = access.at()
    where i.id = p_invitation and i.to_unit_id = (select access.my_unit()) and i.taken_by_id is null
      and not exists (select from access_owner.shut_out() o where o.case_id = i.case_id)
      and exists (select from cases_participation p where p.content_object_id = i.case_id and p.group_id = (select access.my_group())
          and p.valid @> access.at())
    returning i.case_id into the_case;
    if the_case is not null then
        perform access_owner.assign(the_case, access.account(), access.my_unit(), tstzrange(access.at(), null), 'took the invitation');
    end if;
    return the_case;
end $$;

create or replace function access_owner.open_scope(p_scope uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
-- A scope that all have said yes to: the unit takes part, and finds an invitation
-- unless somebody of the unit already works on the case.
declare
    s record;
begin
    select sc.*, c.child_id, c.purpose, c.from_unit_id, k.id as case_id, u.group_id, u.kind,
           trim(b.given_name || ' ' || b.family_name) as child_name
      into s from consent_scope sc join consent_consent c on c.id = sc.consent_id
      join people_child b on b.id = c.child_id join agencies_unit u on u.id = sc.unit_id
      join cases_process k0 on k0.child_id = c.child_id and k0.closed_at is null join cases_case k on k.id = k0.case_id
     where sc.id = p_scope;
    if s.case_id is null or exists (select from cases_participation p where p.content_object_id = s.case_id
            and p.group_id = s.group_id and p.kind = 'full' and p.consent_id is null and p.valid @> access.at()) then
        return;
    end if;
    delete from cases_participation where content_object_id = s.case_id and group_id = s.group_id and kind = 'own';
    perform access_owner.grant_participation(s.case_id, s.unit_id, 'full', s.consent_id, s.valid, 'consent');
    if not exists (select from cases_assignment a where a.content_object_id = s.case_id and a.unit_id = s.unit_id and a.valid @> access.at()) then
        insert into cases_invitation (id, case_id, consent_id, from_unit_id, to_unit_id, child_name, purpose, sent_at)
        values (gen_random_uuid(), s.case_id, s.consent_id, s.from_unit_id, s.unit_id, s.child_name,
            case when s.kind in ('police', 'leisure') then '' else s.purpose end, access.at())
        on conflict (consent_id, to_unit_id) do nothing;
    end if;
end $$;

create or replace function access_owner.scope_state(p_scope uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
-- access.policy.scope_state, for the database; a test holds the two together.
    select case
        when count(*) filter (where reply = 'withdrawn') > 0 then 'withdrawn'
        when count(*) filter (where reply = 'no') > 0 and count(*) filter (where reply = 'yes') > 0 then 'conflict'
        when count(*) filter (where reply = 'no') > 0 then 'refused'
        when count(*) > 0 and count(*) = count(*) filter (where reply = 'yes') then 'given'
        else 'waiting' end
    from consent_answer where scope_id = p_scope and required
$$;

create or replace function access_owner.consent_state(p_consent uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
-- access.policy.consent_state, for the database; a test holds the two together.
    select case
        when 'waiting' = any(states) then 'waiting'
        when 'given' = any(states) then case when 'given' = all(states) then 'given' else 'partly' end
        when 'conflict' = any(states) then 'conflict'
        when 'withdrawn' = any(states) then 'withdrawn'
        when 'refused' = any(states) then 'refused'
        when 'expired' = any(states) then 'expired'
        else 'waiting' end
    from (select array_agg(state) as states from consent_scope where consent_id = p_consent) x
$$;

create or replace function access.consent_settle(p_consent uuid) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
-- Recomputes a consent from its answers and opens what all have said yes to.
-- Called after each answer, by whoever was asked or by the unit that asked.
-- What is withdrawn is closed by consent_withdraw, never here.
declare
    s consent_scope;
    now_state text;
    result text;
begin
    if not (p_consent = any((select access.my_asked_consents())::uuid[]) or p_consent = any((select access.my_kept_consents())::uuid[])) then
        return null;
    end if;
    perform pg_advisory_xact_lock(hashtextextended(child_id::text, 1)) from consent_consent where id = p_consent;
    for s in select * from consent_scope where consent_id = p_consent loop
        now_state := access_owner.scope_state(s.id);
        if now_state = 'given' and not exists (select from cases_maturity m where m.consent_id = p_consent and m.signed_at is not null)
            and exists (select from consent_consent c, access_owner.deciding(c.child_id) g
                where c.id = p_consent and not exists (select from consent_answer a where a.scope_id = s.id and a.guardian_id = g.person and a.required)) then
            now_state := 'waiting';  -- somebody with custody was never asked
        end if;
        if now_state = 'given' and s.state in ('waiting', 'refused', 'conflict') then
            update consent_scope set state = 'given',
                valid = tstzrange(greatest(access.at(), (select lower(valid) from consent_consent where id = p_consent)), greatest(ends_at, access.at()))
            where id = s.id;
            perform access_owner.open_scope(s.id);
        elsif now_state <> s.state and s.state not in ('given', 'withdrawn', 'expired') then
            update consent_scope set state = now_state where id = s.id;
        end if;
    end loop;
    result := access_owner.consent_state(p_consent);
    update consent_consent set state = result where id = p_consent;
    update cases_process p set state = 'invited', state_since = access.at(), next_step = 'plan', next_on = null from consent_consent c
    where c.id = p_consent and p.child_id = c.child_id and p.closed_at is null and p.state = 'consent' and result in ('given', 'partly');
    return result;
end $$;

create or replace function access_owner.close_person(p_child uuid, p_person uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
-- Somebody's custody or right in a child's affairs has ended: what she was shown ends with it, and
-- where she has yet to answer nobody waits for her any more. What was given stays.
declare
    asked uuid;
begin
    if not access_owner.stands(p_child, p_person, 'shown') then
        update cases_disclosure d set valid = case when lower(d.valid) < access.at() then tstzrange(lower(d.valid), access.at()) else 'empty' end
        from cases_case k where k.id = d.case_id and k.child_id = p_child and d.to_guardian_id = p_person and d.valid && tstzrange(access.at(), null);
    end if;
    if not access_owner.stands(p_child, p_person, 'plan') then
        update plans_release r set valid = case when lower(r.valid) < access.at() then tstzrange(lower(r.valid), access.at()) else 'empty' end
        from cases_case k where k.id = r.case_id and k.child_id = p_child and r.to_guardian_id = p_person and r.valid && tstzrange(access.at(), null);
    end if;
    if not access_owner.stands(p_child, p_person, 'answers') then
        update consent_answer a set required = false from consent_scope s join consent_consent c on c.id = s.consent_id
        where a.scope_id = s.id and c.child_id = p_child and a.guardian_id = p_person and s.state in ('waiting', 'refused', 'conflict');
        for asked in select id from consent_consent where child_id = p_child and id = any((select access.my_kept_consents())::uuid[]) order by asked_at loop
            perform access.consent_settle(asked);
        end loop;
    end if;
end $$;

create or replace function access.guardian_end(p_case uuid, p_guardian uuid, p_how text, p_reason text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- The unit that holds the case ends a custody that was registered by mistake or is over, or
-- marks it as contested. It closes at once; the row stays, with who did it and why.
declare
    the_child uuid := access_owner.held_child(p_case);
begin
    if p_how not in ('mistake', 'ended', 'contested') or p_reason = '' then
        return false;
    end if;
    update people_guardianship set contested = contested or p_how = 'contested', ended_by_id = access.account(), end_reason = p_reason,
        valid = case when p_how = 'contested' then valid when lower(valid) < access.at() then tstzrange(lower(valid), access.at()) else 'empty' end
    where child_id = the_child and guardian_id = p_guardian and valid @> access.at() and not (contested and p_how = 'contested');
    if not found then
        return false;
    end if;
    perform access_owner.close_person(the_child, p_guardian);
    return true;
end $$;

create or replace function access.adult_add(p_case uuid, p jsonb) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
-- An adult without custody whom the unit that holds the case lets do what is named. Known by
-- the same number and the same name she is the same person; else nothing is told and nothing joined.
declare
    the_child people_child;
    the_person uuid;
    the_name text := trim((p->>'given') || ' ' || (p->>'family'));
    the_rights text[] := array(select jsonb_array_elements_text(p->'rights'));
    made uuid := gen_random_uuid();
    until timestamptz;
begin
    select c.* into the_child from people_child c where c.id = access_owner.held_child(p_case);
    until := least(access_owner.grown_at(the_child.born_on), (p->>'until')::timestamptz);
    if the_child.id is null or the_name = '' or until <= access.at() or cardinality(the_rights) = 0
        or not the_rights <@ (case when p->>'kind' = 'god_man' then array['plan', 'shown', 'answers'] else array['plan', 'shown'] end)
        or p->>'kind' not in ('god_man', 'foster_home', 'parent') then
        return null;
    end if;
    perform pg_advisory_xact_lock(hashtextextended(coalesce(nullif(p->>'number', ''), the_child.id::text), 3));
    select g.id into the_person from people_guardiannumber n join people_guardian g on g.id = n.guardian_id
    where n.number = nullif(p->>'number', '') and lower(trim(g.given_name || ' ' || g.family_name)) = lower(the_name) limit 1;
    if the_person is null then
        the_person := gen_random_uuid();
        insert into people_guardian (id, given_name, family_name, phone, email, language)
        values (the_person, p->>'given', p->>'family', p->>'phone', '', 'sv');
        insert into people_guardiannumber (guardian_id, number) select the_person, p->>'number' where p->>'number' <> '';
    elsif exists (select from people_guardianship s where s.child_id = the_child.id and s.guardian_id = the_person and s.valid @> access.at() and not s.contested)
        or exists (select from cases_otheradult a where a.child_id = the_child.id and a.person_id = the_person and a.valid @> access.at()) then
        return null;
    end if;
    insert into cases_otheradult (id, child_id, person_id, kind, rights, source, unit_id, given_by_id, given_at, valid, end_reason)
    values (made, the_child.id, the_person, p->>'kind', the_rights, p->>'source', access.my_unit(), access.account(), access.at(), tstzrange(access.at(), until), '');
    return made;
end $$;

create or replace function access.adult_end(p_case uuid, p_adult uuid, p_reason text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- The unit that holds the case ends what an adult without custody was let do. The row stays.
declare
    the_child uuid := access_owner.held_child(p_case);
    the_person uuid;
begin
    update cases_otheradult set ended_by_id = access.account(), end_reason = p_reason,
        valid = case when lower(valid) < access.at() then tstzrange(lower(valid), access.at()) else 'empty' end
    where id = p_adult and child_id = the_child and valid @> access.at() and p_reason <> '' returning person_id into the_person;
    if the_person is null then
        return false;
    end if;
    perform access_owner.close_person(the_child, the_person);
    return true;
end $$;

create or replace function access.maturity_sign(p_maturity uuid, p_name text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- Another person of the unit than the one who noted it signs that a youth of 15 to 17 decides
-- alone: her guardians' answers are not required for that consent any more, also where all had
-- answered before. What one of them took back stays taken back.
declare
    the_consent uuid;
begin
    update cases_maturity m set signed_by_id = access.account(), signed_by_name = p_name, signed_at = access.at()
    from consent_consent c join people_child b on b.id = c.child_id
    where m.id = p_maturity and c.id = m.consent_id and m.signed_at is null and m.noted_by_id <> access.account()
      and m.unit_id = (select access.my_unit()) and m.case_id = any((select access.my_held_cases())::uuid[])
      and access.birthday(b.born_on, 15) <= access.at() and access.at() < access.birthday(b.born_on, 18)
    returning m.consent_id into the_consent;
    if the_consent is null then
        return false;
    end if;
    update consent_answer a set required = false from consent_scope s
    where a.scope_id = s.id and s.consent_id = the_consent and a.guardian_id is not null and s.state not in ('withdrawn', 'expired');
    perform access.consent_settle(the_consent);
    return true;
end $$;

create or replace function access.case_team(p_case uuid) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
-- Units that the actor may know take part in a case of hers, with those who work
-- on it there: the units of a consent in force that covers her own unit.
    select coalesce(jsonb_agg(jsonb_build_object('unit', u.id, 'name', u.name, 'kind', u.kind, 'phone', u.phone, 'hours', u.hours,
        'does', u.does, 'does_not', u.does_not, 'on_call', u.on_call, 'consent', s.consent_id, 'categories', s.categories, 'until', upper(s.valid),
        'people', (select coalesce(jsonb_agg(jsonb_build_object('account', f.account_id, 'name', f.name, 'phone', f.phone,
                'title', (select m.title from agencies_membership m where m.account_id = f.account_id and m.unit_id = u.id and m.valid @> access.at() limit 1))
                order by f.name), '[]')
            from agencies_staffmember f where f.account_id in (select a.user_id from cases_assignment a
                where a.content_object_id = p_case and a.unit_id = u.id and a.valid @> access.at() and (upper(a.valid) is null))))
        order by u.name), '[]')
    from consent_scope s join agencies_unit u on u.id = s.unit_id
    where p_case = any((select access.my_cases())::uuid[]) and s.id = any((select access.my_team_scopes())::uuid[])
      and s.consent_id in (select c.id from consent_consent c join cases_case k on k.child_id = c.child_id where k.id = p_case)
$$;

create or replace function access.is_closed(p_case uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Whether a case that the actor may know of through her work is closed.
    select exists (select from cases_process p where p.case_id = p_case and p.closed_at is not null
        and p_case = any((select access.my_known_cases())::uuid[]))
$$;

create or replace function access.holds_baton(p_case uuid, p_account uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Whether a colleague of the actor's unit is the one responsible for a case of the unit, or
-- coordinates it.
    select exists (select from cases_process p where p.case_id = p_case and p_case = any((select access.my_known_cases())::uuid[])
        and ((p.responsible_id = p_account and p.responsible_unit_id = (select access.my_unit()))
          or (p.coordinator_id = p_account and p.coordinator_unit_id = (select access.my_unit()))))
$$;

create or replace function access.case_contact(p_case uuid) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
-- Whom to ring about a case of the actor's: name and phone of the one who holds it, and
-- nothing of the unit, for those who see only their own part.
    select jsonb_build_object('name', coalesce(f.name, ''), 'phone', coalesce(nullif(f.phone, ''), u.phone, ''))
    from cases_process p
    left join agencies_unit u on u.id = coalesce(p.coordinator_unit_id, p.responsible_unit_id)
    left join agencies_staffmember f on f.account_id = coalesce(p.coordinator_id, p.responsible_id)
    where p.case_id = p_case and p_case = any((select access.my_known_cases())::uuid[])
$$;

create or replace function access.consent_now(p_case uuid) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
-- How consent stands over all consents of a case of the actor's, as numbers: a unit that any
-- of them covers now is covered. For who sees only her own part, her own unit alone. What is
-- still asked, and the latest question, are for the unit that asked.
    with known as (
        select s.unit_id, s.consent_id, s.state, c.asked_at, upper(s.valid) as ends, c.from_unit_id, c.state as whole,
               s.state = 'given' and s.valid @> access.at() as covers, c.valid @> access.at() as current
        from consent_scope s join consent_consent c on c.id = s.consent_id join cases_case k on k.child_id = c.child_id
        where k.id = p_case and p_case = any((select access.my_cases())::uuid[])
          and ((select access.sees_others()) or s.unit_id = (select access.my_unit()) or p_case = any((select access.my_held_cases())::uuid[]))),
    mine as (select * from known where consent_id = any((select access.my_kept_consents())::uuid[]))
    select jsonb_build_object(
        'asked', count(distinct unit_id) filter (where covers or (current and state <> 'waiting')), 'covered', count(distinct unit_id) filter (where covers),
        'ends', max(ends) filter (where covers),
        'mine', coalesce(bool_or(covers and unit_id = (select access.my_unit())), false),
        'waiting', (select consent_id from mine where state = 'waiting' order by asked_at desc limit 1),
        'latest', (select jsonb_build_object('state', case when state = 'given' then 'expired' else whole end)
            from mine order by asked_at desc limit 1))
    from known
$$;

create or replace function access.family_overview(p_child uuid) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
-- What a guardian or youth may know of the process of her child's latest case:
-- step, next step, who is responsible and who helps. Nothing of what is written.
    select (select jsonb_build_object('case', p.case_id,
        -- While it is about consent: by whether she sees a unit's consent in force, and not by whether
        -- all have answered. Beside what she answered herself, that would say who said no.
        'state', case when p.state in ('consent', 'invited') then case when i.some_in_force then 'invited' else 'consent' end else p.state end,
        'next_step', case when p.state in ('consent', 'invited') and p.next_step in ('answer', 'plan')
            then case when i.some_in_force then 'plan' else 'answer' end else p.next_step end,
        -- Nor by its day: what the day belongs to would say whether anybody is waited for.
        'next_on', case when p.state in ('consent', 'invited') and p.next_step in ('answer', 'plan') then null else p.next_on end,
        'closed_at', p.closed_at, 'close_reason', p.close_reason, 'opened_at', k.opened_at,
        'handed', access_owner.handed_for_family(p_child, p.case_id),
        'meetings', case when p.closed_at is null then access_owner.meetings_for_family(p_child, p.case_id) else '[]' end,
        -- Who is responsible, where somebody else holds the work together.
        'responsible', (select jsonb_build_object('name', coalesce(f.name, ''), 'unit', u.name) from agencies_unit u
            left join agencies_staffmember f on f.account_id = p.responsible_id
            where u.id = p.responsible_unit_id and p.coordinator_unit_id <> p.responsible_unit_id),
        'contact', (select jsonb_build_object('name', f.name, 'phone', coalesce(nullif(f.phone, ''), u.phone), 'unit', u.name, 'kind', u.kind,
                'hours', u.hours, 'does', u.does, 'title', (select m.title from agencies_membership m where m.account_id = f.account_id and m.unit_id = u.id limit 1))
            from agencies_unit u left join agencies_staffmember f on f.account_id = coalesce(p.coordinator_id, p.responsible_id)
            where u.id = coalesce(p.coordinator_unit_id, p.responsible_unit_id)),
        'helpers', (select coalesce(jsonb_agg(distinct jsonb_build_object('unit_id', u.id, 'unit', u.name, 'kind', u.kind, 'phone', u.phone, 'hours', u.hours,
                'does', u.does, 'people', (select coalesce(jsonb_agg(jsonb_build_object('name', f.name, 'phone', f.phone,
                    'title', (select m.title from agencies_membership m where m.account_id = f.account_id and m.unit_id = u.id limit 1)) order by f.name), '[]')
                    from agencies_staffmember f where f.account_id in (select a.user_id from cases_assignment a
                        where a.content_object_id = p.case_id and a.unit_id = u.id and a.valid @> access.at() and upper(a.valid) is null)))), '[]')
            from consent_scope s join agencies_unit u on u.id = s.unit_id
            where s.state = 'given' and s.valid @> access.at() and s.consent_id = any((select access.my_asked_consents())::uuid[])
              and s.consent_id in (select c.id from consent_consent c where c.child_id = p_child)))
    from cases_process p join cases_case k on k.id = p.case_id,
        lateral (select exists (select from consent_scope s join consent_consent c on c.id = s.consent_id where c.child_id = p_child
            and s.state = 'given' and s.valid @> access.at() and c.id = any((select access.my_asked_consents())::uuid[])) as some_in_force) i
    where p.child_id = p_child and p_child = any((select access.my_open_children())::uuid[])
    order by p.closed_at desc nulls first limit 1)
$$;

create or replace function access_owner.known_to_family(p_child uuid) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
-- The units that the one of the family who acts knows of: who holds the case or has, and who is named in a
-- question about consent to her. No others, whatever they have to do with the child.
    select p.responsible_unit_id from cases_process p where p.child_id = p_child and p.responsible_unit_id is not null
    union select h.from_unit_id from cases_handover h join cases_case k on k.id = h.case_id
    where k.child_id = p_child and h.outcome = 'accepted' and h.kind = 'responsibility'
    union select s.unit_id from consent_scope s join consent_consent c on c.id = s.consent_id
    where c.child_id = p_child and s.consent_id = any((select access.my_asked_consents())::uuid[])
$$;

create or replace function access_owner.told_to_family(p_basis text, p_kind text, p_known boolean) returns boolean
language sql immutable set search_path = public, pg_temp as $$
-- As access.law.told_to_family: whether the family learns to whom something was shown without a yes.
    select p_basis in ('B2', 'B3', 'B4', 'B6', 'B7') and p_kind <> 'police'
       and (p_known or p_kind not in ('social_services', 'family_centre', 'family_counselling'))
$$;

create or replace function access_owner.showings_for_family(p_child uuid)
returns table (id uuid, version_id uuid, owner_unit_id uuid, to_unit_id uuid, basis text, provision text)
language sql stable security definer set search_path = public, pg_temp as $$
-- Of what has been shown, that of which the one of the family who acts may be told: of notes that
-- she reads herself now; shown to herself, to a unit on a consent that she was asked for, or
-- without a yes on a ground of which the family is told.
    with known as materialized (select u from access_owner.known_to_family(p_child) u)
    select d.id, d.version_id, d.owner_unit_id, d.to_unit_id, d.basis,
        (select b.provision from consent_legalbasis b where b.code = d.basis and b.no = d.basis_no)
    from cases_disclosure d left join agencies_unit t on t.id = d.to_unit_id
    where d.version_id = any((select access.my_versions())::uuid[])
      and d.case_id in (select k.id from cases_case k where k.child_id = p_child)
      and d.outcome <> 'refused' and (d.second = '' or d.signed_by_id is not null)
      and (d.to_guardian_id = (select access.my_guardian()) or d.to_child_id = (select access.my_self())
        or d.consent_id = any((select access.my_asked_consents())::uuid[])
        or (d.consent_id is null and access_owner.told_to_family(d.basis, t.kind, exists (select from known where u = t.id))))
$$;

create or replace function access_owner.withheld_from_family(p_child uuid) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
-- The one place that says which events of a child's log leave no trace for the one of the family
-- who acts: no row, no count, no page, nothing in the PDF. Evaluated once for a page.
    with told as materialized (select s.id::text as id from access_owner.showings_for_family(p_child) s)
    select e.id from audit_event e where e.child = p_child and (
        -- What is hidden from her, the child's own words and wheel among it until they are shown to her.
        e.object = any((select access.my_hidden_versions())::uuid[]) or e.object = any((select access.my_hidden_entries())::uuid[])
        -- Changes of what she has not been shown: a note, a plan, a consent. That the case was closed she is told.
        or (e.kind = 'write' and e.action <> 'case_closed' and not coalesce(e.object = any((select access.my_versions()
            || access.my_plan_versions() || access.my_asked_consents())::uuid[]), false))
        -- That something was shown to another of the family: each has her own (OSL 12:3); or to a unit
        -- of which she is not told. What was only thought of, and not shown, is the unit's own.
        or e.action in ('disclosure_to_sign', 'disclosure_declined', 'disclosure_refused')
        or (e.action in ('version_shown', 'disclosure_signed', 'disclosure_ended')
            and not exists (select from told t where t.id = e.detail->>'disclosure'))
        -- That a unit read what it was shown without a yes, where she is not told that it was shown.
        or (e.kind in ('read', 'print', 'export') and e.detail->>'disclosure' in (select d.id::text from cases_disclosure d
            where d.case_id in (select k.id from cases_case k where k.child_id = p_child) and d.to_unit_id is not null and d.consent_id is null)
            and not exists (select from told t where t.id = e.detail->>'disclosure'))
        -- What another of the family has answered: that an answer was written down would, beside a
        -- consent that does not hold, say which.
        or (e.action in ('consent_answered', 'consent_withdrawn') and not coalesce(e.detail->>'of'
            in ((select access.my_guardian())::text, (select access.my_self())::text), false)))
$$;

create or replace function access_owner.place_for_family(p_unit uuid, p_child uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
-- The one place that says what a unit is called in a child's log for the family: empty would
-- be "a service", where its name told where somebody with a protected identity is.
    select case when exists (select from people_protection p where p.child_id = p_child and p.valid @> access.at()) then '' else u.name end
    from agencies_unit u where u.id = p_unit
$$;

create or replace function access_owner.why_let_in(p_account uuid, p_case uuid, p_at timestamptz) returns text
language sql stable security definer set search_path = public, pg_temp as $$
-- Why an arbetsledare let herself in at an instant: for a day, or to work on the case. It stands
-- with the assignment that she then gave herself; the audit holds no words.
    select coalesce(
        (select a.reason from cases_assignment a where a.user_id = p_account and a.content_object_id = p_case and lower(a.valid) = p_at limit 1),
        (select g.reason from cases_grantperiod g where g.account_id = p_account and g.case_id = p_case and lower(g.valid) = p_at limit 1), '')
$$;

create or replace function access.reads_of_child(p_child uuid) returns table (at timestamptz, unit text, role text, action text, shown boolean, title text, purpose text,
    kind text, person bigint, until timestamptz, to_unit text, basis text, provision text)
language sql stable security definer set search_path = public, pg_temp as $$
-- Who has opened, printed, taken out or changed something of the child's case, for her guardian
-- or herself (PDL 8:5): when, unit, role and what; the title that goes with the role, and the
-- purpose that an arbetsledare gave or the code of a nödöppning, until when that lasted; to which
-- unit something was shown, and on which ground. Readers are told apart by a number that means
-- nothing. Units that she knows of, and those of a showing that she is told of, about just that
-- note; nothing that is withheld. A nödöppning is one event: its end stands with its beginning.
    with allowed as materialized (
        select p_child = any((select access.my_open_children())::uuid[])
          and (p_child = any((select access.my_answer_children())::uuid[]) or p_child = (select access.my_self())) as yes),
    known as materialized (select u from access_owner.known_to_family(p_child) u where (select yes from allowed)),
    showings as materialized (select s.* from access_owner.showings_for_family(p_child) s where (select yes from allowed)),
    places as materialized (
        select u.id, access_owner.place_for_family(u.id, p_child) as name from agencies_unit u
        where u.id in (select u from known union select owner_unit_id from showings union select to_unit_id from showings))
    select e.at, u.name, e.role, e.action,
        e.object is null or e.object = any((select access.my_versions())::uuid[]),
        coalesce((select m.title from agencies_membership m where m.account_id = e.account and m.unit_id = e.unit
            order by m.valid @> e.at desc, lower(m.valid) limit 1), ''),
        case when e.action in ('opened_as_lead', 'assigned_herself') then access_owner.why_let_in(e.account, e."case", e.at)
            when e.action = 'emergency_opened' then coalesce(n.code, e.detail->>'code', '') else '' end,
        e.kind, dense_rank() over (order by e.account), coalesce(upper(n.valid), n.opened_at),
        case when e.kind = 'write' then t.name end, s.basis, s.provision
    from audit_event e join places u on u.id = e.unit
    left join showings s on s.id::text = e.detail->>'disclosure' and s.version_id = e.object
    left join places t on t.id = s.to_unit_id
    left join cases_emergency n on e.action = 'emergency_opened' and n.id = e.object
    where e.child = p_child and e.kind in ('read', 'print', 'export', 'emergency', 'write')
      and (e.kind <> 'emergency' or e.action = 'emergency_opened')
      and (e.unit in (select known.u from known) or exists (select from showings x
            where x.version_id = e.object and e.unit in (x.to_unit_id, x.owner_unit_id)))
      and not exists (select from access_owner.withheld_from_family(p_child) w where w = e.id)
    order by e.sequence desc
$$;

-- A version belongs to the case and the unit of its entry, a disclosure to those of
-- its version: composite foreign keys say so (made in the first migration).

create or replace function access.unit_log(p_case uuid) returns table (at timestamptz, who text, role text, kind text, action text)
language sql stable security definer set search_path = public, pg_temp as $$
-- What the actor's own unit has read and done with a case that she works on, the
-- latest first. Nothing of what other units have.
    select e.at, coalesce(f.name, ''), e.role, e.kind, e.action
    from audit_event e left join agencies_staffmember f on f.account_id = e.account
    where p_case = any((select access.my_cases())::uuid[]) and e.unit = (select access.my_unit()) and e."case" = p_case
      -- What is about an orosanmälan names the case alone, so that no log of the child holds it.
      and (e.child = (select c.child_id from cases_case c where c.id = p_case) or e.action in ('opened_concerns', 'concern_noted'))
      and e.kind in ('read', 'print', 'export', 'emergency', 'write')
    order by e.sequence desc limit 200
$$;

-- --- What is kept no longer (docs/retention.md) --------------------------------------------
-- What goes is found once, as an array: asked anew for each row, which the planner is free to do with
-- "in (…)", a limit that skips what is locked finds others each time.

create or replace function access.sweep_drafts(p_limit integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
-- Drafts that nobody has typed in for 90 days; those without a case, which may hold the name
-- and number of a child whose family has not been asked, for 30.
declare
    removed integer;
begin
    delete from cases_draft where id = any(array(
        select id from cases_draft where saved_at < access_owner.kept_since('90 days')
            or (case_id is null and saved_at < access_owner.kept_since('30 days'))
        limit p_limit for update skip locked));
    get diagnostics removed = row_count;
    return removed;
end $$;
