"""The demo site, built once and served on this machine, in a Chromium that may ask nobody else."""

from __future__ import annotations

import functools
import http.server
import os
import re
import shutil
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from tests.support.git import git
from tests.support.process import succeeds
from tests.support.sites import ROOT


def pytest_collection_modifyitems(items):
    here = f"{Path(__file__).parent}{os.sep}"
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(once) -> Path:
    """The demo as `dossier build` makes it, in a repository that got its articles on two days: clones of ours have all of its
    history, the newest commit alone, or none.
    """

    def make(folder: Path) -> None:
        for name in ("content", "seeds"):
            shutil.copytree(ROOT / name, folder / name)
        settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
        ours = settings.replace("  custom_dir: templates\n", "")  # which here are those of the package
        (folder / "mkdocs.yml").write_text(ours, encoding="utf-8")
        git(folder, "init", "-q")
        for day, pages in (("2016-07-01", (".", ":!content/articles/2016")), ("2016-07-02", ("-A",))):
            git(folder, "add", *pages)
            git(folder, "commit", "-qm", day, when=f"{day}T12:00:00Z")
        succeeds("build", "--strict", cwd=folder)

    return once("built", make) / "site"


@pytest.fixture(scope="session")
def zensical_site(demo) -> Path:
    return demo("zensical")


class _Handler(http.server.SimpleHTTPRequestHandler):
    """`parts`: whether a part of a file is sent where one is asked for, as servers of static files do."""

    # A connection for each file would take a fifth of the time in which a page is there.
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, *args: object, more: Mapping[str, str], parts: bool, **rest: object) -> None:
        self.more, self.parts = more, parts
        super().__init__(*args, **rest)

    def do_GET(self) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if not (asked and self.parts):
            super().do_GET()
            return
        part = Path(self.translate_path(self.path)).read_bytes()[int(asked[1]) : int(asked[2]) + 1]
        self.send_response(206)
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        self.wfile.write(part)

    def end_headers(self) -> None:
        for name, value in self.more.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *args: object) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128  # a page asks for more at once than the five that may wait otherwise


@pytest.fixture(scope="session")
def address(site) -> Iterator[str]:
    with _served(site) as found:
        yield found


@pytest.fixture(scope="session")
def zensical_address(zensical_site) -> Iterator[str]:
    with _served(zensical_site) as found:
        yield found


@contextmanager
def _served(
    site: Path, headers: Mapping[str, str] = MappingProxyType({}), *, parts: bool = True
) -> Iterator[str]:
    handler = functools.partial(_Handler, more=headers, parts=parts, directory=str(site))
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="session")
def served():
    """`served(folder, headers)`: a context that gives the address at which a folder is served."""
    return _served


BLANK = "about:blank"
USUAL_SIZE = {"width": 1280, "height": 720}
SEEN_AS = ("media", "color_scheme", "reduced_motion", "forced_colors", "contrast")


@dataclass
class Windows:
    """A context for each way of reading, whose tabs stay for all tests: opening one takes longer than most tests do.

    A test's first tab is the first that was opened, and so on. What it stored or was granted, and how the tab was looked at, is gone
    after it. `own`: a tab that is closed then, for what stays in a tab: scripts for each page, routes, listeners, sessionStorage.
    """

    browser: object
    contexts: dict[tuple[bool, bool], object] = field(default_factory=dict)
    kept: dict[tuple[bool, bool], list] = field(default_factory=lambda: defaultdict(list))
    used: Counter[tuple[bool, bool]] = field(default_factory=Counter)

    def tab(self, *, scripts: bool = True, bypass_csp: bool = False, own: bool = False):
        way = scripts, bypass_csp
        if way not in self.contexts:
            self.contexts[way] = self.browser.new_context(java_script_enabled=scripts, bypass_csp=bypass_csp)
        if own:
            return self.contexts[way].new_page()
        self.used[way] += 1
        if len(self.kept[way]) < self.used[way]:
            self.kept[way].append(self.contexts[way].new_page())
        return self.kept[way][self.used[way] - 1]

    def clear(self, address: str) -> None:
        for way, context in self.contexts.items():
            for tab in set(context.pages) - set(self.kept[way]):
                tab.close()
            for tab in self.kept[way][: self.used.pop(way, 0)]:
                tab.mouse.move(0, 0)
                tab.goto(BLANK)
                tab.set_viewport_size(USUAL_SIZE)
                tab.emulate_media(**dict.fromkeys(SEEN_AS, "null"))
            if self.kept[way]:
                told = context.new_cdp_session(self.kept[way][0])
                told.send(
                    "Storage.clearDataForOrigin", {"origin": address.rstrip("/"), "storageTypes": "all"}
                )
                told.detach()
            context.clear_permissions()


@pytest.fixture(scope="session")
def windows(browser) -> Windows:
    return Windows(browser)


@dataclass
class Reader:
    """Opens pages as one reader would see them; `strangers` are the requests that would have left the site."""

    windows: Windows
    address: str
    strangers: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    pages: list = field(default_factory=list)

    def __call__(
        self,
        path="",
        width=1440,
        height=900,
        scheme="light",
        *,
        scripts=True,
        bypass_csp=False,
        own=False,
    ):
        page = self.windows.tab(scripts=scripts, bypass_csp=bypass_csp, own=own)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for event, heard in self._listeners.items():
            page.on(event, heard)
        self.pages.append(page)
        page.goto(self.address + path)
        return page

    @cached_property
    def _listeners(self) -> dict[str, Callable]:
        return {"request": self._asked, "pageerror": self._failed, "response": self._answered}

    def close(self) -> None:
        self.windows.clear(self.address)
        for page in self.pages:
            for event, heard in self._listeners.items():
                page.remove_listener(event, heard)

    def _failed(self, error) -> None:
        self.errors.append(str(error))

    def _answered(self, answer) -> None:
        if answer.status >= 400:
            self.errors.append(answer.url)

    def _asked(self, request) -> None:
        """No name but this machine's is resolved, so that nothing leaves; what would have is written down."""
        url = request.url
        if urlsplit(url).scheme not in {"data", "blob"} and not url.startswith(self.address):
            self.strangers.append(url)


@pytest.fixture
def read(windows, address) -> Iterator[Callable]:
    """`read(path, width, height, scheme, scripts=...)` opens a page. No request may leave the site or fail, no script fail."""
    yield from _reading(windows, address)


@pytest.fixture(params=["address", "zensical_address"], ids=["mkdocs", "zensical"])
def read_either(request, windows) -> Iterator[Callable]:
    """The same for a site by MkDocs, and by Zensical."""
    yield from _reading(windows, request.getfixturevalue(request.param))


def _reading(windows, address) -> Iterator[Callable]:
    reader = Reader(windows, address)
    yield reader
    reader.close()
    assert reader.strangers == []
    assert reader.errors == []


# What scripts do when the window has scrolled or the focus has moved they do before the next frame: a reader sees that one.
FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture(scope="session")
def violations() -> Callable:
    """`violations(page, within, colours=..., tags=...)`: what Axe finds, as (rule, elements), on the page or in what a selector selects.

    `colours` are the rules that take two thirds of its time, and the only ones whose findings a scheme changes: True asks for no
    other, False for all others. The sizes of targets, which Axe leaves out unless asked, are among the others.
    """

    def found(page, within=None, *, colours=None, tags=None):
        # Only the rule of sounds asks for anything: style sheets, which Axe would load and read once more each time, are for a rule that is off.
        options = {"resultTypes": ["violations"], "preload": {"assets": ["media"]}}
        if tags or colours:
            options["runOnly"] = COLOURS if colours else tags
        else:
            options["rules"] = {"target-size": {"enabled": True}}
        if colours is False:
            options["rules"] |= {rule: {"enabled": False} for rule in COLOURS}
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        told = page.evaluate(RUN_AXE, [within, options])
        return [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in told["violations"]]

    return found


COLOURS = ["color-contrast", "link-in-text-block"]
RUN_AXE = "([within, options]) => axe.run(within ?? document, options)"


@pytest.fixture
def drawn() -> Callable:
    """`drawn(page)` waits until a reader sees what has happened so far. It needs scripts of the page to be on."""
    return lambda page: page.evaluate(FRAMES)


IN_VIEW = """element => {
    const box = element.getBoundingClientRect();
    return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
}"""


@pytest.fixture
def in_view() -> Callable:
    """Whether all of an element lies within the window."""
    return lambda locator: locator.evaluate(IN_VIEW)


@pytest.fixture
def colour() -> Callable:
    """The background that an element paints itself."""
    return lambda locator: locator.evaluate("element => getComputedStyle(element).backgroundColor")
