"""`dossier desk`: all routes, with their views, and the server, which runs until it is interrupted."""

from __future__ import annotations

import socket
import webbrowser
from pathlib import Path
from threading import Thread

import click
from waitress.server import create_server

from dossierkit.build.request_check import local
from dossierkit.desk.access import MOST, Access
from dossierkit.desk.application import Application, Route, page_of, set_language
from dossierkit.desk.session import Desk
from dossierkit.desk.views import (
    articles,
    changes,
    dossiers,
    events,
    names,
    overview,
    record_changes,
    records,
    withdrawals,
)
from dossierkit.workflow.say import say

_REACHABLE = (
    "dossier: every machine that reaches %s can ask for the desk, and the token travels unencrypted: to keep it to this machine, "
    "leave out --host"
)
_THREADS = 4
# Every program on the machine can connect, without the token: those that say nothing must not take all the places.
_CONNECTIONS, _SILENT = 800, 20


ROUTES = (
    Route("/", "GET", overview.show),
    Route("/names", "GET", names.show),
    Route("/names/decide", "POST", names.decide),
    Route("/names/all", "GET", names.preview),
    Route("/names/all", "POST", names.decide_all),
    Route("/find", "GET", names.find),
    Route("/articles", "GET", articles.listed),
    Route("/article/<path:id_>", "GET", articles.show),
    Route("/decide/<path:id_>", "POST", articles.decide),
    Route("/add-name/<path:id_>", "POST", articles.add_name),
    Route("/add-entry/<path:id_>", "POST", articles.add_entry),
    Route("/key-moment/<path:id_>", "POST", articles.turn_key_moment),
    Route("/fields/<path:id_>", "POST", articles.set_fields),
    Route("/publish/<path:id_>", "POST", articles.publish),
    Route("/publish/<path:id_>", "GET", page_of("article")),
    Route("/records", "GET", records.listed),
    Route("/record/<path:id_>", "GET", records.show),
    Route("/record/<path:id_>", "POST", records.save),
    Route("/offer/<path:id_>", "POST", records.decide),
    Route("/new-record", "POST", records.create),
    Route("/publish-record/<path:id_>", "POST", records.publish),
    Route("/publish-record/<path:id_>", "GET", page_of("record")),
    Route("/merge/<path:id_>", "GET", record_changes.show_merge),
    Route("/merge/<path:id_>", "POST", record_changes.merge_records),
    Route("/split/<path:id_>", "GET", record_changes.show_split),
    Route("/split/<path:id_>", "POST", record_changes.split_record),
    Route("/events", "GET", events.show),
    Route("/events/join", "POST", events.join_entries),
    Route("/events/apart", "POST", events.keep_apart),
    Route("/events/part", "POST", events.part_entry),
    Route("/dossiers", "GET", dossiers.listed),
    Route("/dossier/<path:id_>", "GET", dossiers.show),
    Route("/dossier/<path:id_>", "POST", dossiers.save),
    Route("/new-dossier", "POST", dossiers.create),
    Route("/publish-dossier/<path:id_>", "POST", dossiers.publish),
    Route("/publish-dossier/<path:id_>", "GET", page_of("dossier")),
    Route("/withdraw", "GET", withdrawals.show),
    Route("/withdraw", "POST", withdrawals.withdraw),
    Route("/changes", "GET", changes.show),
    Route("/changes/commit", "POST", changes.commit),
    Route("/changes/branch", "POST", changes.branch),
    Route("/check", "GET", articles.check_value),
    Route("/undo", "POST", articles.undo),
    Route("/language", "POST", set_language),
)


def run(root: Path, host: str, port: int, *, opens: bool) -> None:
    """Serve until interrupted. Raises click.UsageError if the address is not available."""
    if not local(host):
        say(_REACHABLE % host, err=True)
    access, port = Access(host), port or _free(host)
    desk = Desk.open(root)
    try:
        server = create_server(
            Application(desk, access, ROUTES),
            host=host,
            port=port,
            threads=_THREADS,
            ident=None,
            max_request_body_size=MOST,
            connection_limit=_CONNECTIONS,
            channel_timeout=_SILENT,
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
