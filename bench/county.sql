-- The county of bench/data.py. Words that begin with a colon are its numbers.

create function pg_temp.uid(kind text, n bigint) returns uuid language sql immutable as
    $$ select md5(kind || n)::uuid $$;
create function pg_temp.always() returns tstzrange language sql stable as
    $$ select tstzrange(date_trunc('day', now()) - interval '300 days', null) $$;
create function pg_temp.unit_of(n bigint) returns bigint language sql immutable as
    $$ select (n - 1) / :per_unit + 1 $$;
create function pg_temp.person_of(n bigint) returns bigint language sql immutable as
    $$ select pg_temp.unit_of(n) * 10 + least(((n - 1) % :per_unit) / :per_person, 8) $$;
create function pg_temp.pick(names text[], n bigint) returns text language sql immutable as
    $$ select names[1 + abs(hashint8(n)) % cardinality(names)] $$;
create function pg_temp.given(n bigint) returns text language sql immutable as
    $$ select pg_temp.pick('{Alva,Elsa,Hugo,Liam,Maja,Noah,Olle,Saga,Tage,Vera,Wilma,Åke,Ärla,Örjan,Milo,Nour}', n) $$;
create function pg_temp.family(n bigint) returns text language sql immutable as
    $$ select pg_temp.pick('{Ahl,Berg,Dahl,Ek,Falk,Gran,Holm,Kvist,Lind,Moberg,Nord,Quist,Rask,Sund,Wik,Åberg}', n * 31)
           || pg_temp.pick('{man,gren,ström,fors,lund,mark,sten,dal,by,vik}', n * 57) $$;

-- In the order of their keys. A case's number is its child's; n * 1000 + k is its k-th entry.

insert into agencies_municipality (code, name, county_code, report_url, social_services_phone, emergency_social_phone)
    values ('0761', 'Lessebo', '07', 'https://example.org/', '0478', '0478');
insert into agencies_organisation (id, name, municipality_id, is_public) values (pg_temp.uid('organisation', 1), 'Region', null, true);
insert into auth_group (id, name) select u, 'unit ' || u from generate_series(1, :units + 1) u;
insert into agencies_unit (id, organisation_id, municipality_id, kind, name, group_id, phone, hours, does, does_not, on_call, is_default, shared_computers)
    select pg_temp.uid('unit', u), pg_temp.uid('organisation', 1), '0761',
        case when u > :units then 'health_care' else 'child_health' end, 'BVC ' || u, u, '0470', '', '', '', '', false, false
    from generate_series(1, :units + 1) u;
insert into people_account (id, username, is_active, stamp)
    select pg_temp.uid('account', u * 10 + p), 's' || u * 10 + p, true, pg_temp.uid('stamp', u * 10 + p) from generate_series(1, :units + 1) u, generate_series(0, 9) p;
insert into people_account (id, username, is_active, stamp)
    select pg_temp.uid('guardian account', n), 'g' || n, true, pg_temp.uid('stamp of guardian', n) from generate_series(1, 20) n;
insert into agencies_staffmember (account_id, name, phone, email)
    select pg_temp.uid('account', n), pg_temp.given(n) || ' ' || pg_temp.family(n), '0470-1', '' from generate_series(10, :units * 10 + 19) n;
insert into agencies_membership (id, account_id, unit_id, role, title, valid)
    select pg_temp.uid('membership', n), pg_temp.uid('account', n), pg_temp.uid('unit', n / 10),
        case when n % 10 = 9 then 'lead' else 'caseworker' end, 'sjuksköterska', pg_temp.always()
    from generate_series(10, :units * 10 + 19) n;
insert into agencies_membership (id, account_id, unit_id, role, title, valid)
    select pg_temp.uid('more memberships', u), pg_temp.uid('account', 10), pg_temp.uid('unit', u), 'caseworker', 'sjuksköterska', pg_temp.always()
    from generate_series(2, 3) u;
insert into people_child (id, reserve_number, given_name, family_name, born_on, municipality_code, language, interpreter_language)
    select pg_temp.uid('child', n), 'R' || upper(left(md5('child' || n), 12)), pg_temp.given(n), pg_temp.family(n),
        current_date - 400 - (n % 1200)::int, '0761', 'sv', ''
    from generate_series(1, :cases) n;
insert into people_guardian (id, account_id, given_name, family_name, phone, email, language)
    select pg_temp.uid('guardian', n), case when n <= 20 then pg_temp.uid('guardian account', n) end,
        pg_temp.given(n + 7), pg_temp.family((n + 1) / 2), '070-1', '', 'sv'
    from generate_series(1, :cases * 2) n;
insert into people_guardianship (id, child_id, guardian_id, source, relation, contested, valid, end_reason)
    select pg_temp.uid('guardianship', n), pg_temp.uid('child', (n + 1) / 2), pg_temp.uid('guardian', n), 'population_register',
        case when n % 2 = 1 then 'mother' else 'father' end, false, pg_temp.always(), ''
    from generate_series(1, :cases * 2) n;
insert into cases_case (id, child_id, opened_at) select pg_temp.uid('case', n), pg_temp.uid('child', n), now() - interval '200 days' from generate_series(1, :cases) n;
insert into cases_process (case_id, child_id, state, responsible_unit_id, responsible_id, next_step, next_on, state_since, close_reason)
    select pg_temp.uid('case', n), pg_temp.uid('child', n), ('{dialogue,gathering,assessment,implementing,follow_up}'::text[])[1 + n % 5],
        pg_temp.uid('unit', pg_temp.unit_of(n)), pg_temp.uid('account', pg_temp.person_of(n)), 'talk', current_date + (n % 60)::int - 10,
        now() - interval '20 days', ''
    from generate_series(1, :cases) n;
insert into cases_participation (id, permission_id, group_id, content_object_id, kind, valid, granted_at, reason)
    select pg_temp.uid('participation', n), p.id, pg_temp.unit_of(n), pg_temp.uid('case', n), 'full', pg_temp.always(), now(), ''
    from generate_series(1, :cases) n, auth_permission p where p.codename = 'take_part_case';
insert into cases_assignment (id, permission_id, user_id, unit_id, content_object_id, valid, granted_at, reason)
    select pg_temp.uid('assignment', n), p.id, pg_temp.uid('account', pg_temp.person_of(n)), pg_temp.uid('unit', pg_temp.unit_of(n)),
        pg_temp.uid('case', n), pg_temp.always(), now(), ''
    from generate_series(1, :cases) n, auth_permission p where p.codename = 'work_on_case';
insert into cases_assignment (id, permission_id, user_id, unit_id, content_object_id, valid, granted_at, reason)
    select pg_temp.uid('more assignments', n), p.id, pg_temp.uid('account', 10), pg_temp.uid('unit', pg_temp.unit_of(n)),
        pg_temp.uid('case', n), pg_temp.always(), now(), ''
    from generate_series(:per_unit + 1, :per_unit * 3) n, auth_permission p
    where p.codename = 'work_on_case' and (n - 1) % :per_unit < :per_person;
insert into consent_consent (id, child_id, from_unit_id, purpose, valid, state, asked_by_id, asked_at)
    select pg_temp.uid('consent', n), pg_temp.uid('child', n), pg_temp.uid('unit', pg_temp.unit_of(n)), 'Gemensamt stöd',
        tstzrange(now() - interval '30 days', now() + interval '200 days'), 'given', pg_temp.uid('account', pg_temp.person_of(n)), now()
    from generate_series(1, :cases, 3) n;
insert into consent_scope (id, consent_id, unit_id, categories, state, ends_at, valid)
    select pg_temp.uid('scope', n), pg_temp.uid('consent', n), pg_temp.uid('unit', :units + 1), '{basis,practical}', 'given',
        now() + interval '200 days', tstzrange(now() - interval '30 days', now() + interval '200 days')
    from generate_series(1, :cases, 3) n;
insert into consent_answer (id, scope_id, guardian_id, required, reply, route, replied_at)
    select pg_temp.uid('answer', n * 2 + g), pg_temp.uid('scope', n), pg_temp.uid('guardian', n * 2 - g), true, 'yes', 'paper', now()
    from generate_series(1, :cases, 3) n, generate_series(0, 1) g;
insert into cases_participation (id, permission_id, group_id, content_object_id, kind, consent_id, valid, granted_at, reason)
    select pg_temp.uid('their participation', n), p.id, :units + 1, pg_temp.uid('case', n), 'full', pg_temp.uid('consent', n),
        pg_temp.always(), now(), ''
    from generate_series(1, :cases, 3) n, auth_permission p where p.codename = 'take_part_case';
create temp table wanted as
    select n, k, n * 1000 + k as e, current_date - (k * 97 / 100) % 280 as day, now() - k * interval '1 day' as at
    from generate_series(1, :cases) n, lateral generate_series(1, case when n = 1 then :long else 4 end) k;
insert into cases_entry (id, case_id, owner_unit_id, kind, happened_on, created_by_id, created_at)
    select pg_temp.uid('entry', e), pg_temp.uid('case', n), pg_temp.uid('unit', pg_temp.unit_of(n)), ('{note,observation,assessment}'::text[])[1 + k % 3],
        day, pg_temp.uid('account', pg_temp.person_of(n)), at from wanted;
insert into cases_version (id, entry_id, case_id, owner_unit_id, no, kind, category, body, data, author_id, author_name, author_title, unit_name, happened_on, written_at, beyond_consent)
    select pg_temp.uid('version', e), pg_temp.uid('entry', e), pg_temp.uid('case', n), pg_temp.uid('unit', pg_temp.unit_of(n)), 1,
        ('{note,observation,assessment}'::text[])[1 + k % 3], 'basis', repeat('Vi talade om hur det går. ', 1 + k % 12) || e, '{}',
        pg_temp.uid('account', pg_temp.person_of(n)), 'Elsa Ek', 'sjuksköterska', 'BVC ' || pg_temp.unit_of(n), day, at, false from wanted;
insert into cases_disclosure (id, version_id, case_id, owner_unit_id, to_guardian_id, basis, basis_no, rule, test, outcome, duty, grounds, second, declined_because,
        child_asked, decided_by_id, decided_at, valid)
    select pg_temp.uid('disclosure', e * 10 + g), pg_temp.uid('version', e), pg_temp.uid('case', n), pg_temp.uid('unit', pg_temp.unit_of(n)),
        pg_temp.uid('guardian', n * 2 - g), 'B14', 1, 'OSL 25:1', 'reversed', 'lifted', '', '', '', '', true, pg_temp.uid('account', pg_temp.person_of(n)), at, pg_temp.always()
    from wanted, generate_series(0, 1) g where k % 2 = 0;
insert into cases_disclosure (id, version_id, case_id, owner_unit_id, to_unit_id, consent_id, basis, basis_no, rule, test, outcome, duty, grounds, second, declined_because,
        child_asked, decided_by_id, decided_at, valid)
    select pg_temp.uid('their disclosure', e), pg_temp.uid('version', e), pg_temp.uid('case', n), pg_temp.uid('unit', pg_temp.unit_of(n)),
        pg_temp.uid('unit', :units + 1), pg_temp.uid('consent', n), 'B1', 1, 'OSL 25:1', 'reversed', 'lifted', '', '', '', '', true, pg_temp.uid('account', pg_temp.person_of(n)), at, pg_temp.always()
    from wanted where k % 4 = 0 and n % 3 = 1;
insert into plans_plan (id, case_id, owner_unit_id, kind, state, created_by_id, created_at)
    select pg_temp.uid('plan', n), pg_temp.uid('case', n), pg_temp.uid('unit', pg_temp.unit_of(n)), 'childs_plan', 'agreed',
        pg_temp.uid('account', pg_temp.person_of(n)), now() from generate_series(1, :cases, 2) n;
insert into plans_planversion (id, plan_id, case_id, owner_unit_id, no, edit_no, edited_by_name, edited_at, next_follow_up_on)
    select pg_temp.uid('plan version', n), pg_temp.uid('plan', n), pg_temp.uid('case', n), pg_temp.uid('unit', pg_temp.unit_of(n)), 1, 0, 'Elsa Ek',
        now(), current_date + 30 from generate_series(1, :cases, 2) n;
insert into plans_goal (id, version_id, case_id, owner_unit_id, lineage, position, text, sign, wheel_area)
    select pg_temp.uid('goal', n * 10 + g), pg_temp.uid('plan version', n), pg_temp.uid('case', n), pg_temp.uid('unit', pg_temp.unit_of(n)),
        pg_temp.uid('goal', n * 10 + g), g, 'Att det går bättre ' || g, '', '' from generate_series(1, :cases, 2) n, generate_series(1, 3) g;
insert into plans_insats (id, version_id, case_id, owner_unit_id, goal_id, lineage, position, what, unit_id, contact_name, contact_title, contact_phone, unit_name)
    select pg_temp.uid('insats', n * 10 + g), pg_temp.uid('plan version', n), pg_temp.uid('case', n), pg_temp.uid('unit', pg_temp.unit_of(n)),
        pg_temp.uid('goal', n * 10 + g), pg_temp.uid('insats', n * 10 + g), g, 'Språklek varje dag', pg_temp.uid('unit', pg_temp.unit_of(n)),
        'Elsa Ek', 'sjuksköterska', '0470-1', 'BVC ' || pg_temp.unit_of(n) from generate_series(1, :cases, 2) n, generate_series(1, 3) g;
-- Agreed only now, since the rows of an agreed version never change.
update plans_planversion set agreed_at = now() - interval '1 day', agreed_by_id = null;
insert into plans_release (id, version_id, case_id, owner_unit_id, to_guardian_id, rows, basis, released_at, valid)
    select pg_temp.uid('release', n * 2 + g), pg_temp.uid('plan version', n), pg_temp.uid('case', n), pg_temp.uid('unit', pg_temp.unit_of(n)),
        pg_temp.uid('guardian', n * 2 - g), 'all', 'B14', now(), pg_temp.always() from generate_series(1, :cases, 2) n, generate_series(0, 1) g;
