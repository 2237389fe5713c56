create or replace function access.my_reviews() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Reviews of the unit whose log the actor reviews.
    select coalesce(array_agg(id), '{}') from reviews_logreview where unit_id = (select access.my_review_unit())
$$;

create or replace function access.my_open_reviews() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Those of them that nobody has signed: what is signed stays as it is.
    select coalesce(array_agg(id), '{}') from reviews_logreview where unit_id = (select access.my_review_unit()) and signed_at is null
$$;

-- A unit's reviews are its own log reviewer's to read and judge, and nobody else's: others get numbers.
call access_owner.protect('reviews_logreview', 'select');
create policy read on reviews_logreview for select to barnensbasta_app
    using (id = any((select access.my_reviews())::uuid[]));

-- What is judged, by whom and when; nothing else of it changes, nobody judges her own, and what is signed stays.
call access_owner.protect('reviews_reviewedaccess', 'select, update (judgement, reason, judged_by_id, judged_at)');
create policy read on reviews_reviewedaccess for select to barnensbasta_app
    using (review_id = any((select access.my_reviews())::uuid[]));
create policy change on reviews_reviewedaccess for update to barnensbasta_app
    using (review_id = any((select access.my_open_reviews())::uuid[]) and account_id <> (select access.account()))
    with check (review_id = any((select access.my_open_reviews())::uuid[]) and account_id <> (select access.account())
        and judged_by_id = (select access.account()));

-- --- What never changes (I24): what was drawn, and from where ------------------------------------

call access_owner.immutable('reviews_logreview', '{unit_id,seed,accesses,made_at}');
call access_owner.immutable_but('reviews_reviewedaccess', '{judgement,reason,judged_by_id,judged_at}');
