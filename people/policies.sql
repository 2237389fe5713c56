-- Accounts are the door: read before anybody is known, without personal data.
call access_owner.open_table('people_account', 'select, update (last_login)', 'door: opaque user name and password hash, no name');
call access_owner.open_table('people_signinattempt', 'select, insert, delete', 'door: keyed hashes of failed sign-ins, written before anybody is known');

create or replace function access.password_set(p_old text, p_new text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- The one way to a new password hash: one's own, while signed in, and instead of the one that
-- was seen, so that two changes at once do not undo each other.
begin
    update people_account set password = p_new
    where id = access.account() and is_active and password = p_old and p_new <> '';
    return found;
end $$;

create or replace function access.sweep_attempts(p_limit integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
-- Failed sign-ins of a day ago, which else wait for the next failure.
declare
    removed integer;
begin
    delete from people_signinattempt where id in (
        select id from people_signinattempt where at < access_owner.kept_since('1 day') limit p_limit for update skip locked);
    get diagnostics removed = row_count;
    return removed;
end $$;

create or replace function access.my_guardian() returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
-- The guardian that the account is, while she wears the family's hat.
    select g.id from people_guardian g join people_account a on a.id = g.account_id
    where g.account_id = access.account() and access.membership() is null and a.is_active
$$;

create or replace function access.my_self() returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
-- The child that the account is: a youth from 16, for herself.
    select c.id from people_child c join people_account a on a.id = c.account_id
    where c.account_id = access.account() and access.membership() is null and a.is_active
      and (c.born_on + interval '16 years') at time zone 'Europe/Stockholm' <= access.at()
$$;

create or replace function access.my_children() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Children whose guardian the actor is now; contested custody closes at once.
    select coalesce(array_agg(s.child_id), '{}') from people_guardianship s
    where s.guardian_id = (select access.my_guardian()) and not s.contested and s.valid @> access.at()
$$;

create or replace function access.my_family_children() returns uuid[]
language sql stable security definer set search_path = public, pg_temp
return access.my_children()
    || (case when access.my_self() is null then '{}'::uuid[] else array[access.my_self()] end);

-- A youth's own address for mail: nobody else's to read, not her guardians', not her helpers'.
call access_owner.protect('people_youthcontact', 'select');
create policy read on people_youthcontact for select to barnensbasta_app
    using (child_id = (select access.my_self()));

-- Guardians' numbers are written and compared by functions alone.
call access_owner.protect('people_guardiannumber', '');
