"""One test mail with the site's own settings."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from web.settings import MailSection

TIMEOUT_SECONDS = 15.0


class MailNotConfigured(Exception):
    """jawab.toml names no mail server."""


class MailRefused(Exception):
    """The server did not answer or did not take the mail; its text says what it said."""


def send_test_mail(mail: MailSection, recipient: str, firm: str) -> None:
    if not mail.host:
        raise MailNotConfigured
    message = EmailMessage()
    message["From"] = mail.sender or mail.username
    message["To"] = recipient
    message["Subject"] = f"Test: {firm}"
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain=(mail.sender or "localhost").rpartition("@")[2])
    message.set_content(
        f"{firm}: this mail left by {mail.host}, so replies of your team can, too.\n"
    )
    try:
        _send(mail, message)
    except (OSError, smtplib.SMTPException) as error:
        raise MailRefused(f"{type(error).__name__}: {error}"[:300]) from error


def _send(mail: MailSection, message: EmailMessage) -> None:
    context = ssl.create_default_context()
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            mail.host, mail.port, timeout=TIMEOUT_SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=TIMEOUT_SECONDS)
    with server:
        if mail.security == "starttls":
            server.starttls(context=context)
        if mail.username:
            server.login(mail.username, mail.password)
        server.send_message(message)
