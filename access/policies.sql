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

-- Tables without personal data, or that must be read before anybody is known.
call access_owner.open_table('django_migrations', 'select', 'names of migrations');
call access_owner.open_table('django_content_type', 'select', 'names of models');
call access_owner.open_table('auth_permission', 'select', 'names of permissions');
call access_owner.open_table('auth_group', 'select', 'one opaque group for each unit');
call access_owner.open_table('auth_group_permissions', '', 'not used; the app has no right to it');
call access_owner.open_table('guardian_userobjectpermission', '', 'not used; own tables hold the grants');
call access_owner.open_table('guardian_groupobjectpermission', '', 'not used; own tables hold the grants');
call access_owner.open_table('django_session', 'select, insert, update, delete', 'door: read before anybody is known; holds ids only');
