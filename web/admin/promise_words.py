"""Promises, and the places they are made for, in words."""

from collections.abc import Mapping

from responder.promises import MadePromise, Standing
from responder.thresholds import ANY
from web.desk.words import channel_name
from web.i18n import N_, language_name
from web.i18n import gettext as _

STANDINGS: Mapping[Standing, str] = {
    Standing.KEPT: N_("kept"),
    Standing.THIN: N_("too few reviews yet"),
    Standing.BROKEN: N_("no longer holds: the careful default counts"),
    Standing.OVERRIDDEN: N_("set aside: the threshold was changed by hand"),
    Standing.WITHDRAWN: N_("withdrawn"),
}


def standing_name(standing: Standing) -> str:
    return _(STANDINGS[standing])


def promise_text(made: MadePromise) -> str:
    if made.allowed is None:
        return _("withdrawn")
    return _("at most %(count)s wrong in 100", count=round(made.allowed * 100))


def place_text(channel: str, lang: str) -> str:
    return f"{channel_name(channel)}, {_('all languages') if lang == ANY else language_name(lang)}"
