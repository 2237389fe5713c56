"""The legal grounds with their versions, for those who propose and sign them."""

from __future__ import annotations

from dataclasses import dataclass

from access.actor import Actor
from consent.law import law_at
from consent.models import LegalBasis, Standing


@dataclass(frozen=True)
class Ground:
    """A ground: the version in force, and all versions in order, those that wait or were declined too."""

    code: str
    in_force: LegalBasis
    versions: list[LegalBasis]

    @property
    def latest(self) -> LegalBasis:
        """The last version that is decided: what a new one is written from and replaces."""
        return [row for row in self.versions if row.standing == Standing.DECIDED][-1]

    @property
    def waiting(self) -> LegalBasis | None:
        """The version that waits for a lawyer, if one does."""
        return next((r for r in self.versions if r.standing == Standing.WAITING), None)

    def replaced_by(self, row: LegalBasis) -> LegalBasis:
        """The decided version before ``row``: what it was written from."""
        return [one for one in self.versions if one.no < row.no and one.standing == Standing.DECIDED][-1]


def grounds(actor: Actor) -> list[Ground]:
    """All of them in order: B1, B2 and on. Two statements."""
    law = law_at(actor.at)
    versions: dict[str, list[LegalBasis]] = {}
    for row in LegalBasis.objects.visible_to(actor).order_by("no"):
        versions.setdefault(row.code, []).append(row)
    codes = sorted(law.rows, key=lambda code: int(code[1:]))
    return [Ground(code, law.rows[code], versions[code]) for code in codes]


def ground_of(code: str, actor: Actor) -> Ground | None:
    """One ground, if there is one."""
    return next((ground for ground in grounds(actor) if ground.code == code), None)


def waiting_versions(actor: Actor) -> list[LegalBasis]:
    """The versions that wait for a lawyer, the oldest first."""
    return list(LegalBasis.objects.visible_to(actor).waiting().order_by("proposed_at", "code"))


def waiting_for(actor: Actor) -> int:
    """How many wait that she may judge: of a lawyer those that she hasn't proposed herself."""
    return LegalBasis.objects.visible_to(actor).waiting().exclude(proposed_by=actor.account_id).count()
