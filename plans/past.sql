-- Facts of who could see what at an instant, past ones too, for manage.py explain_access and
-- who_could_see alone (docs/adr/0019-whom-and-why.md). Ids, codes and instants, never content, name or
-- number; and only to background work that acts as nobody, which a page never is.

create or replace function access_owner.past_grants(p_case uuid, p_at timestamptz)
returns table (what text, unit_id uuid, account_id uuid, kind text)
language sql stable security definer set search_path = public, pg_temp as $$
-- Who took part and who was assigned: what still stands, and what has ended, which a trigger keeps.
    select 'participation', u.id, null::uuid, p.kind::text from cases_participation p join agencies_unit u on u.group_id = p.group_id
    where p.content_object_id = p_case and p.valid @> p_at
    union select 'assignment', a.unit_id, a.user_id, '' from cases_assignment a where a.content_object_id = p_case and a.valid @> p_at
    union select g.what, g.unit_id, g.account_id, g.kind from cases_grantperiod g where g.case_id = p_case and g.valid @> p_at
$$;

create or replace function access.past_staff(p_case uuid, p_account uuid, p_at timestamptz) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
-- Everybody who worked in a unit that took part, or the one account in all her places. Which unit
-- held the case has no history: it is the one that holds it now.
    select coalesce(jsonb_agg(jsonb_build_object(
        'account', m.account_id, 'membership', m.id, 'role', m.role, 'unit', m.unit_id, 'kind', u.kind,
        'participates', (select case when bool_or(g.kind = 'full') then 'full' when bool_or(g.kind = 'own') then 'own' end
            from access_owner.past_grants(p_case, p_at) g where g.what = 'participation' and g.unit_id = m.unit_id),
        'assigned', exists (select from access_owner.past_grants(p_case, p_at) g
            where g.what = 'assignment' and g.unit_id = m.unit_id and g.account_id = m.account_id),
        'shut', exists (select from cases_lock l where l.case_id = p_case and l.valid @> p_at)
            or exists (select from people_protection o join cases_case k on k.child_id = o.child_id where k.id = p_case and o.valid @> p_at),
        'named', exists (select from cases_named n where n.case_id = p_case and n.account_id = m.account_id and n.unit_id = m.unit_id and n.valid @> p_at),
        'emergency', exists (select from cases_emergency e where e.case_id = p_case and e.account_id = m.account_id and e.unit_id = m.unit_id
            and e.valid @> p_at and p_at < e.opened_at + interval '60 minutes'),
        'holds', exists (select from cases_process s where s.case_id = p_case and m.unit_id in (s.responsible_unit_id, s.coordinator_unit_id)),
        'case_closed', exists (select from cases_process s where s.case_id = p_case and s.closed_at <= p_at)
    ) order by m.account_id, m.id), '[]')
    from agencies_membership m left join agencies_unit u on u.id = m.unit_id
    where access.background() and m.valid @> p_at
      and case when p_account is null then m.unit_id in (select g.unit_id from access_owner.past_grants(p_case, p_at) g) else m.account_id = p_account end
$$;

create or replace function access.past_family(p_case uuid, p_account uuid, p_at timestamptz) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
-- Who was of the child's family, or the one account as far as she was: custody, rights given without
-- it, the child herself. Whether a custody is contested has no history: as it is now.
    with the_child as (select c.* from cases_case k join people_child c on c.id = k.child_id where k.id = p_case and access.background()),
    persons as (
        select g.id as guardian, g.account_id, null::uuid as self, (select upper(s.valid) from people_guardianship s
                where s.child_id = c.id and s.guardian_id = g.id and s.valid @> p_at order by s.contested limit 1) as until,
            (select s.contested from people_guardianship s where s.child_id = c.id and s.guardian_id = g.id and s.valid @> p_at order by s.contested limit 1) as contested,
            (select jsonb_build_object('kind', a.kind, 'rights', a.rights, 'until', upper(a.valid)) from cases_otheradult a
                where a.child_id = c.id and a.person_id = g.id and a.valid @> p_at limit 1) as adult
        from the_child c, people_guardian g
        where g.id in (select s.guardian_id from people_guardianship s where s.child_id = c.id
            union select a.person_id from cases_otheradult a where a.child_id = c.id)
        union all
        select null, c.account_id, c.id, null, null, null from the_child c)
    select coalesce(jsonb_agg(jsonb_build_object('account', p.account_id, 'guardian', p.guardian, 'self', p.self, 'until', p.until,
        'contested', p.contested, 'adult', p.adult, 'born_on', c.born_on,
        'shut', exists (select from cases_lock l join cases_case k on k.id = l.case_id where k.child_id = c.id and l.valid @> p_at)
            or exists (select from people_protection o where o.child_id = c.id and o.valid @> p_at),
        'let_in', exists (select from cases_admission m where m.child_id = c.id and m.valid @> p_at
            and (m.guardian_id = p.guardian or m.youth_id = p.self))
    ) order by p.guardian, p.self), '[]')
    from persons p, the_child c where p_account is null or p.account_id = p_account
$$;

create or replace function access.past_versions(p_case uuid, p_at timestamptz) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
-- The versions of entries and of plans that there were, whose, from whom they were hidden and to whom shown.
    select coalesce(jsonb_agg(x.fact order by x.fact->>'what', x.fact->>'of', (x.fact->>'no')::integer), '[]') from (
        select jsonb_build_object('what', 'version', 'id', v.id, 'of', v.entry_id, 'no', v.no, 'owner', v.owner_unit_id,
            'hidden', (select coalesce(jsonb_agg(h.guardian_id), '[]') from cases_hiding h where h.entry_id = v.entry_id and h.valid @> p_at),
            'shown', (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'basis', d.basis, 'unit', d.to_unit_id, 'guardian', d.to_guardian_id,
                'child', d.to_child_id, 'at', d.decided_at, 'until', upper(d.valid))), '[]')
                from cases_disclosure d where d.version_id = v.id and d.valid @> p_at)) as fact
        from cases_version v where v.case_id = p_case and v.written_at <= p_at
        union all
        select jsonb_build_object('what', 'plan_version', 'id', v.id, 'of', v.plan_id, 'no', v.no, 'owner', v.owner_unit_id, 'hidden', '[]'::jsonb,
            'shown', (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'basis', r.basis, 'unit', r.to_unit_id, 'guardian', r.to_guardian_id,
                'child', r.to_child_id, 'at', r.released_at, 'until', upper(r.valid))), '[]')
                from plans_release r where r.version_id = v.id and r.valid @> p_at))
        from plans_planversion v join plans_plan p on p.id = v.plan_id where v.case_id = p_case and p.created_at <= p_at) x
    where access.background()
$$;

create or replace function access.past_cases(p_object uuid) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
-- What an id is of, in which cases: a case, a child, an entry, a version, a plan's version, a disclosure.
    select coalesce(jsonb_agg(jsonb_build_object('what', x.what, 'case', x.case_id, 'version', x.version) order by x.case_id), '[]') from (
        select 'case' as what, k.id as case_id, null::uuid as version from cases_case k where k.id = p_object
        union all select 'child', k.id, null from cases_case k where k.child_id = p_object
        union all select 'entry', e.case_id, null from cases_entry e where e.id = p_object
        union all select 'version', v.case_id, v.id from cases_version v where v.id = p_object
        union all select 'plan_version', v.case_id, v.id from plans_planversion v where v.id = p_object
        union all select 'disclosure', d.case_id, d.version_id from cases_disclosure d where d.id = p_object) x
    where access.background()
$$;
