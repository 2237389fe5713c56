"""How Django asks whether a password is right, and who a session is."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables

from people.models import Account
from people.services import account_to_sign_in


class PasswordBackend(BaseBackend):
    """User name and password. What somebody may do is not asked here: access/ decides."""

    @sensitive_variables("password")
    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Account | None:
        """The account, if the password is its own and it is active."""
        if not username or password is None:
            return None
        account = account_to_sign_in(username)
        if account is None:
            # Takes as long as comparing does, so that the time tells nobody that there is no such name.
            Account().set_password(password)
            return None
        return account if account.check_password(password) else None

    def get_user(self, user_id: uuid.UUID) -> Account | None:
        """Whom a session is of, while the account is active."""
        return Account.objects.filter(pk=user_id, is_active=True).first()
