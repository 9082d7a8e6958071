"""E-mail out, by SMTP: a reply that other machines recognise as automatic (RFC 3834)."""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import formatdate

from kb.errors import InvalidSettings
from responder.delivery import Delivery, Outbound, Postponed, Refused, Sent, Uncertain
from responder.settings import MailSettings

DOT_AT_START = re.compile(rb"^\.", re.MULTILINE)
MOST_REFERENCES = 20
LONGEST_SUBJECT = 200


class EmailChannel:
    name = "email"

    def __init__(self, settings: MailSettings, firm_name: Callable[[], str]) -> None:
        self._address = sender_of(settings, "").addr_spec
        self._settings = settings
        self._firm_name = firm_name

    def send(self, outbound: Outbound) -> Delivery:
        try:
            message = self.message(outbound)
        except (ValueError, IndexError, MessageError) as error:  # IndexError: an empty address
            return Refused(f"not an e-mail: {error}")
        try:
            with connected(self._settings) as server:
                return self._transmit(server, message, outbound)
        except smtplib.SMTPResponseException as error:
            return Postponed(f"{error.smtp_code} {_readable(error.smtp_error)}")
        except (smtplib.SMTPException, OSError) as error:
            return Postponed(f"mail server: {error or type(error).__name__}")

    def message(self, outbound: Outbound) -> EmailMessage:
        message = EmailMessage(policy=SMTP if self._is_plain(outbound) else SMTPUTF8)
        message["From"] = sender_of(self._settings, self._firm_name())
        message["To"] = Address(addr_spec=outbound.recipient)
        message["Subject"] = " ".join(outbound.subject.split())[:LONGEST_SUBJECT]
        message["Date"] = formatdate(localtime=False, usegmt=True)
        message["Message-ID"] = outbound.message_id
        if outbound.references:
            kept = outbound.references[-MOST_REFERENCES:]
            message["In-Reply-To"] = kept[-1]
            message["References"] = " ".join(kept)
        message["Auto-Submitted"] = "auto-replied"
        message["X-Auto-Response-Suppress"] = "All"
        message.set_content(outbound.text)
        return message

    def _is_plain(self, outbound: Outbound) -> bool:
        return outbound.recipient.isascii() and self._address.isascii()

    def _transmit(
        self, server: smtplib.SMTP, message: EmailMessage, outbound: Outbound
    ) -> Delivery:
        """Until DATA is on its way nothing is sent; from then on only the server's word counts."""
        options = [] if self._is_plain(outbound) else ["SMTPUTF8"]
        code, answer = server.mail(self._address, options)
        if code < 400:
            code, answer = server.rcpt(outbound.recipient)
        if code < 400:
            code, answer = server.docmd("DATA")
        if code != 354:
            return _not_taken(code, answer)
        try:
            server.send(DOT_AT_START.sub(b"..", message.as_bytes()) + b".\r\n")
            code, answer = server.getreply()
        except (smtplib.SMTPException, OSError) as error:
            return Uncertain(f"no word after the message: {error or type(error).__name__}")
        return Sent(outbound.message_id) if code < 400 else _not_taken(code, answer)


@contextmanager
def connected(settings: MailSettings) -> Iterator[smtplib.SMTP]:
    """Ready to send; may raise what smtplib raises."""
    timeout = settings.timeout_seconds
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if settings.security == "tls":
        server = smtplib.SMTP_SSL(settings.host, settings.port, timeout=timeout, context=context)
    else:
        server = smtplib.SMTP(settings.host, settings.port, timeout=timeout)
    try:
        if settings.security == "starttls":
            server.starttls(context=context)
        server.ehlo_or_helo_if_needed()
        if settings.username:
            server.login(settings.username, settings.password)
        yield server
    finally:
        _hang_up(server)


def sender_of(settings: MailSettings, firm_name: str) -> Address:
    """`bantuan@toko.id` writes in the firm's name, `Toko <bantuan@toko.id>` in its own.

    Raises InvalidSettings.
    """
    name, bracket, rest = settings.sender.partition("<")
    address = rest.strip().removesuffix(">") if bracket else name
    own_name = name.strip().strip('"') if bracket else ""
    try:
        return Address(own_name or firm_name, addr_spec=address)
    except (ValueError, IndexError, MessageError):
        raise InvalidSettings(
            f"mail.sender: {settings.sender!r} is no address: write bantuan@example.com or "
            "Toko <bantuan@example.com>"
        ) from None


def _not_taken(code: int, answer: bytes) -> Delivery:
    error = f"{code} {_readable(answer)}"
    return Refused(error) if code >= 500 else Postponed(error)


def _readable(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(text.split())[:300]


def _hang_up(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        server.close()
