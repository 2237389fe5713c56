-- --- Closed circles (docs/adr/0015-closed-circles.md) ---------------------------------
-- A case is closed while its child's identity is protected or it is locked: then taking part
-- and being assigned are not enough, one must be named for that very case.

create or replace function access_owner.closed_cases() returns table (case_id uuid, since timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    select k.id, lower(p.valid) from people_protection p join cases_case k on k.child_id = p.child_id where p.valid @> access.at()
    union all
    select l.case_id, lower(l.valid) from cases_lock l where l.valid @> access.at()
$$;

create or replace function access_owner.shut_out() returns table (case_id uuid, since timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
-- Closed cases that the actor is not named for, in the unit she acts for now.
    select c.case_id, c.since from access_owner.closed_cases() c
    where not exists (select from cases_named n where n.case_id = c.case_id and n.account_id = access.account()
        and n.unit_id = (select access.my_unit()) and n.valid @> access.at())
$$;

create or replace function access_owner.hidden_children() returns table (child_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
-- Children whose identity is protected, but for those whom the actor is named for.
    select p.child_id from people_protection p where p.valid @> access.at()
      and not exists (select from cases_named n join cases_case k on k.id = n.case_id where k.child_id = p.child_id
          and n.account_id = access.account() and n.unit_id = (select access.my_unit()) and n.valid @> access.at())
$$;

create or replace function access_owner.admitted(p_child uuid, p_guardian uuid, p_self uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Whether somebody, as guardian or as the youth, has been let in to what is closed of the child.
    select exists (select from cases_admission a where a.child_id = p_child and a.valid @> access.at()
        and (a.guardian_id = p_guardian or a.youth_id = p_self))
$$;

create or replace function access_owner.hidden_from_family() returns table (child_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
-- Protected children whom the actor, as family, meets nowhere: name and number may be new.
    select p.child_id from people_protection p
    where p.valid @> access.at() and not access_owner.admitted(p.child_id, (select access.my_guardian()), (select access.my_self()))
$$;

create or replace function access_owner.frozen_children(p_guardian uuid, p_self uuid) returns table (child_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
-- Children about whom somebody, as family, meets no case: protected or with a locked case, and
-- she has not been let in.
    select k.child_id from access_owner.closed_cases() o join cases_case k on k.id = o.case_id
    where not access_owner.admitted(k.child_id, p_guardian, p_self)
    union
    select p.child_id from people_protection p where p.valid @> access.at() and not access_owner.admitted(p.child_id, p_guardian, p_self)
$$;

create or replace function access_owner.frozen_children() returns table (child_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select f.child_id from access_owner.frozen_children((select access.my_guardian()), (select access.my_self())) f
$$;

create or replace function access.my_open_children() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Children of the actor's family whose cases she may meet.
    select coalesce(array_agg(c), '{}') from unnest((select access.my_family_children())::uuid[]) c
    where not exists (select from access_owner.frozen_children() f where f.child_id = c)
$$;

create or replace function access.my_shut_cases() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Of the cases that the actor's unit has to do with, those that are closed to her.
    select coalesce(array_agg(distinct s.case_id), '{}') from access_owner.shut_out() s
    where (select access.my_unit()) is not null and (
        exists (select from cases_participation p where p.content_object_id = s.case_id and p.group_id = (select access.my_group()))
        or exists (select from cases_assignment a where a.content_object_id = s.case_id and a.unit_id = (select access.my_unit()))
        or exists (select from cases_signal g where g.case_id = s.case_id and (select access.my_unit()) in (g.from_unit_id, g.to_unit_id))
        or exists (select from cases_invitation i where i.case_id = s.case_id and i.to_unit_id = (select access.my_unit())))
$$;

create or replace function access.my_shut_signals() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Signals of the actor's unit that are closed to their sender: sent before the case was closed.
-- One sent since then she sees as any other, so that nothing tells her that it is closed.
    select coalesce(array_agg(distinct g.id), '{}') from access_owner.shut_out() s join cases_signal g on g.case_id = s.case_id
    where g.from_unit_id = (select access.my_unit()) and g.sent_at < s.since
$$;

-- --- Which cases, versions and consents are the actor's ------------------------------
-- Validity stands in these arrays, never in the policy that an updater needs.

create or replace function access.my_assigned_cases() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- The unit takes part in full AND the person is assigned in the unit she acts for, AND where
-- the case is closed she is named for it.
    select coalesce(array_agg(distinct a.content_object_id), '{}') from cases_assignment a
    join cases_participation p on p.content_object_id = a.content_object_id
        and p.group_id = (select access.my_group()) and p.kind = 'full' and p.valid @> access.at()
    where a.user_id = access.account() and a.unit_id = (select access.my_unit()) and a.valid @> access.at()
      and not exists (select from access_owner.shut_out() s where s.case_id = a.content_object_id)
$$;

create or replace function access.my_emergency_cases() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Nödöppning: a case in which the actor's own unit takes part in full, for an hour at most. It
-- opens neither a closed case nor anything that another unit has not shown.
    select coalesce(array_agg(distinct e.case_id), '{}') from cases_emergency e
    join cases_participation p on p.content_object_id = e.case_id
        and p.group_id = (select access.my_group()) and p.kind = 'full' and p.valid @> access.at()
    where e.account_id = access.account() and e.unit_id = (select access.my_unit()) and e.valid @> access.at() and access.at() < e.opened_at + interval '60 minutes'
      and not exists (select from access_owner.closed_cases() s where s.case_id = e.case_id)
$$;

create or replace function access.my_cases() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Cases whose content the actor may read: assigned, or opened in an emergency.
    select access.my_assigned_cases() || access.my_emergency_cases()
$$;

create or replace function access.my_own_cases() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- As my_assigned_cases, where consent has ended and only the unit's own entries remain.
    select coalesce(array_agg(distinct a.content_object_id), '{}') from cases_assignment a
    join cases_participation p on p.content_object_id = a.content_object_id
        and p.group_id = (select access.my_group()) and p.kind = 'own' and p.valid @> access.at()
    where a.user_id = access.account() and a.unit_id = (select access.my_unit()) and a.valid @> access.at()
      and not a.content_object_id = any((select access.my_cases())::uuid[])
      and not exists (select from access_owner.shut_out() s where s.case_id = a.content_object_id)
$$;

create or replace function access.my_led_cases() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Cases in which the unit that the actor leads takes part, in full or with what is its own: somebody
-- there is answerable for it. But for closed ones that she is not named for.
    select coalesce(array_agg(distinct p.content_object_id), '{}') from cases_participation p
    join agencies_unit u on u.group_id = p.group_id
    where u.id = (select access.my_lead_unit()) and p.valid @> access.at()
      and not exists (select from access_owner.shut_out() s where s.case_id = p.content_object_id)
$$;

create or replace function access.my_led_in_full() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Of those, where the unit takes part in full: only then may it know how the case stands with others.
    select coalesce(array_agg(distinct p.content_object_id), '{}') from cases_participation p
    where p.content_object_id = any((select access.my_led_cases())::uuid[])
      and p.group_id = (select access.my_group()) and p.kind = 'full' and p.valid @> access.at()
$$;

create or replace function access.my_known_cases() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Cases that the actor may know of through her work: hers, her unit's own, those she leads.
    select access.my_cases() || access.my_own_cases() || access.my_led_cases()
$$;

create or replace function access.my_held_cases() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Cases of the actor's that her unit is responsible for or coordinates. An emergency doesn't
-- make her one who holds them.
    select coalesce(array_agg(s.case_id), '{}') from cases_process s
    where s.case_id = any((select access.my_assigned_cases())::uuid[])
      and (select access.my_unit()) in (s.responsible_unit_id, s.coordinator_unit_id)
$$;

create or replace function access.sees_others() returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- access.policy.sees_others, for the database: police and leisure see their own part of a
-- case and nothing of the other units (R1.2); the unit that holds the case sees it whole.
    select coalesce((select u.kind not in ('police', 'leisure') from agencies_unit u where u.id = (select access.my_unit())), false)
$$;

create or replace function access.my_process_cases() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Cases whose process, which names the units that hold it, the actor may know.
    select case when (select access.sees_others()) then access.my_cases() || access.my_led_in_full() else access.my_held_cases() end
$$;

create or replace function access.my_held_children() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct c.child_id), '{}') from cases_case c where c.id = any((select access.my_held_cases())::uuid[])
$$;

create or replace function access.my_work_children() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Children whose guardians the actor may know: she works on the case, and her unit
-- gets more than its own plan rows.
    select coalesce(array_agg(distinct c.child_id), '{}') from cases_case c, agencies_unit u
    where c.id = any((select access.my_cases())::uuid[]) and u.id = (select access.my_unit()) and (select access.sees_others())
$$;

create or replace function access.my_known_guardians() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct x.person), '{}') from (
        select s.guardian_id as person from people_guardianship s
        where s.child_id = any((select access.my_work_children())::uuid[]) and s.valid @> access.at()
        union all
        select a.person_id from cases_otheradult a
        where a.child_id = any((select access.my_work_children())::uuid[]) and a.valid @> access.at()) x
$$;

create or replace function access.my_case_children() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Children whose names the actor may see through a case.
    select coalesce(array_agg(distinct c.child_id), '{}') from cases_case c where c.id = any((select access.my_known_cases())::uuid[])
$$;

create or replace function access.my_family_cases() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(c.id), '{}') from cases_case c where c.child_id = any((select access.my_open_children())::uuid[])
$$;

create or replace function access.my_shown_cases() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Of her family's cases those of which the actor may be shown notes as a guardian, or as an adult
-- with that right. Somebody can be a guardian, and of another case the child.
    select coalesce(array_agg(c.id), '{}') from cases_case c where c.child_id = any((select access.my_shown_children())::uuid[])
$$;

create or replace function access.my_plan_cases() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(c.id), '{}') from cases_case c where c.child_id = any((select access.my_plan_children())::uuid[])
$$;

create or replace function access_owner.deciding(p_child uuid) returns table (person uuid)
language sql stable security definer set search_path = public, pg_temp as $$
-- Who decides for a child now: her guardians whose custody nobody contests, and who stands in
-- a guardian's place.
    select s.guardian_id from people_guardianship s where s.child_id = p_child and not s.contested and s.valid @> access.at()
    union select a.person_id from cases_otheradult a where a.child_id = p_child and a.valid @> access.at() and 'answers' = any(a.rights)
$$;

create or replace function access_owner.child_versions(p_self uuid, p_children uuid[]) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Versions shown to a youth as the child, where she is one of the children. A guardian may be able
-- to use the child's e-identification, so until she is of age she is shown nothing that is hidden
-- from a guardian or not shown to each of them, her own words included (OSL 12:3).
    select coalesce(array_agg(distinct d.version_id), '{}') from cases_disclosure d
    join cases_version v on v.id = d.version_id join cases_case k on k.id = d.case_id join people_child c on c.id = k.child_id
    where d.to_child_id = p_self and c.id = d.to_child_id and d.valid @> access.at()
      and c.id = any(p_children)
      and (access_owner.grown_at(c.born_on) <= access.at()
        or (not exists (select from cases_hiding h where h.entry_id = v.entry_id and h.valid @> access.at())
            and not exists (select from access_owner.deciding(c.id) g
                where not exists (select from cases_disclosure o where o.version_id = d.version_id
                    and o.to_guardian_id = g.person and o.valid @> access.at()))))
$$;

create or replace function access.my_child_versions() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select access_owner.child_versions((select access.my_self()), (select access.my_open_children()))
$$;

create or replace function access_owner.hidden_entries(p_guardian uuid, p_self uuid, p_cases uuid[], p_shown uuid[]) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Entries of the cases of which no trace may reach somebody in the family (OSL 12:3): what is hidden
-- from her; for the child, until she is of age, what is hidden from any guardian; and the child's own
-- words and wheel as long as their owner does not show them to her; p_shown are those that she is
-- shown as the child. Of age she is the one that the secrecy protects, and nothing is hidden from
-- her so (OSL 12:1).
    select coalesce(array_agg(distinct e.id), '{}') from cases_entry e
    join cases_case k on k.id = e.case_id join people_child c on c.id = k.child_id
    where k.id = any(p_cases)
      and (exists (select from cases_hiding h where h.entry_id = e.id and h.valid @> access.at()
              and (h.guardian_id = p_guardian
                or (c.id = p_self and access_owner.grown_at(c.born_on) > access.at())))
        or (exists (select from cases_version v where v.entry_id = e.id
                and (v.kind = 'child_words' or (v.kind = 'wheel' and v.data->>'perspective' = 'child')))
            and not (c.id is not distinct from p_self and access_owner.grown_at(c.born_on) <= access.at())
            and not exists (select from cases_version v join cases_disclosure d on d.version_id = v.id
                where v.entry_id = e.id and d.valid @> access.at()
                  and (d.to_guardian_id = p_guardian or v.id = any(p_shown)))))
$$;

create or replace function access.my_hidden_entries() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Entries of which no trace may reach the actor in her family.
    select access_owner.hidden_entries((select access.my_guardian()), (select access.my_self()), (select access.my_family_cases()),
        (select access.my_child_versions()))
$$;

create or replace function access.my_hidden_versions() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(v.id), '{}') from cases_version v where v.entry_id = any((select access.my_hidden_entries())::uuid[])
$$;

create or replace function access.my_versions() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Versions shown to the actor: to her unit in a case of hers; to her as guardian of the case's
-- child, unless the entry is hidden from her, and from the child's 13 only what was decided
-- since; or to her as the child.
    select (select coalesce(array_agg(distinct d.version_id), '{}') from cases_disclosure d
            where d.valid @> access.at()
              and ((d.to_unit_id = (select access.my_unit()) and (d.case_id = any((select access.my_cases())::uuid[])
                    -- Consent has ended where only the own is left: then what is shown on another ground.
                    or (d.consent_id is null and d.case_id = any((select access.my_own_cases())::uuid[]))))
                or (d.to_guardian_id = (select access.my_guardian())
                    and d.case_id = any((select access.my_shown_cases())::uuid[])
                    and d.version_id <> all((select access.my_hidden_versions())::uuid[])
                    and exists (select from cases_case k join people_child c on c.id = k.child_id where k.id = d.case_id
                        and (access.at() < access.birthday(c.born_on, 13) or d.decided_at >= access.birthday(c.born_on, 13))))))
        || access.my_child_versions()
$$;

create or replace function access.my_words_received(p_child uuid) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
-- To the child herself: that her own words or wheel have been received which she does not see
-- here, when the latest were, and which units read them. Nothing of what they say.
    select case when count(*) = 0 then null else jsonb_build_object('on', max(v.happened_on), 'units', (
        select jsonb_agg(distinct u.name) from agencies_unit u
        where u.id = any(array_agg(v.owner_unit_id)) or u.id in (select d.to_unit_id from cases_disclosure d
            where d.version_id = any(array_agg(v.id)) and d.valid @> access.at()))) end
    from cases_version v join cases_case k on k.id = v.case_id
    where k.child_id = p_child and p_child = (select access.my_self())
      and (v.kind = 'child_words' or (v.kind = 'wheel' and v.data->>'perspective' = 'child'))
      and v.id <> all((select access.my_child_versions())::uuid[])
      and v.entry_id = any((select access.my_hidden_entries())::uuid[])
$$;

create or replace function access.my_shown_entries() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct v.entry_id), '{}') from cases_version v where v.id = any((select access.my_versions())::uuid[])
$$;

create or replace function access.my_asked_consents() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Consents of the actor's family: she is asked, or she is the child.
    select coalesce(array_agg(distinct s.consent_id), '{}') from consent_scope s
    join consent_answer a on a.scope_id = s.id join consent_consent c on c.id = s.consent_id
    where c.child_id = any((select access.my_open_children())::uuid[])
      and ((a.guardian_id = (select access.my_guardian()) and c.child_id = any((select access.my_answer_children())::uuid[]))
        or (a.child_id = (select access.my_self()) and c.child_id = a.child_id))
$$;

create or replace function access.my_asked_scopes() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(s.id), '{}') from consent_scope s where s.consent_id = any((select access.my_asked_consents())::uuid[])
$$;

create or replace function access.my_team_scopes() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- A consent in force shows its units to one another, and nothing of the others; to a unit
-- that sees only its own part it shows that unit's own scope and the unit that asked, which
-- has invited it.
    select coalesce(array_agg(other.id), '{}') from consent_scope mine
    join consent_consent c on c.id = mine.consent_id
    join consent_scope other on other.consent_id = mine.consent_id and other.state = 'given' and other.valid @> access.at()
    join cases_case k on k.child_id = c.child_id and k.id = any((select access.my_cases())::uuid[])
    where mine.unit_id = (select access.my_unit()) and mine.state = 'given' and mine.valid @> access.at()
      and (other.id = mine.id or other.unit_id = c.from_unit_id
        or (select access.sees_others()) or k.id = any((select access.my_held_cases())::uuid[]))
$$;

create or replace function access.my_team_units() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct s.unit_id), '{}') from consent_scope s where s.id = any((select access.my_team_scopes())::uuid[])
$$;

create or replace function access.my_team_consents() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- With purpose and period, which tell of the others: not for who sees only her own part.
    select coalesce(array_agg(distinct s.consent_id), '{}') from consent_scope s
    where s.id = any((select access.my_team_scopes())::uuid[]) and (select access.sees_others())
$$;

create or replace function access.my_kept_consents() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Consents about children whose case the actor's unit holds, which it asked for or which a unit
-- asked for that has handed that case over: answers and withdrawals must be noted by somebody.
    select coalesce(array_agg(c.id), '{}') from consent_consent c
    where c.child_id = any((select access.my_held_children())::uuid[])
      and (c.from_unit_id = (select access.my_unit()) or exists (select from cases_handover h join cases_case k on k.id = h.case_id
          where k.child_id = c.child_id and h.from_unit_id = c.from_unit_id and h.outcome = 'accepted'))
$$;

create or replace function access.my_held_scopes() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(s.id), '{}') from consent_scope s where s.consent_id = any((select access.my_kept_consents())::uuid[])
$$;

create or replace function access.my_open_scopes() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Of the scopes that the actor asked about or is asked about, those whose answers may still
-- be changed. A yes that all have given is taken back through consent_withdraw alone, which
-- also closes what it had opened; what has held or has ended stays so. Where nothing has held,
-- whoever has yet to answer may, whatever the others did: being refused would tell it.
    select coalesce(array_agg(s.id), '{}') from consent_scope s
    where s.state in ('waiting', 'refused', 'conflict', 'withdrawn') and s.valid is null
      and (s.id = any((select access.my_held_scopes())::uuid[]) or s.id = any((select access.my_asked_scopes())::uuid[]))
$$;

create or replace function access.may_be_asked(p_scope uuid, p_guardian uuid, p_child uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Only the consent's own child, its guardians now and who stands in their place can be asked
-- (FB 6:11, 6:13).
    select exists (select from consent_scope s join consent_consent c on c.id = s.consent_id
        where s.id = p_scope and (p_child is null or p_child = c.child_id)
          and (p_guardian is null or access_owner.stands(c.child_id, p_guardian, 'answers')))
$$;

create or replace function access.may_cite(p_case uuid, p_version uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- A plan can cite what its writer may read, in the same case.
    select p_version is null or exists (select from cases_version v where v.id = p_version and v.case_id = p_case
        and p_case = any((select access.my_cases())::uuid[]) and (v.owner_unit_id = (select access.my_unit()) or v.id = any((select access.my_versions())::uuid[])))
$$;

create or replace function access.consent_covers(p_case uuid, p_consent uuid, p_unit uuid, p_category text, p_valid tstzrange) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Whether a consent in force for the case's child lets the unit be shown the
-- category for the whole of the period (B1).
    select exists (select from consent_scope s
        join consent_consent c on c.id = s.consent_id join cases_case k on k.child_id = c.child_id
        where k.id = p_case and c.id = p_consent and s.unit_id = p_unit and s.state = 'given'
          and s.valid @> access.at() and s.valid @> p_valid
          and (p_category is null or p_category = any(s.categories))
          -- Police and leisure get category praktisk plan and nothing else (R1.2).
          and (p_category = 'practical' or not exists (select from agencies_unit u where u.id = p_unit and u.kind in ('police', 'leisure'))))
$$;

create or replace function access.version_category(p_version uuid) returns text
language sql stable security definer set search_path = public, pg_temp
return (select v.category from cases_version v where v.id = p_version);

create or replace function access.case_is_protected(p_case uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Of a case of the actor's: whether its child's identity is protected.
    select p_case = any((select access.my_assigned_cases())::uuid[]) and exists (select from people_protection p
        join cases_case k on k.child_id = p.child_id where k.id = p_case and p.valid @> access.at())
$$;

create or replace function access.version_is_beyond_consent(p_version uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
return (select v.beyond_consent from cases_version v where v.id = p_version);

create or replace function access.stands_in_case(p_case uuid, p_guardian uuid, p_right text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- A guardian of the case's child now, whose custody nobody contests, or an adult who has been
-- given the right.
    select exists (select from cases_case k where k.id = p_case and access_owner.stands(k.child_id, p_guardian, p_right))
$$;

create or replace function access.is_hidden_from(p_version uuid, p_guardian uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Whether the entry of a version is hidden from a guardian; from anybody where none is named.
    select exists (select from cases_version v join cases_hiding h on h.entry_id = v.entry_id
        where v.id = p_version and h.valid @> access.at() and (p_guardian is null or h.guardian_id = p_guardian))
$$;

create or replace function access.child_may_be_shown(p_case uuid, p_child uuid, p_version uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- The case's own child; nothing that is hidden from a guardian of hers until she is of age.
    select exists (select from cases_case k join people_child c on c.id = k.child_id
        where k.id = p_case and c.id = p_child
          and (access_owner.grown_at(c.born_on) <= access.at() or not access.is_hidden_from(p_version, null)))
$$;

create or replace function access.may_hide_from(p_case uuid, p_guardian uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Whoever has custody of the case's child now, contested or not, or is let read without.
    select exists (select from people_guardianship s join cases_case k on k.child_id = s.child_id
            where k.id = p_case and s.guardian_id = p_guardian and s.valid @> access.at())
        or access.stands_in_case(p_case, p_guardian, 'shown') or access.stands_in_case(p_case, p_guardian, 'plan')
$$;

create or replace function access.asked_by_me(p_consent uuid, p_case uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- A consent about the case's child that the actor's own unit asked for.
    select exists (select from consent_consent c join cases_case k on k.child_id = c.child_id
        where c.id = p_consent and k.id = p_case and c.from_unit_id = (select access.my_unit()))
$$;

create or replace function access.concern_goes_on(p_note uuid, p_no integer, p_case uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- A note's first version, or the one after the newest that the actor's own unit wrote of it.
    select coalesce(max(c.no), 0) + 1 = p_no and coalesce(bool_and(c.case_id = p_case and c.owner_unit_id = (select access.my_unit())), true)
    from cases_concern c where c.note = p_note
$$;

create or replace function access.guardian_may_be_shown(p_case uuid, p_guardian uuid, p_version uuid, p_child_asked boolean) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- A guardian of the case's child; the child's own words and wheel only when the
-- child was asked, and nothing that is hidden from her (OSL 12:3).
    select access.stands_in_case(p_case, p_guardian, 'shown') and not access.is_hidden_from(p_version, p_guardian)
      and exists (select from cases_version v where v.id = p_version
        and (p_child_asked or not (v.kind = 'child_words' or (v.kind = 'wheel' and v.data->>'perspective' = 'child'))))
$$;

-- --- For whom, apart from who asks: what a preview is computed by (docs/adr/0019-…) -----------
-- The twins of the arrays above that the second wall asks where one that reads is not the one that
-- asks. Each answers the asker alone, of cases that she works on, and of what she may read there.

create or replace function access_owner.knows_unit(p_case uuid, p_unit uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
-- Whether the actor, who works on the case, knows that a unit takes part in it: her unit holds the
-- case, a consent in force shows the two to one another, or one of them shows the other something.
    select p_case = any((select access.my_cases())::uuid[])
       and (p_case = any((select access.my_held_cases())::uuid[])
        or p_unit in (select t.unit_id from consent_scope t join consent_consent c on c.id = t.consent_id join cases_case k on k.child_id = c.child_id
            where k.id = p_case and t.id = any((select access.my_team_scopes())::uuid[]))
        or exists (select from cases_disclosure d where d.case_id = p_case and d.valid @> access.at()
            and ((d.owner_unit_id = (select access.my_unit()) and d.to_unit_id = p_unit)
              or (d.to_unit_id = (select access.my_unit()) and d.owner_unit_id = p_unit))))
$$;

create or replace function access.their_cases(p_unit uuid, p_kinds text[]) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Cases that the actor works on in which a unit that she knows of there takes part, in one of the kinds.
    select coalesce(array_agg(distinct p.content_object_id), '{}') from cases_participation p join agencies_unit u on u.group_id = p.group_id
    where u.id = p_unit and p.kind = any(p_kinds) and p.valid @> access.at()
      and p.content_object_id = any((select access.my_cases())::uuid[]) and access_owner.knows_unit(p.content_object_id, p_unit)
$$;

create or replace function access.their_open_children(p_guardian uuid, p_self uuid) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Of the children whose family the actor may know, those whose cases a guardian, or the youth from
-- 16, meets.
    select coalesce(array_agg(c.id), '{}') from people_child c
    where c.id = any((select access.my_work_children())::uuid[])
      and (p_self is null or (c.id = p_self and access.birthday(c.born_on, 16) <= access.at()))
      and not exists (select from access_owner.frozen_children(p_guardian, p_self) f where f.child_id = c.id)
$$;

create or replace function access_owner.their_cases_of(p_guardian uuid, p_self uuid) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(k.id), '{}') from cases_case k
    where k.id = any((select access.my_cases())::uuid[]) and k.child_id = any((select access.their_open_children(p_guardian, p_self))::uuid[])
$$;

create or replace function access.their_child_versions(p_guardian uuid, p_self uuid) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Of what the actor's own unit wrote, what the youth is shown.
    select coalesce(array_agg(v.id), '{}') from cases_version v
    where v.owner_unit_id = (select access.my_unit())
      and v.id = any((select access_owner.child_versions(p_self, access.their_open_children(p_guardian, p_self)))::uuid[])
$$;

create or replace function access_owner.their_hidden_entries(p_guardian uuid, p_self uuid) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select access_owner.hidden_entries(p_guardian, p_self, access_owner.their_cases_of(p_guardian, p_self),
        access_owner.child_versions(p_self, access.their_open_children(p_guardian, p_self)))
$$;

create or replace function access.their_hidden_entries(p_guardian uuid, p_self uuid) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
-- Of what the actor's own unit wrote, that of which no trace may reach somebody in the family. What
-- another unit hides is its own to know.
    select coalesce(array_agg(e.id), '{}') from cases_entry e
    where e.owner_unit_id = (select access.my_unit())
      and e.id = any((select access_owner.their_hidden_entries(p_guardian, p_self))::uuid[])
$$;

-- --- Children and guardians ----------------------------------------------------------

call access_owner.protect('people_child', 'select, update (language, interpreter_language)');
create policy read on people_child for select to barnensbasta_app
    using (id = any((select access.my_case_children())::uuid[]) or id = any((select access.my_family_children())::uuid[]));
create policy change on people_child for update to barnensbasta_app
    using (id = any((select access.my_held_children())::uuid[])) with check (id = any((select access.my_held_children())::uuid[]));

call access_owner.protect('people_guardianship', 'select');
create policy read on people_guardianship for select to barnensbasta_app
    using (child_id = any((select access.my_work_children())::uuid[])
        or (guardian_id = (select access.my_guardian()) and child_id = any((select access.my_children())::uuid[])));

call access_owner.protect('people_guardian', 'select');
create policy read on people_guardian for select to barnensbasta_app
    using (id = (select access.my_guardian()) or id = any((select access.my_known_guardians())::uuid[]));

call access_owner.protect('agencies_listing', 'select');
create policy read on agencies_listing for select to barnensbasta_app
    using (child_id = any((select access.my_held_children())::uuid[]));

-- --- Consent --------------------------------------------------------------------------

call access_owner.protect('consent_consent', 'select, insert');
create policy read on consent_consent for select to barnensbasta_app
    using ((from_unit_id = (select access.my_unit()) and child_id = any((select access.my_held_children())::uuid[]))
        or id = any((select access.my_kept_consents())::uuid[])
        or id = any((select access.my_team_consents())::uuid[])
        or id = any((select access.my_asked_consents())::uuid[]));
create policy add on consent_consent for insert to barnensbasta_app
    with check (from_unit_id = (select access.my_unit()) and child_id = any((select access.my_held_children())::uuid[])
        and asked_by_id = (select access.account()) and state = 'waiting');

call access_owner.protect('consent_scope', 'select, insert');
create policy read on consent_scope for select to barnensbasta_app
    using (id = any((select access.my_held_scopes())::uuid[]) or id = any((select access.my_team_scopes())::uuid[])
        or consent_id = any((select access.my_asked_consents())::uuid[]));
create policy add on consent_scope for insert to barnensbasta_app
    with check (state = 'waiting' and valid is null
        and exists (select from consent_consent c where c.id = consent_id and c.from_unit_id = (select access.my_unit())
            and c.asked_by_id = (select access.account()) and c.state = 'waiting'));

call access_owner.protect('consent_answer', 'select, insert, update (reply, route, replied_at, noted_by_id)');
create policy read on consent_answer for select to barnensbasta_app
    using (scope_id = any((select access.my_held_scopes())::uuid[])
        or ((guardian_id = (select access.my_guardian()) or child_id = (select access.my_self()))
            and scope_id = any((select access.my_asked_scopes())::uuid[])));
create policy add on consent_answer for insert to barnensbasta_app
    with check (reply = '' and scope_id = any((select access.my_held_scopes())::uuid[])
        and access.may_be_asked(scope_id, guardian_id, child_id));
create policy note on consent_answer for update to barnensbasta_app
    using (scope_id = any((select access.my_held_scopes())::uuid[]) and scope_id = any((select access.my_open_scopes())::uuid[]))
    with check (scope_id = any((select access.my_held_scopes())::uuid[])
        and route <> 'electronic' and noted_by_id = (select access.account()));
create policy reply on consent_answer for update to barnensbasta_app
    using ((guardian_id = (select access.my_guardian()) or child_id = (select access.my_self()))
        and scope_id = any((select access.my_asked_scopes())::uuid[]) and scope_id = any((select access.my_open_scopes())::uuid[]))
    with check ((guardian_id = (select access.my_guardian()) or child_id = (select access.my_self()))
        and route = 'electronic' and noted_by_id is null);

-- --- Case and process -----------------------------------------------------------------

call access_owner.protect('cases_case', 'select');
create policy read on cases_case for select to barnensbasta_app
    using (id = any((select access.my_cases())::uuid[]) or id = any((select access.my_own_cases())::uuid[])
        or id = any((select access.my_led_cases())::uuid[]) or id = any((select access.my_family_cases())::uuid[]));

-- Who answers for it changes by a hand-over that is accepted, and so by functions alone.
call access_owner.protect('cases_process', 'select, update (state, next_step, next_on, state_since, closed_at, close_reason)');
create policy read on cases_process for select to barnensbasta_app
    using (case_id = any((select access.my_process_cases())::uuid[]));
create policy change on cases_process for update to barnensbasta_app
    using (case_id = any((select access.my_held_cases())::uuid[]))
    with check (case_id = any((select access.my_held_cases())::uuid[]));

call access_owner.protect('cases_participation', 'select');
create policy read on cases_participation for select to barnensbasta_app
    using (content_object_id = any((select access.my_held_cases())::uuid[])
        or (group_id = (select access.my_group()) and content_object_id = any((select access.my_known_cases())::uuid[])));

call access_owner.protect('cases_assignment', 'select, insert, delete');
create policy read on cases_assignment for select to barnensbasta_app
    using (unit_id = (select access.my_unit()) and not content_object_id = any((select access.my_shut_cases())::uuid[])
        and (user_id = (select access.account()) or content_object_id = any((select access.my_known_cases())::uuid[])));
create policy add on cases_assignment for insert to barnensbasta_app
    with check (unit_id = (select access.my_lead_unit()) and content_object_id = any((select access.my_led_cases())::uuid[])
        and granted_by_id = (select access.account())
        -- Whoever lets herself in says why.
        and (user_id <> (select access.account()) or length(trim(reason)) >= 10));
create policy finish on cases_assignment for delete to barnensbasta_app
    using ((unit_id = (select access.my_lead_unit()) or (unit_id = (select access.my_unit()) and user_id = (select access.account())))
        and not content_object_id = any((select access.my_shut_cases())::uuid[]));

call access_owner.protect('cases_grantperiod', '');

-- --- Signals and invitations ------------------------------------------------------------

call access_owner.protect('cases_signal', 'select');
create policy read on cases_signal for select to barnensbasta_app
    using ((from_unit_id = (select access.my_unit()) and (sent_by_id = (select access.account()) or from_unit_id = (select access.my_lead_unit()))
            and not id = any((select access.my_shut_signals())::uuid[]))
        or (((to_unit_id = (select access.my_unit()) and (taken_by_id is null or case_id = any((select access.my_cases())::uuid[])))
            or to_unit_id = (select access.my_lead_unit()))
            and (case_id is null or not case_id = any((select access.my_shut_cases())::uuid[]))));
call access_owner.protect('cases_signaltext', 'select');
create policy read on cases_signaltext for select to barnensbasta_app
    using ((from_unit_id = (select access.my_unit()) and (sent_by_id = (select access.account()) or from_unit_id = (select access.my_lead_unit()))
            and not signal_id = any((select access.my_shut_signals())::uuid[]))
        or (to_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[])));

call access_owner.protect('cases_invitation', 'select');
create policy read on cases_invitation for select to barnensbasta_app
    using ((from_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[]))
        or ((to_unit_id = (select access.my_unit()) and (taken_by_id is null or taken_by_id = (select access.account()))
            or to_unit_id = (select access.my_lead_unit())) and not case_id = any((select access.my_shut_cases())::uuid[])));

-- --- Entries, versions, disclosures -------------------------------------------------------

call access_owner.protect('cases_entry', 'select, insert');
create policy read on cases_entry for select to barnensbasta_app
    using ((owner_unit_id = (select access.my_unit())
            and (case_id = any((select access.my_cases())::uuid[]) or case_id = any((select access.my_own_cases())::uuid[])))
        or id = any((select access.my_shown_entries())::uuid[]));
create policy add on cases_entry for insert to barnensbasta_app
    with check (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[])
        and created_by_id = (select access.account()));

call access_owner.protect('cases_version', 'select, insert');
create policy read on cases_version for select to barnensbasta_app
    using ((owner_unit_id = (select access.my_unit())
            and (case_id = any((select access.my_cases())::uuid[]) or case_id = any((select access.my_own_cases())::uuid[])))
        or id = any((select access.my_versions())::uuid[]));
create policy add on cases_version for insert to barnensbasta_app
    with check (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[])
        and author_id = (select access.account()));

call access_owner.protect('cases_disclosure', 'select, insert, update (valid)');
create policy read on cases_disclosure for select to barnensbasta_app
    using ((owner_unit_id = (select access.my_unit())
            and (case_id = any((select access.my_cases())::uuid[]) or case_id = any((select access.my_own_cases())::uuid[])))
        or (to_unit_id = (select access.my_unit()) and not isempty(valid) and (case_id = any((select access.my_cases())::uuid[])
            or (consent_id is null and valid @> (select access.at()) and case_id = any((select access.my_own_cases())::uuid[]))))
        -- Not what waits for a signature or was said no to: why not may be just what she is not to know.
        or (to_guardian_id = (select access.my_guardian()) and not isempty(valid) and case_id = any((select access.my_shown_cases())::uuid[])
            and version_id <> all((select access.my_hidden_versions())::uuid[]))
        or (to_child_id = (select access.my_self()) and valid @> access.at()
            and version_id = any((select access.my_child_versions())::uuid[])));
create policy add on cases_disclosure for insert to barnensbasta_app
    with check (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_assigned_cases())::uuid[])
        and decided_by_id = (select access.account()) and signed_by_id is null
        -- Of a child with protected identity nobody shows anything alone.
        and (second <> '' or not access.case_is_protected(case_id))
        and case
            when to_unit_id is not null then to_unit_id <> owner_unit_id
                and access.basis_allows(basis, basis_no, second, duty, case_id, owner_unit_id, to_unit_id,
                    access.version_category(version_id), access.version_is_beyond_consent(version_id))
                and (isempty(valid) or upper(valid) <= access.at() + interval '1 year 1 day')
                -- On consent; who sees only her own part to those alone whom she knows by it.
                and (basis <> 'B1' or (((select access.sees_others()) or case_id = any((select access.my_held_cases())::uuid[])
                        or to_unit_id = any((select access.my_team_units())::uuid[]))
                    and access.consent_covers(case_id, consent_id, to_unit_id, access.version_category(version_id),
                        case when isempty(valid) then tstzrange(access.at(), ends_at) else valid end)))
            when to_guardian_id is not null then access.guardian_may_be_shown(case_id, to_guardian_id, version_id, child_asked)
            else access.child_may_be_shown(case_id, to_child_id, version_id)
        end);
create policy finish on cases_disclosure for update to barnensbasta_app
    using (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_assigned_cases())::uuid[]))
    with check (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_assigned_cases())::uuid[])
        and (isempty(valid) or upper(valid) <= access.at()));

-- --- Adults without custody, and who decides a consent -------------------------------------

call access_owner.protect('cases_otheradult', 'select');
create policy read on cases_otheradult for select to barnensbasta_app
    using (child_id = any((select access.my_work_children())::uuid[])
        or (person_id = (select access.my_guardian()) and valid @> access.at()));

call access_owner.protect('cases_maturity', 'select, insert');
create policy read on cases_maturity for select to barnensbasta_app
    using (unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[]));
create policy add on cases_maturity for insert to barnensbasta_app
    with check (unit_id = (select access.my_unit()) and case_id = any((select access.my_held_cases())::uuid[])
        and noted_by_id = (select access.account()) and signed_by_id is null and reason <> ''
        and access.asked_by_me(consent_id, case_id));

call access_owner.protect('cases_childview', 'select, insert');
create policy read on cases_childview for select to barnensbasta_app
    using (unit_id = (select access.my_unit()) and case_id = any((select access.my_cases())::uuid[]));
create policy add on cases_childview for insert to barnensbasta_app
    with check (unit_id = (select access.my_unit()) and case_id = any((select access.my_held_cases())::uuid[])
        and noted_by_id = (select access.account()) and access.asked_by_me(consent_id, case_id));

-- --- What a unit keeps to itself ------------------------------------------------------------

call access_owner.protect('cases_hiding', 'select, insert, update (valid, lifted_by_id)');
create policy read on cases_hiding for select to barnensbasta_app
    using (owner_unit_id = (select access.my_unit())
        and (case_id = any((select access.my_cases())::uuid[]) or case_id = any((select access.my_own_cases())::uuid[])));
create policy add on cases_hiding for insert to barnensbasta_app
    with check (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_assigned_cases())::uuid[])
        and decided_by_id = (select access.account()) and lifted_by_id is null and reason <> '' and upper_inf(valid)
        and review_on <= ((access.at() at time zone 'Europe/Stockholm')::date + interval '6 months')::date
        and access.may_hide_from(case_id, guardian_id));
create policy lift on cases_hiding for update to barnensbasta_app
    using (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_assigned_cases())::uuid[]) and upper_inf(valid))
    with check (lifted_by_id = (select access.account()) and (isempty(valid) or upper(valid) <= access.at()));

call access_owner.protect('cases_concern', 'select, insert');
create policy read on cases_concern for select to barnensbasta_app
    using (owner_unit_id = (select access.my_unit())
        and (case_id = any((select access.my_cases())::uuid[]) or case_id = any((select access.my_own_cases())::uuid[])));
create policy add on cases_concern for insert to barnensbasta_app
    with check (owner_unit_id = (select access.my_unit()) and case_id = any((select access.my_assigned_cases())::uuid[])
        and author_id = (select access.account()) and access.concern_goes_on(note, no, case_id));

-- --- Drafts ---------------------------------------------------------------------------------

call access_owner.protect('cases_draft', 'select, insert, update (fields, saved_at), delete');
create policy own on cases_draft for all to barnensbasta_app
    using (account_id = (select access.account()) and unit_id is not distinct from (select access.my_unit())
        and (case_id is null or case_id = any((select access.my_cases())::uuid[])))
    with check (account_id = (select access.account()) and unit_id is not distinct from (select access.my_unit())
        and (case_id is null or case_id = any((select access.my_cases())::uuid[])));

-- --- The words of the wheel ---------------------------------------------------------------------

call access_owner.protect('cases_wheeledition', 'select, insert');

create or replace function access.next_wheel_edition() returns integer
language sql stable security definer set search_path = public, pg_temp as $$
-- The number of the wheel's next edition, to the administrator; the first comes with the service.
    select coalesce(max(no), 1) + 1 from cases_wheeledition having (select access.my_staff_role()) = 'administrator'
$$;

-- They say nothing about anybody: whoever is signed in reads them.
create policy read on cases_wheeledition for select to barnensbasta_app
    using ((select access.account()) is not null);
-- An administrator words the next one, in her own name and now.
create policy add on cases_wheeledition for insert to barnensbasta_app
    with check ((select access.my_staff_role()) = 'administrator'
        and made_by_id = access.account() and made_at = access.at() and no = access.next_wheel_edition());

-- --- What never changes (I24): whose a row is, what it belongs to, and what was written ---------

call access_owner.immutable_but('consent_consent', '{state,valid}');
call access_owner.immutable_but('consent_scope', '{state,valid}');
call access_owner.immutable('consent_answer', '{scope_id,guardian_id,child_id}');
call access_owner.immutable_but('cases_case', '{}');
call access_owner.immutable('cases_process', '{case_id,child_id}');
call access_owner.immutable_but('cases_participation', '{valid}');
call access_owner.immutable_but('cases_assignment', '{valid}');
call access_owner.immutable_but('cases_grantperiod', '{}');
call access_owner.immutable('cases_signal', '{from_unit_id,sent_by_id,sent_at,born_on,municipality_id}');
call access_owner.immutable_but('cases_signaltext', '{to_unit_id,case_id}');
-- A protected identity takes the name out of what was sent.
call access_owner.immutable_but('cases_invitation', '{taken_by_id,taken_at,child_name}');
call access_owner.immutable_but('cases_entry', '{}');
call access_owner.immutable_but('cases_version', '{}');
call access_owner.immutable_but('cases_disclosure', '{valid,outcome,signed_by_id,signed_at,declined_because}');
call access_owner.immutable_but('cases_hiding', '{valid,lifted_by_id}');
call access_owner.immutable_but('cases_concern', '{}');
call access_owner.immutable_but('cases_otheradult', '{valid,ended_by_id,end_reason}');
call access_owner.immutable_but('cases_maturity', '{signed_by_id,signed_by_name,signed_at}');
call access_owner.immutable_but('cases_childview', '{}');
call access_owner.immutable_but('cases_wheeledition', '{}');
call access_owner.immutable('cases_draft', '{account_id,unit_id,case_id,target}');
