"""A real SMTP server for tests: it keeps what it took, and says what a test tells it to say."""

import logging
import socket
from collections import Counter
from contextlib import contextmanager
from email import message_from_bytes
from threading import Lock

from aiosmtpd.controller import Controller

# Eight lines for each mail tell nobody anything, and cost more than taking it.
logging.getLogger("mail.log").setLevel(logging.WARNING)


class Inbox:
    """Handler of aiosmtpd. `says` answers RCPT and DATA; anything but 250 refuses the mail."""

    def __init__(self):
        self.messages = []
        self.rcpt_says = "250 OK"
        self.data_says = "250 OK"
        self.on_rcpt = lambda envelope: None
        self.on_data = lambda envelope: None
        self._lock = Lock()

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802 - aiosmtpd's name
        envelope.rcpt_tos.append(address)
        self.on_rcpt(envelope)
        return self.rcpt_says

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.data_says.startswith("250"):
            with self._lock:
                self.messages.append(message_from_bytes(envelope.content))
            self.on_data(envelope)
        return self.data_says

    @property
    def ids(self):
        """How often each Message-ID was taken."""
        return Counter(message["Message-ID"] for message in self.messages)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextmanager
def running(inbox, *, port=None):
    controller = Controller(inbox, hostname="127.0.0.1", port=port or free_port())
    controller.start()
    try:
        yield controller
    finally:
        controller.stop()
