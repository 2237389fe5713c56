-- Sessions. The table holds digests of the keys, so that reading it gives nobody a session; and each
-- function wants the digest, so that one can't ask for those of others. They work before anybody is
-- known: whoever has the key is whom the session says. What a session holds is sealed by the server.

create or replace function access.session_find(p_digest text) returns table (data text, ends_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    select s.session_data, s.expire_date from django_session s where s.session_key = p_digest
$$;

create or replace function access.session_add(p_digest text, p_data text, p_ends_at timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- False where the key is taken.
begin
    insert into django_session (session_key, session_data, expire_date) values (p_digest, p_data, p_ends_at)
    on conflict (session_key) do nothing;
    return found;
end $$;

create or replace function access.session_change(p_digest text, p_data text, p_ends_at timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- False where there is none: one that was ended meanwhile doesn't come back.
begin
    update django_session set session_data = p_data, expire_date = p_ends_at where session_key = p_digest;
    return found;
end $$;

create or replace function access.session_move(p_digest text, p_ends_at timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- Only when it ends: what another tab has put into it meanwhile stays.
begin
    update django_session set expire_date = p_ends_at where session_key = p_digest;
    return found;
end $$;

create or replace function access.session_end(p_digest text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from django_session where session_key = p_digest;
    return found;
end $$;

create or replace function access.sweep_sessions(p_limit integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
-- Sessions that ended a day ago.
declare
    removed integer;
begin
    delete from django_session where session_key = any(array(
        select session_key from django_session where expire_date < access_owner.kept_since('1 day') limit p_limit for update skip locked));
    get diagnostics removed = row_count;
    return removed;
end $$;
