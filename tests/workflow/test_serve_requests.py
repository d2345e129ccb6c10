"""The live preview answers the browser it was opened in, for paths of the site: no other site, no other name, no other file."""

from __future__ import annotations

import re
import socket

import pytest
from tests.support.waiting import PATIENCE, until

from .test_serve import text_of, wait_for

PAGE = "/articles/2016/talks/"
BESIDE = "a file beside the site"

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module", params=["nav: [index.md]\n", ""], ids=["ours", "mkdocs"])
def port(tmp_path_factory, furnish, request, serving):
    """The port of a preview, one for all tests here; a file that is not of the site lies beside its pages."""
    repository = furnish(tmp_path_factory.mktemp("requests") / "site")
    (repository.root / "secret.txt").write_text(BESIDE, encoding="utf-8")
    (repository.root.parent / "secret.txt").write_text(BESIDE, encoding="utf-8")
    repository.write("notes/محادثات.md", "# Notes\n\nNotes on the talks.\n")
    with serving(repository.root, request.param) as address:
        wait_for(f"{address}{PAGE[1:]}", "came to")
        yield int(address.rstrip("/").rpartition(":")[2])


def raw(port, data):
    """All that is answered to these bytes, until the server closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(data)
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


def ask(port, target=PAGE, host=None, method="GET", **headers):
    """Status, headers by their names in lower case, and body."""
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host or f'127.0.0.1:{port}'}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head, _, body = raw(port, "\r\n".join([*lines, "", ""]).encode()).partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    fields = (line.partition(": ") for line in rest)
    return int(first.split()[1]), {name.lower(): value for name, _, value in fields}, body.decode()


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "localhost.", "[::1]", "127.0.0.2"])
def test_names_of_this_machine_are_answered(port, name):
    status, _, body = ask(port, host=f"{name}:{port}")
    assert status == 200
    assert "came to" in body
    assert ask(port, host=name)[0] == 200


@pytest.mark.parametrize(
    "name",
    [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.example:80@127.0.0.1",
        "0.0.0.0",  # noqa: S104 - it is asked for, not listened at
        "192.168.1.7",
        "[::2]",
        "127.0.0.1/",
        "127.0.0.1, evil.example",
        "",
        " ",
        "\u0661\u0662\u0667.0.0.1",
    ],
)
@pytest.mark.parametrize(
    "target", [PAGE, "/search/data/index.dks", "/_preview/changes", "/livereload/0/0", "/x\\y"]
)
def test_a_name_that_was_pointed_here_reads_nothing(port, name, target):
    """DNS rebinding: the browser of a page at evil.example asks this machine, as evil.example."""
    lines = f"GET {target} HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n"
    answer = raw(port, lines.encode())
    assert re.match(rb"HTTP/1.[01] (400|421) ", answer)
    assert b"came to" not in answer


@pytest.mark.parametrize(
    "lines", [[], ["Host: evil.example", "Host: 127.0.0.1"], ["Host: 127.0.0.1", "Host: evil.example"]]
)
def test_a_request_has_one_host(port, lines):
    answer = raw(port, "\r\n".join([f"GET {PAGE} HTTP/1.1", *lines, "Connection: close", "", ""]).encode())
    assert re.match(rb"HTTP/1.[01] 400 ", answer)


@pytest.mark.parametrize("target", ["http://evil.example/", "http://127.0.0.1/", "evil.example", "*", "?x"])
def test_a_target_is_a_path(port, target):
    assert ask(port, target)[0] == 400


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost", "x", "http://["]
)
@pytest.mark.parametrize("target", [PAGE, "/_preview/changes"])
def test_other_origins_are_refused(port, origin, target):
    status, headers, body = ask(port, target, Origin=origin)
    assert status == 403
    assert "came to" not in body
    assert "access-control-allow-origin" not in headers


def test_the_own_origin_is_answered(port):
    assert ask(port, Origin=f"http://127.0.0.1:{port}")[0] == 200
    status, headers, _ = ask(port, host=f"localhost:{port}", Origin=f"http://localhost:{port}")
    assert status == 200
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_pages_of_other_sites_cannot_embed_or_fetch_but_may_link(port, site):
    for mode, dest in [
        ("no-cors", "image"),
        ("cors", "empty"),
        ("navigate", "iframe"),
        ("no-cors", "script"),
    ]:
        assert ask(port, Sec_Fetch_Site=site, Sec_Fetch_Mode=mode, Sec_Fetch_Dest=dest)[0] == 403
    linked = {"Sec_Fetch_Site": site, "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
    assert ask(port, **linked)[0] == 200
    for target in ("/_preview/changes", "/livereload/0/0"):
        assert ask(port, target, **linked)[0] == 403
    for own in ("same-origin", "none"):
        assert ask(port, Sec_Fetch_Site=own, Sec_Fetch_Mode="cors", Sec_Fetch_Dest="empty")[0] == 200


@pytest.mark.parametrize(
    ("target", "statuses"),
    [
        ("/%00", {400}),
        ("/articles/%00/../", {400}),
        ("/index.html%00.txt", {400}),
        ("/a%0d%0aSet-Cookie:x", {400}),
        ("/%1b[31m", {400}),
        ("/%7f", {400}),
        ("/%c2%85", {400}),
        ("/%ff%fe", {400}),
        ("/..\\..\\secret.txt", {400}),
        ("/%5c..%5csecret.txt", {400}),
        ("/../secret.txt", {404}),
        ("/../../secret.txt", {404}),
        ("/%2e%2e/secret.txt", {404}),
        ("/%2e%2e%2fsecret.txt", {404}),
        ("/articles/..%2f..%2f..%2fsecret.txt", {404}),
        ("/%252e%252e/secret.txt", {404}),
        ("/_preview/../../secret.txt", {404}),
        ("/_preview/%2e%2e/problems.yml", {404}),
        ("/_preview//etc/passwd", {404}),
        ("/livereload/../secret.txt", {404}),
        ("//etc/passwd", {404}),
        ("/%2fetc/passwd", {404}),
        ("/C:/Windows/win.ini", {404}),
        ("/" + "x" * 300, {404}),
        ("/" + "x/" * 1500, {404}),
        ("/" + "x/" * 4000, {414}),
        ("/" + "%41/" * 4000, {414}),
        ("/nothing%zz", {404}),
    ],
)
def test_paths_that_are_none_of_the_site_have_an_answer_and_no_file(port, target, statuses):
    status, _, body = ask(port, target)
    assert status in statuses
    assert BESIDE not in body
    assert "root:" not in body
    assert "severity:" not in body


@pytest.mark.parametrize(
    "data",
    [
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/x\r\n\r\n",
        b"GET / and more HTTP/1.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 \x00 x\r\n\r\n",
        b"\x00 \x00 \x00\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\nConnection: close\r\n\r\nx=1",
        b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n",
        b"GET / HTTP/1.1\r\nA: " + b"b" * 70_000 + b"\r\n\r\n",
        b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\n\r\n",
    ],
)
def test_what_is_no_request_is_told_so(port, data):
    assert re.search(rb"HTTP/1.[01] (4\d\d|50[15]) |Error code: (4\d\d|505)", raw(port, data))
    assert ask(port)[0] == 200


def test_a_request_without_a_version_gets_no_page(port):
    assert b"came to" not in raw(port, f"GET {PAGE}\r\n\r\n".encode())


def test_a_body_is_not_taken_for_the_next_request(port):
    hidden = f"GET {PAGE} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    asked = f"GET /nothing/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(hidden)}\r\n\r\n{hidden}"
    answer = raw(port, asked.encode())
    assert answer.count(b"HTTP/1.") == 1
    assert b"came to" not in answer


def test_what_is_asked_for_by_head_comes_without_its_body(port):
    status, headers, body = ask(port, method="HEAD")
    _, of_get, page = ask(port)
    assert (status, body) == (200, "")
    assert headers["content-type"] == of_get["content-type"]
    assert (
        abs(int(headers["content-length"]) - len(page.encode())) < 100
    )  # MkDocs writes a time into each page
    assert ask(port, "/nothing/", method="HEAD")[::2] == (404, "")
    assert ask(port, host="evil.example", method="HEAD")[::2] == (421, "")


@pytest.mark.parametrize("target", [PAGE, "/nothing/", "/assets/dossierkit/dossier.css", "/%00"])
def test_answers_forbid_other_sites_to_use_them(port, target):
    _, headers, _ = ask(port, target)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin-allow-popups"
    assert headers["content-security-policy"] == "frame-ancestors 'none'"


def test_a_page_whose_name_is_not_latin_is_served(port):
    name = "/notes/%D9%85%D8%AD%D8%A7%D8%AF%D8%AB%D8%A7%D8%AA"
    status, headers, _ = ask(port, name)
    assert (status, headers["location"]) == (302, f"{name}/")
    assert "Notes on the talks" in ask(port, f"{name}/")[2]


def test_clients_that_say_nothing_keep_nobody_waiting(port):
    begun = [socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) for _ in range(20)]
    try:
        for number, connection in enumerate(begun):
            connection.sendall(f"GET {PAGE} HTTP/1.1\r\nHost: 127".encode()[: number * 2])
        assert ask(port)[0] == 200
    finally:
        for connection in begun:
            connection.close()


@pytest.mark.parametrize("port", ["nav: [index.md]\n"], indirect=True)
def test_a_client_that_says_nothing_is_left_in_the_end(port):
    assert raw(port, b"GET /") == b""


@pytest.mark.parametrize("port", ["nav: [index.md]\n"], indirect=True)
@pytest.mark.parametrize(
    "query", ["", "?built=", "?built=x", "?built=\u0665", "?built=-1", "?built=" + "9" * 5000]
)
def test_whatever_a_client_knows_of_it_changes_are_answered(port, query):
    answer = raw(port, f"GET /_preview/changes{query} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    assert re.match(rb"HTTP/1.[01] 200 ", answer)
    assert b"data: built" in answer


@pytest.mark.parametrize("settings", ["nav: [index.md]\n", ""], ids=["ours", "mkdocs"])
def test_an_address_that_others_can_reach_is_warned_of_and_names_are_still_checked(
    repository, serving, settings
):
    with serving(repository.root, settings, host="0.0.0.0") as address:  # noqa: S104 - what is tested
        wait_for(f"{address}{PAGE[1:]}", "came to")
        port = int(address.rstrip("/").rpartition(":")[2])
        assert "drafts can be read by every machine" in (repository.root / "log").read_text(encoding="utf-8")
        for name in ("127.0.0.1", "localhost", "192.168.1.7", "[fe80::1]", socket.gethostname()):
            assert ask(port, host=f"{name}:{port}")[0] == 200
        for name in ("evil.example", "192.168.1.7.evil.example"):
            assert ask(port, host=f"{name}:{port}")[0] == 421


def test_a_site_that_mkdocs_serves_without_the_plugin_is_warned_of(repository, serving):
    settings = "markdown_extensions: [toc]\n"
    with serving(repository.root, settings, plugins="[]") as address:
        wait_for(f"{address}{PAGE[1:]}", "came to")
        assert "has no plugin `dossier`" in (repository.root / "log").read_text(encoding="utf-8")


def test_a_template_that_breaks_is_told_and_the_connection_stays(repository, serving):
    with serving(repository.root, "nav: [index.md]\n") as address:
        wait_for(f"{address}{PAGE[1:]}", "came to")
        (repository.root / "mkdocs.yml").write_text(
            (repository.root / "mkdocs.yml")
            .read_text(encoding="utf-8")
            .replace("font: false", "font: false, custom_dir: own"),
            encoding="utf-8",
        )
        (repository.root / "own").mkdir()
        (repository.root / "own" / "main.html").write_text("{{ 1 / 0 }}", encoding="utf-8")
        port = int(address.rstrip("/").rpartition(":")[2])
        answer = until(lambda: found if (found := ask(port))[0] == 500 else None, "500")
        assert "the terminal of `dossier serve`" in answer[2]
        assert "division by zero" in (repository.root / "log").read_text(encoding="utf-8")
        assert text_of(address) == ""


@pytest.mark.parametrize("address", ["x", "127.0.0.1:x", "127.0.0.1:", "127.0.0.1:70000", ":-1"])
def test_an_address_without_a_port_is_wrong_usage(repository, address):
    from click.testing import CliRunner  # noqa: PLC0415

    from dossierkit.cli import main  # noqa: PLC0415

    (repository.root / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["-C", str(repository.root), "serve", "--address", address])
    assert done.exit_code == 2
    assert "a host, a colon and a port are expected" in done.output
