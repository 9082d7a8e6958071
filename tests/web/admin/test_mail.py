"""The mail that shows whether replies can leave."""

import pytest

from tests.ports import free_port
from tests.responder.builders import some_mail
from tests.responder.smtp import Postbox, serving
from web.admin.mail import MailRefused, send_test_mail


def test_the_test_mail_arrives_from_the_firm() -> None:
    with serving(Postbox()) as postbox:
        send_test_mail(some_mail(postbox.port), "dewi@example.com", "Toko Uji")
    (message,) = postbox.taken
    assert message["From"] == "Toko Uji <bantuan@toko-lentera.id>"
    assert message["To"] == "dewi@example.com"
    assert message["Message-ID"].endswith("@toko-lentera.id>")


def test_a_server_that_does_not_answer_is_named() -> None:
    with pytest.raises(MailRefused, match="ConnectionRefusedError"):
        send_test_mail(some_mail(free_port()), "dewi@example.com", "Toko Uji")
