-- Events can only be added, and only through this function. Nobody who serves the
-- application can read, change or remove one.
call access_owner.protect('audit_event', '');
revoke all on sequence audit_event_sequence_seq from barnensbasta_app;

-- These two set no search_path of their own, so that they can be drawn into the statement that asks: a call
-- for each row would make the check of the chain three times as dear. Both who ask them set one.
create or replace function access_owner.audit_line(e audit_event) returns text
language sql stable as $$
-- The canonical text of an event: every column but its digest. jsonb sorts its keys, and
-- a time is its seconds since 1970, so that no setting of a session changes it.
select jsonb_build_object('sequence', e.sequence, 'day', e.day, 'no', e.no, 'id', e.id,
    'at', extract(epoch from e.at), 'account', e.account, 'unit', e.unit, 'role', e.role, 'kind', e.kind,
    'action', e.action, 'child', e.child, 'case', e."case", 'object', e.object, 'detail', e.detail,
    'request', e.request)::text
$$;

create or replace function access_owner.audit_link(p_before text, e audit_event) returns text
language sql stable as $$
-- The digest of an event: over that of the event before and its own text.
select encode(sha256(convert_to(coalesce(p_before, '') || access_owner.audit_line(e), 'UTF8')), 'hex')
$$;

create or replace function access.audit_append(p_events jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
-- Appends events to the hash chain, where a server's ticket has begun somebody or nobody.
-- Account and unit are the context's, never the caller's word. Called as the last statement before commit, since the lock that
-- orders the chain is held until then.
declare
    e jsonb;
    last audit_event;
    one audit_event;
    today date;
begin
    if access_owner.acting() is null then
        raise exception 'nobody acts' using errcode = '28000';
    end if;
    perform pg_advisory_xact_lock(4711);
    select * into last from audit_event order by day desc, no desc limit 1;
    -- By the server's clock, whatever time the context is at; never before the day that has begun.
    today := greatest(last.day, (clock_timestamp() at time zone 'Europe/Stockholm')::date);
    for e in select * from jsonb_array_elements(p_events) loop
        one := jsonb_populate_record(null::audit_event, e || jsonb_build_object(
            'sequence', nextval('audit_event_sequence_seq'), 'at', access.at(), 'day', today,
            'no', case when last.day = today then last.no + 1 else 1 end,
            'account', access.account(), 'unit', access.my_place(),
            'role', coalesce(e->>'role', ''), 'detail', coalesce(e->'detail', '{}'), 'digest', ''));
        one.digest := access_owner.audit_link(last.digest, one);
        insert into audit_event select one.*;
        last := one;
    end loop;
end $$;

create or replace function access.audit_faults()
returns table (day date, no integer, fault text)
language sql security definer stable set search_path = public, pg_temp as $$
-- Where the chain doesn't hold: 'missing' before this event, or 'changed', which it or the
-- one before it was. Tells nothing of what the events say.
select c.day, c.no, case when c.no is distinct from c.wanted then 'missing' else 'changed' end
from (
    select e.day, e.no, e.digest, access_owner.audit_link(lag(e.digest) over chain, e) as link,
        case when lag(e.day) over chain = e.day then lag(e.no) over chain + 1 else 1 end as wanted
    from audit_event e
    window chain as (order by e.day, e.no)
) c
where c.no is distinct from c.wanted or c.digest is distinct from c.link
order by c.day, c.no
$$;

create or replace function access.audit_digests(p_places jsonb) returns table (day date, no integer, digest text)
language sql security definer stable set search_path = public, pg_temp as $$
-- The digests of the named events, as [["2026-11-22", 12], …]: to hold against the anchors.
select e.day, e.no, e.digest from audit_event e
join jsonb_array_elements(p_places) as place on e.day = (place->>0)::date and e.no = (place->>1)::integer
$$;

create or replace function access.audit_heads(p_after date) returns table (day date, no integer, digest text)
language sql security definer stable set search_path = public, pg_temp as $$
-- The last event of each day that is over, after the given one.
select distinct on (e.day) e.day, e.no, e.digest from audit_event e
where e.day > coalesce(p_after, '-infinity') and e.day < (clock_timestamp() at time zone 'Europe/Stockholm')::date
order by e.day, e.no desc
$$;
