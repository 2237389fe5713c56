"""New versions of the legal grounds: proposed by an administrator, signed or declined by a lawyer.

The rules stand in ``access.law_change``; the database says the same of who, when and how many.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, fields
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from access.actor import Actor
from access.law_change import ProposalFacts, SignatureFacts, decide_proposal, decide_signature
from access.reasons import Reason
from access.words import require, why
from audit.services import record
from consent.law import basis_of
from consent.models import LegalBasis, Standing
from kit.errors import Refused

LONGEST_TEXT, LONGEST_WHY = 1000, 2000
# By which field of the form a refusal is mended.
FIELDS = {
    Reason.LAW_STARTS_TOO_EARLY: "starts_on",
    Reason.LAW_CONSENT_IS_THE_FIRST: "needs",
    Reason.LAW_ASKS_FOR_NOTHING: "needs",
    Reason.LAW_NAMES_NO_STATUTE: "needs",
    Reason.LAW_UNITS_OR_OTHERS: "recipients",
    Reason.ABSOLUTE_SECRECY: "owners",
}


@dataclass(frozen=True)
class Wording:
    """What a version of a ground says, as far as people change it. Which matters it answers, which
    statutes it names and where it stands among the others is kept from the version before."""

    name: str
    text: str
    provision: str
    owners: tuple[str, ...]
    recipients: tuple[str, ...]
    needs: tuple[str, ...]
    same_authority: bool
    child_under: int | None
    second: str
    lawyer_only: bool

    @classmethod
    def of(cls, row: LegalBasis) -> Wording:
        """What a row says."""
        values = {one.name: getattr(row, one.name) for one in fields(cls)}
        return cls(
            **values | {many: tuple(sorted(values[many])) for many in ("owners", "recipients", "needs")}
        )


@dataclass(frozen=True)
class Proposal:
    """A new wording of a ground, from a day, why, and the number of the version it was written from."""

    code: str
    based_on: int
    wording: Wording
    starts_on: date
    why: str


def proposed(proposal: Proposal, *, by: Actor) -> tuple[LegalBasis, LegalBasis]:
    """The version that would be replaced and the new one, judged and not saved."""
    rows = LegalBasis.objects.visible_to(by).filter(code=proposal.code)
    before = rows.decided().order_by("no").last()
    if before is None:
        raise Refused(_("There is no such ground."))
    row = _row(before, proposal, by)
    facts = ProposalFacts(
        role=by.role,
        basis=basis_of(row),
        same=Wording.of(row) == Wording.of(before),
        starts_on=proposal.starts_on,
        earliest=max(by.today, before.starts_on),
        waiting=rows.waiting().exists(),
    )
    decision = decide_proposal(facts)
    if not decision and decision.reason in FIELDS:
        raise Refused(why(decision.reason), code=decision.reason, field=FIELDS[decision.reason])
    require(decision)
    if before.no != proposal.based_on:
        raise Refused(_("Another version has been signed meanwhile. Read it and begin again."))
    if not proposal.why.strip():
        raise Refused(_("Write why it is changed."), field="why")
    if len(proposal.why) > LONGEST_WHY or len(proposal.wording.text) > LONGEST_TEXT:
        raise Refused(_("The text is too long. Shorten it."))
    return before, row


def propose_version(*, proposal: Proposal, by: Actor) -> LegalBasis:
    """Propose a new version of a ground. It changes nothing until a lawyer has signed it."""
    _before, row = proposed(proposal, by=by)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            _tell("law_proposed", row, by)
    except IntegrityError as error:
        # Somebody else was first by a moment.
        raise Refused(why(Reason.LAW_WAITS_ALREADY), code=Reason.LAW_WAITS_ALREADY) from error
    return row


@transaction.atomic
def sign_version(*, version: LegalBasis, by: Actor) -> None:
    """A lawyer's yes: it holds from its day, or from now if that has passed."""
    _judge(version, by, signed_by=by.account_id, signed_at=by.at)
    _tell("law_signed", version, by)


@transaction.atomic
def decline_version(*, version: LegalBasis, because: str, by: Actor) -> None:
    """A lawyer's no, with its reason: it never holds, and stays readable to those who propose."""
    if not because.strip():
        raise Refused(_("Write why you do not sign it."), field="because")
    _judge(
        version,
        by,
        declined_by=by.account_id,
        declined_at=by.at,
        declined_because=because.strip()[:LONGEST_WHY],
    )
    _tell("law_declined", version, by)


def _judge(version: LegalBasis, by: Actor, **columns: object) -> None:
    judged = version.standing != Standing.WAITING
    require(decide_signature(SignatureFacts(by.role, by.account_id, version.proposed_by_id, judged)))
    if LegalBasis.objects.visible_to(by).waiting().filter(pk=version.pk).update(**columns) != 1:
        raise Refused(why(Reason.LAW_JUDGED), code=Reason.LAW_JUDGED)


def _row(before: LegalBasis, proposal: Proposal, by: Actor) -> LegalBasis:
    """The new row, numbered after the last there is."""
    last = LegalBasis.objects.visible_to(by).filter(code=before.code).order_by("no").last()
    assert last is not None  # noqa: S101 (``before`` is one of them)
    wording = {one.name: getattr(proposal.wording, one.name) for one in fields(Wording)}
    lists = {many: list(wording[many]) for many in ("owners", "recipients", "needs")}
    return LegalBasis(
        id=uuid.uuid4(),
        code=before.code,
        no=last.no + 1,
        matters=before.matters,
        duties=before.duties,
        rank=before.rank,
        starts_on=proposal.starts_on,
        why=proposal.why.strip(),
        proposed_by_id=by.account_id,
        proposed_at=by.at,
        **wording | lists,
    )


def _tell(action: str, row: LegalBasis, by: Actor) -> None:
    record(by=by, kind="write", action=action, object=row.pk, basis=row.code, version=row.no)
