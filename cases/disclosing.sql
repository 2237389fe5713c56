-- What a disclosure on another ground than consent opens, and the second person's signature.

create or replace function access_owner.may_decide(p_disclosure uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- The actor works on the case in the unit that owns what is shown.
    select exists (select from cases_disclosure d where d.id = p_disclosure and d.owner_unit_id = (select access.my_unit())
        and d.case_id = any((select access.my_assigned_cases())::uuid[]))
$$;

create or replace function access.reader_invite(p_disclosure uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
-- A unit that is shown something without consent reads just that: it takes part with its own
-- entries for as long, and finds an invitation unless somebody there works on the case.
declare
    d record;
begin
    select x.*, u.group_id, trim(c.given_name || ' ' || c.family_name) as child_name into d
      from cases_disclosure x join agencies_unit u on u.id = x.to_unit_id
      join cases_case k on k.id = x.case_id join people_child c on c.id = k.child_id
     where x.id = p_disclosure and x.basis <> 'B1' and x.valid @> access.at() and access_owner.may_decide(x.id);
    if d.id is null then
        return;
    end if;
    if not exists (select from cases_participation p where p.content_object_id = d.case_id and p.group_id = d.group_id
            and upper(p.valid) is null and lower(p.valid) <= access.at()) then
        delete from cases_participation where content_object_id = d.case_id and group_id = d.group_id and kind = 'own'
            and coalesce(upper(valid), 'infinity') <= upper(d.valid);
        if not exists (select from cases_participation p where p.content_object_id = d.case_id and p.group_id = d.group_id and p.kind = 'own') then
            perform access_owner.grant_participation(d.case_id, d.to_unit_id, 'own', null, d.valid, 'shown');
        end if;
    end if;
    if not exists (select from cases_assignment a where a.content_object_id = d.case_id and a.unit_id = d.to_unit_id and a.valid @> access.at()) then
        insert into cases_invitation (id, case_id, consent_id, from_unit_id, to_unit_id, child_name, purpose, sent_at)
        values (gen_random_uuid(), d.case_id, null, d.owner_unit_id, d.to_unit_id, d.child_name, '', access.at())
        on conflict do nothing;
    end if;
end $$;

create or replace function access.reader_settle(p_case uuid, p_unit uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
-- After something is shown no more: a unit that took part only to read it, and has written
-- nothing, takes no part any longer. Called by the unit that showed it.
declare
    the_group integer := (select group_id from agencies_unit where id = p_unit);
begin
    if not exists (select from cases_disclosure d where d.case_id = p_case and d.to_unit_id = p_unit and access_owner.may_decide(d.id))
        or exists (select from cases_disclosure d where d.case_id = p_case and d.to_unit_id = p_unit and d.valid && tstzrange(access.at(), null))
        or exists (select from cases_entry e where e.case_id = p_case and e.owner_unit_id = p_unit)
        or exists (select from cases_participation p where p.content_object_id = p_case and p.group_id = the_group
            and p.valid @> access.at() and (p.kind = 'full' or p.reason <> 'shown')) then
        return;
    end if;
    delete from cases_invitation where case_id = p_case and to_unit_id = p_unit and consent_id is null;
    delete from cases_participation where content_object_id = p_case and group_id = the_group and reason = 'shown';
    delete from cases_assignment where content_object_id = p_case and unit_id = p_unit;
end $$;

create or replace function access.disclosure_sign(p_disclosure uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- The second person's signature: by another than the one who decided, a lawyer where the
-- ground asks for one, while the version that was decided on holds. From now on it is open, until the end that was decided.
begin
    update cases_disclosure d set signed_by_id = access.account(), signed_at = access.at(), valid = tstzrange(access.at(), d.ends_at)
    where d.id = p_disclosure and access_owner.may_decide(d.id) and d.second <> '' and d.signed_by_id is null and isempty(d.valid)
      and d.outcome <> 'refused' and d.decided_by_id <> access.account() and d.ends_at > access.at()
      and (d.second <> 'lawyer' or (select access.my_staff_role()) = 'lawyer')
      and exists (select from consent_legalbasis b where b.code = d.basis and b.no = d.basis_no
          and b.id = any((select access.bases_in_force())::uuid[]))
      and (d.basis <> 'B1' or access.consent_covers(d.case_id, d.consent_id, d.to_unit_id, access.version_category(d.version_id),
          tstzrange(access.at(), d.ends_at)));
    if not found then
        return false;
    end if;
    perform access.reader_invite(p_disclosure);
    return true;
end $$;

create or replace function access.disclosure_decline(p_disclosure uuid, p_because text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- What waits for a signature is not shown after all: the second person says no, and why; or the one
-- who decided takes it back.
begin
    update cases_disclosure d set outcome = 'refused', signed_at = access.at(),
        signed_by_id = case when d.decided_by_id <> access.account() then access.account() end,
        declined_because = case when d.decided_by_id <> access.account() then trim(p_because) else '' end
    where d.id = p_disclosure and access_owner.may_decide(d.id) and d.second <> '' and d.signed_by_id is null
      and isempty(d.valid) and d.outcome <> 'refused'
      and (d.decided_by_id = access.account() or length(trim(p_because)) >= 10);
    return found;
end $$;
