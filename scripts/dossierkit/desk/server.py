"""`dossier desk`: serve the desk until it is interrupted."""

from __future__ import annotations

import socket
import webbrowser
from pathlib import Path
from threading import Thread

import click
from waitress.server import create_server

from dossierkit.build.request_check import local
from dossierkit.desk.access import MOST, Access
from dossierkit.desk.application import Application
from dossierkit.desk.routes import ROUTES
from dossierkit.desk.session import open_desk
from dossierkit.workflow.say import say

_REACHABLE = (
    "dossier: every machine that reaches %s can ask for the desk, and the token travels unencrypted: to keep it to this machine, "
    "leave out --host"
)
_THREADS = 4


def run(root: Path, host: str, port: int, *, opens: bool) -> None:
    """Serve until interrupted. Raises click.UsageError if the address is not available."""
    if not local(host):
        say(_REACHABLE % host, err=True)
    access, port = Access(host), port or _free(host)
    desk = open_desk(root)
    try:
        server = create_server(
            Application(desk, access, ROUTES),
            host=host,
            port=port,
            threads=_THREADS,
            ident=None,
            max_request_body_size=MOST,
            clear_untrusted_proxy_headers=True,
        )
    except OSError as error:
        raise click.UsageError(f"{host}:{port}: {error.strerror}: give another --port") from None
    Thread(target=desk.index.load, daemon=True).start()
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}{access.base}/"
    say(f"The desk is at {address}")
    say("Only somebody with this address can use it. Press Ctrl-C to stop; every decision is saved.")
    if opens:
        webbrowser.open(address)
    try:
        server.run()
    except KeyboardInterrupt:
        server.close()


def _free(host: str) -> int:
    with socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET) as found:
        port: int = found.getsockname()[1]
        return port
