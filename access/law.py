"""On what legal ground something may be shown: the rules B1–B15 and who may use them.

Pure Python. A ground is a row (``consent.LegalBasis``) that a lawyer can change without a new
version of the program: whose secrecy it lifts, for whom, and what must be filled in. What no
row can change stands here as code. Paragraphs: offentlighets- och sekretesslagen (2009:400),
socialtjänstlagen (2025:400), lag (2025:170) om skyldighet att lämna uppgifter till de
brottsbekämpande myndigheterna.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from access.ages import birthday, midnight, months_later, swedish_day
from access.decisions import Decision, no, yes
from access.reasons import Reason
from access.units import UnitKind

LONGEST_SHARE_MONTHS = 12
MOST_OFFERED = 3


class Party(StrEnum):
    """Who keeps or gets something, as secrecy tells them apart (R1.1)."""

    SOCIAL = "SOC"
    COUNSELLING = "FR"
    HEALTH = "HSV"
    PUPIL_MEDICAL = "EMI"
    PUPIL_HEALTH = "EH"
    SCHOOL = "SKOLA"
    PRESCHOOL = "FSK"
    POLICE = "POL"
    LEISURE = "KF"
    PRIVATE = "FRI"
    PERSON = "PERSON"
    NOTIFIER = "ANMALARE"
    OPERATOR = "DRIFT"


UNITS = frozenset(Party) - {Party.PERSON, Party.NOTIFIER, Party.OPERATOR}

_PARTIES = {
    UnitKind.MATERNITY_CARE: Party.HEALTH,
    UnitKind.CHILD_HEALTH: Party.HEALTH,
    UnitKind.HEALTH_CARE: Party.HEALTH,
    UnitKind.PRESCHOOL: Party.PRESCHOOL,
    UnitKind.SCHOOL: Party.SCHOOL,
    UnitKind.PUPIL_HEALTH: Party.PUPIL_HEALTH,
    UnitKind.PUPIL_MEDICAL: Party.PUPIL_MEDICAL,
    UnitKind.INDEPENDENT_SCHOOL: Party.PRIVATE,
    UnitKind.SOCIAL_SERVICES: Party.SOCIAL,
    UnitKind.FAMILY_CENTRE: Party.SOCIAL,
    UnitKind.FAMILY_COUNSELLING: Party.COUNSELLING,
    UnitKind.LEISURE: Party.LEISURE,
    UnitKind.POLICE: Party.POLICE,
    UnitKind.YOUTH_FOLLOW_UP: Party.SCHOOL,
}


def party_of(kind: UnitKind, *, is_public: bool) -> Party:
    """The party that a unit is. Whoever is run privately is no authority, whatever it does."""
    return _PARTIES[kind] if is_public else Party.PRIVATE


class Need(StrEnum):
    """What a ground asks for before it holds."""

    CONSENT = "consent"  # in force, for this unit, category and period
    SENTENCE = "sentence"  # why it does no harm
    NECESSITY = "necessity"  # why the own task can't be done without it
    WEIGHING = "weighing"  # why the interest obviously weighs heavier
    DUTY = "duty"  # which statute says that it is to be given
    SUPPORT = "support"  # which care or support it is needed for
    RISK = "risk"  # the concrete risk of offending
    VIOLENCE = "violence"  # the concrete risk of violence against somebody close
    INTERVENTION = "intervention"  # what is to be stopped, or which offence it is about
    PURPOSE = "purpose"  # which of the five purposes, and why nothing weighs against


class Matter(StrEnum):
    """What it is about, as somebody asks who does not know the law."""

    AGREED = "agreed"
    HELP = "help"
    OWN_TASK = "own_task"
    DEMANDED = "demanded"
    CRIME_RISK = "crime_risk"
    VIOLENCE = "violence"
    CRIME = "crime"
    HARMLESS = "harmless"


class Second(StrEnum):
    """Who must sign besides the one who decides."""

    NOBODY = ""
    COLLEAGUE = "colleague"
    LAWYER = "lawyer"


class Outcome(StrEnum):
    """What a test of harm (menprövning) came to (R1.3)."""

    NOT_SECRET = "not_secret"  # noqa: S105 (no password)
    LIFTED = "lifted"
    REFUSED = "refused"


@dataclass(frozen=True)
class Duty:
    """A statute that says that something is to be given: by whom, to whom.

    ``outside``: it is done outside this system, which never passes a notification on (R1.6).
    """

    code: str
    owners: frozenset[Party]
    to: frozenset[Party]
    outside: bool = False

    def holds(self, facts: BasisFacts) -> bool:
        """Whether it binds this owner towards this recipient."""
        return facts.owner in self.owners and facts.recipient in self.to


@dataclass(frozen=True)
class Basis:
    """A legal ground as its row in force says it.

    ``owners`` are those whose secrecy it lifts, ``recipients`` whom for. ``child_under`` is an
    age in years that the child must not have reached. ``rank`` says in which order grounds
    are offered, and ``lawyer_only`` that only a lawyer is offered it.
    """

    code: str
    no: int
    provision: str
    owners: frozenset[Party]
    recipients: frozenset[Party]
    needs: frozenset[Need] = frozenset()
    matters: frozenset[Matter] = frozenset()
    duties: tuple[Duty, ...] = ()
    same_authority: bool = False
    child_under: int | None = None
    second: Second = Second.NOBODY
    lawyer_only: bool = False
    rank: int = 0


@dataclass(frozen=True)
class BasisFacts:
    """Something that its owner wants to show on a ground.

    ``beyond_consent``: it tells of somebody else than the child, of who notified, or of an
    investigation, which the child's own consent can't lift (R1.8). ``filled`` is what has been
    filled in. ``committed_crime``: it is about an offence that has been committed.
    ``consent_until`` is set where a consent in force covers recipient and category.
    """

    owner: Party
    recipient: Party
    born_on: date
    at: datetime
    category: str = "basis"
    same_authority: bool = False
    beyond_consent: bool = False
    consent_until: datetime | None = None
    filled: frozenset[Need] = frozenset()
    duty: str = ""
    committed_crime: bool = False
    protected: bool = False


def decide_basis(basis: Basis, facts: BasisFacts) -> Decision:
    """Whether something may be shown to a unit on this ground, and until when (R1.4).

    First what the matrix bars, then what the child's age, the kind of information and the
    circumstances bar, and last what is not filled in yet.
    """
    barred = _barred(basis, facts) or _circumstances(basis, facts)
    if barred:
        return no(barred)
    missing = _missing(basis, facts)
    if missing:
        return no(missing)
    return yes(Reason.LAWFUL, _until(basis, facts))


def second_person(basis: Basis, facts: BasisFacts) -> Second:
    """Who must sign too: whom the ground asks for, and of a child with protected identity
    always somebody (§3 of the access rules)."""
    if basis.second is Second.NOBODY and facts.protected:
        return Second.COLLEAGUE
    return basis.second


def offered(bases: Iterable[Basis], facts: BasisFacts, *, to_lawyer: bool) -> list[Basis]:
    """The grounds that can be lawful here and now, once what they need is filled in: three at
    most, and to a lawyer all of them."""
    possible = sorted((b for b in bases if can_be_lawful(b, facts)), key=lambda basis: basis.rank)
    if to_lawyer:
        return possible
    return [basis for basis in possible if not basis.lawyer_only][:MOST_OFFERED]


def can_be_lawful(basis: Basis, facts: BasisFacts) -> Decision:
    """Whether the ground holds if all that can be written down about it is."""
    barred = _barred(basis, facts) or _circumstances(basis, facts)
    if not barred and Need.CONSENT in basis.needs and facts.consent_until is None:
        barred = Reason.UNIT_NOT_CONSENTED
    return no(barred) if barred else yes(Reason.LAWFUL, _until(basis, facts))


# Grounds of which the family is told: those that are about help. Of none that is about crime or
# violence, of no duty that may tell of an investigation, nor of the answer to a notifier (§4:
# what such a thing is tied to leaves no trace; OSL 12:3, 18:1-2, 40:7 g).
TOLD_TO_FAMILY = frozenset({"B2", "B3", "B4", "B6", "B7"})
_SECRET_IN_ITSELF = frozenset({UnitKind.SOCIAL_SERVICES, UnitKind.FAMILY_CENTRE, UnitKind.FAMILY_COUNSELLING})


def told_to_family(code: str, recipient: UnitKind, *, known: bool) -> bool:
    """Whether a guardian or youth learns, in her log, to which unit something that she reads
    herself was shown without a yes, on which ground, and that the unit read it.

    Never of the police. Of the social services only where she knows that they are with the
    child (``known``): that they are is secret in itself (OSL 26:1). In the database:
    ``access_owner.told_to_family``.
    """
    if code not in TOLD_TO_FAMILY or recipient is UnitKind.POLICE:
        return False
    return known or recipient not in _SECRET_IN_ITSELF


def duties_between(basis: Basis, facts: BasisFacts) -> list[Duty]:
    """The statutes by which the owner is to give it to the recipient in this system."""
    return [duty for duty in basis.duties if duty.holds(facts) and not duty.outside]


@dataclass(frozen=True)
class Advice:
    """What the law says of one ground, to somebody who asks what she may share."""

    basis: Basis
    decision: Decision


def advise(bases: Iterable[Basis], facts: BasisFacts, matter: Matter) -> list[Advice]:
    """*Vad får jag dela?*: the grounds that the matter is about, those that may hold first.
    That the family has agreed is then taken as filled in."""
    about = sorted((b for b in bases if matter in b.matters), key=lambda basis: basis.rank)
    found = [Advice(basis, can_be_lawful(basis, facts)) for basis in about]
    return [*(a for a in found if a.decision), *(a for a in found if not a.decision)]


def _barred(basis: Basis, facts: BasisFacts) -> Reason | None:
    """What the matrix of owners and recipients bars."""
    if facts.owner is Party.COUNSELLING:
        return Reason.ABSOLUTE_SECRECY
    if facts.recipient in UNITS and not basis.recipients & UNITS:
        return Reason.BASIS_NOT_FOR_UNITS
    if facts.owner not in basis.owners:
        return Reason.BASIS_NOT_FROM_YOU
    if facts.recipient not in basis.recipients:
        private = facts.recipient is Party.PRIVATE
        return Reason.BASIS_AUTHORITIES_ONLY if private else Reason.BASIS_NOT_TO_THEM
    if basis.same_authority and not facts.same_authority:
        return Reason.BASIS_SAME_AUTHORITY
    return None


def _circumstances(basis: Basis, facts: BasisFacts) -> Reason | None:
    """What age, kind of information and circumstances bar."""
    if basis.child_under and facts.at >= midnight(birthday(facts.born_on, basis.child_under)):
        return Reason.BASIS_CHILD_TOO_OLD
    if facts.recipient is Party.LEISURE and facts.category != "practical":
        return Reason.PRACTICAL_PLAN_ONLY
    if Need.CONSENT in basis.needs and facts.recipient is Party.POLICE and facts.category != "practical":
        return Reason.PRACTICAL_PLAN_ONLY
    if Need.CONSENT in basis.needs and facts.beyond_consent:
        return Reason.CONSENT_NOT_ENOUGH
    if Need.RISK in basis.needs and facts.committed_crime:
        return Reason.NOT_FOR_COMMITTED_CRIME
    if Need.DUTY in basis.needs and not duties_between(basis, facts):
        return Reason.NO_DUTY_TO_THEM
    return None


def _missing(basis: Basis, facts: BasisFacts) -> Reason | None:
    """What the ground needs and nobody has filled in."""
    if Need.CONSENT in basis.needs and facts.consent_until is None:
        return Reason.UNIT_NOT_CONSENTED
    written = basis.needs - {Need.CONSENT, Need.DUTY}
    if not written <= facts.filled:
        return Reason.BASIS_WITHOUT_GROUNDS
    if Need.DUTY not in basis.needs:
        return None
    duty = next((d for d in basis.duties if d.code == facts.duty), None)
    if duty is None:
        return Reason.NAME_THE_DUTY
    if duty.outside:
        return Reason.NOTIFY_OUTSIDE
    return None if duty.holds(facts) else Reason.NO_DUTY_TO_THEM


def _until(basis: Basis, facts: BasisFacts) -> datetime:
    """The longest that it may be shown: as long as the consent holds, else a year; and never
    past the age that the ground ends at."""
    if Need.CONSENT in basis.needs and facts.consent_until is not None:
        return facts.consent_until
    ends = [midnight(months_later(swedish_day(facts.at), LONGEST_SHARE_MONTHS))]
    if basis.child_under:
        ends.append(midnight(birthday(facts.born_on, basis.child_under)))
    return min(ends)
