"""Forms: pydantic reads them, the page shows what is wrong beside each field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from werkzeug.datastructures import MultiDict

from web.i18n import N_
from web.i18n import gettext as _

F = TypeVar("F", bound="Form")
EXPLANATIONS = {
    "missing": N_("Please fill this in."),
    "string_too_short": N_("Please write at least %(min_length)s characters."),
    "string_too_long": N_("That is too long: at most %(max_length)s characters."),
    "string_pattern_mismatch": N_("That does not look right."),
    "greater_than_equal": N_("Choose %(ge)s or more."),
    "less_than_equal": N_("Choose %(le)s or less."),
    "date_from_datetime_parsing": N_("Give a date as year-month-day."),
    "date_parsing": N_("Give a date as year-month-day."),
    "enum": N_("Choose one of the list."),
    "literal_error": N_("Choose one of the list."),
    "too_short": N_("Choose at least one."),
}


class Form(BaseModel):
    """What a page may send. Anything else in the request is ignored, never passed on."""

    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)


@dataclass(frozen=True, slots=True)
class FormProblems:
    """Field → what is wrong with it, in the reader's language."""

    problems: Mapping[str, str]


def read_form(model: type[F], data: MultiDict[str, str]) -> F | FormProblems:
    """The form's values; an empty field with a default takes the default."""
    values: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        if get_origin(field.annotation) is tuple:
            values[name] = tuple(_unix(item) for item in data.getlist(name))
        elif name in data and (data[name].strip() or field.is_required()):
            values[name] = _unix(data[name])
    blank = {name for name, value in values.items() if value == ""}
    try:
        return model.model_validate({n: v for n, v in values.items() if n not in blank})
    except ValidationError as error:
        return FormProblems(
            {str(p["loc"][0]): _explained(dict(p)) for p in reversed(error.errors())}
        )


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _explained(problem: Mapping[str, Any]) -> str:
    context = problem.get("ctx") or {}
    if problem["type"] == "value_error":
        return _(str(context["error"]))
    text = EXPLANATIONS.get(problem["type"], N_("That does not look right."))
    return _(text, **context)
