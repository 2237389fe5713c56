-- Vem gör vad: everybody who is signed in reads it; the administrator of the municipality itself
-- words it, in her own name, now, and no row is changed.
call access_owner.protect('cases_expectation', 'select, insert');
create policy read on cases_expectation for select to barnensbasta_app
    using ((select access.account()) is not null);
create policy add on cases_expectation for insert to barnensbasta_app
    with check (municipality_id = (select access.my_municipality_administered())
        and written_by_id = access.account() and written_at = access.at());
call access_owner.immutable_but('cases_expectation', '{}');
