"""What keeps production from starting, in plain English for whoever operates it.

Each is one of Django's checks too (``manage.py check --deploy --database default``). The start
scripts ask them directly, so that no setting can silence one (ADR 0018).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, InterfaceError, connections, transaction

from access import rls

SHORTEST_SECRET = 50
FEWEST_SIGNS = 10
KNOWN_SECRETS = ("django-insecure-", "only-for-tests", "changeme", "secret")
# Whoever may act as one of these sees every row: the policies let them pass.
PASSED = (rls.OWNER_ROLE, rls.LOADER_ROLE, "barnensbasta_migrator")


# --- Settings ------------------------------------------------------------------------------


def of_settings() -> list[CheckMessage]:
    """What is wrong with the settings alone, before anything is connected to."""
    found: list[CheckMessage] = []
    if settings.DEBUG:
        found.append(
            Error(
                "DEBUG is on: error pages would show code, settings and personal data.",
                hint="Use barnensbasta.settings.production as it is.",
                id="running.E001",
            )
        )
    found += _of_secrets()
    if settings.DEMO:
        found.append(
            Error(
                "The demo's sign-in is on: anybody could sign in with its published password.",
                hint="Set DJANGO_SETTINGS_MODULE=barnensbasta.settings.production.",
                id="running.E003",
            )
        )
    if settings.ALLOW_TEST_NUMBERS:
        found.append(
            Error(
                "Published test personnummer are taken as real ones.",
                hint="Set DJANGO_SETTINGS_MODULE=barnensbasta.settings.production.",
                id="running.E004",
            )
        )
    return [*found, *_of_redis()]


def _of_secrets() -> Iterable[CheckMessage]:
    for name, secret in (
        ("SECRET_KEY", str(settings.SECRET_KEY)),
        *(("SECRET_KEY_FALLBACKS", str(old)) for old in settings.SECRET_KEY_FALLBACKS),
    ):
        if reason := _why_weak(secret):
            yield Error(
                f"{name} is {reason}: sessions and tokens could be forged.",
                hint="Make one: python -c 'import secrets; print(secrets.token_urlsafe(64))'",
                id="running.E002",
            )


def _why_weak(secret: str) -> str:
    if secret.lower().startswith(KNOWN_SECRETS):
        return "a default one"
    if len(secret) < SHORTEST_SECRET:
        return f"shorter than {SHORTEST_SECRET} signs"
    return "too simple" if len(set(secret)) < FEWEST_SIGNS else ""


def _of_redis() -> Iterable[CheckMessage]:
    """A warning: messages carry ids of tasks and nothing of anybody, but whoever reaches an
    open Redis can have the worker run any task."""
    address = urlsplit(settings.REDIS_URL)
    if address.scheme != "unix" and not address.password:
        yield Warning(
            "REDIS_URL has no password: whoever reaches Redis can give the worker tasks.",
            hint="Set one, as docker-compose.yml does, or use a socket that only we may open.",
            id="running.W001",
        )


# --- The database ----------------------------------------------------------------------------

_ROLE = """
select r.rolname, r.rolsuper, r.rolbypassrls, r.rolcreaterole
from pg_roles r where r.rolname = session_user
"""
# Of others: what the role may become, by "set role" or by inheriting, however far away.
_MAY_BECOME = """
select r.rolname, r.rolsuper, r.rolbypassrls, r.rolcreaterole from pg_roles r
where r.rolname <> session_user and pg_has_role(session_user, r.oid, 'member')
  and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolname = any(%s)
    or r.rolname in ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files')
    or exists (select from pg_class c where c.relowner = r.oid and c.relnamespace = 'public'::regnamespace))
order by r.rolname
"""
_OWNS = """
select c.relname from pg_class c join pg_roles r on r.oid = c.relowner
where r.rolname = session_user and c.relnamespace in (
    select oid from pg_namespace where nspname in ('public', 'access', 'access_owner'))
union all
select p.proname from pg_proc p join pg_roles r on r.oid = p.proowner
where r.rolname = session_user and p.pronamespace in (
    select oid from pg_namespace where nspname in ('public', 'access', 'access_owner'))
union all
select n.nspname from pg_namespace n join pg_roles r on r.oid = n.nspowner
where r.rolname = session_user and n.nspname in ('public', 'access', 'access_owner')
union all
select d.datname from pg_database d join pg_roles r on r.oid = d.datdba
where r.rolname = session_user and d.datname = current_database()
"""


def of_database(using: str = "default") -> list[CheckMessage]:
    """What is wrong with the role that web, worker and beat sign in as, and with what it meets."""
    try:
        with transaction.atomic(using=using):
            return [*_of_role(using), *_of_policies(using), *_of_people(using)]
    except (DatabaseError, InterfaceError) as error:
        return [
            Error(
                f"The database could not be asked whether it is safe ({type(error).__name__}).",
                hint="Is it up, does DATABASE_URL name it, and has 'start prepare' been run?",
                id="running.E005",
            )
        ]


def _rows(using: str, sql: str, *parameters: list[str]) -> list[tuple[Any, ...]]:
    with connections[using].cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return list(cursor.fetchall())


def _of_role(using: str) -> Iterable[CheckMessage]:
    ((name, is_super, bypasses, makes_roles),) = _rows(using, _ROLE)
    hint = f"DATABASE_URL must sign in as {rls.APP_ROLE}, as access/roles.sql makes it."
    if is_super:
        # A superuser may become anybody and owns what it likes: the rest would only repeat it.
        yield Error(f"The database role {name} is a superuser: no policy binds it.", hint, id="running.E010")
        return
    if bypasses:
        yield Error(f"The database role {name} may bypass row-level security.", hint, id="running.E011")
    if makes_roles:
        yield Error(
            f"The database role {name} may make roles, and so be any of them.", hint, id="running.E014"
        )
    if owned := sorted({thing for (thing,) in _rows(using, _OWNS)}):
        yield Error(
            f"The database role {name} owns {_some(owned)}: an owner can lift its policies.",
            hint,
            id="running.E012",
        )
    if others := _rows(using, _MAY_BECOME, list(PASSED)):
        yield Error(
            f"The database role {name} may act as {_some([other for other, *_ in others])},"
            " which stands above the policies.",
            hint,
            id="running.E013",
        )
    elif name in PASSED:
        yield Error(f"The database role {name} passes every policy.", hint, id="running.E013")


def _of_policies(using: str) -> Iterable[CheckMessage]:
    if undecided := rls.undecided(using):
        yield Error(
            f"Without row-level security: {_some(undecided)}.",
            hint="Run 'python -m barnensbasta.start prepare'.",
            id="running.E015",
        )
    standing = rls.standing(using)
    if standing != "as in the files":
        yield Error(
            f"The database's policies are {standing}.",
            hint="Run 'python -m barnensbasta.start prepare' of the version that is to run.",
            id="running.E016",
        )


def _of_people(using: str) -> Iterable[CheckMessage]:
    if _rows(using, "select to_regprocedure('access.has_test_numbers()') is null") == [(True,)]:
        return  # no policies have been applied, which is said already
    if _rows(using, "select access.has_test_numbers()") == [(True,)]:
        yield Error(
            "The database holds published test personnummer: it is a demo's or a test's, not real.",
            hint="Use a database that has never held demo or test data.",
            id="running.E017",
        )


def _some(names: list[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


# --- As Django's checks ----------------------------------------------------------------------


def register_checks() -> None:
    """With ``--deploy``, and those of the database with ``--database`` too."""
    register(_check_settings, Tags.security, deploy=True)
    register(_check_database, Tags.database, deploy=True)


def _check_settings(**_: Any) -> list[CheckMessage]:
    return of_settings()


def _check_database(*, databases: Iterable[str] | None = None, **_: Any) -> list[CheckMessage]:
    return of_database() if "default" in (databases or ()) else []
