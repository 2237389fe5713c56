create or replace function access_owner.keep_agreed_version() returns trigger
language plpgsql as $$
-- An agreed version and its rows never change, whoever asks.
begin
    if tg_table_name = 'plans_planversion' then
        if old.agreed_at is not null then
            raise exception 'an agreed version is immutable' using errcode = 'BB003';
        end if;
    elsif exists (select from plans_planversion v where v.id = old.version_id and v.agreed_at is not null) then
        raise exception 'an agreed version is immutable' using errcode = 'BB003';
    end if;
    return coalesce(new, old);
end $$;
create or replace trigger keep_agreed before update or delete on plans_planversion
    for each row execute function access_owner.keep_agreed_version();
create or replace trigger keep_agreed before update or delete on plans_goal
    for each row execute function access_owner.keep_agreed_version();
create or replace trigger keep_agreed before update or delete on plans_insats
    for each row execute function access_owner.keep_agreed_version();
create or replace trigger keep_agreed before update or delete on plans_citation
    for each row execute function access_owner.keep_agreed_version();

create or replace function access_owner.close_unit(p_case uuid, p_unit uuid, p_consent uuid) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
-- Ends at once what a consent had opened for one unit: disclosures, releases,
-- participation. The unit keeps its own entries, without a trace of others; one
-- that wrote nothing keeps nothing.
declare
    shown integer;
    plans integer;
    keeps boolean;
    the_group integer;
begin
    select group_id into the_group from agencies_unit where id = p_unit;
    -- Counted is what whoever takes it back may know of.
    with ended as (
        update cases_disclosure set valid = case when lower(valid) < access.at() then tstzrange(lower(valid), access.at()) else 'empty' end
        where case_id = p_case and to_unit_id = p_unit and consent_id = p_consent and valid && tstzrange(access.at(), null)
        returning version_id, owner_unit_id)
    select count(*) into shown from ended e
    where case when access.my_unit() is null then e.version_id <> all((select access.my_hidden_versions())::uuid[])
        else e.owner_unit_id = (select access.my_unit()) or e.version_id = any((select access.my_versions())::uuid[]) end;
    update plans_release set valid = case when lower(valid) < access.at() then tstzrange(lower(valid), access.at()) else 'empty' end
    where case_id = p_case and to_unit_id = p_unit and consent_id = p_consent and valid && tstzrange(access.at(), null);
    get diagnostics plans = row_count;
    delete from cases_invitation where case_id = p_case and to_unit_id = p_unit and consent_id = p_consent;
    delete from cases_participation where content_object_id = p_case and group_id = the_group and consent_id = p_consent;
    keeps := exists (select from cases_entry e where e.case_id = p_case and e.owner_unit_id = p_unit)
        or exists (select from cases_concern n where n.case_id = p_case and n.owner_unit_id = p_unit);
    if not exists (select from cases_participation q where q.content_object_id = p_case and q.group_id = the_group and q.kind = 'full' and q.valid @> access.at()) then
        if keeps then
            perform access_owner.grant_participation(p_case, p_unit, 'own', null, tstzrange(access.at(), null), 'consent ended');
        else
            delete from cases_assignment where content_object_id = p_case and unit_id = p_unit;
        end if;
    end if;
    return jsonb_build_object('unit', (select name from agencies_unit where id = p_unit), 'shown', shown, 'plans', plans);
end $$;

create or replace function access.consent_withdraw(p_consent uuid, p_units uuid[], p_guardian uuid, p_child uuid, p_route text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
-- One required person's withdrawal is enough, for one unit or several. The family
-- withdraws for itself; the unit that asked may note it for a person who says so by
-- phone or on paper. To whoever takes it back it is one yes, so it ends in every consent
-- about the child that covers the unit. Returns what closed, unit by unit.
declare
    s record;
    the_child uuid;
    receipt jsonb := '[]';
begin
    if p_guardian is not distinct from (select access.my_guardian()) and p_child is not distinct from (select access.my_self()) then
        if not p_consent = any((select access.my_asked_consents())::uuid[]) then
            return null;
        end if;
    elsif not p_consent = any((select access.my_kept_consents())::uuid[]) then
        return null;
    end if;
    select child_id into the_child from consent_consent where id = p_consent;
    perform pg_advisory_xact_lock(hashtextextended(the_child::text, 1));
    for s in
        select sc.id, sc.unit_id, sc.state, sc.consent_id, k.id as case_id from consent_scope sc
        join consent_consent c on c.id = sc.consent_id left join cases_case k on k.child_id = c.child_id
        where c.child_id = the_child and sc.unit_id = any(p_units)
          and exists (select from consent_answer a where a.scope_id = sc.id and a.reply = 'yes' and a.required
              and (a.guardian_id = p_guardian or a.child_id = p_child))
    loop
        update consent_answer set reply = 'withdrawn', route = p_route, replied_at = access.at(),
            noted_by_id = case when access.my_unit() is not null then access.account() end
        where scope_id = s.id and (guardian_id = p_guardian or child_id = p_child);
        update consent_scope set state = 'withdrawn',
            valid = case when valid is null then null when lower(valid) < access.at() then tstzrange(lower(valid), access.at()) else 'empty' end
        where id = s.id;
        if s.case_id is not null then
            receipt := receipt || access_owner.close_unit(s.case_id, s.unit_id, s.consent_id);
        end if;
    end loop;
    update consent_consent set state = access_owner.consent_state(id) where child_id = the_child;
    perform access_owner.order_documents(k.id) from cases_case k where k.child_id = the_child and receipt <> '[]';
    return receipt;
end $$;

-- --- A case that was handed over: the next version is the new holder's --------------------------

create or replace function access.plan_inherits(p_old uuid, p_new uuid) returns void
language sql security definer set search_path = public, pg_temp as $$
-- A draft of the actor's that goes on from another unit's version, which is shown to her whole:
-- its goals build on what the same goals did, so that nothing hidden from a guardian is lost on
-- the way. What it was she is not told.
    insert into plans_citation (id, goal_id, version_id, case_id, owner_unit_id, cited_id)
    select gen_random_uuid(), n.id, n.version_id, n.case_id, n.owner_unit_id, c.cited_id
    from plans_citation c join plans_goal o on o.id = c.goal_id
    join plans_goal n on n.lineage = o.lineage and n.case_id = o.case_id and n.version_id = p_new
    where c.version_id = p_old and p_old = any((select access.my_plan_versions())::uuid[]) and p_new = any((select access.my_draft_versions())::uuid[])
    on conflict (goal_id, cited_id) do nothing
$$;

create or replace function access.plan_takes_over(p_version uuid) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
-- A version of the actor's unit, which holds the work together, is agreed: the plan of the unit that
-- did so before ends, and is shown to nobody any more. A child has one plan. Returns how many ended.
declare
    the_case uuid := (select v.case_id from plans_planversion v join cases_process s on s.case_id = v.case_id
        where v.id = p_version and v.agreed_at is not null and v.owner_unit_id = (select access.my_unit())
          and v.case_id = any((select access.my_held_cases())::uuid[])
          and coalesce(s.coordinator_unit_id, s.responsible_unit_id) = (select access.my_unit()));
    older uuid[] := array(select p.id from plans_plan p where p.case_id = the_case and p.state <> 'closed' and p.owner_unit_id <> (select access.my_unit()));
begin
    update plans_release r set valid = case when lower(r.valid) < access.at() then tstzrange(lower(r.valid), access.at()) else 'empty' end
    from plans_planversion v where v.id = r.version_id and v.plan_id = any(older) and r.valid && tstzrange(access.at(), null);
    update plans_plan set state = 'closed' where id = any(older);
    return cardinality(older);
end $$;

-- --- Reminders and what ends by itself (used by plans/tasks.py) ------------------------------

create or replace function access_owner.order_documents(p_case uuid) returns void
language sql security definer set search_path = public, pg_temp as $$
-- The family's documents of a case, made anew because what they show has changed, and a
-- mail that says that there is something to read.
    insert into notices_outbox (id, recipient_id, kind, key, subject, created_at, due_at, attempts)
    select gen_random_uuid(), coalesce(g.account_id, b.account_id), w.kind, r.id || ':' || access.at(), r.id, access.at(), access.at(), 0
    from plans_release r left join people_guardian g on g.id = r.to_guardian_id left join people_child b on b.id = r.to_child_id,
        (values ('plan_document'), ('news_mail')) w (kind)
    where r.case_id = p_case and r.valid @> access.at() and coalesce(g.account_id, b.account_id) is not null
      and not access_owner.is_closed_circle(p_case)
    on conflict (recipient_id, kind, key) do nothing
$$;

create or replace function access.document_alone(p_release uuid) returns void
language sql security definer set search_path = public, pg_temp as $$
-- Who makes a release's document waits for who changes what it shows, and the other way round.
    select pg_advisory_xact_lock(hashtextextended(p_release::text, 4))
$$;

create or replace function access.documents_renew(p_entry uuid, p_guardian uuid) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
-- An entry of the actor's own unit has been hidden from a guardian, or is so no longer: what
-- she and the youth hold on paper is emptied at once and made again, as of the day it bore, so
-- that no date tells of it. No mail says so. Returns how many.
declare
    r record;
    renewed integer := 0;
begin
    for r in
        select p.id, coalesce(g.account_id, b.account_id) as account from plans_release p
        join cases_entry e on e.case_id = p.case_id and e.id = p_entry
        left join people_guardian g on g.id = p.to_guardian_id left join people_child b on b.id = p.to_child_id
        where e.owner_unit_id = (select access.my_unit()) and e.case_id = any((select access.my_cases())::uuid[])
          and (p.to_guardian_id = p_guardian or p.to_child_id is not null) and p.valid @> access.at()
    loop
        perform access.document_alone(r.id);
        delete from plans_document d where d.release_id = r.id
          and exists (select from plans_document n where n.release_id = r.id and (n.rendered_at, n.id) > (d.rendered_at, d.id));
        update plans_document set pdf = '', sha256 = '', pages = 0 where release_id = r.id;
        if found and r.account is not null then
            insert into notices_outbox (id, recipient_id, kind, key, subject, created_at, due_at, attempts)
            values (gen_random_uuid(), r.account, 'plan_document', r.id || ':' || access.at(), r.id, access.at(), access.at(), 0)
            on conflict (recipient_id, kind, key) do nothing;
            renewed := renewed + 1;
        end if;
    end loop;
    return renewed;
end $$;

create or replace function access.consents_expire() returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
-- Gives its name to what has ended: the period itself has closed everything already. A
-- unit keeps its own entries, as when consent is withdrawn. Answers only background
-- work. Returns how many units' consents ended.
declare
    s record;
    ended integer := 0;
begin
    if not access.background() then
        return 0;
    end if;
    for s in
        select sc.id, sc.consent_id, sc.unit_id, sc.state, k.id as case_id
        from consent_scope sc join consent_consent c on c.id = sc.consent_id left join cases_case k on k.child_id = c.child_id
        where (sc.state = 'given' and upper(sc.valid) <= access.at()) or (sc.state = 'waiting' and sc.ends_at <= access.at())
        order by sc.consent_id, sc.id
    loop
        perform pg_advisory_xact_lock(hashtextextended(s.consent_id::text, 1));
        update consent_scope set state = 'expired' where id = s.id and state = s.state;
        if not found then
            continue;
        end if;
        ended := ended + 1;
        if s.state = 'given' and s.case_id is not null then
            perform access_owner.close_unit(s.case_id, s.unit_id, s.consent_id);
            perform access_owner.order_documents(s.case_id);
        end if;
        update consent_consent set state = access_owner.consent_state(id) where id = s.consent_id;
    end loop;
    return ended;
end $$;

create or replace function access.consents_end_with_case(p_case uuid) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
-- A case that the actor's unit holds has been closed, and with it the purpose of its consents
-- is over: each unit's ends at once, as when its period does. The units that hold the case
-- keep it. Returns how many units' consents ended.
declare
    s record;
    the_child uuid;
    holders uuid[];
    ended integer := 0;
begin
    select p.child_id, array[p.responsible_unit_id, p.coordinator_unit_id] into the_child, holders from cases_process p
    where p.case_id = p_case and p.closed_at is not null and p_case = any((select access.my_held_cases())::uuid[]);
    if the_child is null then
        return 0;
    end if;
    perform pg_advisory_xact_lock(hashtextextended(the_child::text, 1));
    for s in
        select sc.id, sc.consent_id, sc.unit_id, sc.state from consent_scope sc join consent_consent c on c.id = sc.consent_id
        where c.child_id = the_child and sc.state in ('given', 'waiting') order by sc.consent_id, sc.id
    loop
        update consent_scope set state = 'expired',
            valid = case when valid is null then null when lower(valid) < access.at() then tstzrange(lower(valid), least(upper(valid), access.at())) else 'empty' end
        where id = s.id;
        ended := ended + 1;
        if s.state = 'given' and not coalesce(s.unit_id = any(holders), false) then
            perform access_owner.close_unit(p_case, s.unit_id, s.consent_id);
        end if;
    end loop;
    -- What never held keeps what was answered, and can't be answered any more.
    update consent_scope set valid = 'empty' where valid is null and state in ('refused', 'conflict', 'withdrawn')
        and consent_id in (select c.id from consent_consent c where c.child_id = the_child);
    update consent_consent set state = access_owner.consent_state(id) where child_id = the_child;
    perform access_owner.order_documents(p_case);
    return ended;
end $$;

create or replace function access.grants_end_lapsed() returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
-- Removes participations and assignments whose period has ended; a trigger keeps the
-- closed period. Answers only background work.
declare
    ended integer;
    removed integer;
begin
    delete from cases_assignment where upper(valid) <= access.at() and access.background();
    get diagnostics ended = row_count;
    delete from cases_participation where upper(valid) <= access.at() and access.background();
    get diagnostics removed = row_count;
    return ended + removed;
end $$;

-- --- What is kept no longer (docs/retention.md) --------------------------------------------

create or replace function access.sweep_documents(p_limit integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
-- PDFs made 90 days ago that nobody can open any more: a newer one has taken their place, or
-- what they show is shown no longer since then. Each can be made anew from its release.
declare
    removed integer;
    since timestamptz := access_owner.kept_since('90 days');
begin
    delete from plans_document where id = any(array(
        select d.id from plans_document d join plans_release r on r.id = d.release_id
        where d.rendered_at < since and (isempty(r.valid) or upper(r.valid) < since
            or exists (select from plans_document n where n.release_id = d.release_id and n.rendered_at > d.rendered_at))
        limit p_limit for update of d skip locked));
    get diagnostics removed = row_count;
    return removed;
end $$;
