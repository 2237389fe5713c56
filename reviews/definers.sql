-- A unit's monthly review of its log. The events are read here and nowhere else; what leaves
-- is metadata: who, when, what kind of page, and by a flag what a rule found. Never a child's name.

create or replace function access_owner.family_names(p_name text) returns text[]
language sql immutable as $$
-- The parts of a surname to compare: lower case, of three letters or more ("af" and "de" tell nothing).
select coalesce(array_agg(part), '{}') from regexp_split_to_table(lower(trim(p_name)), '[\s-]+') part where length(part) > 2
$$;

create or replace function access_owner.read_in(p_from timestamptz, p_to timestamptz)
returns table (id uuid, at timestamptz, day date, account uuid, unit uuid, role text, action text, case_id uuid, child uuid, subject uuid)
language sql stable security definer set search_path = public, pg_temp as $$
-- What staff opened, printed or took out of a case, or of a signal that has none yet.
    select e.id, e.at, (e.at at time zone 'Europe/Stockholm')::date, e.account, e.unit, e.role, e.action, e."case", e.child, coalesce(e."case", e.object)
    from audit_event e
    where e.at >= p_from and e.at < p_to and e.kind in ('read', 'print', 'export', 'emergency')
      and e.role in ('caseworker', 'lead', 'lawyer') and e.unit is not null and coalesce(e."case", e.object) is not null
$$;

create or replace function access_owner.denied_in(p_from timestamptz, p_to timestamptz, p_denials integer, p_within interval)
returns table (unit uuid, account uuid, day date, role text, first_at timestamptz, last_at timestamptz, events uuid[])
language sql stable security definer set search_path = public, pg_temp as $$
-- Staff who were turned away so many times within so long, and all of that day's. From what is not
-- said: most often there was nothing.
    select d.unit, d.account, d.day, max(d.role), min(d.at), max(d.at), array_agg(d.id order by d.at, d.id) from (
        select e.id, e.at, e.unit, e.account, e.role, (e.at at time zone 'Europe/Stockholm')::date as day,
            count(*) over (partition by e.unit, e.account order by e.at range between p_within preceding and current row) as lately
        from audit_event e
        where e.at >= p_from and e.at < p_to and e.kind = 'denied'
          and e.role in ('caseworker', 'lead', 'lawyer') and e.unit is not null) d
    group by d.unit, d.account, d.day having max(d.lately) >= p_denials
$$;

create or replace function access.reviews_make(p_month date, p_days_off date[], p_round_the_clock text[], p_first_hour integer, p_last_hour integer,
    p_share numeric, p_least integer, p_most integer, p_many integer, p_denials integer, p_within interval, p_due date) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
-- Makes the review of a month that is over for each unit that opened anything in it and has
-- none yet. Answers background work that acts as nobody, never a page. What chance draws follows from the seed:
-- the accesses are put in the order of SHA-256(seed, account, subject, day) and the first taken.
declare
    starts timestamptz := p_month::timestamp at time zone 'Europe/Stockholm';
    ends timestamptz := (p_month + interval '1 month') at time zone 'Europe/Stockholm';
    made integer;
begin
    if not access.background() or ends > access.at() or p_month <> date_trunc('month', p_month)::date then
        return 0;
    end if;
    with opened as materialized (
        select r.* from access_owner.read_in(starts, ends) r
        where not exists (select from reviews_logreview v where v.unit_id = r.unit and v.month = p_month)
    ),
    -- When somebody let herself in: as head of the unit, or in an emergency.
    let_in as materialized (
        select e.account, e."case" as case_id, e.at from audit_event e
        where (e.action = 'opened_as_lead' or e.kind = 'emergency') and e.at < ends and e."case" in (select case_id from opened)
    ),
    -- When somebody else had let her work on the case, or the work itself had.
    worked as materialized (
        select p.* from (
            select a.user_id as account, a.unit_id as unit, a.content_object_id as case_id, a.valid from cases_assignment a
            union all
            select g.account_id, g.unit_id, g.case_id, g.valid from cases_grantperiod g where g.what = 'assignment'
        ) p
        where p.case_id in (select case_id from opened)
          and not exists (select from let_in l where l.account = p.account and l.case_id = p.case_id and l.at = lower(p.valid))
    ),
    own_family as materialized (
        select o.account, o.case_id from (select distinct account, case_id from opened where case_id is not null) o
        join agencies_staffmember f on f.account_id = o.account
        join cases_case k on k.id = o.case_id join people_child c on c.id = k.child_id
        -- All that follows the first name: a double surname is two words. Or she is of the family herself.
        where o.account in (select g.account_id from people_guardian g where g.id in (
                select s.guardian_id from people_guardianship s where s.child_id = c.id
                union all select x.person_id from cases_otheradult x where x.child_id = c.id))
            or access_owner.family_names(regexp_replace(trim(f.name), '^\S+\s*', '')) && (access_owner.family_names(c.family_name)
            || (select coalesce(array_agg(part), '{}') from people_guardianship s join people_guardian g on g.id = s.guardian_id,
                    unnest(access_owner.family_names(g.family_name)) part where s.child_id = c.id))
    ),
    usual as (
        select account, unit, avg(children) as mean from (
            select account, unit, day, count(distinct subject) as children from access_owner.read_in(starts - interval '90 days', starts) group by 1, 2, 3) d
        group by 1, 2
    ),
    each as (
        select o.*,
            -- The head of a case, and a signal, are open to the role: no assignment is asked for them.
            o.child is not null and not exists (select from worked w where w.account = o.account and w.unit = o.unit and w.case_id = o.case_id and w.valid @> o.at) as unassigned,
            exists (select from own_family n where n.account = o.account and n.case_id = o.case_id) as own_family,
            u.kind <> all (p_round_the_clock) and (o.day = any(p_days_off)
                or extract(hour from o.at at time zone 'Europe/Stockholm') not between p_first_hour and p_last_hour - 1) as off_hours,
            o.child is not null and coalesce(o.day > (p.closed_at at time zone 'Europe/Stockholm')::date, false) as after_closing
        from opened o join agencies_unit u on u.id = o.unit left join cases_process p on p.case_id = o.case_id
    ),
    one_day as (
        select account, unit, day, count(distinct subject) as children from opened group by 1, 2, 3
    ),
    accesses as (
        select e.unit, e.account, e.subject, e.day, max(e.role) as role, min(e.at) as first_at, max(e.at) as last_at, array_agg(e.id order by e.at, e.id) as events,
            bool_or(e.unassigned) as unassigned, bool_or(e.own_family) as own_family, bool_or(e.off_hours) as off_hours, bool_or(e.after_closing) as after_closing,
            bool_or(e.action = 'assigned_herself') as self_assigned, false as denied
        from each e group by 1, 2, 3, 4
        union all
        select d.unit, d.account, null, d.day, d.role, d.first_at, d.last_at, d.events, false, false, false, false, false, true
        from access_owner.denied_in(starts, ends, p_denials, p_within) d
        where not exists (select from reviews_logreview v where v.unit_id = d.unit and v.month = p_month)
    ),
    new as (
        insert into reviews_logreview (id, unit_id, month, seed, accesses, made_at, due_on)
        select gen_random_uuid(), a.unit, p_month, replace(gen_random_uuid()::text, '-', ''), count(*) filter (where not a.denied), access.at(), p_due from accesses a group by a.unit
        on conflict (unit_id, month) do nothing returning id, unit_id, seed, accesses
    ),
    chosen as (
        select n.id as review, a.*, coalesce(d.children, 0) as children,
            -- Chance draws among what was opened.
            not a.denied and row_number() over (partition by a.unit, a.denied order by encode(sha256(convert_to(n.seed || a.account || a.subject || a.day, 'UTF8')), 'hex'))
                <= least(p_most, greatest(p_least, ceil(p_share * n.accesses))) as drawn,
            array_remove(array[
                case when a.unassigned then 'unassigned' end, case when a.self_assigned then 'self_assigned' end, case when a.own_family then 'own_name' end, case when a.off_hours then 'off_hours' end,
                -- Once for the day, at its first access: the reviewer then sees how many there were.
                case when not a.denied and d.children > p_many and d.children > 2 * coalesce(w.mean, 0)
                    and row_number() over (partition by a.unit, a.account, a.day, a.denied order by a.first_at, a.subject) = 1 then 'many' end,
                case when a.after_closing then 'after_closing' end, case when a.denied then 'denied' end], null) as flags
        from new n join accesses a on a.unit = n.unit_id
        left join one_day d on d.unit = a.unit and d.account = a.account and d.day = a.day
        left join usual w on w.unit = a.unit and w.account = a.account
    ),
    taken as (
        insert into reviews_reviewedaccess (id, review_id, no, account_id, role, subject, first_at, last_at, events, drawn, flags, children, judgement, reason)
        select gen_random_uuid(), c.review, row_number() over (partition by c.review order by c.first_at, c.account, c.subject),
            c.account, c.role, c.subject, c.first_at, c.last_at, c.events, c.drawn, c.flags, c.children, '', ''
        from chosen c where c.drawn or c.flags <> '{}'
    )
    select count(*) into made from new;
    return made;
end $$;

create or replace function access.review_events(p_access uuid) returns table (at timestamptz, kind text, action text, basis text, reason text)
language sql stable security definer set search_path = public, pg_temp as $$
-- What was opened at one access of a review of the actor's: when, and what kind of page; and why
-- somebody assigned herself, who knew that the reviewer reads it.
    select e.at, e.kind, e.action, coalesce(e.detail->>'basis', ''),
        case when e.action = 'assigned_herself' then access_owner.why_let_in(e.account, e."case", e.at) else '' end
    from reviews_reviewedaccess a, audit_event e
    where a.id = p_access and a.review_id = any((select access.my_reviews())::uuid[]) and e.id = any(a.events)
    order by e.at, e.sequence
$$;

create or replace function access.review_sign(p_review uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
-- Signs a review, once every access in it is judged. False where that is not so.
begin
    update reviews_logreview r set signed_by_id = access.account(), signed_at = access.at()
    where r.id = p_review and r.id = any((select access.my_open_reviews())::uuid[])
      and not exists (select from reviews_reviewedaccess a where a.review_id = r.id and a.judgement = '');
    return found;
end $$;

-- --- That it is done --------------------------------------------------------------------

create or replace function access_owner.followed_units(p_account uuid) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
-- Units whose reviews an account is told of when they are late: those it leads, and as
-- dataskyddsombud those of its organisation; where that is the municipality itself, of its boards too.
    select m.unit_id from agencies_membership m join people_account a on a.id = m.account_id
    where m.account_id = p_account and a.is_active and m.valid @> access.at() and m.role = 'lead'
    union
    select u.id from agencies_membership m join people_account a on a.id = m.account_id
    join agencies_organisation o on o.id = m.organisation_id
    left join agencies_municipality k on k.code = o.municipality_id and o.is_public and o.name in (k.name || ' kommun', k.name || 's kommun')
    join agencies_organisation other on other.id = o.id or (other.is_public and other.municipality_id = k.code)
    join agencies_unit u on u.organisation_id = other.id
    where m.account_id = p_account and a.is_active and m.valid @> access.at() and m.role = 'data_protection'
$$;

create or replace function access_owner.followed_now() returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
-- The same, for the role in which the actor acts now.
    select u from access_owner.followed_units(access.account()) u
    where u = (select access.my_lead_unit()) or (select access.my_staff_role()) = 'data_protection'
$$;

create or replace function access_owner.reviewers_of(p_unit uuid) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
-- Who can judge a unit's reviews now.
    select m.account_id from agencies_membership m join people_account a on a.id = m.account_id
    where m.unit_id = p_unit and m.role = 'log_reviewer' and m.valid @> access.at() and a.is_active
$$;

create or replace function access_owner.unsigned_reviews() returns table (id uuid, unit uuid, month date, due_on date, late boolean, why text)
language sql stable security definer set search_path = public, pg_temp as $$
-- Reviews that nobody has signed: whether their day has passed, and why they can't be done, if they can't: the
-- unit has no log reviewer, or what is left is what its only one has opened herself (nobody judges her own).
    select r.id, r.unit_id, r.month, r.due_on, r.due_on < (access.at() at time zone 'Europe/Stockholm')::date,
        case when not exists (select from access_owner.reviewers_of(r.unit_id)) then 'no_reviewer'
            when exists (select from reviews_reviewedaccess x where x.review_id = r.id and x.judgement = ''
                and not exists (select from access_owner.reviewers_of(r.unit_id) w where w <> x.account_id)) then 'her_own'
            else '' end
    from reviews_logreview r where r.signed_at is null
$$;

create or replace function access.reviews_to_follow() returns table (unit text, month date, due_on date, late boolean, why text)
language sql stable security definer set search_path = public, pg_temp as $$
-- Reviews that are late, or that nobody can do, for the unit's arbetsledare and the dataskyddsombud.
    select u.name, r.month, r.due_on, r.late, r.why from access_owner.unsigned_reviews() r join agencies_unit u on u.id = r.unit
    where (r.late or r.why <> '') and r.unit in (select access_owner.followed_now())
    order by r.due_on, u.name
$$;

create or replace function access.review_figures() returns table (unit text, month date, accesses integer, taken integer, drawn integer, flagged integer,
    judged integer, asked integer, misuse integer, due_on date, signed_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
-- How the reviews go, unit by unit and month by month, as numbers: for the dataskyddsombud.
    select u.name, r.month, r.accesses, count(a.id)::integer, count(a.id) filter (where a.drawn)::integer, count(a.id) filter (where a.flags <> '{}')::integer,
        count(a.id) filter (where a.judgement <> '')::integer, count(a.id) filter (where a.judgement = 'asked')::integer,
        count(a.id) filter (where a.judgement = 'misuse')::integer, r.due_on, r.signed_at
    from reviews_logreview r join agencies_unit u on u.id = r.unit_id left join reviews_reviewedaccess a on a.review_id = r.id
    where (select access.my_staff_role()) = 'data_protection' and r.unit_id in (select access_owner.followed_now())
    group by r.id, u.name order by r.month desc, u.name
$$;

create or replace function access.review_concerns_me(p_review uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Whether a review still waits: for its unit's reviewers; and when it is late, or nobody can do it, for those who follow it.
    select exists (select from access_owner.unsigned_reviews() r where r.id = p_review
        and (access.account() in (select access_owner.reviewers_of(r.unit))
          or ((r.late or r.why <> '') and r.unit in (select access_owner.followed_units(access.account())))))
$$;

create or replace function access.reviews_remind() returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
-- Queues the mails: once to the unit's reviewers that there is a review, to its arbetsledare where
-- nobody can do it; when it is late, each week, to her and the dataskyddsombud. Answers background work that acts as nobody, never a page.
declare
    queued integer;
    on_day date := (access.at() at time zone 'Europe/Stockholm')::date;
begin
    insert into notices_outbox (id, recipient_id, kind, key, subject, created_at, due_at, attempts)
    select gen_random_uuid(), w.account_id, 'review_mail', w.key, w.id, access.at(), access.at(), 0
    from (
        select w as account_id, r.id, 'made:' || r.id as key
        from access_owner.unsigned_reviews() r, access_owner.reviewers_of(r.unit) w
        union
        select m.account_id, r.id, 'nobody:' || r.id from access_owner.unsigned_reviews() r
        join agencies_membership m on m.unit_id = r.unit and m.role = 'lead' and m.valid @> access.at()
        where r.why <> ''
        union
        select p.account_id, r.id, 'late:' || r.id || ':' || (on_day - r.due_on - 1) / 7 from reviews_logreview r
        join (select distinct account_id from agencies_membership where role in ('lead', 'data_protection') and valid @> access.at()) p
            on r.unit_id in (select access_owner.followed_units(p.account_id))
        where r.signed_at is null and r.due_on < on_day
    ) w
    where access.background()
    on conflict (recipient_id, kind, key) do nothing;
    get diagnostics queued = row_count;
    return queued;
end $$;
