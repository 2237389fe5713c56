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
        -- The server's log holds no value: "Key (number)=(…) already exists" and "Failing row contains (…)"
        -- are details of an error, and a statement's parameters are what somebody typed. Set by a superuser,
        -- so that whoever serves can't turn it on.
        execute format('alter role %I set log_error_verbosity = terse', role.name);
        execute format('alter role %I set log_parameter_max_length = 0', role.name);
        execute format('alter role %I set log_parameter_max_length_on_error = 0', role.name);
    end loop;
end
$$;

-- These two send values in the statement itself, so that it isn't logged beside an error either.
alter role barnensbasta_migrator set log_min_error_statement = panic;
alter role barnensbasta_loader set log_min_error_statement = panic;

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

-- Whoever waits for a page has given up by then, and a statement that would take an hour takes the others'
-- pages with it. What reads a whole table by right says so itself (audit/chain.py).
alter role barnensbasta_app set statement_timeout = '30s';

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

-- What other connections of the same role are doing is nobody's business who serves: a role sees the
-- statements of its own role's connections otherwise. (An operator's monitoring has pg_read_all_stats.)
revoke select on pg_stat_activity from public;
revoke execute on function pg_stat_get_activity(integer), pg_stat_get_backend_activity(integer) from public;
-- Nor is ending or stopping their work, which the same role may otherwise.
revoke execute on function pg_terminate_backend(integer, bigint), pg_cancel_backend(integer) from public;
