"""The demo site in WebKit, the engine of Safari, driven by WebDriver. `make test-webkit` runs this, `make test` does not.

Debian and Ubuntu have what it needs: `apt install webkit2gtk-driver xvfb`.
"""

from __future__ import annotations

import functools
import http.server
import json
import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
from tests.support.preview import free_port
from tests.support.waiting import PATIENCE, until


class Window:
    """A window of WebKit. `session`: the address of its session; `site`: the address of the site, with its last slash."""

    def __init__(self, session: str, site: str) -> None:
        self.session, self.site = session, site

    def ask(self, path: str, **body: object) -> object:
        return asked(f"{self.session}/{path}", body)

    def open(self, path: str) -> None:
        self.ask("url", url=self.site + path)

    def framed(self, path: str, width: int) -> None:
        """Nothing but a frame of that width, with a page in it."""
        script = """
            const frame = document.createElement("iframe");
            frame.src = arguments[0];
            Object.assign(frame.style, {width: `${arguments[1]}px`, height: "900px", border: 0});
            document.body.replaceChildren(frame);
        """
        self.ask("execute/sync", script=script, args=[self.site + path, width])

    def js(self, expression: str) -> object:
        return self.ask("execute/sync", script=f"return {expression}", args=[])

    def until(self, expression: str) -> object:
        """The value of an expression as soon as it is true."""
        return until(lambda: self.js(expression), expression, pause=0.05)

    def point(self, selector: str, *, click: bool = False) -> None:
        element = self.ask("element", using="css selector", value=selector)
        self.ask(
            "execute/sync",
            script="arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})",
            args=[element],
        )
        moves = [{"type": "pointerMove", "origin": element, "x": 0, "y": 0}]
        presses = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self.ask("actions", actions=[{"type": "pointer", "id": "mouse", "actions": moves + presses * click}])

    def keys(self, text: str) -> None:
        strokes = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self.ask("actions", actions=[{"type": "key", "id": "keys", "actions": strokes}])


def asked(address: str, body: object) -> object:
    request = Request(address, json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)["value"]
    except HTTPError as refused:
        raise AssertionError(json.load(refused)["value"]["message"]) from None


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def window(demo) -> Iterator[Window]:
    """A session of WebKit with the demo, on a screen that nobody sees. What is missing is an error: who runs this wants it run."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Quiet, directory=demo("mkdocs"))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    driver = f"http://127.0.0.1:{(port := free_port())}/session"
    # What WebKit's sandbox needs is forbidden in containers; nothing but these pages is loaded.
    environment = {
        **os.environ,
        "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
        "LIBGL_ALWAYS_SOFTWARE": "1",
    }
    command = ["xvfb-run", "-a", "-s", "-screen 0 1600x1200x24", "WebKitWebDriver", f"--port={port}"]
    with subprocess.Popen(
        command, env=environment, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            session = _begun(driver)
            window = Window(session, f"http://127.0.0.1:{server.server_port}/")
            window.ask("window/rect", width=1300, height=900)
            yield window
            with closing(urlopen(Request(session, method="DELETE"), timeout=PATIENCE)):
                pass
        finally:
            os.killpg(process.pid, signal.SIGTERM)  # with the screen, which xvfb-run would leave
            server.shutdown()
            server.server_close()


def _begun(driver: str) -> str:
    """The address of a new session, once the driver listens."""
    browser = next(Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser"))
    options = {"binary": str(browser), "args": ["--automation"]}
    wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}

    def begun() -> str:
        with suppress(URLError):
            return f"{driver}/{asked(driver, wanted)['sessionId']}"
        return ""

    return until(begun, "an answer of the driver", pause=0.1)
