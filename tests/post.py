"""A real SMTP server for the mail that the site sends."""

import asyncio
import email
from email.policy import default

import pytest
from aiosmtpd.controller import Controller

from tests.serving import free_port


class Received:
    """What an SMTP server has taken: (to, message)."""

    def __init__(self):
        self.mails = []
        self.refuses = False
        # An event that each mail waits for, so that a test can let another process come meanwhile.
        self.gate = None

    async def handle_DATA(self, server, session, envelope):
        if self.gate:
            await asyncio.to_thread(self.gate.wait, 30)
        if self.refuses:
            return "451 Inte nu"
        message = email.message_from_bytes(envelope.content, policy=default)
        self.mails += [(to, message) for to in envelope.rcpt_tos]
        return "250 OK"

    def __len__(self):
        return len(self.mails)

    def last(self) -> str:
        return self.mails[-1][1].get_content()


@pytest.fixture
def post(settings):
    """A post office, and Django's own way to it."""
    received = Received()
    controller = Controller(received, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    received.port = controller.port
    yield received
    controller.stop()
