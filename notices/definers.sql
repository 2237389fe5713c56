-- The outbox. Rows are claimed with a lease: whoever dies with one in hand loses it when
-- the lease ends, and the number of the attempt keeps a late finisher from finishing twice.

create or replace function access.outbox_put(p_recipient uuid, p_unit uuid, p_kind text, p_key text, p_subject uuid, p_due timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
-- Queue a piece of work once for its recipient; asking again changes nothing.
    insert into notices_outbox (id, recipient_id, unit, kind, key, subject, created_at, due_at, attempts)
    select gen_random_uuid(), p_recipient, p_unit, p_kind, p_key, p_subject, access.at(), coalesce(p_due, access.at()), 0
    where access.account() is not null and p_recipient is not null
    on conflict (recipient_id, kind, key) do nothing
$$;

create or replace function access.outbox_claim(p_limit integer, p_lease interval, p_kind text)
returns table (id uuid, recipient uuid, unit uuid, membership uuid, kind text, key text, subject uuid, attempt integer)
language plpgsql security definer set search_path = public, pg_temp as $$
-- Take due work, the least tried first, for the length of a lease. Two sweeps never take
-- the same. Answers only background work. The membership is the recipient's
-- in the unit that the work is for, as things stand now.
#variable_conflict use_column
begin
    return query with due as (
        select o.id from notices_outbox o
        where access.background() and o.done_at is null and greatest(o.due_at, o.leased_until) <= access.at()
          and (p_kind is null or o.kind = p_kind)
        order by o.attempts, o.due_at, o.kind desc, o.id limit p_limit for update skip locked
    ), taken as (
        update notices_outbox o set leased_until = access.at() + p_lease, attempts = o.attempts + 1
        from due where o.id = due.id returning o.*
    )
    select t.id, t.recipient_id, t.unit,
        (select m.id from agencies_membership m where m.account_id = t.recipient_id and m.unit_id = t.unit and m.valid @> access.at()
         order by lower(m.valid), m.id limit 1),
        t.kind::text, t.key::text, t.subject, t.attempts::integer
    from taken t order by t.attempts, t.due_at, t.kind desc, t.id;
end $$;

create or replace function access.outbox_done(p_id uuid, p_attempt integer, p_result text, p_message_id text, p_error text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- The work is done, or no longer concerns anybody. False where another attempt has
-- taken it over: the caller then rolls back what it made.
begin
    update notices_outbox o set done_at = access.at(), leased_until = null
    where o.id = p_id and o.attempts = p_attempt and o.done_at is null
      and (access.background() or o.recipient_id = access.account());
    if not found then
        return false;
    end if;
    insert into notices_delivery (id, outbox_id, recipient_id, kind, subject, at, result, message_id, error)
    select gen_random_uuid(), o.id, o.recipient_id, o.kind, o.subject, access.at(), p_result, p_message_id, p_error
    from notices_outbox o where o.id = p_id;
    return true;
end $$;

create or replace function access.outbox_failed(p_id uuid, p_attempt integer, p_error text, p_again_after interval) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
-- The attempt failed; without a time to try again it was the last.
begin
    update notices_outbox o set leased_until = null, due_at = coalesce(access.at() + p_again_after, o.due_at),
        done_at = case when p_again_after is null then access.at() end
    where o.id = p_id and o.attempts = p_attempt and o.done_at is null and access.background();
    if found then
        insert into notices_delivery (id, outbox_id, recipient_id, kind, subject, at, result, message_id, error)
        select gen_random_uuid(), o.id, o.recipient_id, o.kind, o.subject, access.at(), 'failed', '', p_error
        from notices_outbox o where o.id = p_id;
    end if;
end $$;

-- --- Reminders ------------------------------------------------------------------------

create or replace function access.digest_put(p_recipients uuid[], p_day date) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
-- Queue the day's digest once for each. Answers only background work.
declare
    added integer;
begin
    insert into notices_outbox (id, recipient_id, kind, key, created_at, due_at, attempts)
    select gen_random_uuid(), r, 'digest_mail', p_day::text, access.at(), access.at(), 0
    from unnest(p_recipients) r where access.background()
    on conflict (recipient_id, kind, key) do nothing;
    get diagnostics added = row_count;
    return added;
end $$;

create or replace function access.digest_move(p_id uuid, p_day date) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- A digest that waited past midnight becomes that of the day it is sent on, unless
-- the recipient has one for that day: then this one gives way.
begin
    update notices_outbox o set key = p_day::text
    where o.id = p_id and o.recipient_id = access.account() and o.done_at is null
      and not exists (select from notices_outbox d where d.recipient_id = o.recipient_id
          and d.kind = 'digest_mail' and d.key = p_day::text and d.id <> o.id);
    return found;
end $$;

create or replace function access.reminders_put(p_digest uuid, p_items jsonb) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
-- Note what the acting recipient is told of in her digest. Returns how many of them
-- no digest has told her before.
declare
    added integer;
begin
    insert into notices_reminder (id, recipient_id, subject, stage, due_on, digest_id)
    select gen_random_uuid(), o.recipient_id, (i->>'subject')::uuid, i->>'stage', (i->>'due_on')::date, o.id
    from notices_outbox o, jsonb_array_elements(p_items) i
    where o.id = p_digest and o.recipient_id = access.account() and o.kind = 'digest_mail' and o.done_at is null
    on conflict (recipient_id, subject, due_on, stage) do nothing;
    get diagnostics added = row_count;
    return added;
end $$;

-- --- Is anybody working? -----------------------------------------------------------------

create or replace function access.heartbeat_put(p_name text) returns void
language sql security definer set search_path = public, pg_temp as $$
    insert into notices_heartbeat (name, at) select p_name, clock_timestamp() where access.background()
    on conflict (name) do update set at = excluded.at
$$;

-- --- What is kept no longer (docs/retention.md) --------------------------------------------
-- What goes is found once, as an array: asked anew for each row, which the planner is free to do with
-- "in (…)", a limit that skips what is locked finds others each time.

create or replace function access.sweep_outbox(p_limit integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
-- Work that was done 90 days ago, but for the digests that a reminder still names. What
-- was delivered stays in the log without it.
declare
    old uuid[];
begin
    select array_agg(o.id) into old from (
        select id from notices_outbox w where done_at < access_owner.kept_since('90 days')
          and not exists (select from notices_reminder r where r.digest_id = w.id)
        order by done_at limit p_limit for update skip locked) o;
    update notices_delivery set outbox_id = null where outbox_id = any(old);
    delete from notices_outbox where id = any(old);
    return coalesce(cardinality(old), 0);
end $$;

create or replace function access.sweep_deliveries(p_limit integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
-- Deliveries of ten years ago.
declare
    removed integer;
begin
    delete from notices_delivery where id = any(array(
        select id from notices_delivery where at < access_owner.kept_since('10 years') limit p_limit for update skip locked));
    get diagnostics removed = row_count;
    return removed;
end $$;
