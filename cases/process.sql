-- --- The process (docs/process.md, cases/process.py) -------------------------------------------
-- The same table as in cases/process.py, for whatever writes: pages, tasks and functions alike. A
-- state is left only for one it leads to, a case is closed only for a reason that its state knows,
-- and what comes next has a day. Tests compare every pair of states, every reason and thirty years.

create or replace function access_owner.leads_to(p_from text, p_to text) returns boolean
language sql immutable set search_path = public, pg_temp as $$
    select p_to = any(case p_from
        when 'noticed' then '{dialogue,closed}'
        when 'dialogue' then '{gathering,assessment,consent,closed}'
        when 'gathering' then '{assessment,consent,closed}'
        when 'assessment' then '{consent,closed,dormant}'
        when 'consent' then '{invited,planning,assessment,closed,dormant}'
        when 'invited' then '{met,planning,consent,closed,dormant}'
        when 'met' then '{planning,closed,dormant}'
        when 'planning' then '{implementing,consent,closed,dormant}'
        when 'implementing' then '{follow_up,planning,closed,dormant}'
        when 'follow_up' then '{implementing,planning,closed,dormant}'
        when 'dormant' then '{dialogue,consent,planning,implementing,closed}'
        when 'closed' then '{dialogue}'
        else '{}' end::text[])
$$;

create or replace function access_owner.closes_for(p_from text, p_reason text) returns boolean
language sql immutable set search_path = public, pg_temp as $$
    select case
        when p_from = 'closed' then false
        when p_reason in ('ordinary_service', 'handed_over', 'investigation', 'family_declines', 'moved', 'turned_18') then true
        when p_reason = 'mistake' then p_from in ('noticed', 'dialogue', 'gathering', 'assessment')
        when p_reason in ('consent_withdrawn', 'sip') then p_from not in ('noticed', 'dialogue', 'gathering', 'assessment')
        when p_reason = 'goals_reached' then p_from in ('assessment', 'planning', 'implementing', 'follow_up', 'dormant')
        else false end
$$;

create or replace function access_owner.deadline_of(p_state text, p_step text) returns text
language sql immutable set search_path = public, pg_temp as $$
    select case
        when p_step in ('close', 'hand_over') then 'act'
        when p_step = 'support' then null
        when p_step = 'answer' then 'answer'
        when p_state = 'noticed' then 'receive'
        when p_state in ('dialogue', 'gathering', 'assessment') then 'decide'
        when p_state = 'consent' then 'act'
        when p_state in ('invited', 'met', 'planning') then 'meet' end
$$;

create or replace function access_owner.working_days(p_municipality text, p_deadline text) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
-- As the municipality has set it, or as it came with the installation.
    select coalesce(
        (select d.working_days from cases_deadlinesetting d
            where d.municipality_id = p_municipality and d.deadline = p_deadline order by d.no desc limit 1),
        case p_deadline when 'receive' then 2 when 'decide' then 10 when 'act' then 5 when 'answer' then 10
            when 'meet' then 15 when 'accept' then 5 when 'advise' then 5 end)
$$;

create or replace function access_owner.easter(p_year integer) returns date
language plpgsql immutable set search_path = public, pg_temp as $$
-- Easter Sunday by the Gregorian rule (Butcher).
declare
    a integer := p_year % 19;
    b integer := p_year / 100;
    c integer := p_year % 100;
    h integer := (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    l integer := (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    m integer := (a + 11 * h + 22 * l) / 451;
begin
    return make_date(p_year, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
end $$;

create or replace function access_owner.is_working_day(p_day date) returns boolean
language sql immutable set search_path = public, pg_temp as $$
-- Monday to Friday, no public holiday, and none of the three eves (lag 1930:173, lag 1989:253).
    select extract(isodow from p_day) < 6
        and to_char(p_day, 'MM-DD') not in ('01-01', '01-06', '05-01', '06-06', '12-24', '12-25', '12-26', '12-31')
        and p_day - access_owner.easter(extract(year from p_day)::integer) not in (-2, 1, 39)
        and not (extract(isodow from p_day) = 5 and to_char(p_day, 'MM-DD') between '06-19' and '06-25')
$$;

create or replace function access_owner.add_working_days(p_start date, p_days integer) returns date
language sql immutable set search_path = public, pg_temp as $$
-- The day that lies so many working days after another; the day itself for none.
    select coalesce((select d::date from generate_series(p_start + 1, p_start + p_days * 3 + 14, interval '1 day') d
        where access_owner.is_working_day(d::date) order by d offset p_days - 1 limit 1), p_start)
    where p_days > 0 union all select p_start where p_days <= 0
$$;

create or replace function access_owner.today() returns date
language sql stable set search_path = public, pg_temp as $$
    select (access.at() at time zone 'Europe/Stockholm')::date
$$;

create or replace function access_owner.keep_to_process() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
-- A step that the table doesn't know is refused. A step without a day gets the one that its deadline
-- gives; whoever stays within the same deadline keeps the day she has.
declare
    due text := access_owner.deadline_of(new.state, new.next_step);
    place text;
begin
    if tg_op = 'UPDATE' and new.state is distinct from old.state and not access_owner.leads_to(old.state, new.state) then
        raise exception 'the process does not lead from % to %', old.state, new.state using errcode = 'BB004';
    end if;
    if tg_op = 'UPDATE' and new.state = 'closed' and old.state <> 'closed' and not access_owner.closes_for(old.state, new.close_reason) then
        raise exception 'a case that is % is not closed for %', old.state, new.close_reason using errcode = 'BB004';
    end if;
    if new.next_on is null and due is not null then
        if tg_op = 'UPDATE' and due is not distinct from access_owner.deadline_of(old.state, old.next_step) then
            new.next_on := old.next_on;
        end if;
        if new.next_on is null then
            select c.municipality_code into place from people_child c where c.id = new.child_id;
            new.next_on := access_owner.add_working_days(access_owner.today(), access_owner.working_days(place, due));
        end if;
    end if;
    return new;
end $$;
-- What is loaded has happened already.
create or replace trigger keep_to_process before insert or update of state, next_step on cases_process
    for each row when (current_user <> 'barnensbasta_loader') execute function access_owner.keep_to_process();

create or replace function access_owner.set_answer_by() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
-- By when a hand-over, or a question without a name, is to be answered: as the child's municipality,
-- or for a question that of the unit that was asked, has it. A hand-over never before it can be.
declare
    place text;
    began date;
begin
    if tg_table_name = 'cases_handover' then
        select c.municipality_code into place from cases_case k join people_child c on c.id = k.child_id where k.id = new.case_id;
        began := (new.proposed_at at time zone 'Europe/Stockholm')::date;
        new.answer_by := greatest(new.starts_on, access_owner.add_working_days(began, access_owner.working_days(place, 'accept')));
    else
        select coalesce(t.municipality_id, f.municipality_id) into place from cases_unnamedquestion q
        join agencies_unit t on t.id = q.to_unit_id join agencies_unit f on f.id = q.from_unit_id where q.id = new.question_id;
        began := (new.written_at at time zone 'Europe/Stockholm')::date;
        new.answer_by := access_owner.add_working_days(began, access_owner.working_days(place, 'advise'));
    end if;
    return new;
end $$;
create or replace trigger set_answer_by before insert on cases_handover
    for each row execute function access_owner.set_answer_by();
create or replace trigger set_answer_by before insert on cases_unnamedmessage
    for each row execute function access_owner.set_answer_by();

-- --- Deadlines -----------------------------------------------------------------------------------

-- Everybody who is signed in reads them; the administrator of the municipality itself sets them, in
-- her own name, now, and no row is changed.
call access_owner.protect('cases_deadlinesetting', 'select, insert');
create policy read on cases_deadlinesetting for select to barnensbasta_app
    using ((select access.account()) is not null);
create policy add on cases_deadlinesetting for insert to barnensbasta_app
    with check (municipality_id = (select access.my_municipality_administered())
        and set_by_id = access.account() and set_at = access.at());
call access_owner.immutable_but('cases_deadlinesetting', '{}');
