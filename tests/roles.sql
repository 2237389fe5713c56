-- The role that the tests sign in as: it may become the app or the loader and is neither.
-- Exists on the tests' own servers only.

do $$
begin
    if not exists (select from pg_roles where rolname = 'barnensbasta_tester') then
        create role barnensbasta_tester;
    end if;
    alter role barnensbasta_tester with login nosuperuser nobypassrls nocreatedb nocreaterole;
    alter role barnensbasta_tester set log_error_verbosity = terse;
    alter role barnensbasta_tester set log_parameter_max_length = 0;
    alter role barnensbasta_tester set log_parameter_max_length_on_error = 0;
    -- As the app: a statement that hangs is named, instead of waited for.
    alter role barnensbasta_tester set statement_timeout = '30s';
    execute format('grant connect on database %I to barnensbasta_tester', current_database());
end
$$;

grant barnensbasta_app, barnensbasta_loader to barnensbasta_tester with inherit false, set true;
