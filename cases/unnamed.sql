-- Fråga utan namn: of no case and of no child. Read by the one who asked, for the unit that she asked
-- for, and by whoever works in the unit that was asked; by nobody else, not even her colleagues.

create or replace function access.my_questions() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(q.id), '{}') from cases_unnamedquestion q
    where q.to_unit_id = (select access.my_unit())
       or (q.asked_by_id = (select access.account()) and q.from_unit_id = (select access.my_unit()))
$$;

create or replace function access.question_goes_on(p_question uuid, p_no integer) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- The message after the last, of a question that nobody has ended: an odd one by the asker, an even one by
-- the unit that was asked.
    select exists (select from cases_unnamedquestion q where q.id = p_question and q.closed_at is null
        and p_no = 1 + (select coalesce(max(m.no), 0) from cases_unnamedmessage m where m.question_id = q.id)
        and case when p_no % 2 = 1
            then q.asked_by_id = (select access.account()) and q.from_unit_id = (select access.my_unit())
            else q.to_unit_id = (select access.my_unit()) end)
$$;

call access_owner.protect('cases_unnamedquestion', 'select, insert, update (read_no, closed_at)');
create policy read on cases_unnamedquestion for select to barnensbasta_app
    using (to_unit_id = (select access.my_unit())
        or (asked_by_id = (select access.account()) and from_unit_id = (select access.my_unit())));
create policy add on cases_unnamedquestion for insert to barnensbasta_app
    with check (asked_by_id = (select access.account()) and from_unit_id = (select access.my_unit())
        and asked_at = access.at() and closed_at is null and read_no = 0);
create policy change on cases_unnamedquestion for update to barnensbasta_app
    using (asked_by_id = (select access.account()) and from_unit_id = (select access.my_unit()) and closed_at is null)
    with check (asked_by_id = (select access.account()) and (closed_at is null or closed_at = access.at()));

call access_owner.protect('cases_unnamedmessage', 'select, insert');
create policy read on cases_unnamedmessage for select to barnensbasta_app
    using (question_id = any((select access.my_questions())::uuid[]));
create policy add on cases_unnamedmessage for insert to barnensbasta_app
    with check (author_id = (select access.account()) and written_at = access.at()
        and access.question_goes_on(question_id, no));

-- --- What never changes (I24) ----------------------------------------------------------------

call access_owner.immutable_but('cases_unnamedquestion', '{read_no,closed_at}');
call access_owner.immutable_but('cases_unnamedmessage', '{}');

-- --- What is kept no longer (docs/retention.md) ------------------------------------------------

create or replace function access.sweep_questions(p_limit integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
-- Questions in which nobody has written for a year, with all their messages.
declare
    removed integer;
    old uuid[] := array(
        select q.id from cases_unnamedquestion q
        where q.asked_at < access_owner.kept_since('365 days')
          and not exists (select from cases_unnamedmessage m
              where m.question_id = q.id and m.written_at >= access_owner.kept_since('365 days'))
        limit p_limit for update of q skip locked);
begin
    delete from cases_unnamedmessage where question_id = any(old);
    delete from cases_unnamedquestion where id = any(old);
    get diagnostics removed = row_count;
    return removed;
end $$;
