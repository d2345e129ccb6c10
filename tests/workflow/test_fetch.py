"""Pages of the web, fetched from a real server on this machine: only these tests may ask it, by an explicit allowance."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossierkit.cli import main
from dossierkit.ingest.place import Url
from dossierkit.ingest.web.address import FetchError, is_public, target
from dossierkit.ingest.web.fetch import Fetcher
from dossierkit.ingest.web.one_site import MissingError, OneSite
from dossierkit.ingest.web.request import asked
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.workflow.adding.add import AddOptions, run
from dossierkit.workflow.archive import archive, unarchived
from dossierkit.workflow.updating.update import run as update

HERE = frozenset({"127.0.0.1"})
TEXT = "The envoy said that a new round of talks would be called when both sides were ready. " * 5
PAGE = (
    f'<!DOCTYPE html><html lang="en"><head><title>Talks open</title><meta property="article:published_time" '
    f'content="2016-05-30"></head><body><article><h1>Talks open</h1><p>{TEXT}</p><p>Ada Moreau was there.</p></article></body></html>'
).encode()


@dataclass
class Site:
    """What the server answers: (status, headers, body) by path, before those each of `answers` once; and what it was asked."""

    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    port: int = 0
    slow: float = 0.0

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            served.asked.append(self.path)
            time.sleep(served.slow)
            page = served.pages.get(self.path, (404, {}, b"nothing here"))
            status, headers, body = served.answers.pop(0) if served.answers else page
            self.send_response(status)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield served
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def repo(tmp_path) -> Path:
    (tmp_path / "repo").mkdir()
    (tmp_path / "repo" / "mkdocs.yml").write_text("site_name: T\n", encoding="utf-8")
    for name in ("seeds", "content/articles", "content/entities"):
        (tmp_path / "repo" / name).mkdir(parents=True)
    return tmp_path / "repo"


def add(repo: Path, *urls: str):
    return run(repo, [Url(url) for url in urls], add_options=AddOptions(fetcher=Fetcher(0.0, HERE)))


def refused(repo: Path, *urls: str) -> list[tuple[str, str]]:
    with pytest.raises(DiagnosticsError) as caught:
        add(repo, *urls)
    return [(one.code, one.message) for one in caught.value.problems]


def test_a_page_is_kept_as_it_came_and_read_from_what_is_kept(site, repo):
    site.pages["/old"] = 302, {"Location": "/2016/talks"}, b""
    site.pages["/2016/talks"] = 200, {"Content-Encoding": "gzip"}, gzip.compress(PAGE)
    (added,) = add(repo, site.url("/old"))
    seed = (repo / added.source.seed).read_bytes()
    page = (repo / added.page).read_text("utf-8")
    assert added.source.seed.endswith(".warc")
    assert gzip.compress(PAGE)[10:] in seed
    assert f'url: "{site.url("/2016/talks")}"' in page
    assert "date: 2016-05-30" in page
    assert "captured: " in page
    assert "Ada Moreau was there." in page
    assert any("its digest sha1:" in note and "holds" in note for note in added.notes)
    assert site.asked[0] == "/robots.txt"
    outcomes, problems = update(repo)
    assert not problems
    assert not any(one.written for one in outcomes)


def test_the_archive_can_be_read_by_warcio_with_all_its_digests(site, repo):
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 -- an extra

    site.pages["/p"] = 200, {}, PAGE
    (added,) = add(repo, site.url("/p"))
    records = ArchiveIterator(BytesIO((repo / added.source.seed).read_bytes()), check_digests="raise")
    found = [(record.rec_type, record.content_stream().read()) for record in records]
    assert [kind for kind, _ in found] == ["warcinfo", "response", "request"]
    assert found[1][1] == PAGE


def test_an_address_that_was_added_is_not_asked_again(site, repo):
    site.pages["/p"] = 200, {}, PAGE
    add(repo, site.url("/p"))
    before = len(site.asked)
    assert add(repo, site.url("/p")) == ()
    assert len(site.asked) == before


def test_what_a_host_forbids_is_not_fetched(site, repo):
    site.pages["/robots.txt"] = 200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private/\n"
    site.pages["/private/p"] = site.pages["/p"] = 200, {}, PAGE
    site.pages["/out"] = 301, {"Location": "/private/p"}, b""
    found = refused(repo, site.url("/private/p"), site.url("/out"), site.url("/p"))
    assert [code for code, _ in found] == ["D411", "D411"]
    assert all("robots.txt" in message for _, message in found)
    assert "/private/p" not in site.asked
    assert len(list((repo / "seeds").glob("*.warc"))) == 1


@pytest.mark.parametrize("status", [500, 503])
def test_a_host_whose_rules_cannot_be_had_is_not_asked(site, repo, status):
    site.pages["/robots.txt"] = status, {}, b""
    site.pages["/p"] = 200, {}, PAGE
    assert refused(repo, site.url("/p"))[0][0] == "D411"
    assert site.asked == ["/robots.txt"]


def test_the_rules_of_a_host_are_read_where_it_says_they_are(site, repo):
    site.pages["/robots.txt"] = 301, {"Location": "/rules"}, b""
    site.pages["/rules"] = 200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /p\n"
    site.pages["/p"] = 200, {}, PAGE
    assert "robots.txt" in refused(repo, site.url("/p"))[0][1]
    assert site.asked == ["/robots.txt", "/rules"]


def test_what_leads_on_is_told_by_its_status_and_where_it_leads(site, repo):
    site.pages["/robots.txt"] = 302, {}, b""
    site.pages["/p"] = 200, {"Location": "/q"}, PAGE
    assert len(add(repo, site.url("/p"))) == 1
    assert site.asked == ["/robots.txt", "/p"]


def test_rules_that_are_never_reached_forbid_nothing(site, repo):
    site.pages["/robots.txt"] = 302, {"Location": "/robots.txt"}, b""
    site.pages["/p"] = 200, {}, PAGE
    assert len(add(repo, site.url("/p"))) == 1
    assert site.asked == [*["/robots.txt"] * 6, "/p"]


@pytest.mark.parametrize(("pause", "rules"), [(0.2, b""), (0.0, b"User-agent: *\nCrawl-delay: 0.2\n")])
def test_a_host_is_asked_again_only_after_the_pause_that_it_asks_for(site, pause, rules):
    site.pages["/robots.txt"] = 200, {"Content-Type": "text/plain"}, rules
    site.pages["/p"] = site.pages["/q"] = 200, {}, PAGE
    fetcher = Fetcher(pause, HERE)
    fetcher.fetched(site.url("/p"))
    begun = time.monotonic()
    fetcher.fetched(site.url("/q"))
    assert time.monotonic() - begun > 0.1


@pytest.mark.parametrize("status", [404, 410, 500])
def test_answers_that_are_no_page_are_refused(site, repo, status):
    site.pages["/p"] = status, {}, PAGE
    assert str(status) in refused(repo, site.url("/p"))[0][1]
    assert list((repo / "seeds").iterdir()) == []


def test_redirects_end(site, repo):
    site.pages["/p"] = 302, {"Location": "/p"}, b""
    assert "leads on" in refused(repo, site.url("/p"))[0][1]


def test_an_answer_without_end_is_cut(site):
    site.pages["/p"] = 200, {}, b"x" * 300_000
    with pytest.raises(FetchError, match="longer than"):
        asked(target(site.url("/p"), HERE), most=100_000)


@pytest.mark.parametrize(
    "first",
    [
        b"HTTP/1.1 200 OK\r\nX-Slow: ",
        b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
    ids=["header", "length", "close", "chunked"],
)
def test_a_host_that_sends_byte_after_byte_is_left_when_its_time_is_over(first):
    """No single wait is long, so that no limit for one wait ends it."""
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as pool:
        sent = pool.submit(_drip, server, first)
        at = target(f"http://127.0.0.1:{server.getsockname()[1]}/", HERE)
        with pytest.raises(FetchError, match="took too long"):
            asked(at, seconds=1.0)
        assert sent.result() < 400, "the whole answer was waited for"


def test_a_host_that_sends_byte_after_byte_before_the_request_is_left_when_its_time_is_over():
    """The first bytes are the head of a long message of TLS."""
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as pool:
        sent = pool.submit(_drip, server, b"\x16\x03\x03\x3f\xff\x02\x00\x3f\xf0")
        at = target(f"https://127.0.0.1:{server.getsockname()[1]}/", HERE)
        with pytest.raises(FetchError, match="try again later"):
            asked(at, seconds=2.0)
        assert sent.result() < 100, "the limit was that of a single wait"


def test_all_requests_of_a_fetch_have_one_limit_of_time(site):
    """Each redirect is answered soon enough for one request; waits that the host asks for do not count."""
    for number in range(5):
        site.pages[f"/{number}"] = 302, {"Location": f"/{number + 1}"}, b""
    site.pages["/5"] = 200, {}, PAGE
    assert len(Fetcher(0.3, HERE).fetched(site.url("/0"))) == 6
    site.slow = 0.4
    with pytest.raises(FetchError, match="took too long"):
        Fetcher(0.0, HERE, seconds=1.0).fetched(site.url("/0"))
    assert len(site.asked) < 12


def _drip(server: socket.socket, first: bytes) -> int:
    """Answer with `first` and then, ten times a second, one byte; the number of those that were taken, at most 400."""
    connection, _ = server.accept()
    with connection:
        connection.recv(65_536)
        connection.sendall(first)
        for number in range(400):
            try:
                connection.sendall(b"1")
            except OSError:
                return number
            time.sleep(0.1)
    return 400


def test_a_page_that_unpacks_to_very_much_is_refused(site, repo):
    site.pages["/p"] = 200, {"Content-Encoding": "gzip"}, gzip.compress(b"<p>" + b" " * 70_000_000)
    code, message = refused(repo, site.url("/p"))[0]
    assert code == "D401"
    assert "unpacks to more than" in message


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://0.0.0.0/", "http://10.0.0.1/x",
        "http://192.168.1.1/", "http://172.16.0.1/", "http://169.254.169.254/latest/meta-data", "http://[fe80::1]/",
        "http://[fd00::1]/", "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/",
        "http://100.64.0.1/", "http://224.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://127.1/",
    ],
)  # fmt: skip
def test_no_machine_that_is_not_public_is_asked(url):
    with pytest.raises(FetchError, match=r"not a public machine|is not known"):
        target(url)


def test_a_name_that_leads_to_this_machine_is_not_asked(monkeypatch):
    def found(host, port, **_):
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (at, port)) for at in ("93.184.216.34", "127.0.0.1")
        ]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    with pytest.raises(FetchError, match="not a public machine"):
        target("https://paper.example/")


def test_a_name_whose_machines_nobody_says_is_left_when_its_time_is_over(monkeypatch):
    """A resolver can wait for minutes, and each of them counts for the fetch as a whole."""
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: over.wait(60) and [])
    begun = time.monotonic()
    try:
        with pytest.raises(FetchError, match="in time"):
            target("https://paper.example/", seconds=0.2)
        with pytest.raises(FetchError, match="in time"):
            Fetcher(seconds=0.2).fetched("https://paper.example/")
    finally:
        over.set()
    assert time.monotonic() - begun < 20


def test_a_redirect_to_a_machine_that_is_not_public_is_not_followed(site, repo):
    site.pages["/p"] = 302, {"Location": "http://169.254.169.254/latest/"}, b""
    assert "not a public machine" in refused(repo, site.url("/p"))[0][1]


def test_the_request_goes_to_the_machine_that_was_checked(site, monkeypatch):
    site.pages["/p"] = 200, {}, PAGE
    at = target(site.url("/p"), HERE)

    def never(*_args, **_options):
        raise AssertionError("the name was resolved again")

    answers = [socket.getaddrinfo("127.0.0.1", site.port, type=socket.SOCK_STREAM)]
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *_a, **_k: answers[0] if host == "127.0.0.1" else never()
    )
    assert asked(at).status == 200


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://paper.example/", "must begin with"),
        ("file:///etc/passwd", "must begin with"),
        ("http://", "must begin with"),
        ("http:///path", "must begin with"),
        (f"http://93.184.216.34/{'x' * 4000}", "must begin with"),
        ("http://[x/", "check it"),
        ("http://user:word@93.184.216.34/", "user name or password"),
        ("http://user@93.184.216.34/", "user name or password"),
        ("http://:word@93.184.216.34/", "user name or password"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url, why):
    with pytest.raises(FetchError, match=why):
        target(url)


def test_public_addresses_are_told_from_others():
    assert is_public("93.184.216.34")
    assert target("http://93.184.216.34/").at == "93.184.216.34"
    assert is_public("::ffff:93.184.216.34")
    assert is_public("64:ff9b::5db8:d822")
    assert not is_public("4000::1")
    assert is_public("2606:2800:220:1:248:1893:25c8:1946")
    assert not is_public("not an address")


def test_the_command_asks_no_private_machine_and_no_option_lets_it(site, repo):
    site.pages["/p"] = 200, {}, PAGE
    listed = repo / "urls.txt"
    listed.write_text(f"# pages\n{site.url('/p')}\n\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["-C", str(repo), "add", "--list", str(listed)])
    assert done.exit_code == 1, done.output
    assert "D411" in done.output
    assert site.asked == []


# Files of one site


def test_files_of_a_site_are_read_where_readers_get_them(site):
    site.pages["/d/a%20b.txt"] = 200, {}, b"one"
    site.pages["/d/about/"] = 200, {"Content-Encoding": "gzip"}, gzip.compress(b"two")
    site.pages["/d/"] = 200, {"Content-Encoding": "identity"}, b"three"
    site.pages["/d/404.html"] = 404, {}, b"four"
    with OneSite(site.url("/d")) as files:
        read = [files.read(path) for path in ("a b.txt", "about/index.html", "index.html", "404.html")]
    assert read == [b"one", b"two", b"three", b"four"]


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        ((404, {}, b""), MissingError, "is not there"),
        ((410, {}, b""), MissingError, "is not there"),
        ((403, {}, b""), FetchError, "was answered with 403 Forbidden"),
        ((200, {"Content-Encoding": "br"}, b"x"), FetchError, "compressed as br"),
        ((200, {"Content-Encoding": "gzip"}, b"xyz"), FetchError, "damaged"),
        (
            (200, {"Content-Encoding": "x-gzip"}, gzip.compress(b"x" * 100, mtime=0)[:-9]),
            FetchError,
            "cut off",
        ),
    ],
    ids=str,
)
def test_a_file_of_a_site_that_is_not_had_whole_is_refused(site, answer, error, words):
    site.pages["/a"] = answer
    with OneSite(site.url("/")) as files, pytest.raises(FetchError, match=words) as caught:
        files.read("a")
    assert caught.type is error
    assert site.asked == ["/a"]


@pytest.mark.parametrize("status", [429, 503])
def test_a_site_that_has_too_much_to_do_is_asked_again_after_what_it_asks_for(site, status):
    later = [(status, {"Retry-After": "0"}, b"")] * 2 + [(status, {}, b"")]
    site.answers += [*later, (200, {}, b"x")]
    begun = time.monotonic()
    with OneSite(site.url("/")) as files:
        assert files.read("a") == b"x"
    assert time.monotonic() - begun >= 1.0  # where it does not say
    site.answers += [later[0]] * 4
    with OneSite(site.url("/")) as files, pytest.raises(FetchError, match=f"was answered with {status}"):
        files.read("a")
    assert site.asked == ["/a"] * 8


# dossier archive


def archived_page(repo: Path, url: str) -> Path:
    (repo / "one.txt").write_text(f"Talks open\n\n{TEXT}\n", encoding="utf-8")
    (added,) = run(repo, [repo / "one.txt"], url=url)
    return repo / added.page


def test_pages_without_a_lasting_copy_are_listed(repo):
    archived_page(repo, "https://paper.example/talks")
    done = CliRunner().invoke(main, ["-C", str(repo), "archive"])
    assert done.exit_code == 0, done.output
    assert "content/articles/undated/talks-open.md https://paper.example/talks" in done.output
    assert "1 page without a lasting copy" in done.output


def test_a_copy_that_a_service_made_is_written_beside_the_source_and_into_the_page(site, repo):
    page = archived_page(repo, "https://paper.example/talks")
    site.pages["/save/https://paper.example/talks"] = (
        302,
        {"Location": "/web/2016/https://paper.example/talks"},
        b"",
    )
    site.pages["/web/2016/https://paper.example/talks"] = 200, {}, PAGE
    missing = unarchived(repo)
    described, problems = archive(repo, missing, site.url("/save/"), Fetcher(0.0, HERE))
    assert problems == ()
    update(repo, described)
    copy = site.url("/web/2016/https://paper.example/talks")
    assert f'archived: "{copy}"' in (repo / "seeds" / "one.yml").read_text("utf-8")
    assert f'archived: "{copy}"' in page.read_text("utf-8")
    assert unarchived(repo) == ()


def test_a_service_that_does_not_say_where_the_copy_is_changes_nothing(site, repo):
    archived_page(repo, "https://paper.example/talks")
    site.pages["/save/https://paper.example/talks"] = 200, {}, b"thanks"
    described, problems = archive(repo, unarchived(repo), site.url("/save/"), Fetcher(0.0, HERE))
    assert described == ()
    assert [one.code for one in problems] == ["D411"]
    assert not (repo / "seeds" / "one.yml").exists()
