"""Mutants of filters that are the same filter in other words: nobody could tell them from it.

Each with its reason. One that is caught all the same is stale, and fails.
"""

_PAIRS: tuple[tuple[str, str], ...] = (
    (
        "cases.querysets.CaseQuerySet.worked_on_by: never: if `if not actor.is_staff: return self.none()`",
        "whoever works for no unit takes part in nothing and is assigned to nothing: it spares a statement",
    ),
    (
        "cases.querysets.CaseQuerySet.remembered_by: never: if `if not actor.is_staff: return self.none()`",
        "whoever works for no unit takes part in nothing and is assigned to nothing: it spares a statement",
    ),
    (
        "cases.querysets.CaseQuerySet.of_family: never: if `if not actor.is_family: return self.none()`",
        "the database names no children of her family to whoever is of none: it spares a statement",
    ),
    (
        "cases.querysets.CaseQuerySet.of_family: without Q(child=actor.child_id) | "
        "self._stands_for_child(actor) in `self.filter(grants.is_of_open_child(actor), "
        "Q(child=actor.child_id) | self._stands_for_…`",
        "access.my_open_children names only children whom she stands for, or herself",
    ),
    (
        "cases.querysets.CaseQuerySet.of_guardian: never: if `if not actor.is_family: return self.none()`",
        "the database names no children of her family to whoever is of none: it spares a statement",
    ),
    (
        "cases.querysets.CaseQuerySet.visible_to: never: if `if not actor.is_staff: return self.none()`",
        "whoever works for no unit takes part in nothing and is assigned to nothing: it spares a statement",
    ),
    (
        "cases.querysets.ProcessQuerySet.visible_to: never: if `if not actor.is_staff: return self.none()`",
        "whoever works for no unit takes part in nothing and is assigned to nothing: it spares a statement",
    ),
    (
        "cases.queries.inbox._readable_texts: never: if `if not actor.is_staff: return texts.none()`",
        "whoever works for no unit takes part in nothing and is assigned to nothing: it spares a statement",
    ),
    (
        "cases.querysets._disclosed_to: always the first of `Q(to_guardian=actor.guardian_id) & "
        "as_guardian if actor.guardian_id else Q(pk__in=[])`",
        "nobody has custody, or a right, without being a guardian here: as_guardian says so too",
    ),
    (
        "cases.querysets._disclosed_to: without pk__in in `Q(pk__in=[])`",
        "an empty Q is nothing beside what the child is shown, which is then the only part",
    ),
    (
        "cases.querysets._disclosed_to: always: if `if actor.child_id: to_me |= "
        "Q(to_child=actor.child_id) & in_array('version', *ids_of(ac…`",
        "access.my_child_versions is empty for whoever is no child here",
    ),
    (
        "cases.querysets._disclosed_to: without Q(to_child=actor.child_id) in "
        "`Q(to_child=actor.child_id) & in_array('version', *ids_of(actor, 'child_versions'))`",
        "access.my_child_versions names just the versions that are shown to her as the child",
    ),
    (
        "cases.querysets._disclosed_to: without to_child in `Q(to_child=actor.child_id)`",
        "access.my_child_versions names just the versions that are shown to her as the child",
    ),
    (
        "cases.querysets._disclosed_to: without case__in in `Q(valid__contains=access_at(), "
        "case__in=cases.of_family(actor))`",
        "of_guardian and access.my_child_versions ask the same",
    ),
    (
        "cases.querysets.VersionQuerySet.written_by_unit_of: never: if `if not actor.is_staff: "
        "return self.none()`",
        "whoever works for no unit takes part in nothing and is assigned to nothing: it spares a statement",
    ),
    (
        "cases.querysets.VersionQuerySet.shown_to: never: if `if not (actor.is_staff or "
        "actor.is_family): return self.none()`",
        "whoever works for no unit takes part in nothing and is assigned to nothing: it spares a statement",
    ),
    (
        "cases.querysets.VersionQuerySet.visible_to: never: if `if not actor.is_staff: return self.none()`",
        "whoever works for no unit takes part in nothing and is assigned to nothing: it spares a statement",
    ),
    (
        "cases.querysets.cases_with_own_entries: never: if `if not actor.is_staff: return cases.none()`",
        "whoever works for no unit takes part in nothing and is assigned to nothing: it spares a statement",
    ),
    (
        "cases.kept.ConcernQuerySet.visible_to: never: if `if not actor.is_staff: return self.none()`",
        "whoever works for no unit takes part in nothing and is assigned to nothing: it spares a statement",
    ),
    (
        "plans.querysets._released_to: always the first of `Q(to_guardian=actor.guardian_id) & "
        "as_guardian if actor.guardian_id else Q(pk__in=[])`",
        "nobody has custody, or a right, without being a guardian here: as_guardian says so too",
    ),
    (
        "plans.querysets._released_to: without Q(to_child=actor.child_id) in "
        "`Q(to_child=actor.child_id) & in_array('version', *ids_of(actor, 'child_plans'))`",
        "access.my_child_plans names just the versions that are shown to her as the child",
    ),
    (
        "plans.querysets._released_to: without to_child in `Q(to_child=actor.child_id)`",
        "access.my_child_plans names just the versions that are shown to her as the child",
    ),
    (
        "cases.querysets.CaseQuerySet.visible_to: without grants.participates(actor, "
        "kinds=('full',)) in `grants.participates(actor, kinds=('full',)) & grants.is_in_emergency(actor)`",
        "access.my_emergency_cases names only cases in which the unit takes part in full",
    ),
    (
        "cases.querysets.CaseQuerySet.visible_to: own notes are enough in `kinds=('full',)`",
        "access.my_emergency_cases names only cases in which the unit takes part in full",
    ),
    (
        "access.grants.is_open: never: if `if isinstance(whom, Recipient): return HOLDS`",
        "what one looks at as somebody else one works on, so it is not shut to oneself either",
    ),
    (
        "access.grants.is_in_emergency: never: if `if isinstance(whom, Recipient): return Q(pk__in=[])`",
        "beside works_on, which holds for every case of a recipient's",
    ),
    (
        "access.grants.is_in_emergency: without pk__in in `Q(pk__in=[])`",
        "beside works_on, which holds for every case of a recipient's",
    ),
    (
        "access.grants.works_on: never: if `if isinstance(whom, Recipient): return HOLDS`",
        "is_assigned and is_open hold for a recipient by themselves",
    ),
    (
        "access.actor.Actor.is_lead: without self.unit_id is not None in `self.unit_id is not None "
        "and self.role is Role.LEAD`",
        "no participation is without a unit",
    ),
    (
        "access.whom.Recipient.is_family: without self.unit_id is None in `self.unit_id is None "
        "and bool(self.guardian_id or self.child_id)`",
        "a recipient is a unit or a person, never both",
    ),
    (
        "access.whom.Recipient.is_family: without bool(self.guardian_id or self.child_id) in "
        "`self.unit_id is None and bool(self.guardian_id or self.child_id)`",
        "a recipient is a unit or a person, never neither",
    ),
    (
        "plans.querysets._released_to: always: if `if actor.child_id: to_me |= "
        "Q(to_child=actor.child_id) & in_array('version', *ids_of(ac…`",
        "access.my_child_plans is empty for whoever is no child here",
    ),
    (
        "plans.querysets._released_to: without pk__in in `Q(pk__in=[])`",
        "an empty Q is nothing beside what the child is shown, which is then the only part",
    ),
    (
        "plans.querysets._owned: never: if `if not actor.is_staff: return Q(pk__in=[])`",
        "whoever works for no unit takes part in nothing and is assigned to nothing: it spares a statement",
    ),
    (
        "plans.querysets._owned: without pk__in in `Q(pk__in=[])`",
        "an empty Q is nothing beside what is released to her, which is then the only part",
    ),
    (
        "plans.querysets._releases: never: if `if not (actor.is_staff or actor.is_family): return "
        "releases.none()`",
        "whoever works for no unit takes part in nothing and is assigned to nothing: it spares a statement",
    ),
    (
        "plans.queries.family._releases_to: never: if `if not actor.is_family: return "
        "Release.objects.none()`",
        "whoever is neither guardian nor child has no release to herself: it spares a statement",
    ),
    (
        "plans.queries.family._releases_to: without pk__in in `Q(pk__in=[])`",
        "an empty Q is nothing beside what the child is shown, which is then the only part",
    ),
)
EQUIVALENT = dict(_PAIRS)
