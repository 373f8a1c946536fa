"""A small mail server for tests: takes what it is sent on a free port of this machine, as RFC 5321 has it."""

from __future__ import annotations

import email
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default

ANSWERS = {"EHLO": "250 pingyi.test", "HELO": "250 pingyi.test", "MAIL": "250 ok", "RSET": "250 ok", "NOOP": "250 ok"}


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps each mail with its recipients; refuses recipients at the domain `refused.test`."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), _Session)
        self.taken: list[tuple[list[str], EmailMessage]] = []

    @property
    def port(self) -> int:
        """The port that the machine gave."""
        return int(self.server_address[1])


class _Session(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        """Answer line by line until the other side leaves."""
        self._say("220 pingyi.test")
        recipients: list[str] = []
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "RCPT":
                is_refused = "refused.test" in line
                recipients += [] if is_refused else [line.partition(":")[2].strip().strip("<>")]
                self._say("550 no such person" if is_refused else "250 ok")
            elif verb == "DATA":
                self._take(recipients)
                recipients = []
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say(ANSWERS.get(verb, "502 not known"))

    def _take(self, recipients: list[str]) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line[1:] if line.startswith(b"..") else line)
        message = email.message_from_bytes(b"".join(lines), policy=default)
        assert isinstance(message, EmailMessage)
        self.server.taken.append((recipients, message))
        self._say("250 taken")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run one for the length of a test."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
