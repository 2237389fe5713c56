"""The administration's forms."""

from __future__ import annotations

import uuid
from dataclasses import fields
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.utils.translation import gettext_lazy as _

from access.roles import UNIT_ROLES, Role
from access.words import ROLES_IN_WORDS, role_label
from agencies.appointments import NewColleague, Post
from agencies.rules import EndReason
from agencies.services import UnitCard
from kit.forms import BaseForm, DateField, OptionLabel

_phone = RegexValidator(
    r"^[+0-9][0-9 \-/()]{2,38}$", _("Write the phone number with digits, for example 0478-125 00")
)


class UnitForm(BaseForm):
    """How a unit is reached and what it does, which families read; and how its staff are signed out."""

    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=40,
        validators=[_phone],
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    hours = forms.CharField(
        label=_("When can you be reached?"),
        help_text=_("For example: weekdays 8–12."),
        required=False,
        max_length=120,
    )
    does = forms.CharField(
        label=_("What do you do?"),
        help_text=_(
            "Two or three sentences in plain words. Families read this. Write nothing about persons."
        ),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    does_not = forms.CharField(
        label=_("What can't you do?"),
        help_text=_("What people ask you for and where they should turn instead. Other units read this."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    on_call = forms.CharField(
        label=_("Who is reached when you are closed?"),
        help_text=_("For example: 1177, or the number of those on call."),
        required=False,
        max_length=200,
    )
    shared_computers = forms.BooleanField(
        label=_("Several of us use the same computer"),
        help_text=_(
            "Whoever works for the unit is then signed out after five minutes without doing anything, "
            "instead of twenty. Families do not see this."
        ),
        required=False,
    )

    @property
    def card(self) -> UnitCard:
        """What was typed, as the unit's card."""
        return UnitCard(**{one.name: self.cleaned_data[one.name] for one in fields(UnitCard)})


class MunicipalityForm(BaseForm):
    """The ways to report that a child is at risk. All three are required."""

    report_url = forms.URLField(
        label=_("Address of the e-service for reports"),
        help_text=_("Begins with https://."),
        assume_scheme="https",
        validators=[
            URLValidator(schemes=["https"], message=_("Write the whole address. It begins with https://"))
        ],
        error_messages={
            "required": _("Write the address of the e-service"),
            "invalid": _("Write the whole address. It begins with https://"),
        },
    )
    social_services_phone = forms.CharField(
        label=_("Phone of the social services, daytime"),
        max_length=40,
        validators=[_phone],
        error_messages={"required": _("Write the phone number of the social services")},
    )
    emergency_phone = forms.CharField(
        label=_("Phone of socialjouren, evenings and weekends"),
        max_length=40,
        validators=[_phone],
        error_messages={"required": _("Write the phone number of socialjouren")},
    )


def _roles() -> list[tuple[str, str]]:
    """The roles that are given in a unit, each with what it is for."""
    return [
        (role.value, OptionLabel(role_label(role).capitalize(), hint=str(ROLES_IN_WORDS[role].description)))
        for role in UNIT_ROLES
    ]


class PostForm(BaseForm):
    """What somebody does in a unit, and when."""

    title = forms.CharField(
        label=_("Title"),
        help_text=_("As families know it, for example BVC-sjuksköterska."),
        max_length=80,
        error_messages={"required": _("Write the colleague's title")},
    )
    role = forms.ChoiceField(
        label=_("Role"),
        widget=forms.RadioSelect,
        choices=_roles,
        error_messages={"required": _("Choose a role")},
    )
    starts_on = DateField(label=_("First day"), error_messages={"required": _("Fill in the first day")})
    last_on = DateField(
        label=_("Last day"), help_text=_("Leave it empty if you do not know."), required=False
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["starts_on"].initial = today

    def clean_starts_on(self) -> date:
        """Nobody is given a role in the past."""
        starts_on: date = self.cleaned_data["starts_on"]
        if starts_on < self.today:
            raise ValidationError(_("The first day can't be before today"))
        return starts_on

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("The last day can't be before the first day"))
        return cleaned

    @property
    def post(self) -> Post:
        """The form's answers as a post, once valid."""
        data = self.cleaned_data
        return Post(Role(data["role"]), data["title"], data["starts_on"], data["last_on"])


class NewColleagueForm(PostForm):
    """Somebody who has no account yet."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Write the colleague's name")}
    )
    phone = forms.CharField(label=_("Phone at work"), required=False, max_length=40, validators=[_phone])
    email = forms.EmailField(
        label=_("E-mail at work"),
        required=False,
        error_messages={"invalid": _("Write the e-mail address in full, for example namn@exempel.se")},
    )
    field_order = ("name", "title", "role", "phone", "email", "starts_on", "last_on", "key")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4

    @property
    def colleague(self) -> NewColleague:
        """The form's answers as a colleague, once valid."""
        data = self.cleaned_data
        return NewColleague(data["key"], data["name"], data["phone"], data["email"])


class KnownColleagueForm(PostForm):
    """Somebody who signs in already, in another unit."""

    username = forms.CharField(
        label=_("The colleague's user name"),
        help_text=_("Ask the colleague for it. It is the name that she signs in with."),
        max_length=64,
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
        ),
        error_messages={"required": _("Write the colleague's user name")},
    )
    field_order = ("username", "title", "role", "starts_on", "last_on")


class EndForm(BaseForm):
    """Why somebody's role ends."""

    reason = forms.ChoiceField(
        label=_("Why does the role end?"),
        widget=forms.RadioSelect,
        choices=EndReason.choices,
        error_messages={"required": _("Choose why the role ends")},
    )
