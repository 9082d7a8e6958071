"""What the admins' pages may send."""

from typing import Annotated

from pydantic import AfterValidator, Field, field_validator

from responder.firm import MOST_CASES
from responder.hours import Interval
from responder.models import Posture
from web.accounts.models import Role
from web.admin.weekly import read_day, read_days_off
from web.forms import Form
from web.i18n import N_
from web.outlook.forms import ThresholdTry
from web.outlook.page import CHOICES

Line = Annotated[str, Field(max_length=200)]
Minutes = Annotated[int, Field(ge=1, le=20160)]
NOT_HOURS = N_("Write times such as 09:00-12:00, 13:00-17:00, or leave it empty.")


def _hours(value: str) -> str:
    if read_day(value) is None:
        raise ValueError(NOT_HOURS)
    return value


Hours = Annotated[Line, AfterValidator(_hours)]


class FirmBasics(Form):
    name: Annotated[str, Field(min_length=1, max_length=120)]
    colour: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
    languages: Annotated[tuple[str, ...], Field(min_length=1)]
    default_lang: str
    contact_email: Line = ""
    time_zone: Line


class FirmForm(FirmBasics):
    """The firm's profile as its page shows it."""

    contact_phone: Line = ""
    contact_text_id: Annotated[str, Field(max_length=600)] = ""
    contact_text_en: Annotated[str, Field(max_length=600)] = ""
    holidays_country: Annotated[str, Field(pattern=r"^([A-Z]{2})?$")] = ""
    day_0: Hours = ""
    day_1: Hours = ""
    day_2: Hours = ""
    day_3: Hours = ""
    day_4: Hours = ""
    day_5: Hours = ""
    day_6: Hours = ""
    days_off: Annotated[str, Field(max_length=4000)] = ""
    order_patterns: Annotated[str, Field(max_length=2000)] = ""
    reply_high: Minutes = 60
    reply_normal: Minutes = 240
    reply_low: Minutes = 480
    learn_after: Annotated[int, Field(ge=0, le=MOST_CASES)] = 3

    @field_validator("days_off")
    @classmethod
    def _are_days(cls, value: str) -> str:
        if read_days_off(value) is None:
            raise ValueError(N_("Write one date a line, as year-month-day."))
        return value

    @property
    def weekly(self) -> tuple[tuple[Interval, ...], ...]:
        """Monday first."""
        days = (getattr(self, f"day_{number}") for number in range(7))
        return tuple(read_day(day) or () for day in days)


class WelcomeForm(FirmBasics):
    """The few things a new firm needs first."""

    workdays: Hours = ""
    saturday: Hours = ""
    sunday: Hours = ""

    @property
    def weekly(self) -> tuple[tuple[Interval, ...], ...]:
        workday = read_day(self.workdays) or ()
        return (workday,) * 5 + (read_day(self.saturday) or (), read_day(self.sunday) or ())


class ThresholdForm(Form):
    channel: Annotated[str, Field(min_length=1, max_length=20)]
    lang: Annotated[str, Field(pattern=r"^([a-z]{2,3}|\*)$")]
    percent: Annotated[float, Field(ge=50, le=100)]
    reason: Annotated[str, Field(min_length=3, max_length=500)]
    last: int = CHOICES[1]
    # what it would do was seen
    confirmed: bool = False

    @property
    def tried(self) -> ThresholdTry:
        return ThresholdTry(
            channel=self.channel, lang=self.lang, percent=self.percent, last=self.last
        )


class PostureForm(Form):
    """`posture` empty: as on all channels."""

    channel: Annotated[str, Field(min_length=1, max_length=20)]
    posture: Posture | None = None
    reason: Annotated[str, Field(min_length=3, max_length=500)]


class TryForm(Form):
    text: Annotated[str, Field(min_length=1, max_length=2000)]
    before: Annotated[str, Field(max_length=2000)] = ""
    channel: Annotated[str, Field(max_length=20)] = "web"
    lang: Annotated[str, Field(pattern=r"^([a-z]{2,3})?$")] = ""


class StaffForm(Form):
    email: Annotated[str, Field(min_length=3, max_length=320)]
    name: Annotated[str, Field(min_length=1, max_length=120)]
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    lang: Annotated[str, Field(pattern=r"^(id|en)$")] = "id"


class RolesForm(Form):
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]


class ApiKeyForm(Form):
    name: Annotated[str, Field(min_length=1, max_length=120)]


class WordingForm(Form):
    key: Annotated[str, Field(min_length=1, max_length=60)]
    text: Annotated[str, Field(max_length=2000)] = ""
    reset: bool = False


class GoldenNameForm(Form):
    name: Annotated[str, Field(min_length=1, max_length=120)]


class GoldenQuestionForm(Form):
    """`gold`: names of articles, separated by commas or spaces; empty: it must go to people."""

    text: Annotated[str, Field(min_length=1, max_length=4000)]
    gold: Annotated[str, Field(max_length=2000)] = ""
    split: Annotated[str, Field(pattern=r"^(dev|test)?$")] = ""


class AddressForm(Form):
    recipient: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$", max_length=320)]
