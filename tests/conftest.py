"""A small dossier repository on disk, that each test fills as it needs."""

from __future__ import annotations

import gc
import hashlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from textwrap import dedent
from types import ModuleType

import pytest
from filelock import FileLock
from hypothesis import settings

from dossierkit.build.bytecode import Bytecode
from dossierkit.build.load_site import SiteSettings, compiled
from dossierkit.site.compiled import Compiled
from dossierkit.site.interface import CompiledPage, Parts
from dossierkit.site.pieces import Pieces
from dossierkit.store.state import CACHE, STATE

# First the one without windows: the same engine, and for the same page half the work of a browser with its own windows.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
BROWSER_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
BROWSER_PATIENCE = 120_000  # milliseconds: a machine that is busy is no error

# A machine that is busy is no error; and the same code is judged the same each time. What is rare is looked for at night.
settings.register_profile("ci", deadline=None, derandomize=True, max_examples=50)
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile("ci")

ARTICLE = """\
    ---
    title: Talks open in Geneva
    date: 2016-02-01
    lang: en
    source: {publisher: The Paper}
    status: published
    entities:
      - jane-doe
      - geneva
    timeline:
      - {date: 2016-01-29, text: Talks open, quote: opened on Friday, when: on Friday}
    ---

    The talks opened on Friday. Jane Doe came to Geneva & spoke.
    """
PERSON = """\
    ---
    title: Jane Doe
    type: person
    weak_aliases: [Doe]
    status: reviewed
    ---
    """
PLACE = """\
    ---
    title: Geneva
    type: place
    aliases: [{name: جنيف, lang: ar}]
    same_as: ["wikidata:Q71"]
    location: {lat: 46.2, lon: 6.15, precision: city}
    status: reviewed
    ---
    """


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@pytest.fixture
def calls_of():
    """A context in which every call of a function is listed, with its arguments by name: what costs time is counted, not timed."""

    @contextmanager
    def listed(function: Callable[..., object]) -> Iterator[list[dict[str, object]]]:
        calls: list[dict[str, object]] = []

        def called(frame, event, _argument):
            if event == "call" and frame.f_code is function.__code__:
                calls.append(dict(frame.f_locals))

        before = sys.getprofile()
        sys.setprofile(called)
        try:
            yield calls
        finally:
            sys.setprofile(before)

    return listed


@pytest.fixture(scope="session")
def pixel() -> bytes:
    """A picture of one pixel, as PNG."""
    return PIXEL


@dataclass(frozen=True)
class Repository:
    """Writes pages below content/ (dedented) and compiles them."""

    root: Path
    templates: Bytecode | None = None

    @property
    def content(self) -> Path:
        return self.root / "content"

    def write(self, path: str, text: str) -> Path:
        target = self.content / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(dedent(text), encoding="utf-8")
        return target

    def compile(self, **settings) -> Compiled:
        extensions = settings.pop("extensions", ("tables", "attr_list"))
        told = SiteSettings(docs=self.content, extensions=extensions, **settings)
        return compiled(told, bytecode=self.templates)

    def files(self, **settings) -> dict[str, Parts | bytes]:
        """What is no page, by path, with what is in those that are only made when they are asked for."""
        compiled = self.compile(**settings)
        made = ((path, parts) for one in compiled.written for path, parts in one.make())
        return {**compiled.files, **{path: whole(parts) for path, parts in made}}

    def page(self, path: str, **settings) -> CompiledPage:
        return next(page for page in self.compile(**settings).pages if page.path == path)


def whole(parts: Parts | bytes) -> Parts | bytes:
    """A text that is made piece by piece, as one."""
    return "".join(parts) if isinstance(parts, Pieces) else parts


HERE = Path(__file__).parent
LONGEST = "browser/test_everywhere.py"
FIRST = (
    "parallel", "project/test_linear.py", "engines", "project/test_wheel.py", "build/test_copied.py", "story", "histories", "build",
)  # fmt: skip
LAST = (
    "workflow/test_cluster.py", "workflow/test_executor.py", LONGEST, "story/test_desk.py",
    "browser/test_untrusted.py", "browser/test_desk.py", "browser/test_search.py", "browser/test_strict.py", "browser/test_languages.py",
    "browser/test_article.py", "browser",
)  # fmt: skip
FORKING = r"ignore:This process \(pid=\d+\) is multi-threaded, use of fork:DeprecationWarning"


def pytest_xdist_auto_num_workers(config):
    """A process more than processors: tests wait for servers, browsers and processes, a third of their time."""
    return (os.cpu_count() or 1) + 1


def pytest_configure(config):
    """A process of pytest-xdist has a thread that waits for what it is told, and holds no lock that a fork could need.

    What a shell runs in the background is told to ignore Ctrl-C, and so would be all that tests start to press it.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(config, "workerinput"):
        config.addinivalue_line("filterwarnings", FORKING)
        os.environ.pop("COLUMNS", None)  # its width would have messages wrapped, which no test expects


def pytest_xdist_make_scheduler(config, log):
    """The tests of a file stay in one process, but for those of the longest, which would end long after all others.

    It is said here and not by marks of groups: pytest-xdist 3.8 writes those where pytest 9 no longer reads them, and spreads every
    test by itself without a word.
    """
    from xdist.scheduler import LoadFileScheduling  # noqa: PLC0415 -- only where tests run in several processes

    class ByFile(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            return nodeid.partition("[")[0] if file == f"tests/{LONGEST}" else file

    return ByFile(config, log)


def pytest_collection_finish():
    """What was collected stays to the end: nothing of it is looked through again with each collection of garbage."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_collection(session):
    """The first process alone reads tests that nobody has compiled yet: side by side each would compile all of them."""
    run = getattr(session.config, "workerinput", {}).get("testrunuid", "")
    if not run or sys.dont_write_bytecode:
        return (yield)
    folder = session.config.cache.mkdir("collected")
    with FileLock(folder / "lock"):
        told = folder / "run"
        if not (told.is_file() and told.read_text(encoding="ascii") == run):
            result = yield
            told.write_text(run, encoding="ascii")
            return result
    return (yield)


def pytest_collection_modifyitems(items):
    """The longest come first of their kind, and tests that leave threads running last: beside threads no build forks
    (`parallel.fork`).
    """
    places = [*(HERE / name for name in FIRST), HERE / "", *(HERE / name for name in LAST)]

    @cache
    def place(file):
        found = [at for at, path in enumerate(places) if file.is_relative_to(path)]
        return max(found, key=lambda at: len(places[at].parts))

    items.sort(key=lambda item: place(item.path))


@pytest.fixture(scope="session")
def once(request, tmp_path_factory):
    """`once(name, make)`: a folder that `make(folder)` fills, one for all processes of a run."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if hasattr(request.config, "workerinput") else base

    def made(name: str, make: Callable[[Path], object]) -> Path:
        folder, begun = base / f"once-{name}", base / f"begun-{name}"
        with FileLock(f"{folder}.lock"):
            if not folder.exists():
                shutil.rmtree(begun, ignore_errors=True)
                begun.mkdir()
                make(begun)
                begun.rename(folder)
        return folder

    return made


@pytest.fixture(scope="session")
def demo(once) -> Callable[[str], Path]:
    """`demo(engine)`: the demo as that engine builds it for https://x.test/, where nothing is known of its git."""

    def make(engine: str, folder: Path) -> None:
        for name in ("content", "seeds", "templates"):
            shutil.copytree(HERE.parent / name, folder / name)
        shutil.copy(HERE.parent / "mkdocs.yml", folder)
        command = [sys.executable, "-m", "dossierkit", "build", "--strict", "--engine", engine]
        environment = {**os.environ, "PYTHONHASHSEED": "77", "SITE_URL": "https://x.test/"}
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr

    return lambda engine: once(engine, partial(make, engine)) / "site"


@pytest.fixture(scope="session", autouse=True)
def _own_state(tmp_path_factory):
    """State and caches lie in folders of the user; tests have some of their own, which processes that they start use too."""
    with pytest.MonkeyPatch.context() as patch:
        for variable in (STATE, CACHE):
            patch.setenv(variable, str(tmp_path_factory.mktemp(variable.lower())))
        yield


@pytest.fixture(scope="session")
def templates(once) -> Bytecode:
    """Templates are compiled once for all tests, as for all builds: they are nine tenths of compiling a small site."""
    return Bytecode(once("templates", lambda _: None), b"tests", "")


@pytest.fixture(scope="session")
def hostile() -> ModuleType:
    """tests/hostile.py, which writes a repository full of attacks."""
    spec = importlib.util.spec_from_file_location("hostile", Path(__file__).with_name("hostile.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def hostile_copy(once, hostile) -> Callable[[Path], Path]:
    """`hostile_copy(folder)`: that repository, in a folder."""
    return lambda folder: shutil.copytree(once("hostile", hostile.write), folder, dirs_exist_ok=True)


@pytest.fixture(scope="session")
def attacked(once, hostile_copy) -> Callable[[str], Path]:
    """`attacked(engine)`: the folder of the site that an engine makes of that repository."""

    def make(engine: str, folder: Path) -> None:
        hostile_copy(folder)
        command = [sys.executable, "-m", "dossierkit", "-C", str(folder), "build", "--engine", engine]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr

    return lambda engine: once(f"hostile-{engine}", partial(make, engine)) / "site"


MINUTES = """\
timeline:
  - {date: 2016-05-01, text: The committee begins, quote: Paragraph number 2 begins here}
  - {date: 2016-05-12, text: The committee ends, quote: Paragraph number 14 begins here}
"""
NEWS = """\
site_name: News
site_url: https://news.example/
docs_dir: content
theme: {name: material, font: false}
plugins: [dossier]
nav: [index.md, dossiers/index.md]
extra: {dossier: {twins: all}}
not_in_nav: /**
"""
KEPT_BACK = {
    "draft": "status: draft",
    "later": 'status: published\nembargo: "2999-01-01T00:00Z"',
    "gone": "status: withdrawn\nwithdrawn: {reason: Wrong}",
}
"""Articles that ask to have their originals published, and that readers do not see."""


def _add_minutes(folder: Path) -> None:
    shutil.copy(HERE / "ingest/files/columns.pdf", folder / "minutes.pdf")
    _dossier(folder, "add", "minutes.pdf", "--lang", "en", "--date", "2016-05-14")
    page = folder / "content/articles/2016/minutes.md"
    next(page.parent.glob("*.md")).rename(page)
    text = page.read_text(encoding="utf-8").replace("status: draft", "status: published")
    text = text.replace("timeline: []\n", MINUTES).replace("  pages:", "  publish: original\n  pages:")
    page.write_text(text, encoding="utf-8")


def _keep_back(folder: Path, name: str, status: str) -> None:
    data = f"%PDF-1.4 zqsecret {name}".encode()
    (folder / f"seeds/{name}.pdf").write_bytes(data)
    source = f"{{file: seeds/{name}.pdf, sha256: {hashlib.sha256(data).hexdigest()}, publish: original}}"
    text = f"---\ntitle: Zq{name}\n{status}\nsource: {source}\n---\n\nText.\n"
    (folder / f"content/articles/2016/{name}.md").write_text(text, encoding="utf-8")


def _dossier(folder: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "dossierkit", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def minutes(once) -> Path:
    """A repository with its site: minutes of two pages as PDF, whose original readers may have, and others that wait."""

    def make(folder: Path) -> None:
        (folder / "mkdocs.yml").write_text(NEWS, encoding="utf-8")
        (folder / "content/dossiers").mkdir(parents=True)
        (folder / "content/index.md").write_text("# News\n", encoding="utf-8")
        (folder / "content/dossiers/water.md").write_text(
            "---\ntitle: Water\nstatus: published\narticles: [2016/minutes]\n---\n", encoding="utf-8"
        )
        _add_minutes(folder)
        for name, status in KEPT_BACK.items():
            _keep_back(folder, name, status)
        _dossier(folder, "build")

    return once("minutes", make)


@pytest.fixture
def empty(tmp_path, templates) -> Repository:
    (tmp_path / "content").mkdir()
    return Repository(tmp_path, templates)


@pytest.fixture(scope="session")
def furnish(templates):
    """`furnish(root)`: a repository with one article that names a person and a place, in a new folder."""

    def furnished(root: Path) -> Repository:
        repository = Repository(root, templates)
        repository.write("articles/2016/talks.md", ARTICLE)
        repository.write("entities/jane-doe.md", PERSON)
        repository.write("entities/geneva.md", PLACE)
        return repository

    return furnished


@pytest.fixture
def repository(tmp_path, furnish) -> Repository:
    """One article that names a person and a place."""
    return furnish(tmp_path)


@pytest.fixture(scope="session")
def preview():
    """`preview(root, host)`: a context that gives the address at which `dossier serve` answers for a repository; its output is in
    `root/log`.
    """

    @contextmanager
    def served(root: Path, host: str = "127.0.0.1") -> Iterator[str]:
        port = _free_port()
        command = [sys.executable, "-m", "dossierkit", "serve", "--address", f"{host}:{port}"]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        with (root / "log").open("wb") as log:
            process = subprocess.Popen(
                command, cwd=root, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        try:
            while not _listens(port):
                assert process.poll() is None, (root / "log").read_text(encoding="utf-8")
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/"
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()

    return served


def _free_port() -> int:
    """One below those that systems give to whoever connects: such a one could be taken before the server has it."""
    first = 20_000 + os.getpid() * 97 % 10_000
    return next(port for port in range(first, 32_000) if _free(port))


def _free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="session")
def chromium() -> str:
    found = os.environ.get("DOSSIERKIT_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        message = "needs Chromium: install it (Debian: apt install chromium-headless-shell), or name it in DOSSIERKIT_CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(scope="session")
def browser(chromium):
    """One for all files that a process runs: Playwright runs once in each."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install playwright")
    with playwright.sync_playwright() as play:
        started = play.chromium.launch(
            executable_path=chromium, args=list(BROWSER_FLAGS), timeout=BROWSER_PATIENCE
        )
        started.on("context", lambda context: context.set_default_timeout(BROWSER_PATIENCE))
        yield started
        started.close()
