"""A mail server that misbehaves on demand."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from tests.ports import free_port


@dataclass
class Postbox:
    """Answers each step as told: a code with text, "hang" or "drop"; else takes the mail."""

    rcpt: str = "250 OK"
    data: str = "250 OK"
    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    tries: int = 0

    async def handle_RCPT(
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        self.tries += 1
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return await self._say(self.rcpt, server)

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        if not self.data[0].isdigit() or self.data.startswith("250"):
            message = message_from_bytes(envelope.content, policy=default)
            assert isinstance(message, EmailMessage)
            self.taken.append(message)
        return await self._say(self.data, server)

    async def _say(self, answer: str, server: SMTP) -> str:
        if answer == "hang":
            await asyncio.sleep(2)
            return "250 too late"
        if answer == "drop":
            assert server.transport is not None
            server.transport.abort()
        return answer


@contextmanager
def serving(postbox: Postbox) -> Iterator[Postbox]:
    postbox.port = free_port()
    controller = Controller(postbox, hostname="127.0.0.1", port=postbox.port)
    controller.start()
    try:
        yield postbox
    finally:
        controller.stop()
