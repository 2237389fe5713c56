-- Nödöppning: a case of one's own unit that one isn't assigned to, for an hour at most, with a
-- reason and a review by another person (SoLPuL 10 §, PDL 4:2). access.my_emergency_cases says
-- what it opens. Across agencies an emergency is no legal basis and opens nothing.

call access_owner.protect('cases_emergency', '');

create or replace function access_owner.emergency_open_now() returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
-- The nödöppning that the actor has open in the unit that she acts for now.
    select jsonb_build_object('id', e.id, 'case', e.case_id, 'until', least(upper(e.valid), e.opened_at + interval '60 minutes')) from cases_emergency e
    where e.account_id = access.account() and e.unit_id = (select access.my_unit()) and e.valid @> access.at()
      and e.case_id = any((select access.my_emergency_cases())::uuid[])
    order by e.opened_at desc limit 1
$$;

create or replace function access.emergency_suspended() returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- A nödöppning of hers that nobody has reviewed in time, whose fault it may not be, takes the right
-- away until somebody has.
    select exists (select from cases_emergency e where e.account_id = access.account() and e.reviewed_at is null
        and e.review_due_on < (access.at() at time zone 'Europe/Stockholm')::date)
$$;

create or replace function access.emergency_find(p_number text) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
-- The open case of a child with exactly this number in which the actor's own unit takes part in
-- full. A closed case, another unit's and none at all give the same: nothing.
    select s.case_id from people_child c join cases_process s on s.child_id = c.id and s.closed_at is null
    join cases_participation p on p.content_object_id = s.case_id and p.group_id = (select access.my_group()) and p.kind = 'full' and p.valid @> access.at()
    where p_number <> '' and c.number = p_number and (select access.my_unit()) is not null
      and not exists (select from access_owner.closed_cases() o where o.case_id = s.case_id)
      and (select access.my_staff_role()) in ('caseworker', 'lead')
$$;

create or replace function access.emergency_open(p_number text, p_code text, p_text text, p_due date, p_minutes integer) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
-- Opens it; one that she had open ends. Null where there is nothing to open or she may not.
declare
    the_case uuid := access.emergency_find(p_number);
    the_id uuid := gen_random_uuid();
begin
    if the_case is null or length(trim(p_text)) < 20 or access.emergency_suspended() or p_minutes > 60
        or the_case = any((select access.my_assigned_cases())::uuid[]) then
        return null;
    end if;
    perform access.emergency_end();
    insert into cases_emergency (id, account_id, unit_id, case_id, code, text, opened_at, valid, review_due_on, verdict, note)
    values (the_id, access.account(), (select access.my_unit()), the_case, p_code, p_text, access.at(),
        tstzrange(access.at(), access.at() + make_interval(mins => p_minutes)), p_due, '', '');
    return jsonb_build_object('id', the_id, 'case', the_case, 'child', (select child_id from cases_case where id = the_case));
end $$;

create or replace function access.emergency_end() returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
-- The actor's own end: she says so, signs out, or signs in anew. In whichever unit.
declare
    ended integer;
begin
    update cases_emergency set valid = case when lower(valid) < access.at() then tstzrange(lower(valid), access.at()) else 'empty' end
    where account_id = access.account() and valid @> access.at();
    get diagnostics ended = row_count;
    return ended;
end $$;

create or replace function access_owner.lead_reviewers(p_unit uuid, p_account uuid) returns table (account uuid)
language sql stable security definer set search_path = public, pg_temp as $$
-- Who reviews: the unit's arbetsledare, but never of what she opened herself.
    select distinct m.account_id from agencies_membership m join people_account a on a.id = m.account_id and a.is_active
    where m.unit_id = p_unit and m.role = 'lead' and m.valid @> access.at() and m.account_id <> p_account
$$;

create or replace function access_owner.data_protection_of(p_unit uuid) returns table (account uuid)
language sql stable security definer set search_path = public, pg_temp as $$
-- The dataskyddsombud of the unit's organisation or, where it has none, of its municipality.
    with all_of as (
        select m.account_id, m.organisation_id = u.organisation_id as nearest from agencies_unit u
        join agencies_organisation o on o.id = u.organisation_id
        join agencies_membership m on m.role = 'data_protection' and m.valid @> access.at()
        left join agencies_organisation mo on mo.id = m.organisation_id
        where u.id = p_unit and (m.organisation_id = u.organisation_id or coalesce(m.municipality_id, mo.municipality_id) = coalesce(u.municipality_id, o.municipality_id)))
    select distinct account_id from all_of where coalesce(nearest, false) or not exists (select from all_of where nearest)
$$;

create or replace function access_owner.emergency_reviewers(e cases_emergency) returns table (account uuid, as_lead boolean)
language sql stable security definer set search_path = public, pg_temp as $$
-- Another arbetsledare of the unit; where there is none, or the three working days have passed,
-- the dataskyddsombud too.
    select l.account, true from access_owner.lead_reviewers(e.unit_id, e.account_id) l
    union
    select d.account, false from access_owner.data_protection_of(e.unit_id) d
    where d.account <> e.account_id and (e.review_due_on < (access.at() at time zone 'Europe/Stockholm')::date
        or not exists (select from access_owner.lead_reviewers(e.unit_id, e.account_id)))
$$;

create or replace function access.emergency_notify(p_emergency uuid) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
-- Queues the notice to those who are to review one's own nödöppning: an id, and nothing of the child.
declare
    queued integer;
begin
    insert into notices_outbox (id, recipient_id, unit, kind, key, subject, created_at, due_at, attempts)
    select gen_random_uuid(), r.account, case when r.as_lead then e.unit_id end, 'emergency_mail', 'opened:' || e.id, e.id, access.at(), access.at(), 0
    from cases_emergency e, access_owner.emergency_reviewers(e) r
    where e.id = p_emergency and e.account_id = access.account()
    on conflict (recipient_id, kind, key) do nothing;
    get diagnostics queued = row_count;
    return queued;
end $$;

create or replace function access_owner.may_review(e cases_emergency) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- As arbetsledare of that unit, or as dataskyddsombud whose turn it is. Nobody reviews her own.
    select e.account_id <> access.account() and ((e.unit_id = (select access.my_lead_unit()))
        or ((select access.my_staff_role()) = 'data_protection'
            and exists (select from access_owner.emergency_reviewers(e) r where r.account = access.account() and not r.as_lead)))
$$;

create or replace function access.emergencies_to_review(p_all boolean) returns table (id uuid, who text, unit text, code text, text text,
    opened_at timestamptz, ended_at timestamptz, due_on date, verdict text, note text, reviewed_at timestamptz, reviewer text, escalated boolean)
language sql stable security definer set search_path = public, pg_temp as $$
-- Those that the actor is to review; with p_all those that have been, too. Never the child. What was
-- written as reason may tell of it, so only the unit's own arbetsledare read it.
    select e.id, coalesce(f.name, ''), u.name, e.code, case when e.unit_id = (select access.my_lead_unit()) then e.text else '' end,
        e.opened_at, coalesce(upper(e.valid), e.opened_at), e.review_due_on, e.verdict,
        case when e.unit_id = (select access.my_lead_unit()) then e.note else '' end, e.reviewed_at, coalesce(r.name, ''),
        e.reviewed_at is null and e.review_due_on < (access.at() at time zone 'Europe/Stockholm')::date
    from cases_emergency e join agencies_unit u on u.id = e.unit_id
    left join agencies_staffmember f on f.account_id = e.account_id left join agencies_staffmember r on r.account_id = e.reviewed_by_id
    where access_owner.may_review(e) and (p_all or e.reviewed_at is null)
      and not exists (select from access_owner.shut_out() o where o.case_id = e.case_id and e.reviewed_at is not null)
    order by e.opened_at desc limit 200
$$;

create or replace function access.emergency_lines(p_emergency uuid) returns table (at timestamptz, kind text, action text)
language sql stable security definer set search_path = public, pg_temp as $$
-- What was opened and written under it, as the unit's own log has it: codes, no content.
    select v.at, v.kind, v.action from cases_emergency e
    join audit_event v on v.account = e.account_id and v.unit = e.unit_id and v."case" = e.case_id
        and v.at >= e.opened_at and v.at < coalesce(upper(e.valid), e.opened_at + interval '1 minute') and v.kind in ('read', 'write', 'emergency', 'denied')
    where e.id = p_emergency and access_owner.may_review(e)
    order by v.sequence limit 500
$$;

create or replace function access.emergency_review(p_emergency uuid, p_verdict text, p_note text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- Another person has judged it, once. With it the right that was suspended comes back.
begin
    update cases_emergency e set verdict = p_verdict, note = p_note, reviewed_by_id = access.account(), reviewed_at = access.at()
    where e.id = p_emergency and e.reviewed_at is null and p_verdict in ('right', 'wrong')
      and (p_verdict = 'right' or length(trim(p_note)) >= 10) and access_owner.may_review(e);
    return found;
end $$;

create or replace function access.emergencies_escalate() returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
-- Those that nobody reviewed in three working days reach the dataskyddsombud. Answers background
-- work that acts as nobody, never a page.
declare
    escalated integer;
begin
    with late as (
        update cases_emergency e set escalated_at = access.at()
        where access.background() and e.reviewed_at is null and e.escalated_at is null
          and e.review_due_on < (access.at() at time zone 'Europe/Stockholm')::date
        returning e.*)
    insert into notices_outbox (id, recipient_id, unit, kind, key, subject, created_at, due_at, attempts)
    select gen_random_uuid(), d.account, null, 'emergency_mail', 'late:' || e.id, e.id, access.at(), access.at(), 0
    from late e, access_owner.data_protection_of(e.unit_id) d
    on conflict (recipient_id, kind, key) do nothing;
    get diagnostics escalated = row_count;
    return escalated;
end $$;

create or replace function access.emergency_concerns_me(p_emergency uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Whether the mail about it still has somebody to reach: it waits, and the actor is to review it.
    select exists (select from cases_emergency e where e.id = p_emergency and e.reviewed_at is null and access_owner.may_review(e))
$$;

-- --- What never changes (I24) ------------------------------------------------------------------

call access_owner.immutable('cases_emergency', '{account_id,unit_id,case_id,code,text,opened_at,review_due_on}');
