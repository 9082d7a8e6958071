"""All channels that send: one class and one line each."""

from collections.abc import Callable, Mapping

from responder.channels.email import EmailChannel
from responder.channels.outbox import OutboxChannel
from responder.channels.web import WebChannel
from responder.delivery import Channel
from responder.settings import ResponderSettings


def _email(settings: ResponderSettings) -> Channel | None:
    return EmailChannel(settings.mail) if settings.mail else None


def _outbox(settings: ResponderSettings) -> Channel | None:
    return OutboxChannel(folder=settings.outbox_folder) if settings.outbox_folder else None


CHANNELS: Mapping[str, Callable[[ResponderSettings], Channel | None]] = {
    "email": _email,
    "outbox": _outbox,
    "web": lambda _: WebChannel(),
}


def open_channels(settings: ResponderSettings) -> dict[str, Channel]:
    """The channels this site is set up for, by name."""
    opened = {name: make(settings) for name, make in CHANNELS.items()}
    return {name: channel for name, channel in opened.items() if channel is not None}
