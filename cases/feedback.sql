-- --- Återkoppling: what the sender of a signal is told ------------------------------------------

create or replace function access.feedback_may_say(p_signal uuid) returns text[]
language sql stable security definer set search_path = public, pg_temp as $$
-- What the unit that received a signal, and holds its case, may tell the sender. The family's yes to the
-- signal covers what came of that talk itself; that a plan has begun, only a yes that covers the
-- sender's unit. Of a case that is closed to others no more than that it was received.
    select case
        when exists (select from access_owner.closed_cases() o where o.case_id = s.case_id) then '{received}'::text[]
        when exists (select from consent_scope sc join consent_consent c on c.id = sc.consent_id join cases_case k on k.child_id = c.child_id
            where k.id = s.case_id and sc.unit_id = s.from_unit_id and sc.state = 'given' and sc.valid @> access.at())
            then '{talked,plan,otherwise,received}'::text[]
        when s.yes_from <> '' and s.yes_on is not null then '{talked,otherwise,received}'::text[]
        else '{received}'::text[] end
    from cases_signal s where s.id = p_signal and s.to_unit_id = (select access.my_unit()) and s.taken_at is not null
      and s.case_id = any((select access.my_held_cases())::uuid[])
$$;

create or replace function access.case_of_signal(p_signal uuid) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
-- The case that a signal to the actor's unit has come to.
    select s.case_id from cases_signal s where s.id = p_signal and s.to_unit_id = (select access.my_unit())
$$;

call access_owner.protect('cases_feedback', 'select, insert');
create policy read on cases_feedback for select to barnensbasta_app
    using (unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[]));
create policy add on cases_feedback for insert to barnensbasta_app
    with check (unit_id = (select access.my_unit()) and case_id = any((select access.my_held_cases())::uuid[])
        and given_by_id = (select access.account()) and given_at = access.at()
        and case_id = access.case_of_signal(signal_id) and what = any(access.feedback_may_say(signal_id)));
call access_owner.immutable_but('cases_feedback', '{}');

create or replace function access.feedback_to_me() returns table (signal uuid, what text, given_on date)
language sql stable security definer set search_path = public, pg_temp as $$
-- What the actor is told of the signals that she sent, or that were sent from the unit she leads: the
-- sentence and the day. Not which unit says it, since that can tell that the child had a case before.
    select f.signal_id, f.what, (f.given_at at time zone 'Europe/Stockholm')::date
    from cases_feedback f join cases_signal s on s.id = f.signal_id
    where s.from_unit_id = (select access.my_unit()) and not s.id = any((select access.my_shut_signals())::uuid[])
      and (s.sent_by_id = (select access.account()) or s.from_unit_id = (select access.my_lead_unit()))
$$;
