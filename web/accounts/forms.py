"""What the pages of accounts may send."""

from typing import Annotated, Literal

from pydantic import Field

from web.forms import Form

Secret = Annotated[str, Field(max_length=1000)]


class SignInForm(Form):
    email: Annotated[str, Field(max_length=400)]
    password: Secret
    next: str = ""


class PasswordForm(Form):
    present: Secret
    wanted: Secret
    repeated: Secret


class ProfileForm(Form):
    name: Annotated[str, Field(min_length=1, max_length=120)]
    lang: Literal["id", "en"]
