"""All channels that send: one class and one line each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from responder.channels.email import EmailChannel
from responder.channels.outbox import OutboxChannel
from responder.channels.web import WebChannel
from responder.delivery import Channel
from responder.settings import ResponderSettings


@dataclass(frozen=True, slots=True)
class ChannelTools:
    """What a channel may need: the site's settings, and the firm's present name."""

    settings: ResponderSettings
    firm_name: Callable[[], str]


def _email(tools: ChannelTools) -> Channel | None:
    mail = tools.settings.mail
    return EmailChannel(mail, tools.firm_name) if mail else None


def _outbox(tools: ChannelTools) -> Channel | None:
    folder = tools.settings.outbox_folder
    return OutboxChannel(folder=folder) if folder else None


CHANNELS: Mapping[str, Callable[[ChannelTools], Channel | None]] = {
    "email": _email,
    "outbox": _outbox,
    "web": lambda _: WebChannel(),
}


def open_channels(tools: ChannelTools) -> dict[str, Channel]:
    """The channels this site is set up for, by name."""
    opened = {name: make(tools) for name, make in CHANNELS.items()}
    return {name: channel for name, channel in opened.items() if channel is not None}
