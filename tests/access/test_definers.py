"""What the app may call past its policies, and who each function asks first.

SQL that somebody slips in can call whatever the app can. So each function either asks who acts (from
the sealed context), or takes what only the server or the browser has, or says nothing of anybody.
"""

from __future__ import annotations

import re

from django.db import connection

# Who acts: the context's own functions, and those that ask them.
ASKS = re.compile(
    r"\baccess(_owner)?\.(account|membership|background|acting|kept_since|held_child|my_\w+|sees_others|sees_\w+"
    r"|may_decide|may_close|may_review|followed_now)\("
)
# Without asking who acts: why each may be called by anybody.
WITHOUT = {
    "account_to_sign_in": "takes a ticket that the server has sealed, for one user name",
    "session_find": "takes a digest of the key that the browser has",
    "session_add": "what a session holds is sealed by the server",
    "session_change": "takes a digest of the key that the browser has",
    "session_move": "takes a digest of the key that the browser has",
    "session_end": "takes a digest of the key that the browser has",
    "attempts_recent": "takes keyed hashes that the server makes; tells instants",
    "attempt_failed": "takes keyed hashes that the server makes",
    "audit_faults": "days and numbers of events where the chain doesn't hold",
    "audit_digests": "days, numbers and digests of events",
    "audit_heads": "days, numbers and digests of events",
    "bases_in_force": "the law, the same for everybody",
    "birthday": "reckons",
    "has_test_numbers": "whether anybody in the data is invented: one bit, for the start of a service",
    "document_alone": "waits for whoever makes the same document",
    # Answer for the ids that they are given, one bit or a code each; policies ask them of rows being written.
    "may_be_asked": "whether a person is the child of a consent, or its guardian",
    "consent_covers": "whether a consent covers a unit",
    "version_category": "the category of a version whose id one has",
    "version_is_beyond_consent": "whether a version whose id one has is marked so",
    "stands_in_case": "whether a person has a right in a case, both of whose ids one has",
    "guardian_may_be_shown": "as stands_in_case",
    "child_may_be_shown": "as stands_in_case",
    "may_hide_from": "as stands_in_case",
    "is_hidden_from": "whether an entry is hidden from a person, by ids that one has",
    "is_quiet": "whether a mail about something whose id one has is not sent",
    "may_go_on_building": "whether a goal built on an entry before, by ids that one has",
    "basis_allows": "what the law says between two units about a version, by ids that one has",
    "release_covers": "whether a consent covers what is to be released, by ids that one has",
    "may_go_on_citing": "whether a version of a plan cites an entry, by ids that one has",
    "is_row_of": "whether a row of a plan is of a case, by ids that one has",
    "is_my_draft_case": "whether a version of a plan is a draft, by ids that one has",
}


def test_every_function_asks_who_acts_or_says_why_not(db: None) -> None:
    """A new one fails here until it asks, or its reason is written down."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select p.proname, p.prosecdef, pg_get_functiondef(p.oid) from pg_proc p
            join pg_namespace n on n.oid = p.pronamespace
            where n.nspname = 'access' and has_function_privilege('barnensbasta_app', p.oid, 'execute')"""
        )
        functions = cursor.fetchall()
    bodies = {name: text.split("\n", 1)[1] for name, _, text in functions}
    silent = {name for name, body in bodies.items() if not ASKS.search(body)}
    assert (silent - WITHOUT.keys(), WITHOUT.keys() - silent) == (set(), set())
    assert len(bodies) > 60


def test_none_of_them_gives_more_than_its_rows(db: None) -> None:
    """No function runs text that it is given."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname in ('access', 'access_owner') and p.prokind = 'f'
              and p.prosrc ~* '\\mexecute\\M(?!\\s+function)'"""
        )
        assert cursor.fetchall() == []
