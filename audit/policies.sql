-- Events can only be added, and only through this function. Nobody who serves the
-- application can read, change or remove one.
call access_owner.protect('audit_event', '');
revoke all on sequence audit_event_sequence_seq from barnensbasta_app;

create or replace function access.audit_append(p_events jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
-- Appends events to the hash chain. Account and unit are the context's, not the
-- caller's word; only where nobody is signed in may an event name the account
-- that tried. Called as the last statement before commit, since the lock that
-- orders the chain is held until then.
declare
    e jsonb;
    previous text;
    line text;
begin
    perform pg_advisory_xact_lock(4711);
    select digest into previous from audit_event order by sequence desc limit 1;
    for e in select * from jsonb_array_elements(p_events) loop
        line := jsonb_build_object('id', e->>'id', 'at', extract(epoch from access.at()),
            'account', coalesce(access.account()::text, e->>'account'), 'unit', access.my_unit(),
            'role', e->>'role', 'kind', e->>'kind', 'action', e->>'action', 'child', e->>'child',
            'case', e->>'case', 'object', e->>'object', 'detail', e->'detail', 'request', e->>'request')::text;
        previous := encode(digest(coalesce(previous, '') || line, 'sha256'), 'hex');
        insert into audit_event (id, at, account, unit, role, kind, action, child, "case", object, detail, request, digest)
        values ((e->>'id')::uuid, access.at(), coalesce(access.account(), (e->>'account')::uuid), access.my_unit(),
            coalesce(e->>'role', ''), e->>'kind', e->>'action', (e->>'child')::uuid, (e->>'case')::uuid,
            (e->>'object')::uuid, coalesce(e->'detail', '{}'), (e->>'request')::uuid, previous);
    end loop;
end $$;
