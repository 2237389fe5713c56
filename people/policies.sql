-- Accounts are the door: read before anybody is known, without personal data.
call access_owner.open_table('people_account', 'select', 'door: opaque user name, no name and no password hash');

-- Password hashes and failed sign-ins are reached by the functions below alone.
call access_owner.protect('people_password', '');
call access_owner.protect('people_signinattempt', '');

create or replace function access.account_to_sign_in(p_username text, p_ticket text) returns table (id uuid, stamp uuid, hash text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
-- The hash to compare with, of one active account, for the user name that the server has sealed: SQL that
-- somebody slips in can ask for none.
#variable_conflict use_column
begin
    if (access_owner.ticket(p_ticket, '{sign_in}'))[3] <> encode(sha256(convert_to(p_username, 'UTF8')), 'hex') then
        raise exception 'the ticket is for another user name' using errcode = '28000';
    end if;
    return query select a.id, a.stamp, p.hash::text from people_account a join people_password p on p.account_id = a.id
        where a.username = p_username and a.is_active;
end $$;

create or replace function access.password_set(p_old text, p_new text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- The one way to a new password hash: one's own, while signed in, and instead of the one that
-- was seen, so that two changes at once do not undo each other.
begin
    update people_password p set hash = p_new from people_account a
    where p.account_id = access.account() and a.id = p.account_id and a.is_active and p.hash = p_old and p_new <> '';
    return found;
end $$;

create or replace function access.sessions_end() returns uuid
language sql security definer set search_path = public, pg_temp as $$
-- One's own sessions are over, but for the one that learns the new stamp.
    update people_account set stamp = gen_random_uuid() where id = access.account() returning stamp
$$;

-- Failed sign-ins, and searches for persons, of which there may be so many in a while.
create or replace function access.attempts_recent(p_name_key text, p_address_key text, p_since timestamptz, p_of_name integer, p_of_address integer)
returns table (of_name boolean, at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
-- When the latest sign-ins failed, of a user name and of an address: keyed hashes, so that one asks
-- only for those that one has been given.
    (select true, a.at from people_signinattempt a where a.name_key = p_name_key and a.at > p_since order by a.at desc limit p_of_name)
    union all
    (select false, a.at from people_signinattempt a where a.address_key = p_address_key and a.at > p_since order by a.at desc limit p_of_address)
    order by 1, 2 desc
$$;

create or replace function access.attempt_failed(p_name_key text, p_address_key text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
-- Counts a failure, or a search; those of a day ago are forgotten.
begin
    delete from people_signinattempt where at <= access.at() - interval '1 day';
    insert into people_signinattempt (id, name_key, address_key, at) values (gen_random_uuid(), p_name_key, p_address_key, access.at());
end $$;

create or replace function access.attempts_forget(p_name_key text) returns void
language sql security definer set search_path = public, pg_temp as $$
-- Whoever has signed in had only mistyped.
    delete from people_signinattempt where name_key = p_name_key and access.account() is not null
$$;

create or replace function access.sweep_attempts(p_limit integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
-- Failed sign-ins of a day ago, which else wait for the next failure.
declare
    removed integer;
begin
    delete from people_signinattempt where id = any(array(
        select id from people_signinattempt where at < access_owner.kept_since('1 day') limit p_limit for update skip locked));
    get diagnostics removed = row_count;
    return removed;
end $$;

create or replace function access.my_guardian() returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
-- The guardian that the account is, while she wears the family's hat.
    select g.id from access_owner.acting() c join people_guardian g on g.account_id = c.account
    join people_account a on a.id = g.account_id
    where c.membership is null and a.is_active
$$;

create or replace function access.my_self() returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
-- The child that the account is: a youth from 16, for herself.
    select b.id from access_owner.acting() c join people_child b on b.account_id = c.account
    join people_account a on a.id = b.account_id
    where c.membership is null and a.is_active and access.birthday(b.born_on, 16) <= c.at
$$;

create or replace function access.my_children() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Children whose guardian the actor is now, contested custody closes at once; and those of whom
-- she has been let do something without custody. A protected identity closes until she has
-- been let in.
    select coalesce(array_agg(distinct child_id), '{}') from (
        select s.child_id from people_guardianship s
        where s.guardian_id = (select access.my_guardian()) and not s.contested and s.valid @> access.at()
        union all
        select a.child_id from cases_otheradult a where a.person_id = (select access.my_guardian()) and a.valid @> access.at()) x
    where not exists (select from access_owner.hidden_from_family() h where h.child_id = x.child_id)
$$;

create or replace function access_owner.stands(p_child uuid, p_person uuid, p_right text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Whether somebody has a right in a child's affairs now: as a guardian whose custody nobody
-- contests, or because it has been given her without custody.
    select exists (select from people_guardianship s where s.child_id = p_child and s.guardian_id = p_person
            and not s.contested and s.valid @> access.at())
        or exists (select from cases_otheradult a where a.child_id = p_child and a.person_id = p_person
            and a.valid @> access.at() and p_right = any(a.rights))
$$;

create or replace function access_owner.my_children_with(p_right text) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Of the children of the actor those in whose affairs she has a right, and whose cases she may meet.
    select coalesce(array_agg(c.id), '{}') from people_child c
    where c.id = any((select access.my_children())::uuid[]) and c.id = any((select access.my_open_children())::uuid[]) and access_owner.stands(c.id, (select access.my_guardian()), p_right)
$$;

create or replace function access.my_shown_children() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$ select access_owner.my_children_with('shown') $$;

create or replace function access.my_plan_children() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$ select access_owner.my_children_with('plan') $$;

create or replace function access.my_answer_children() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$ select access_owner.my_children_with('answers') $$;

create or replace function access.my_family_children() returns uuid[]
language sql stable security definer set search_path = public, pg_temp
return access.my_children()
    || (case when access.my_self() is null then '{}'::uuid[] else array[access.my_self()] end);

-- A youth's own address for mail: nobody else's to read, not her guardians', not her helpers'.
call access_owner.protect('people_youthcontact', 'select');
create policy read on people_youthcontact for select to barnensbasta_app
    using (child_id = (select access.my_self()));

-- Name, number and level of a protected child: functions alone read and write them.
call access_owner.protect('people_protection', '');

-- Guardians' numbers are written and compared by functions alone.
call access_owner.protect('people_guardiannumber', '');

-- --- What never changes (I24): whose a row is, what it belongs to, and what was written ---------

call access_owner.immutable('people_account', '{username}');
call access_owner.immutable('people_password', '{account_id}');
call access_owner.immutable('people_guardianship', '{child_id,guardian_id}');
call access_owner.immutable('people_youthcontact', '{child_id}');
call access_owner.immutable('people_guardiannumber', '{guardian_id}');
call access_owner.immutable('people_protection', '{child_id,level,source,raised_by_id,raised_at}');
