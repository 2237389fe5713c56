"""docker-compose.yml and Dockerfile, as far as they can be judged without a container engine."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from barnensbasta import start
from barnensbasta.local import ROOT

TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")
# What may be left unsaid: none of it is a secret with a value of its own.
MAY_BE_LEFT_OUT = {
    "SECRET_KEY_FALLBACKS": "", "ACTOR_KEY": "", "ACTOR_KEY_FALLBACKS": "",
    "EMAIL_PORT": "587", "EMAIL_HOST_USER": "", "EMAIL_HOST_PASSWORD": "",
    "EMAIL_USE_TLS": "true", "TRUSTED_PROXIES": "1", "WEB_PORTS": "8000",
}  # fmt: skip


def test_every_part_is_there() -> None:
    assert set(SERVICES) == {*OURS, "database", "redis"}


def test_no_secret_has_a_default() -> None:
    """Compose refuses to start without each ``:?``; nothing that looks like a secret is written out."""
    variables = dict(re.findall(r"\$\{([A-Z_]+)(.*?)\}", TEXT))
    optional = {name: end.removeprefix(":-") for name, end in variables.items() if end != ":?"}
    assert optional == MAY_BE_LEFT_OUT
    for name, service in SERVICES.items():
        for variable, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|_URL|AUTH", variable) and variable != "SERVICE_URL":
                assert "${" in value, f"{name}: {variable}"


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_services_run_the_start_scripts(name: str) -> None:
    assert SERVICES[name]["command"] == ["python", "-m", "barnensbasta.start", name]
    assert SERVICES[name]["healthcheck"]["test"] == [
        "CMD",
        "python",
        "-m",
        "barnensbasta.start",
        "health",
        name,
    ]
    assert start.command(name, {})  # it knows the service


def test_the_others_wait_for_the_migrations() -> None:
    assert SERVICES["migrate"]["command"] == ["python", "-m", "barnensbasta.start", "prepare"]
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert SERVICES["migrate"]["depends_on"]["database"]["condition"] == "service_healthy"


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_each_that_stays_has_a_health_check(name: str) -> None:
    """``migrate`` ends by itself and is judged by how it ends."""
    assert SERVICES[name]["healthcheck"]["test"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_has_few_rights(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert "no-new-privileges:true" in service["security_opt"]
    assert not {"privileged", "cap_add", "network_mode", "pid", "devices"} & set(service)
    assert not [volume for volume in service.get("volumes", []) if "docker.sock" in volume]
    # PostgreSQL's image begins as root and steps down, for which it needs a few.
    assert name == "database" or service["cap_drop"] == ["ALL"]


def test_only_the_proxy_of_this_machine_reaches_anything() -> None:
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert set(ports) == {"web"}
    assert all(port.startswith("127.0.0.1:") for port in ports["web"])


def test_only_the_migrations_hold_more_than_the_app() -> None:
    for name in OURS:
        environment = SERVICES[name]["environment"]
        assert environment["DATABASE_URL"].startswith("postgres://barnensbasta_app:${APP_PASSWORD:?}@")
        assert environment["DJANGO_SETTINGS_MODULE"] == "barnensbasta.settings.production"
        assert ("MIGRATOR_DATABASE_URL" in environment) == (name == "migrate")
        assert not [key for key in environment if key.startswith("LOADER") or key == "POSTGRES_PASSWORD"]


def test_images_have_a_version() -> None:
    images = {name: service["image"] for name, service in SERVICES.items()}
    assert {images[name] for name in OURS} == {"barnensbasta:${VERSION:?}"}
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    bases = re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)
    for image in (*bases, images["database"], images["redis"]):
        assert re.fullmatch(r"[a-z]+:\d[\w.-]*", image), image
    assert re.search(r"^USER app$", dockerfile, re.MULTILINE)


def test_a_stop_waits_for_what_is_in_flight() -> None:
    """Longer than the longest request and the longest task."""
    from django.conf import settings

    from barnensbasta import serving

    assert int(SERVICES["web"]["stop_grace_period"].removesuffix("s")) > serving.graceful_timeout
    assert int(SERVICES["worker"]["stop_grace_period"].removesuffix("s")) > settings.CELERY_TASK_TIME_LIMIT


def test_every_variable_that_is_needed_is_named_at_the_top() -> None:
    head = TEXT.partition("x-app")[0]
    needed = set(re.findall(r"\$\{([A-Z_]+):\?\}", TEXT))
    assert needed == set(
        re.findall(r"\b[A-Z]+(?:_[A-Z]+)*\b", head.partition("#   ")[2].replace("(letters", ""))
    )
