-- School breaks: everybody who is signed in reads them; the administrator of the municipality itself
-- adds one, in her own name, now, and removes one that was written wrong. No row is changed.
call access_owner.protect('agencies_schoolbreak', 'select, insert, delete');
create policy read on agencies_schoolbreak for select to barnensbasta_app
    using ((select access.account()) is not null);
create policy add on agencies_schoolbreak for insert to barnensbasta_app
    with check (municipality_id = (select access.my_municipality_administered())
        and added_by_id = access.account() and added_at = access.at());
create policy finish on agencies_schoolbreak for delete to barnensbasta_app
    using (municipality_id = (select access.my_municipality_administered()));
call access_owner.immutable_but('agencies_schoolbreak', '{}');

create or replace function access_owner.rests(p_unit uuid, p_day date) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Whether nobody is at work in a unit because its school has a break: schools and pupil health.
    select exists (select from agencies_unit u join agencies_schoolbreak b on b.municipality_id = u.municipality_id
        and p_day between b.first_on and b.last_on
        where u.id = p_unit and u.kind in ('school', 'independent_school', 'pupil_health', 'pupil_medical'))
$$;
