"""Forms of the account that ask for a secret: each counts what is typed before it looks whether it is right."""

from __future__ import annotations

from allauth.account.forms import ChangePasswordForm
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator

from pingyi.bureau import attempts


class _Counted(BaseAuthenticateForm):  # type: ignore[misc]
    """A code of the second factor or a recovery code: eight in a quarter of an hour, and each code once."""

    def clean_code(self) -> str:
        """Count, look, and spend the code in all processes."""
        attempts.take_code(context.request, self.user)
        code: str = super().clean_code()
        is_totp = self.authenticator.type == Authenticator.Type.TOTP
        if is_totp and not attempts.USED_CODE.take(str(self.user.pk), normalize_user_code(code)):
            raise get_adapter().validation_error("incorrect_code")
        attempts.forget(attempts.CODES, context.request, self.user)
        return code


class SecondFactor(_Counted, AuthenticateForm):  # type: ignore[misc]
    """The code after the password."""


class SecondFactorAgain(_Counted, ReauthenticateForm):  # type: ignore[misc]
    """The code asked once more before something grave."""


class ChangePassword(ChangePasswordForm):  # type: ignore[misc]
    """The old password and a new one."""

    def clean_oldpassword(self) -> str:
        """Count, and look."""
        attempts.take_password(context.request, self.user)
        given: str = super().clean_oldpassword()
        attempts.forget(attempts.PASSWORDS, context.request, self.user)
        return given
