"""A real SMTP server that keeps what it is given, copy by copy."""
import email
import email.policy
import socket
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Mailbox:
    """Listens on a free port of this machine; `kept` holds (envelope sender, recipients, message, bytes)."""

    def __init__(self):
        self.kept = []
        self.before_answer = None
        """Called with each message before it is kept and answered; when it says False, neither happens."""
        self.sessions = 0
        self._lock = threading.Lock()
        self.port = _free_port()
        self._controller = _Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, _server, _session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        if self.before_answer and not self.before_answer(message):
            return "451 not kept"
        with self._lock:
            self.kept.append((envelope.mail_from, list(envelope.rcpt_tos), message, bytes(envelope.content)))
        return "250 kept"

    def __enter__(self):
        self._controller.start()
        return self

    def __exit__(self, *_):
        self._controller.stop()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    def mails(self):
        with self._lock:
            return list(self.kept)


class _Controller(Controller):
    def factory(self):
        return _Session(self.handler, **self.SMTP_kwargs)


class _Session(SMTP):
    """Counts itself in and out, so that a test can wait until a dead peer's last bytes are dealt with."""

    def connection_made(self, transport):
        self.event_handler.sessions += 1
        super().connection_made(transport)

    def connection_lost(self, error):
        super().connection_lost(error)
        self.event_handler.sessions -= 1
