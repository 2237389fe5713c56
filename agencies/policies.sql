call access_owner.open_table('agencies_organisation', 'select', 'public authorities');

create or replace function access.my_unit() returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
-- The unit the actor works with children for, while her membership lasts. It is
-- read from the membership for every request, so that a role that ends, ends.
-- The context is verified once here, since this is asked in every statement.
    select m.unit_id from access_owner.acting() c
    join agencies_membership m on m.id = c.membership and m.account_id = c.account and m.valid @> c.at
    join people_account a on a.id = m.account_id and a.is_active
    where m.role in ('caseworker', 'lead', 'lawyer')
$$;

create or replace function access.my_place() returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
-- The unit in which the actor has a role now, whatever role: what the audit says. It opens nothing.
    select m.unit_id from agencies_membership m join people_account a on a.id = m.account_id
    where m.id = access.membership() and m.account_id = access.account() and a.is_active
      and m.valid @> access.at()
$$;

create or replace function access.my_review_unit() returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
-- The unit whose log the actor reviews now (loggranskare).
    select m.unit_id from agencies_membership m join people_account a on a.id = m.account_id
    where m.id = access.membership() and m.account_id = access.account() and a.is_active
      and m.valid @> access.at() and m.role = 'log_reviewer'
$$;

create or replace function access.my_lead_unit() returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
    select m.unit_id from access_owner.acting() c
    join agencies_membership m on m.id = c.membership and m.account_id = c.account and m.valid @> c.at
    join people_account a on a.id = m.account_id and a.is_active
    where m.role = 'lead'
$$;

create or replace function access.my_group() returns integer
language sql stable security definer set search_path = public, pg_temp as $$
    select u.group_id from agencies_unit u where u.id = (select access.my_unit())
$$;

create or replace function access.my_staff_role() returns text
language sql stable security definer set search_path = public, pg_temp as $$
    select m.role from access_owner.acting() c
    join agencies_membership m on m.id = c.membership and m.account_id = c.account and m.valid @> c.at
    join people_account a on a.id = m.account_id and a.is_active
$$;

create or replace function access.my_municipality_administered() returns text
language sql stable security definer set search_path = public, pg_temp as $$
-- The municipality that the actor is administrator of: her organisation is the
-- municipality itself, "Lessebo kommun" or with the name's old genitive "Tingsryds kommun".
    select k.code from agencies_membership m
    join people_account a on a.id = m.account_id
    join agencies_organisation o on o.id = m.organisation_id
    join agencies_municipality k on k.code = o.municipality_id
    where m.id = access.membership() and m.account_id = access.account() and a.is_active
      and m.valid @> access.at() and m.role = 'administrator'
      and o.is_public and o.name in (k.name || ' kommun', k.name || 's kommun')
$$;

create or replace function access.my_administered_organisations() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Organisations whose units and staff the actor may change: her own, and for an
-- administrator of the municipality itself its other public ones (the boards).
-- An independent school in the municipality looks after itself.
    select coalesce(array_agg(o.id), '{}') from agencies_membership m
    join people_account a on a.id = m.account_id
    join agencies_organisation o on o.id = m.organisation_id
        or (o.is_public and o.municipality_id = (select access.my_municipality_administered()))
    where m.id = access.membership() and m.account_id = access.account() and a.is_active
      and m.valid @> access.at() and m.role = 'administrator'
$$;

create or replace function access.my_administered_units() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Units whose particulars and staff the actor may change: those of her
-- organisations; for a unit administrator her own unit alone.
    select coalesce(array_agg(u.id), '{}') from agencies_unit u
    where u.organisation_id = any((select access.my_administered_organisations())::uuid[])
       or u.id = (select m.unit_id from agencies_membership m join people_account a on a.id = m.account_id
            where m.id = access.membership() and m.account_id = access.account() and a.is_active
              and m.valid @> access.at() and m.role = 'unit_administrator')
$$;

create or replace function access.my_appointing_units() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Units in which the actor may confirm that somebody has a role: those that she administers, and
-- the one that she is head of.
    select (select access.my_administered_units())::uuid[]
        || coalesce(array_agg(u.id), '{}') from agencies_unit u where u.id = (select access.my_lead_unit())
$$;

create or replace function access.my_newly_appointed() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Whom the actor confirms at this very instant, and who have no account yet: hers to open one for.
    select coalesce(array_agg(a.account_key), '{}') from agencies_appointment a
    where a.is_new and a.outcome = 'confirmed' and a.decided_by_id = access.account() and a.decided_at = access.at()
$$;

create or replace function access.is_appointed(p_appointment uuid, p_account uuid, p_unit uuid, p_role text, p_title text, p_valid tstzrange)
returns boolean language sql stable security definer set search_path = public, pg_temp as $$
-- Whether this is the role that somebody proposed and the actor, somebody else, confirms at this very
-- instant, for the days that were proposed and none that has passed.
    select exists (select from agencies_appointment a
        where a.id = p_appointment and a.account_key = p_account and a.unit_id = p_unit and a.role = p_role
          and a.title = p_title and a.outcome = 'confirmed' and a.decided_at = access.at()
          and a.decided_by_id = access.account() and a.proposed_by_id <> access.account()
          and p_valid = tstzrange(greatest(a.starts_on::timestamp at time zone 'Europe/Stockholm', access.at()),
              (a.last_on + 1)::timestamp at time zone 'Europe/Stockholm'))
$$;

create or replace function access.account_open(p_id uuid, p_username text, p_password text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- An account for a new colleague, opened by whoever confirms her role. The user name is
-- opaque and made by us. False where the account is there already.
begin
    if not p_id = any((select access.my_newly_appointed())::uuid[]) then
        return null;
    end if;
    insert into people_account (id, username, is_active, stamp) values (p_id, p_username, true, gen_random_uuid())
    on conflict do nothing;
    if not found then
        return false;
    end if;
    insert into people_password (account_id, hash) values (p_id, p_password);
    return true;
end $$;

create or replace function access.may_end(p_role text, p_unit uuid, p_organisation uuid, p_municipality text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Whether the actor may end that role at that place. Nobody here ends a dataskyddsombud,
-- who watches over them all.
    select p_role <> 'data_protection' and coalesce(p_unit = any((select access.my_administered_units())::uuid[])
        or p_organisation = any((select access.my_administered_organisations())::uuid[])
        or p_municipality = (select access.my_municipality_administered()), false)
$$;

-- Units and municipalities are public facts; their own administrator changes them.
call access_owner.protect('agencies_municipality', 'select, update (report_url, social_services_phone, emergency_social_phone)');
create policy read on agencies_municipality for select to barnensbasta_app using (true);
create policy change on agencies_municipality for update to barnensbasta_app
    using (code = (select access.my_municipality_administered()))
    with check (code = (select access.my_municipality_administered()));
call access_owner.protect('agencies_unit', 'select, update (phone, hours, does, does_not, on_call, shared_computers)');
create policy read on agencies_unit for select to barnensbasta_app using (true);
create policy change on agencies_unit for update to barnensbasta_app
    using (id = any((select access.my_administered_units())::uuid[]))
    with check (id = any((select access.my_administered_units())::uuid[]));

-- Colleagues' names and work phones: any member of staff, never the family.
call access_owner.protect('agencies_staffmember', 'select, insert, update (name, phone, email)');
create policy read on agencies_staffmember for select to barnensbasta_app
    using (account_id = (select access.account()) or (select access.my_staff_role()) is not null);
create policy add on agencies_staffmember for insert to barnensbasta_app
    with check (account_id = any((select access.my_newly_appointed())::uuid[]));
create policy change on agencies_staffmember for update to barnensbasta_app
    using (account_id = (select access.account()))
    with check (account_id = (select access.account()));

-- That somebody is to have a role in a unit: whoever administers it proposes, another who answers for it
-- confirms or declines, the proposer takes back (access.appointing). None of them for herself.
call access_owner.protect('agencies_appointment', 'select, insert, update (outcome, decided_by_id, decided_at, because)');
create policy read on agencies_appointment for select to barnensbasta_app
    using (unit_id = any((select access.my_appointing_units())::uuid[]));
create policy add on agencies_appointment for insert to barnensbasta_app
    with check (unit_id = any((select access.my_administered_units())::uuid[])
        and role in ('caseworker', 'lead', 'lawyer', 'unit_administrator', 'log_reviewer')
        and proposed_by_id = access.account() and proposed_at = access.at() and outcome = '');
create policy change on agencies_appointment for update to barnensbasta_app
    using (outcome = '' and unit_id = any((select access.my_appointing_units())::uuid[])
        and account_key <> access.account())
    with check (decided_by_id = access.account() and decided_at = access.at()
        and outcome = any(case when proposed_by_id = access.account() then '{taken_back}' else '{confirmed,declined}' end::text[]));
call access_owner.immutable_but('agencies_appointment', '{outcome,decided_by_id,decided_at,because}');

-- Roles in units are given here, where two people have said so; administrators, dataskyddsombud and
-- steering groups are appointed by whoever runs the service. Nobody gives or ends a role of her own. A
-- membership never changes its role or its place: it ends, and another begins.
call access_owner.protect('agencies_membership', 'select, insert, update (valid)');
create policy read on agencies_membership for select to barnensbasta_app
    using (account_id = (select access.account()) or (select access.my_staff_role()) is not null);
create policy add on agencies_membership for insert to barnensbasta_app
    with check (access.is_appointed(appointment_id, account_id, unit_id, role, title, valid)
        and account_id <> (select access.account()));
create policy change on agencies_membership for update to barnensbasta_app
    using (access.may_end(role, unit_id, organisation_id, municipality_id) and account_id <> (select access.account()))
    with check (access.may_end(role, unit_id, organisation_id, municipality_id) and account_id <> (select access.account())
        and (isempty(valid) or upper(valid) <= access.at()));

-- --- Who acts ----------------------------------------------------------------------

create or replace function access.actor_begin(p_ticket text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
-- Sets the context of the transaction and says who acts. The ticket is the server's word for the account;
-- a membership that is not the account's now is passed over. The nil UUID is the family's hat; without a
-- choice the first workplace is taken, and the family's hat where there is none.
declare
    ticket text[] := access_owner.ticket(p_ticket, '{page,work}');
    the_account uuid;
    asked uuid := nullif(ticket[4], '')::uuid;
    chosen uuid;
    m record;
    g record;
    c record;
begin
    select a.id into the_account from people_account a where a.id = nullif(ticket[3], '')::uuid and a.is_active;
    -- First the instant, by which her workplaces are judged; then with the one that was found.
    perform access_owner.context_set(ticket[2], the_account, null, ticket);
    if the_account is not null and asked is distinct from '00000000-0000-0000-0000-000000000000' then
        select s.id into chosen from agencies_membership s
        where s.account_id = the_account and s.valid @> access.at()
        order by s.id = asked desc nulls last, lower(s.valid), s.id limit 1;
        perform access_owner.context_set(ticket[2], the_account, chosen, ticket);
    end if;
    select s.role, s.title, s.unit_id, u.name as unit_name, u.kind, u.group_id,
           coalesce(s.organisation_id, u.organisation_id) as organisation_id,
           coalesce(s.municipality_id, u.municipality_id, o.municipality_id) as municipality,
           coalesce(u.name, o.name, k.name) as place, f.name, u.shared_computers
      into m
      from agencies_membership s
      left join agencies_unit u on u.id = s.unit_id
      left join agencies_organisation o on o.id = s.organisation_id
      left join agencies_municipality k on k.code = s.municipality_id
      left join agencies_staffmember f on f.account_id = s.account_id
     where s.id = chosen;
    select p.id, trim(p.given_name || ' ' || p.family_name) as name into g from people_guardian p where p.id = (select access.my_guardian());
    select p.id, trim(p.given_name || ' ' || p.family_name) as name into c from people_child p where p.id = (select access.my_self());
    return jsonb_build_object(
        'at', access.at(), 'account', access.account(), 'membership', chosen,
        'role', coalesce(m.role, case when g.id is not null then 'guardian' when c.id is not null then 'youth' end),
        'name', coalesce(m.name, g.name, c.name), 'title', m.title,
        'unit', case when m.role in ('caseworker', 'lead', 'lawyer') then m.unit_id end,
        'unit_name', m.unit_name, 'unit_kind', m.kind, 'shared_computers', coalesce(m.shared_computers, false),
        'group', case when m.role in ('caseworker', 'lead', 'lawyer') then m.group_id end,
        'organisation', m.organisation_id, 'municipality', m.municipality, 'place_name', m.place,
        'guardian', g.id, 'child', c.id, 'emergency', access_owner.emergency_open_now(),
        'workplaces', (
            select coalesce(jsonb_agg(w.place order by w.since, w.id), '[]')
                -- Staff who are family too can put on the family's hat: the nil UUID.
                || (select coalesce(jsonb_agg(jsonb_build_object('id', '00000000-0000-0000-0000-000000000000',
                        'name', '', 'role', h.role, 'title', '')), '[]')
                    from (select 'guardian' as role from people_guardian where account_id = access.account()
                        union all select 'youth' from people_child where account_id = access.account() limit 1) h
                    where count(w.id) > 0)
            from (select s.id, lower(s.valid) as since, jsonb_build_object('id', s.id, 'role', s.role, 'title', s.title,
                    'name', coalesce(u.name, o.name, k.name)) as place
                from agencies_membership s
                left join agencies_unit u on u.id = s.unit_id
                left join agencies_organisation o on o.id = s.organisation_id
                left join agencies_municipality k on k.code = s.municipality_id
                where s.account_id = access.account() and s.valid @> access.at()) w));
end $$;

-- --- What never changes (I24): whose a row is, what it belongs to, and what was written ---------

call access_owner.immutable('agencies_unit', '{organisation_id,kind,group_id}');
call access_owner.immutable('agencies_staffmember', '{account_id}');
call access_owner.immutable('agencies_membership', '{account_id,role,unit_id,organisation_id,municipality_id,appointment_id}');
call access_owner.immutable('agencies_listing', '{child_id,unit_id}');
