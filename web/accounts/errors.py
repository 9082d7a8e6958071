"""What can go wrong with staff and their access."""


class AccountsError(Exception):
    """Root of the errors of accounts; its text is fit to be shown to staff."""


class SignInRefused(AccountsError):
    """Wrong name or password, a disabled account, or too many tries: never said which."""

    def __init__(self) -> None:
        super().__init__(
            "That did not work. Check e-mail address and password; after several wrong tries "
            "signing in is paused for up to 15 minutes."
        )


class WeakPassword(AccountsError):
    """`reason` is one of short, long, repetitive, own_name."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"choose another password: it is too {reason}")
        self.reason = reason


class WrongPassword(AccountsError):
    def __init__(self) -> None:
        super().__init__("the present password is not right")


class SignInBusy(AccountsError):
    """Too many passwords are being checked at this moment. Try again in a few seconds."""


class StaffExists(AccountsError):
    def __init__(self, email: str) -> None:
        super().__init__(f"{email} has an account already")
        self.email = email


class UnknownStaff(AccountsError):
    def __init__(self, who: object) -> None:
        super().__init__(f"there is no member of staff {who}")


class InvalidStaff(AccountsError):
    """An address, a name or roles that cannot be. `field` says which."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field, self.problem = field, problem


class LastAdmin(AccountsError):
    def __init__(self) -> None:
        super().__init__("this is the last admin: make somebody else an admin first")


class UnknownApiKey(AccountsError):
    def __init__(self, number: int) -> None:
        super().__init__(f"there is no API key {number}")
