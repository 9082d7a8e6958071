"""How a customer can be reached: checked and brought into one form."""

import re
from dataclasses import dataclass

import phonenumbers

from responder.errors import InvalidContact
from responder.intake import one_line
from responder.models import Identity

EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}")
LONGEST_EMAIL = 254
LONGEST_NAME = 120
HOME = "ID"


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """E-mail in lower case, phone as +62..."""

    name: str
    email: str
    phone: str

    @property
    def identities(self) -> tuple[Identity, ...]:
        given = (("email", self.email), ("phone", self.phone))
        return tuple(Identity(channel, value) for channel, value in given if value)


def parse_details(name: str, email: str, phone: str) -> ContactDetails:
    """Raises InvalidContact with the field that is wrong."""
    return ContactDetails(_name(name), _email(email), _phone(phone))


def _name(text: str) -> str:
    name = one_line(text, LONGEST_NAME + 1)
    if len(name) > LONGEST_NAME:
        raise InvalidContact("name", f"a name has at most {LONGEST_NAME} characters")
    return name


def _email(text: str) -> str:
    email = text.strip().lower()
    if email and (len(email) > LONGEST_EMAIL or ".." in email or not EMAIL.fullmatch(email)):
        raise InvalidContact("email", "give an e-mail address such as nama@contoh.id")
    return email


def _phone(text: str) -> str:
    if not text.strip():
        return ""
    try:
        number = phonenumbers.parse(text[:40], HOME)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise InvalidContact("phone", "give a phone number such as 0812 3456 7890")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
