"""`dossier serve`: a live preview, drafts included."""

from __future__ import annotations

import logging
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from http import HTTPStatus
from pathlib import Path
from socketserver import ThreadingMixIn
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import click

from dossierkit.build.configuration import load
from dossierkit.build.request_check import REACHABLE, Application, Start, checked, local
from dossierkit.workflow.say import say
from dossierkit.workflow.termination import cleaned_up

if TYPE_CHECKING:
    from dossierkit.build.preview import Preview

log = logging.getLogger("mkdocs.commands.serve")

_HERE = "127.0.0.1"
_UNCHECKED = (
    "dossier: mkdocs.yml has no plugin `dossier`: MkDocs serves this site, and answers whoever asks under whatever name; "
    "add `dossier` to `plugins:`"
)
_TEXT = "text/plain; charset=utf-8"
_NOT_MADE = b"This page could not be made: the terminal of `dossier serve` says why.\n"
_UNKEPT = ("Cache-Control", "no-store")
_UNREAD = 64  # blocks of 64 kB that are read after a refused request, so that the client gets the answer
_TICK = 0.1
_SHARE = 0.1  # the most of a processor's time that is spent on looking for changed files


def run(root: Path, address: str) -> int:
    """Serve until interrupted; returns the exit code of the server. MkDocs serves if a plugin needs to see every page."""
    with cleaned_up():
        return _run(root, address)


def _run(root: Path, address: str) -> int:
    host, port = _bound(address)
    from dossierkit.build import mkdocs_build  # noqa: PLC0415 - MkDocs is heavy

    config = load(root)
    if not mkdocs_build.applies(config):
        if "dossier" not in config.plugins:
            say(_UNCHECKED, err=True)
        return _mkdocs(root, address)
    from dossierkit.build.messages import messages  # noqa: PLC0415 - as above
    from dossierkit.build.preview import Preview  # noqa: PLC0415 - as above

    with messages() as logger, closing(Preview(root)) as preview:
        preview.build()
        try:
            server = _PreviewServer(host, port, preview)
        except OSError as error:
            raise click.UsageError(f"{address}: {error.strerror}: give another --address") from None
        threading.Thread(target=_watch, args=(preview,), daemon=True).start()
        if not local(host):
            logger.warning(REACHABLE, host)
        logger.info("Serving on http://%s:%d/ (Ctrl-C stops it)", f"[{host}]" if ":" in host else host, port)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
        finally:
            server.server_close()
    return 0


def _bound(address: str) -> tuple[str, int]:
    """Host and port. Raises click.UsageError."""
    host, _, port = address.rpartition(":")
    if not re.fullmatch(r"\d{1,5}", port, re.ASCII) or int(port) > 65535:
        raise click.UsageError(
            f"--address {address}: a host, a colon and a port are expected, such as {_HERE}:8000"
        )
    return host.strip("[]").lower() or _HERE, int(port)


def _watch(preview: Preview) -> None:
    """Build again whenever a file has changed; looking for changes takes at most a tenth of a processor."""
    from dossierkit.build.preview import stamps  # noqa: PLC0415 - loaded by now

    before = preview.stamps
    while True:
        start = time.thread_time()
        now = stamps(preview.watched())
        looking = time.thread_time() - start
        if now != before:
            changed = {Path(path) for path, _ in set(now.items()) ^ set(before.items())}
            before = now
            config, content, decided, *_ = preview.watched()
            templates = any(
                path not in (config, decided) and not path.is_relative_to(content) for path in changed
            )
            preview.build(configured=config in changed, templates=templates)
        time.sleep(max(_TICK, looking / _SHARE))


class _PreviewServer(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def __init__(self, host: str, port: int, preview: Preview) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _RequestHandler)
        self.set_app(checked(_application(preview), host))

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        """Close the connection when the client has: closing with unread bytes would reset it, and the answer would be lost."""
        assert isinstance(request, socket.socket)
        with suppress(OSError):
            request.shutdown(socket.SHUT_WR)
            request.settimeout(1)
            for _ in range(_UNREAD):
                if not request.recv(65536):
                    break
        self.close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - the base class's own
        """Ignore clients that have closed the connection, or say nothing."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _RequestHandler(WSGIRequestHandler):
    timeout = 10  # seconds without a byte after which the connection is closed

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Requests are not logged."""


def _application(preview: Preview) -> Application:
    """The preview as a WSGI application (PEP 3333), for requests that `checked` lets pass."""
    from dossierkit.build.preview import PreviewResponse  # noqa: PLC0415 - loaded by now

    def answer(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8").lstrip("/")
        if path == "_preview/changes":
            start("200 OK", [("Content-Type", "text/event-stream"), _UNKEPT])
            return _changes(preview, environ["QUERY_STRING"])
        try:
            made = preview.answer(path)
        except Exception:
            log.exception("%r could not be made", path)
            made = PreviewResponse(HTTPStatus.INTERNAL_SERVER_ERROR, _TEXT, _NOT_MADE)
        headers = [("Content-Type", made.kind), ("Content-Length", str(len(made.data))), _UNKEPT]
        headers += [("Location", quote(made.location))] if made.location else []
        start(f"{made.status} {HTTPStatus(made.status).phrase}", headers)
        return [made.data]

    return answer


def _changes(preview: Preview, query: str) -> Iterator[bytes]:
    """One event when the site is newer than the asking page, and comments meanwhile to keep the connection alive."""
    found = re.fullmatch(r"built=(\d{1,9})", query, re.ASCII)
    built = int(found[1]) if found else 0
    yield b": here\n\n"
    while preview.built == built:
        with preview.changed:
            newer = preview.changed.wait_for(lambda: preview.built != built, 5)
        if not newer:
            yield b": still here\n\n"
    yield b"data: built\n\n"


def _mkdocs(root: Path, address: str) -> int:
    command = [sys.executable, "-m", "mkdocs", "serve", "-f", str(root / "mkdocs.yml"), "-a", address]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    with TemporaryDirectory(prefix="dossier-preview-") as folder:
        environment["TMPDIR"] = folder  # MkDocs leaves its own folder there when it is ended
        try:
            return subprocess.run(command, cwd=root, env=environment, check=False).returncode  # noqa: S603 - our own arguments
        except KeyboardInterrupt:
            return 0
