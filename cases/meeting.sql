-- --- Meetings --------------------------------------------------------------------------------
-- A meeting is its newest version; older ones stay, and are read by whoever reads the newest.

create or replace function access_owner.newest_meetings(p_cases uuid[]) returns setof cases_meeting
language sql stable security definer set search_path = public, pg_temp as $$
    select distinct on (m.meeting) m.* from cases_meeting m where m.case_id = any(p_cases) order by m.meeting, m.no desc
$$;

create or replace function access.my_meetings() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Versions of meetings that the actor reads whole: her unit holds the case that she works on, or is
-- invited and learns of the other units. Police and leisure read nothing here (R1.2).
    select coalesce(array_agg(m.id), '{}') from access_owner.newest_meetings((select access.my_cases())::uuid[]) n
    join cases_meeting m on m.meeting = n.meeting join cases_process s on s.case_id = n.case_id
    where (select access.my_unit()) in (s.responsible_unit_id, s.coordinator_unit_id)
       or ((select access.sees_others()) and (select access.my_unit()) = any(n.units))
$$;

create or replace function access.meeting_goes_on(p_meeting uuid, p_no integer, p_case uuid, p_state text, p_units uuid[], p_guardians uuid[], p_youth boolean) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- A meeting's first version, or the one after the newest of the same case while it is neither held nor
-- cancelled. Whom it invites have to do with the child now: units that take part in full by the family's
-- yes, guardians and adults with a right. To be held or cancelled changes nothing of who was invited.
    with before as (select m.* from cases_meeting m where m.meeting = p_meeting order by m.no desc limit 1)
    select exists (select from cases_process s where s.case_id = p_case and s.closed_at is null
            and s.case_id = any((select access.my_held_cases())::uuid[]))
        and coalesce((select max(b.no) from before b), 0) + 1 = p_no
        and not exists (select from before b where b.case_id <> p_case or b.state in ('held', 'cancelled'))
        and case when p_state in ('held', 'cancelled')
            then exists (select from before b where b.units = p_units and b.guardians = p_guardians and b.youth = p_youth
                and (b.state = 'booked' or p_state = 'cancelled'))
            else not exists (select from unnest(p_units) u where not exists (select from cases_participation p join agencies_unit a on a.group_id = p.group_id
                    where a.id = u and p.content_object_id = p_case and p.kind = 'full' and p.valid @> access.at()))
                and not exists (select from unnest(p_guardians) g where not exists (select from cases_case k where k.id = p_case and (
                    exists (select from people_guardianship s where s.child_id = k.child_id and s.guardian_id = g and s.valid @> access.at())
                    or exists (select from cases_otheradult o where o.child_id = k.child_id and o.person_id = g and o.valid @> access.at()))))
        end
$$;

call access_owner.protect('cases_meeting', 'select, insert');
create policy read on cases_meeting for select to barnensbasta_app
    using (id = any((select access.my_meetings())::uuid[]));
create policy add on cases_meeting for insert to barnensbasta_app
    with check (unit_id = (select access.my_unit()) and (unit_id = any(units) or state in ('held', 'cancelled'))
        and written_by_id = (select access.account()) and written_at = access.at()
        and (starts_at is null or starts_at = any(proposed))
        and (state <> 'held' or (starts_at at time zone 'Europe/Stockholm')::date <= (access.at() at time zone 'Europe/Stockholm')::date)
        and access.meeting_goes_on(meeting, no, case_id, state, units, guardians, youth));
call access_owner.immutable_but('cases_meeting', '{}');

create or replace function access.meetings_invited() returns table (meeting uuid, case_id uuid, state text, purpose text, purpose_text text,
    proposed timestamptz[], starts_at timestamptz, form text, place text, holds boolean)
language sql stable security definer set search_path = public, pg_temp as $$
-- Time, place and purpose of the meetings that the actor's unit is invited to or holds, in cases that
-- she works on: all that police and leisure learn of a meeting. Nothing of who else is invited.
    select n.meeting, n.case_id, n.state, n.purpose, n.purpose_text, n.proposed, n.starts_at, n.form, n.place, h.holds
    from access_owner.newest_meetings((select access.my_cases())::uuid[]) n join cases_process s on s.case_id = n.case_id,
        lateral (select coalesce((select access.my_unit()) in (s.responsible_unit_id, s.coordinator_unit_id), false) as holds) h
    where s.closed_at is null and (h.holds or (select access.my_unit()) = any(n.units))
$$;

create or replace function access_owner.meetings_for_family(p_child uuid, p_case uuid) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
-- Meetings from today on that the one of the family who acts is invited to, the cancelled too: when,
-- where, which of the units that she knows of come, and the interpreter. Of the others in her family
-- nothing, nor why it was cancelled.
    with known as materialized (select u from access_owner.known_to_family(p_child) u)
    select coalesce(jsonb_agg(jsonb_build_object('state', n.state, 'purpose', n.purpose, 'purpose_text', n.purpose_text,
            'proposed', n.proposed, 'starts_at', n.starts_at, 'form', n.form, 'place', n.place,
            'interpreter', n.interpreter_language, 'interpreter_booked', n.interpreter_booked,
            'units', (select coalesce(jsonb_agg(t.name order by t.name), '[]') from (select access_owner.place_for_family(u, p_child) as name
                from unnest(n.units) u where u in (select k.u from known k)) t where t.name <> ''))
            order by coalesce(n.starts_at, (select min(t) from unnest(n.proposed) t))), '[]')
    from access_owner.newest_meetings(array[p_case]) n
    where n.state in ('proposed', 'booked', 'cancelled')
      and ((select access.my_guardian()) = any(n.guardians) or (n.youth and p_child = (select access.my_self())))
      and (coalesce(n.starts_at, (select max(t) from unnest(n.proposed) t)) at time zone 'Europe/Stockholm')::date
          >= (access.at() at time zone 'Europe/Stockholm')::date
$$;
