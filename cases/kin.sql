-- --- Brothers, sisters and children of one household ---------------------------------------------
-- Read and written by whoever works on both cases, and by nobody else.

call access_owner.protect('cases_kin', 'select, insert, update (ended_by_id, ended_at, end_reason)');
create policy read on cases_kin for select to barnensbasta_app
    using (one_id = any((select access.my_cases())::uuid[]) and other_id = any((select access.my_cases())::uuid[]));
create policy add on cases_kin for insert to barnensbasta_app
    with check (one_id = any((select access.my_assigned_cases())::uuid[]) and other_id = any((select access.my_assigned_cases())::uuid[])
        and unit_id = (select access.my_unit()) and added_by_id = (select access.account()) and added_at = access.at() and ended_at is null);
create policy finish on cases_kin for update to barnensbasta_app
    using (one_id = any((select access.my_assigned_cases())::uuid[]) and other_id = any((select access.my_assigned_cases())::uuid[])
        and ended_at is null)
    with check (ended_by_id = (select access.account()) and ended_at = access.at());
call access_owner.immutable_but('cases_kin', '{ended_by_id,ended_at,end_reason}');
