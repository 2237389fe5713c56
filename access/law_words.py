"""The legal grounds in words: who, what about, what is asked for, and why not, with the paragraph."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from access.decisions import Decision
from access.law import Basis, Matter, Need, Party, Second
from access.units import SecrecyRule
from access.words import why

PARTIES: dict[Party, str | Promise] = {
    Party.SOCIAL: pgettext_lazy("party", "Social services"),
    Party.COUNSELLING: pgettext_lazy("party", "Family counselling"),
    Party.HEALTH: pgettext_lazy("party", "Child health care or other health care"),
    Party.PUPIL_MEDICAL: pgettext_lazy("party", "School nurse or school doctor"),
    Party.PUPIL_HEALTH: pgettext_lazy("party", "Pupil health: counsellor, psychologist, special educator"),
    Party.SCHOOL: pgettext_lazy("party", "Municipal school"),
    Party.PRESCHOOL: pgettext_lazy("party", "Municipal preschool"),
    Party.POLICE: pgettext_lazy("party", "The police"),
    Party.LEISURE: pgettext_lazy("party", "Culture and leisure"),
    Party.PRIVATE: pgettext_lazy("party", "Independent school or another private provider"),
    Party.PERSON: pgettext_lazy("party", "The family"),
    Party.NOTIFIER: pgettext_lazy("party", "Whoever has notified concern"),
    Party.OPERATOR: pgettext_lazy("party", "Whoever runs the system"),
}

MATTERS: dict[Matter, str | Promise] = {
    Matter.AGREED: gettext_lazy("The family has said yes"),
    Matter.HELP: gettext_lazy("The child needs care, help or support from them"),
    Matter.OWN_TASK: gettext_lazy("We can't do our own task otherwise"),
    Matter.DEMANDED: gettext_lazy("They say that we must by law"),
    Matter.CRIME_RISK: gettext_lazy("There is a risk that the young person commits an offence"),
    Matter.VIOLENCE: gettext_lazy("There is a risk of violence in the family"),
    Matter.CRIME: gettext_lazy("An offence has been committed or goes on"),
    Matter.HARMLESS: gettext_lazy("It is nothing that harms anybody"),
}

NEEDS: dict[Need, str | Promise] = {
    Need.CONSENT: gettext_lazy(
        "That those who must have said yes, for that unit and that kind of information."
    ),
    Need.SENTENCE: gettext_lazy("Write in a sentence why nobody is harmed."),
    Need.NECESSITY: gettext_lazy("Write why you can't do your own task without it."),
    Need.WEIGHING: gettext_lazy("Write why it is obvious that the interest weighs heavier."),
    Need.DUTY: gettext_lazy("Choose which law says that you must give it."),
    Need.SUPPORT: gettext_lazy("Write which care or support it is needed for."),
    Need.RISK: gettext_lazy("Write what the concrete risk is."),
    Need.VIOLENCE: gettext_lazy("Write what the concrete risk of violence is."),
    Need.INTERVENTION: gettext_lazy("Write what has to be stopped, or which offence it is about."),
    Need.PURPOSE: gettext_lazy("Write what it is needed for, and why nothing weighs heavier against it."),
}

SECONDS: dict[Second, str | Promise] = {
    Second.COLLEAGUE: gettext_lazy("Another person in your unit must sign before anybody sees it."),
    Second.LAWYER: gettext_lazy("A lawyer must sign before anybody sees it."),
}

TESTS: dict[str, str | Promise] = {
    "absolute": gettext_lazy("always secret"),
    "reversed": gettext_lazy("secret unless it is clear that nobody is harmed"),
    "straight": gettext_lazy("public unless somebody may be harmed"),
    "weak": gettext_lazy("public unless there is a special reason"),
    "none": gettext_lazy("no rule of secrecy"),
}


def asks(needs: frozenset[Need]) -> str:
    """What has to be filled in."""
    return " ".join(str(NEEDS[need]) for need in sorted(needs, key=list(Need).index))


def law_why(decision: Decision, basis: Basis, rule: SecrecyRule) -> str:
    """The reason with the paragraph of the ground, and of the secrecy that it would have to lift."""
    paragraphs = basis.provision if not rule.provision else f"{basis.provision}; {rule.provision}"
    return _("%(reason)s (%(paragraphs)s)") % {
        "reason": why(decision.reason).rstrip("."), "paragraphs": paragraphs
    } + "."  # fmt: skip
