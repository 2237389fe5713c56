-- --- One reminder system (plans/reminders.py) -----------------------------------------------------
-- What is due, for whom, whatever it is: a follow-up, the next step of a case, a hand-over to answer,
-- a question without a name, a consent that ends. Ids and dates only; that it is done is that it is
-- no longer here.

create or replace function access_owner.due_follow_ups(p_on date) returns table (subject uuid, case_id uuid, unit uuid, responsible uuid, due_on date)
language sql stable security definer set search_path = public, pg_temp as $$
-- The newest agreed version of each plan whose next follow-up is within 14 days of p_on or
-- has passed. Once a follow-up was held, the next one's day stands in the process, or in
-- the draft that was begun.
    select v.id, v.case_id, -- By who holds the work together now, also where another unit wrote the plan and handed it over.
        coalesce(c.coordinator_unit_id, c.responsible_unit_id), coalesce(c.coordinator_id, c.responsible_id), f.due_on
    from plans_planversion v join plans_plan p on p.id = v.plan_id join cases_process c on c.case_id = v.case_id,
    lateral (select case when not exists (select from plans_followup h where h.version_id = v.id) then v.next_follow_up_on
        when c.next_step = 'follow_up' then c.next_on
        else (select d.next_follow_up_on from plans_planversion d where d.plan_id = v.plan_id and d.agreed_at is null and d.discarded_at is null) end as due_on) f
    where p.state in ('agreed', 'followed_up') and c.closed_at is null and v.agreed_at is not null
      and v.no = (select max(w.no) from plans_planversion w where w.plan_id = v.plan_id and w.agreed_at is not null)
      and f.due_on <= p_on + 14
$$;

create or replace function access_owner.ending_consents(p_on date) returns table (subject uuid, case_id uuid, unit uuid, responsible uuid, due_on date)
language sql stable security definer set search_path = public, pg_temp as $$
-- Consents by which a unit is shown things, with the last day, within 60 days of p_on: where none that
-- the unit has lasts longer, and no newer question about it waits (consent/renewals.py).
    select e.consent, p.case_id, coalesce(p.coordinator_unit_id, p.responsible_unit_id), coalesce(p.coordinator_id, p.responsible_id), min(e.last_on)
    from cases_process p, lateral (
        select distinct on (s.unit_id) s.unit_id, c.id as consent, c.asked_at,
            ((upper(s.valid) - interval '1 microsecond') at time zone 'Europe/Stockholm')::date as last_on
        from consent_consent c join consent_scope s on s.consent_id = c.id and s.state = 'given' and s.valid @> access.at()
        where c.child_id = p.child_id order by s.unit_id, upper(s.valid) desc) e
    where p.closed_at is null and e.last_on between p_on and p_on + 60
      and not exists (select from consent_consent n join consent_scope w on w.consent_id = n.id
          where n.child_id = p.child_id and w.unit_id = e.unit_id and w.state = 'waiting' and n.asked_at > e.asked_at)
    group by e.consent, p.case_id, p.coordinator_unit_id, p.responsible_unit_id, p.coordinator_id, p.responsible_id
$$;

create or replace function access_owner.due_of_cases(p_on date) returns table (subject uuid, kind text, case_id uuid, unit uuid, responsible uuid, due_on date)
language sql stable security definer set search_path = public, pg_temp as $$
-- What is due in a case, by the unit and the person that it stands with.
    select f.subject, 'follow_up', f.case_id, f.unit, f.responsible, f.due_on from access_owner.due_follow_ups(p_on) f
    union all
    select p.case_id, 'step', p.case_id, coalesce(p.coordinator_unit_id, p.responsible_unit_id), coalesce(p.coordinator_id, p.responsible_id), p.next_on
    from cases_process p where p.closed_at is null and p.next_step <> 'follow_up' and p.next_on <= p_on + 3
    union all
    select h.id, 'handover', h.case_id, h.to_unit_id, h.to_account_id, h.answer_by
    from cases_handover h join cases_process p on p.case_id = h.case_id and p.closed_at is null
    where h.outcome = '' and h.answer_by <= p_on + 3
    union all
    select e.subject, 'consent', e.case_id, e.unit, e.responsible, e.due_on from access_owner.ending_consents(p_on) e
$$;

create or replace function access_owner.due_questions(p_on date) returns table (subject uuid, unit uuid, due_on date)
language sql stable security definer set search_path = public, pg_temp as $$
-- Questions without a name whose last message waits for the unit that was asked.
    select q.id, q.to_unit_id, m.answer_by from cases_unnamedquestion q
    join cases_unnamedmessage m on m.question_id = q.id and m.no % 2 = 1
        and m.no = (select max(o.no) from cases_unnamedmessage o where o.question_id = q.id)
    where q.closed_at is null and m.answer_by <= p_on + 3
$$;

create or replace function access.due_reminders(p_on date)
returns table (account uuid, subject uuid, kind text, due_on date, as_lead boolean, told text[])
language sql stable security definer set search_path = public, pg_temp as $$
-- Who is to be reminded of what, as things stand now, and at which stages she has been told: whoever
-- it stands with; where she has left the case, those who work on it in that unit; where there is
-- nobody, its arbetsledare, who is told later in any case. A question without a name stands with
-- the arbetsledare of the unit that was asked. Ids and dates only; to somebody signed in her own only.
    with due as (select * from access_owner.due_of_cases(p_on) d
        -- A closed case reminds nobody by mail; it stands on Mitt arbete of those who are named.
        where not exists (select from access_owner.closed_cases() o where o.case_id = d.case_id)
          and exists (select from cases_participation q join agencies_unit u on u.group_id = q.group_id
            where q.content_object_id = d.case_id and u.id = d.unit and q.kind = 'full' and q.valid @> access.at())
          -- Nor in a school's break; what came due in it is told of once when it is over.
          and not access_owner.rests(d.unit, p_on)),
    working as (
        select distinct d.subject, a.user_id as account, a.user_id is not distinct from d.responsible as holds
        from due d join cases_assignment a on a.content_object_id = d.case_id and a.unit_id = d.unit
            and a.valid @> access.at() and upper(a.valid) is null
        join agencies_membership m on m.account_id = a.user_id and m.unit_id = d.unit and m.valid @> access.at() and m.role in ('caseworker', 'lead', 'lawyer')),
    told_to as (
        select w.account, w.subject, false as as_lead from working w
        where w.holds or not exists (select from working o where o.subject = w.subject and o.holds)
        union
        select m.account_id, d.subject, exists (select from working w where w.subject = d.subject)
        from due d join agencies_membership m on m.unit_id = d.unit and m.role = 'lead' and m.valid @> access.at()
        union
        select m.account_id, q.subject, false
        from access_owner.due_questions(p_on) q join agencies_membership m on m.unit_id = q.unit and m.role = 'lead' and m.valid @> access.at()
        where not access_owner.rests(q.unit, p_on)),
    things as (
        select d.subject, d.kind, d.due_on from due d
        union all select q.subject, 'question', q.due_on from access_owner.due_questions(p_on) q)
    select t.account, t.subject, d.kind, d.due_on, t.as_lead,
        array(select r.stage::text from notices_reminder r where r.recipient_id = t.account and r.subject = t.subject and r.due_on = d.due_on)
    from told_to t join things d on d.subject = t.subject join people_account p on p.id = t.account and p.is_active
    where access.background() or t.account = access.account()
$$;

create or replace function access.sweep_reminders(p_limit integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
-- Reminders of what was due 90 days ago and is due no longer: while it still is, they keep
-- it from being told again.
declare
    removed integer;
    since timestamptz := access_owner.kept_since('90 days');
begin
    with due as materialized (
        select f.subject, f.due_on from access_owner.due_of_cases((since at time zone 'Europe/Stockholm')::date + 90) f
        union all
        select q.subject, q.due_on from access_owner.due_questions((since at time zone 'Europe/Stockholm')::date + 90) q)
    delete from notices_reminder where id = any(array(
        select r.id from notices_reminder r where r.due_on < (since at time zone 'Europe/Stockholm')::date
          and not exists (select from due d where d.subject = r.subject and d.due_on = r.due_on)
        limit p_limit for update skip locked));
    get diagnostics removed = row_count;
    return removed;
end $$;
