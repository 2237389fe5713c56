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
    select id into the_child from people_child where s.typed_number <> '' and number = s.typed_number;
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
    where id = p_signal and to_unit_id = (select access.my_unit()) and taken_by_id is null returning case_id into the_case;
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
-- Takes an invitation: the taker is assigned in her unit, whose participation the
-- consent has already opened.
declare
    the_case uuid;
begin
    update cases_invitation i set taken_by_id = access.account(), taken_at = access.at()
    where i.id = p_invitation and i.to_unit_id = (select access.my_unit()) and i.taken_by_id is null
      and exists (select from cases_participation p where p.content_object_id = i.case_id and p.group_id = (select access.my_group())
          and p.kind = 'full' and p.valid @> access.at())
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
    if not (p_consent = any((select access.my_asked_consents())::uuid[]) or exists (select from consent_consent c
            where c.id = p_consent and c.from_unit_id = (select access.my_unit()) and c.child_id = any((select access.my_held_children())::uuid[]))) then
        return null;
    end if;
    perform pg_advisory_xact_lock(hashtextextended(child_id::text, 1)) from consent_consent where id = p_consent;
    for s in select * from consent_scope where consent_id = p_consent loop
        now_state := access_owner.scope_state(s.id);
        if now_state = 'given' and exists (select from consent_consent c join people_guardianship g on g.child_id = c.child_id
                where c.id = p_consent and not g.contested and g.valid @> access.at()
                  and not exists (select from consent_answer a where a.scope_id = s.id and a.guardian_id = g.guardian_id and a.required)) then
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

create or replace function access.case_team(p_case uuid) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
-- Units that the actor may know take part in a case of hers, with those who work
-- on it there: the units of a consent in force that covers her own unit.
    select coalesce(jsonb_agg(jsonb_build_object('unit', u.id, 'name', u.name, 'kind', u.kind, 'phone', u.phone, 'hours', u.hours,
        'does', u.does, 'consent', s.consent_id, 'categories', s.categories, 'until', upper(s.valid),
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
    mine as (select * from known where from_unit_id = (select access.my_unit()) and p_case = any((select access.my_held_cases())::uuid[]))
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
    select (select jsonb_build_object('case', p.case_id, 'state', p.state, 'next_step', p.next_step, 'next_on', p.next_on,
        'closed_at', p.closed_at, 'close_reason', p.close_reason, 'opened_at', k.opened_at,
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
              and s.consent_id in (select c.id from consent_consent c where c.child_id = p_child)),
        'others_missing', (select coalesce(jsonb_agg(distinct s.consent_id), '[]') from consent_scope s join consent_answer a on a.scope_id = s.id
            where s.consent_id = any((select access.my_asked_consents())::uuid[]) and a.required and a.reply = '' and s.state = 'waiting'
              and (a.guardian_id = (select access.my_guardian()) or a.child_id = (select access.my_self())) is not true),
        'missing_people', (select coalesce(jsonb_object_agg(m.consent_id, m.people), '{}') from (
            select s.consent_id, count(distinct coalesce(a.guardian_id, a.child_id)) as people from consent_scope s join consent_answer a on a.scope_id = s.id
            where s.consent_id = any((select access.my_asked_consents())::uuid[]) and a.required and a.reply = '' and s.state = 'waiting'
              and (a.guardian_id = (select access.my_guardian()) or a.child_id = (select access.my_self())) is not true
            group by s.consent_id) m))
    from cases_process p join cases_case k on k.id = p.case_id
    where p.child_id = p_child and p_child = any((select access.my_family_children())::uuid[])
    order by p.closed_at desc nulls first limit 1)
$$;

create or replace function access.reads_of_child(p_child uuid) returns table (at timestamptz, unit text, role text, action text, shown boolean, title text, purpose text)
language sql stable security definer set search_path = public, pg_temp as $$
-- Who has opened case content of the child, for her guardian or herself: day,
-- unit, role and what; the title that goes with the role, and the purpose that an
-- arbetsledare gave. Only units she may know of; and nothing of openings of
-- the child's own words or wheel that were not shown to her.
    select e.at, u.name, e.role, e.action,
        e.object is null or e.object = any((select access.my_versions())::uuid[]),
        coalesce((select m.title from agencies_membership m where m.account_id = e.account and m.unit_id = e.unit
            order by m.valid @> e.at desc, lower(m.valid) limit 1), ''),
        case when e.action = 'opened_as_lead' then coalesce(
            (select a.reason from cases_assignment a where a.user_id = e.account and a.content_object_id = e."case" and lower(a.valid) = e.at limit 1),
            (select g.reason from cases_grantperiod g where g.account_id = e.account and g.case_id = e."case" and lower(g.valid) = e.at limit 1), '') else '' end
    from audit_event e join agencies_unit u on u.id = e.unit
    where e.child = p_child and e.kind = 'read' and p_child = any((select access.my_family_children())::uuid[])
      and (u.id in (select p.responsible_unit_id from cases_process p where p.child_id = p_child)
        or u.id in (select s.unit_id from consent_scope s where s.consent_id = any((select access.my_asked_consents())::uuid[])))
      and not exists (select from cases_version v where v.id = e.object
          and (v.kind = 'child_words' or (v.kind = 'wheel' and v.data->>'perspective' = 'child'))
          and not v.id = any((select access.my_versions())::uuid[]))
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
      and e.child = (select c.child_id from cases_case c where c.id = p_case) and e.kind in ('read', 'write')
    order by e.sequence desc limit 200
$$;

-- --- What is kept no longer (docs/retention.md) --------------------------------------------

create or replace function access.sweep_drafts(p_limit integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
-- Drafts that nobody has typed in for 90 days; those without a case, which may hold the name
-- and number of a child whose family has not been asked, for 30.
declare
    removed integer;
begin
    delete from cases_draft where id in (
        select id from cases_draft where saved_at < access_owner.kept_since('90 days')
            or (case_id is null and saved_at < access_owner.kept_since('30 days'))
        limit p_limit for update skip locked);
    get diagnostics removed = row_count;
    return removed;
end $$;
