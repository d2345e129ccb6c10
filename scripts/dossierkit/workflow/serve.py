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
from contextlib import closing, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote_to_bytes

import click

from dossierkit.build.configuration import load
from dossierkit.build.request_check import (
    HEADERS,
    REACHABLE,
    RequestHeaders,
    RequestRefusal,
    local,
    refusal,
    site_path,
)
from dossierkit.workflow.ended import cleaned_up
from dossierkit.workflow.say import say

if TYPE_CHECKING:
    from dossierkit.build.preview import Preview

log = logging.getLogger("mkdocs.commands.serve")

_HERE = "127.0.0.1"
_UNCHECKED = (
    "dossier: mkdocs.yml has no plugin `dossier`: MkDocs serves this site, and answers whoever asks under whatever name; "
    "add `dossier` to `plugins:`"
)
_TEXT = "text/plain; charset=utf-8"
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


class _PreviewServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, host: str, port: int, preview: Preview) -> None:
        self.bound, self.preview = host, preview
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Handler)

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
        """Ignore clients that have closed the connection."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _PreviewServer
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "dossier", ""
    timeout = 10  # seconds without a byte after which the connection is closed

    def do_GET(self) -> None:
        if self.headers.get("Content-Length", "0") != "0" or "Transfer-Encoding" in self.headers:
            self.close_connection = True  # the body is not read, and must not be taken for a request
        target, _, query = self.path.partition("?")
        path = site_path(unquote_to_bytes(target.encode("latin-1")))
        refused = (
            path if isinstance(path, RequestRefusal) else refusal(self._asked(), path, self.server.bound)
        )
        if refused:
            self._send(refused.status, _TEXT, f"{refused.reason}\n".encode())
        elif path == "_preview/changes":
            self._changes(query)
        else:
            self._answer(str(path))

    do_HEAD = do_GET  # noqa: N815 - the name that the base class looks up

    def _asked(self) -> RequestHeaders:
        names = "Origin", "Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest"
        hosts = tuple(self.headers.get_all("Host", ()))
        return RequestHeaders(hosts, *(self.headers.get(name, "") for name in names))

    def _answer(self, path: str) -> None:
        try:
            answer = self.server.preview.answer(path)
        except Exception:
            log.exception("%r could not be made", path)
            message = b"This page could not be made: the terminal of `dossier serve` says why.\n"
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, _TEXT, message)
        else:
            self._send(answer.status, answer.kind, answer.data, answer.location)

    def _send(self, status: int, kind: str, data: bytes, location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        if location:
            self.send_header("Location", quote(location))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def end_headers(self) -> None:
        for name, value in {"Cache-Control": "no-store", **HEADERS}.items():
            self.send_header(name, value)
        super().end_headers()

    def _changes(self, query: str) -> None:
        """Send one event when the site is newer than the asking page, and comments meanwhile to keep the connection alive."""
        found = re.fullmatch(r"built=(\d{1,9})", query, re.ASCII)
        preview, built = self.server.preview, int(found[1]) if found else 0
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        while preview.built == built:
            with preview.changed:
                newer = preview.changed.wait_for(lambda: preview.built != built, 5)
            self.wfile.write(b"" if newer else b": still here\n\n")
            self.wfile.flush()
        self.wfile.write(b"data: built\n\n")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Requests are not logged."""


def _mkdocs(root: Path, address: str) -> int:
    command = [sys.executable, "-m", "mkdocs", "serve", "-f", str(root / "mkdocs.yml"), "-a", address]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    with TemporaryDirectory(prefix="dossier-preview-") as folder:
        environment["TMPDIR"] = folder  # MkDocs leaves its own folder there when it is ended
        try:
            return subprocess.run(command, cwd=root, env=environment, check=False).returncode  # noqa: S603 - our own arguments
        except KeyboardInterrupt:
            return 0
