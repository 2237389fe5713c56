-- Införd i journalen: that the actor's unit has copied a version that she reads into its own record.
call access_owner.protect('cases_journaled', 'select');
create policy read on cases_journaled for select to barnensbasta_app
    using (unit_id = (select access.my_unit())
        and ((owner_unit_id = (select access.my_unit())
                and (case_id = any((select access.my_cases())::uuid[]) or case_id = any((select access.my_own_cases())::uuid[])))
            or version_id = any((select access.my_versions())::uuid[])));
call access_owner.immutable_but('cases_journaled', '{}');

create or replace function access.journal_note(p_id uuid, p_version uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- Notes that the actor's unit has copied the version, in her name and now; whoever was first stands.
-- False where she can't read it, or where her unit has no secrecy of its own and so takes nothing out (R1.2).
begin
    insert into cases_journaled (id, version_id, case_id, owner_unit_id, unit_id, noted_by_id, noted_by_name, noted_at)
    select p_id, v.id, v.case_id, v.owner_unit_id, u.id, access.account(), s.name, access.at()
    from cases_version v
    join agencies_unit u on u.id = (select access.my_unit()) and u.kind <> 'leisure'
    join agencies_staffmember s on s.account_id = access.account()
    where v.id = p_version
      and ((v.owner_unit_id = u.id and (v.case_id = any((select access.my_cases())::uuid[])
                or v.case_id = any((select access.my_own_cases())::uuid[])))
          or v.id = any((select access.my_versions())::uuid[]))
    on conflict (version_id, unit_id) do nothing;
    return found or exists (select from cases_journaled j where j.version_id = p_version and j.unit_id = (select access.my_unit()));
end $$;
