"""E-mail out: recognisably automatic, threaded, and honest about what became of it."""

from dataclasses import replace

import pytest

from kb.errors import InvalidSettings
from responder.channels.email import EmailChannel
from responder.delivery import Outbound, Postponed, Refused, Sent, Uncertain
from tests.responder.builders import some_mail
from tests.responder.smtp import Postbox, serving

MAIL = Outbound(
    id=7,
    channel="email",
    recipient="siti@contoh.id",
    subject="Balasan dari Toko Lentera",
    text="Halo Siti,\n.titik di awal baris\nBarang sudah kami kirim \N{PACKAGE}.\n",
    message_id="<jawab.7.1@bantuan.toko-lentera.id>",
    references=("<jawab.3.1@bantuan.toko-lentera.id>", "<jawab.5.1@bantuan.toko-lentera.id>"),
    attempts=1,
)


def a_channel(port: int, **changes: object) -> EmailChannel:
    return EmailChannel(some_mail(port, **changes), lambda: "Toko Lentera")


def test_a_mail_carries_everything_that_stops_loops_and_keeps_threads() -> None:
    with serving(Postbox()) as postbox:
        delivery = a_channel(postbox.port).send(MAIL)
    assert delivery == Sent(MAIL.message_id)
    (message,) = postbox.taken
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["Message-ID"] == MAIL.message_id
    assert message["In-Reply-To"] == MAIL.references[-1]
    assert message["References"].split() == list(MAIL.references)
    assert message["From"] == "Toko Lentera <bantuan@toko-lentera.id>"
    assert message["To"] == "siti@contoh.id"
    assert message.get_content().replace("\r\n", "\n") == MAIL.text


def test_the_sender_may_have_a_name_of_its_own() -> None:
    with serving(Postbox()) as postbox:
        mail = replace(some_mail(postbox.port), sender='"Bantuan" <bantuan@toko-lentera.id>')
        EmailChannel(mail, lambda: "Toko Lentera").send(MAIL)
    assert postbox.taken[0]["From"] == "Bantuan <bantuan@toko-lentera.id>"


def test_the_message_id_is_the_same_on_every_try() -> None:
    with serving(Postbox()) as postbox:
        channel = a_channel(postbox.port)
        channel.send(MAIL)
        channel.send(replace(MAIL, attempts=2))
    assert len({message["Message-ID"] for message in postbox.taken}) == 1


@pytest.mark.parametrize(
    ("postbox", "outcome"),
    [
        (Postbox(rcpt="450 mailbox busy"), Postponed),
        (Postbox(rcpt="550 no such user"), Refused),
        (Postbox(data="451 try later"), Postponed),
        (Postbox(data="554 looks like spam"), Refused),
        (Postbox(rcpt="drop"), Postponed),
        (Postbox(data="drop"), Uncertain),
    ],
    ids=["4xx at RCPT", "5xx at RCPT", "4xx at DATA", "5xx at DATA", "drop before", "drop after"],
)
def test_what_the_server_says_decides(postbox: Postbox, outcome: type) -> None:
    with serving(postbox):
        delivery = a_channel(postbox.port).send(MAIL)
    assert isinstance(delivery, outcome)


@pytest.mark.parametrize(
    ("postbox", "outcome"),
    [(Postbox(rcpt="hang"), Postponed), (Postbox(data="hang"), Uncertain)],
    ids=["before DATA", "after DATA"],
)
def test_a_server_that_hangs_is_left_in_time(postbox: Postbox, outcome: type) -> None:
    with serving(postbox):
        delivery = a_channel(postbox.port, timeout_seconds=0.3).send(MAIL)
    assert isinstance(delivery, outcome)


def test_a_server_that_is_away_is_tried_later() -> None:
    with serving(Postbox()) as postbox:
        pass
    assert isinstance(a_channel(postbox.port).send(MAIL), Postponed)


@pytest.mark.parametrize("recipient", ["nobody", "a@b@c", "siti@contoh.id\r\nBcc: all@b.id", ""])
def test_what_is_no_address_is_refused(recipient: str) -> None:
    delivery = a_channel(1).send(replace(MAIL, recipient=recipient))
    assert isinstance(delivery, Refused)


def test_line_ends_in_a_subject_add_no_header() -> None:
    message = a_channel(1).message(replace(MAIL, subject="Halo\r\nBcc: all@b.id"))
    assert message["Bcc"] is None
    assert message["Subject"] == "Halo Bcc: all@b.id"


@pytest.mark.parametrize("sender", ["", "Toko Lentera", "a b@c.id", "Toko <a b@c.id>"])
def test_a_sender_that_is_no_address_stops_the_start(sender: str) -> None:
    with pytest.raises(InvalidSettings, match=r"mail\.sender"):
        EmailChannel(replace(some_mail(), sender=sender), lambda: "Toko Lentera")
