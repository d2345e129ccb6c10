"""Who is answered: a browser with the token, under the address that is served; and whose forms are carried out."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.desk.conftest import Browser, opened
from werkzeug.test import Client

from dossierkit.desk.access import Access
from dossierkit.desk.server import ROUTES

HERE = "http://127.0.0.1:8001"
VIEWS = sorted(
    {
        route.path.replace("<path:id_>", "2016/chair-of-the-council-resigns")
        for route in ROUTES
        if route.method == "GET"
    }
)
FORMS = sorted(
    {
        route.path.replace("<path:id_>", "2016/chair-of-the-council-resigns")
        for route in ROUTES
        if route.method == "POST"
    }
)


@pytest.fixture(scope="module")
def browser(added, tmp_path_factory) -> Iterator[Browser]:
    """One desk for all that is asked of it here: whoever had anything done would be found out at its end."""
    root = Path(shutil.copytree(added, tmp_path_factory.mktemp("access") / "lenn"))
    before = contents(root)
    yield opened(root)
    assert contents(root) == before


def contents(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.glob("[!.]*/**/*") if path.is_file()}


@pytest.fixture
def stranger(browser) -> Client:
    """The same desk, asked by somebody without the token."""
    return Client(browser.client.application)


@pytest.mark.parametrize("path", [*VIEWS, "/static/desk.js"])
def test_nothing_is_shown_without_the_token(stranger, path):
    answer = stranger.get(path, base_url=HERE)
    assert answer.status_code == 403
    assert "Moreau" not in answer.text


@pytest.mark.parametrize("path", FORMS)
def test_nothing_is_done_without_the_token(stranger, path):
    assert stranger.post(path, base_url=HERE, headers={"Origin": HERE}, data={"x": "y"}).status_code == 403


def test_no_cookie_and_no_other_address_has_the_token(browser, stranger):
    """Cookies and Referer would bring it to other ports of this machine."""
    for path in VIEWS:
        answer = stranger.get(f"{browser.access.base}{path}", base_url=HERE)
        assert browser.access.token not in answer.headers.get("Set-Cookie", "")
        assert answer.headers["Referrer-Policy"] == "same-origin"
        others = re.findall(r'(?:href|action|src)="(?!/|#)([^"]*)', answer.text)
        assert not any(browser.access.token in other for other in others)
    assert stranger.get("/names", base_url=HERE).status_code == 403


@pytest.mark.parametrize(
    "path", ["/{}x/names", "/x{}/names", "//{}/names", "/names/{}", "/?token={}", "/ä/names"]
)
def test_another_token_does_not(browser, stranger, path):
    assert stranger.get(path.format(browser.access.token), base_url=HERE).status_code == 403
    cookies = {"Cookie": f"dossier-desk-8001={browser.access.token}"}
    assert stranger.get("/names", base_url=HERE, headers=cookies).status_code == 403


def test_each_start_has_a_token_of_its_own():
    assert Access("127.0.0.1").token != Access("127.0.0.1").token


@pytest.mark.parametrize(
    "host", ["evil.test", "evil.test:8001", "127.0.0.1.evil.test:8001", "localhost.evil.test"]
)
@pytest.mark.parametrize("path", ["/", "/names", "/static/desk.js", "/check?kind=date&value=2016"])
def test_a_name_that_was_pointed_here_reads_nothing(browser, host, path):
    answer = browser.client.get(f"{browser.access.base}{path}", base_url=HERE, headers={"Host": host})
    assert answer.status_code == 421
    assert "Moreau" not in answer.text


def test_a_name_that_was_pointed_here_changes_nothing(browser):
    headers = {"Host": "evil.test:8001", "Origin": "http://evil.test:8001"}
    assert (
        browser.client.post(
            f"{browser.access.base}/undo", base_url=HERE, headers=headers, data={"x": "y"}
        ).status_code
        == 421
    )


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.test"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Origin": "http://127.0.0.1:9999"}, 403),
        ({"Origin": "https://127.0.0.1:8001", "Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": HERE, "Sec-Fetch-Site": "cross-site"}, 403),
        (
            {
                "Origin": HERE,
                "Sec-Fetch-Site": "same-site",
                "Sec-Fetch-Mode": "navigate",
                "Sec-Fetch-Dest": "document",
            },
            403,
        ),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({}, 403),
    ],
)
def test_a_form_of_another_site_is_refused(browser, headers, status):
    assert (
        browser.client.post(
            f"{browser.access.base}/undo", base_url=HERE, headers=headers, data={"x": "y"}
        ).status_code
        == status
    )


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data; boundary=x"])
def test_what_is_no_form_of_the_desk_is_refused(browser, kind):
    answer = browser.client.post(
        f"{browser.access.base}/undo",
        base_url=HERE,
        headers={"Origin": HERE, "Content-Type": kind},
        data=b"{}",
    )
    assert answer.status_code == 415


def test_another_site_cannot_fetch_or_embed_a_page(browser):
    for mode, dest in (("no-cors", "script"), ("navigate", "iframe"), ("cors", "empty")):
        headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}
        assert browser.get("/names", **headers).status_code == 403


def test_a_link_from_another_site_opens_a_page(browser):
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert browser.get("/names", **headers).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(browser, method):
    for path in ("/names", "/static/desk.css", "/nothing"):
        asked = browser.client.open(f"{browser.access.base}{path}", method=method, base_url=HERE)
        assert asked.status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/static/../session.py", "/static/%2e%2e/session.py", "/static/..%2f..%2fmkdocs.yml", "/article/../../mkdocs", "/record/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/article/2016\\x", "/dossier/..%2F..%2Fmkdocs", "//evil.test/", "/static/desk.css/..", "/changes?file=../../../etc/passwd",
        "/changes?file=/etc/passwd", "/changes?file=--output=x",
    ],
)  # fmt: skip
def test_no_path_leads_out(browser, path):
    answer = browser.get(path)
    assert answer.status_code in {200, 303, 308, 400, 404}
    assert "site_name" not in answer.text
    assert "root:" not in answer.text
    assert not answer.headers.get("Location", "/").startswith(("//", "http://evil"))


@pytest.mark.parametrize("path", ["/article/2016\\x", "/article/2016%00x"])
def test_a_path_with_characters_that_no_path_has_is_refused(browser, path):
    assert browser.get(path).status_code == 400


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.test/",
        "//evil.test/",
        "/\\evil.test",
        "javascript:alert(1)",
        "/\r\nSet-Cookie: a=b",
        "/a\nb",
    ],
)
def test_a_form_leads_to_no_other_site(browser, back):
    assert browser.post("/undo", {"back": back}).location == "/"


@pytest.mark.parametrize("view", ["articles", "records", "events"])
@pytest.mark.parametrize("start", ["x", "-1", "9" * 5000, "\u00b2"])
def test_an_address_that_somebody_changed_is_answered(browser, view, start):
    assert browser.get(f"/{view}?start={start}").status_code == 200


def test_every_answer_has_the_strict_policy(browser):
    assert browser.get("/nothing").status_code == 404
    for path in [*VIEWS, "/static/desk.css", "/nothing"]:
        headers = browser.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/undo", "/nothing"])
def test_a_form_that_is_too_large_or_does_not_say_its_size_is_refused(browser, path):
    assert browser.post(path, {"x": "y" * (5 * 1024 * 1024)}).status_code == 413
    kind = "application/x-www-form-urlencoded"
    unsaid = browser.client.post(
        f"{browser.access.base}{path}",
        base_url=HERE,
        headers={"Origin": HERE},
        content_type=kind,
        environ_overrides={"HTTP_TRANSFER_ENCODING": "chunked"},
    )
    assert unsaid.status_code == 413


def test_two_desks_do_no_harm(root):
    """What one has written, the other reads again and does not overwrite."""
    first, second = opened(root), opened(root)
    place = "/names?kind=rest"
    first.get(place)
    second.get(place)
    first.form("/names/decide", decision="accept")
    before = {path: path.read_bytes() for path in root.glob("**/*.md")}
    second.form("/names/decide", decision="reject")
    assert "look again" in second.said()
    assert {path: path.read_bytes() for path in root.glob("**/*.md")} == before
