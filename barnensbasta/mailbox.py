"""A mail server for the demo: keeps each mail as a file and sends nothing on.

``python -m barnensbasta.mailbox DESCRIPTOR DIRECTORY``: the descriptor is a listening socket that
the demo opened, so that its port is known before anyone sends.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import signal
import socket
import sys
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session


class Mailbox:
    """aiosmtpd's handler: one ``.eml`` for each mail, named so that they sort by time."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.numbers = itertools.count(1)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        name = f"{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}-{next(self.numbers):04}.eml"
        content = envelope.content or b""
        (self.directory / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return "250 Message accepted for delivery"


async def serve(listener: socket.socket, directory: Path) -> None:
    handler = Mailbox(directory)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(handler, hostname="localhost"), sock=listener)
    loop.add_signal_handler(signal.SIGTERM, server.close)
    with contextlib.suppress(asyncio.CancelledError):
        await server.serve_forever()


def main() -> None:
    directory = Path(sys.argv[2])
    directory.mkdir(parents=True, exist_ok=True)
    asyncio.run(serve(socket.socket(fileno=int(sys.argv[1])), directory))


if __name__ == "__main__":
    main()
