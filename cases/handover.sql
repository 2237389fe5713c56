-- --- Hand-over (docs/adr/0025-hand-over.md) ---------------------------------------------------
-- The giver stays responsible until somebody in the receiving unit has accepted.

create or replace function access_owner.works_in(p_account uuid, p_unit uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Whether somebody works with children in a unit now.
    select exists (select from agencies_membership m join people_account a on a.id = m.account_id and a.is_active
        where m.account_id = p_account and m.unit_id = p_unit and m.valid @> access.at() and m.role in ('caseworker', 'lead', 'lawyer'))
$$;

create or replace function access_owner.may_be_let_in(p_case uuid, p_account uuid, p_unit uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Whether somebody who works in a unit can be the one there who has a case: where it is closed
-- to others she is named for it.
    select access_owner.works_in(p_account, p_unit) and (not access_owner.is_closed_circle(p_case)
        or exists (select from cases_named n where n.case_id = p_case and n.account_id = p_account and n.unit_id = p_unit and n.valid @> access.at()))
$$;

create or replace function access.my_unit_cases() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Cases in which the actor's unit takes part in full, but for those closed to her: what waits for
-- the unit there may wait for her.
    select coalesce(array_agg(distinct p.content_object_id), '{}') from cases_participation p
    where p.group_id = (select access.my_group()) and p.kind = 'full' and p.valid @> access.at()
      and not exists (select from access_owner.shut_out() s where s.case_id = p.content_object_id)
$$;

create or replace function access.may_hand_over(p_case uuid, p_kind text, p_to uuid, p_account uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- The actor's unit has what is handed over; the receiver takes part in full already, by the
-- family's yes, and sees the whole (R1.2); whom one has in mind works there.
    select exists (select from cases_process s where s.case_id = p_case and s.closed_at is null
        and p_case = any((select access.my_held_cases())::uuid[])
        and (select access.my_unit()) = case p_kind when 'responsibility' then s.responsible_unit_id
            when 'coordination' then coalesce(s.coordinator_unit_id, s.responsible_unit_id) end)
      and exists (select from cases_participation p join agencies_unit u on u.group_id = p.group_id
        where p.content_object_id = p_case and u.id = p_to and u.kind not in ('police', 'leisure') and p.kind = 'full' and p.valid @> access.at())
      and (p_account is null or access_owner.works_in(p_account, p_to))
$$;

call access_owner.protect('cases_handover', 'select, insert, update (outcome, answered_by_id, answered_by_name, answered_at, reason)');
create policy read on cases_handover for select to barnensbasta_app
    using (((select access.my_unit()) in (from_unit_id, to_unit_id)
            and (case_id = any((select access.my_cases())::uuid[]) or case_id = any((select access.my_led_in_full())::uuid[])))
        or (to_unit_id = (select access.my_unit()) and outcome = '' and case_id = any((select access.my_unit_cases())::uuid[])));
create policy add on cases_handover for insert to barnensbasta_app
    with check (from_unit_id = (select access.my_unit()) and proposed_by_id = (select access.account()) and outcome = '' and note <> ''
        and starts_on >= (access.at() at time zone 'Europe/Stockholm')::date
        and access.may_hand_over(case_id, kind, to_unit_id, to_account_id));
create policy take_back on cases_handover for update to barnensbasta_app
    using (outcome = '' and from_unit_id = (select access.my_unit()) and case_id = any((select access.my_held_cases())::uuid[]))
    with check (outcome = 'withdrawn' and answered_by_id = (select access.account()) and answered_at = access.at());
-- What was proposed never changes.
call access_owner.immutable_but('cases_handover', '{outcome,answered_by_id,answered_by_name,answered_at,reason}');

create or replace function access.handovers_to_unit() returns table (handover uuid, child_id uuid, child text)
language sql stable security definer set search_path = public, pg_temp as $$
-- What waits to be accepted in the actor's unit, with the child's name: whoever accepts need not
-- work on the case yet.
    select h.id, c.id, trim(c.given_name || ' ' || c.family_name) from cases_handover h
    join cases_process s on s.case_id = h.case_id and s.closed_at is null
    join people_child c on c.id = s.child_id
    where h.outcome = '' and h.to_unit_id = (select access.my_unit()) and h.case_id = any((select access.my_unit_cases())::uuid[])
$$;

create or replace function access_owner.move_responsibility(p_case uuid, p_from uuid, p_to uuid, p_account uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
-- The receiver takes part because it is responsible, and no longer on consent: as with the first
-- unit, nobody's withdrawal leaves the child without. The giver stays on the consent that covers
-- it; without one it keeps what is its own, as when consent ends.
declare
    s record;
    the_group integer := (select group_id from agencies_unit where id = p_from);
begin
    delete from cases_participation where content_object_id = p_case and kind = 'full'
        and group_id = (select group_id from agencies_unit where id = p_to);
    perform access_owner.grant_participation(p_case, p_to, 'full', null, tstzrange(access.at(), null), 'took over the responsibility');
    update cases_process set responsible_unit_id = p_to, responsible_id = p_account where case_id = p_case;
    if access_owner.holds(p_case, p_from) then
        return;  -- it goes on holding the work together
    end if;
    delete from cases_participation where content_object_id = p_case and group_id = the_group and kind = 'full';
    for s in select sc.consent_id, upper(sc.valid) as ends from consent_scope sc join consent_consent c on c.id = sc.consent_id
        join cases_case k on k.child_id = c.child_id
        where k.id = p_case and sc.unit_id = p_from and sc.state = 'given' and sc.valid @> access.at()
    loop
        perform access_owner.grant_participation(p_case, p_from, 'full', s.consent_id, tstzrange(access.at(), s.ends), 'consent');
    end loop;
    if not exists (select from cases_participation q where q.content_object_id = p_case and q.group_id = the_group) then
        perform access_owner.grant_participation(p_case, p_from, 'own', null, tstzrange(access.at(), null), 'handed over');
    end if;
end $$;

create or replace function access.handover_accept(p_handover uuid, p_account uuid, p_name text) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
-- Somebody who works in the receiving unit accepts: she has it from now, or the colleague whom
-- its arbetsledare chooses. Who answers and who is responsible change together, or not at all.
-- Returns the child, or null where it was not there to accept.
declare
    h cases_handover;
    s cases_process;
begin
    select * into h from cases_handover where id = p_handover and outcome = '' and to_unit_id = (select access.my_unit())
        and starts_on <= (access.at() at time zone 'Europe/Stockholm')::date and case_id = any((select access.my_unit_cases())::uuid[]) for update;
    if h.id is null or not (p_account = access.account() or h.to_unit_id is not distinct from (select access.my_lead_unit()))
        or not access_owner.may_be_let_in(h.case_id, p_account, h.to_unit_id) then
        return null;
    end if;
    select * into s from cases_process where case_id = h.case_id for update;
    if s.closed_at is not null or h.from_unit_id is distinct from (case h.kind when 'responsibility' then s.responsible_unit_id
            else coalesce(s.coordinator_unit_id, s.responsible_unit_id) end) then
        return null;
    end if;
    update cases_handover set outcome = 'accepted', answered_by_id = access.account(), answered_by_name = p_name, answered_at = access.at() where id = h.id;
    perform access_owner.assign(h.case_id, p_account, h.to_unit_id, tstzrange(access.at(), null), 'accepted a hand-over');
    if h.kind = 'responsibility' then
        perform access_owner.move_responsibility(h.case_id, h.from_unit_id, h.to_unit_id, p_account);
    else
        update cases_process set coordinator_unit_id = h.to_unit_id, coordinator_id = p_account where case_id = h.case_id;
    end if;
    return s.child_id;
end $$;

create or replace function access.handover_decline(p_handover uuid, p_name text, p_reason text) returns uuid
language sql security definer set search_path = public, pg_temp as $$
-- Somebody who works in the receiving unit says no, and why; the giver goes on. No policy, since
-- whoever declines need not be one who can read the case, or this, afterwards. Returns the child.
    update cases_handover h set outcome = 'declined', answered_by_id = access.account(), answered_by_name = p_name, answered_at = access.at(), reason = p_reason
    from cases_case k where k.id = h.case_id and h.id = p_handover and h.outcome = '' and h.to_unit_id = (select access.my_unit())
      and h.case_id = any((select access.my_unit_cases())::uuid[]) and length(trim(p_reason)) > 0
    returning k.child_id
$$;

-- --- Barn utan ansvarig: nobody who answers for the case works with it any more ----------------

create or replace function access_owner.works_on_for(p_case uuid, p_account uuid, p_unit uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Whether somebody still works in a unit and, without an end to it, on a case there.
    select access_owner.works_in(p_account, p_unit) and exists (select from cases_assignment a
        where a.content_object_id = p_case and a.user_id = p_account and a.unit_id = p_unit and a.valid @> access.at() and upper(a.valid) is null)
$$;

create or replace function access_owner.without_anybody() returns table (case_id uuid, unit_id uuid, kind text)
language sql stable security definer set search_path = public, pg_temp as $$
-- Open cases that nobody answers for in the unit that is responsible, or that holds the work
-- together. What nobody has received yet stands in the unit's inbox instead.
    select s.case_id, s.responsible_unit_id, 'responsibility' from cases_process s
    where s.closed_at is null and not (s.state = 'noticed' and s.responsible_id is null)
      and (s.responsible_id is null or not access_owner.works_on_for(s.case_id, s.responsible_id, s.responsible_unit_id))
    union all
    select s.case_id, s.coordinator_unit_id, 'coordination' from cases_process s
    where s.closed_at is null and s.coordinator_unit_id is not null
      and (s.coordinator_id is null or not access_owner.works_on_for(s.case_id, s.coordinator_id, s.coordinator_unit_id))
$$;

create or replace function access.led_without_anybody() returns table (case_id uuid, kind text)
language sql stable security definer set search_path = public, pg_temp as $$
-- Of those, what stands with the unit that the actor leads.
    select w.case_id, w.kind from access_owner.without_anybody() w
    where w.unit_id = (select access.my_lead_unit()) and w.case_id = any((select access.my_led_in_full())::uuid[])
$$;

create or replace function access.count_without_anybody() returns table (cases bigint, without_lead bigint)
language sql stable security definer set search_path = public, pg_temp as $$
-- For whoever runs the service: how many there are, and of those how many stand with a unit that
-- has no arbetsledare to see it, or no longer takes part. No id of anything. Background work only.
    select count(distinct w.case_id), count(distinct w.case_id) filter (where
            not exists (select from agencies_membership m where m.unit_id = w.unit_id and m.role = 'lead' and m.valid @> access.at())
            or not exists (select from cases_participation p join agencies_unit u on u.group_id = p.group_id
                where u.id = w.unit_id and p.content_object_id = w.case_id and p.kind = 'full' and p.valid @> access.at()))
    from access_owner.without_anybody() w where (select access.background())
$$;

create or replace function access.responsible_name(p_case uuid, p_account uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- The arbetsledare of the unit that has a case says who there answers for it; the one who did
-- works on as before.
declare
    the_unit uuid := (select access.my_lead_unit());
begin
    if not p_case = any((select access.my_led_in_full())::uuid[]) or not access_owner.may_be_let_in(p_case, p_account, the_unit)
        -- Whoever lets herself in says why, which is another way.
        or (p_account = access.account() and not p_case = any((select access.my_assigned_cases())::uuid[])) then
        return false;
    end if;
    update cases_process set responsible_id = case when responsible_unit_id = the_unit then p_account else responsible_id end,
        coordinator_id = case when coordinator_unit_id = the_unit then p_account else coordinator_id end
    where case_id = p_case and closed_at is null and the_unit in (responsible_unit_id, coordinator_unit_id);
    if not found then
        return false;
    end if;
    perform access_owner.assign(p_case, p_account, the_unit, tstzrange(access.at(), null), 'made responsible');
    return true;
end $$;

-- --- What the family is told --------------------------------------------------------------------

create or replace function access_owner.handed_for_family(p_child uuid, p_case uuid) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
-- When the responsibility, or the holding together, went from one unit to another, for the one of
-- the family who acts: between units that she knows of, and whose names tell nothing.
    with known as materialized (select u from access_owner.known_to_family(p_child) u)
    select coalesce(jsonb_agg(jsonb_build_object('at', h.answered_at, 'kind', h.kind,
            'from', access_owner.place_for_family(h.from_unit_id, p_child), 'to', access_owner.place_for_family(h.to_unit_id, p_child))
            order by h.answered_at desc), '[]')
    from cases_handover h where h.case_id = p_case and h.outcome = 'accepted'
      and h.from_unit_id in (select u from known) and h.to_unit_id in (select u from known)
      and access_owner.place_for_family(h.to_unit_id, p_child) <> ''
$$;
