"""`dossier serve`: a live preview, drafts included."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from dossierkit.engines.config import load

if TYPE_CHECKING:
    from dossierkit.engines.preview import Preview

_TICK = 0.1
_SHARE = 0.1  # of a processor, at most, for looking at files


def run(root: Path, address: str) -> int:
    """Serve until interrupted; the exit code of the server. Where a plugin wants to see every page, MkDocs serves."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from dossierkit.engines import press  # noqa: PLC0415 - MkDocs is heavy

    if not press.applies(load(root)):
        return _mkdocs(root, address)
    from dossierkit.engines.messages import messages  # noqa: PLC0415 - as above
    from dossierkit.engines.preview import Preview  # noqa: PLC0415 - as above

    with messages() as logger:
        preview = Preview(root)
        preview.build()
        host, _, port = address.rpartition(":")
        server = _Server((host.strip("[]") or "127.0.0.1", int(port)), preview)
        threading.Thread(target=_watch, args=(preview,), daemon=True).start()
        logger.info("Serving on http://%s/ (Ctrl-C stops it)", address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
        finally:
            server.server_close()
    return 0


def _watch(preview: Preview) -> None:
    """Build again whenever a file has changed; looking takes a tenth of a processor at most."""
    from dossierkit.engines.preview import stamps  # noqa: PLC0415 - loaded by now

    seen = stamps(preview.watched())
    while True:
        start = time.thread_time()
        now = stamps(preview.watched())
        looking = time.thread_time() - start
        if now != seen:
            changed = {Path(path) for path, _ in set(now.items()) ^ set(seen.items())}
            seen = now
            config, content, *_ = preview.watched()
            templates = any(path != config and not path.is_relative_to(content) for path in changed)
            preview.build(configured=config in changed, templates=templates)
        time.sleep(max(_TICK, looking / _SHARE))


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], preview: Preview) -> None:
        self.preview = preview
        super().__init__(address, _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        address = unquote(parts.path).lstrip("/")
        if address == "_preview/changes":
            self._changes(parse_qs(parts.query))
            return
        answer = self.server.preview.answer(address)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.data)))
        self.send_header("Cache-Control", "no-store")
        if answer.location:
            self.send_header("Location", answer.location)
        self.end_headers()
        self.wfile.write(answer.data)

    def _changes(self, query: Mapping[str, list[str]]) -> None:
        """One event when the site is a newer one than the page that asks; a sign of life now and then until then."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        preview, built = self.server.preview, int(query.get("built", ["0"])[0] or 0)
        try:
            while preview.built == built:
                with preview.changed:
                    newer = preview.changed.wait_for(lambda: preview.built != built, 5)
                self.wfile.write(b"" if newer else b": still here\n\n")
                self.wfile.flush()
            self.wfile.write(b"data: built\n\n")
        except OSError:
            return
        finally:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
        """Requests are not worth a line each."""


def _mkdocs(root: Path, address: str) -> int:
    command = [sys.executable, "-m", "mkdocs", "serve", "-f", str(root / "mkdocs.yml"), "-a", address]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    try:
        return subprocess.run(command, cwd=root, env=environment, check=False).returncode  # noqa: S603 - our own arguments
    except KeyboardInterrupt:
        return 0
