"""One test mail with the site's own settings."""

import smtplib
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from responder.channels.email import connected, sender_of
from responder.settings import MailSettings


class MailRefused(Exception):
    """The server did not answer or did not take the mail; its text says what it said."""


def send_test_mail(settings: MailSettings, recipient: str, firm: str) -> None:
    """By the way that replies go. Raises MailRefused."""
    sender = sender_of(settings, firm)
    message = EmailMessage()
    message["From"] = sender
    message["To"] = recipient
    message["Subject"] = f"Test: {firm}"
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain=sender.domain)
    message.set_content(
        f"{firm}: this mail left by {settings.host}, so replies of your team can, too.\n"
    )
    try:
        with connected(settings) as server:
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise MailRefused(f"{type(error).__name__}: {error}"[:300]) from error
