-- The database's roles and who may what in its schema. Run by a superuser in the project's
-- database, as often as one likes. Policies and grants on tables: each app's policies.sql.
--
-- No role that serves is superuser, owner of a table, or may bypass row-level security.
-- Roles that sign in get no password here: the operator sets one (see docker-compose.yml),
-- and locally the socket's directory is the lock.

do $$
declare
    role record;
begin
    for role in
        select * from (values
            ('barnensbasta_owner', false),     -- owns every table; nobody signs in as it
            ('barnensbasta_migrator', true),   -- migrations and policies, by becoming the owner
            ('barnensbasta_app', true),        -- web, worker and beat: sees what policies let it see
            ('barnensbasta_loader', true)      -- demo and bulk import
        ) as wanted (name, signs_in)
    loop
        if not exists (select from pg_roles where rolname = role.name) then
            execute format('create role %I', role.name);
        end if;
        execute format(
            'alter role %I with %s nosuperuser nobypassrls nocreatedb nocreaterole noreplication inherit',
            role.name, case when role.signs_in then 'login' else 'nologin' end);
    end loop;
end
$$;

-- "inherit false, set true": the migrator acts as owner only where it says so (assume_role).
grant barnensbasta_owner to barnensbasta_migrator with inherit false, set true;

do $$
begin
    execute format('alter database %I owner to barnensbasta_owner', current_database());
    execute format('revoke all on database %I from public', current_database());
    execute format(
        'grant connect on database %I to barnensbasta_migrator, barnensbasta_app, barnensbasta_loader',
        current_database());
end
$$;

create extension if not exists btree_gist;  -- periods that may not overlap
create extension if not exists pg_trgm;     -- search in names
create extension if not exists pgcrypto;    -- the audit's hash chain

alter schema public owner to barnensbasta_owner;
revoke all on schema public from public;
grant usage on schema public to barnensbasta_app, barnensbasta_loader, barnensbasta_migrator;

-- The app gets nothing by default: a table without policies is closed to it.
alter default privileges for role barnensbasta_owner in schema public
    grant select, insert, update, delete on tables to barnensbasta_loader;
alter default privileges for role barnensbasta_owner in schema public
    grant usage, select on sequences to barnensbasta_loader;
-- A function is callable by all unless this says otherwise; definers are granted one by one.
alter default privileges for role barnensbasta_owner revoke execute on functions from public;
