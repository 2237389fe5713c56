-- The context that every policy reads, and the tools that policies.sql files use.
-- Applied after migrate by "manage.py apply_policies", in one transaction, as the owner.

-- --- Tools for these files -------------------------------------------------------

create or replace procedure access_owner.protect(target text, commands text)
language plpgsql as $$
-- Close a table: row-level security for everybody, the owner too. The owner and
-- the loader (demo and bulk import) pass; the app gets the named commands and
-- then sees only what its policies allow.
begin
    execute format('alter table %I enable row level security', target);
    execute format('alter table %I force row level security', target);
    execute format('comment on table %I is null', target);
    execute format('create policy owner_all on %I to barnensbasta_owner using (true) with check (true)', target);
    execute format('create policy loader_all on %I to barnensbasta_loader using (true) with check (true)', target);
    if commands <> '' then
        execute format('grant %s on %I to barnensbasta_app', commands, target);
    end if;
end $$;

create or replace procedure access_owner.open_table(target text, commands text, reason text)
language plpgsql as $$
-- A table without row-level security, because it holds no personal data or must
-- be readable before anybody is known. The reason is kept as its comment.
begin
    execute format('alter table %I no force row level security', target);
    execute format('alter table %I disable row level security', target);
    execute format('comment on table %I is %L', target, 'open: ' || reason);
    if commands <> '' then
        execute format('grant %s on %I to barnensbasta_app', commands, target);
    end if;
end $$;

create or replace function access_owner.refuse_change() returns trigger
language plpgsql as $$
begin
    raise exception '% is immutable', tg_argv[0] using errcode = 'BB003';
end $$;

create or replace procedure access_owner.immutable(target text, columns text[])
language plpgsql as $$
-- These columns never change once the row is there, whoever asks: not the app, not the loader,
-- not a function. Whose a row is and what it belongs to stands in such columns (I24).
declare
    changed text;
begin
    select string_agg(format('old.%1$I is distinct from new.%1$I', name), ' or ') into strict changed from unnest(columns) name;
    execute format('create or replace trigger immutable before update of %s on %I for each row when (%s)
        execute function access_owner.refuse_change(%L)',
        (select string_agg(quote_ident(name), ', ') from unnest(columns) name), target, changed, target);
end $$;

create or replace procedure access_owner.immutable_but(target text, columns text[])
language plpgsql as $$
-- Every column but these, those too that a later migration adds: what is written stays written.
declare
    others text[];
begin
    select array_agg(attname::text) into others from pg_attribute
    where attrelid = target::regclass and attnum > 0 and not attisdropped and not attname = any(columns);
    call access_owner.immutable(target, others);
end $$;

-- --- The context ------------------------------------------------------------------
-- Who acts stands in one setting, app.actor, which anybody on the connection can write. What makes
-- it true is its seal: HMAC-SHA-256 with a key that no role that serves can read. The server seals a
-- ticket (access/ticket.py); actor_begin makes a context of it that holds for this transaction on
-- this backend, until the ticket's end. See docs/adr/0013-a-context-that-cannot-be-forged.md.

create table access_owner.actor_key (
    key bytea primary key,
    installed_at timestamptz not null default clock_timestamp()
);
comment on table access_owner.actor_key is 'what seals the context; from ACTOR_KEY or SECRET_KEY, by manage.py install_actor_keys';

create type access_owner.acting as (kind text, account uuid, membership uuid, at timestamptz);

create or replace function access_owner.sealed(p_text text) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
-- Whether the text ends with the seal of one of the keys over what stands before it.
begin
    return exists (select from access_owner.actor_key k
        where right(p_text, 64) = encode(hmac(convert_to(left(p_text, -64), 'UTF8'), k.key, 'sha256'), 'hex'));
end $$;

create or replace function access_owner.seal(p_text text) returns text
language sql stable security definer set search_path = public, pg_temp as $$
-- With the newest key: older ones only verify, until they are gone.
    select p_text || encode(hmac(convert_to(p_text, 'UTF8'), k.key, 'sha256'), 'hex')
    from access_owner.actor_key k order by k.installed_at desc limit 1
$$;

create or replace function access_owner.ticket(p_ticket text, p_kinds text[]) returns text[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
-- What a ticket says: ticket, kind, subject, membership, at, pid, end. Nothing but an error for one
-- that the server didn't seal, of another kind, for another backend, or that has ended.
declare
    part text[] := string_to_array(p_ticket, '|');
begin
    if p_ticket is null or not access_owner.sealed(p_ticket) or part[1] <> 'ticket' or not part[2] = any(p_kinds)
            or part[6]::integer <> pg_backend_pid() or to_timestamp(part[7]::double precision) <= clock_timestamp() then
        raise exception 'not a valid ticket' using errcode = '28000';
    end if;
    return part;
end $$;

create or replace function access_owner.acting() returns access_owner.acting
language plpgsql stable security definer set search_path = public, pg_temp as $$
-- The context, verified: context, kind, account, membership, at, pid, end, begin of the transaction.
-- Null for one that is not sealed, has ended, or was made for another backend or transaction. It is
-- asked several times in each statement, so it calls nothing else.
declare
    context text := current_setting('app.actor', true);
    part text[];
begin
    if context is null or context = '' or not exists (select from access_owner.actor_key k
            where right(context, 64) = encode(hmac(convert_to(left(context, -64), 'UTF8'), k.key, 'sha256'), 'hex')) then
        return null;
    end if;
    part := string_to_array(context, '|');
    if part[1] <> 'context' or part[6]::integer <> pg_backend_pid() or part[8] <> extract(epoch from transaction_timestamp())::text
            or to_timestamp(part[7]::double precision) <= clock_timestamp() then
        return null;
    end if;
    return row(part[2], nullif(part[3], '')::uuid, nullif(part[4], '')::uuid,
        coalesce(nullif(part[5], '')::timestamptz, transaction_timestamp()))::access_owner.acting;
end $$;

create or replace function access.account() returns uuid
language plpgsql stable security definer set search_path = public, pg_temp
as $$ begin return (access_owner.acting()).account; end $$;

create or replace function access.membership() returns uuid
language plpgsql stable security definer set search_path = public, pg_temp
as $$ begin return (access_owner.acting()).membership; end $$;

create or replace function access.at() returns timestamptz
language plpgsql stable security definer set search_path = public, pg_temp
as $$ begin return coalesce((access_owner.acting()).at, now()); end $$;

create or replace function access.background() returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
-- A task or a command that acts as nobody; never a page, whoever is there or nobody.
declare
    acts access_owner.acting := access_owner.acting();
begin
    return coalesce(acts.kind = 'work' and acts.account is null, false);
end $$;

create or replace function access_owner.context_set(p_kind text, p_account uuid, p_membership uuid, p_ticket text[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
-- Makes the ticket's context, for the rest of this transaction. The membership is the one that was found
-- to be the account's; all else is what the server sealed.
begin
    perform set_config('app.actor', access_owner.seal(concat_ws('|', 'context', p_kind, coalesce(p_account::text, ''),
        coalesce(p_membership::text, ''), p_ticket[5], p_ticket[6], p_ticket[7], extract(epoch from transaction_timestamp())::text) || '|'), true);
end $$;

create or replace function access_owner.kept_since(p_period interval) returns timestamptz
language sql stable
-- The instant before which something that is kept so long is removed. Never later than the
-- server's own clock says; and null, before which nothing is, but in background work.
return case when access.background() then least(access.at(), now()) - p_period end;

-- Tables without personal data, or that must be read before anybody is known.
call access_owner.open_table('django_migrations', 'select', 'names of migrations');
call access_owner.open_table('django_content_type', 'select', 'names of models');
call access_owner.open_table('auth_permission', 'select', 'names of permissions');
call access_owner.open_table('auth_group', 'select', 'one opaque group for each unit');
call access_owner.open_table('auth_group_permissions', '', 'not used; the app has no right to it');
call access_owner.open_table('guardian_userobjectpermission', '', 'not used; own tables hold the grants');
call access_owner.open_table('guardian_groupobjectpermission', '', 'not used; own tables hold the grants');
-- Sessions are reached by the digest of a key that only the browser has (definers.sql).
call access_owner.protect('django_session', '');
