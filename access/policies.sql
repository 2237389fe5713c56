-- The context that every policy reads, and the tools that policies.sql files use.
-- Applied after migrate by "manage.py apply_policies", in one transaction, as the owner.

-- --- Tools for these files -------------------------------------------------------

create or replace procedure access_owner.protect(target text, commands text)
language plpgsql as $$
-- Close a table: row-level security for everybody, the owner too. The owner and
-- the loader (demo and bulk import) pass; the app gets the named commands and
-- then sees only what its policies allow.
begin
    execute format('alter table %I enable row level security', target);
    execute format('alter table %I force row level security', target);
    execute format('create policy owner_all on %I to barnensbasta_owner using (true) with check (true)', target);
    execute format('create policy loader_all on %I to barnensbasta_loader using (true) with check (true)', target);
    if commands <> '' then
        execute format('grant %s on %I to barnensbasta_app', commands, target);
    end if;
end $$;

create or replace procedure access_owner.open_table(target text, commands text, reason text)
language plpgsql as $$
-- A table without row-level security, because it holds no personal data or must
-- be readable before anybody is known. The reason is kept as its comment.
begin
    execute format('alter table %I no force row level security', target);
    execute format('alter table %I disable row level security', target);
    execute format('comment on table %I is %L', target, 'open: ' || reason);
    if commands <> '' then
        execute format('grant %s on %I to barnensbasta_app', commands, target);
    end if;
end $$;

-- --- The context ------------------------------------------------------------------

create or replace function access.account() returns uuid
language sql stable parallel safe
return nullif(current_setting('app.account', true), '')::uuid;

create or replace function access.membership() returns uuid
language sql stable parallel safe
return nullif(current_setting('app.membership', true), '')::uuid;

create or replace function access.at() returns timestamptz
language sql stable parallel safe
return coalesce(nullif(current_setting('app.at', true), '')::timestamptz, now());

create or replace function access_owner.kept_since(p_period interval) returns timestamptz
language sql stable
-- The instant before which something that is kept so long is removed. Never later than the
-- server's own clock says, since the context's can be set; and null, before which nothing is,
-- where somebody is signed in: only background work removes what is old.
return case when access.account() is null then least(access.at(), now()) - p_period end;

create or replace function access.sweep_sessions(p_limit integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
-- Sessions that ended a day ago.
declare
    removed integer;
begin
    delete from django_session where session_key in (
        select session_key from django_session where expire_date < access_owner.kept_since('1 day') limit p_limit for update skip locked);
    get diagnostics removed = row_count;
    return removed;
end $$;

-- Tables without personal data, or that must be read before anybody is known.
call access_owner.open_table('django_migrations', 'select', 'names of migrations');
call access_owner.open_table('django_content_type', 'select', 'names of models');
call access_owner.open_table('auth_permission', 'select', 'names of permissions');
call access_owner.open_table('auth_group', 'select', 'one opaque group for each unit');
call access_owner.open_table('auth_group_permissions', '', 'not used; the app has no right to it');
call access_owner.open_table('guardian_userobjectpermission', '', 'not used; own tables hold the grants');
call access_owner.open_table('guardian_groupobjectpermission', '', 'not used; own tables hold the grants');
call access_owner.open_table('django_session', 'select, insert, update, delete', 'door: read before anybody is known; holds ids only');
