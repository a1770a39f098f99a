"""A real SMTP server that keeps what it is given, copy by copy."""
import email
import email.policy
import socket
import threading

from aiosmtpd.controller import Controller


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Mailbox:
    """Listens on a free port of this machine; `kept` holds (envelope sender, recipients, message, bytes)."""

    def __init__(self):
        self.kept = []
        self._lock = threading.Lock()
        self.port = _free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, _server, _session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
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
