-- The role that the tests sign in as: it may become the app or the loader and is neither.
-- Exists on the tests' own servers only.

do $$
begin
    if not exists (select from pg_roles where rolname = 'barnensbasta_tester') then
        create role barnensbasta_tester;
    end if;
    alter role barnensbasta_tester with login nosuperuser nobypassrls nocreatedb nocreaterole;
    execute format('grant connect on database %I to barnensbasta_tester', current_database());
end
$$;

grant barnensbasta_app, barnensbasta_loader to barnensbasta_tester with inherit false, set true;
