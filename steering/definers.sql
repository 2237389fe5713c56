-- The steering group's figures. Children whose identity is protected are in none of them: a figure
-- for one municipality is below the county. Everything is rounded and suppressed here, so that no raw
-- count leaves the database. The limits stand in steering/rules.py too; a test holds the two
-- together. Why they are as they are: docs/adr/0011-steering-figures.md.

create or replace function access_owner.shown_count(p_count bigint, p_children bigint) returns integer
language sql immutable as $$
-- A count to the nearest 5; null below 5, and where fewer than 5 children stand behind it.
    select case when p_count >= 5 and p_children >= 5 then (round(p_count / 5.0) * 5)::integer end
$$;

create or replace function access_owner.shown_share(p_part bigint, p_base bigint, p_children bigint) returns integer
language sql immutable as $$
-- A share in percent to the nearest 5; null where the base is below 30 or fewer than 5 children.
    select case when p_base >= 30 and p_children >= 5 then (round(p_part * 100.0 / p_base / 5) * 5)::integer end
$$;

create or replace function access_owner.shown_median(p_median double precision, p_children bigint) returns integer
language sql immutable as $$
-- A median in whole days; null where fewer than 5 children stand behind it.
    select case when p_children >= 5 then round(p_median::numeric)::integer end
$$;

create or replace function access_owner.plans_in_force(p_municipality text, p_at timestamptz) returns table (plan uuid, child uuid)
language sql stable security definer set search_path = public, pg_temp as $$
-- plans.rules.plan_in_force at an instant; a test holds the two together: the newest version
-- agreed by then, the case open, consent for the unit that keeps the plan where others have
-- rows in it, and nobody of the family whose latest answer was no.
    select p.id, b.id
    from plans_plan p
    join cases_process c on c.case_id = p.case_id and (c.closed_at is null or c.closed_at >= p_at)
    join people_child b on b.id = c.child_id and b.municipality_code = p_municipality and not exists (select from people_protection o where o.child_id = b.id and o.valid @> access.at())
    cross join lateral (select v.id from plans_planversion v
        where v.plan_id = p.id and v.agreed_at < p_at order by v.no desc limit 1) newest
    where (p.state <> 'closed' or c.closed_at >= p_at)
      and (not exists (select from plans_insats i where i.version_id = newest.id and i.unit_id <> p.owner_unit_id)
        or exists (select from consent_scope s join consent_consent k on k.id = s.consent_id
            where k.child_id = b.id and s.unit_id = p.owner_unit_id and s.valid @> p_at))
      and not exists (select from plans_familyreply r where r.version_id = newest.id and r.value = 'no' and r.replied_at < p_at
        and not exists (select from plans_familyreply later where later.version_id = r.version_id
            and later.guardian_id is not distinct from r.guardian_id and later.child_id is not distinct from r.child_id
            and later.replied_at > r.replied_at and later.replied_at < p_at))
$$;

create or replace function access_owner.follow_ups_due(p_municipality text, p_from date, p_to date, p_at timestamptz) returns table (child uuid, in_time boolean)
language sql stable security definer set search_path = public, pg_temp as $$
-- Follow-ups that were due in a period, and whether each was held on its day or before, as
-- recorded by p_at. One that was never held counts too, unless its case had been closed or a
-- newer version had taken its place by the day that it was due.
    with held as (
        select f.version_id, f.due_on, min(f.held_on) as held_on from plans_followup f
        where f.held_at < p_at group by f.version_id, f.due_on
    ), due as (
        select h.version_id, h.due_on, h.held_on from held h
        union all
        select v.id, v.next_follow_up_on, null from plans_planversion v
        join cases_process c on c.case_id = v.case_id
        where v.agreed_at < p_at and v.next_follow_up_on is not null
          and not exists (select from held h where h.version_id = v.id)
          and (c.closed_at is null or (c.closed_at at time zone 'Europe/Stockholm')::date > v.next_follow_up_on)
          and not exists (select from plans_planversion w where w.plan_id = v.plan_id and w.no > v.no
              and (w.agreed_at at time zone 'Europe/Stockholm')::date <= v.next_follow_up_on)
    )
    select b.id, coalesce(d.held_on <= d.due_on, false)
    from due d join plans_planversion v on v.id = d.version_id
    join cases_case k on k.id = v.case_id join people_child b on b.id = k.child_id
    where b.municipality_code = p_municipality and not exists (select from people_protection o where o.child_id = b.id and o.valid @> access.at()) and d.due_on >= p_from and d.due_on < p_to
$$;

create or replace function access.steering_figures() returns table (
    since date, until date, signals integer, cases_opened integer, days_to_plan integer,
    plans_in_force integer, followed_up_in_time integer, goals_reached integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
-- Six figures on the whole of the actor's municipality for the twelve months to last month's
-- end, rounded; null where too few. No row for anybody but a member of its steering group.
-- It takes no arguments: nothing can be filtered, and within a month nothing changes but by
-- what is corrected afterwards.
declare
    place text;
    first_day date;
    end_day date;
    from_at timestamptz;
    to_at timestamptz;
begin
    select m.municipality_id into place from agencies_membership m join people_account a on a.id = m.account_id
    where m.id = access.membership() and m.account_id = access.account() and a.is_active
      and m.valid @> access.at() and m.role = 'steering' and m.municipality_id is not null;
    if place is null then
        return;
    end if;
    end_day := date_trunc('month', access.at() at time zone 'Europe/Stockholm');
    first_day := end_day - interval '12 months';
    from_at := first_day::timestamp at time zone 'Europe/Stockholm';
    to_at := end_day::timestamp at time zone 'Europe/Stockholm';
    since := first_day;
    until := end_day - 1;
    select access_owner.shown_count(count(*), count(distinct coalesce(k.child_id::text, nullif(s.typed_number, ''), s.typed_name || s.born_on)))
      into signals from cases_signal s left join cases_case k on k.id = s.case_id
     where s.municipality_id = place and s.sent_at >= from_at and s.sent_at < to_at
       and not exists (select from people_protection p where p.valid @> access.at() and (p.child_id = k.child_id or (p.number <> '' and p.number = s.typed_number)));
    select access_owner.shown_count(count(*), count(distinct b.id)) into cases_opened
      from cases_case k join people_child b on b.id = k.child_id
     where b.municipality_code = place and not exists (select from people_protection o where o.child_id = b.id and o.valid @> access.at()) and k.opened_at >= from_at and k.opened_at < to_at;
    select access_owner.shown_median(percentile_cont(0.5) within group (order by
               (agreed.at at time zone 'Europe/Stockholm')::date - (noticed.at at time zone 'Europe/Stockholm')::date), count(distinct b.id))
      into days_to_plan
      from cases_case k join people_child b on b.id = k.child_id
      join (select v.case_id, min(v.agreed_at) as at from plans_planversion v group by v.case_id) agreed on agreed.case_id = k.id
      join (select s.case_id, min(s.sent_at) as at from cases_signal s group by s.case_id) noticed on noticed.case_id = k.id
     where b.municipality_code = place and not exists (select from people_protection o where o.child_id = b.id and o.valid @> access.at()) and agreed.at >= from_at and agreed.at < to_at and noticed.at <= agreed.at;
    select access_owner.shown_count(count(*), count(distinct f.child)) into plans_in_force
      from access_owner.plans_in_force(place, to_at) f;
    select access_owner.shown_share(count(*) filter (where d.in_time), count(*), count(distinct d.child)) into followed_up_in_time
      from access_owner.follow_ups_due(place, first_day, end_day, to_at) d;
    select access_owner.shown_count(count(*), count(distinct b.id)) into goals_reached
      from cases_process c join people_child b on b.id = c.child_id
     where b.municipality_code = place and not exists (select from people_protection o where o.child_id = b.id and o.valid @> access.at()) and c.close_reason = 'goals_reached' and c.closed_at >= from_at and c.closed_at < to_at;
    return next;
end $$;
